/* Evidence files by SHA-256, and the garbage that is left of them. */
#include "store-fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "iw-blobs.h"
#include "iw-evidence.h"

#define HELLO "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
#define EVIDENCE INCIDENT_A ":evidence-01900000-0000-7000-8000-0000000000e1"

static void
count_progress (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (done, <=, total);
  *(gint64 *)data = done;
}

static char *
stage_bytes (Fixture *f, const void *bytes, gsize n, char sha256[65])
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (bytes, n, NULL);
  gint64 length = -1;
  gint64 done = 0;
  g_autoptr (GError) error = NULL;
  char *staged =
      iw_blobs_stage (f->dir, input, n, count_progress, &done, NULL, sha256, &length, &error);

  g_assert_no_error (error);
  g_assert_cmpint (length, ==, n);
  g_assert_cmpint (done, ==, n);
  return staged;
}

/* (transfer full) the sum */
static char *
add_blob (Fixture *f, const char *text)
{
  char sha256[65];
  g_autofree char *staged = stage_bytes (f, text, strlen (text), sha256);
  g_autoptr (GError) error = NULL;

  iw_blobs_commit (f->dir, staged, sha256, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (staged, G_FILE_TEST_EXISTS));
  return g_strdup (sha256);
}

static void
test_add (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (f, "hello");
  g_autofree char *path = iw_blobs_path (f->dir, HELLO);
  g_autofree char *content = NULL;
  struct stat info;

  g_assert_cmpstr (sha256, ==, HELLO);
  g_assert_true (g_str_has_suffix (path, "/blobs/2c/" HELLO));
  g_assert_true (iw_blobs_exists (f->dir, HELLO));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "hello");
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0400);
  g_assert_true (iw_blobs_verify (f->dir, HELLO, NULL, NULL));
}

static void
test_add_twice (Fixture *f, gconstpointer data)
{
  g_autofree char *first = add_blob (f, "hello");
  g_autofree char *second = add_blob (f, "hello");

  g_assert_cmpstr (first, ==, second);
  g_assert_true (iw_blobs_verify (f->dir, HELLO, NULL, NULL));
}

static void
test_empty_and_large (Fixture *f, gconstpointer data)
{
  g_autofree char *large = g_malloc (1000001);
  g_autofree char *empty = add_blob (f, "");
  g_autofree char *staged = NULL;
  char sha256[65];

  g_assert_true (iw_blobs_verify (f->dir, empty, NULL, NULL));
  for (guint i = 0; i < 1000001; i++)
    large[i] = i * 7;
  staged = stage_bytes (f, large, 1000001, sha256);
  g_assert_true (iw_blobs_commit (f->dir, staged, sha256, NULL));
  g_assert_true (iw_blobs_verify (f->dir, sha256, NULL, NULL));
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (f, "hello");
  g_autofree char *path = iw_blobs_path (f->dir, sha256);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "hellO", 5, NULL));
  g_assert_false (iw_blobs_verify (f->dir, sha256, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_DAMAGED_BLOB);
  /* It is replaced when the file is added again, */
  g_free (add_blob (f, "hello"));
  g_assert_true (iw_blobs_verify (f->dir, sha256, NULL, NULL));
  /* and so is one that was cut short. */
  g_assert_true (g_file_set_contents (path, "he", 2, NULL));
  g_free (add_blob (f, "hello"));
  g_assert_true (iw_blobs_verify (f->dir, sha256, NULL, NULL));
}

