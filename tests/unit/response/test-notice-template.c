#include <glib.h>
#include <string.h>

#include "iw-model-json.h"
#include "iw-notice-fixture.h"
#include "iw-notice-template-facts.h"

static void
test_languages (void)
{
  g_assert_cmpstr (iw_notice_language_nearest ("de-AT"), ==, "de");
  g_assert_cmpstr (iw_notice_language_nearest ("DE_ch"), ==, "de");
  g_assert_cmpstr (iw_notice_language_nearest ("ja"), ==, "ja");
  g_assert_cmpstr (iw_notice_language_nearest ("he"), ==, "en");
  g_assert_cmpstr (iw_notice_language_nearest ("d"), ==, "en");
  g_assert_cmpstr (iw_notice_language_nearest ("deu"), ==, "en");
  g_assert_cmpstr (iw_notice_language_nearest (""), ==, "en");
  g_assert_cmpstr (iw_notice_language_nearest (NULL), ==, "en");
}

static void
test_language_names (void)
{
  g_autofree char *german = iw_notice_language_name ("de");
  g_autofree char *other = iw_notice_language_name ("he");

  g_assert_cmpstr (german, ==, "Deutsch");
  g_assert_cmpstr (other, ==, "he");
}

static GHashTable *
no_facts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Every template of every language has the same sections, uses only facts that there are, and
 * leaves nothing of its own syntax in the text. */
static void
test_all_templates (void)
{
  const char *const *languages = iw_notice_languages ();
  g_autoptr (GHashTable) none = no_facts ();

  for (IwAudience audience = 0; audience < IW_N_AUDIENCES; audience++)
    {
      g_autoptr (IwNoticeTemplate) english = iw_notice_template_load (audience, "en");
      GPtrArray *wanted = iw_notice_template_get_sections (english);

      for (guint i = 0; languages[i] != NULL; i++)
        {
          g_autoptr (IwNoticeTemplate) template = iw_notice_template_load (audience, languages[i]);
          GPtrArray *sections = iw_notice_template_get_sections (template);
          g_autofree char *subject = iw_notice_template_subject (template, none);
          g_autofree char *body = iw_notice_template_body (template, none);
          g_auto (GStrv) marks = iw_notice_find_marks (body);

          g_assert_cmpstr (iw_notice_template_get_language (template), ==, languages[i]);
          g_assert_cmpuint (sections->len, ==, wanted->len);
          for (guint j = 0; j < sections->len; j++)
            {
              const IwNoticeSection *a = sections->pdata[j], *b = wanted->pdata[j];

              g_assert_cmpstr (a->id, ==, b->id);
              g_assert_cmpstr (a->heading, !=, "");
              g_assert_nonnull (strstr (body, a->heading));
            }
          g_assert_null (strstr (subject, "{{"));
          g_assert_null (strstr (body, "{{"));
          g_assert_null (strstr (body, "{#"));
          g_assert_null (strchr (subject, '\n'));
          g_assert_cmpuint (g_strv_length (marks), >=, 5);
          /* Each placeholder is a fact with a name in this language. */
          for (guint j = 0; marks[j] != NULL; j++)
            g_assert_cmpstr (marks[j], !=, "");
        }
    }
}

static void
test_all_words (void)
{
  const char *const *languages = iw_notice_languages ();
  const char *const *names = iw_notice_fact_names ();

  for (guint i = 0; languages[i] != NULL; i++)
    for (guint j = 0; names[j] != NULL; j++)
      {
        g_autofree char *label = iw_notice_fact_label (languages[i], names[j]);
        g_autofree char *mark = iw_notice_fact_mark (languages[i], names[j]);
        g_auto (GStrv) found = iw_notice_find_marks (mark);

        g_assert_cmpstr (label, !=, "");
        g_assert_cmpuint (g_strv_length (found), ==, 1);
        g_assert_cmpstr (found[0], ==, label);
      }
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *draft = iw_notice_draft_mark (languages[i]);

      g_assert_cmpstr (draft, !=, "");
    }
}

static void
test_marks (void)
{
  g_auto (GStrv) found = iw_notice_find_marks (
      "[a] [Zahl: noch nicht bekannt] x [b\nc: not known yet] [A: not known yet][A: not known yet]"
      "[[B: not known yet]");

  g_assert_cmpuint (g_strv_length (found), ==, 3);
  g_assert_cmpstr (found[0], ==, "Zahl");
  g_assert_cmpstr (found[1], ==, "A");
  g_assert_cmpstr (found[2], ==, "B");
}

