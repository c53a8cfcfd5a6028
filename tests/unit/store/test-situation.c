/* All there is to know of an incident, and what documents are found by. */
#include "store-fixture.h"

#include "iw-test-queries.h"

#define DOC(kind, n) INCIDENT_A ":" kind "-01900000-0000-7000-8000-0000000000" n
#define NOTICE DOC ("notice", "b1")
#define CUSTOMER DOC ("scope", "b2")
#define OTHER_CUSTOMER DOC ("scope", "b3")

static IwIncidentRow *
row_of (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  IwIncidentRow *row = iw_query_incident (f->store, INCIDENT_A, &error);

  g_assert_no_error (error);
  return row;
}

static void
decide (Fixture *f, gint64 seconds, IwEntry *decision)
{
  g_free (put_decision (f->store, seconds, decision));
}

static char *
declare (Fixture *f, gint64 seconds)
{
  g_autofree char *cited = put_text (f->store, INCIDENT_A, seconds, "12 reads in the access log");
  IwEntry *entry = iw_decision_new (INCIDENT_A, "declaration", "to", "crsi", "access", "occurred",
                                    "duty", "legal", "statement", "shown by the access log",
                                    "declared_by", "M. Ito", NULL);

  iw_entry_add_link (entry, cited, 0);
  g_free (put_decision (f->store, seconds, entry));
  return g_steal_pointer (&cited);
}

/* ---- the situation ---- */

static gboolean
has_entry (IwSituation *situation, const char *docid)
{
  GPtrArray *entries = iw_situation_get_entries (situation);

  for (guint i = 0; i < entries->len; i++)
    if (g_strcmp0 (iw_entry_get_id (entries->pdata[i]), docid) == 0)
      return TRUE;
  return FALSE;
}

static void
test_situation (Fixture *f, gconstpointer data)
{
  g_autofree char *cited = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *key_id = NULL;
  g_autofree char *linked = NULL;
  g_autofree char *indicator = NULL;
  g_autoptr (IwEntry) key = iw_entry_new (INCIDENT_A, IW_ENTRY_OBSERVATION, "first sign-in");
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) teams = NULL;
  g_autoptr (GError) error = NULL;

  put_incident (f->store, INCIDENT_A, "Phished administrator");
  put_incident (f->store, INCIDENT_B, "Another");
  cited = declare (f, 10);
  plain = put_text (f->store, INCIDENT_A, 20, "of no weight");
  linked = put_text (f->store, INCIDENT_A, 30, "the mail with the link");
  indicator = g_strdup_printf ("{\"type\":\"indicator\",\"indicator_type\":\"domain\","
                               "\"value\":\"evil.example\",\"links\":[{\"document\":\"%s\"},"
                               "{\"document\":\"" INCIDENT_B ":entry-x\"},7]}",
                               linked);
  put (f->store, DOC ("indicator", "c2"), indicator);
  iw_entry_set_key (key, TRUE);
  key_id = put_entry (f->store, key);
  g_free (put_severity (f->store, INCIDENT_B, 5, "low"));
  put (f->store, DOC ("task", "c1"),
       "{\"type\":\"task\",\"title\":\"Rotate\",\"phase\":\"eradication\"}");
  put (f->store, "workspace:team-1", "{\"type\":\"team\",\"name\":\"Legal\"}");
  put (f->store, "workspace:filter-1", "{\"type\":\"filter\",\"name\":\"x\",\"filter\":{}}");

  situation = iw_query_situation (f->store, INCIDENT_A, 42, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (iw_situation_get_title (situation), ==, "Phished administrator");
  g_assert_cmpint (iw_situation_get_now (situation), ==, 42);
  g_assert_cmpint (iw_situation_get_state (situation)->classification, ==, IW_CLASSIFICATION_CRSI);
  g_assert_cmpint (iw_decisions_get_n (iw_situation_get_decisions (situation)), ==, 1);
  g_assert_cmpint (iw_situation_get_entries (situation)->len, ==, 4);
  g_assert_true (has_entry (situation, cited));
  g_assert_true (has_entry (situation, key_id));
  g_assert_true (has_entry (situation, linked));
  g_assert_false (has_entry (situation, plain));
  tasks = iw_situation_get_documents (situation, "task");
  teams = iw_situation_get_documents (situation, "team");
  g_assert_cmpint (tasks->len, ==, 1);
  g_assert_cmpint (teams->len, ==, 1);
  g_assert_null (iw_situation_find (situation, "workspace:filter-1"));
  g_clear_pointer (&situation, iw_situation_unref);
  situation = iw_query_situation (f->store, INCIDENT_A, 0, &error);
  g_assert_cmpint (iw_situation_get_now (situation), >, TEST_START);
}

