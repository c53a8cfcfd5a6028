/* Clocks beside the one that a declaration starts (process.md N1). */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwChoice clock_kinds[] = {
  { "regulator", NC_ ("choice", "Regulator") },
  { "contract", NC_ ("choice", "Contract") },
  /* Translators: a clock of no special kind. */
  { "free", NC_ ("choice", "Other") },
  { NULL, NULL },
};

static const IwChoice ends[] = {
  /* Translators: what ends a clock. */
  { "manual", NC_ ("choice", "By Hand") },
  { "notice-sent", NC_ ("choice", "When Customers Are Notified") },
  { "regulator-notice-sent", NC_ ("choice", "When the Regulator Is Notified") },
  { "contained", NC_ ("choice", "When Containment Ends") },
  { "closed", NC_ ("choice", "When the Incident Is Closed") },
  { NULL, NULL },
};

static const IwFormField clock_fields[] = {
  { .name = "name",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Name"),
    .help = NC_ ("field help", "What must be done by then.") },
  { .name = "clock_kind",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Kind"),
    .choices = clock_kinds },
  { .name = "start",
    .input = IW_INPUT_TIME,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Start"),
    .help = NC_ ("field help", "Empty means now.") },
  { .name = "duration",
    .input = IW_INPUT_DURATION,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Duration"),
    .help = NC_ ("field help", "Such as “72 h” or “10 d”.") },
  { .name = "ends_on",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Ends"),
    .choices = ends },
  { .name = "why",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Basis"),
    .help = NC_ ("field help", "The law or the clause it follows from.") },
};

const IwFormKind iw_kind_clock = {
  .name = "clock",
  .entry_kind = IW_ENTRY_CLOCK,
  .title = NC_ ("form", "Start Clock"),
  .verb = NC_ ("form", "Start Clock"),
  .action = N_ ("Start Clock"),
  .fields = clock_fields,
  .n_fields = G_N_ELEMENTS (clock_fields),
};

static const IwChoice outcomes[] = {
  /* Translators: a deadline was met. */
  { "met", NC_ ("choice", "Met") },
  /* Translators: a deadline no longer applies. */
  { "stopped", NC_ ("choice", "Stopped") },
  { NULL, NULL },
};

static const IwFormField clock_end_fields[] = {
  { .name = "subject",
    .input = IW_INPUT_SUBJECT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Clock"),
    .items_type = "clock|classification" },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Outcome"),
    .choices = outcomes },
  { .name = "why",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Reason"),
    .help = NC_ ("field help", "What met it, or why it no longer applies.") },
};

static void
check_clock_end (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (strcmp (get (source, "to"), "stopped") == 0 && iw_form_value_is_empty (get (source, "why")))
    iw_problems_add (problems, "why", g_strdup (_ ("Stopping a clock needs a reason.")));
}

const IwFormKind iw_kind_clock_end = {
  .name = "clock-end",
  .entry_kind = IW_ENTRY_CLOCK_END,
  .title = NC_ ("form", "End Clock"),
  .verb = NC_ ("form", "End Clock"),
  .action = N_ ("End Clock"),
  .fields = clock_end_fields,
  .n_fields = G_N_ELEMENTS (clock_end_fields),
  .check = check_clock_end,
};
