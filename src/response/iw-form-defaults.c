/* What a form begins with: what is usual, and what is in force. */
#include "iw-form-private.h"

#include "iw-board.h"
#include "iw-experts.h"

#include <string.h>

static void
put (GHashTable *values, const char *field, const char *value)
{
  if (value != NULL && *value != '\0')
    g_hash_table_insert (values, g_strdup (field), g_strdup (value));
}

static void
put_entry_field (GHashTable *values, IwEntry *entry, const char *field)
{
  put (values, field, entry != NULL ? iw_entry_get_field (entry, field) : NULL);
}

/* ---- the subject ---- */

static gboolean
offers (const IwFormField *field, const char *value)
{
  for (guint i = 0; field->choices != NULL && field->choices[i].value != NULL; i++)
    if (strcmp (field->choices[i].value, value) == 0)
      return TRUE;
  return FALSE;
}

/* How well a field suits what the form was opened about: 0 not at all. */
static int
suits (const IwFormField *field, const char *subject)
{
  if (field->input == IW_INPUT_SUBJECT)
    return 4;
  if (field->flags & IW_HIDDEN)
    return 0;
  if (field->input == IW_INPUT_CHOICE && offers (field, subject))
    return 3;
  if (field->input == IW_INPUT_ITEMS && (field->flags & IW_REQUIRED))
    return 2;
  return field->input == IW_INPUT_LINKS ? 1 : 0;
}

static void
put_subject (const IwFormKind *kind, const char *subject, GHashTable *values)
{
  const IwFormField *best = NULL;

  if (subject == NULL || *subject == '\0')
    return;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      int rank = suits (&kind->fields[i], subject);

      if (rank > (best != NULL ? suits (best, subject) : 0))
        best = &kind->fields[i];
    }
  if (best != NULL)
    put (values, best->name, subject);
}

/* ---- what is in force ---- */

static const char *
scope_state_of (IwSituation *situation, const char *docid)
{
  GPtrArray *items = iw_situation_get_scope (situation);

  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      if (strcmp (item->docid, docid) == 0)
        return iw_scope_state_to_string (item->state);
    }
  return "";
}

const char *
iw_form_get_from (IwForm *self)
{
  const IwFormField *field = iw_form_kind_field (self->kind, "from");
  const char *name = self->kind->name, *subject;
  const IwIncidentState *state;
  const IwNoticeState *notice;

  if (field == NULL || !(field->flags & IW_HIDDEN))
    return NULL;
  state = iw_situation_get_state (self->situation);
  subject = iw_form_get (self, "subject");
  if (strcmp (name, "stage") == 0)
    return state->bands->len > 0 ? iw_stage_to_string (state->stage) : "";
  if (self->kind->entry_kind == IW_ENTRY_CLASSIFICATION)
    return iw_classification_to_string (state->classification);
  if (strcmp (name, "severity") == 0)
    return iw_severity_to_string (state->set_severity);
  if (strcmp (name, "priority") == 0)
    return iw_priority_to_string (state->set_priority);
  /* Of several, "instead_of" says whom it is about. */
  if (strcmp (name, "role") == 0 && strcmp (iw_form_get (self, "role"), IW_ROLE_EXPERT) == 0)
    return "";
  if (strcmp (name, "role") == 0)
    return iw_situation_get_role (self->situation, iw_form_get (self, "role"));
  if (strcmp (name, "scope-state") == 0)
    return scope_state_of (self->situation, subject);
  if (strcmp (name, "task-state") == 0)
    return iw_situation_get_task_state (self->situation, subject, NULL);
  g_return_val_if_fail (strcmp (name, "notice-state") == 0, NULL);
  notice = iw_situation_get_notice (self->situation, subject);
  return notice != NULL ? iw_notice_status_to_string (notice->status) : "";
}

