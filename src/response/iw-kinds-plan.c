/* The recovery plan (process.md S1). */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwChoice phases[] = {
  { "containment", NC_ ("choice", "Containment") },
  { "eradication", NC_ ("choice", "Eradication") },
  { "recovery", NC_ ("choice", "Recovery") },
  { "longer-term", NC_ ("choice", "Longer-Term Mitigation") },
  { "follow-up", NC_ ("choice", "Follow-Up") },
  { NULL, NULL },
};

static const IwFormField task_fields[] = {
  { .name = "title", .input = IW_INPUT_TEXT, .flags = IW_REQUIRED, .label = NC_ ("field", "Task") },
  { .name = "phase",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Phase"),
    .choices = phases },
  { .name = "emergency",
    .input = IW_INPUT_TICK,
    .label = NC_ ("field", "Emergency Mitigation"),
    .help = NC_ ("field help", "It comes first and stands out.") },
  { .name = "owner", .input = IW_INPUT_PERSON, .label = NC_ ("field", "Owner") },
  { .name = "due",
    .input = IW_INPUT_TIME,
    .flags = IW_AHEAD,
    .label = NC_ ("field", "Due"),
    .help = NC_ ("field help", "Such as “in 2 hours” or “tomorrow 10:00”.") },
  { .name = "note", .input = IW_INPUT_LONG, .label = NC_ ("field", "Note") },
  { .name = "order", .input = IW_INPUT_TEXT, .flags = IW_HIDDEN, .label = NC_ ("field", "Order") },
};

const IwFormKind iw_kind_task = {
  .name = "task",
  .entry_kind = IW_ENTRY_UNKNOWN,
  .doc_type = "task",
  .title = NC_ ("form", "New Task"),
  .edit_title = NC_ ("form", "Edit Task"),
  .verb = NC_ ("form", "Save"),
  .action = N_ ("Edit Task"),
  .new_action = N_ ("Add Task"),
  .fields = task_fields,
  .n_fields = G_N_ELEMENTS (task_fields),
};

static const IwChoice states[] = {
  /* Translators: the state of a task. */
  { "planned", NC_ ("choice", "Planned") },
  { "in-progress", NC_ ("choice", "In Progress") },
  { "done", NC_ ("choice", "Done") },
  { "dropped", NC_ ("choice", "Dropped") },
  { NULL, NULL },
};

static const IwFormField state_fields[] = {
  { .name = "subject",
    .input = IW_INPUT_SUBJECT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Task"),
    .items_type = "task" },
  { .name = "from",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Previous State"),
    .choices = states },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "State"),
    .choices = states },
  { .name = "why", .input = IW_INPUT_LONG, .label = NC_ ("field", "Remarks") },
  { .name = "links",
    .input = IW_INPUT_LINKS,
    .label = NC_ ("field", "Cited Entries and Evidence") },
};

static void
check_state (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  if (strcmp (get (source, "to"), "dropped") == 0 && iw_form_value_is_empty (get (source, "why")))
    iw_problems_add (problems, "why", g_strdup (_ ("Dropping a task needs a reason.")));
}

const IwFormKind iw_kind_task_state = {
  .name = "task-state",
  .entry_kind = IW_ENTRY_TASK,
  .title = NC_ ("form", "Task"),
  .verb = NC_ ("form", "Update Task"),
  .action = N_ ("Update Task"),
  .fields = state_fields,
  .n_fields = G_N_ELEMENTS (state_fields),
  .check = check_state,
};
