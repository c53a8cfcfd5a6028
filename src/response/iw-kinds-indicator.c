/* Indicators, assets and sweeps (process.md D4). */
#include "iw-form-kind-private.h"

#include "iw-indicator.h"

#include <glib/gi18n-lib.h>

static const IwChoice indicator_types[] = {
  { "ip", NC_ ("choice", "IP Address") },
  { "domain", NC_ ("choice", "Domain") },
  { "url", NC_ ("choice", "Web Address") },
  { "hash", NC_ ("choice", "Hash") },
  { "file", NC_ ("choice", "File") },
  { "account", NC_ ("choice", "Account") },
  { "host", NC_ ("choice", "Host") },
  { "mail", NC_ ("choice", "Mail Address") },
  { NULL, NULL },
};

static const IwFormField indicator_fields[] = {
  { .name = "indicator_type",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Type"),
    .choices = indicator_types },
  { .name = "value",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Value"),
    .help = NC_ ("field help", "Defanged forms such as hxxp and [.] are understood.") },
  { .name = "note", .input = IW_INPUT_LONG, .label = NC_ ("field", "Note") },
};

static void
check_indicator (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  const char *value = get (source, "value");
  IwIndicatorType type;
  g_autofree char *normal = NULL;

  if (iw_form_value_is_empty (value) || !g_utf8_validate (value, -1, NULL) ||
      !iw_indicator_type_from_string (get (source, "indicator_type"), &type))
    return;
  normal = iw_indicator_normalise (type, value);
  if (normal == NULL)
    /* Translators: a text (%1$s) that is no indicator of the type %2$s. */
    iw_problems_add (problems, "value",
                     g_strdup_printf (_ ("“%1$s” is not of the type %2$s."), value,
                                      iw_indicator_type_label (type)));
}

const IwFormKind iw_kind_indicator = {
  .name = "indicator",
  .entry_kind = IW_ENTRY_UNKNOWN,
  .doc_type = "indicator",
  .title = NC_ ("form", "New Indicator"),
  .edit_title = NC_ ("form", "Edit Indicator"),
  .verb = NC_ ("form", "Save"),
  .action = N_ ("Edit Indicator"),
  .new_action = N_ ("Add Indicator"),
  .fields = indicator_fields,
  .n_fields = G_N_ELEMENTS (indicator_fields),
  .check = check_indicator,
};

static const IwChoice asset_types[] = {
  { "server", NC_ ("choice", "Server") },
  { "workstation", NC_ ("choice", "Workstation") },
  /* Translators: a network device. */
  { "network", NC_ ("choice", "Network Device") },
  { "mobile", NC_ ("choice", "Mobile Device") },
  { "application", NC_ ("choice", "Application") },
  { "cloud", NC_ ("choice", "Cloud Service") },
  { "data-store", NC_ ("choice", "Data Store") },
  { "person", NC_ ("choice", "Person") },
  { "other", NC_ ("choice", "Other") },
  { NULL, NULL },
};

static const IwChoice criticalities[] = {
  { "low", NC_ ("choice", "Low") },
  { "medium", NC_ ("choice", "Medium") },
  { "high", NC_ ("choice", "High") },
  { NULL, NULL },
};

static const IwFormField asset_fields[] = {
  { .name = "name", .input = IW_INPUT_TEXT, .flags = IW_REQUIRED, .label = NC_ ("field", "Name") },
  { .name = "asset_type",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Type"),
    .choices = asset_types },
  { .name = "owner", .input = IW_INPUT_TEAM, .label = NC_ ("field", "Owner") },
  { .name = "criticality",
    .input = IW_INPUT_CHOICE,
    .label = NC_ ("field", "Criticality"),
    .choices = criticalities },
  { .name = "note", .input = IW_INPUT_LONG, .label = NC_ ("field", "Note") },
};

const IwFormKind iw_kind_asset = {
  .name = "asset",
  .entry_kind = IW_ENTRY_UNKNOWN,
  .doc_type = "asset",
  .title = NC_ ("form", "New Asset"),
  .edit_title = NC_ ("form", "Edit Asset"),
  .verb = NC_ ("form", "Save"),
  .action = N_ ("Edit Asset"),
  .new_action = N_ ("Add Asset"),
  .fields = asset_fields,
  .n_fields = G_N_ELEMENTS (asset_fields),
};

static const IwFormField sweep_fields[] = {
  { .name = "where",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Where"),
    .help = NC_ ("field help", "Which systems were searched.") },
  { .name = "tool", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Tool") },
  { .name = "found",
    .input = IW_INPUT_ITEMS,
    .label = NC_ ("field", "Found"),
    .help = NC_ ("field help", "Indicators that were found."),
    .items_type = "indicator" },
  { .name = "clear",
    .input = IW_INPUT_ITEMS,
    /* Translators: indicators that a search did not find. */
    .label = NC_ ("field", "Not Found"),
    .help = NC_ ("field help", "Indicators that were searched for and not found."),
    .items_type = "indicator" },
  { .name = "why", .input = IW_INPUT_LONG, .label = NC_ ("field", "Remarks") },
};

static void
check_sweep (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (iw_form_value_is_empty (get (source, "found")) &&
      iw_form_value_is_empty (get (source, "clear")))
    iw_problems_add (problems, "found",
                     g_strdup (_ ("A sweep says which indicators it searched for.")));
}

const IwFormKind iw_kind_sweep = {
  .name = "sweep",
  .entry_kind = IW_ENTRY_SWEEP,
  .title = NC_ ("form", "Record Sweep"),
  .verb = NC_ ("form", "Record Sweep"),
  .action = N_ ("Record Sweep"),
  .fields = sweep_fields,
  .n_fields = G_N_ELEMENTS (sweep_fields),
  .check = check_sweep,
};
