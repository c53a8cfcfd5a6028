/* What the screens ask: incidents, entries, evidence, values in use, named filters. */
#include "store-fixture.h"

#include "iw-queries-private.h"
#include "iw-test-queries.h"

#define NO_FILTER ((IwIncidentsFilter){ FALSE, NULL, -1, -1, -1 })

/* @body: (transfer full), NULL to delete */
static void
put_body (IwStore *store, const char *docid, JsonObject *body)
{
  g_autoptr (GError) error = NULL;
  IwChange change = { docid, body };

  iw_store_apply (store, "Edit Entry", &change, 1, 1, &error);
  g_assert_no_error (error);
  g_clear_pointer (&body, json_object_unref);
}

/* @decision: (transfer full) */
static void
decide (Fixture *f, IwEntry *decision, gint64 seconds)
{
  g_free (put_decision (f->store, seconds, decision));
}

static void
set_severity (Fixture *f, const char *incident, IwSeverity to, gint64 seconds)
{
  g_free (put_severity (f->store, incident, seconds, iw_severity_to_string (to)));
}

static void
set_stage (Fixture *f, const char *incident, IwStage to, gint64 seconds)
{
  IwEntry *stage =
      iw_decision_new (incident, "stage", "to", iw_stage_to_string (to), "why", "because", NULL);

  if (to == IW_STAGE_CLOSED)
    {
      iw_entry_set_field (stage, "risk_contained", "true");
      iw_entry_set_field (stage, "measures_implemented", "true");
      iw_entry_set_field (stage, "verification", "logs of a week");
    }
  decide (f, stage, seconds);
}

/* Titles in the order asked, joined with a bar. */
static char *
list (Fixture *f, const IwIncidentsFilter *filter, IwIncidentsOrder order, gboolean descending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      iw_query_incidents (f->store, filter, order, descending, 0, 100, &error);
  g_autoptr (GString) titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? "|" : "",
                            ((IwIncidentRow *)rows->pdata[i])->title);
  g_assert_cmpint (iw_test_count_incidents (f->store, filter), ==, rows->len);
  return g_string_free_and_steal (g_steal_pointer (&titles));
}

