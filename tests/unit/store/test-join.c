/* Two people decide without a network on copies of one database, which then meet. */
#include "store-fixture.h"

#include "iw-situation-json.h"

/* The incident that they work on. */
static char *incident, *notice, *customer;

static void
choose_incident (guint32 seed)
{
  g_free (incident);
  g_free (notice);
  g_free (customer);
  incident = g_strdup_printf ("01900000-0000-7000-8000-%012x", seed);
  notice = g_strconcat (incident, ":notice-01900000-0000-7000-8000-0000000000b1", NULL);
  customer = g_strconcat (incident, ":scope-01900000-0000-7000-8000-0000000000b2", NULL);
}

#define NOW (TEST_START + 24 * 3600 * IW_USEC_PER_SEC)

typedef struct
{
  char *dir;
  IwContext *context;
  IwStore *store;
} Copy;

static void
copy_open (Copy *copy, guint32 seed, const char *author)
{
  copy->dir = iw_test_make_dir ();
  copy->context = iw_context_new_fake (TEST_START + seed % 1000, 1000, seed);
  copy->store = open_at (copy->dir, IW_STORE_OPEN_DEFAULT, copy->context);
  iw_store_set_author (copy->store, author);
  /* Hundreds of databases that nobody needs after a crash. */
  g_assert_true (iw_db_exec (copy->store->db, "PRAGMA synchronous = OFF", NULL));
}

static void
copy_close (Copy *copy)
{
  g_clear_object (&copy->store);
  iw_test_remove_dir (copy->dir);
  g_free (copy->dir);
  g_free (copy->context);
}

static void
open_both (Copy *a, Copy *b)
{
  copy_open (a, 1, "A. Sato");
  copy_open (b, 2, "M. Ito");
}

/* ---- joining ---- */

typedef struct
{
  IwStore *from;
  IwStore *to;
} Join;

/* Where the documents of this incident begin in the feeds of both. */
static gint64 since[2];

static void
send_leaf (Join *join, const char *docid, const char *leaf)
{
  g_auto (GStrv) history = iw_store_get_history (join->from, docid, leaf, NULL);
  g_auto (GStrv) missing = iw_store_revs_diff (join->to, docid, (const char *const *)history, NULL);
  g_autoptr (JsonObject) body = NULL;
  IwReplicatedRev rev = { docid, (const char *const *)history };
  g_autoptr (GError) error = NULL;

  if (!g_strv_contains ((const char *const *)missing, leaf))
    return;
  rev.body = body = iw_store_get_rev (join->from, docid, leaf, &rev.deleted, &error);
  g_assert_no_error (error);
  iw_store_put_replicated (join->to, &rev, 1, &error);
  g_assert_no_error (error);
}

static void
send_document (gint64 seq, const char *docid, const char *rev, gboolean deleted, gpointer data)
{
  Join *join = data;
  g_auto (GStrv) leaves = NULL;

  if (!g_str_has_prefix (docid, incident))
    return;
  leaves = iw_store_get_leaves (join->from, docid, TRUE, NULL);

  for (guint i = 0; leaves[i] != NULL; i++)
    send_leaf (join, docid, leaves[i]);
}

static void
send_all (IwStore *from, IwStore *to)
{
  Join join = { from, to };
  g_autoptr (GError) error = NULL;

  iw_store_foreach_change (from, MIN (since[0], since[1]), 0, send_document, &join, &error);
  g_assert_no_error (error);
}

/* ---- what both show ---- */

static char *
situation_of (IwStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwSituation) situation = iw_query_situation (store, incident, NOW, &error);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  g_assert_no_error (error);
  object = iw_situation_to_json (situation);
  json_node_set_object (node, object);
  return json_to_string (node, TRUE);
}

static char *
timeline_of (IwStore *store)
{
  g_autoptr (GPtrArray) entries = iw_query_entries (store, incident, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (text, "%s %s\n", iw_entry_get_id (entries->pdata[i]),
                            iw_entry_get_text (entries->pdata[i]));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
row_of (IwStore *store)
{
  g_autoptr (IwIncidentRow) row = iw_query_incident (store, incident, NULL);

  return g_strdup_printf ("%s|%d|%d|%d|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT
                          "|%u|%d|%d|%s|%" G_GINT64_FORMAT "|%s|%u",
                          row->title, row->stage, row->severity, row->classification,
                          row->opened_at, row->closed_at, row->modified_at, row->n_entries,
                          row->priority, row->urgent, row->source, row->due_at, row->due_name,
                          row->n_customers);
}

static void
assert_same (IwStore *a, IwStore *b)
{
  char *(*const views[]) (IwStore *) = { situation_of, timeline_of, row_of };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *left = views[i](a);
      g_autofree char *right = views[i](b);

      g_assert_cmpstr (left, ==, right);
    }
}

static void
assert_clean (IwStore *store)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (iw_store_check (store, FALSE, problems, NULL, NULL));
  if (problems->len > 0)
    g_test_fail_printf ("%s", (char *)problems->pdata[0]);
}

