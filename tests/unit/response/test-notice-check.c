#include <glib.h>
#include <string.h>

#include "iw-model-json.h"
#include "iw-notice-check.h"
#include "iw-notice-fixture.h"
#include "iw-notice-template-facts.h"

static IwCheckItem *
find_item (GPtrArray *items, const char *id)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((IwCheckItem *)items->pdata[i])->id, id))
      return items->pdata[i];
  return NULL;
}

static void
assert_item (GPtrArray *items, const char *id, IwCheckState state, const char *words)
{
  IwCheckItem *item = find_item (items, id);

  g_assert_nonnull (item);
  g_assert_cmpstr (item->label, !=, "");
  if (item->state != state || strstr (item->reason, words) == NULL)
    g_error ("%s: %s: %s", id, iw_check_state_label (item->state), item->reason);
}

static JsonObject *
notice_new (gboolean known, IwAudience audience, const char *language, IwSituation **situation)
{
  g_autoptr (Fixture) fixture = fixture_new (known);

  *situation = fixture_situation (fixture, FIXTURE_DECLARED + 3600 * IW_USEC_PER_SEC);
  return iw_notice_document_new (*situation, audience, language, "A notice");
}

static void
test_regulator_list (void)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) notice = notice_new (TRUE, IW_AUDIENCE_REGULATOR, "en", &situation);
  g_autoptr (GPtrArray) items = iw_notice_check (notice, situation);
  const char *const sources[][2] = {
    { "nature", "GDPR Article 33(3)(a)" },       { "subjects", "GDPR Article 33(3)(a)" },
    { "records", "GDPR Article 33(3)(a)" },      { "contact", "GDPR Article 33(3)(b)" },
    { "consequences", "GDPR Article 33(3)(c)" }, { "measures", "GDPR Article 33(3)(d)" },
    { "delay", "GDPR Article 33(1)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_assert_nonnull (find_item (items, sources[i][0]));
      g_assert_cmpstr (find_item (items, sources[i][0])->source, ==, sources[i][1]);
    }
  assert_item (items, "consequences", IW_CHECK_PRESENT, "Likely consequences");
  assert_item (items, "subjects", IW_CHECK_MISSING, "Approximate number of people");
  assert_item (items, "subjects", IW_CHECK_MISSING, "33(4)");
  /* Systems are part of the nature, and not known. */
  assert_item (items, "nature", IW_CHECK_MISSING, "Systems affected");
  assert_item (items, "recipients", IW_CHECK_MISSING, "Nobody");
  g_assert_cmpuint (iw_notice_check_count (items, IW_CHECK_MISSING), ==, 5);
}

static void
test_data_subjects_list (void)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) notice = notice_new (TRUE, IW_AUDIENCE_DATA_SUBJECTS, "es", &situation);
  g_autoptr (GPtrArray) items = iw_notice_check (notice, situation);

  g_assert_cmpstr (find_item (items, "nature")->source, ==, "GDPR Article 34(2)");
  assert_item (items, "nature", IW_CHECK_PRESENT, "Qué ha ocurrido");
  assert_item (items, "plain", IW_CHECK_NOT_SURE, "tick");
  assert_item (items, "contact", IW_CHECK_PRESENT, "A quién");
  assert_item (items, "consequences", IW_CHECK_PRESENT, "");
  assert_item (items, "measures", IW_CHECK_PRESENT, "");
  assert_item (items, "actions", IW_CHECK_PRESENT, "");
  g_assert_null (find_item (items, "records"));
}

static void
test_customers_list (void)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) notice = notice_new (TRUE, IW_AUDIENCE_CUSTOMERS, "de", &situation);
  g_autoptr (GPtrArray) items = iw_notice_check (notice, situation);

  assert_item (items, "accurate", IW_CHECK_PRESENT, "");
  assert_item (items, "actions", IW_CHECK_PRESENT, "");
  assert_item (items, "timely", IW_CHECK_PRESENT, "71 h");
  assert_item (items, "recipients", IW_CHECK_MISSING, "1 recipient has neither");
}

static void
test_too_late (void)
{
  g_autoptr (Fixture) fixture = fixture_new (TRUE);
  g_autoptr (IwSituation) situation =
      fixture_situation (fixture, FIXTURE_DECLARED + 80 * 3600 * IW_USEC_PER_SEC);
  g_autoptr (JsonObject) notice =
      iw_notice_document_new (situation, IW_AUDIENCE_CUSTOMERS, "en", "A notice");
  g_autoptr (GPtrArray) items = iw_notice_check (notice, situation);

  assert_item (items, "timely", IW_CHECK_MISSING, "8 h");
}

