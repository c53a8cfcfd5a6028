/* test-form-kind.c: every table says what the programs that read it rely on */
#include "form-fixture.h"

#include <string.h>

static gboolean
is_name (const char *text, const char *allowed)
{
  return *text != '\0' && strspn (text, allowed) == strlen (text);
}

static void
check_choices (const IwFormField *field)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; field->choices[i].value != NULL; i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer)field->choices[i].value));
      g_assert_cmpstr (iw_form_field_choice_label (field, field->choices[i].value), !=, "");
      g_assert_nonnull (field->choices[i].label);
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 0);
  g_assert_cmpstr (iw_form_field_choice_label (field, "no such"), ==, "no such");
}

/* A field may hang on one that stands before it, by values that it can have. */
static void
check_when (const IwFormKind *kind, guint index)
{
  const IwFormField *field = &kind->fields[index];
  const IwFormField *on = NULL;
  g_auto (GStrv) values = g_strsplit (field->when_values, "|", -1);

  for (guint i = 0; i < index; i++)
    if (g_str_equal (kind->fields[i].name, field->when_field))
      on = &kind->fields[i];
  g_assert_nonnull (on);
  g_assert_cmpint (on->input, ==, IW_INPUT_CHOICE);
  for (guint v = 0; values[v] != NULL; v++)
    {
      gboolean found = FALSE;

      for (guint i = 0; on->choices[i].value != NULL; i++)
        found |= g_str_equal (on->choices[i].value, values[v]);
      g_assert_true (found);
    }
}

static void
check_field (const IwFormKind *kind, guint index)
{
  const IwFormField *field = &kind->fields[index];
  gboolean chooses = field->input == IW_INPUT_CHOICE || field->input == IW_INPUT_SET ||
                     field->input == IW_INPUT_HOLDER;

  g_test_message ("%s.%s", kind->name, field->name);
  g_assert_true (is_name (field->name, "abcdefghijklmnopqrstuvwxyz_"));
  g_assert_cmpstr (iw_form_field_label (field), !=, "");
  g_assert_nonnull (iw_form_field_help (field));
  g_assert_cmpint (chooses, ==, field->choices != NULL);
  g_assert_cmpint (field->when_field != NULL, ==, field->when_values != NULL);
  if (chooses)
    check_choices (field);
  if (field->when_field != NULL)
    check_when (kind, index);
  if (field->input == IW_INPUT_ITEMS)
    g_assert_nonnull (field->items_type);
  g_assert_true (iw_form_kind_field (kind, field->name) == field);
}

static void
check_kind (const IwFormKind *kind)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_true (is_name (kind->name, "abcdefghijklmnopqrstuvwxyz-"));
  g_assert_true (iw_form_kind_find (kind->name) == kind);
  g_assert_cmpstr (iw_form_kind_title (kind, FALSE), !=, "");
  g_assert_cmpstr (iw_form_kind_title (kind, TRUE), !=, "");
  g_assert_cmpstr (iw_form_kind_verb (kind), !=, "");
  g_assert_cmpstr (kind->action, !=, NULL);
  g_assert_cmpint (kind->doc_type != NULL, ==, kind->entry_kind == IW_ENTRY_UNKNOWN);
  g_assert_cmpint (kind->doc_type != NULL, ==, kind->edit_title != NULL);
  g_assert_cmpint (kind->doc_type != NULL, ==, kind->new_action != NULL);
  g_assert_cmpuint (kind->n_fields, >, 0);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_assert_true (g_hash_table_add (names, (gpointer)kind->fields[i].name));
      check_field (kind, i);
    }
  /* A decision may not take the place of what every entry has. */
  for (guint i = 0; kind->doc_type == NULL && i < kind->n_fields; i++)
    {
      static const char *const reserved[] = { "type", "v",     "incident",    "kind",
                                              "text", "actor", "team",        "source",
                                              "tags", "key",   "occurred_at", "recorded_at",
                                              NULL };

      g_assert_false (g_strv_contains (reserved, kind->fields[i].name));
    }
}

static void
test_tables (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const IwFormKind *const *kinds = iw_form_kinds (&n);

  g_assert_cmpuint (n, >=, 30);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_hash_table_add (names, (gpointer)kinds[i]->name));
      check_kind (kinds[i]);
    }
  g_assert_null (iw_form_kind_find ("no-such"));
  g_assert_null (iw_form_kind_find (NULL));
}