static void
close_both (Copy *a, Copy *b)
{
  assert_clean (a->store);
  assert_clean (b->store);
  copy_close (a);
  copy_close (b);
}

static void
join (IwStore *a, IwStore *b)
{
  gint64 seq;

  send_all (a, b);
  send_all (b, a);
  assert_same (a, b);
  /* Sending once more changes nothing. */
  seq = iw_store_get_seq (b);
  send_all (a, b);
  g_assert_cmpint (iw_store_get_seq (b), ==, seq);
}

/* ---- the story ---- */

static void
begin (Copy *a, Copy *b, guint32 seed)
{
  choose_incident (seed);
  since[0] = iw_store_get_seq (a->store);
  since[1] = iw_store_get_seq (b->store);
  put_incident (a->store, incident, "Phished administrator");
  put (a->store, notice,
       "{\"type\":\"notice\",\"title\":\"To customers\",\"audience\":\"customers\","
       "\"language\":\"en\",\"subject\":\"Your data\",\"body\":\"We regret\"}");
  put (a->store, customer,
       "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Alpine\",\"mail\":\"it@alpine."
       "example\"}");
  g_free (put_severity (a->store, incident, 0, "low"));
  send_all (a->store, b->store);
  assert_same (a->store, b->store);
}

static char *
role (IwStore *store, gint64 seconds, const char *person)
{
  return put_decision (
      store, seconds,
      iw_decision_new (incident, "role", "role", "response-lead", "to", person, NULL));
}

static char *
classify (IwStore *store, gint64 seconds, const char *to)
{
  IwEntry *entry =
      iw_decision_new (incident, "classification", "to", to, "why", "what we saw", NULL);
  const char *subjects[] = { "end-users", NULL };

  if (g_str_equal (to, "privacy"))
    iw_entry_set_list (entry, "data_subjects", subjects);
  return put_decision (store, seconds, entry);
}

static char *
approve (IwStore *store, gint64 seconds)
{
  g_autoptr (JsonObject) text = iw_store_get (store, notice, NULL, NULL);
  g_autofree char *digest = iw_notice_digest (text);

  return put_decision (store, seconds,
                       iw_decision_new (incident, "notice-state", "subject", notice, "audience",
                                        "customers", "to", "approved", "digest", digest, NULL));
}

static char *
defer (IwStore *store, gint64 seconds)
{
  return put_decision (store, seconds,
                       iw_decision_new (incident, "notice-state", "subject", notice, "audience",
                                        "customers", "to", "deferred", "grounds", "risk-to-others",
                                        "why", "it would tip them off", "legal", "L. Roth",
                                        "executive", "E. Kim", NULL));
}

static void
assert_both_shown (IwStore *store, char **ids, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwEntry) entry = iw_query_entry (store, ids[i], NULL);

      g_assert_nonnull (entry);
    }
}

static void
test_offline (void)
{
  Copy a, b;
  Copy *copies[] = { &a, &b };
  char *ids[8];

  open_both (&a, &b);
  begin (&a, &b, 7);
  ids[0] = put_severity (a.store, incident, 100, "medium");
  ids[1] = put_severity (b.store, incident, 200, "critical");
  ids[2] = classify (a.store, 310, "security-incident");
  ids[3] = classify (b.store, 300, "privacy");
  ids[4] = approve (a.store, 400);
  ids[5] = defer (b.store, 500);
  ids[6] = role (a.store, 650, "M. Ito");
  ids[7] = role (b.store, 600, "K. Berg");
  join (a.store, b.store);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (IwSituation) situation =
          iw_query_situation (copies[i]->store, incident, NOW, NULL);
      const IwIncidentState *state = iw_situation_get_state (situation);

      assert_both_shown (copies[i]->store, ids, G_N_ELEMENTS (ids));
      /* The later of each two is in force, whoever made it. */
      g_assert_cmpint (state->severity, ==, IW_SEVERITY_CRITICAL);
      g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_SECURITY_INCIDENT);
      g_assert_cmpint (iw_situation_get_notice (situation, notice)->status, ==, IW_NOTICE_DEFERRED);
      g_assert_cmpstr (iw_situation_get_role (situation, "response-lead"), ==, "M. Ito");
      for (guint k = 0; k < iw_decisions_get_n (iw_situation_get_decisions (situation)); k++)
        g_assert_null (iw_decisions_get_problem (iw_situation_get_decisions (situation), k));
      /* Nothing to be asked: no document has two leaves. */
      for (guint k = 0; k < G_N_ELEMENTS (ids); k++)
        {
          g_auto (GStrv) leaves = iw_store_get_leaves (copies[i]->store, ids[k], TRUE, NULL);

          g_assert_cmpint (g_strv_length (leaves), ==, 1);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
  close_both (&a, &b);
}

/* One withdraws what the other has built upon. */
static void
test_undone_meanwhile (void)
{
  g_autofree char *severity = NULL;
  Copy a, b;

  open_both (&a, &b);
  begin (&a, &b, 8);
  severity = put_severity (a.store, incident, 100, "high");
  send_all (a.store, b.store);
  g_assert_true (iw_store_undo (a.store, NULL, NULL));
  g_free (role (b.store, 200, "K. Berg"));
  join (a.store, b.store);
  {
    g_autoptr (IwIncidentRow) row = iw_query_incident (b.store, incident, NULL);

    g_assert_cmpint (row->severity, ==, IW_SEVERITY_LOW);
  }
  g_assert_true (iw_store_redo (a.store, NULL, NULL));
  join (b.store, a.store);
  close_both (&a, &b);
}

