/* Full-text search over entries and incident titles. */
#include "store-fixture.h"

#include "iw-snippet.h"

static GPtrArray *
search (Fixture *f, const char *text, const char *incident)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *hits = iw_query_search (f->store, text, incident, 0, NULL, 100, &error);

  g_assert_no_error (error);
  return hits;
}

#define assert_hits(text, incident, n)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GPtrArray) hits_ = search (f, text, incident);                                      \
    g_assert_cmpint (hits_->len, ==, n);                                                           \
  }                                                                                                \
  G_STMT_END

static void
add (Fixture *f, const char *incident, gint64 seconds, const char *text)
{
  g_free (put_text (f->store, incident, seconds, text));
}

static void
test_words (Fixture *f, gconstpointer data)
{
  add (f, INCIDENT_A, 1, "Blocked outbound traffic to 203.0.113.7 at the proxy");
  add (f, INCIDENT_A, 2, "Proxy logs show blocked DNS");
  add (f, INCIDENT_B, 3, "Café administrator signed in");
  assert_hits ("blocked", NULL, 2);
  assert_hits ("BLOCKED proxy ", NULL, 2);
  assert_hits ("blocked dns ", NULL, 1);
  assert_hits ("\"blocked outbound\"", NULL, 1);
  assert_hits ("\"outbound blocked\"", NULL, 0);
  assert_hits ("admin*", NULL, 1);
  assert_hits ("admin ", NULL, 0);
  assert_hits ("cafe ", NULL, 1);
  assert_hits ("203.0.113.7", NULL, 1);
  assert_hits ("blocked", INCIDENT_B, 0);
  assert_hits ("", NULL, 0);
  assert_hits ("\"*(", NULL, 0);
  assert_hits ("' OR 1=1 --", NULL, 0);
}

static void
test_cjk (Fixture *f, gconstpointer data)
{
  add (f, INCIDENT_A, 1, "多要素認証が無効化された");
  add (f, INCIDENT_A, 2, "관리자 인증이 실패했다");
  add (f, INCIDENT_A, 3, "管理员登录失败");
  assert_hits ("認証", NULL, 1);
  assert_hits ("인증", NULL, 1);
  assert_hits ("登录", NULL, 1);
  assert_hits ("要素認", NULL, 1);
  assert_hits ("証認", NULL, 0);
}

static void
test_other_fields (Fixture *f, gconstpointer data)
{
  static const char *const tags[] = { "T1078", NULL };
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT_A, IW_ENTRY_NOTE, "text");
  g_autofree char *docid = NULL;

  iw_entry_set_actor (entry, "Midori Sato");
  iw_entry_set_team (entry, "Forensics");
  iw_entry_set_source (entry, "sign-in log");
  iw_entry_set_tags (entry, tags);
  docid = put_entry (f->store, entry);
  assert_hits ("midori", NULL, 1);
  assert_hits ("forensics", NULL, 1);
  assert_hits ("sign-in", NULL, 1);
  assert_hits ("t1078", NULL, 1);
  {
    g_autoptr (GPtrArray) hits = search (f, "t1078", NULL);

    g_assert_cmpstr (((IwSearchHit *)hits->pdata[0])->snippet, ==, "<b>T1078</b>");
  }
}

static void
test_incidents (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) hits = NULL;
  const IwSearchHit *hit;

  put_incident (f->store, INCIDENT_A, "Phished administrator");
  add (f, INCIDENT_A, 5, "The administrator called");
  put_incident (f->store, INCIDENT_B, "Leaked storage");
  hits = search (f, "administrator", NULL);
  g_assert_cmpint (hits->len, ==, 2);
  hit = hits->pdata[0];
  g_assert_cmpstr (hit->title, ==, "Phished administrator");
  g_assert_cmpstr (hit->incident, ==, INCIDENT_A);
  g_assert_cmpstr (hit->snippet, ==, "The <b>administrator</b> called");
  hit = hits->pdata[1];
  g_assert_cmpstr (hit->docid, ==, INCIDENT_A ":incident");
  g_assert_cmpstr (hit->snippet, ==, "Phished <b>administrator</b>");
}

/* Decisions are found by their reasons, other documents by their words; ids and choices are no
 * words. */
static void
test_response (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *docid;
    const char *text;
    const char *word;
    const char *type;
  } documents[] = {
    { INCIDENT_A ":task-1", "{\"type\":\"task\",\"title\":\"Rotate keys\",\"phase\":\"recovery\"}",
      "rotate", "task" },
    { INCIDENT_A ":notice-1",
      "{\"type\":\"notice\",\"title\":\"To all\",\"audience\":\"customers\",\"language\":\"en\","
      "\"subject\":\"Your data\",\"body\":\"We deeply regret\"}",
      "regret", "notice" },
    { INCIDENT_A ":scope-1", "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Alpine\"}",
      "alpine", "scope" },
    { INCIDENT_A ":indicator-1",
      "{\"type\":\"indicator\",\"indicator_type\":\"domain\",\"value\":\"evil.example\"}",
      "evil.example", "indicator" },
    { INCIDENT_A ":asset-1",
      "{\"type\":\"asset\",\"name\":\"mail gateway\",\"asset_type\":\"server\"}", "gateway",
      "asset" },
  };

  put_incident (f->store, INCIDENT_A, "Phished administrator");
  g_free (put_decision (f->store, 1,
                        iw_decision_new (INCIDENT_A, "severity", "to", "high", "why",
                                         "wiretap of the boardroom", NULL)));
  assert_hits ("boardroom", NULL, 1);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GPtrArray) hits = NULL;
      const IwSearchHit *hit;

      put (f->store, documents[i].docid, documents[i].text);
      hits = search (f, documents[i].word, INCIDENT_A);
      g_assert_cmpint (hits->len, ==, 1);
      hit = hits->pdata[0];
      g_assert_cmpstr (hit->docid, ==, documents[i].docid);
      g_assert_cmpstr (hit->type, ==, documents[i].type);
      g_assert_cmpstr (hit->title, ==, "Phished administrator");
      g_assert_cmpint (hit->time, >, 0);
      g_assert_nonnull (strstr (hit->snippet, "<b>"));
      put (f->store, documents[i].docid, NULL);
      assert_hits (documents[i].word, NULL, 0);
    }
  put (f->store, "workspace:team-1", "{\"type\":\"team\",\"name\":\"Forensics\"}");
  assert_hits ("forensics", NULL, 0); /* it belongs to no incident */
}

