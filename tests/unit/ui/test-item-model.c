#include "iw-item-model.h"

#include <string.h>

/* Rows are strings: "section id words". */
static const char *
get_id (gpointer row, gpointer data)
{
  return (char *)row + 2;
}

static guint
get_section (gpointer row, gpointer data)
{
  return (guint)(*(char *)row - '0');
}

static gboolean
matches (gpointer row, const char *needle, guint choice, gpointer data)
{
  return strstr (row, needle) != NULL && (choice == 0 || get_section (row, NULL) == choice);
}

static guint n_filled;

static void
fill (gpointer row, IwItemText *text, gpointer data)
{
  n_filled++;
  text->title = g_strdup_printf ("%s%s", (char *)row + 2, data != NULL ? (char *)data : "");
}

static const IwItemSource source = { get_id, get_section, matches, fill };

static void
set_rows (IwItemModel *model, const char *words, const char *data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (words, ",", -1);

  for (guint i = 0; parts[i] != NULL && *words != '\0'; i++)
    g_ptr_array_add (rows, g_strdup (parts[i]));
  iw_item_model_set_rows (model, rows, g_strdup (data), g_free);
}

static void
on_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "%u-%u+%u ", position, removed, added);
}

static void
assert_shown (IwItemModel *model, const char *expected)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (IwItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_string_append_printf (shown, "%s ", iw_item_get_id (item));
    }
  g_assert_cmpstr (shown->str, ==, expected);
}

static void
test_lazy (void)
{
  g_autoptr (IwItemModel) model = iw_item_model_new (&source);
  g_autoptr (IwItem) first = NULL;
  g_autoptr (IwItem) again = NULL;

  n_filled = 0;
  set_rows (model, "0 a,0 b,1 c", NULL);
  g_assert_cmpuint (n_filled, ==, 0);
  first = g_list_model_get_item (G_LIST_MODEL (model), 1);
  again = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_true (first == again);
  g_assert_cmpuint (n_filled, ==, 1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 3));
  g_assert_cmpint (iw_item_model_find (model, "c"), ==, 2);
  g_assert_cmpint (iw_item_model_find (model, "x"), ==, -1);
}

/* Only what differs is reported, and rows that stay are told their new words. */
static void
test_changes (void)
{
  g_autoptr (IwItemModel) model = iw_item_model_new (&source);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (IwItem) kept = NULL;

  g_signal_connect (model, "items-changed", G_CALLBACK (on_changed), log);
  set_rows (model, "0 a,0 b,0 c,0 d", NULL);
  g_assert_cmpstr (log->str, ==, "0-0+4 ");
  kept = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_string_truncate (log, 0);
  set_rows (model, "0 a,0 b,0 x,0 d", "!");
  g_assert_cmpstr (log->str, ==, "2-1+1 ");
  g_assert_cmpstr (iw_item_get_text (kept)->title, ==, "a!");
  g_string_truncate (log, 0);
  set_rows (model, "0 a,0 b,0 x,0 d", "!");
  g_assert_cmpstr (log->str, ==, "");
  set_rows (model, "0 a,1 b,1 x,1 d", "!");
  g_assert_cmpstr (log->str, ==, "1-3+3 ");
  g_string_truncate (log, 0);
  set_rows (model, "", NULL);
  g_assert_cmpstr (log->str, ==, "0-4+0 ");
  g_assert_cmpstr (iw_item_get_text (kept)->title, ==, "a!");
}

static void
test_filter (void)
{
  g_autoptr (IwItemModel) model = iw_item_model_new (&source);

  set_rows (model, "0 apple,0 pear,1 grape,2 apricot", NULL);
  iw_item_model_set_filter (model, "AP", 0);
  assert_shown (model, "apple grape apricot ");
  iw_item_model_set_filter (model, "ap", 2);
  assert_shown (model, "apricot ");
  g_assert_cmpuint (iw_item_model_get_n_rows (model), ==, 4);
  /* It holds for rows that come later. */
  set_rows (model, "2 apex,2 other", NULL);
  assert_shown (model, "apex ");
  iw_item_model_set_filter (model, NULL, 0);
  assert_shown (model, "apex other ");
}

static void
test_sections (void)
{
  g_autoptr (IwItemModel) model = iw_item_model_new (&source);
  guint start, end;

  set_rows (model, "0 a,0 b,2 c,3 d,3 e", NULL);
  gtk_section_model_get_section (GTK_SECTION_MODEL (model), 1, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 2);
  gtk_section_model_get_section (GTK_SECTION_MODEL (model), 2, &start, &end);
  g_assert_cmpuint (start, ==, 2);
  g_assert_cmpuint (end, ==, 3);
  gtk_section_model_get_section (GTK_SECTION_MODEL (model), 4, &start, &end);
  g_assert_cmpuint (start, ==, 3);
  g_assert_cmpuint (end, ==, 5);
  gtk_section_model_get_section (GTK_SECTION_MODEL (model), 5, &start, &end);
  g_assert_cmpuint (start, ==, 5);
  g_assert_cmpuint (end, ==, G_MAXUINT);
  g_assert_cmpuint (iw_item_model_get_section (model, 2), ==, 2);
}

/* Items that outlive the model, and a model that outlives its items. */
static void
test_lifetimes (void)
{
  IwItemModel *model = iw_item_model_new (&source);
  g_autoptr (IwItem) item = NULL;

  set_rows (model, "0 a,0 b", NULL);
  item = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), 1));
  set_rows (model, "0 b,0 a", "?");
  g_assert_cmpstr (iw_item_get_text (item)->title, ==, "a?");
  g_object_unref (model);
  g_assert_cmpstr (iw_item_get_id (item), ==, "a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/item-model/lazy", test_lazy);
  g_test_add_func ("/item-model/changes", test_changes);
  g_test_add_func ("/item-model/filter", test_filter);
  g_test_add_func ("/item-model/sections", test_sections);
  g_test_add_func ("/item-model/lifetimes", test_lifetimes);
  return g_test_run ();
}