/* Each kind of decision entry is ruled by a table, and no other entry is. */
static void
test_of_entry (void)
{
  for (int kind = 0; kind < IW_ENTRY_UNKNOWN; kind++)
    {
      g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, kind, "x");
      const IwFormKind *ruled = iw_form_kind_of_entry (entry);

      g_assert_cmpint (ruled != NULL, ==, iw_entry_kind_is_decision (kind));
      if (ruled != NULL)
        g_assert_cmpint (ruled->entry_kind, ==, kind);
      if (kind != IW_ENTRY_CLASSIFICATION)
        continue;
      g_assert_cmpstr (ruled->name, ==, "classification");
      iw_entry_set_field (entry, "to", "crsi");
      g_assert_cmpstr (iw_form_kind_of_entry (entry)->name, ==, "declaration");
    }
}

static void
test_unknown_entry (void)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (GPtrArray) problems = iw_problems_new ();

  json_object_set_string_member (body, "incident", INCIDENT);
  json_object_set_string_member (body, "kind", "from-the-future");
  entry = iw_entry_new_from_json (NULL, body, NULL);
  g_assert_null (iw_form_kind_of_entry (entry));
  g_assert_true (iw_decision_check (entry, problems));
}

static void
test_of_document (void)
{
  g_assert_cmpstr (iw_form_kind_of_document ("scope")->name, ==, "scope-item");
  g_assert_cmpstr (iw_form_kind_of_document ("team")->name, ==, "team");
  g_assert_true (iw_form_kind_of_document ("team")->workspace);
  g_assert_null (iw_form_kind_of_document ("entry"));
  g_assert_null (iw_form_kind_of_document ("incident"));
  g_assert_null (iw_form_kind_of_document (NULL));
}

static void
test_common (void)
{
  const IwFormKind *stage = iw_form_kind_find ("stage");
  guint n;
  const IwFormField *common = iw_form_common_fields (&n);

  g_assert_cmpuint (n, ==, 2);
  g_assert_true (iw_form_kind_field (stage, "actor") == &common[1]);
  g_assert_null (iw_form_kind_field (iw_form_kind_find ("team"), "actor"));
  g_assert_null (iw_form_kind_field (stage, "no_such"));
}

/* The choices that stand for values of the model are those values. */
static void
test_values (void)
{
  const IwFormField *stages = iw_form_kind_field (iw_form_kind_find ("stage"), "to");
  const IwFormField *notices = iw_form_kind_field (iw_form_kind_find ("notice-state"), "to");
  const IwFormField *scopes = iw_form_kind_field (iw_form_kind_find ("scope-item"), "scope_kind");
  const IwFormField *clocks = iw_form_kind_field (iw_form_kind_find ("clock"), "clock_kind");

  for (guint i = 0; i < IW_N_STAGES; i++)
    {
      g_assert_cmpstr (stages->choices[i].value, ==, iw_stage_to_string (i));
      g_assert_cmpstr (iw_form_field_choice_label (stages, stages->choices[i].value), ==,
                       iw_stage_label (i));
    }
  for (guint i = 0; i < IW_N_NOTICE_STATUSES; i++)
    g_assert_cmpstr (notices->choices[i].value, ==, iw_notice_status_to_string (i));
  for (guint i = 0; i < IW_N_SCOPE_KINDS; i++)
    g_assert_cmpstr (scopes->choices[i].value, ==, iw_scope_kind_to_string (i));
  for (guint i = 0; clocks->choices[i].value != NULL; i++)
    {
      IwClockKind kind;

      g_assert_true (iw_clock_kind_from_string (clocks->choices[i].value, &kind));
    }
}

static void
test_problems (void)
{
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  g_autofree char *none = iw_problems_to_text (problems);
  g_autofree char *two = NULL;

  g_assert_cmpstr (none, ==, "");
  iw_problems_add (problems, "a", g_strdup ("One."));
  iw_problems_add (problems, NULL, g_strdup ("Two."));
  two = iw_problems_to_text (problems);
  g_assert_cmpstr (two, ==, "One. Two.");
  iw_problem_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/form-kind/tables", test_tables);
  g_test_add_func ("/form-kind/of-entry", test_of_entry);
  g_test_add_func ("/form-kind/unknown-entry", test_unknown_entry);
  g_test_add_func ("/form-kind/of-document", test_of_document);
  g_test_add_func ("/form-kind/common", test_common);
  g_test_add_func ("/form-kind/values", test_values);
  g_test_add_func ("/form-kind/problems", test_problems);
  return g_test_run ();
}
