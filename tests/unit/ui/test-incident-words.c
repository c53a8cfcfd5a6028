#include "iw-incident-item.h"

#define HOUR (3600 * IW_USEC_PER_SEC)
#define NOW G_GINT64_CONSTANT (1793714400000000)

#define assert_words(expression, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *words_ = (expression);                                                        \
    g_assert_cmpstr (words_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static IwIncidentRow
row_due (gint64 due)
{
  return (IwIncidentRow){ .incident = (char *)"i",
                          .title = (char *)"t",
                          .severity = IW_SEVERITY_HIGH,
                          .stage = IW_STAGE_DIAGNOSE,
                          .opened_at = NOW - 3 * HOUR,
                          .due_at = due,
                          .due_name = (char *)"Customer notice" };
}

static void
test_due (void)
{
  IwIncidentRow left = row_due (NOW + 41 * HOUR);
  IwIncidentRow late = row_due (NOW - 2 * HOUR);
  IwIncidentRow none = row_due (0);
  IwIncidentRow closed = row_due (NOW - 2 * HOUR);

  closed.closed_at = NOW;
  closed.stage = IW_STAGE_CLOSED;
  assert_words (iw_incident_row_words (&left, NOW), "High · 41 h left");
  assert_words (iw_incident_row_words (&late, NOW), "High · overdue by 2 h");
  assert_words (iw_incident_row_words (&none, NOW), "High · Diagnose · 3 h");
  assert_words (iw_incident_row_words (&closed, NOW), "High · Closed · 3 h");
  assert_words (iw_incident_due_words (&none, NOW), "");
  assert_words (iw_incident_due_words (&closed, NOW), "");
  assert_words (iw_incident_due_hint (&left, NOW), "Customer notice: 41 h left");
  assert_words (iw_incident_due_hint (&none, NOW), "");
  g_assert_false (iw_incident_is_overdue (&left, NOW));
  g_assert_true (iw_incident_is_overdue (&late, NOW));
  g_assert_false (iw_incident_is_overdue (&none, NOW));
  g_assert_false (iw_incident_is_overdue (&closed, NOW));
}

/* What the marks beside it mean is said too. */
static void
test_spoken (void)
{
  IwIncidentRow row = row_due (NOW - 2 * HOUR);

  row.urgent = TRUE;
  assert_words (iw_incident_row_spoken (&row, NOW),
                "High · overdue by 2 h, work around the clock, Customer notice: overdue by 2 h");
  row.urgent = FALSE;
  row.due_at = 0;
  assert_words (iw_incident_row_spoken (&row, NOW), "High · Diagnose · 3 h");
}

static void
test_source (void)
{
  g_assert_cmpstr (iw_incident_source_words ("customer-report"), ==, "Customer Report");
  g_assert_cmpstr (iw_incident_source_words (""), ==, "Source not recorded");
  g_assert_cmpstr (iw_incident_source_words (NULL), ==, "Source not recorded");
  g_assert_cmpstr (iw_incident_source_words ("of-a-newer-version"), ==, "of-a-newer-version");
}

static void
count_change (IwIncidentItem *item, gpointer data)
{
  (*(guint *)data)++;
}

/* What is shown of a row is compared, all of it. */
static void
test_change (void)
{
  IwIncidentRow row = row_due (NOW);
  g_autoptr (IwIncidentItem) item = iw_incident_item_new (&row);
  guint n = 0;

  g_signal_connect (item, "changed", G_CALLBACK (count_change), &n);
  iw_incident_item_set_row (item, &row);
  g_assert_cmpuint (n, ==, 0);
  row.due_at++;
  iw_incident_item_set_row (item, &row);
  row.urgent = TRUE;
  iw_incident_item_set_row (item, &row);
  row.source = (char *)"exercise";
  iw_incident_item_set_row (item, &row);
  row.n_customers = 2;
  iw_incident_item_set_row (item, &row);
  row.priority = IW_PRIORITY_P1;
  iw_incident_item_set_row (item, &row);
  g_assert_cmpuint (n, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/incident-words/due", test_due);
  g_test_add_func ("/ui/incident-words/spoken", test_spoken);
  g_test_add_func ("/ui/incident-words/source", test_source);
  g_test_add_func ("/ui/incident-words/change", test_change);
  return g_test_run ();
}