static void
test_unknown_is_missing (void)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) notice = notice_new (FALSE, IW_AUDIENCE_CUSTOMERS, "ja", &situation);
  g_autoptr (GPtrArray) items = NULL;

  /* A tick does not make up for what the text itself calls unknown. */
  iw_notice_set_tick (notice, "consequences", TRUE);
  items = iw_notice_check (notice, situation);
  assert_item (items, "consequences", IW_CHECK_MISSING, "起こり得る影響");
  g_assert_false (find_item (items, "consequences")->can_tick);
  assert_item (items, "accurate", IW_CHECK_MISSING, "not known yet");
  assert_item (items, "recipients", IW_CHECK_MISSING, "No affected customer");
}

static void
test_sections_by_hand (void)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) notice = notice_new (TRUE, IW_AUDIENCE_DATA_SUBJECTS, "en", &situation);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) ticked = NULL;

  /* Another case, another language, one empty, the rest not there. */
  json_object_set_string_member (
      notice, "body",
      "Hello\n# WHAT HAPPENED \nMuch.\n## Kontakt\n\n"
      "## Was das für Sie bedeuten kann\nWenig.\n## Who you can ask\n \n");
  items = iw_notice_check (notice, NULL);
  assert_item (items, "nature", IW_CHECK_PRESENT, "WHAT HAPPENED");
  assert_item (items, "consequences", IW_CHECK_PRESENT, "Was das für Sie");
  assert_item (items, "contact", IW_CHECK_MISSING, "is empty");
  assert_item (items, "measures", IW_CHECK_NOT_SURE, "no section “What we are doing about it”");
  g_assert_null (find_item (items, "recipients"));

  iw_notice_set_tick (notice, "measures", TRUE);
  iw_notice_set_tick (notice, "measures", TRUE);
  iw_notice_set_tick (notice, "plain", TRUE);
  ticked = iw_notice_check (notice, NULL);
  assert_item (ticked, "measures", IW_CHECK_PRESENT, "by hand");
  assert_item (ticked, "plain", IW_CHECK_PRESENT, "by hand");
  iw_notice_set_tick (notice, "measures", FALSE);
  iw_notice_set_tick (notice, "plain", FALSE);
  g_assert_false (json_object_has_member (notice, "ticks"));
}

static void
test_behind (void)
{
  g_autoptr (IwSituation) before = NULL;
  g_autoptr (IwSituation) now = NULL;
  g_autoptr (JsonObject) notice = notice_new (FALSE, IW_AUDIENCE_INTERNAL, "en", &before);
  g_autoptr (JsonObject) other = notice_new (TRUE, IW_AUDIENCE_INTERNAL, "en", &now);
  g_autoptr (GString) body = g_string_new (iw_model_json_get_text (notice, "body"));
  g_autoptr (GPtrArray) items = NULL;
  g_auto (GStrv) marks = NULL;

  /* All but one mark is written over; that one is known by now. */
  g_string_replace (body, "[What happened: not known yet]", "@", 0);
  marks = iw_notice_find_marks (body->str);
  for (guint i = 0; marks[i] != NULL; i++)
    {
      g_autofree char *mark = g_strdup_printf ("[%s: not known yet]", marks[i]);

      g_string_replace (body, mark, "written by hand", 0);
    }
  json_object_set_string_member (notice, "body", body->str);
  items = iw_notice_check (notice, now);
  assert_item (items, "accurate", IW_CHECK_PRESENT, "");
  json_object_set_string_member (notice, "subject",
                                 "Internal: security incident 01933f60-1c00: Old title");
  json_object_set_string_member (json_object_get_object_member (notice, "facts"), "title",
                                 "Old title");
  g_ptr_array_unref (items);
  items = iw_notice_check (notice, now);
  assert_item (items, "accurate", IW_CHECK_MISSING, "Insert the facts again");
}

static void
test_left_out (void)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) notice = notice_new (TRUE, IW_AUDIENCE_CUSTOMERS, "en", &situation);
  const char *const one[] = { FIXTURE_INCIDENT ":scope-1", FIXTURE_INCIDENT ":scope-3", NULL };
  g_autoptr (GPtrArray) items = NULL;

  iw_model_json_set_strings (notice, "recipients", one);
  items = iw_notice_check (notice, situation);
  assert_item (items, "recipients", IW_CHECK_NOT_SURE, "1 affected customer gets no notice");
}