static void
test_follows_changes (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = put_text (f->store, INCIDENT_A, 1, "first words");
  g_autoptr (IwEntry) entry = iw_query_entry (f->store, docid, NULL);
  g_autoptr (JsonObject) body = NULL;
  IwChange change = { docid };

  iw_entry_set_text (entry, "second thoughts");
  body = iw_entry_to_json (entry);
  change.body = body;
  g_assert_true (iw_store_apply (f->store, "Edit", &change, 1, 1, NULL));
  assert_hits ("first", NULL, 0);
  assert_hits ("thoughts", NULL, 1);
  put (f->store, docid, NULL);
  assert_hits ("thoughts", NULL, 0);
}

/* Newest first, a page at a time, also where times are equal. */
static void
test_paging (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *before_id = NULL;
  gint64 before = 0;
  guint pages = 0;

  for (guint i = 0; i < 25; i++)
    add (f, INCIDENT_A, i / 5, "needle");
  for (;; pages++)
    {
      g_autoptr (GPtrArray) hits =
          iw_query_search (f->store, "needle", INCIDENT_A, before, before_id, 10, NULL);

      if (hits->len == 0)
        break;
      for (guint i = 0; i < hits->len; i++)
        {
          const IwSearchHit *hit = hits->pdata[i];

          g_assert_true (before_id == NULL || hit->time <= before);
          g_assert_true (g_hash_table_add (seen, g_strdup (hit->docid)));
          before = hit->time;
          g_free (before_id);
          before_id = g_strdup (hit->docid);
        }
    }
  g_assert_cmpint (pages, ==, 3);
  g_assert_cmpint (g_hash_table_size (seen), ==, 25);
}

/* ---- snippets ---- */

static void
check_snippet (const char *query, const char *text, const char *expected)
{
  const char *texts[] = { text, NULL };
  g_autoptr (IwSnippet) snippet = iw_snippet_new (query);
  g_autofree char *made = iw_snippet_make (snippet, texts);

  g_assert_cmpstr (made, ==, expected);
}

static void
test_snippets (void)
{
  check_snippet ("beta", "alpha beta gamma", "alpha <b>beta</b> gamma");
  check_snippet ("ALPHA gamma", "Alpha beta gamma", "<b>Alpha</b> beta <b>gamma</b>");
  check_snippet ("be*", "alpha beta", "alpha <b>beta</b>");
  check_snippet ("be ", "alpha beta", "alpha beta");
  check_snippet ("be", "alpha beta", "alpha <b>beta</b>");
  check_snippet ("\"<script>\"", "a <script> & b", "a &lt;<b>script</b>&gt; &amp; b");
  check_snippet ("cafe ", "le Café noir", "le <b>Café</b> noir");
  check_snippet ("認証", "多要素認証が", "多要素<b>認証</b>が");
  check_snippet ("要素認証", "多要素認証が", "多<b>要素認証</b>が");
  check_snippet ("x", "one\ntwo\tx", "one two <b>x</b>");
  check_snippet ("nothing ", "alpha", "alpha");
  check_snippet ("x ", "", "");
}

static void
test_snippet_is_cut (void)
{
  g_autofree char *before = g_strnfill (500, 'a');
  g_autofree char *after = g_strnfill (500, 'b');
  g_autofree char *text = g_strdup_printf ("%s needle %s", before, after);
  const char *texts[] = { "nothing here", text, NULL };
  g_autoptr (IwSnippet) snippet = iw_snippet_new ("needle ");
  g_autofree char *made = iw_snippet_make (snippet, texts);

  g_assert_true (g_str_has_prefix (made, "…aaa"));
  g_assert_true (g_str_has_suffix (made, "bbb…"));
  g_assert_nonnull (strstr (made, " <b>needle</b> "));
  g_assert_cmpint (g_utf8_strlen (made, -1), <, 180);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/search/words", test_words);
  add_test ("/search/cjk", test_cjk);
  add_test ("/search/other-fields", test_other_fields);
  add_test ("/search/incidents", test_incidents);
  add_test ("/search/response", test_response);
  add_test ("/search/follows-changes", test_follows_changes);
  add_test ("/search/paging", test_paging);
  g_test_add_func ("/search/snippets", test_snippets);
  g_test_add_func ("/search/snippet-is-cut", test_snippet_is_cut);
  return g_test_run ();
}