static void
test_facts (void)
{
  g_autoptr (Fixture) fixture = fixture_new (TRUE);
  g_autoptr (IwSituation) situation =
      fixture_situation (fixture, FIXTURE_DECLARED + IW_USEC_PER_SEC);
  g_autoptr (GHashTable) facts = iw_notice_facts_new (situation, "en");
  const char *const expected[][2] = {
    { "title", "Phished administrator" },
    { "reference", "01933f60-1c00" },
    { "summary", "An administrator was phished." },
    { "detected", "3 November 2026 at 04:04 (Europe/Berlin (UTC+01:00))" },
    { "declared", "3 November 2026 at 05:04 (Europe/Berlin (UTC+01:00))" },
    { "services", "Webmail (suspected)" },
    { "data", "Mail" },
    { "affected", "1 customer confirmed, 1 customer suspected" },
    { "consequences", "Mail of three people was read." },
    { "access", "With a session token that was stolen." },
    { "advised", "End all sessions and set new passwords." },
    { "measures", "- End all sessions" },
    { "planned", "- Rotate keys" },
    { "contact", "M. Ito (communications lead), ito@example.org" },
    { "delay", "None: the notification is made within 72 hours." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (g_hash_table_lookup (facts, expected[i][0]), ==, expected[i][1]);
  g_assert_cmpuint (g_hash_table_size (facts), ==, G_N_ELEMENTS (expected));
}

static void
test_facts_in_other_words (void)
{
  g_autoptr (Fixture) fixture = fixture_new (TRUE);
  g_autoptr (IwSituation) situation =
      fixture_situation (fixture, FIXTURE_DECLARED + 73 * 3600 * IW_USEC_PER_SEC);
  g_autoptr (GHashTable) japanese = iw_notice_facts_new (situation, "ja");
  g_autoptr (GHashTable) german = iw_notice_facts_new (situation, "de-AT");

  g_assert_cmpstr (g_hash_table_lookup (japanese, "detected"), ==,
                   "2026年11月3日04時04分(Europe/Berlin (UTC+01:00))");
  g_assert_cmpstr (g_hash_table_lookup (german, "services"), ==, "Webmail (vermutet)");
  /* After 72 hours somebody has to say why. */
  g_assert_null (g_hash_table_lookup (german, "delay"));
}

static void
test_nothing_known (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FALSE);
  g_autoptr (IwSituation) situation = fixture_situation (fixture, FIXTURE_DECLARED);
  g_autoptr (GHashTable) facts = iw_notice_facts_new (situation, "fr");
  g_autoptr (IwNoticeTemplate) template = iw_notice_template_load (IW_AUDIENCE_REGULATOR, "fr");
  g_autofree char *body = iw_notice_template_body (template, facts);

  g_assert_cmpuint (g_hash_table_size (facts), ==, 2);
  g_assert_nonnull (strstr (body, "[Conséquences probables\302\240: pas encore connu]"));
}

static void
test_facts_json (void)
{
  g_autoptr (GHashTable) facts = no_facts ();
  g_autoptr (GHashTable) back = NULL;
  g_autoptr (GHashTable) none = iw_notice_facts_from_json (NULL);
  JsonObject *json;

  g_hash_table_insert (facts, g_strdup ("title"), g_strdup ("T"));
  json = iw_notice_facts_to_json (facts);
  json_object_set_int_member (json, "summary", 3);
  json_object_set_string_member (json, "other", "x");
  back = iw_notice_facts_from_json (json);
  json_object_unref (json);
  g_assert_cmpstr (g_hash_table_lookup (back, "title"), ==, "T");
  g_assert_cmpuint (g_hash_table_size (back), ==, 1);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
}

static void
test_document (void)
{
  g_autoptr (Fixture) fixture = fixture_new (TRUE);
  g_autoptr (IwSituation) situation = fixture_situation (fixture, FIXTURE_DECLARED);
  g_autoptr (JsonObject) notice =
      iw_notice_document_new (situation, IW_AUDIENCE_CUSTOMERS, "de-DE", "An Kunden");
  g_auto (GStrv) recipients = iw_model_json_get_strings (notice, "recipients");

  g_assert_cmpstr (iw_model_json_get_text (notice, "language"), ==, "de");
  g_assert_cmpstr (iw_model_json_get_text (notice, "audience"), ==, "customers");
  g_assert_cmpint (iw_notice_document_audience (notice), ==, IW_AUDIENCE_CUSTOMERS);
  g_assert_cmpstr (iw_model_json_get_text (notice, "subject"), ==,
                   "Sicherheitsvorfall 01933f60-1c00: Phished administrator");
  /* Who is affected, and not who was ruled out. */
  g_assert_cmpuint (g_strv_length (recipients), ==, 2);
  g_assert_cmpstr (recipients[0], ==, FIXTURE_INCIDENT ":scope-1");
  g_assert_cmpstr (recipients[1], ==, FIXTURE_INCIDENT ":scope-2");
  g_assert_false (iw_notice_document_is_behind (notice, situation));
}

static void
test_refill (void)
{
  g_autoptr (Fixture) unknown = fixture_new (FALSE);
  g_autoptr (Fixture) known = fixture_new (TRUE);
  g_autoptr (IwSituation) before = fixture_situation (unknown, FIXTURE_DECLARED);
  g_autoptr (IwSituation) now = fixture_situation (known, FIXTURE_DECLARED);
  g_autoptr (JsonObject) notice =
      iw_notice_document_new (before, IW_AUDIENCE_CUSTOMERS, "en", "To customers");
  g_autoptr (JsonObject) refilled = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (GString) body = g_string_new (iw_model_json_get_text (notice, "body"));
  const char *text;
  guint n_updated, n_edited;

  /* One is written by hand, one line is taken out, one added. */
  g_string_replace (body, "[Likely consequences: not known yet]", "None, we hope.", 0);
  g_string_replace (body, "- Services: [Services affected: not known yet]\n", "", 0);
  g_string_append (body, "\nYours\n");
  json_object_set_string_member (notice, "body", body->str);
  g_assert_true (iw_notice_document_is_behind (notice, now));

  refilled = iw_notice_document_refill (notice, now, &n_updated, &n_edited);
  text = iw_model_json_get_text (refilled, "body");
  g_assert_cmpuint (n_edited, ==, 2);
  g_assert_cmpuint (n_updated, ==, 8);
  g_assert_nonnull (strstr (text, "None, we hope."));
  g_assert_null (strstr (text, "Mail of three people"));
  g_assert_null (strstr (text, "Webmail"));
  g_assert_nonnull (strstr (text, "- Kinds of data: Mail\n"));
  g_assert_nonnull (strstr (text, "- End all sessions\n"));
  g_assert_true (g_str_has_suffix (text, "\nYours\n"));
  /* The original is as it was. */
  g_assert_cmpstr (iw_model_json_get_text (notice, "body"), ==, body->str);

  again = iw_notice_document_refill (refilled, now, &n_updated, &n_edited);
  g_assert_cmpuint (n_updated, ==, 0);
  g_assert_cmpstr (iw_model_json_get_text (again, "body"), ==, text);
}

/* What is known less well than before is taken back too; an edit of the language does no harm. */
static void
test_refill_back (void)
{
  g_autoptr (Fixture) unknown = fixture_new (FALSE);
  g_autoptr (Fixture) known = fixture_new (TRUE);
  g_autoptr (IwSituation) less = fixture_situation (unknown, FIXTURE_DECLARED);
  g_autoptr (IwSituation) more = fixture_situation (known, FIXTURE_DECLARED);
  g_autoptr (JsonObject) first = iw_notice_document_new (less, IW_AUDIENCE_REGULATOR, "ja", "当局");
  guint n_updated, n_edited;
  g_autoptr (JsonObject) filled = iw_notice_document_refill (first, more, &n_updated, &n_edited);
  g_autoptr (JsonObject) back = iw_notice_document_refill (filled, less, &n_updated, &n_edited);

  g_assert_cmpuint (n_edited, ==, 0);
  g_assert_cmpstr (iw_model_json_get_text (back, "body"), ==,
                   iw_model_json_get_text (first, "body"));
  json_object_remove_member (filled, "template");
  g_assert_false (iw_notice_document_is_behind (filled, less));
}

static void
test_values_are_no_templates (void)
{
  g_autoptr (GHashTable) facts = no_facts ();
  g_autoptr (IwNoticeTemplate) template = iw_notice_template_load (IW_AUDIENCE_CUSTOMERS, "en");
  g_autofree char *subject = NULL;

  g_hash_table_insert (facts, g_strdup ("title"), g_strdup ("{{summary}}\nBcc: x"));
  g_hash_table_insert (facts, g_strdup ("reference"), g_strdup ("1"));
  subject = iw_notice_template_subject (template, facts);
  g_assert_cmpstr (subject, ==, "Security incident 1: {{summary}} Bcc: x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/notice-template/languages", test_languages);
  g_test_add_func ("/notice-template/language-names", test_language_names);
  g_test_add_func ("/notice-template/all-templates", test_all_templates);
  g_test_add_func ("/notice-template/all-words", test_all_words);
  g_test_add_func ("/notice-template/marks", test_marks);
  g_test_add_func ("/notice-template/facts", test_facts);
  g_test_add_func ("/notice-template/facts-in-other-words", test_facts_in_other_words);
  g_test_add_func ("/notice-template/nothing-known", test_nothing_known);
  g_test_add_func ("/notice-template/facts-json", test_facts_json);
  g_test_add_func ("/notice-template/document", test_document);
  g_test_add_func ("/notice-template/refill", test_refill);
  g_test_add_func ("/notice-template/refill-back", test_refill_back);
  g_test_add_func ("/notice-template/values-are-no-templates", test_values_are_no_templates);
  return g_test_run ();
}