/* One that gets another notice is not left out. */
static void
test_two_languages (void)
{
  g_autoptr (Fixture) fixture = fixture_new (TRUE);
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) notice = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_auto (GStrv) recipients = NULL;

  fixture_document (fixture, FALSE, "scope-6",
                    "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Kabushiki\","
                    "\"language\":\"ja-JP\",\"mail\":\"a@example.jp\"}");
  fixture_decide (fixture, "s6", IW_ENTRY_SCOPE, FIXTURE_DECLARED, "subject",
                  FIXTURE_INCIDENT ":scope-6", "to", "confirmed", "why", "Log", NULL);
  fixture_document (
      fixture, FALSE, "notice-1",
      "{\"type\":\"notice\",\"audience\":\"customers\",\"recipients\":[\"" FIXTURE_INCIDENT
      ":scope-2\"]}");
  situation = fixture_situation (fixture, FIXTURE_DECLARED);
  notice = iw_notice_document_new (situation, IW_AUDIENCE_CUSTOMERS, "ja", "お知らせ");
  recipients = iw_model_json_get_strings (notice, "recipients");
  g_assert_cmpuint (g_strv_length (recipients), ==, 3);
  g_clear_pointer (&notice, json_object_unref);

  notice = iw_notice_document_new (situation, IW_AUDIENCE_CUSTOMERS, "en", "To customers");
  items = iw_notice_check (notice, situation);
  assert_item (items, "recipients", IW_CHECK_MISSING, "neither");
  iw_model_json_set_strings (notice, "recipients",
                             (const char *const[]){ FIXTURE_INCIDENT ":scope-1", NULL });
  g_ptr_array_unref (items);
  items = iw_notice_check (notice, situation);
  assert_item (items, "recipients", IW_CHECK_NOT_SURE, "1 affected customer gets no notice");
}

static void
test_words (void)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) notice = notice_new (TRUE, IW_AUDIENCE_DATA_SUBJECTS, "en", &situation);
  g_autoptr (GPtrArray) items = iw_notice_check (notice, situation);
  g_autofree char *two = iw_notice_check_words (items);
  g_autofree char *all = NULL;

  g_assert_cmpstr (two, ==, "1 thing is missing, 1 thing is to be looked at");
  for (guint i = 0; i < items->len; i++)
    ((IwCheckItem *)items->pdata[i])->state = IW_CHECK_PRESENT;
  all = iw_notice_check_words (items);
  g_assert_cmpstr (all, ==, "Everything is there");
}

/* Whatever the document holds, there is an answer. */
static void
test_odd_documents (void)
{
  const char *const odd[] = {
    "{}", "{\"audience\":7,\"body\":[],\"ticks\":\"x\",\"recipients\":{},\"facts\":3}",
    "{\"audience\":\"customers\",\"language\":\"\",\"body\":\"##\\n## \\n#\",\"template\":\"x\"}",
    "{\"audience\":\"regulator\",\"template\":\"regulator\",\"facts\":[],\"internal\":[null,1]}"
  };
  g_autoptr (Fixture) fixture = fixture_new (TRUE);
  g_autoptr (IwSituation) situation = fixture_situation (fixture, FIXTURE_DECLARED);

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (odd[i], NULL);
      g_autoptr (GPtrArray) items = iw_notice_check (json_node_get_object (node), situation);

      g_assert_cmpuint (items->len, >, 0);
      for (guint j = 0; j < items->len; j++)
        g_assert_cmpstr (((IwCheckItem *)items->pdata[j])->reason, !=, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/notice-check/regulator", test_regulator_list);
  g_test_add_func ("/notice-check/data-subjects", test_data_subjects_list);
  g_test_add_func ("/notice-check/customers", test_customers_list);
  g_test_add_func ("/notice-check/too-late", test_too_late);
  g_test_add_func ("/notice-check/unknown-is-missing", test_unknown_is_missing);
  g_test_add_func ("/notice-check/sections-by-hand", test_sections_by_hand);
  g_test_add_func ("/notice-check/behind", test_behind);
  g_test_add_func ("/notice-check/left-out", test_left_out);
  g_test_add_func ("/notice-check/two-languages", test_two_languages);
  g_test_add_func ("/notice-check/words", test_words);
  g_test_add_func ("/notice-check/odd-documents", test_odd_documents);
  return g_test_run ();
}