static void
test_absent (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (iw_blobs_exists (f->dir, HELLO));
  g_assert_false (iw_blobs_exists (f->dir, "../../etc/passwd"));
  g_assert_false (iw_blobs_exists (f->dir, ""));
  g_assert_false (iw_blobs_verify (f->dir, HELLO, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (iw_blobs_verify (f->dir, "../../../etc/passwd", NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

static guint
count_files (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GDir) names = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (names != NULL && g_dir_read_name (names) != NULL)
    n++;
  return n;
}

static void
cancel_soon (gint64 done, gint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autofree char *bytes = g_malloc0 (1000000);
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (bytes, 1000000, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  char sha256[65];

  g_assert_null (iw_blobs_stage (f->dir, input, 1000000, cancel_soon, cancellable, cancellable,
                                 sha256, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count_files (f->dir, "staging"), ==, 0);
}

/* ---- garbage ---- */

static void
age (const char *path, gint64 seconds)
{
  gint64 then = TEST_START / G_USEC_PER_SEC - seconds;
  struct utimbuf times = { then, then };

  g_assert_cmpint (utime (path, &times), ==, 0);
}

/* A file that is @seconds older than the store's clock. (transfer full) */
static char *
old_file (Fixture *f, const char *folder, const char *name, gint64 seconds)
{
  char *path = g_build_filename (f->dir, folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  age (path, seconds);
  return path;
}

static void
collect (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  iw_store_collect_garbage (f->store, &error);
  g_assert_no_error (error);
}

#define assert_exists(path) g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS))
#define assert_gone(path) g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS))

static void
put_evidence (Fixture *f, const char *sha256)
{
  g_autoptr (IwEvidence) evidence = iw_evidence_new (INCIDENT_A, "proxy.csv", sha256, 5);
  g_autoptr (JsonObject) body = iw_evidence_to_json (evidence);
  IwChange change = { EVIDENCE, body };
  g_autoptr (GError) error = NULL;

  iw_store_apply (f->store, "Import", &change, 1, 1, &error);
  g_assert_no_error (error);
}

/* ---- large files ---- */

static gint64
peak_memory (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return (gint64)usage.ru_maxrss * 1024;
}

typedef struct
{
  gint64 last;
  guint calls;
} Steps;

static void
note_step (gint64 done, gint64 total, gpointer data)
{
  Steps *steps = data;

  g_assert_cmpint (done, >, steps->last);
  g_assert_cmpint (done, <=, total);
  steps->last = done;
  steps->calls++;
}

/* A file is copied and looked at again in pieces, whatever its size. */
static void
test_memory (Fixture *f, gconstpointer data)
{
  const gint64 size = 96 * 1024 * 1024;
  g_autofree char *path = g_build_filename (f->dir, "sparse", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = NULL;
  g_autofree char *staged = NULL;
  Steps steps = { 0 };
  gint64 before, length;
  char sha256[65];
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, size), ==, 0);
  input = g_file_read (file, NULL, &error);
  g_assert_no_error (error);
  before = peak_memory ();
  staged = iw_blobs_stage (f->dir, G_INPUT_STREAM (input), size, note_step, &steps, NULL, sha256,
                           &length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (length, ==, size);
  g_assert_cmpint (steps.last, ==, size);
  g_assert_cmpint (steps.calls, >, 100);
  g_assert_true (iw_blobs_commit (f->dir, staged, sha256, NULL));
  g_assert_true (iw_blobs_verify (f->dir, sha256, NULL, NULL));
  g_test_message ("%" G_GINT64_FORMAT " bytes more", peak_memory () - before);
  g_assert_cmpint (peak_memory () - before, <, 16 * 1024 * 1024);
}

/* A limit on the size of files stands for a disk that is full. */
static int
stage_beyond_limit (const char *dir)
{
  const struct rlimit limit = { 1024 * 1024, 1024 * 1024 };
  g_autofree guint8 *bytes = g_malloc0 (4 * 1024 * 1024);
  g_autoptr (GInputStream) input =
      g_memory_input_stream_new_from_data (bytes, 4 * 1024 * 1024, NULL);
  g_autofree char *staged = NULL;
  char sha256[65];
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return 2;
  staged = iw_blobs_stage (dir, input, 0, NULL, NULL, NULL, sha256, NULL, &error);
  if (staged != NULL)
    return 3;
  return g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_FULL) ? 0 : 4;
}

static void
test_full (Fixture *f, gconstpointer data)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    _exit (stage_beyond_limit (f->dir));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (count_files (f->dir, "staging"), ==, 0);
}

/* What has no room at all is not begun. */
static void
test_no_room (Fixture *f, gconstpointer data)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data ("x", 1, NULL);
  Steps steps = { 0 };
  char sha256[65];
  g_autoptr (GError) error = NULL;

  g_assert_null (
      iw_blobs_stage (f->dir, input, G_MAXINT64, note_step, &steps, NULL, sha256, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "left"));
  g_assert_cmpint (steps.calls, ==, 0);
  g_assert_cmpint (count_files (f->dir, "staging"), ==, 0);
}

/* Evidence that is no timeline is evidence all the same. */
static void
test_plain_evidence (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (f, "hello");
  g_autoptr (IwEvidence) evidence = iw_evidence_new (INCIDENT_A, "memo.txt", sha256, 5);
  g_autoptr (JsonObject) body = iw_evidence_to_json (evidence);
  IwChange change = { EVIDENCE, body };
  g_autofree char *path = iw_blobs_path (f->dir, sha256);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) hits = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  g_assert_true (iw_store_apply (f->store, "Add Evidence", &change, 1, 1, NULL));
  found = iw_query_evidence (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (found->len, ==, 1);
  g_assert_false (iw_evidence_is_timeline (found->pdata[0]));
  hits = iw_query_search (f->store, "memo", NULL, 0, NULL, 10, NULL);
  g_assert_cmpint (hits->len, ==, 1);
  g_assert_true (iw_store_collect_garbage (f->store, NULL));
  g_assert_true (iw_store_check (f->store, TRUE, problems, NULL, NULL));
  g_assert_cmpint (problems->len, ==, 0);
  g_chmod (path, 0600);
  g_assert_true (g_file_set_contents (path, "hellO", 5, NULL));
  g_assert_true (iw_store_check (f->store, TRUE, problems, NULL, NULL));
  g_assert_cmpint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], "memo.txt"));
}

/* Referred to while it is live, and while undo or redo could bring it back. */
static void
test_garbage_blobs (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (f, "hello");
  g_autofree char *path = iw_blobs_path (f->dir, sha256);
  g_autofree char *index =
      old_file (f, "events", "evidence-01900000-0000-7000-8000-0000000000e1.sqlite", 4000);

  age (path, 4000);
  put_evidence (f, sha256);
  collect (f);
  assert_exists (path);
  put (f->store, EVIDENCE, NULL);
  collect (f);
  assert_exists (path);
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  collect (f);
  assert_exists (path);
  assert_exists (index);
  put (f->store, INCIDENT_A ":x-1", "{\"type\":\"x\"}"); /* nothing to redo any more */
  collect (f);
  assert_gone (path);
  assert_gone (index);
}

/* After a recovery it is not known what the documents that were lost referred to. */
static void
test_garbage_after_recovery (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (f, "hello");
  g_autofree char *path = iw_blobs_path (f->dir, sha256);
  g_autofree char *damaged = old_file (f, ".", IW_STORE_DATABASE ".damaged-20261103T030000Z", 5000);

  age (path, 4000);
  collect (f);
  assert_exists (path);
  g_assert_cmpint (g_unlink (damaged), ==, 0);
  collect (f);
  assert_gone (path);
}

static void
test_garbage_spares_the_new (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (f, "hello");
  g_autofree char *path = iw_blobs_path (f->dir, sha256);
  g_autofree char *index = old_file (f, "events", "evidence-new.sqlite", 1000);
  struct stat info;

  age (path, 1000);
  collect (f);
  assert_exists (path);
  assert_exists (index);
  /* An old blob that an import has just found in place counts as new. */
  age (path, 9000);
  g_free (add_blob (f, "hello"));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (time (NULL) - info.st_mtime, <, 60);
}

static void
test_garbage_staging (Fixture *f, gconstpointer data)
{
  g_autofree char *young = old_file (f, "staging", "young.part", 20 * 3600);
  g_autofree char *old = old_file (f, "staging", "old.part", 25 * 3600);
  g_autofree char *index = old_file (f, "staging", "old.sqlite", 2 * 3600);
  g_autofree char *held = old_file (f, "staging", "held.sqlite", 25 * 3600);
  g_autofree char *journal = old_file (f, "staging", "held.sqlite-journal", 25 * 3600);
  g_autofree char *orphan = old_file (f, "staging", "gone.sqlite-journal", 25 * 3600);
  int fd = open (held, O_RDONLY);

  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  collect (f);
  assert_exists (young);
  assert_gone (old);
  assert_gone (index);
  assert_exists (held);
  assert_exists (journal);
  assert_gone (orphan);
  close (fd);
  collect (f);
  assert_gone (held);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/blobs/add", test_add);
  add_test ("/blobs/add-twice", test_add_twice);
  add_test ("/blobs/empty-and-large", test_empty_and_large);
  add_test ("/blobs/damaged", test_damaged);
  add_test ("/blobs/absent", test_absent);
  add_test ("/blobs/cancel", test_cancel);
  add_test ("/blobs/memory", test_memory);
  add_test ("/blobs/full", test_full);
  add_test ("/blobs/no-room", test_no_room);
  add_test ("/blobs/plain-evidence", test_plain_evidence);
  add_test ("/garbage/blobs", test_garbage_blobs);
  add_test ("/garbage/after-recovery", test_garbage_after_recovery);
  add_test ("/garbage/spares-the-new", test_garbage_spares_the_new);
  add_test ("/garbage/staging", test_garbage_staging);
  return g_test_run ();
}
