/* Files that nothing refers to any more. */
#include "config.h"

#include "iw-store-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iw-event-files.h"
#include "iw-fail.h"

/* An import puts its blob and its index in place before the document that refers to them. */
#define MIN_AGE_S 3600
/* A staged blob is not held open while a person looks at the dry run. */
#define MIN_AGE_STAGED_BLOB_S (24 * 3600)

/* What is still referred to. */
typedef struct
{
  GHashTable *blobs;   /* SHA-256 sums */
  GHashTable *indexes; /* names in events/, without suffix */
  gint64 now;          /* seconds */
} Kept;

/* Evidence that is live in any leaf, or that undo or redo could bring back. */
static const char kept_sql[] =
    "SELECT d.docid, json_extract (r.body, '$.sha256') FROM rev r JOIN doc d ON d.id = r.doc"
    " WHERE r.body IS NOT NULL AND json_extract (r.body, '$.type') = 'evidence'"
    " AND ((r.leaf AND NOT r.deleted)"
    " OR r.id IN (SELECT before FROM action_step UNION SELECT after FROM action_step"
    " UNION SELECT other FROM action_step WHERE other IS NOT NULL))";

/* What is attached to any leaf, or to what undo or redo could bring back. */
static const char attached_sql[] =
    "SELECT DISTINCT b.sha256 FROM attachment a JOIN blob b ON b.id = a.blob"
    " JOIN rev r ON r.id = a.rev WHERE r.leaf"
    " OR r.id IN (SELECT before FROM action_step UNION SELECT after FROM action_step"
    " UNION SELECT other FROM action_step WHERE other IS NOT NULL)";

static gboolean
read_attached (IwStore *self, Kept *kept, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, attached_sql, error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_hash_table_add (kept->blobs, g_strdup (iw_db_text (stmt, 0)));
  return step == IW_DB_DONE;
}

static gboolean
read_evidence (IwStore *self, Kept *kept, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, kept_sql, error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      g_autofree char *index = iw_event_files_path (self->dir, iw_db_text (stmt, 0), "");

      if (index != NULL)
        g_hash_table_add (kept->indexes, g_path_get_basename (index));
      if (!iw_db_is_null (stmt, 1))
        g_hash_table_add (kept->blobs, g_strdup (iw_db_text (stmt, 1)));
    }
  return step == IW_DB_DONE;
}

static gboolean
read_kept (IwStore *self, Kept *kept, GError **error)
{
  return read_attached (self, kept, error) && (self->peer || read_evidence (self, kept, error));
}

static gboolean
is_older (const Kept *kept, const char *path, gint64 age)
{
  struct stat info;

  return lstat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_mtime + age < kept->now;
}

typedef void (*VisitFunc) (const Kept *kept, const char *folder, const char *name);

static void
visit_folder (const Kept *kept, const char *folder, VisitFunc func)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    func (kept, folder, name);
}

/* ---- blobs ---- */

static void
visit_blob (const Kept *kept, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!g_hash_table_contains (kept->blobs, name) && is_older (kept, path, MIN_AGE_S))
    g_unlink (path);
}

static void
visit_blob_folder (const Kept *kept, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (strlen (name) == 2)
    visit_folder (kept, path, visit_blob);
}

/* A database that was damaged spoke of blobs in documents that a recovery could not save. */
static gboolean
damaged_is_kept (const char *dir)
{
  g_autoptr (GDir) names = g_dir_open (dir, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    if (g_str_has_prefix (name, IW_STORE_DAMAGED))
      return TRUE;
  return FALSE;
}

/* Nobody puts a blob, or finds one in place, while this one looks (see iw-blobs.c). */
static gboolean
collect_blobs (const Kept *kept, const char *dir, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, "blobs", NULL);
  int lock;

  if (damaged_is_kept (dir))
    return TRUE;
  lock = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (lock < 0 || flock (lock, LOCK_EX) != 0)
    {
      iw_fail_errno (error, _ ("The folder “%s” could not be cleaned up"), folder);
      if (lock >= 0)
        close (lock);
      return FALSE;
    }
  visit_folder (kept, folder, visit_blob_folder);
  close (lock);
  return TRUE;
}

