/* test-evidence-add.c: files become evidence, or it is said why not */
#include "evidence-fixture.h"

#include <sys/stat.h>

static GPtrArray *
add (Workspace *w, GPtrArray *files, const IwEvidenceDetails *details)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *results =
      iw_evidence_add (w->store, w->incident, files, details, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, files->len);
  return results;
}

static GPtrArray *
new_files (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
assert_nothing_staged (Workspace *w)
{
  g_autofree char *staging = g_build_filename (w->dir, "staging", NULL);

  g_assert_cmpuint (evidence_count (staging), ==, 0);
}

static void
test_one (Workspace *w, gconstpointer data)
{
  const IwEvidenceDetails details = { { 1000000, IW_PRECISION_MINUTE }, "B. Kim", "mail server" };
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) chain = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (IwEvidence) evidence = NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "{\"a\": 1}\n", -1);
  IwEvidenceAdded *added;

  g_ptr_array_add (files, evidence_file (w->dir, "alert.json", "{\"a\": 1}\n"));
  results = add (w, files, &details);
  added = results->pdata[0];
  g_assert_cmpstr (added->sha256, ==, sum);
  g_assert_cmpint (added->length, ==, 9);
  body = iw_store_get (w->store, added->docid, NULL, NULL);
  evidence = iw_evidence_new_from_json (added->docid, body, NULL);
  g_assert_cmpstr (iw_evidence_get_name (evidence), ==, "alert.json");
  g_assert_cmpstr (iw_evidence_get_sha256 (evidence), ==, sum);
  g_assert_cmpstr (iw_evidence_get_collected_by (evidence), ==, "B. Kim");
  g_assert_cmpstr (iw_evidence_get_origin (evidence), ==, "mail server");
  g_assert_cmpint (iw_evidence_get_collected_at (evidence).us, ==, 0);
  g_assert_false (iw_evidence_is_timeline (evidence));
  g_assert_nonnull (strchr (iw_evidence_get_media_type (evidence), '/'));
  g_assert_true (iw_blobs_verify (w->dir, sum, NULL, NULL));
  chain = evidence_entries (w, IW_ENTRY_CUSTODY);
  g_assert_cmpuint (chain->len, ==, 1);
  g_assert_cmpstr (iw_entry_get_field (chain->pdata[0], "subject"), ==, added->docid);
  g_assert_cmpstr (iw_entry_get_field (chain->pdata[0], "to"), ==, "collected");
  g_assert_cmpstr (iw_entry_get_field (chain->pdata[0], "place"), ==, "mail server");
  g_assert_cmpstr (iw_entry_get_actor (chain->pdata[0]), ==, "B. Kim");
  assert_nothing_staged (w);
}

/* No details: now, nobody, and the place of the file. */
static void
test_defaults (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (JsonObject) body = NULL;
  gint64 before = g_get_real_time ();
  g_autoptr (IwEvidence) evidence = NULL;
  g_autofree char *path = g_build_filename (w->dir, "empty", NULL);

  g_ptr_array_add (files, evidence_file (w->dir, "empty", ""));
  results = add (w, files, NULL);
  body = iw_store_get (w->store, ((IwEvidenceAdded *)results->pdata[0])->docid, NULL, NULL);
  evidence = iw_evidence_new_from_json ("x", body, NULL);
  g_assert_cmpint (iw_evidence_get_length (evidence), ==, 0);
  g_assert_cmpstr (iw_evidence_get_origin (evidence), ==, path);
  g_assert_cmpstr (iw_evidence_get_collected_by (evidence), ==, "");
  g_assert_cmpint (iw_evidence_get_collected_at (evidence).us, >=, before - 2 * G_USEC_PER_SEC);
}

