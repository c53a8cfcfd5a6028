/* Escalations, the answers to them, and work with others (process.md R4, R6). */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwFormField escalation_fields[] = {
  { .name = "to",
    .input = IW_INPUT_TEAM,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Escalate To"),
    .help = NC_ ("field help", "A team, a role or a person.") },
  { .name = "why", .input = IW_INPUT_LONG, .flags = IW_REQUIRED, .label = NC_ ("field", "Reason") },
  { .name = "ask",
    .input = IW_INPUT_LONG,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "What Is Asked") },
  { .name = "due",
    .input = IW_INPUT_DURATION,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Answer Due Within"),
    .help = NC_ ("field help", "Such as “30 min” or “2 h”.") },
  { .name = "from",
    .input = IW_INPUT_TEAM,
    .flags = IW_REQUIRED,
    /* Translators: who escalates. */
    .label = NC_ ("field", "Escalated By") },
  { .name = "links",
    .input = IW_INPUT_LINKS,
    .label = NC_ ("field", "Cited Entries and Evidence") },
  { .name = "due_at",
    .input = IW_INPUT_TIME,
    .flags = IW_HIDDEN | IW_AHEAD,
    .label = NC_ ("field", "Answer Due") },
};

const IwFormKind iw_kind_escalation = {
  .name = "escalation",
  .entry_kind = IW_ENTRY_ESCALATION,
  .title = NC_ ("form", "Escalate"),
  .verb = NC_ ("form", "Escalate"),
  .action = N_ ("Escalate"),
  .fields = escalation_fields,
  .n_fields = G_N_ELEMENTS (escalation_fields),
};

static const IwChoice answers[] = {
  { "accepted", NC_ ("choice", "Accepted") },
  { "declined", NC_ ("choice", "Declined") },
  { NULL, NULL },
};

static const IwFormField acknowledgement_fields[] = {
  { .name = "subject",
    .input = IW_INPUT_SUBJECT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Escalation"),
    .items_type = "escalation" },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Answer"),
    .choices = answers },
  { .name = "why", .input = IW_INPUT_LONG, .label = NC_ ("field", "Remarks") },
};

static void
check_acknowledgement (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (strcmp (get (source, "to"), "declined") == 0 && iw_form_value_is_empty (get (source, "why")))
    iw_problems_add (problems, "why", g_strdup (_ ("Whoever declines says why.")));
}

const IwFormKind iw_kind_acknowledgement = {
  .name = "acknowledgement",
  .entry_kind = IW_ENTRY_ACKNOWLEDGEMENT,
  .title = NC_ ("form", "Acknowledge Escalation"),
  .verb = NC_ ("form", "Acknowledge"),
  .action = N_ ("Acknowledge Escalation"),
  .fields = acknowledgement_fields,
  .n_fields = G_N_ELEMENTS (acknowledgement_fields),
  .check = check_acknowledgement,
};

static const IwChoice bodies[] = {
  { "legal", NC_ ("choice", "Legal Advisers") },
  { "law-enforcement", NC_ ("choice", "Law Enforcement") },
  { "regulator", NC_ ("choice", "Regulator") },
  { "partner", NC_ ("choice", "Partner") },
  /* Translators: some other outside body. */
  { "other", NC_ ("choice", "Other") },
  { NULL, NULL },
};

static const IwFormField liaison_fields[] = {
  { .name = "body",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Kind"),
    .choices = bodies },
  { .name = "name",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Name"),
    .help = NC_ ("field help", "Which one, and whom you spoke to.") },
  { .name = "what",
    .input = IW_INPUT_LONG,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "What Was Said or Agreed") },
  { .name = "links",
    .input = IW_INPUT_LINKS,
    .label = NC_ ("field", "Cited Entries and Evidence") },
};

const IwFormKind iw_kind_liaison = {
  .name = "liaison",
  .entry_kind = IW_ENTRY_LIAISON,
  .title = NC_ ("form", "Work with Others"),
  .verb = NC_ ("form", "Record"),
  .action = N_ ("Record Work with Others"),
  .fields = liaison_fields,
  .n_fields = G_N_ELEMENTS (liaison_fields),
};
