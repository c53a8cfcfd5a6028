#include "iw-timeline-model.h"

#include "timeline-fixture.h"

/* A list that follows the model by its signals alone, as GtkListView does, and that asks for no
 * more rows than a screen has. */
typedef struct
{
  IwTimelineModel *model;
  GPtrArray *objects; /* (element-type GObject) NULL where the row was not looked at */
  guint n_signals;
  guint first, n; /* the screen */
} Follower;

static void
look (Follower *follower)
{
  for (guint i = follower->first; i < MIN (follower->first + follower->n, follower->objects->len);
       i++)
    if (g_ptr_array_index (follower->objects, i) == NULL)
      follower->objects->pdata[i] = g_list_model_get_item (G_LIST_MODEL (follower->model), i);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Follower *follower = data;

  g_assert_cmpuint (position + removed, <=, follower->objects->len);
  if (removed > 0)
    g_ptr_array_remove_range (follower->objects, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (follower->objects, position, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, follower->objects->len);
  follower->n_signals++;
}

static void
check_sections (IwTimelineModel *model)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));
  guint start, end, expected = 0;

  while (expected < n)
    {
      gtk_section_model_get_section (GTK_SECTION_MODEL (model), expected, &start, &end);
      g_assert_cmpuint (start, ==, expected);
      g_assert_cmpuint (end, >, start);
      g_assert_cmpuint (end, <=, n);
      expected = end;
    }
}

/* Whether every row that the follower holds is the one the view has at that place. */
static void
check_follower (Follower *follower, IwTimelineView *view)
{
  g_assert_cmpuint (follower->objects->len, ==, iw_timeline_view_get_n_rows (view));
  for (guint i = 0; i < follower->objects->len; i++)
    {
      IwTimelineRow *held = g_ptr_array_index (follower->objects, i);
      g_autoptr (IwTimelineRow) row = NULL;

      if (held == NULL)
        continue;
      row = iw_timeline_view_get_row (view, i);
      g_assert_cmpstr (iw_timeline_row_get_key (held), ==, iw_timeline_row_get_key (row));
      g_assert_cmpint (iw_timeline_row_get_gap (held), ==, iw_timeline_row_get_gap (row));
    }
  check_sections (follower->model);
}

static void
clear_object (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

static void
follow (Follower *follower, IwTimelineModel *model, guint first, guint n)
{
  *follower = (Follower){ model, g_ptr_array_new_with_free_func (clear_object), 0, first, n };
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    g_ptr_array_add (follower->objects, NULL);
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), follower);
  look (follower);
}

static void
unfollow (Follower *follower)
{
  g_signal_handlers_disconnect_by_data (follower->model, follower);
  g_ptr_array_unref (follower->objects);
}

static gboolean
reload (Follower *follower, IwTimelineView *view)
{
  g_autoptr (GError) error = NULL;
  gboolean kept;

  iw_timeline_model_set_visible (follower->model, follower->first, follower->n);
  iw_timeline_model_begin_change (follower->model);
  iw_timeline_view_reload (view, &error);
  g_assert_no_error (error);
  kept = iw_timeline_model_end_change (follower->model);
  check_follower (follower, view);
  return kept;
}

static void
test_rows_on_screen_stay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineModel) model = NULL;
  g_autofree char *before = NULL, *within = NULL;
  Follower follower;
  gpointer third;
  guint first, n;

  for (guint i = 0; i < 100; i++)
    g_free (put_text (fixture, i * 60, "row"));
  view = open_view (fixture);
  model = iw_timeline_model_new (view);
  follow (&follower, model, 40, 10);
  third = g_ptr_array_index (follower.objects, 42);
  g_assert_nonnull (third);

  before = put_text (fixture, 30, "before");
  g_assert_true (reload (&follower, view));
  g_assert_true (g_ptr_array_index (follower.objects, 43) == third);
  iw_timeline_model_get_visible (model, &first, &n);
  g_assert_cmpuint (first, ==, 41);
  g_assert_cmpuint (n, ==, 10);

  follower.first = 41;
  within = put_text (fixture, 44 * 60 + 30, "within");
  g_assert_true (reload (&follower, view));
  g_assert_true (g_ptr_array_index (follower.objects, 43) == third);
  g_assert_cmpuint (follower.objects->len, ==, 102);

  delete_document (fixture, before);
  delete_document (fixture, within);
  g_assert_true (reload (&follower, view));
  g_assert_true (g_ptr_array_index (follower.objects, 42) == third);
  unfollow (&follower);
}

