/* Alerts of other programs become incidents, once. */
#include "formats-fixture.h"

#include "iw-alert.h"
#include "iw-queries.h"

#define START G_GINT64_CONSTANT (1795600000000000)

typedef struct
{
  char *dir;
  IwContext *context;
  IwStore *store;
  GPtrArray *issues;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = iw_test_make_dir ();
  self->context = iw_context_new_fake (START, 1000, 7);
  self->store = iw_store_open (self->dir, IW_STORE_OPEN_DEFAULT, self->context, &error);
  g_assert_no_error (error);
  self->issues = iw_import_issues_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_ptr_array_unref (self->issues);
  g_clear_object (&self->store);
  iw_test_remove_dir (self->dir);
  g_free (self->dir);
  g_free (self->context);
}

#define add_test(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static GPtrArray *
read_text (Fixture *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *groups = iw_alert_read (text, strlen (text), NULL, self->issues, &error);

  g_assert_no_error (error);
  return groups;
}

static GPtrArray *
read_file (Fixture *self, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "alerts", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return read_text (self, text);
}

static IwAlertCounts
take (Fixture *self, GPtrArray *groups, char ***incidents)
{
  g_autoptr (GError) error = NULL;
  IwAlertCounts counts;

  iw_alert_take (self->store, groups, "Robot", &counts, incidents, &error);
  g_assert_no_error (error);
  return counts;
}

static guint
count_entries (Fixture *self, const char *incident)
{
  g_autoptr (GPtrArray) entries = iw_query_entries (self->store, incident, NULL);

  return entries->len;
}

/* ---- reading ---- */

static void
test_alertmanager (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) groups = read_file (self, "alertmanager.json");
  IwAlertGroup *group = groups->pdata[0];
  IwAlert *alert = group->alerts->pdata[0];
  IwObservable *host;

  g_assert_cmpuint (groups->len, ==, 1);
  g_assert_cmpstr (group->title, ==, "Outbound traffic far above normal");
  g_assert_cmpint (group->severity, ==, IW_SEVERITY_CRITICAL);
  g_assert_cmpuint (group->alerts->len, ==, 2);
  g_assert_cmpint (alert->started.precision, ==, IW_PRECISION_MILLISECOND);
  g_assert_false (alert->resolved);
  g_assert_nonnull (strstr (alert->text, "40 times"));
  host = alert->observables->pdata[0];
  g_assert_true (host->asset);
  g_assert_cmpstr (host->value, ==, "web-3");
  /* The third has no fingerprint. */
  g_assert_cmpuint (self->issues->len, ==, 1);
  g_assert_true (((IwImportIssue *)self->issues->pdata[0])->rejected);
}

static void
test_graph (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) groups = read_file (self, "graph.json");
  IwAlertGroup *group = groups->pdata[0];
  IwAlert *first = group->alerts->pdata[0];
  IwAlert *second = group->alerts->pdata[1];

  /* The second names the incident of the first and joins it. */
  g_assert_cmpuint (groups->len, ==, 1);
  g_assert_cmpuint (group->alerts->len, ==, 2);
  g_assert_cmpstr (first->techniques[0], ==, "T1564.001");
  g_assert_null (first->techniques[1]);
  g_assert_cmpstr (first->detection, ==, "automated-signature");
  g_assert_cmpstr (second->detection, ==, "automated-anomaly");
  g_assert_true (second->resolved);
  g_assert_cmpuint (first->observables->len, >=, 4);
}

