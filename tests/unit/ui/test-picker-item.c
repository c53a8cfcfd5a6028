#include "iw-picker-item.h"

static gboolean
matches (IwPickerItem *item, const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (typed, -1);

  return iw_picker_item_matches (item, folded);
}

static void
test_matches (void)
{
  g_autoptr (IwPickerItem) item =
      iw_picker_item_new ("a", "Session TOKEN replayed", "3 Nov 2026 03:04, Observation");

  g_assert_true (matches (item, ""));
  g_assert_true (matches (item, "token"));
  g_assert_true (matches (item, "Token session"));
  g_assert_true (matches (item, "  replayed  observ "));
  g_assert_true (matches (item, "3 nov"));
  g_assert_false (matches (item, "token mail"));
}

static void
on_notify (GObject *item, GParamSpec *pspec, gpointer data)
{
  ++*(guint *)data;
}

static void
test_chosen (void)
{
  g_autoptr (IwPickerItem) item = iw_picker_item_new ("a", "Title", "");
  guint n = 0;

  g_signal_connect (item, "notify::chosen", G_CALLBACK (on_notify), &n);
  g_assert_false (iw_picker_item_get_chosen (item));
  iw_picker_item_set_chosen (item, TRUE);
  iw_picker_item_set_chosen (item, TRUE);
  g_assert_true (iw_picker_item_get_chosen (item));
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/picker-item/matches", test_matches);
  g_test_add_func ("/picker-item/chosen", test_chosen);
  return g_test_run ();
}