static void
test_edited_row_is_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineModel) model = NULL;
  g_autofree char *docid = put_text (fixture, 60, "before");
  g_autofree char *again = NULL;
  g_autoptr (IwEntry) entry = NULL;
  Follower follower;
  gpointer first, second;

  g_free (put_text (fixture, 0, "first"));
  view = open_view (fixture);
  model = iw_timeline_model_new (view);
  follow (&follower, model, 0, 2);
  first = g_ptr_array_index (follower.objects, 0);
  second = g_ptr_array_index (follower.objects, 1);

  entry = iw_query_entry (fixture->store, docid, NULL);
  iw_entry_set_text (entry, "after");
  again = put_entry (fixture, entry);
  g_assert_true (reload (&follower, view));
  look (&follower);
  g_assert_true (g_ptr_array_index (follower.objects, 0) == first);
  g_assert_true (g_ptr_array_index (follower.objects, 1) != second);
  g_assert_cmpstr (
      iw_entry_get_text (iw_timeline_row_get_entry (g_ptr_array_index (follower.objects, 1))), ==,
      "after");
  unfollow (&follower);
}

static void
test_moved_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineModel) model = NULL;
  g_autofree char *docid = put_text (fixture, 0, "moves");
  g_autofree char *again = NULL;
  g_autoptr (IwEntry) entry = NULL;
  Follower follower;

  for (guint i = 1; i < 20; i++)
    g_free (put_text (fixture, i * 60, "row"));
  view = open_view (fixture);
  model = iw_timeline_model_new (view);
  follow (&follower, model, 0, 10);
  iw_timeline_model_select_only (model, 0);

  entry = iw_query_entry (fixture->store, docid, NULL);
  iw_entry_set_occurred (entry, (IwTime){ START + IW_USEC_PER_DAY, IW_PRECISION_SECOND });
  again = put_entry (fixture, entry);
  g_assert_true (reload (&follower, view));
  g_assert_cmpuint (iw_timeline_model_get_single (model), ==, 19);
  unfollow (&follower);
}

static void
test_runs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineModel) model = NULL;
  g_autofree char *evidence = put_timeline (fixture, "proxy.csv", 20000, 10, 1);
  Follower follower;
  gpointer run;

  g_free (put_text (fixture, 0, "first"));
  g_free (put_text (fixture, 100000, "last"));
  view = open_view (fixture);
  model = iw_timeline_model_new (view);
  follow (&follower, model, 0, 3);
  g_assert_cmpuint (follower.objects->len, >=, 3);
  run = g_ptr_array_index (follower.objects, 1);
  g_assert_cmpint (iw_timeline_row_get_kind (run), ==, IW_ROW_RUN);

  iw_timeline_model_set_visible (model, 0, 3);
  iw_timeline_model_begin_change (model);
  iw_timeline_view_set_run_expanded (view, 1, TRUE);
  g_assert_true (iw_timeline_model_end_change (model));
  look (&follower);
  check_follower (&follower, view);
  g_assert_cmpuint (follower.objects->len, >, 20000);
  /* A screen that claims to show everything. */
  follower.first = 0;
  follower.n = 20000;
  look (&follower);
  g_assert_true (reload (&follower, view));
  /* A handful of steps, however many rows there are. */
  g_assert_cmpuint (follower.n_signals, <, 20);
  unfollow (&follower);
}

static void
test_filter_and_selection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineModel) model = NULL;
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (GtkBitset) wanted = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, 60);
  g_autoptr (GtkBitset) selected = NULL;
  Follower follower;

  for (guint i = 0; i < 60; i++)
    g_free (put_text (fixture, i * 60, "row"));
  view = open_view (fixture);
  model = iw_timeline_model_new (view);
  follow (&follower, model, 0, 10);
  gtk_bitset_add (wanted, 3);
  gtk_bitset_add (wanted, 30);
  gtk_bitset_add (wanted, 31);
  gtk_bitset_add (wanted, 4000);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (model), wanted, all);
  g_assert_cmpuint (iw_timeline_model_get_n_selected (model), ==, 3);
  g_assert_cmpuint (iw_timeline_model_get_single (model), ==, GTK_INVALID_LIST_POSITION);

  iw_filter_set_range (filter, START + 20 * 60 * IW_USEC_PER_SEC,
                       START + 50 * 60 * IW_USEC_PER_SEC);
  iw_timeline_model_set_visible (model, 0, 10);
  iw_timeline_model_begin_change (model);
  iw_timeline_view_set_filter (view, filter, NULL);
  /* Nothing that was on screen is left. */
  g_assert_false (iw_timeline_model_end_change (model));
  check_follower (&follower, view);
  g_assert_cmpuint (follower.objects->len, ==, 30);
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (model));
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 2);
  g_assert_true (gtk_bitset_contains (selected, 10));
  g_assert_true (gtk_bitset_contains (selected, 11));
  unfollow (&follower);
}