#define assert_list(filter, order, descending, expected)                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *list_ = list (f, filter, order, descending);                                  \
    g_assert_cmpstr (list_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_row (Fixture *f, gconstpointer data)
{
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (IwIncidentRow) copy = NULL;
  g_autoptr (IwIncidentState) state = NULL;
  g_autofree char *docid = NULL;
  gint64 before;

  put_incident (f->store, INCIDENT_A, "Leaked storage");
  row = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpstr (row->incident, ==, INCIDENT_A);
  g_assert_cmpint (row->stage, ==, IW_STAGE_DETECT);
  g_assert_cmpint (row->severity, ==, IW_SEVERITY_UNSET);
  g_assert_cmpint (row->opened_at, >=, TEST_START);
  g_assert_cmpint (row->closed_at, ==, 0);
  g_assert_cmpint (row->n_entries, ==, 0);
  before = row->modified_at;
  g_clear_pointer (&row, iw_incident_row_free);

  set_stage (f, INCIDENT_A, IW_STAGE_DETECT, -100);
  set_severity (f, INCIDENT_A, IW_SEVERITY_HIGH, 10);
  set_severity (f, INCIDENT_A, IW_SEVERITY_LOW, 5); /* written later, but it was before */
  decide (f,
          iw_decision_new (INCIDENT_A, "classification", "to", "security-incident", "why", "shown",
                           NULL),
          20);
  docid = put_text (f->store, INCIDENT_A, 30, "a note");
  row = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (row->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (row->classification, ==, IW_CLASSIFICATION_SECURITY_INCIDENT);
  g_assert_cmpint (row->opened_at, ==, TEST_START - 100 * IW_USEC_PER_SEC);
  g_assert_cmpint (row->n_entries, ==, 5);
  g_assert_cmpint (row->modified_at, >, before);
  copy = iw_incident_row_copy (row);
  g_assert_cmpstr (copy->title, ==, row->title);
  state = iw_query_incident_state (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_clear_pointer (&row, iw_incident_row_free);

  set_stage (f, INCIDENT_A, IW_STAGE_CLOSED, 1000);
  row = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (row->stage, ==, IW_STAGE_CLOSED);
  g_assert_cmpint (row->closed_at, ==, TEST_START + 1000 * IW_USEC_PER_SEC);
}

/* Entries that arrive before their incident are counted once it does. */
static void
test_entries_first (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = put_text (f->store, INCIDENT_A, 1, "early");
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_query_incident (f->store, INCIDENT_A, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  put_incident (f->store, INCIDENT_A, "Late");
  row = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (row->n_entries, ==, 1);
}

static void
test_deleted_incident (Fixture *f, gconstpointer data)
{
  put_incident (f->store, INCIDENT_A, "Gone");
  put (f->store, INCIDENT_A ":incident", NULL);
  assert_list (&NO_FILTER, IW_INCIDENTS_BY_TITLE, FALSE, "");
  g_assert_null (iw_query_incident_state (f->store, INCIDENT_A, NULL));
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  assert_list (&NO_FILTER, IW_INCIDENTS_BY_TITLE, FALSE, "Gone");
}

static void
make_four (Fixture *f)
{
  static const struct
  {
    const char *title;
    IwSeverity severity;
    IwStage stage;
  } rows[] = {
    { "beta", IW_SEVERITY_HIGH, IW_STAGE_DIAGNOSE },
    { "Alpha", IW_SEVERITY_LOW, IW_STAGE_ASSESS },
    { "Éclair", IW_SEVERITY_HIGH, IW_STAGE_STABILISE },
    { "Closed", IW_SEVERITY_CRITICAL, IW_STAGE_CLOSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *incident = iw_id_new (f->context);

      put_incident (f->store, incident, rows[i].title);
      set_stage (f, incident, IW_STAGE_DETECT, i * 10);
      set_stage (f, incident, rows[i].stage, i * 10 + 1);
      set_severity (f, incident, rows[i].severity, i * 10 + 2);
    }
}

static void
test_orders (Fixture *f, gconstpointer data)
{
  make_four (f);
  assert_list (&NO_FILTER, IW_INCIDENTS_BY_URGENCY, FALSE, "beta|Éclair|Alpha|Closed");
  assert_list (&NO_FILTER, IW_INCIDENTS_BY_URGENCY, TRUE, "Closed|Alpha|Éclair|beta");
  assert_list (&NO_FILTER, IW_INCIDENTS_BY_STAGE, FALSE, "Alpha|beta|Éclair|Closed");
  assert_list (&NO_FILTER, IW_INCIDENTS_BY_SEVERITY, TRUE, "Closed|Éclair|beta|Alpha");
  assert_list (&NO_FILTER, IW_INCIDENTS_BY_OPENED, FALSE, "beta|Alpha|Éclair|Closed");
  assert_list (&NO_FILTER, IW_INCIDENTS_BY_MODIFIED, TRUE, "Closed|Éclair|Alpha|beta");
  assert_list (NULL, IW_INCIDENTS_BY_CLASSIFICATION, FALSE, "beta|Alpha|Éclair|Closed");
}

static void
test_title_order (Fixture *f, gconstpointer data)
{
  put_incident (f->store, INCIDENT_A, "beta");
  put_incident (f->store, INCIDENT_B, "Alpha");
  assert_list (NULL, IW_INCIDENTS_BY_TITLE, FALSE, "Alpha|beta");
  assert_list (NULL, IW_INCIDENTS_BY_TITLE, TRUE, "beta|Alpha");
}

static void
test_filters (Fixture *f, gconstpointer data)
{
  IwIncidentsFilter filter = NO_FILTER;

  make_four (f);
  filter.open_only = TRUE;
  assert_list (&filter, IW_INCIDENTS_BY_OPENED, FALSE, "beta|Alpha|Éclair");
  filter.severity = IW_SEVERITY_HIGH;
  assert_list (&filter, IW_INCIDENTS_BY_OPENED, FALSE, "beta|Éclair");
  filter.stage = IW_STAGE_STABILISE;
  assert_list (&filter, IW_INCIDENTS_BY_OPENED, FALSE, "Éclair");
  filter = NO_FILTER;
  filter.classification = IW_CLASSIFICATION_CRSI;
  assert_list (&filter, IW_INCIDENTS_BY_OPENED, FALSE, "");
  filter = NO_FILTER;
  filter.text = "éCL"; /* any case, and composed or not */
  assert_list (&filter, IW_INCIDENTS_BY_OPENED, FALSE, "Éclair");
  filter.text = "e\xcc\x81"
                "cl";
  assert_list (&filter, IW_INCIDENTS_BY_OPENED, FALSE, "Éclair");
  filter.text = "%";
  assert_list (&filter, IW_INCIDENTS_BY_OPENED, FALSE, "");
  filter.text = "";
  assert_list (&filter, IW_INCIDENTS_BY_OPENED, FALSE, "beta|Alpha|Éclair|Closed");
}

static void
test_prefix (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = { "0190", "019", "", "ffff", "0190%", "01900000~" };
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (GError) error = NULL;

  put_incident (f->store, "01900000-0000-7000-8000-00000000000a", "A");
  put_incident (f->store, "01900000-0000-7000-8000-00000000000b", "B");
  put_incident (f->store, "01911111-0000-7000-8000-00000000000c", "C");
  row = iw_query_incident (f->store, "01911", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->title, ==, "C");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (iw_query_incident (f->store, bad[i], &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
      g_clear_error (&error);
    }
}

static void
test_entries (Fixture *f, gconstpointer data)
{
  g_autofree char *late = put_text (f->store, INCIDENT_A, 20, "late");
  g_autofree char *early = put_text (f->store, INCIDENT_A, 10, "early");
  g_autofree char *gone = put_text (f->store, INCIDENT_A, 15, "gone");
  g_autofree char *other = put_text (f->store, INCIDENT_B, 15, "other");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  put (f->store, gone, NULL);
  entries = iw_query_entries (f->store, INCIDENT_A, &error);
  g_assert_no_error (error);
  g_assert_cmpint (entries->len, ==, 2);
  g_assert_cmpstr (iw_entry_get_text (entries->pdata[0]), ==, "early");
  g_assert_cmpstr (iw_entry_get_id (entries->pdata[1]), ==, late);
  entry = iw_query_entry (f->store, other, &error);
  g_assert_cmpstr (iw_entry_get_text (entry), ==, "other");
  g_assert_null (iw_query_entry (f->store, gone, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

static void
put_timed (IwStore *store, const char *docid, IwEntry *entry, gint64 seconds)
{
  iw_entry_set_occurred (entry,
                         (IwTime){ TEST_START + seconds * IW_USEC_PER_SEC, IW_PRECISION_SECOND });
  put_body (store, docid, iw_entry_to_json (entry));
}

/* Entries that did not change are the same objects; what changed, came or went is seen. */
static void
test_entries_again (Fixture *f, gconstpointer data)
{
  const char *const ids[] = { INCIDENT_A ":entry-a", INCIDENT_A ":entry-b", INCIDENT_A ":entry-c" };
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT_A, IW_ENTRY_NOTE, "first");
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    put_timed (f->store, ids[i], entry, i);
  before = iw_query_entries_again (f->store, INCIDENT_A, &known, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 2);
  iw_entry_set_text (entry, "second");
  put_timed (f->store, ids[1], entry, 1);
  put_timed (f->store, ids[2], entry, 2);
  after = iw_query_entries_again (f->store, INCIDENT_A, &known, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, 3);
  g_assert_true (after->pdata[0] == before->pdata[0]);
  g_assert_cmpstr (iw_entry_get_text (after->pdata[1]), ==, "second");
  g_assert_cmpstr (iw_entry_get_id (after->pdata[2]), ==, ids[2]);
  g_assert_cmpuint (g_hash_table_size (known), ==, 3);
  put_body (f->store, ids[0], NULL);
  g_ptr_array_unref (after);
  after = iw_query_entries_again (f->store, INCIDENT_A, &known, &error);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpuint (g_hash_table_size (known), ==, 2);
}

/* What a peer calls an entry but is none is kept, and not shown. */
static void
test_malformed_entry (Fixture *f, gconstpointer data)
{
  static const char *const revs[] = { "1-a", NULL };
  g_autoptr (JsonObject) body = json ("{\"type\":\"entry\",\"incident\":5,\"kind\":[]}");
  IwReplicatedRev rev = { INCIDENT_A ":entry-1", revs, body, FALSE };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (JsonObject) got = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_store_put_replicated (f->store, &rev, 1, &error));
  entries = iw_query_entries (f->store, INCIDENT_A, &error);
  g_assert_cmpint (entries->len, ==, 0);
  got = iw_store_get (f->store, INCIDENT_A ":entry-1", NULL, &error);
  g_assert_nonnull (got);
}

/* What no screen could show again is refused while its author still has it. */
static void
test_too_long_entry (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1024 * 1024 + 1, 'x');
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT_A, IW_ENTRY_NOTE, "short");
  g_autoptr (JsonObject) good = iw_entry_to_json (entry), bad = NULL;
  g_autoptr (IwEntry) got = NULL;
  g_autoptr (GError) error = NULL;
  IwChange change = { INCIDENT_A ":entry-long", good };

  g_assert_true (iw_store_apply (f->store, "Add Entry", &change, 1, 1, &error));
  iw_entry_set_text (entry, text);
  change.body = bad = iw_entry_to_json (entry);
  g_assert_false (iw_store_apply (f->store, "Edit Entry", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "too long"));
  got = iw_query_entry (f->store, change.docid, NULL);
  g_assert_cmpstr (iw_entry_get_text (got), ==, "short");
}

static void
put_evidence (Fixture *f, const char *docid, const char *name, gint64 rows)
{
  g_autofree char *sha256 = g_strnfill (64, 'a');
  g_autoptr (IwEvidence) evidence = iw_evidence_new (INCIDENT_A, name, sha256, 5);
  g_autoptr (JsonObject) timeline = json_object_new ();
  g_autoptr (JsonObject) body = NULL;
  IwChange change = { docid };
  g_autoptr (GError) error = NULL;

  json_object_set_int_member (timeline, "rows", rows);
  iw_evidence_set_timeline (evidence, timeline);
  body = iw_evidence_to_json (evidence);
  change.body = body;
  iw_store_apply (f->store, "Import", &change, 1, 1, &error);
  g_assert_no_error (error);
}

static void
test_evidence (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) evidence = NULL;

  put_evidence (f, INCIDENT_A ":evidence-2", "proxy.csv", 10);
  put_evidence (f, INCIDENT_A ":evidence-1", "auth.log", 2);
  evidence = iw_query_evidence (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (evidence->len, ==, 2);
  g_assert_cmpstr (iw_evidence_get_name (evidence->pdata[0]), ==, "auth.log");
  g_assert_cmpstr (iw_evidence_get_id (evidence->pdata[1]), ==, INCIDENT_A ":evidence-2");
}

static void
put_facets (Fixture *f,
            const char *incident,
            const char *actor,
            const char *team,
            const char *source,
            const char *tag)
{
  const char *tags[] = { tag, "all", NULL };
  g_autoptr (IwEntry) entry = iw_entry_new (incident, IW_ENTRY_NOTE, "x");
  g_autofree char *docid = NULL;

  iw_entry_set_actor (entry, actor);
  iw_entry_set_team (entry, team);
  iw_entry_set_source (entry, source);
  iw_entry_set_tags (entry, tags);
  docid = put_entry (f->store, entry);
}

static char *
facet (Fixture *f, const char *incident, IwFacet which, guint limit)
{
  g_auto (GStrv) values = iw_query_facet (f->store, incident, which, limit, NULL);

  return g_strjoinv ("|", values);
}

#define assert_facet(incident, which, limit, expected)                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *facet_ = facet (f, incident, which, limit);                                   \
    g_assert_cmpstr (facet_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_facets (Fixture *f, gconstpointer data)
{
  put_facets (f, INCIDENT_A, "Sato", "CDOC", "edr", "t1");
  put_facets (f, INCIDENT_A, "Lee", "CDOC", "proxy", "t2");
  put_facets (f, INCIDENT_A, "Lee", NULL, "edr", "t2");
  put_facets (f, INCIDENT_B, "Kim", "Legal", "mail", "t3");
  put_evidence (f, INCIDENT_A ":evidence-1", "auth.log", 1000);
  assert_facet (INCIDENT_A, IW_FACET_ACTOR, 10, "Lee|Sato");
  assert_facet (INCIDENT_A, IW_FACET_ACTOR, 1, "Lee");
  assert_facet (INCIDENT_A, IW_FACET_TEAM, 10, "CDOC");
  assert_facet (INCIDENT_A, IW_FACET_SOURCE, 10, "auth.log|edr|proxy");
  assert_facet (INCIDENT_A, IW_FACET_TAG, 10, "all|t2|t1");
  assert_facet (NULL, IW_FACET_ACTOR, 10, "Lee|Kim|Sato");
  assert_facet (INCIDENT_B, IW_FACET_TAG, 10, "all|t3");
}

static void
test_named_filters (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) one = json ("{\"text\":\"one\"}");
  g_autoptr (JsonObject) two = json ("{\"text\":\"two\"}");
  g_autoptr (JsonObject) got = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_store_save_filter (f->store, "Proxy", one, &error));
  g_assert_true (iw_store_save_filter (f->store, "Admins", one, &error));
  g_assert_true (iw_store_save_filter (f->store, "Proxy", two, &error));
  names = iw_query_filter_names (f->store, &error);
  g_assert_cmpint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "Admins");
  got = iw_query_filter (f->store, "Proxy", &error);
  g_assert_cmpstr (json_object_get_string_member (got, "text"), ==, "two");
  g_clear_pointer (&got, json_object_unref);
  g_assert_true (iw_store_save_filter (f->store, "Proxy", NULL, &error));
  label = iw_store_get_undo_label (f->store, NULL);
  g_assert_cmpstr (label, ==, "Delete Filter");
  g_assert_null (iw_query_filter (f->store, "Proxy", &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (iw_store_save_filter (f->store, "Proxy", NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  got = iw_query_filter (f->store, "Proxy", NULL);
  g_assert_cmpstr (json_object_get_string_member (got, "text"), ==, "two");
}

/* As many incidents as a third of the VERIS database: a list is there within a frame. */
static void
test_many (Fixture *f, gconstpointer data)
{
  const guint n = 3138;
  g_autofree IwChange *changes = g_new0 (IwChange, n);
  IwIncidentsFilter filter = NO_FILTER;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *incident = iw_id_new (f->context);
      g_autofree char *title = g_strdup_printf ("Incident %u at %s", i * 7919 % n, "the office");

      changes[i].docid = iw_id_incident_document (incident);
      changes[i].body = iw_incident_new_document (incident, title, "", "UTC");
    }
  iw_store_apply (f->store, "Import", changes, n, n, &error);
  g_assert_no_error (error);
  filter.text = "OFFICE";
  for (int order = IW_INCIDENTS_BY_URGENCY; order <= IW_INCIDENTS_BY_SOURCE; order++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) rows =
          iw_query_incidents (f->store, &filter, order, FALSE, n - 50, 50, &error);

      g_assert_cmpint (rows->len, ==, 50);
      g_test_message ("order %d: %.1f ms", order, (g_get_monotonic_time () - start) / 1000.0);
    }
  g_assert_cmpint (iw_test_count_incidents (f->store, &filter), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_free ((char *)changes[i].docid);
      json_object_unref (changes[i].body);
    }
}

/* What EXPLAIN QUERY PLAN says of a page, a line each. */
static char *
plan_of (Fixture *f, const IwIncidentsFilter *filter, IwIncidentsOrder order, gboolean descending)
{
  g_autofree char *sql = iw_queries_incidents_sql (filter, order, descending);
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (f->store->db, explain, NULL);
  g_autoptr (GString) plan = g_string_new (NULL);

  g_assert_nonnull (stmt);
  while (iw_db_step (stmt, NULL) == IW_DB_ROW)
    g_string_append_printf (plan, "%s\n", iw_db_text (stmt, 3));
  return g_string_free_and_steal (g_steal_pointer (&plan));
}

/* Which rows a page has is read from an index alone, whatever is filtered; sorted are only those of
 * the page. */
static void
test_pages_by_index (Fixture *f, gconstpointer data)
{
  IwIncidentsFilter filters[] = {
    NO_FILTER, NO_FILTER, NO_FILTER, NO_FILTER, NO_FILTER, NO_FILTER
  };

  filters[1].open_only = TRUE;
  filters[2].stage = IW_STAGE_ASSESS;
  filters[3].severity = IW_SEVERITY_HIGH;
  filters[4].classification = IW_CLASSIFICATION_CRSI;
  filters[5].source = "first-party";
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    for (int order = IW_INCIDENTS_BY_URGENCY; order <= IW_INCIDENTS_BY_SOURCE; order++)
      for (int descending = 0; descending < 2 && order != IW_INCIDENTS_BY_TITLE; descending++)
        {
          g_autofree char *plan = plan_of (f, &filters[i], order, descending);
          const char *inner = strstr (plan, "SUBQUERY");

          g_assert_nonnull (inner);
          if (strstr (inner, "SCAN incident USING COVERING INDEX incident_") == NULL)
            g_test_fail_printf ("order %d, filter %u: %s", order, i, plan);
          /* One sort, of the page. */
          g_assert_true (g_strstr_len (plan, -1, "TEMP B-TREE") == g_strrstr (plan, "TEMP B-TREE"));
        }
}

/* Fifty thousand rows, written straight into the tables. */
static void
test_fifty_thousand (Fixture *f, gconstpointer data)
{
  static const char sql[] =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
      " INSERT INTO doc (id, docid, seq) SELECT i, printf ('%08d:incident', i), i FROM n;"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
      " INSERT INTO incident SELECT i, printf ('%08d', i), printf ('Incident %d', i * 7919 % "
      "50000),"
      " 'x', i % 5, i % 5, i % 4, i * 7919 % 50000, i % 3 = 0, i, 1, 0, 0,"
      " CASE i % 2 WHEN 0 THEN 'first-party' ELSE '' END, i % 7 * i, '', '', 0 FROM n;"
      "UPDATE meta SET value = 50000 WHERE name = 'seq'";
  IwIncidentsFilter filter = NO_FILTER;
  g_autoptr (GError) error = NULL;
  gint64 worst = 0;

  g_assert_true (iw_db_begin (f->store->db, NULL));
  iw_db_exec (f->store->db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (iw_db_commit (f->store->db, NULL));
  filter.severity = IW_SEVERITY_HIGH;
  g_assert_cmpint (iw_test_count_incidents (f->store, &filter), ==, 10000);
  for (int order = IW_INCIDENTS_BY_URGENCY; order <= IW_INCIDENTS_BY_SOURCE; order++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) first =
          iw_query_incidents (f->store, &filter, order, FALSE, 0, 50, NULL);
      g_autoptr (GPtrArray) last =
          iw_query_incidents (f->store, &filter, order, FALSE, 9950, 50, NULL);
      gint64 took = g_get_monotonic_time () - start;

      g_assert_cmpint (first->len, ==, 50);
      g_assert_cmpint (last->len, ==, 50);
      g_test_message ("order %d: first and last page in %.1f ms", order, took / 1000.0);
      if (order != IW_INCIDENTS_BY_TITLE)
        worst = MAX (worst, took);
    }
  g_test_minimized_result (worst / 1000.0, "slowest order: %.1f ms", worst / 1000.0);
}

/* "None" and "it cannot be read" are two things. */
static void
test_unreadable (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "workspace.sqlite", NULL);
  g_autoptr (IwDb) db = iw_db_open (path, IW_DB_WRITE, NULL);
  g_autoptr (GError) error = NULL;
  guint n = 7;

  g_assert_true (iw_db_exec (db, "ALTER TABLE incident RENAME TO elsewhere", NULL));
  g_assert_false (iw_query_count_incidents (f->store, NULL, &n, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (n, ==, 7);
  g_assert_true (iw_db_exec (db, "ALTER TABLE elsewhere RENAME TO incident", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/queries/row", test_row);
  add_test ("/queries/entries-first", test_entries_first);
  add_test ("/queries/deleted-incident", test_deleted_incident);
  add_test ("/queries/orders", test_orders);
  add_test ("/queries/title-order", test_title_order);
  add_test ("/queries/filters", test_filters);
  add_test ("/queries/unreadable", test_unreadable);
  add_test ("/queries/prefix", test_prefix);
  add_test ("/queries/entries", test_entries);
  add_test ("/queries/entries-again", test_entries_again);
  add_test ("/queries/malformed-entry", test_malformed_entry);
  add_test ("/queries/too-long-entry", test_too_long_entry);
  add_test ("/queries/evidence", test_evidence);
  add_test ("/queries/facets", test_facets);
  add_test ("/queries/named-filters", test_named_filters);
  add_test ("/queries/many", test_many);
  add_test ("/queries/pages-by-index", test_pages_by_index);
  add_test ("/queries/fifty-thousand", test_fifty_thousand);
  return g_test_run ();
}