static void
test_mapping (Fixture *self, gconstpointer data)
{
  static const char text[] =
      "[{\"ev\":{\"key\":17,\"what\":\"Door forced\",\"at\":1795000000},\"prio\":\"major\"},"
      "{\"ev\":{}}, 3]";
  IwAlertMapping mapping = { 0 };
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GError) error = NULL;
  IwAlert *alert;

  g_assert_true (iw_alert_mapping_set (&mapping, "id=ev.key"));
  g_assert_true (iw_alert_mapping_set (&mapping, "title=ev.what"));
  g_assert_true (iw_alert_mapping_set (&mapping, "time=ev.at"));
  g_assert_true (iw_alert_mapping_set (&mapping, "severity=prio"));
  g_assert_false (iw_alert_mapping_set (&mapping, "colour=ev.c"));
  g_assert_false (iw_alert_mapping_set (&mapping, "id"));
  groups = iw_alert_read (text, strlen (text), &mapping, self->issues, &error);
  iw_alert_mapping_clear (&mapping);
  g_assert_no_error (error);
  g_assert_cmpuint (groups->len, ==, 1);
  alert = ((IwAlertGroup *)groups->pdata[0])->alerts->pdata[0];
  g_assert_cmpstr (alert->id, ==, "alert:17");
  g_assert_cmpstr (alert->title, ==, "Door forced");
  g_assert_cmpint (alert->started.us, ==, G_GINT64_CONSTANT (1795000000000000));
  g_assert_cmpint (alert->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpuint (self->issues->len, ==, 2);
}

static void
test_hostile (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = {
    NULL, /* an empty file */
    "",
    "null",
    "7",
    "[]",
    "{}",
    "{\"alerts\":",
    "{\"groupKey\":7,\"alerts\":[]}",
    "{\"value\":[{\"id\":{},\"title\":[]}]}",
    "[{\"id\":\"\",\"title\":\"x\"}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length = texts[i] != NULL ? strlen (texts[i]) : 0;
      GPtrArray *groups = iw_alert_read (texts[i], length, NULL, self->issues, &error);

      g_assert_null (groups);
      g_assert_nonnull (error);
    }
}

/* What programs send, people see on one line; no alert is without a title. */
static void
test_titles (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) groups = read_text (
      self, "{\"groupKey\":\"k\",\"alerts\":["
            "{\"fingerprint\":\"f\",\"startsAt\":\"2026-11-20T02:00:00Z\",\"annotations\":"
            "{\"summary\":\"Two\\n\\n# lines \"},\"labels\":{\"instance\":\"a\\nb\"}},"
            "{\"fingerprint\":\"g\",\"startsAt\":\"2026-11-20T02:00:00Z\"}]}");
  IwAlertGroup *group = groups->pdata[0];
  IwAlert *first = group->alerts->pdata[0];
  IwAlert *second = group->alerts->pdata[1];

  g_assert_cmpstr (group->title, ==, "Two # lines");
  g_assert_cmpstr (first->title, ==, "Two # lines");
  g_assert_cmpstr (second->title, ==, "Two # lines");
  g_assert_cmpstr (((IwObservable *)first->observables->pdata[0])->value, ==, "a b");
}

/* A text of 1 MiB is cut, between characters, and that is told. */
static void
test_long_text (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"id\":\"a\",\"title\":\"T\",\"text\":\"x");
  g_autoptr (GPtrArray) groups = NULL;
  const IwAlert *alert;

  for (guint i = 0; i < IW_ALERT_TEXT_MAX / 2; i++)
    g_string_append (text, "é");
  g_string_append (text, "\"}");
  groups = read_text (self, text->str);
  alert = ((IwAlertGroup *)groups->pdata[0])->alerts->pdata[0];
  g_assert_cmpuint (strlen (alert->text), ==, IW_ALERT_TEXT_MAX - 1);
  g_assert_true (g_utf8_validate (alert->text, -1, NULL));
  g_assert_cmpuint (self->issues->len, ==, 1);
  g_assert_false (((IwImportIssue *)self->issues->pdata[0])->rejected);
}

/* An indicator that cannot be kept does not keep the alert out, and is told. */
static void
test_bad_indicator (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_strnfill (5000, 'a');
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"1\",\"title\":\"T\",\"serviceSource\":\"s\",\"evidence\":["
      "{\"@odata.type\":\"#microsoft.graph.security.urlEvidence\",\"url\":\"http://a.example/%s\"},"
      "{\"@odata.type\":\"#microsoft.graph.security.ipEvidence\",\"ipAddress\":\"N/A\"},"
      "{\"@odata.type\":\"#microsoft.graph.security.ipEvidence\",\"ipAddress\":\"192.0.2.7\"}]}",
      path);
  g_autoptr (GPtrArray) groups = read_text (self, text);

  g_assert_cmpuint (take (self, groups, NULL).added, ==, 1);
  g_assert_cmpuint (self->issues->len, ==, 2);
  g_assert_false (((IwImportIssue *)self->issues->pdata[0])->rejected);
  g_assert_cmpstr (((IwImportIssue *)self->issues->pdata[1])->value, ==, "N/A");
}

