/* Drafts: what is typed but not saved. */
#include "store-fixture.h"

static void
test_keep (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_store_put_draft (f->store, "quick:a", "14:05 blo", &error));
  g_assert_true (iw_store_put_draft (f->store, "quick:a", "14:05 blocked 認証 \"x\"\n", &error));
  g_assert_true (iw_store_put_draft (f->store, "quick:b", "b", &error));
  reopen (f);
  text = iw_store_get_draft (f->store, "quick:a", &error);
  g_assert_cmpstr (text, ==, "14:05 blocked 認証 \"x\"\n");
  other = iw_store_get_draft (f->store, "quick:b", &error);
  g_assert_cmpstr (other, ==, "b");
  g_assert_no_error (error);
}

static void
test_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_store_get_draft (f->store, "k", &error));
  g_assert_no_error (error);
  g_assert_true (iw_store_put_draft (f->store, "k", "x", &error));
  g_assert_true (iw_store_put_draft (f->store, "k", "", &error));
  g_assert_null (iw_store_get_draft (f->store, "k", &error));
  g_assert_true (iw_store_put_draft (f->store, "k", "x", &error));
  g_assert_true (iw_store_put_draft (f->store, "k", NULL, &error));
  g_assert_null (iw_store_get_draft (f->store, "k", &error));
  g_assert_true (iw_store_put_draft (f->store, "never", NULL, &error));
  g_assert_no_error (error);
}

/* A draft is no change that anybody else sees, and nothing to undo. */
static void
test_is_private (Fixture *f, gconstpointer data)
{
  g_assert_true (iw_store_put_draft (f->store, "k", "x", NULL));
  g_assert_cmpint (iw_store_get_seq (f->store), ==, 0);
  g_assert_null (iw_store_get_undo_label (f->store, NULL));
}

static void
test_seen_by_readers (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) reader = open_at (f->dir, IW_STORE_OPEN_READ_ONLY, NULL);
  g_autofree char *text = NULL;

  g_assert_true (iw_store_put_draft (f->store, "k", "x", NULL));
  text = iw_store_get_draft (reader, "k", NULL);
  g_assert_cmpstr (text, ==, "x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/drafts/keep", test_keep);
  add_test ("/drafts/remove", test_remove);
  add_test ("/drafts/private", test_is_private);
  add_test ("/drafts/readers", test_seen_by_readers);
  return g_test_run ();
}