/* ---- at random ---- */

static void
decide_something (GRand *random, IwStore *store, GPtrArray *ids)
{
  static const char *const severities[] = { "low", "medium", "high", "critical" };
  static const char *const classes[] = { "security-incident", "privacy" };
  static const char *const people[] = { "A. Sato", "M. Ito", "" };
  static const char *const scopes[] = { "suspected", "confirmed", "ruled-out" };
  gint64 at = g_rand_int_range (random, 1, 50); /* so that many are at the same time */

  switch (g_rand_int_range (random, 0, 10))
    {
    case 0:
    case 1:
      g_ptr_array_add (
          ids, put_severity (store, incident, at, severities[g_rand_int_range (random, 0, 4)]));
      break;
    case 2:
      g_ptr_array_add (ids, classify (store, at, classes[g_rand_int_range (random, 0, 2)]));
      break;
    case 3:
      g_ptr_array_add (ids, approve (store, at));
      break;
    case 4:
      g_ptr_array_add (ids, defer (store, at));
      break;
    case 5:
      g_ptr_array_add (ids, role (store, at, people[g_rand_int_range (random, 0, 3)]));
      break;
    case 6:
      g_ptr_array_add (ids,
                       put_decision (store, at,
                                     iw_decision_new (incident, "scope-state", "subject", customer,
                                                      "to", scopes[g_rand_int_range (random, 0, 3)],
                                                      "why", "so", NULL)));
      break;
    case 7:
      if (ids->len > 0)
        g_ptr_array_add (
            ids, put_decision (store, at,
                               iw_decision_new (incident, "withdrawal", "subject",
                                                ids->pdata[g_rand_int_range (random, 0, ids->len)],
                                                "why", "a mistake", NULL)));
      break;
    case 8:
      {
        g_autofree char *label = iw_store_get_undo_label (store, NULL);

        if (g_strcmp0 (label, "Add Entry") == 0) /* not the incident itself */
          iw_store_undo (store, NULL, NULL);
      }
      break;
    default:
      iw_store_redo (store, NULL, NULL);
      break;
    }
}

/* A peer that keeps to no rules edits or deletes a decision that both know. */
static void
lie (GRand *random, IwStore *store, GPtrArray *ids)
{
  const char *docid;
  g_autofree char *winner = NULL;
  g_autofree char *next = NULL;
  const char *revs[3] = { NULL };
  g_autoptr (JsonObject) body = json ("{\"type\":\"entry\",\"kind\":\"note\",\"incident\":"
                                      "\"01900000-0000-7000-8000-00000000000a\"}");
  IwReplicatedRev rev = { NULL, revs, body, g_rand_boolean (random) };

  if (ids->len == 0)
    return;
  docid = ids->pdata[g_rand_int_range (random, 0, ids->len)];
  winner = winner_of (store, docid);
  next = g_strdup_printf ("%d-%x", atoi (winner) + 1, g_rand_int (random));
  revs[0] = next;
  revs[1] = winner;
  rev.docid = docid;
  iw_store_put_replicated (store, &rev, 1, NULL);
}

static void
play (Copy *a, Copy *b, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) shared = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids_a = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids_b = g_ptr_array_new_with_free_func (g_free);

  begin (a, b, seed + 100);
  for (guint round = 0; round < 2; round++)
    {
      for (int i = g_rand_int_range (random, 1, 8); i > 0; i--)
        decide_something (random, a->store, ids_a);
      for (int i = g_rand_int_range (random, 1, 8); i > 0; i--)
        decide_something (random, b->store, ids_b);
      for (guint i = 0; round > 0 && i < 3; i++)
        lie (random, b->store, shared);
      if (g_rand_boolean (random))
        join (a->store, b->store);
      else
        join (b->store, a->store);
      for (guint i = shared->len; i < ids_a->len; i++)
        g_ptr_array_add (shared, g_strdup (ids_a->pdata[i]));
    }
  /* No decision has disappeared anywhere. */
  for (guint i = 0; i < ids_a->len; i++)
    assert_both_shown (b->store, (char **)&ids_a->pdata[i], 1);
  for (guint i = 0; i < ids_b->len; i++)
    assert_both_shown (a->store, (char **)&ids_b->pdata[i], 1);
}

static void
test_random (void)
{
  Copy a, b;

  open_both (&a, &b);
  for (guint32 seed = 0; seed < 200; seed++)
    {
      if (g_test_verbose ())
        g_test_message ("seed %u", seed);
      play (&a, &b, seed);
    }
  close_both (&a, &b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/join/offline", test_offline);
  g_test_add_func ("/join/undone-meanwhile", test_undone_meanwhile);
  g_test_add_func ("/join/random", test_random);
  return g_test_run ();
}