/* Alerts past the limit are told of, also those inside of an incident. */
static void
test_many (Fixture *self, gconstpointer data)
{
  static const char *const starts[] = {
    "[",
    "{\"groupKey\":\"k\",\"alerts\":[",
    "{\"id\":\"1\",\"displayName\":\"I\",\"alerts\":[",
  };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (GString) text = g_string_new (starts[i]);
      g_autoptr (GPtrArray) groups = NULL;
      const IwImportIssue *issue;

      g_ptr_array_set_size (self->issues, 0);
      for (guint j = 0; j <= IW_ALERT_MAX; j++)
        g_string_append_printf (text, "%s{\"id\":\"%u\",\"fingerprint\":\"%u\",\"title\":\"T\"}",
                                j > 0 ? "," : "", j, j);
      g_string_append (text, i == 0 ? "]" : "]}");
      groups = read_text (self, text->str);
      g_assert_cmpuint (groups->len, ==, i == 0 ? IW_ALERT_MAX : 1);
      g_assert_cmpuint (self->issues->len, ==, 1);
      issue = self->issues->pdata[0];
      g_assert_true (issue->rejected);
      g_assert_cmpint (issue->row, ==, IW_ALERT_MAX + 1);
    }
}

/* Ids of 64 bits are told apart to the last digit. */
static void
test_long_ids (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) groups =
      read_text (self, "[{\"id\":9007199254740992,\"title\":\"A\",\"time\":1795000000.5},"
                       "{\"id\":9007199254740993,\"title\":\"B\"}]");
  const IwAlertGroup *first = groups->pdata[0];
  const IwAlert *alert = first->alerts->pdata[0];

  g_assert_cmpuint (groups->len, ==, 2);
  g_assert_cmpstr (first->id, ==, "alert-incident:9007199254740992");
  g_assert_cmpint (alert->started.us, ==, G_GINT64_CONSTANT (1795000000500000));
}

/* ---- taking ---- */

/* Twice in one file is twice as well. */
static void
test_twice_in_a_file (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) groups =
      read_text (self, "[{\"id\":\"a\",\"title\":\"A\"},{\"id\":\"a\",\"title\":\"A\"}]");
  g_auto (GStrv) incidents = NULL;
  IwAlertCounts counts = take (self, groups, &incidents);

  g_assert_cmpuint (counts.added, ==, 1);
  g_assert_cmpuint (counts.known, ==, 1);
  /* Stage, detection, the alert. */
  g_assert_cmpuint (count_entries (self, incidents[0]), ==, 3);
}

static void
test_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) groups = read_file (self, "graph.json");
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) again = NULL;
  IwAlertCounts counts = take (self, groups, &first);
  g_autoptr (IwIncidentRow) row = iw_query_incident (self->store, first[0], NULL);
  g_autoptr (GPtrArray) indicators = iw_query_documents (self->store, first[0], "indicator", NULL);
  guint n = count_entries (self, first[0]);

  g_assert_cmpuint (counts.made, ==, 1);
  g_assert_cmpuint (counts.added, ==, 2);
  g_assert_cmpstr (row->source, ==, "automated-signature");
  g_assert_cmpint (row->severity, ==, IW_SEVERITY_HIGH);
  /* Two alerts, the end of one, stage, detection, severity. */
  g_assert_cmpuint (n, ==, 6);
  /* The address that both name is there once. */
  g_assert_cmpuint (indicators->len, ==, 6);

  counts = take (self, groups, &again);
  g_assert_cmpstr (again[0], ==, first[0]);
  g_assert_cmpuint (counts.made + counts.updated + counts.added, ==, 0);
  g_assert_cmpuint (counts.known, ==, 2);
  g_assert_cmpuint (count_entries (self, first[0]), ==, n);
}

