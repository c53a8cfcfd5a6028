/* Erasure: what is purged is gone for good, and does not come back. */
#include "peer-fixture.h"

#include "iw-recovery.h"

#define DOC INCIDENT_A ":x-1"
#define SECRET "Jane Doe of 4 Privet Drive"

static char *
purge (IwStore *store, const char *docid, const char *revs)
{
  g_auto (GStrv) asked = revs != NULL ? g_strsplit (revs, " ", -1) : NULL;
  g_auto (GStrv) purged = NULL;
  g_autoptr (GError) error = NULL;

  begin (store);
  iw_peer_purge (store, docid, (const char *const *)asked, "the officer", &purged, &error);
  g_assert_no_error (error);
  commit (store);
  return g_strjoinv (" ", purged);
}

#define assert_purged(store, docid, revs, expected)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *purged_ = purge (store, docid, revs);                                         \
    g_assert_cmpstr (purged_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

static gboolean
note_purge (gint64 seq,
            gint64 at,
            const char *who,
            const char *docid,
            const char *const *revs,
            gpointer data)
{
  g_autofree char *joined = g_strjoinv (" ", (char **)revs);

  g_assert_cmpint (at, >=, TEST_START);
  g_string_append_printf (data, "%d %s %s %s;", (int)seq, who, docid, joined);
  return TRUE;
}

static char *
purges_of (IwStore *store, gint64 since)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true (iw_peer_foreach_purge (store, since, note_purge, out, NULL));
  return g_string_free_and_steal (g_steal_pointer (&out));
}

static void
test_revs (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) history = NULL;
  g_autofree char *purges = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (IwPeerDoc) doc = { 0 };
  gint64 seq;
  IwPeerInfo info;

  put_rev (f->store, DOC, "3-c 2-b 1-a", FALSE);
  put_rev (f->store, DOC, "4-e 3-d 2-b 1-a", FALSE);
  seq = iw_store_get_seq (f->store);
  assert_purged (f->store, DOC, "2-b 9-x 4-e", "4-e"); /* what is no leaf stays */
  assert_peer_leaves (f->store, DOC, "3-c");
  g_assert_cmpint (iw_store_get_seq (f->store), >, seq);
  g_assert_false (iw_peer_get (f->store, DOC, "3-d", &doc, NULL));
  history = iw_peer_history (f->store, DOC, "3-c", &error);
  g_assert_cmpint (g_strv_length (history), ==, 3);
  assert_purged (f->store, DOC, "7-x", "");
  assert_sound (f->store);
  assert_purged (f->store, DOC, "3-c", "3-c"); /* nothing is left */
  assert_peer_leaves (f->store, DOC, "");
  g_assert_cmpint (iw_db_query_int (f->store->db, "SELECT count (*) FROM rev", 9), ==, 0);
  purges = purges_of (f->store, 0);
  g_assert_cmpstr (purges, ==, "1 the officer " DOC " 4-e;2 the officer " DOC " 3-c;");
  g_assert_true (iw_peer_get_info (f->store, &info, NULL));
  g_assert_cmpint (info.purge_seq, ==, 2);
  g_assert_cmpint (info.doc_count, ==, 0);
  assert_sound (f->store);
}

static void
test_stays_away (Fixture *f, gconstpointer data)
{
  static const char *const asked[] = { "2-b", "5-e", NULL };
  g_auto (GStrv) missing = NULL;
  g_autofree char *made = NULL;

  put_rev (f->store, DOC, "2-b 1-a", FALSE);
  put_rev (f->store, "other", "1-a", FALSE);
  assert_purged (f->store, DOC, NULL, "2-b");
  assert_purged (f->store, "never:seen", NULL, "");
  g_assert_false (put_rev (f->store, DOC, "2-b 1-a", FALSE));
  g_assert_false (put_rev (f->store, DOC, "3-c 2-b 1-a", FALSE));
  g_assert_false (put_rev (f->store, "never:seen", "1-a", FALSE));
  assert_peer_leaves (f->store, DOC, "");
  missing = iw_peer_missing (f->store, DOC, asked, NULL, NULL);
  g_assert_null (missing[0]);
  reopen (f);
  g_assert_false (put_rev (f->store, DOC, "2-b 1-a", FALSE));
  put_rev (f->store, "other", "2-b 1-a", FALSE);
  assert_peer_leaves (f->store, "other", "2-b");
  /* Somebody may make it anew, knowingly. */
  made = edit (f->store, DOC, NULL, "{}", FALSE);
  assert_peer_leaves (f->store, DOC, made);
  assert_sound (f->store);
}

