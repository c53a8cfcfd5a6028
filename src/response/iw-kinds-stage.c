/* Stages of the response, and containment beside them (process.md P2 to P4). */
#include "iw-form-kind-private.h"

#include "iw-incident.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwChoice stages[] = {
  { "detect", NC_ ("choice", "Detect") },
  { "assess", NC_ ("choice", "Assess") },
  { "diagnose", NC_ ("choice", "Diagnose") },
  { "stabilise", NC_ ("choice", "Stabilise and Recover") },
  { "closed", NC_ ("choice", "Closed") },
  { NULL, NULL },
};

static const IwFormField stage_fields[] = {
  { .name = "from",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    /* Translators: the stage that an incident leaves. */
    .label = NC_ ("field", "Previous Stage"),
    .choices = stages },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Stage"),
    .choices = stages },
  { .name = "why",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Reason"),
    .help = NC_ ("field help", "What was learned that moves the incident on, or back.") },
  { .name = "risk_contained",
    .input = IW_INPUT_TICK,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Risk Is Contained"),
    .help = NC_ ("field help", "The risk to customers and to the business is contained."),
    .when_field = "to",
    .when_values = "closed" },
  { .name = "measures_implemented",
    .input = IW_INPUT_TICK,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Measures Are Implemented"),
    .help =
        NC_ ("field help",
             "The corrective measures are implemented; later ones may stay open as follow-ups."),
    .when_field = "to",
    .when_values = "closed" },
  { .name = "verification",
    .input = IW_INPUT_LONG,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Verification"),
    .help = NC_ ("field help", "What was verified, and how."),
    .when_field = "to",
    .when_values = "closed" },
};

/* P3: whoever goes back says why. */
static void
check_stage (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  IwStage from, to;

  if (iw_stage_from_string (get (source, "from"), &from) &&
      iw_stage_from_string (get (source, "to"), &to) && to < from &&
      iw_form_value_is_empty (get (source, "why")))
    iw_problems_add (problems, "why", g_strdup (_ ("Going back needs a reason.")));
}

const IwFormKind iw_kind_stage = {
  .name = "stage",
  .entry_kind = IW_ENTRY_STAGE,
  .title = NC_ ("form", "Change Stage"),
  .verb = NC_ ("form", "Change Stage"),
  .action = N_ ("Change Stage"),
  .fields = stage_fields,
  .n_fields = G_N_ELEMENTS (stage_fields),
  .check = check_stage,
};

static const IwChoice containments[] = {
  /* Translators: containment, as a choice: it has begun. */
  { "started", NC_ ("choice", "Started") },
  /* Translators: containment, as a choice: it is over. */
  { "ended", NC_ ("choice", "Ended") },
  { NULL, NULL },
};

static const IwFormField containment_fields[] = {
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Containment"),
    .help = NC_ ("field help", "It may run at any stage, beside the diagnosis."),
    .choices = containments },
  { .name = "what",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "What Is Done"),
    .help = NC_ ("field help", "Such as “Quarantine of the mail gateway”.") },
};

const IwFormKind iw_kind_containment = {
  .name = "containment",
  .entry_kind = IW_ENTRY_CONTAINMENT,
  .title = NC_ ("form", "Containment"),
  .verb = NC_ ("form", "Record Containment"),
  .action = N_ ("Record Containment"),
  .fields = containment_fields,
  .n_fields = G_N_ELEMENTS (containment_fields),
};
