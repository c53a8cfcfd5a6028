/* Builds the design document for CouchDB: data/couchdb/validate.js with the tables of the forms put
 * in, so that they are in one place. Run by meson: iw-design-build VALIDATE.JS prints JSON. */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "iw-form-kind.h"

#define HOLE "var TABLES = null;"
#define FUNCTION "function (newDoc"

static const char *
input_name (IwInput input)
{
  static const char *const names[] = {
    [IW_INPUT_TEXT] = "text",         [IW_INPUT_LONG] = "long",     [IW_INPUT_CHOICE] = "choice",
    [IW_INPUT_SET] = "set",           [IW_INPUT_TICK] = "tick",     [IW_INPUT_TIME] = "time",
    [IW_INPUT_DURATION] = "duration", [IW_INPUT_NUMBER] = "number", [IW_INPUT_PERSON] = "text",
    [IW_INPUT_TEAM] = "text",         [IW_INPUT_LINES] = "lines",   [IW_INPUT_ITEMS] = "items",
    [IW_INPUT_LINKS] = "links",       [IW_INPUT_SUBJECT] = "text",  [IW_INPUT_HOLDER] = "text",
  };

  return names[input];
}

static void
add_strings (JsonBuilder *builder, const char *name, const char *values)
{
  g_auto (GStrv) parts = g_strsplit (values, "|", -1);

  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; parts[i] != NULL; i++)
    json_builder_add_string_value (builder, parts[i]);
  json_builder_end_array (builder);
}

static void
add_field (JsonBuilder *builder, const IwFormField *field)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, field->name);
  json_builder_set_member_name (builder, "input");
  json_builder_add_string_value (builder, input_name (field->input));
  json_builder_set_member_name (builder, "required");
  json_builder_add_boolean_value (builder, (field->flags & IW_FORM_FIELD_REQUIRED) != 0);
  /* Those of a HOLDER are names that a form offers beside its own. */
  if (field->choices != NULL && field->input != IW_INPUT_HOLDER)
    {
      json_builder_set_member_name (builder, "choices");
      json_builder_begin_array (builder);
      for (const IwChoice *choice = field->choices; choice->value != NULL; choice++)
        json_builder_add_string_value (builder, choice->value);
      json_builder_end_array (builder);
    }
  if (field->when_field != NULL)
    {
      json_builder_set_member_name (builder, "when");
      json_builder_add_string_value (builder, field->when_field);
      add_strings (builder, "values", field->when_values);
    }
  json_builder_end_object (builder);
}

/* @documents: of documents by type, else of decisions by the form's name. */
static void
add_forms (JsonBuilder *builder, gboolean documents)
{
  guint n;
  const IwFormKind *const *kinds = iw_form_kinds (&n);

  json_builder_begin_object (builder);
  for (guint i = 0; i < n; i++)
    {
      if ((kinds[i]->doc_type != NULL) != documents)
        continue;
      json_builder_set_member_name (builder, documents ? kinds[i]->doc_type : kinds[i]->name);
      json_builder_begin_array (builder);
      for (guint field = 0; field < kinds[i]->n_fields; field++)
        add_field (builder, &kinds[i]->fields[field]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

/* Which form rules an entry of a kind; of classifications the declaration is looked for first. */
static void
add_kinds (JsonBuilder *builder)
{
  guint n;
  const IwFormKind *const *kinds = iw_form_kinds (&n);

  json_builder_set_member_name (builder, "kinds");
  json_builder_begin_object (builder);
  for (guint i = 0; i < n; i++)
    if (kinds[i]->doc_type == NULL && !g_str_equal (kinds[i]->name, "declaration"))
      {
        json_builder_set_member_name (builder, iw_entry_kind_to_string (kinds[i]->entry_kind));
        json_builder_add_string_value (builder, kinds[i]->name);
      }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "decisions");
  json_builder_begin_array (builder);
  for (int kind = 0; kind < IW_ENTRY_UNKNOWN; kind++)
    if (iw_entry_kind_is_decision (kind))
      json_builder_add_string_value (builder, iw_entry_kind_to_string (kind));
  json_builder_end_array (builder);
}

static char *
make_tables (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_kinds (builder);
  json_builder_set_member_name (builder, "forms");
  add_forms (builder, FALSE);
  json_builder_set_member_name (builder, "documents");
  add_forms (builder, TRUE);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static char *
make_document (const char *function)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "_id");
  json_builder_add_string_value (builder, "_design/incident_workbench");
  json_builder_set_member_name (builder, "language");
  json_builder_add_string_value (builder, "javascript");
  json_builder_set_member_name (builder, "validate_doc_update");
  json_builder_add_string_value (builder, function);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

int
main (int argc, char *argv[])
{
  g_autofree char *source = NULL;
  g_autofree char *tables = make_tables ();
  g_autofree char *filled = NULL;
  g_autofree char *document = NULL;
  g_autoptr (GString) function = NULL;
  g_autoptr (GError) error = NULL;
  const char *start;

  if (argc != 2 || !g_file_get_contents (argv[1], &source, NULL, &error))
    g_error ("%s", error != NULL ? error->message : "one file is needed");
  /* CouchDB takes one function; the words above it are for readers of the source. */
  start = strstr (source, FUNCTION);
  if (start == NULL || strstr (start, HOLE) == NULL)
    g_error ("%s holds no “%s” with “%s”", argv[1], FUNCTION, HOLE);
  function = g_string_new (start);
  filled = g_strdup_printf ("var TABLES = %s;", tables);
  g_string_replace (function, HOLE, filled, 1);
  document = make_document (g_strchomp (function->str));
  /* Bytes: g_print() would write for the locale. */
  puts (document);
  return 0;
}
