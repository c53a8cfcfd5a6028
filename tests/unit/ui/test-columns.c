#include "iw-columns.h"

#include "config.h"
#include "iw-test-support.h"

static void
count (guint *n)
{
  (*n)++;
}

static void
test_names (void)
{
  IwColumn column = IW_COLUMN_TAGS;

  for (guint i = 0; i < IW_N_COLUMNS; i++)
    {
      g_assert_true (iw_column_from_string (iw_column_to_string (i), &column));
      g_assert_cmpint (column, ==, i);
      g_assert_cmpstr (iw_column_label (i), !=, "");
    }
  g_assert_false (iw_column_from_string ("colour", &column));
}

static void
test_choice_is_kept (void)
{
  g_autoptr (IwTimeDisplay) display = iw_time_display_new (NULL);
  g_autoptr (IwColumns) columns = iw_columns_new (display);
  g_autoptr (IwColumns) others = NULL;
  guint n = 0;

  g_assert_false (iw_columns_get_shown (columns, IW_COLUMN_HOST));
  g_signal_connect_swapped (columns, "changed", G_CALLBACK (count), &n);
  iw_columns_set_shown (columns, IW_COLUMN_HOST, TRUE);
  iw_columns_set_shown (columns, IW_COLUMN_GAP, FALSE);
  g_assert_cmpuint (n, >=, 2);
  others = iw_columns_new (display);
  g_assert_true (iw_columns_get_shown (others, IW_COLUMN_HOST));
  g_assert_false (iw_columns_get_shown (others, IW_COLUMN_GAP));
  g_assert_true (iw_columns_get_shown (others, IW_COLUMN_TIME));
}

static void
test_unknown_setting (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (IwTimeDisplay) display = iw_time_display_new (NULL);
  const char *names[] = { "colour", "team", NULL };
  g_autoptr (IwColumns) columns = NULL;

  g_settings_set_strv (settings, "timeline-columns", names);
  columns = iw_columns_new (display);
  g_assert_true (iw_columns_get_shown (columns, IW_COLUMN_TEAM));
  g_assert_true (iw_columns_get_shown (columns, IW_COLUMN_TEXT));
  g_assert_false (iw_columns_get_shown (columns, IW_COLUMN_SOURCE));
}

static void
test_actions (void)
{
  g_autoptr (IwTimeDisplay) display = iw_time_display_new (NULL);
  g_autoptr (IwColumns) columns = iw_columns_new (display);
  GActionGroup *actions = iw_columns_create_actions (columns);
  gboolean before = iw_columns_get_shown (columns, IW_COLUMN_TAGS);

  g_assert_false (g_action_group_has_action (actions, "show-time"));
  g_action_group_activate_action (actions, "show-tags", NULL);
  g_assert_true (iw_columns_get_shown (columns, IW_COLUMN_TAGS) == !before);
  g_object_unref (actions);
}

static void
test_search_words (void)
{
  g_autoptr (IwTimeDisplay) display = iw_time_display_new (NULL);
  g_autoptr (IwColumns) columns = iw_columns_new (display);
  const char *expected[] = { "sign", "token", NULL };

  g_assert_null (iw_columns_get_search_words (columns)[0]);
  iw_columns_set_search (columns, " \"Sign TOKEN*\" ");
  g_assert_true (g_strv_equal (iw_columns_get_search_words (columns), expected));
  iw_columns_set_search (columns, NULL);
  g_assert_null (iw_columns_get_search_words (columns)[0]);
}

static void
test_widths_grow (void)
{
  g_autoptr (IwTimeDisplay) display = iw_time_display_new (NULL);
  g_autoptr (IwColumns) columns = iw_columns_new (display);
  guint n = 0;

  g_signal_connect_swapped (columns, "changed", G_CALLBACK (count), &n);
  iw_columns_need_width (columns, IW_COLUMN_KIND, 80);
  iw_columns_need_width (columns, IW_COLUMN_KIND, 60);
  iw_columns_need_width (columns, IW_COLUMN_KIND, 90);
  g_assert_cmpint (iw_columns_get_width (columns, IW_COLUMN_KIND), ==, 90);
  g_assert_cmpint (iw_columns_get_width (columns, IW_COLUMN_TIME), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/columns/names", test_names);
  g_test_add_func ("/columns/choice-is-kept", test_choice_is_kept);
  g_test_add_func ("/columns/unknown-setting", test_unknown_setting);
  g_test_add_func ("/columns/actions", test_actions);
  g_test_add_func ("/columns/search-words", test_search_words);
  g_test_add_func ("/columns/widths-grow", test_widths_grow);
  return g_test_run ();
}
