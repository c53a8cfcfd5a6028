#include "iw-incidents-model.h"

#include "workspace-fixture.h"

typedef struct
{
  guint n_signals, removed, added;
} Emissions;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Emissions *emissions = data;

  emissions->n_signals++;
  emissions->removed += removed;
  emissions->added += added;
}

static const char *
title_at (IwIncidentsModel *model, guint position)
{
  g_autoptr (IwIncidentItem) item = g_list_model_get_item (G_LIST_MODEL (model), position);

  return item != NULL ? iw_incident_item_get_row (item)->title : NULL; /* the model keeps it */
}

static void
test_order_and_filter (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_incident (fixture, "Beta", IW_SEVERITY_LOW);
  g_autofree char *b = add_incident (fixture, "Alpha", IW_SEVERITY_HIGH);
  g_autofree char *c = add_incident (fixture, "Gamma", IW_SEVERITY_UNSET);
  g_autoptr (IwIncidentsModel) model = iw_incidents_model_new (fixture->workspace);
  IwIncidentsFilter filter = { .text = "alp", .stage = -1, .severity = -1, .classification = -1 };
  IwIncidentsFilter low = { .stage = -1, .severity = IW_SEVERITY_LOW, .classification = -1 };

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 3);
  g_assert_cmpstr (title_at (model, 0), ==, "Alpha");
  g_assert_cmpstr (title_at (model, 1), ==, "Beta");
  g_assert_cmpstr (title_at (model, 2), ==, "Gamma");
  g_assert_null (title_at (model, 3));

  iw_incidents_model_set_order (model, IW_INCIDENTS_BY_TITLE, TRUE);
  g_assert_cmpstr (title_at (model, 0), ==, "Gamma");
  iw_incidents_model_set_filter (model, &filter);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);
  g_assert_cmpstr (title_at (model, 0), ==, "Alpha");
  iw_incidents_model_set_filter (model, &low);
  g_assert_cmpstr (title_at (model, 0), ==, "Beta");
}

static void
count_change (IwIncidentItem *item, gpointer data)
{
  (*(guint *)data)++;
}

static void
test_change_keeps_items (Fixture *fixture, gconstpointer data)
{
  g_autofree char *incident = add_incident (fixture, "Before", IW_SEVERITY_LOW);
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autoptr (IwIncidentsModel) model = iw_incidents_model_new (fixture->workspace);
  g_autoptr (IwIncidentItem) item = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_autoptr (IwIncidentItem) again = NULL;
  g_autoptr (JsonObject) body = iw_incident_new_document (incident, "After", "", "");
  IwChange change = { docid, body };
  Emissions emissions = { 0 };
  guint n_changes = 0;
  g_autofree char *other = NULL;

  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &emissions);
  g_signal_connect (item, "changed", G_CALLBACK (count_change), &n_changes);
  g_clear_object (&fixture->result);
  iw_workspace_apply_async (fixture->workspace, "Edit", &change, 1, 1, on_result, fixture);
  g_assert_true (iw_workspace_apply_finish (fixture->workspace, wait_result (fixture), NULL));

  /* The same object says something else: selection, focus and scroll position stay. */
  g_assert_cmpuint (emissions.n_signals, ==, 0);
  g_assert_cmpuint (n_changes, ==, 1);
  again = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (again == item);
  g_assert_cmpstr (iw_incident_item_get_row (item)->title, ==, "After");

  other = add_incident (fixture, "Another", IW_SEVERITY_LOW);
  g_assert_cmpuint (emissions.n_signals, ==, 1);
  g_assert_cmpuint (emissions.removed, ==, 1);
  g_assert_cmpuint (emissions.added, ==, 2);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  g_autofree IwChange *all = g_new0 (IwChange, 300);
  g_autoptr (IwIncidentsModel) model = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *incident = iw_id_new (iw_context_system ());
      g_autofree char *title = g_strdup_printf ("Incident %03u", i);
      char *docid = iw_id_incident_document (incident);

      g_ptr_array_add (changes, docid);
      g_ptr_array_add (bodies, iw_incident_new_document (incident, title, "", ""));
      all[i] = (IwChange){ docid, bodies->pdata[i] };
    }
  iw_workspace_apply_async (fixture->workspace, "New Incidents", all, 300, 300, on_result, fixture);
  g_assert_true (iw_workspace_apply_finish (fixture->workspace, wait_result (fixture), NULL));

  model = iw_incidents_model_new (fixture->workspace);
  iw_incidents_model_set_order (model, IW_INCIDENTS_BY_TITLE, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 300);
  g_assert_cmpstr (title_at (model, 299), ==, "Incident 299");
  g_assert_cmpstr (title_at (model, 0), ==, "Incident 000");
  /* Over the edge of a page. */
  g_assert_cmpstr (title_at (model, 63), ==, "Incident 063");
  g_assert_cmpstr (title_at (model, 64), ==, "Incident 064");
}

static void
test_words (void)
{
  IwIncidentRow row = { .incident = (char *)"x",
                        .title = (char *)"T",
                        .stage = IW_STAGE_DIAGNOSE,
                        .severity = IW_SEVERITY_HIGH,
                        .opened_at = 1000 * IW_USEC_PER_SEC };
  g_autofree char *fresh = iw_incident_age_words (&row, row.opened_at + 5 * IW_USEC_PER_SEC);
  g_autofree char *open = iw_incident_age_words (&row, row.opened_at + 7200 * IW_USEC_PER_SEC);
  g_autofree char *words = iw_incident_row_words (&row, row.opened_at + 7200 * IW_USEC_PER_SEC);
  g_autofree char *closed = NULL;
  g_autofree char *brief = NULL, *brief_words = NULL, *fresh_words = NULL;
  g_autofree char *unknown = NULL;

  g_assert_cmpstr (fresh, ==, "Opened just now");
  g_assert_cmpstr (open, ==, "Open for 2 h");
  g_assert_cmpstr (words, ==, "High · Diagnose · 2 h");
  fresh_words = iw_incident_row_words (&row, row.opened_at + 759000);
  g_assert_cmpstr (fresh_words, ==, "High · Diagnose · just now");
  row.stage = IW_STAGE_CLOSED;
  row.closed_at = row.opened_at + 759000;
  brief = iw_incident_age_words (&row, row.opened_at + IW_USEC_PER_DAY);
  g_assert_cmpstr (brief, ==, "Closed within a minute");
  brief_words = iw_incident_row_words (&row, row.opened_at + IW_USEC_PER_DAY);
  g_assert_cmpstr (brief_words, ==, "High · Closed");
  row.closed_at = row.opened_at + 3 * IW_USEC_PER_DAY;
  closed = iw_incident_age_words (&row, row.opened_at + 9 * IW_USEC_PER_DAY);
  g_assert_cmpstr (closed, ==, "Closed after 3 d");
  row.opened_at = 0;
  unknown = iw_incident_age_words (&row, 5);
  g_assert_cmpstr (unknown, ==, "");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/incidents-model/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("order-and-filter", test_order_and_filter);
  ADD ("change-keeps-items", test_change_keeps_items);
  ADD ("many", test_many);
  g_test_add_func ("/incidents-model/words", test_words);
  return g_test_run ();
}
