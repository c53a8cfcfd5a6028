/* Who does what (process.md R1 to R3): roles, activities, teams and persons. */
#include "iw-form-kind-private.h"

#include "iw-board.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwChoice roles[] = {
  { "incident-manager", NC_ ("choice", "Security Incident Manager") },
  { "response-lead", NC_ ("choice", "Response Lead") },
  /* Translators: of the service that is affected. */
  { "incident-owner", NC_ ("choice", "Incident Owner") },
  { "executive", NC_ ("choice", "Executive Incident Manager") },
  { "legal", NC_ ("choice", "Legal Adviser") },
  { "communications", NC_ ("choice", "Communications Lead") },
  { "scribe", NC_ ("choice", "Scribe") },
  { "expert", NC_ ("choice", "Subject-Matter Expert") },
  { NULL, NULL },
};

/* See iw-experts.h. */
static const IwChoice role_holders[] = {
  /* Translators: how many people hold a role. */
  { "several", NC_ ("choice", "Several") },
  { NULL, NULL },
};

static const IwChoice instead_of_nobody[] = {
  /* Translators: instead of whom: the one who is named becomes a further subject-matter expert. */
  { "", NC_ ("choice", "Nobody, Add One More") },
  { NULL, NULL },
};

static const IwFormField role_fields[] = {
  { .name = "role",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Role"),
    .choices = roles },
  { .name = "from",
    .input = IW_INPUT_PERSON,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Previously Held By") },
  { .name = "to",
    .input = IW_INPUT_PERSON,
    .label = NC_ ("field", "Held By"),
    .help = NC_ ("field help", "Empty relieves the one who holds it.") },
  { .name = "holders",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    /* Translators: those who hold a role. */
    .label = NC_ ("field", "Holders"),
    .choices = role_holders,
    .when_field = "role",
    .when_values = "expert" },
  { .name = "instead_of",
    .input = IW_INPUT_HOLDER,
    /* Translators: of the subject-matter experts, who is replaced or relieved. */
    .label = NC_ ("field", "Instead Of"),
    .help = NC_ ("field help", "The expert who is replaced, or relieved if nobody is named above."),
    .choices = instead_of_nobody,
    .when_field = "role",
    .when_values = "expert" },
  { .name = "why", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Reason") },
};

const IwFormKind iw_kind_role = {
  .name = "role",
  .entry_kind = IW_ENTRY_ROLE,
  .title = NC_ ("form", "Assign Role"),
  .verb = NC_ ("form", "Assign"),
  .action = N_ ("Assign Role"),
  .fields = role_fields,
  .n_fields = G_N_ELEMENTS (role_fields),
};

/* From iw-board.h, where the activities are; see iw_kind_activity_fill_choices(). */
#define MAX_ACTIVITIES 64
static IwChoice activities[MAX_ACTIVITIES + 1];

static const IwChoice activity_states[] = {
  /* Translators: the state of an activity. */
  { "not-started", NC_ ("choice", "Not Started") },
  { "in-progress", NC_ ("choice", "In Progress") },
  { "done", NC_ ("choice", "Done") },
  { "not-needed", NC_ ("choice", "Not Needed") },
  { NULL, NULL },
};

static const IwFormField activity_fields[] = {
  { .name = "activity",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Activity"),
    .choices = activities },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "State"),
    .choices = activity_states },
  { .name = "assignee",
    .input = IW_INPUT_TEAM,
    .label = NC_ ("field", "Assigned To"),
    .help = NC_ ("field help", "A team or a person.") },
  { .name = "why", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Remarks") },
};

const IwFormKind iw_kind_activity = {
  .name = "activity",
  .entry_kind = IW_ENTRY_ACTIVITY,
  .title = NC_ ("form", "Activity"),
  .verb = NC_ ("form", "Update Activity"),
  .action = N_ ("Update Activity"),
  .fields = activity_fields,
  .n_fields = G_N_ELEMENTS (activity_fields),
};

void
iw_kind_activity_fill_choices (void)
{
  guint n;
  const IwActivity *known = iw_activities (&n);

  g_assert (n <= MAX_ACTIVITIES);
  for (guint i = 0; i < n; i++)
    activities[i] = (IwChoice){ known[i].id, known[i].label };
}

/* Activities have words of their own, made where they are. */
const char *
iw_form_field_choice_label (const IwFormField *field, const char *value)
{
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (field->choices == activities)
    {
      const IwActivity *activity = iw_activity_find (value);

      return activity != NULL ? iw_activity_label (activity) : value;
    }
  for (guint i = 0; field->choices != NULL && field->choices[i].value != NULL; i++)
    if (strcmp (field->choices[i].value, value) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "choice", field->choices[i].label);
  return value;
}

/* ---- the directory ---- */

static const IwFormField team_fields[] = {
  { .name = "name", .input = IW_INPUT_TEXT, .flags = IW_REQUIRED, .label = NC_ ("field", "Name") },
  { .name = "purpose",
    .input = IW_INPUT_LONG,
    /* Translators: what a team is for. */
    .label = NC_ ("field", "What It Is For") },
  { .name = "mail", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Mail Address") },
  { .name = "phone", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Phone") },
  { .name = "chat", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Chat") },
  { .name = "on_call_now", .input = IW_INPUT_PERSON, .label = NC_ ("field", "On Call Now") },
  { .name = "on_call_next", .input = IW_INPUT_PERSON, .label = NC_ ("field", "On Call Next") },
  { .name = "on_call_until",
    .input = IW_INPUT_TIME,
    .flags = IW_AHEAD,
    .label = NC_ ("field", "On Call Until"),
    .help = NC_ ("field help", "When the next one takes over.") },
  { .name = "contacts",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Further Contacts"),
    .help = NC_ ("field help", "Where to find further contacts.") },
  { .name = "languages",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Languages"),
    .help = NC_ ("field help", "Language tags such as “en, de”, the preferred one first.") },
};

const IwFormKind iw_kind_team = {
  .name = "team",
  .entry_kind = IW_ENTRY_UNKNOWN,
  .doc_type = "team",
  .workspace = TRUE,
  .title = NC_ ("form", "New Team"),
  .edit_title = NC_ ("form", "Edit Team"),
  .verb = NC_ ("form", "Save"),
  .action = N_ ("Edit Team"),
  .new_action = N_ ("Add Team"),
  .fields = team_fields,
  .n_fields = G_N_ELEMENTS (team_fields),
};

static const IwFormField person_fields[] = {
  { .name = "name", .input = IW_INPUT_TEXT, .flags = IW_REQUIRED, .label = NC_ ("field", "Name") },
  { .name = "role",
    .input = IW_INPUT_TEXT,
    /* Translators: what somebody does in the organisation. */
    .label = NC_ ("field", "Position") },
  { .name = "teams",
    .input = IW_INPUT_LINES,
    .label = NC_ ("field", "Teams"),
    .help = NC_ ("field help", "One a line.") },
  { .name = "mail", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Mail Address") },
  { .name = "phone", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Phone") },
  { .name = "languages",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Languages"),
    .help = NC_ ("field help", "Language tags such as “en, de”, the preferred one first.") },
  { .name = "zone",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Time Zone"),
    .help = NC_ ("field help", "Such as Europe/Berlin.") },
};

const IwFormKind iw_kind_person = {
  .name = "person",
  .entry_kind = IW_ENTRY_UNKNOWN,
  .doc_type = "person",
  .workspace = TRUE,
  .title = NC_ ("form", "New Person"),
  .edit_title = NC_ ("form", "Edit Person"),
  .verb = NC_ ("form", "Save"),
  .action = N_ ("Edit Person"),
  .new_action = N_ ("Add Person"),
  .fields = person_fields,
  .n_fields = G_N_ELEMENTS (person_fields),
};