static void
test_editable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineModel) model = NULL;
  g_autoptr (IwEntry) decision =
      iw_decision_new (INCIDENT, "severity", "to", "high", "why", "because", NULL);
  g_autoptr (GPtrArray) some = NULL, first = NULL;
  g_autofree char *evidence = put_timeline (fixture, "proxy.csv", 10, 10, 1);

  iw_entry_set_occurred (decision, (IwTime){ START + 5 * IW_USEC_PER_SEC, IW_PRECISION_SECOND });
  g_free (put_entry (fixture, decision));
  g_free (put_text (fixture, 0, "a"));
  g_free (put_text (fixture, 100, "b"));
  view = open_view (fixture);
  model = iw_timeline_model_new (view);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (model));
  some = iw_timeline_model_get_editable (model, G_MAXUINT);
  g_assert_cmpuint (some->len, ==, 2);
  first = iw_timeline_model_get_editable (model, 1);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpstr (iw_entry_get_text (g_ptr_array_index (first, 0)), ==, "a");
}

#define MANY 4000

static void
put_many (Fixture *fixture)
{
  g_autofree IwChange *changes = g_new0 (IwChange, MANY);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "one of many");

      iw_entry_set_occurred (entry, (IwTime){ START + i * IW_USEC_PER_SEC, IW_PRECISION_SECOND });
      changes[i].docid = iw_id_new_document (iw_context_system (), INCIDENT, "entry");
      changes[i].body = iw_entry_to_json (entry);
    }
  iw_store_apply (fixture->store, "Add Entries", changes, MANY, MANY, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < MANY; i++)
    {
      g_free ((char *)changes[i].docid);
      json_object_unref (changes[i].body);
    }
}

/* To look through all entries for each of them would be 16 million looks, ten times as long. */
static void
test_many_editable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineModel) model = NULL;
  gint64 begun;

  put_many (fixture);
  view = open_view (fixture);
  model = iw_timeline_model_new (view);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (model));
  begun = g_get_monotonic_time ();
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GPtrArray) all = iw_timeline_model_get_editable (model, G_MAXUINT);

      g_assert_cmpuint (all->len, ==, MANY);
    }
  g_test_message ("%" G_GINT64_FORMAT " us a time", (g_get_monotonic_time () - begun) / 10);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 800 * 1000);
}

/* Whatever happens in whatever order, the follower ends with what the view has. */
static void
test_random_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineModel) model = NULL;
  g_autoptr (GPtrArray) docids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *evidence = put_timeline (fixture, "proxy.csv", 500, 0, 977);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  Follower follower;

  for (guint i = 0; i < 30; i++)
    g_ptr_array_add (docids, put_text (fixture, g_rand_int_range (random, 0, 400000), "row"));
  view = open_view (fixture);
  model = iw_timeline_model_new (view);
  follow (&follower, model, 0, 12);
  for (guint round = 0; round < 60; round++)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

      follower.first = n > 12 ? g_rand_int_range (random, 0, n - 12) : 0;
      look (&follower);
      if (round % 3 == 0)
        {
          guint at = g_rand_int_range (random, 0, docids->len);

          delete_document (fixture, g_ptr_array_index (docids, at));
          g_ptr_array_remove_index (docids, at);
        }
      else if (round % 3 == 1)
        g_ptr_array_add (docids, put_text (fixture, g_rand_int_range (random, 0, 400000), "new"));
      else
        {
          guint at = g_rand_int_range (random, 0, n);
          g_autoptr (IwTimelineRow) row = g_list_model_get_item (G_LIST_MODEL (model), at);

          if (iw_timeline_row_get_kind (row) != IW_ROW_RUN)
            continue;
          iw_timeline_model_set_visible (model, follower.first, follower.n);
          iw_timeline_model_begin_change (model);
          iw_timeline_view_set_run_expanded (view, at, !iw_timeline_row_get_run_expanded (row));
          iw_timeline_model_end_change (model);
          check_follower (&follower, view);
          continue;
        }
      reload (&follower, view);
    }
  unfollow (&follower);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/timeline-model/rows-on-screen-stay", test_rows_on_screen_stay);
  add_test ("/timeline-model/edited-row-is-new", test_edited_row_is_new);
  add_test ("/timeline-model/moved-row", test_moved_row);
  add_test ("/timeline-model/runs", test_runs);
  add_test ("/timeline-model/filter-and-selection", test_filter_and_selection);
  add_test ("/timeline-model/editable", test_editable);
  add_test ("/timeline-model/many-editable", test_many_editable);
  add_test ("/timeline-model/random-changes", test_random_changes);
  return g_test_run ();
}
