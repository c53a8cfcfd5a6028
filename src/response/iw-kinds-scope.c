/* What is affected, and whether that is sure (process.md E5). */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>

static const IwChoice states[] = {
  { "suspected", NC_ ("choice", "Suspected") },
  { "confirmed", NC_ ("choice", "Confirmed") },
  { "ruled-out", NC_ ("choice", "Ruled Out") },
  { NULL, NULL },
};

static const IwFormField state_fields[] = {
  { .name = "subject",
    .input = IW_INPUT_SUBJECT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Part of the Scope"),
    .items_type = "scope" },
  { .name = "from",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Previous State"),
    .choices = states },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Affected"),
    .choices = states },
  { .name = "why",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Evidence in Words"),
    .help = NC_ ("field help", "What shows it, unless entries or files are cited.") },
  { .name = "links",
    .input = IW_INPUT_LINKS,
    .label = NC_ ("field", "Cited Entries and Evidence") },
};

static void
check_state (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (iw_form_value_is_empty (get (source, "why")) &&
      iw_form_value_is_empty (get (source, "links")))
    iw_problems_add (problems, "why",
                     g_strdup (_ ("The evidence is missing: say it in words, or cite it.")));
}

const IwFormKind iw_kind_scope_state = {
  .name = "scope-state",
  .entry_kind = IW_ENTRY_SCOPE,
  .title = NC_ ("form", "Set Scope"),
  .verb = NC_ ("form", "Set Scope"),
  .action = N_ ("Set Scope"),
  .fields = state_fields,
  .n_fields = G_N_ELEMENTS (state_fields),
  .check = check_state,
};

static const IwChoice scope_kinds[] = {
  { "customer", NC_ ("choice", "Customer") },
  { "service", NC_ ("choice", "Service") },
  { "system", NC_ ("choice", "System") },
  /* Translators: a kind of data that is affected. */
  { "data", NC_ ("choice", "Kind of Data") },
  { NULL, NULL },
};

static const IwFormField item_fields[] = {
  { .name = "scope_kind",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Kind"),
    .choices = scope_kinds },
  { .name = "name", .input = IW_INPUT_TEXT, .flags = IW_REQUIRED, .label = NC_ ("field", "Name") },
  { .name = "contact",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Administrative Contact"),
    .when_field = "scope_kind",
    .when_values = "customer" },
  { .name = "mail",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Mail Address"),
    .when_field = "scope_kind",
    .when_values = "customer" },
  { .name = "phone",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Phone"),
    .when_field = "scope_kind",
    .when_values = "customer" },
  { .name = "language",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Language"),
    .help = NC_ ("field help", "A language tag such as “en” or “de”."),
    .when_field = "scope_kind",
    .when_values = "customer" },
  { .name = "note", .input = IW_INPUT_LONG, .label = NC_ ("field", "Note") },
};

const IwFormKind iw_kind_scope_item = {
  .name = "scope-item",
  .entry_kind = IW_ENTRY_UNKNOWN,
  .doc_type = "scope",
  .title = NC_ ("form", "Add to Scope"),
  .edit_title = NC_ ("form", "Edit Part of the Scope"),
  .verb = NC_ ("form", "Save"),
  .action = N_ ("Edit Scope"),
  .new_action = N_ ("Add to Scope"),
  .fields = item_fields,
  .n_fields = G_N_ELEMENTS (item_fields),
};