/* Screens, search and undo no longer know of it. */
static void
test_workspace (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *label = NULL;
  g_autofree char *purged = NULL;
  g_autoptr (IwIncidentRow) row = NULL;

  put_incident (f->store, INCIDENT_A, "Title");
  docid = put_text (f->store, INCIDENT_A, 10, SECRET);
  put (f->store, docid,
       "{\"type\":\"entry\",\"v\":1,\"incident\":\"" INCIDENT_A
       "\",\"kind\":\"observation\",\"occurred_at\":\"2026-11-03T03:00:00Z\",\"text\":\"" SECRET
       " again\"}");
  purged = purge (f->store, docid, NULL);
  g_assert_true (g_str_has_prefix (purged, "2-"));
  entries = iw_query_entries (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (entries->len, ==, 0);
  hits = iw_query_search (f->store, "Privet", NULL, 0, NULL, 10, NULL);
  g_assert_cmpint (hits->len, ==, 0);
  row = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (row->n_entries, ==, 0);
  label = iw_store_get_undo_label (f->store, NULL);
  g_assert_cmpstr (label, ==, "New Incident");
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  assert_sound (f->store);
}

static gboolean
file_holds (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *content = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return FALSE;
  return memmem (content, length, text, strlen (text)) != NULL;
}

static gboolean
disk_holds (Fixture *f, const char *text)
{
  return file_holds (f->dir, IW_STORE_DATABASE, text) ||
         file_holds (f->dir, IW_STORE_DATABASE "-wal", text);
}

/* After compacting not even the file has it. */
static void
test_compact (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *docid = NULL;
  g_autofree char *purged = NULL;

  put_incident (f->store, INCIDENT_A, "Title");
  docid = put_text (f->store, INCIDENT_A, 10, SECRET);
  g_assert_true (disk_holds (f, "Privet"));
  purged = purge (f->store, docid, NULL);
  iw_peer_compact (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (disk_holds (f, "Privet"));
  g_assert_false (disk_holds (f, "privet")); /* as the search index has it */
  g_assert_true (disk_holds (f, "Title"));
  assert_sound (f->store);
}

/* What was erased stays so when the database has to be recovered; what is attached stays attached.
 */
static void
test_recovery (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, IW_STORE_DATABASE, NULL);
  const char *scope = "scope-1";
  IwParked parked = {
    (char *)"closed", (char *)"z:1", (char *)"1-a", TRUE, (char *)"", (char *)"", 1
  };
  g_autoptr (GError) error = NULL;
  IwRecoveryReport report;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *compartment = NULL;

  put_rev (f->store, DOC, "2-b 1-a", FALSE);
  put_rev (f->store, "kept", "1-a", FALSE);
  assert_purged (f->store, DOC, NULL, "2-b");
  begin (f->store);
  g_assert_true (iw_peer_set_revs_limit (f->store, 77, NULL));
  commit (f->store);
  g_assert_true (iw_peer_set_compartment (f->store, scope, "closed", NULL));
  g_assert_true (iw_peer_park (f->store, &parked, NULL));
  g_clear_object (&f->store);
  iw_recovery_run (f->dir, f->context, &report, &error);
  g_assert_no_error (error);
  iw_recovery_report_clear (&report);
  f->store = open_at (f->dir, IW_STORE_OPEN_PEER, f->context);
  assert_peer_leaves (f->store, "kept", "1-a");
  g_assert_false (put_rev (f->store, DOC, "2-b 1-a", FALSE));
  g_assert_cmpint (iw_peer_get_revs_limit (f->store), ==, 77);
  compartment = iw_peer_get_compartment (f->store, scope, NULL);
  g_assert_cmpstr (compartment, ==, "closed");
  list = iw_peer_list_parked (f->store, NULL);
  g_assert_cmpint (list->len, ==, 1);
  assert_sound (f->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_peer_test ("/purge/revs", test_revs);
  add_test ("/purge/stays-away", test_stays_away);
  add_test ("/purge/workspace", test_workspace);
  add_test ("/purge/compact", test_compact);
  add_peer_test ("/purge/recovery", test_recovery);
  return g_test_run ();
}
