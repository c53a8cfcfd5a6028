/* Titles, buttons and choices as they fit what a form holds. */
#include "iw-form-private.h"

#include "iw-experts.h"
#include "iw-response-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *kind;
  const char *field;
  const char *value;
  const char *title; /* msgid with context "form"; NULL: the kind's */
  const char *verb;  /* the same */
} Words;

static const Words words[] = {
  { "stage", "to", "detect", NULL, NC_ ("form", "Move to Detect") },
  { "stage", "to", "assess", NULL, NC_ ("form", "Move to Assess") },
  { "stage", "to", "diagnose", NULL, NC_ ("form", "Move to Diagnose") },
  { "stage", "to", "stabilise", NULL, NC_ ("form", "Move to Stabilise") },
  { "stage", "to", "closed", NC_ ("form", "Close Incident"), NC_ ("form", "Close Incident") },
  { "containment", "to", "started", NC_ ("form", "Start Containment"), NC_ ("form", "Start") },
  /* Translators: the button that ends containment. */
  { "containment", "to", "ended", NC_ ("form", "End Containment"), NC_ ("form", "End") },
  { "acknowledgement", "to", "accepted", NULL, NC_ ("form", "Accept") },
  { "acknowledgement", "to", "declined", NULL, NC_ ("form", "Decline") },
  { "clock-end", "to", "stopped", NULL, NC_ ("form", "Stop Clock") },
  { "notice-state", "to", "draft", NC_ ("form", "Back to Draft"), NC_ ("form", "Back to Draft") },
  { "notice-state", "to", "in-review", NC_ ("form", "Review Notice"),
    NC_ ("form", "Send to Review") },
  { "notice-state", "to", "approved", NC_ ("form", "Approve Notice"), NC_ ("form", "Approve") },
  { "notice-state", "to", "sent", NC_ ("form", "Notice Sent"), NC_ ("form", "Record as Sent") },
  /* Translators: the button that puts a notice off. */
  { "notice-state", "to", "deferred", NC_ ("form", "Defer Notice"), NC_ ("form", "Defer") },
  { "scope-state", "to", "suspected", NULL, NC_ ("form", "Suspect") },
  { "scope-state", "to", "confirmed", NULL, NC_ ("form", "Confirm") },
  { "scope-state", "to", "ruled-out", NULL, NC_ ("form", "Rule Out") },
  { "task-state", "to", "in-progress", NULL, NC_ ("form", "Start Task") },
  { "task-state", "to", "done", NULL, NC_ ("form", "Mark as Done") },
  { "task-state", "to", "dropped", NULL, NC_ ("form", "Drop Task") },
};

static const Words *
find_words (IwForm *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].kind, self->kind->name) == 0 &&
        strcmp (words[i].value, iw_form_get (self, words[i].field)) == 0)
      return &words[i];
  return NULL;
}

char *
iw_form_get_title (IwForm *self)
{
  const Words *found;

  g_return_val_if_fail (self != NULL, NULL);

  found = find_words (self);
  if (found != NULL && found->title != NULL)
    return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "form", found->title));
  return g_strdup (iw_form_kind_title (self->kind, self->document != NULL));
}

const char *
iw_form_get_action (IwForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->document == NULL && self->kind->new_action != NULL ? self->kind->new_action
                                                                  : self->kind->action;
}

char *
iw_form_get_verb (IwForm *self)
{
  const Words *found;
  g_autofree char *to = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  found = find_words (self);
  if (found != NULL && found->verb != NULL)
    return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "form", found->verb));
  to = g_strstrip (g_strdup (iw_form_get (self, "to")));
  if (strcmp (self->kind->name, "escalation") == 0 && *to != '\0')
    /* Translators: a button; %s is a team, role or person. */
    return g_strdup_printf (C_ ("form", "Escalate to %s"), to);
  return g_strdup (iw_form_kind_verb (self->kind));
}

/* ---- choices ---- */

/* What is in force already is not offered; but a privacy incident may turn out to be about others
 * too. */
static gboolean
is_another (IwForm *self, const char *value)
{
  const char *from = iw_form_get_from (self);

  return from == NULL || strcmp (value, from) != 0 || strcmp (value, "privacy") == 0;
}

static gboolean
notice_state_is_offered (IwForm *self, const char *value)
{
  const IwNoticeState *state =
      iw_situation_get_notice (self->situation, iw_form_get (self, "subject"));
  IwNoticeStatus to;

  return state == NULL || (iw_notice_status_from_string (value, &to) &&
                           (iw_notice_next (state->status) & (1u << to)));
}

static gboolean
is_offered (IwForm *self, const IwFormField *field, const char *value)
{
  const char *kind = self->kind->name;

  /* What it holds stays in sight, also where it is a problem. */
  if (self->situation == NULL || strcmp (field->name, "to") != 0 ||
      strcmp (iw_form_get (self, "to"), value) == 0)
    return TRUE;
  if (strcmp (kind, "stage") == 0 || strcmp (kind, "task-state") == 0 ||
      strcmp (kind, "severity") == 0 || strcmp (kind, "priority") == 0 ||
      strcmp (kind, "classification") == 0)
    return is_another (self, value);
  return strcmp (kind, "notice-state") != 0 || notice_state_is_offered (self, value);
}

/* Those who can be replaced or relieved; who was chosen stays in sight, also where that is a
 * problem. */
static IwChoice *
list_holders (IwForm *self, const IwFormField *field)
{
  g_autoptr (GPtrArray) holders = iw_situation_get_holders (self->situation, IW_ROLE_EXPERT);
  IwChoice *choices = g_new0 (IwChoice, holders->len + 3);
  const char *chosen = iw_form_get (self, field->name);
  gboolean known = *chosen == '\0';
  guint used = 0;

  choices[used++] = field->choices[0];
  for (guint i = 0; i < holders->len; i++)
    {
      const char *name = iw_response_field (holders->pdata[i], "to");

      choices[used++] = (IwChoice){ name, name };
      known |= strcmp (name, chosen) == 0;
    }
  if (!known)
    choices[used] = (IwChoice){ chosen, chosen };
  return choices;
}

IwChoice *
iw_form_get_choices (IwForm *self, const IwFormField *field)
{
  guint n = 0, used = 0;
  IwChoice *choices;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (field->input == IW_INPUT_HOLDER)
    return list_holders (self, field);
  while (field->choices != NULL && field->choices[n].value != NULL)
    n++;
  choices = g_new0 (IwChoice, n + 1);
  for (guint i = 0; i < n; i++)
    if (is_offered (self, field, field->choices[i].value))
      choices[used++] = field->choices[i];
  return choices;
}