static void
test_update (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = {
    "{\"groupKey\":\"k\",\"commonLabels\":{\"alertname\":\"A\"},\"alerts\":[{\"status\":\"firing\","
    "\"fingerprint\":"
    "\"f\",\"startsAt\":\"2026-11-20T02:00:00Z\",\"labels\":{\"alertname\":\"A\"}}]}",
    "{\"groupKey\":\"k\",\"commonLabels\":{\"alertname\":\"A\"},\"alerts\":[{\"status\":"
    "\"resolved\",\"fingerprint\":"
    "\"f\",\"startsAt\":\"2026-11-20T02:00:00Z\",\"endsAt\":\"2026-11-20T03:00:00Z\",\"labels\":{"
    "\"alertname\":"
    "\"A\"}}]}",
  };
  g_autoptr (GPtrArray) firing = read_text (self, texts[0]);
  g_autoptr (GPtrArray) resolved = read_text (self, texts[1]);
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;
  guint n;
  IwAlertCounts counts;

  take (self, firing, &first);
  n = count_entries (self, first[0]);
  counts = take (self, resolved, &second);
  g_assert_cmpstr (second[0], ==, first[0]);
  g_assert_cmpuint (counts.updated, ==, 1);
  g_assert_cmpuint (count_entries (self, first[0]), ==, n + 1);
}

static void
close_incident (Fixture *self, const char *incident)
{
  g_autoptr (IwEntry) close = iw_decision_new (incident, "stage", "from", "detect", "to", "closed",
                                               "risk_contained", "true", "measures_implemented",
                                               "true", "verification", "Watched for a day.", NULL);
  g_autofree char *docid = iw_id_new_document (self->context, incident, "entry");
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;

  iw_entry_set_actor (close, "A. Sato");
  iw_entry_set_occurred (close, (IwTime){ START, IW_PRECISION_SECOND });
  body = iw_entry_to_json (close);
  iw_store_apply (self->store, "Close", &(IwChange){ docid, body }, 1, 1, &error);
  g_assert_no_error (error);
}

/* An alert that goes on firing does not open a closed incident's twin; a new one does. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  static const char later[] =
      "{\"groupKey\":\"k\",\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"f\",\"startsAt\":"
      "\"2026-11-21T02:00:00Z\",\"labels\":{\"alertname\":\"A\"}}]}";
  static const char earlier[] =
      "{\"groupKey\":\"k\",\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"f\",\"startsAt\":"
      "\"2026-11-20T02:00:00Z\",\"labels\":{\"alertname\":\"A\"}}]}";
  g_autoptr (GPtrArray) first = read_text (self, earlier);
  g_autoptr (GPtrArray) second = read_text (self, later);
  g_auto (GStrv) incidents = NULL;
  g_auto (GStrv) others = NULL;
  IwAlertCounts counts;

  take (self, first, &incidents);
  close_incident (self, incidents[0]);

  counts = take (self, first, NULL);
  g_assert_cmpuint (counts.made + counts.updated, ==, 0);
  counts = take (self, second, &others);
  g_assert_cmpuint (counts.made, ==, 1);
  g_assert_cmpstr (others[0], !=, incidents[0]);
}

/* An incident that comes without its alerts is the same all the same. */
static void
test_closed_without_alerts (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) groups =
      read_text (self, "{\"id\":\"7\",\"displayName\":\"I\",\"incidentWebUrl\":\"https://a.b\"}");
  g_auto (GStrv) incidents = NULL;
  IwAlertCounts counts;

  take (self, groups, &incidents);
  close_incident (self, incidents[0]);
  counts = take (self, groups, NULL);
  g_assert_cmpuint (counts.made + counts.updated, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/alert/read/alertmanager", test_alertmanager);
  add_test ("/alert/read/graph", test_graph);
  add_test ("/alert/read/mapping", test_mapping);
  add_test ("/alert/read/hostile", test_hostile);
  add_test ("/alert/read/titles", test_titles);
  add_test ("/alert/read/long-text", test_long_text);
  add_test ("/alert/read/bad-indicator", test_bad_indicator);
  add_test ("/alert/read/many", test_many);
  add_test ("/alert/read/long-ids", test_long_ids);
  add_test ("/alert/take/once", test_once);
  add_test ("/alert/take/twice-in-a-file", test_twice_in_a_file);
  add_test ("/alert/take/update", test_update);
  add_test ("/alert/take/closed", test_closed);
  add_test ("/alert/take/closed-without-alerts", test_closed_without_alerts);
  return g_test_run ();
}
