/* What kind of incident it is (process.md C1 to C3). */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may have been in force before. */
static const IwChoice from_choices[] = {
  { "false-positive", NC_ ("choice", "False Positive") },
  { "security-incident", NC_ ("choice", "Security Incident") },
  { "privacy", NC_ ("choice", "Privacy Incident") },
  /* Translators: customer-reportable security incident. */
  { "crsi", NC_ ("choice", "Customer-Reportable Incident") },
  { NULL, NULL },
};

/* Without a customer-reportable one: that is declared. */
static const IwChoice to_choices[] = {
  { "false-positive", NC_ ("choice", "False Positive") },
  { "security-incident", NC_ ("choice", "Security Incident") },
  { "privacy", NC_ ("choice", "Privacy Incident") },
  { NULL, NULL },
};

static const IwChoice crsi_choice[] = {
  { "crsi", NC_ ("choice", "Customer-Reportable Incident") },
  { NULL, NULL },
};

static const IwChoice data_subjects[] = {
  { "end-users", NC_ ("choice", "End Users") },
  { "employees", NC_ ("choice", "Employees") },
  { NULL, NULL },
};

static const IwFormField classification_fields[] = {
  { .name = "from",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Previous Classification"),
    .choices = from_choices },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Classification"),
    .help = NC_ ("field help", "A customer-reportable incident is declared in a form of its own."),
    .choices = to_choices },
  { .name = "root_cause",
    .input = IW_INPUT_LONG,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Root Cause"),
    .help = NC_ ("field help", "Which normal business practice met the detection criteria."),
    .when_field = "to",
    .when_values = "false-positive" },
  { .name = "follow_up",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Tuning Follow-Up"),
    .help = NC_ ("field help", "What tunes the detection source. It becomes a task."),
    .when_field = "to",
    .when_values = "false-positive" },
  { .name = "data_subjects",
    .input = IW_INPUT_SET,
    .flags = IW_REQUIRED,
    /* Translators: whose personal data is concerned. */
    .label = NC_ ("field", "Whose Personal Data"),
    .choices = data_subjects,
    .when_field = "to",
    .when_values = "privacy" },
  { .name = "why",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Reason"),
    .help = NC_ ("field help", "What shows that it is one.") },
};

static void
check_classification (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (!iw_form_value_is_empty (get (source, "from")) &&
      iw_form_value_is_empty (get (source, "why")))
    iw_problems_add (problems, "why",
                     g_strdup (_ ("A change of the classification needs a reason.")));
}

const IwFormKind iw_kind_classification = {
  .name = "classification",
  .entry_kind = IW_ENTRY_CLASSIFICATION,
  .title = NC_ ("form", "Classification"),
  /* Translators: the button that classifies an incident. */
  .verb = NC_ ("form", "Classify"),
  .action = N_ ("Classify Incident"),
  .fields = classification_fields,
  .n_fields = G_N_ELEMENTS (classification_fields),
  .check = check_classification,
};

static const IwChoice accesses[] = {
  { "occurred", NC_ ("choice", "Access Occurred") },
  { "very-likely", NC_ ("choice", "Access Very Likely Occurred") },
  { "none", NC_ ("choice", "No Access Shown") },
  { NULL, NULL },
};

static const IwChoice duties[] = {
  /* Translators: no duty to notify. */
  { "none", NC_ ("choice", "No Duty") },
  { "legal", NC_ ("choice", "Legal Duty") },
  { "contractual", NC_ ("choice", "Contractual Duty") },
  { "both", NC_ ("choice", "Legal and Contractual Duty") },
  { NULL, NULL },
};

static const IwFormField declaration_fields[] = {
  { .name = "from",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Previous Classification"),
    .choices = from_choices },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED | IW_HIDDEN,
    .label = NC_ ("field", "Classification"),
    .choices = crsi_choice },
  { .name = "access",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Access to Customer Data"),
    .choices = accesses },
  { .name = "duty",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Duty to Notify"),
    .choices = duties },
  { .name = "statement",
    .input = IW_INPUT_LONG,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Determination"),
    .help = NC_ ("field help", "How the evidence shows it beyond reasonable doubt.") },
  { .name = "links",
    .input = IW_INPUT_LINKS,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Cited Entries and Evidence") },
  { .name = "declared_by",
    .input = IW_INPUT_PERSON,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Declared By"),
    .help = NC_ ("field help", "The security incident manager.") },
  { .name = "customer_impact",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Customer Impact"),
    .help = NC_ ("field help", "Wanted, not required: what it means for customers.") },
  { .name = "resource_access",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Resource Access"),
    .help = NC_ ("field help", "Wanted, not required: which resources were reached.") },
  { .name = "repair_steps",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Repair Steps"),
    .help = NC_ ("field help", "Wanted, not required: what was done or is planned.") },
  { .name = "why", .input = IW_INPUT_LONG, .label = NC_ ("field", "Remarks") },
};

/* C3: access to customer data, a duty to notify, or both. */
static void
check_declaration (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (strcmp (get (source, "access"), "none") == 0 && strcmp (get (source, "duty"), "none") == 0)
    iw_problems_add (problems, "access",
                     g_strdup (_ ("A declaration needs access to customer data, a duty to notify, "
                                  "or both.")));
}

const IwFormKind iw_kind_declaration = {
  .name = "declaration",
  .entry_kind = IW_ENTRY_CLASSIFICATION,
  .title = NC_ ("form", "Declare Customer-Reportable Incident"),
  /* Translators: the button that declares a customer-reportable incident. */
  .verb = NC_ ("form", "Declare"),
  .action = N_ ("Declare Incident"),
  .fields = declaration_fields,
  .n_fields = G_N_ELEMENTS (declaration_fields),
  .check = check_declaration,
};