static void
test_undo_is_one_step (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (files, evidence_file (w->dir, "a", "a"));
  g_ptr_array_add (files, evidence_file (w->dir, "b", "b"));
  results = add (w, files, NULL);
  g_assert_true (iw_store_undo (w->store, NULL, &error));
  g_assert_no_error (error);
  left = iw_query_evidence (w->store, w->incident, NULL);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_same_content (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "first.log", "the same");
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) evidence = NULL;
  IwEvidenceAdded *known, *added, *twin;

  g_ptr_array_add (files, evidence_file (w->dir, "again.log", "the same"));
  g_ptr_array_add (files, evidence_file (w->dir, "new.log", "another"));
  g_ptr_array_add (files, evidence_file (w->dir, "twin.log", "another"));
  results = add (w, files, NULL);
  known = results->pdata[0];
  added = results->pdata[1];
  twin = results->pdata[2];
  g_assert_cmpint (known->outcome, ==, IW_EVIDENCE_KNOWN);
  g_assert_cmpstr (known->docid, ==, docid);
  g_assert_nonnull (strstr (known->message, "first.log"));
  g_assert_cmpint (added->outcome, ==, IW_EVIDENCE_ADDED);
  g_assert_cmpint (twin->outcome, ==, IW_EVIDENCE_KNOWN);
  g_assert_cmpstr (twin->docid, ==, added->docid);
  g_assert_nonnull (strstr (twin->message, "new.log"));
  evidence = iw_query_evidence (w->store, w->incident, NULL);
  g_assert_cmpuint (evidence->len, ==, 2);
  assert_nothing_staged (w);
}

static void
test_damaged_copy_is_put_back (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a.log", "whole");
  g_autofree char *sha256 = evidence_sha256 (w, docid);
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GPtrArray) results = NULL;

  evidence_flip (w, docid);
  g_assert_false (iw_blobs_verify (w->dir, sha256, NULL, NULL));
  g_ptr_array_add (files, evidence_file (w->dir, "a.log", "whole"));
  results = add (w, files, NULL);
  g_assert_cmpint (((IwEvidenceAdded *)results->pdata[0])->outcome, ==, IW_EVIDENCE_KNOWN);
  g_assert_nonnull (strstr (((IwEvidenceAdded *)results->pdata[0])->message, "put back"));
  g_assert_true (iw_blobs_verify (w->dir, sha256, NULL, NULL));
}

/* One bad file does not keep the others out. */
static void
test_refused (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *folder = g_build_filename (w->dir, "folder", NULL);
  g_autofree char *pipe = g_build_filename (w->dir, "pipe", NULL);
  g_autofree char *missing = g_build_filename (w->dir, "missing", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_ptr_array_add (files, g_file_new_for_path (folder));
  g_ptr_array_add (files, g_file_new_for_path (pipe));
  g_ptr_array_add (files, g_file_new_for_path (missing));
  g_ptr_array_add (files, evidence_file (w->dir, "good", "good"));
  results = add (w, files, NULL);
  for (guint i = 0; i < 3; i++)
    {
      IwEvidenceAdded *added = results->pdata[i];

      g_assert_cmpint (added->outcome, ==, IW_EVIDENCE_REFUSED);
      g_assert_null (added->docid);
      g_assert_nonnull (strstr (added->message, added->name));
    }
  g_assert_cmpint (((IwEvidenceAdded *)results->pdata[3])->outcome, ==, IW_EVIDENCE_ADDED);
  assert_nothing_staged (w);
}

static void
test_unreadable (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *path = g_build_filename (w->dir, "secret", NULL);

  g_ptr_array_add (files, evidence_file (w->dir, "secret", "x"));
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (g_access (path, R_OK) == 0)
    {
      g_test_skip ("this user may read everything");
      return;
    }
  results = add (w, files, NULL);
  g_assert_cmpint (((IwEvidenceAdded *)results->pdata[0])->outcome, ==, IW_EVIDENCE_REFUSED);
}

/* ---- files that move under the hand ---- */

typedef struct
{
  char *path;
  const char *what;
  gboolean done;
} Meddler;

static void
append_to (const char *path, const char *text)
{
  FILE *file = g_fopen (path, "a");

  fputs (text, file);
  fclose (file);
}

/* In the midst of the copy. */
static void
meddle (gint64 done, gint64 total, gpointer data)
{
  Meddler *meddler = data;

  if (meddler->done)
    return;
  meddler->done = TRUE;
  if (strcmp (meddler->what, "grow") == 0)
    append_to (meddler->path, "more");
  else if (strcmp (meddler->what, "shrink") == 0)
    g_assert_cmpint (truncate (meddler->path, 300000), ==, 0);
  else if (strcmp (meddler->what, "remove") == 0)
    g_assert_cmpint (g_unlink (meddler->path), ==, 0);
}

static GPtrArray *
add_meddled (Workspace *w, const char *what)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autofree char *text = g_strnfill (1000000, 'x');
  g_autofree char *path = g_build_filename (w->dir, "moving.log", NULL);
  Meddler meddler = { path, what, FALSE };
  g_autoptr (GError) error = NULL;
  GPtrArray *results;

  g_ptr_array_add (files, evidence_file (w->dir, "moving.log", text));
  results = iw_evidence_add (w->store, w->incident, files, NULL, meddle, &meddler, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (meddler.done);
  return results;
}

static void
test_changing_file (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) results = add_meddled (w, data);
  g_autoptr (GPtrArray) evidence = iw_query_evidence (w->store, w->incident, NULL);
  IwEvidenceAdded *added = results->pdata[0];

  g_assert_cmpint (added->outcome, ==, IW_EVIDENCE_REFUSED);
  g_assert_nonnull (strstr (added->message, "moving.log"));
  g_assert_nonnull (strstr (added->message, "changed"));
  g_assert_cmpuint (evidence->len, ==, 0);
  assert_nothing_staged (w);
}