/* ---- rows of blobs that are gone ---- */

static GArray *
find_gone (IwStore *self, const Kept *kept, GError **error)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, "SELECT id, sha256 FROM blob", error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      const char *sha256 = iw_db_text (stmt, 1);
      gint64 id = iw_db_int (stmt, 0);

      if (!g_hash_table_contains (kept->blobs, sha256) && !iw_blobs_exists (self->dir, sha256))
        g_array_append_val (gone, id);
    }
  return step == IW_DB_DONE ? g_steal_pointer (&gone) : NULL;
}

static gboolean
forget_blob (IwStore *self, gint64 blob, GError **error)
{
  static const char *const sql[] = {
    "UPDATE rev SET attached = EXISTS (SELECT 1 FROM attachment a WHERE a.rev = rev.id"
    " AND a.blob <> ?1) WHERE id IN (SELECT rev FROM attachment WHERE blob = ?1)",
    "DELETE FROM attachment WHERE blob = ?1",
    "DELETE FROM blob WHERE id = ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    if (!iw_db_run_int (self->db, sql[i], blob, error))
      return FALSE;
  return TRUE;
}

/* Earlier revisions no longer have what was collected, and nobody's stub is answered by it. */
static gboolean
forget_gone (IwStore *self, const Kept *kept, GError **error)
{
  g_autoptr (GArray) gone = find_gone (self, kept, error);

  if (gone == NULL)
    return FALSE;
  for (guint i = 0; i < gone->len; i++)
    if (!forget_blob (self, g_array_index (gone, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* ---- indexes ---- */

static void
visit_index (const Kept *kept, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *stem = g_strndup (name, strcspn (name, "."));

  if (!g_hash_table_contains (kept->indexes, stem) && is_older (kept, path, MIN_AGE_S))
    g_unlink (path);
}

/* ---- staging ---- */

/* "x.sqlite" of "x.sqlite-journal". */
static gboolean
belongs_to_another (const char *path)
{
  static const char *const suffixes[] = { "-journal", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (path, suffixes[i]))
      {
        g_autofree char *owner = g_strndup (path, strlen (path) - strlen (suffixes[i]));

        return g_file_test (owner, G_FILE_TEST_EXISTS);
      }
  return FALSE;
}

/* Who works on a staged file holds a lock on it, and lets go of it when killed. */
static void
visit_staged (const Kept *kept, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gint64 age = g_str_has_suffix (name, ".part") ? MIN_AGE_STAGED_BLOB_S : MIN_AGE_S;
  int fd;

  if (!is_older (kept, path, age) || belongs_to_another (path))
    return;
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (fd < 0)
    return;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    g_unlink (path);
  close (fd);
}

static gboolean
collect (IwStore *self, Kept *kept, GError **error)
{
  g_autofree char *events = g_build_filename (self->dir, "events", NULL);
  g_autofree char *staging = g_build_filename (self->dir, "staging", NULL);

  if (!read_kept (self, kept, error) || !collect_blobs (kept, self->dir, error))
    return FALSE;
  visit_folder (kept, events, visit_index);
  visit_folder (kept, staging, visit_staged);
  return forget_gone (self, kept, error);
}

gboolean
iw_store_collect_garbage (IwStore *self, GError **error)
{
  g_autoptr (GHashTable) blobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) indexes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Kept kept = { blobs, indexes, iw_context_now (self->context) / G_USEC_PER_SEC };
  gboolean ok;

  /* Holds the write lock, so that nobody begins to refer to what is being looked at. */
  if (!iw_store_begin (self, error))
    return FALSE;
  ok = collect (self, &kept, error);
  if (ok)
    return iw_store_commit (self, error);
  iw_store_rollback (self);
  return FALSE;
}
