/* test-evidence-verify.c: a flipped bit is found, and put on record */
#include "evidence-fixture.h"

static GPtrArray *
verify (Workspace *w, const char *docid)
{
  const char *const items[] = { docid, NULL };
  g_autoptr (GError) error = NULL;
  GPtrArray *checks = iw_evidence_verify (w->store, w->incident, docid != NULL ? items : NULL, NULL,
                                          NULL, NULL, &error);

  g_assert_no_error (error);
  return checks;
}

static IwEvidenceCheck *
find (GPtrArray *checks, const char *docid)
{
  for (guint i = 0; i < checks->len; i++)
    if (strcmp (((IwEvidenceCheck *)checks->pdata[i])->docid, docid) == 0)
      return checks->pdata[i];
  g_assert_not_reached ();
}

static void
test_conditions (Workspace *w, gconstpointer data)
{
  g_autofree char *good = evidence_add_text (w, "good", "good");
  g_autofree char *bad = evidence_add_text (w, "bad", "bad");
  g_autofree char *lost = evidence_add_text (w, "lost", "lost");
  g_autofree char *sha256 = evidence_sha256 (w, lost);
  g_autofree char *path = iw_blobs_path (w->dir, sha256);
  g_autoptr (GPtrArray) checks = NULL;

  evidence_flip (w, bad);
  g_assert_cmpint (g_unlink (path), ==, 0);
  checks = verify (w, NULL);
  g_assert_cmpuint (checks->len, ==, 3);
  g_assert_cmpint (find (checks, good)->condition, ==, IW_EVIDENCE_INTACT);
  g_assert_null (find (checks, good)->message);
  g_assert_cmpint (find (checks, bad)->condition, ==, IW_EVIDENCE_DAMAGED);
  g_assert_nonnull (find (checks, bad)->message);
  g_assert_cmpint (find (checks, lost)->condition, ==, IW_EVIDENCE_MISSING);
}

static void
test_one_is_custody (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autoptr (GPtrArray) checks = verify (w, docid);
  g_autoptr (GPtrArray) chain = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (checks->len, ==, 1);
  iw_evidence_verify_record_one (w->store, w->incident, checks->pdata[0], "A. Sato", &error);
  g_assert_no_error (error);
  chain = evidence_entries (w, IW_ENTRY_CUSTODY);
  g_assert_cmpuint (chain->len, ==, 2);
  g_assert_cmpstr (iw_entry_get_field (chain->pdata[1], "to"), ==, "verified");
  g_assert_cmpstr (iw_entry_get_actor (chain->pdata[1]), ==, "A. Sato");
}

/* A damaged file was not verified: a note says so, and the chain stays as it is. */
static void
test_one_damaged (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a`b.log", "a");
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GPtrArray) chain = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  evidence_flip (w, docid);
  checks = verify (w, docid);
  g_assert_true (
      iw_evidence_verify_record_one (w->store, w->incident, checks->pdata[0], NULL, NULL));
  chain = evidence_entries (w, IW_ENTRY_CUSTODY);
  g_assert_cmpuint (chain->len, ==, 1);
  notes = evidence_entries (w, IW_ENTRY_NOTE);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_nonnull (strstr (iw_entry_get_text (notes->pdata[0]), "`a'b.log`"));
}

static void
test_all_is_one_note (Workspace *w, gconstpointer data)
{
  g_autofree char *good = evidence_add_text (w, "good.log", "good");
  g_autofree char *bad = evidence_add_text (w, "bad.log", "bad");
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  const char *text;

  evidence_flip (w, bad);
  checks = verify (w, NULL);
  g_assert_true (iw_evidence_verify_record_all (w->store, w->incident, checks, "A. Sato", NULL));
  notes = evidence_entries (w, IW_ENTRY_NOTE);
  g_assert_cmpuint (notes->len, ==, 1);
  text = iw_entry_get_text (notes->pdata[0]);
  g_assert_nonnull (strstr (text, "2 files verified"));
  g_assert_nonnull (strstr (text, "1 damaged"));
  g_assert_nonnull (strstr (text, "bad.log"));
  g_assert_null (strstr (text, "good.log"));
}

static void
test_nothing (Workspace *w, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = verify (w, NULL);
  g_autoptr (GPtrArray) notes = NULL;

  g_assert_cmpuint (checks->len, ==, 0);
  g_assert_true (iw_evidence_verify_record_all (w->store, w->incident, checks, NULL, NULL));
  notes = evidence_entries (w, IW_ENTRY_NOTE);
  g_assert_cmpuint (notes->len, ==, 0);
}

static void
test_cancel (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (iw_evidence_verify (w->store, w->incident, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/evidence-verify/" path, Workspace, NULL, workspace_set_up, func,                   \
              workspace_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("conditions", test_conditions);
  ADD ("one-is-custody", test_one_is_custody);
  ADD ("one-damaged", test_one_damaged);
  ADD ("all-is-one-note", test_all_is_one_note);
  ADD ("nothing", test_nothing);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