IwProposal *
iw_form_propose (IwForm *self)
{
  IwImpact impact = {
    .functional = iw_form_get (self, "functional"),
    .information = iw_form_get (self, "information"),
    .recoverability = iw_form_get (self, "recoverability"),
    .risk = iw_form_get (self, "risk"),
  };

  if (*impact.functional == '\0' || *impact.information == '\0' || *impact.recoverability == '\0' ||
      *impact.risk == '\0')
    return NULL;
  return iw_matrix_propose (iw_situation_get_matrix (self->situation), &impact);
}

/* ---- by kind ---- */

static void
fill_stage (IwForm *self, GHashTable *values)
{
  const IwIncidentState *state = iw_situation_get_state (self->situation);

  if (state->bands->len == 0)
    put (values, "to", iw_stage_to_string (IW_STAGE_DETECT));
  else if (state->stage < IW_STAGE_CLOSED)
    put (values, "to", iw_stage_to_string (state->stage + 1));
}

static void
fill_containment (IwForm *self, GHashTable *values)
{
  put (values, "to", iw_situation_get_state (self->situation)->containing ? "ended" : "started");
}

static void
fill_detection (IwForm *self, GHashTable *values)
{
  IwEntry *entry = iw_situation_get_state (self->situation)->detection;

  put (values, "realm", "own");
  put_entry_field (values, entry, "to");
  put_entry_field (values, entry, "realm");
  put_entry_field (values, entry, "referred_to");
}

static void
fill_impact (IwForm *self, GHashTable *values)
{
  static const char *const fields[] = { "functional", "information", "recoverability", "risk" };
  IwEntry *entry = iw_situation_get_state (self->situation)->impact;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    put_entry_field (values, entry, fields[i]);
}

static void
fill_declaration (IwForm *self, GHashTable *values)
{
  const char *manager = iw_situation_get_role (self->situation, "incident-manager");

  put (values, "declared_by", *manager != '\0' ? manager : self->author);
}

static void
fill_approval (IwForm *self, GHashTable *values)
{
  const char *manager = iw_situation_get_role (self->situation, "incident-manager");

  put (values, "approved_by", *manager != '\0' ? manager : self->author);
}

static void
fill_activity (IwForm *self, GHashTable *values)
{
  const char *id = g_hash_table_lookup (values, "activity");
  IwEntry *entry = id != NULL ? iw_situation_get_activity (self->situation, id) : NULL;

  put_entry_field (values, entry, "to");
  put_entry_field (values, entry, "assignee");
}

static void
fill_escalation (IwForm *self, GHashTable *values)
{
  put (values, "from", self->author);
  put (values, "due", "30 min");
}

static void
fill_acknowledgement (IwForm *self, GHashTable *values)
{
  put (values, "to", "accepted");
}

static void
fill_clock (IwForm *self, GHashTable *values)
{
  put (values, "duration", "72 h");
  put (values, "ends_on", "manual");
}

static void
fill_clock_end (IwForm *self, GHashTable *values)
{
  put (values, "to", "met");
}

/* The one step that is usual from where it stands. */
static void
fill_notice_state (IwForm *self, GHashTable *values)
{
  static const IwNoticeStatus next[IW_N_NOTICE_STATUSES] = {
    [IW_NOTICE_DRAFT] = IW_NOTICE_IN_REVIEW, [IW_NOTICE_IN_REVIEW] = IW_NOTICE_APPROVED,
    [IW_NOTICE_APPROVED] = IW_NOTICE_SENT,   [IW_NOTICE_SENT] = IW_NOTICE_SENT,
    [IW_NOTICE_DEFERRED] = IW_NOTICE_DRAFT,
  };
  const char *docid = g_hash_table_lookup (values, "subject");
  const IwNoticeState *notice =
      docid != NULL ? iw_situation_get_notice (self->situation, docid) : NULL;

  if (notice != NULL && next[notice->status] != notice->status)
    put (values, "to", iw_notice_status_to_string (next[notice->status]));
  put (values, "legal", iw_situation_get_role (self->situation, "legal"));
  put (values, "executive", iw_situation_get_role (self->situation, "executive"));
}

