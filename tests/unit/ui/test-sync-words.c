#include <glib.h>

#include "iw-remote.h"
#include "iw-sign-in.h"
#include "iw-sync-words.h"

#define UUID "019a0000-0000-7000-8000-000000000001"

static JsonObject *
parse (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_node_dup_object (node);
}

static void
assert_kind (const char *docid, const char *json, const char *expected)
{
  g_autoptr (JsonObject) body = json != NULL ? parse (json) : NULL;
  g_autofree char *words = iw_sync_words_kind (docid, body);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_kinds (void)
{
  assert_kind (UUID ":task-x", "{\"type\":\"task\"}", "Task");
  assert_kind (UUID ":entry-x", "{\"type\":\"entry\",\"kind\":\"observation\"}", "Entry");
  assert_kind (UUID ":entry-x", "{\"type\":\"entry\",\"kind\":\"severity\"}", "Decision: Severity");
  assert_kind (UUID ":entry-x", "{\"type\":\"entry\",\"kind\":\"of-next-year\"}", "Decision");
  /* Without a body the id says it. */
  assert_kind (UUID ":incident", NULL, "Incident");
  assert_kind ("workspace:team-x", NULL, "Team");
  assert_kind ("foreign", NULL, "Document");
  assert_kind (UUID ":entry-x", "{\"type\":7}", "Entry");
}

static void
test_titles (void)
{
  g_autoptr (JsonObject) lines = parse ("{\"text\":\"first line\\nsecond\"}");
  g_autoptr (JsonObject) none = parse ("{\"title\":\"  \",\"name\":3}");
  g_autofree char *first = iw_sync_words_title (lines);
  g_autofree char *empty = iw_sync_words_title (none);
  g_autofree char *absent = iw_sync_words_title (NULL);
  g_autofree char *many = g_strnfill (5000, 'x');
  g_autoptr (JsonObject) long_body = json_object_new ();
  g_autofree char *cut = NULL;

  g_assert_cmpstr (first, ==, "first line");
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (absent, ==, "");
  json_object_set_string_member (long_body, "title", many);
  cut = iw_sync_words_title (long_body);
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 120);
  g_assert_true (g_str_has_suffix (cut, "…"));
}

static void
test_fingerprint (void)
{
  const char *hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  g_autofree char *words = iw_sync_words_fingerprint (hash);
  g_autofree char *odd = iw_sync_words_fingerprint ("abc");
  g_autofree char *none = iw_sync_words_fingerprint (NULL);

  g_assert_cmpstr (words, ==,
                   "00:11:22:33:44:55:66:77\n88:99:AA:BB:CC:DD:EE:FF\n"
                   "00:11:22:33:44:55:66:77\n88:99:AA:BB:CC:DD:EE:FF");
  g_assert_cmpstr (odd, ==, "abc");
  g_assert_cmpstr (none, ==, "");
}

static void
test_errors (void)
{
  g_autoptr (GError) refused =
      g_error_new_literal (IW_REMOTE_ERROR, IW_REMOTE_ERROR_UNAUTHORIZED, "401");
  g_autoptr (GError) broken =
      g_error_new_literal (IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL, "rows is no list");
  g_autofree char *words = iw_sync_words_error (refused);
  g_autofree char *own = iw_sync_words_error (broken);
  g_autofree char *none = iw_sync_words_error (NULL);

  g_assert_cmpstr (words, ==, "The server does not accept this account and password.");
  g_assert_cmpstr (own, ==, "rows is no list");
  g_assert_cmpstr (none, !=, "");
}

static void
test_written (void)
{
  g_autoptr (JsonObject) body =
      parse ("{\"modified_by\":\"Ada\",\"modified_at\":\"2026-11-03T03:04:11.5Z\"}");
  g_autoptr (JsonObject) nobody = parse ("{\"modified_at\":\"soon\"}");
  g_autofree char *words = iw_sync_words_written (body, NULL);
  g_autofree char *none = iw_sync_words_written (nobody, NULL);

  g_assert_cmpstr (words, ==, "Ada, 3 Nov 2026 03:04:11 UTC");
  g_assert_cmpstr (none, ==, "");
}

static void
test_attention (void)
{
  g_autoptr (IwSyncStatus) calm = iw_sync_status_new (IW_SYNC_IDLE);
  g_autoptr (IwSyncStatus) both = iw_sync_status_new (IW_SYNC_IDLE);
  g_autofree char *nothing = iw_sync_words_attention (calm);
  g_autofree char *words = NULL;

  g_assert_cmpstr (nothing, ==, "");
  both->n_parked = 2;
  both->n_conflicts = 1;
  words = iw_sync_words_attention (both);
  g_assert_cmpstr (words, ==, "2 documents are held back\n1 conflict to review");
  g_assert_cmpstr (iw_sync_words_icon (both), ==, "dialog-warning-symbolic");
}

static void
test_authors (void)
{
  const char *const roles[] = { "responder", "author:Hana Levi", "author:", "author:H. Levi",
                                NULL };
  const char *const none[] = { "responder", NULL };
  g_auto (GStrv) authors = iw_sign_in_authors (roles);
  g_autofree char *kept = iw_sign_in_choose_author ("H. Levi", "hana", roles);
  g_autofree char *own = iw_sign_in_choose_author ("hana", "hana", roles);
  g_autofree char *first = iw_sign_in_choose_author ("Root", "hana", roles);
  g_autofree char *name = iw_sign_in_choose_author ("Root", "hana", none);

  g_assert_cmpuint (g_strv_length (authors), ==, 2);
  g_assert_cmpstr (kept, ==, "H. Levi");
  g_assert_cmpstr (own, ==, "hana");
  g_assert_cmpstr (first, ==, "Hana Levi");
  g_assert_cmpstr (name, ==, "hana");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync-words/kinds", test_kinds);
  g_test_add_func ("/sync-words/titles", test_titles);
  g_test_add_func ("/sync-words/fingerprint", test_fingerprint);
  g_test_add_func ("/sync-words/errors", test_errors);
  g_test_add_func ("/sync-words/written", test_written);
  g_test_add_func ("/sync-words/attention", test_attention);
  g_test_add_func ("/sync-words/authors", test_authors);
  return g_test_run ();
}
