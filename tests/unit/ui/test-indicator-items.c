#include "iw-indicator-items.h"

#include "iw-paste-reading.h"
#include "iw-subject-remove.h"

#define INCIDENT "01890a5d-ac96-774b-bcce-b302099a8057"

static IwDocument *
new_indicator (const char *name, const char *type, const char *value, const char *link)
{
  g_autofree char *docid = g_strdup_printf ("%s:indicator-%s", INCIDENT, name);
  JsonObject *body = json_object_new ();
  g_autoptr (IwDocument) document = NULL;
  JsonObject *linked;

  json_object_set_string_member (body, "type", "indicator");
  json_object_set_string_member (body, "indicator_type", type);
  json_object_set_string_member (body, "value", value);
  document = iw_document_new_take (docid, NULL, body);
  if (link == NULL)
    return g_steal_pointer (&document);
  linked = iw_subject_body_with_link (document, link, TRUE);
  return iw_document_new_take (docid, NULL, linked);
}

static IwEntry *
new_sweep (const char *found, const char *clear, gint64 us)
{
  IwEntry *entry = iw_decision_new (INCIDENT, "sweep", "where", "Everywhere", "found", found,
                                    "clear", clear, NULL);
  g_autofree char *id = g_strdup_printf ("%s:entry-%" G_GINT64_FORMAT, INCIDENT, us);

  iw_entry_set_id (entry, id);
  iw_entry_set_occurred (entry, (IwTime){ us, IW_PRECISION_SECOND });
  iw_entry_set_recorded (entry, (IwTime){ us, IW_PRECISION_SECOND });
  return entry;
}

#define ID(name) INCIDENT ":indicator-" name

static IwIndicators *
make (void)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  IwEntry *citing = iw_entry_new (INCIDENT, IW_ENTRY_OBSERVATION, "Seen");
  g_autoptr (GPtrArray) directory = g_ptr_array_new ();
  g_autoptr (IwSituation) situation = NULL;

  iw_entry_set_id (citing, INCIDENT ":entry-1");
  iw_entry_add_link (citing, ID ("a"), 0);
  g_ptr_array_add (entries, citing);
  g_ptr_array_add (entries, new_sweep (ID ("a"), ID ("b"), 1000000));
  g_ptr_array_add (entries, new_sweep (ID ("b"), ID ("a"), 2000000));
  g_ptr_array_add (documents, new_indicator ("c", "url", "https://evil.example/x.y", NULL));
  g_ptr_array_add (documents, new_indicator ("b", "domain", "evil.example", INCIDENT ":entry-1"));
  g_ptr_array_add (documents, new_indicator ("a", "ip", "192.0.2.1", NULL));
  situation = iw_situation_new (INCIDENT, entries, documents, directory, 0);
  return iw_indicators_new (situation);
}

static void
test_rows (void)
{
  g_autoptr (IwIndicators) indicators = make ();
  GPtrArray *rows = iw_indicators_get_rows (indicators);
  IwItemText text = { 0 };
  g_autofree char *summary = iw_indicators_summary (indicators);

  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (iw_document_get_text (rows->pdata[0], "value"), ==, "192.0.2.1");
  g_assert_cmpstr (iw_document_get_text (rows->pdata[2], "indicator_type"), ==, "url");
  iw_indicator_source.fill (rows->pdata[0], &text, indicators);
  g_assert_cmpstr (text.state, ==, "Not Found");
  g_assert_cmpstr (text.subtitle, ==, "1 linked entry");
  iw_item_text_clear (&text);
  iw_indicator_source.fill (rows->pdata[1], &text, indicators);
  g_assert_cmpstr (text.state, ==, "Found");
  iw_item_text_clear (&text);
  g_assert_cmpstr (summary, ==, "3 indicators · 1 found · 1 not found · 1 not swept");
  g_assert_true (iw_indicator_source.matches (rows->pdata[2], "evil", IW_INDICATORS_SHOW_NOT_SWEPT,
                                              indicators));
  g_assert_false (iw_indicator_source.matches (rows->pdata[1], "evil", IW_INDICATORS_SHOW_NOT_SWEPT,
                                               indicators));
  g_assert_true (iw_indicators_has (indicators, IW_INDICATOR_IP, "192.0.2.1"));
  g_assert_false (iw_indicators_has (indicators, IW_INDICATOR_HOST, "192.0.2.1"));
}