static void
fill_scope_state (IwForm *self, GHashTable *values)
{
  const char *docid = g_hash_table_lookup (values, "subject");
  const char *state = docid != NULL ? scope_state_of (self->situation, docid) : "";

  put (values, "to", strcmp (state, "suspected") == 0 ? "confirmed" : "suspected");
}

static void
fill_task_state (IwForm *self, GHashTable *values)
{
  const char *docid = g_hash_table_lookup (values, "subject");
  const char *state =
      docid != NULL ? iw_situation_get_task_state (self->situation, docid, NULL) : "";

  if (strcmp (state, "planned") == 0)
    put (values, "to", "in-progress");
  else if (strcmp (state, "in-progress") == 0)
    put (values, "to", "done");
}

/* Who had it last. */
static void
fill_custody (IwForm *self, GHashTable *values)
{
  const char *docid = g_hash_table_lookup (values, "subject");
  IwDocument *evidence = docid != NULL ? iw_situation_find (self->situation, docid) : NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (evidence == NULL)
    return;
  put (values, "from_person", iw_document_get_text (evidence, "collected_by"));
  entries = iw_situation_get_custody (self->situation, docid);
  for (guint i = 0; i < entries->len; i++)
    if (iw_entry_get_kind (entries->pdata[i]) == IW_ENTRY_CUSTODY)
      put (values, "from_person", iw_entry_get_field (entries->pdata[i], "to_person"));
}

static void
fill_marking (IwForm *self, GHashTable *values)
{
  const char *docid = g_hash_table_lookup (values, "subject");
  g_auto (GStrv) marks = docid != NULL ? iw_situation_get_marks (self->situation, docid) : NULL;
  g_autofree char *text = marks != NULL ? g_strjoinv ("\n", marks) : NULL;

  put (values, "marks", text);
}

/* Customers, as far as they are known and not ruled out (N4). */
static void
fill_notice (IwForm *self, GHashTable *values)
{
  GPtrArray *items = iw_situation_get_scope (self->situation);
  g_autoptr (GString) recipients = g_string_new (NULL);

  if (g_hash_table_lookup (values, "audience") == NULL)
    put (values, "audience", iw_audience_to_string (IW_AUDIENCE_CUSTOMERS));
  put (values, "language", "en");
  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      if (iw_scope_item_is_notified (item))
        g_string_append_printf (recipients, "%s%s", recipients->len > 0 ? "\n" : "", item->docid);
    }
  put (values, "recipients", recipients->str);
}

typedef struct
{
  const char *kind;
  void (*fill) (IwForm *self, GHashTable *values);
} Filler;

static const Filler fillers[] = {
  { "stage", fill_stage },
  { "containment", fill_containment },
  { "detection", fill_detection },
  { "impact", fill_impact },
  { "declaration", fill_declaration },
  { "approval", fill_approval },
  { "activity", fill_activity },
  { "escalation", fill_escalation },
  { "acknowledgement", fill_acknowledgement },
  { "clock", fill_clock },
  { "clock-end", fill_clock_end },
  { "notice-state", fill_notice_state },
  { "scope-state", fill_scope_state },
  { "task-state", fill_task_state },
  { "custody", fill_custody },
  { "marking", fill_marking },
  { "notice", fill_notice },
};

static void
put_constants (const IwFormKind *kind, GHashTable *values)
{
  for (guint i = 0; i < kind->n_fields; i++)
    put (values, kind->fields[i].name, iw_form_field_get_constant (&kind->fields[i]));
}

void
iw_form_fill_defaults (IwForm *self, const char *subject, GHashTable *values)
{
  put_constants (self->kind, values);
  if (self->kind->doc_type == NULL)
    put (values, "actor", self->author);
  for (guint i = 0; self->situation != NULL && i < G_N_ELEMENTS (fillers); i++)
    if (strcmp (fillers[i].kind, self->kind->name) == 0)
      {
        put_subject (self->kind, subject, values);
        fillers[i].fill (self, values);
      }
  /* What the form was opened for goes before what is usual. */
  put_subject (self->kind, subject, values);
  if (self->situation != NULL)
    put (values, "from", iw_form_get_from (self));
}
