/* Where it came from, whose it is, and whether it is escalated (process.md D1 to D3). */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>

static const IwChoice sources[] = {
  /* Translators: how an incident was found: antimalware, intrusion detection. */
  { "automated-signature", NC_ ("choice", "Automated Alert by Signature") },
  { "automated-anomaly", NC_ ("choice", "Automated Alert by Anomaly") },
  /* Translators: by somebody of the own organisation. */
  { "first-party", NC_ ("choice", "First-Party Report") },
  { "vulnerability-report", NC_ ("choice", "Vulnerability Report") },
  { "customer-report", NC_ ("choice", "Customer Report") },
  /* Translators: by law enforcement, a partner, the press, the attackers themselves. */
  { "third-party-report", NC_ ("choice", "Third-Party Report") },
  { "exercise", NC_ ("choice", "Red-Team or Blue-Team Exercise") },
  { "escalation", NC_ ("choice", "Escalation by Operators or Service Staff") },
  { NULL, NULL },
};

static const IwChoice realms[] = {
  /* Translators: whose responsibility what is affected is. */
  { "own", NC_ ("choice", "Ours") },
  { "shared", NC_ ("choice", "Shared with the Customer") },
  { "customer-only", NC_ ("choice", "The Customer’s Alone") },
  { "third-party", NC_ ("choice", "A Third Party’s") },
  { NULL, NULL },
};

static const IwFormField detection_fields[] = {
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Detection Source"),
    .choices = sources },
  { .name = "detail",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Details"),
    .help = NC_ ("field help", "The rule, the ticket or who reported it.") },
  { .name = "realm",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Realm of Responsibility"),
    .help = NC_ ("field help",
                 "Only what lies in the team’s own realm is handled as its incident; the rest is "
                 "recorded and referred."),
    .choices = realms },
  { .name = "referred_to",
    .input = IW_INPUT_TEAM,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Referred To"),
    .help = NC_ ("field help", "Who was told and deals with it."),
    .when_field = "realm",
    .when_values = "customer-only|third-party" },
};

const IwFormKind iw_kind_detection = {
  .name = "detection",
  .entry_kind = IW_ENTRY_DETECTION,
  .title = NC_ ("form", "Detection"),
  .verb = NC_ ("form", "Record Detection"),
  .action = N_ ("Record Detection"),
  .fields = detection_fields,
  .n_fields = G_N_ELEMENTS (detection_fields),
};

static const IwChoice outcomes[] = {
  { "escalate", NC_ ("choice", "Escalate to the Security Response Team") },
  { "do-not-escalate", NC_ ("choice", "Do Not Escalate") },
  { NULL, NULL },
};

static const IwFormField assessment_fields[] = {
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Outcome"),
    .choices = outcomes },
  { .name = "why",
    .input = IW_INPUT_LONG,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Reason"),
    .help = NC_ ("field help", "Impact and severity as they look now, and what follows.") },
  { .name = "evidence",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Evidence in Words"),
    .help = NC_ ("field help", "What shows it, unless entries or files are cited.") },
  { .name = "links",
    .input = IW_INPUT_LINKS,
    .label = NC_ ("field", "Cited Entries and Evidence") },
};

/* D3: with the evidence. */
static void
check_assessment (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (iw_form_value_is_empty (get (source, "evidence")) &&
      iw_form_value_is_empty (get (source, "links")))
    iw_problems_add (problems, "evidence",
                     g_strdup (_ ("An assessment needs its evidence: in words, or cited.")));
}

const IwFormKind iw_kind_assessment = {
  .name = "assessment",
  .entry_kind = IW_ENTRY_ASSESSMENT,
  .title = NC_ ("form", "Assessment"),
  .verb = NC_ ("form", "Record Assessment"),
  .action = N_ ("Record Assessment"),
  .fields = assessment_fields,
  .n_fields = G_N_ELEMENTS (assessment_fields),
  .check = check_assessment,
};