static void
test_links_and_sweeps (void)
{
  g_autoptr (IwIndicators) indicators = make ();
  g_autoptr (GArray) sweeps = iw_indicators_get_sweeps (indicators, ID ("a"));
  g_autoptr (GPtrArray) cited = iw_indicators_get_linked (indicators, ID ("a"));
  g_autoptr (GPtrArray) own = iw_indicators_get_linked (indicators, ID ("b"));
  g_autoptr (GPtrArray) none = iw_indicators_get_linked (indicators, ID ("c"));

  g_assert_cmpuint (sweeps->len, ==, 2);
  g_assert_false (g_array_index (sweeps, IwSweepResult, 0).found);
  g_assert_true (g_array_index (sweeps, IwSweepResult, 1).found);
  g_assert_cmpuint (cited->len, ==, 1);
  g_assert_cmpuint (own->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_link_body (void)
{
  g_autoptr (IwDocument) plain = new_indicator ("a", "ip", "192.0.2.1", NULL);
  g_autoptr (IwDocument) linked = new_indicator ("a", "ip", "192.0.2.1", "x");
  g_autoptr (JsonObject) twice = iw_subject_body_with_link (linked, "x", TRUE);
  g_autoptr (JsonObject) without = iw_subject_body_with_link (linked, "x", FALSE);
  g_auto (GStrv) ids = iw_subject_dup_links (linked);

  g_assert_cmpstr (ids[0], ==, "x");
  g_assert_null (ids[1]);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (twice, "links")), ==, 1);
  g_assert_false (json_object_has_member (without, "links"));
  g_assert_false (json_object_has_member (iw_document_get_body (plain), "links"));
}

static void
test_defang (void)
{
  static const struct
  {
    IwIndicatorType type;
    const char *value, *harmless;
  } cases[] = {
    { IW_INDICATOR_IP, "192.0.2.1", "192[.]0[.]2[.]1" },
    { IW_INDICATOR_URL, "https://evil.example/a.b", "hxxps://evil[.]example/a[.]b" },
    { IW_INDICATOR_MAIL, "a@b.example", "a[@]b[.]example" },
    { IW_INDICATOR_HASH, "44d88612fea8a8f36de82e1278abb02f", "44d88612fea8a8f36de82e1278abb02f" },
    { IW_INDICATOR_FILE, "invoice.docm", "invoice.docm" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *harmless = iw_indicator_defang (cases[i].type, cases[i].value);
      g_autofree char *back = iw_indicator_refang (harmless);

      g_assert_cmpstr (harmless, ==, cases[i].harmless);
      g_assert_cmpstr (back, ==, cases[i].value);
    }
}

static void
test_paste (void)
{
  g_autoptr (IwIndicators) indicators = make ();
  g_autoptr (IwPasteReading) reading = iw_paste_reading_new (
      IW_PASTE_INDICATORS, "192[.]0[.]2[.]1 hxxp://new[.]example/ nothing", NULL);
  g_autofree char *summary = iw_paste_reading_summary (reading, indicators);
  g_autoptr (GPtrArray) facts = iw_paste_reading_facts (reading, indicators);
  g_autoptr (GPtrArray) documents =
      iw_indicators_to_documents (reading->found, indicators, INCIDENT, iw_context_system ());

  g_assert_cmpuint (iw_paste_reading_n_new (reading, indicators), ==, 1);
  g_assert_cmpstr (summary, ==, "Web Addresses: 1 · 1 already there · 1 word left over");
  g_assert_cmpuint (facts->len, ==, 3);
  g_assert_cmpuint (documents->len, ==, 1);
  g_assert_cmpstr (iw_document_get_text (documents->pdata[0], "value"), ==, "http://new.example/");
}

static void
test_paste_customers (void)
{
  g_autoptr (IwPasteReading) reading = iw_paste_reading_new (
      IW_PASTE_CUSTOMERS, "Contoso, a@b.example\nFabrikam, bad@\nContoso", NULL);
  g_autofree char *summary = iw_paste_reading_summary (reading, NULL);
  g_autoptr (GPtrArray) facts = iw_paste_reading_facts (reading, NULL);
  g_autofree char *button = iw_paste_button_words (IW_PASTE_CUSTOMERS, 2);

  g_assert_cmpstr (summary, ==, "1 new customer · 1 already there · 1 line not understood");
  g_assert_cmpuint (facts->len, ==, 3);
  g_assert_cmpstr (((IwFact *)facts->pdata[0])->title, ==, "Line 2, Mail");
  g_assert_cmpstr (button, ==, "Add 2 Customers");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/indicator-items/rows", test_rows);
  g_test_add_func ("/indicator-items/links-and-sweeps", test_links_and_sweeps);
  g_test_add_func ("/indicator-items/link-body", test_link_body);
  g_test_add_func ("/indicator-items/defang", test_defang);
  g_test_add_func ("/indicator-items/paste", test_paste);
  g_test_add_func ("/indicator-items/paste-customers", test_paste_customers);
  return g_test_run ();
}
