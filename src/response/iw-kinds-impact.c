/* Impact, and the severity and priority that follow from it (process.md C4, C5). */
#include "iw-form-kind-private.h"

#include "iw-impact.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwChoice functional[] = {
  /* Translators: functional impact. */
  { "none", NC_ ("choice", "None") },
  { "low", NC_ ("choice", "Low") },
  { "medium", NC_ ("choice", "Medium") },
  { "high", NC_ ("choice", "High") },
  { NULL, NULL },
};

static const IwChoice information[] = {
  /* Translators: information impact. */
  { "none", NC_ ("choice", "None") },
  { "privacy-breach", NC_ ("choice", "Privacy Breach") },
  { "proprietary-breach", NC_ ("choice", "Proprietary Breach") },
  { "integrity-loss", NC_ ("choice", "Integrity Loss") },
  { NULL, NULL },
};

static const IwChoice recoverability[] = {
  { "regular", NC_ ("choice", "Regular") },
  { "supplemented", NC_ ("choice", "Supplemented") },
  { "extended", NC_ ("choice", "Extended") },
  { "not-recoverable", NC_ ("choice", "Not Recoverable") },
  { NULL, NULL },
};

static const IwChoice risks[] = {
  /* Translators: risk to customer data. */
  { "none", NC_ ("choice", "None Known") },
  { "imminent", NC_ ("choice", "Imminent") },
  { "confirmed", NC_ ("choice", "Confirmed") },
  { NULL, NULL },
};

static const IwChoice severity_or_proposed[] = {
  /* Translators: the severity or priority that the impact proposes. */
  { "", NC_ ("choice", "As Proposed") },      { "low", NC_ ("choice", "Low") },
  { "medium", NC_ ("choice", "Medium") },     { "high", NC_ ("choice", "High") },
  { "critical", NC_ ("choice", "Critical") }, { NULL, NULL },
};

static const IwChoice priority_or_proposed[] = {
  { "", NC_ ("choice", "As Proposed") }, { "p4", NC_ ("choice", "P4") },
  { "p3", NC_ ("choice", "P3") },        { "p2", NC_ ("choice", "P2") },
  { "p1", NC_ ("choice", "P1") },        { NULL, NULL },
};

/* A decision about one of them alone has to say which. */
#define SEVERITIES (&severity_or_proposed[1])
#define PRIORITIES (&priority_or_proposed[1])

static const IwFormField impact_fields[] = {
  { .name = "functional",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Functional Impact"),
    .help = NC_ ("field help",
                 "Low: all critical services, less efficiently. Medium: a critical service is lost "
                 "to some users. High: to all."),
    .choices = functional },
  { .name = "information",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Information Impact"),
    .choices = information },
  { .name = "recoverability",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Recoverability"),
    .help = NC_ ("field help",
                 "Regular: with what is there. Supplemented: with more resources. Extended: nobody "
                 "can say how long."),
    .choices = recoverability },
  { .name = "risk",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Risk to Customer Data"),
    .help = NC_ ("field help",
                 "Imminent or confirmed risk means high severity and work around the clock."),
    .choices = risks },
  { .name = "severity",
    .input = IW_INPUT_CHOICE,
    .label = NC_ ("field", "Severity"),
    .choices = severity_or_proposed },
  { .name = "priority",
    .input = IW_INPUT_CHOICE,
    .label = NC_ ("field", "Priority"),
    .choices = priority_or_proposed },
  { .name = "override_why",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Reason to Override"),
    .help = NC_ ("field help", "Why the severity or priority is another than the proposed one.") },
  { .name = "why",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Reason"),
    .help = NC_ ("field help", "What shows the impact.") },
  { .name = "links",
    .input = IW_INPUT_LINKS,
    .label = NC_ ("field", "Cited Entries and Evidence") },
  { .name = "proposed_severity",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Proposed Severity"),
    .choices = SEVERITIES },
  { .name = "proposed_priority",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Proposed Priority"),
    .choices = PRIORITIES },
  { .name = "rule", .input = IW_INPUT_LONG, .flags = IW_HIDDEN, .label = NC_ ("field", "Rule") },
};

static gboolean
is_overridden (IwFieldGetter get, gpointer source, const char *field, const char *proposed)
{
  const char *chosen = get (source, field), *expected = get (source, proposed);

  return !iw_form_value_is_empty (chosen) && strcmp (chosen, expected) != 0;
}

/* C4: whoever overrides says why. C5: not even then is risk to customer data less than high. */
static void
check_impact (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  gboolean urgent = iw_impact_risk_is_urgent (get (source, "risk"));

  if ((is_overridden (get, source, "severity", "proposed_severity") ||
       is_overridden (get, source, "priority", "proposed_priority")) &&
      iw_form_value_is_empty (get (source, "override_why")))
    iw_problems_add (problems, "override_why",
                     g_strdup (_ ("Another severity or priority than proposed needs a reason.")));
  if (urgent && iw_form_value_is_among (get (source, "severity"), "low|medium"))
    iw_problems_add (problems, "severity",
                     g_strdup (_ ("While customer data is at risk the severity is High or "
                                  "Critical.")));
  if (urgent && iw_form_value_is_among (get (source, "priority"), "p4|p3|p2"))
    iw_problems_add (problems, "priority",
                     g_strdup (_ ("While customer data is at risk the priority is P1.")));
}

const IwFormKind iw_kind_impact = {
  .name = "impact",
  .entry_kind = IW_ENTRY_IMPACT,
  .title = NC_ ("form", "Impact"),
  .verb = NC_ ("form", "Set Impact"),
  .action = N_ ("Set Impact"),
  .fields = impact_fields,
  .n_fields = G_N_ELEMENTS (impact_fields),
  .check = check_impact,
};

static const IwFormField severity_fields[] = {
  { .name = "from",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Previous Severity"),
    .choices = SEVERITIES },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Severity"),
    .choices = SEVERITIES },
  { .name = "why", .input = IW_INPUT_LONG, .label = NC_ ("field", "Reason") },
};

static const IwFormField priority_fields[] = {
  { .name = "from",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Previous Priority"),
    .choices = PRIORITIES },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Priority"),
    .choices = PRIORITIES },
  { .name = "why", .input = IW_INPUT_LONG, .label = NC_ ("field", "Reason") },
};

/* The first estimate, made with the incident, may do without; forms ask for a reason always. */
static void
check_change (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (!iw_form_value_is_empty (get (source, "from")) &&
      iw_form_value_is_empty (get (source, "why")))
    iw_problems_add (problems, "why", g_strdup (_ ("A change needs a reason.")));
}

const IwFormKind iw_kind_severity = {
  .name = "severity",
  .entry_kind = IW_ENTRY_SEVERITY,
  .title = NC_ ("form", "Severity"),
  .verb = NC_ ("form", "Set Severity"),
  .action = N_ ("Set Severity"),
  .fields = severity_fields,
  .n_fields = G_N_ELEMENTS (severity_fields),
  .check = check_change,
};

const IwFormKind iw_kind_priority = {
  .name = "priority",
  .entry_kind = IW_ENTRY_PRIORITY,
  .title = NC_ ("form", "Priority"),
  .verb = NC_ ("form", "Set Priority"),
  .action = N_ ("Set Priority"),
  .fields = priority_fields,
  .n_fields = G_N_ELEMENTS (priority_fields),
  .check = check_change,
};