static void
test_no_incident (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_free (put_severity (f->store, INCIDENT_A, 5, "low"));
  g_assert_null (iw_query_situation (f->store, INCIDENT_A, 0, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  put_incident (f->store, INCIDENT_A, "A");
  put (f->store, INCIDENT_A ":incident", NULL);
  g_assert_null (iw_query_situation (f->store, INCIDENT_A, 0, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

/* The connection is free for a write afterwards, and a reader works too. */
static void
test_leaves_no_transaction (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) reader = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (IwSituation) seen = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  reader = open_at (f->dir, IW_STORE_OPEN_READ_ONLY, f->context);
  situation = iw_query_situation (reader, INCIDENT_A, 0, NULL);
  g_assert_nonnull (situation);
  g_assert_null (iw_query_situation (f->store, INCIDENT_B, 0, NULL));
  g_free (put_severity (f->store, INCIDENT_A, 5, "low"));
  seen = iw_query_situation (reader, INCIDENT_A, 0, NULL);
  g_assert_cmpint (iw_situation_get_state (seen)->severity, ==, IW_SEVERITY_LOW);
}

static void
test_directory (Fixture *f, gconstpointer data)
{
  g_autoptr (IwSituation) directory = NULL;
  g_auto (GStrv) people = NULL;

  put (f->store, "workspace:person-1", "{\"type\":\"person\",\"name\":\"M. Ito\"}");
  directory = iw_query_directory (f->store, NULL);
  people = iw_situation_get_people (directory);
  g_assert_true (g_strv_contains ((const char *const *)people, "M. Ito"));
}

/* ---- documents ---- */

static void
test_documents (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) teams = NULL;
  g_autoptr (IwDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  put (f->store, DOC ("task", "c2"),
       "{\"type\":\"task\",\"title\":\"two\",\"phase\":\"recovery\"}");
  put (f->store, DOC ("task", "c1"),
       "{\"type\":\"task\",\"title\":\"one\",\"phase\":\"recovery\"}");
  put (f->store, DOC ("task", "c3"),
       "{\"type\":\"task\",\"title\":\"gone\",\"phase\":\"recovery\"}");
  put (f->store, DOC ("task", "c3"), NULL);
  put (f->store, INCIDENT_B ":task-1",
       "{\"type\":\"task\",\"title\":\"B\",\"phase\":\"recovery\"}");
  put (f->store, "workspace:team-1", "{\"type\":\"team\",\"name\":\"Legal\"}");
  tasks = iw_query_documents (f->store, INCIDENT_A, "task", &error);
  g_assert_cmpint (tasks->len, ==, 2);
  g_assert_cmpstr (iw_document_get_name (tasks->pdata[0]), ==, "one");
  g_assert_true (g_str_has_prefix (iw_document_get_rev (tasks->pdata[0]), "1-"));
  teams = iw_query_documents (f->store, NULL, "team", &error);
  g_assert_cmpint (teams->len, ==, 1);
  document = iw_query_document (f->store, DOC ("task", "c1"), &error);
  g_assert_cmpstr (iw_document_get_text (document, "title"), ==, "one");
  g_assert_null (iw_query_document (f->store, DOC ("task", "c3"), &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

static void
test_external (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) found = NULL;
  g_auto (GStrv) none = NULL;
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT_A, IW_ENTRY_NOTE, "alert fired");
  g_autofree char *docid = NULL;

  put (f->store, DOC ("task", "c2"),
       "{\"type\":\"task\",\"title\":\"two\",\"phase\":\"recovery\",\"external\":\"tracker:7\"}");
  put (f->store, DOC ("task", "c1"),
       "{\"type\":\"task\",\"title\":\"one\",\"phase\":\"recovery\",\"external\":\"tracker:7\"}");
  iw_entry_set_field (entry, "external", "alertmanager:9f");
  docid = put_entry (f->store, entry);
  found = iw_query_external (f->store, "tracker:7", NULL);
  g_assert_cmpint (g_strv_length (found), ==, 2);
  g_assert_cmpstr (found[0], ==, DOC ("task", "c2")); /* the older */
  none = iw_query_external (f->store, "tracker:", NULL);
  g_assert_cmpint (g_strv_length (none), ==, 0);
  g_strfreev (found);
  found = iw_query_external (f->store, "alertmanager:9f", NULL);
  g_assert_cmpstr (found[0], ==, docid);
  put (f->store, DOC ("task", "c2"), NULL);
  g_strfreev (found);
  found = iw_query_external (f->store, "tracker:7", NULL);
  g_assert_cmpint (g_strv_length (found), ==, 1);
}

static void
test_indicators (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *query;
    guint n;
  } cases[] = { { "203.0.113.7", 2 }, { "203.0.113.*", 3 },
                { "203.0.113.", 0 },  { "evil.example", 1 },
                { "evil*", 1 },       { "*", 4 },
                { "%", 0 },           { "EVIL.EXAMPLE", 0 } };
  g_autoptr (GPtrArray) newest = NULL;

  put (f->store, DOC ("indicator", "d1"),
       "{\"type\":\"indicator\",\"indicator_type\":\"ip\",\"value\":\"203.0.113.7\"}");
  put (f->store, DOC ("indicator", "d2"),
       "{\"type\":\"indicator\",\"indicator_type\":\"ip\",\"value\":\"203.0.113.9\"}");
  /* Written by who does not bring values into their normal form. */
  put (f->store, DOC ("indicator", "d3"),
       "{\"type\":\"indicator\",\"indicator_type\":\"domain\",\"value\":\"Evil.Example\"}");
  put (f->store, INCIDENT_B ":indicator-1",
       "{\"type\":\"indicator\",\"indicator_type\":\"ip\",\"value\":\"203.0.113.7\"}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = iw_query_indicators (f->store, cases[i].query, 10, NULL);

      if (found->len != cases[i].n)
        g_test_fail_printf ("%s: %u, not %u", cases[i].query, found->len, cases[i].n);
    }
  newest = iw_query_indicators (f->store, "203.0.113.7", 1, NULL);
  g_assert_cmpint (newest->len, ==, 1);
  g_assert_cmpstr (iw_document_get_id (newest->pdata[0]), ==, INCIDENT_B ":indicator-1");
}

/* ---- the row ---- */

static void
test_source (Fixture *f, gconstpointer data)
{
  g_autoptr (IwIncidentRow) row = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  row = row_of (f);
  g_assert_cmpstr (row->source, ==, "");
  g_clear_pointer (&row, iw_incident_row_free);
  decide (f, 1,
          iw_decision_new (INCIDENT_A, "detection", "to", "customer-report", "realm", "own", NULL));
  row = row_of (f);
  g_assert_cmpstr (row->source, ==, "customer-report");
}

/* What is due first, by a name in the user's language that the database does not hold. */
static void
test_due (Fixture *f, gconstpointer data)
{
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (GPtrArray) due = NULL;
  g_autofree char *escalation = NULL;
  g_autofree char *clock = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  put_incident (f->store, INCIDENT_B, "B");
  g_free (declare (f, 0));
  row = row_of (f);
  g_assert_cmpint (row->due_at, ==, TEST_START + 72 * 3600 * IW_USEC_PER_SEC);
  g_assert_cmpstr (row->due_name, ==, iw_clock_kind_label (IW_CLOCK_CUSTOMER_NOTICE));
  g_assert_cmpint (iw_db_query_int (f->store->db,
                                    "SELECT count(*) FROM incident WHERE due_name = ''"
                                    " AND due_kind = 'customer-notice'",
                                    0),
                   ==, 1);
  g_clear_pointer (&row, iw_incident_row_free);

  clock = put_decision (f->store, 0,
                        iw_decision_new (INCIDENT_A, "clock", "name", "Contract with Alpine",
                                         "clock_kind", "contract", "start", "2026-11-03T03:00:00Z",
                                         "duration", "1440", "ends_on", "manual", NULL));
  row = row_of (f);
  g_assert_cmpint (row->due_at, ==, TEST_START + 24 * 3600 * IW_USEC_PER_SEC);
  g_assert_cmpstr (row->due_name, ==, "Contract with Alpine");
  g_clear_pointer (&row, iw_incident_row_free);

  escalation = put_decision (f->store, 0,
                             iw_decision_new (INCIDENT_A, "escalation", "from", "On call", "to",
                                              "Legal", "why", "duty", "ask", "advice", "due", "30",
                                              "due_at", "2026-11-03T03:30:00Z", NULL));
  row = row_of (f);
  g_assert_cmpint (row->due_at, ==, TEST_START + 30 * 60 * IW_USEC_PER_SEC);
  g_assert_cmpstr (row->due_name, ==, "Acknowledgement by Legal");
  g_clear_pointer (&row, iw_incident_row_free);

  due = iw_query_due (f->store, NULL);
  g_assert_cmpint (due->len, ==, 1);
  decide (f, 60,
          iw_decision_new (INCIDENT_A, "acknowledgement", "subject", escalation, "to", "accepted",
                           NULL));
  decide (f, 61, iw_decision_new (INCIDENT_A, "clock-end", "subject", clock, "to", "met", NULL));
  row = row_of (f);
  g_assert_cmpint (row->due_at, ==, TEST_START + 72 * 3600 * IW_USEC_PER_SEC);
  g_clear_pointer (&row, iw_incident_row_free);
  decide (f, 62,
          iw_decision_new (INCIDENT_A, "classification", "from", "crsi", "to", "security-incident",
                           "why", "no customer data", NULL));
  row = row_of (f);
  g_assert_cmpint (row->due_at, ==, 0);
  g_assert_cmpstr (row->due_name, ==, "");
  g_clear_pointer (&due, g_ptr_array_unref);
  due = iw_query_due (f->store, NULL);
  g_assert_cmpint (due->len, ==, 0);
}

static void
put_scope (Fixture *f, const char *docid, const char *kind)
{
  g_autofree char *text =
      g_strdup_printf ("{\"type\":\"scope\",\"scope_kind\":\"%s\",\"name\":\"Alpine\"}", kind);

  put (f->store, docid, text);
}

static void
set_scope (Fixture *f, gint64 seconds, const char *docid, const char *to)
{
  decide (
      f, seconds,
      iw_decision_new (INCIDENT_A, "scope-state", "subject", docid, "to", to, "why", "so", NULL));
}

#define assert_customers(n)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (IwIncidentRow) row_ = row_of (f);                                                   \
    g_assert_cmpint (row_->n_customers, ==, n);                                                    \
  }                                                                                                \
  G_STMT_END

/* Follows the decisions about customers, and the customers themselves. */
static void
test_customers (Fixture *f, gconstpointer data)
{
  put_incident (f->store, INCIDENT_A, "A");
  put_scope (f, CUSTOMER, "customer");
  put_scope (f, OTHER_CUSTOMER, "customer");
  put_scope (f, DOC ("scope", "b4"), "service");
  assert_customers (0); /* nobody has said that they are affected */
  set_scope (f, 1, CUSTOMER, "suspected");
  set_scope (f, 2, OTHER_CUSTOMER, "confirmed");
  set_scope (f, 3, DOC ("scope", "b4"), "confirmed");
  assert_customers (2);
  set_scope (f, 4, CUSTOMER, "ruled-out");
  assert_customers (1);
  put (f->store, OTHER_CUSTOMER, NULL);
  assert_customers (0);
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  assert_customers (1);
  put_scope (f, OTHER_CUSTOMER, "system");
  assert_customers (0);
}

static void
test_orders_and_filters (Fixture *f, gconstpointer data)
{
  static const char *const incidents[] = { INCIDENT_A, INCIDENT_B,
                                           "01900000-0000-7000-8000-00000000000c" };
  static const char *const sources[] = { "first-party", "", "customer-report" };
  IwIncidentsFilter filter = { .stage = -1, .severity = -1, .classification = -1 };

  for (guint i = 0; i < 3; i++)
    {
      put_incident (f->store, incidents[i], i == 0 ? "A" : i == 1 ? "B" : "C");
      if (*sources[i] != '\0')
        decide (
            f, i,
            iw_decision_new (incidents[i], "detection", "to", sources[i], "realm", "own", NULL));
      if (i != 0)
        decide (f, 10 - i,
                iw_decision_new (incidents[i], "clock", "name", "Contract", "clock_kind",
                                 "contract", "start", "2026-11-03T03:00:00Z", "duration",
                                 i == 1 ? "120" : "60", "ends_on", "manual", NULL));
    }
  for (int descending = 0; descending < 2; descending++)
    {
      g_autoptr (GPtrArray) due =
          iw_query_incidents (f->store, &filter, IW_INCIDENTS_BY_DUE, descending, 0, 10, NULL);
      g_autoptr (GPtrArray) source =
          iw_query_incidents (f->store, &filter, IW_INCIDENTS_BY_SOURCE, descending, 0, 10, NULL);
      const char *due_order[] = { "C", "B", "A" };
      const char *source_order[] = { "B", "C", "A" };

      for (guint i = 0; i < 3; i++)
        {
          guint k = descending ? 2 - i : i;

          g_assert_cmpstr (((IwIncidentRow *)due->pdata[k])->title, ==, due_order[i]);
          g_assert_cmpstr (((IwIncidentRow *)source->pdata[k])->title, ==, source_order[i]);
        }
    }
  filter.source = "first-party";
  g_assert_cmpint (iw_test_count_incidents (f->store, &filter), ==, 1);
  filter.source = "";
  g_assert_cmpint (iw_test_count_incidents (f->store, &filter), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/situation/whole", test_situation);
  add_test ("/situation/no-incident", test_no_incident);
  add_test ("/situation/leaves-no-transaction", test_leaves_no_transaction);
  add_test ("/situation/directory", test_directory);
  add_test ("/situation/documents", test_documents);
  add_test ("/situation/external", test_external);
  add_test ("/situation/indicators", test_indicators);
  add_test ("/situation/source", test_source);
  add_test ("/situation/due", test_due);
  add_test ("/situation/customers", test_customers);
  add_test ("/situation/orders-and-filters", test_orders_and_filters);
  return g_test_run ();
}