/* What is open stays whole, though its name goes. */
static void
test_disappearing_file (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) results = add_meddled (w, "remove");
  IwEvidenceAdded *added = results->pdata[0];

  g_assert_cmpint (added->outcome, ==, IW_EVIDENCE_ADDED);
  g_assert_cmpint (added->length, ==, 1000000);
  g_assert_true (iw_blobs_verify (w->dir, added->sha256, NULL, NULL));
}

/* ---- called off ---- */

typedef struct
{
  GCancellable *cancellable;
  gint64 at;
  gint64 total;
} Stopper;

static void
stop (gint64 done, gint64 total, gpointer data)
{
  Stopper *stopper = data;

  stopper->total = total;
  if (done >= stopper->at)
    g_cancellable_cancel (stopper->cancellable);
}

static void
test_cancel (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = g_strnfill (1000000, 'y');
  g_autofree char *blobs = g_build_filename (w->dir, "blobs", NULL);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  Stopper stopper = { cancellable, 1200000, 0 };
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (files, evidence_file (w->dir, "a", "short"));
  g_ptr_array_add (files, evidence_file (w->dir, "b", text));
  text[0] = 'z';
  g_ptr_array_add (files, evidence_file (w->dir, "c", text));
  results =
      iw_evidence_add (w->store, w->incident, files, NULL, stop, &stopper, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (results);
  g_assert_cmpint (stopper.total, ==, 2000005);
  assert_nothing_staged (w);
  g_assert_cmpuint (evidence_count (blobs), ==, 0);
  entries = evidence_entries (w, IW_ENTRY_CUSTODY);
  g_assert_cmpuint (entries->len, ==, 0);
}

static void
test_no_incident (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (files, evidence_file (w->dir, "a", "a"));
  g_assert_null (iw_evidence_add (w->store, "0190aaaa-0000-7000-8000-000000000000", files, NULL,
                                  NULL, NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/evidence-add/" path, Workspace, data, workspace_set_up, func, workspace_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("one", NULL, test_one);
  ADD ("defaults", NULL, test_defaults);
  ADD ("undo-is-one-step", NULL, test_undo_is_one_step);
  ADD ("same-content", NULL, test_same_content);
  ADD ("damaged-copy-is-put-back", NULL, test_damaged_copy_is_put_back);
  ADD ("refused", NULL, test_refused);
  ADD ("unreadable", NULL, test_unreadable);
  ADD ("growing", "grow", test_changing_file);
  ADD ("shrinking", "shrink", test_changing_file);
  ADD ("disappearing", NULL, test_disappearing_file);
  ADD ("cancel", NULL, test_cancel);
  ADD ("no-incident", NULL, test_no_incident);
  return g_test_run ();
}
