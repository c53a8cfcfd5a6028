/* What a decision says on the timeline. */
#include "iw-decision-text-private.h"

#include "iw-incident.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *kind;
  IwDecisionWording wording;
  const char *reason; /* the fields that may say why; the first that does is told */
} Wording;

static const Wording wordings[] = {
  { "stage", iw_decision_word_stage, "verification|why" },
  { "containment", iw_decision_word_containment, "what" },
  { "detection", iw_decision_word_detection, "detail" },
  { "assessment", iw_decision_word_assessment, "why" },
  { "classification", iw_decision_word_classification, "why|root_cause" },
  { "declaration", iw_decision_word_declaration, "statement" },
  { "impact", iw_decision_word_impact, "override_why|why" },
  { "severity", iw_decision_word_severity, "why" },
  { "priority", iw_decision_word_priority, "why" },
  { "role", iw_decision_word_role, "why" },
  { "activity", iw_decision_word_activity, "why" },
  { "escalation", iw_decision_word_escalation, "why" },
  { "acknowledgement", iw_decision_word_acknowledgement, "why" },
  { "liaison", iw_decision_word_liaison, "what" },
  { "clock", iw_decision_word_clock, "why" },
  { "clock-end", iw_decision_word_clock_end, "why" },
  { "notice-state", iw_decision_word_notice, "why" },
  { "scope-state", iw_decision_word_scope, "why" },
  { "custody", iw_decision_word_custody, "why" },
  { "marking", iw_decision_word_marking, "why" },
  { "approval", iw_decision_word_approval, "purpose" },
  { "release", iw_decision_word_release, NULL },
  { "sweep", iw_decision_word_sweep, "why" },
  { "task-state", iw_decision_word_task, "why" },
  { "withdrawal", iw_decision_word_withdrawal, "why" },
};

const char *
iw_decision_words_get (const IwDecisionWords *words, const char *field)
{
  return words->get (words->source, field);
}

gboolean
iw_decision_words_has (const IwDecisionWords *words, const char *field)
{
  return !iw_form_value_is_empty (iw_decision_words_get (words, field));
}

gboolean
iw_decision_words_is (const IwDecisionWords *words, const char *field, const char *value)
{
  return strcmp (iw_decision_words_get (words, field), value) == 0;
}

const char *
iw_decision_words_label (const IwDecisionWords *words, const char *field)
{
  const IwFormField *known = iw_form_kind_field (words->kind, field);
  const char *value = iw_decision_words_get (words, field);

  return known != NULL ? iw_form_field_choice_label (known, value) : value;
}

guint
iw_decision_words_count (const IwDecisionWords *words, const char *field)
{
  g_auto (GStrv) lines = iw_form_value_lines (iw_decision_words_get (words, field));

  return g_strv_length (lines);
}

static const Wording *
find_wording (const IwFormKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (wordings); i++)
    if (strcmp (wordings[i].kind, kind->name) == 0)
      return &wordings[i];
  return NULL;
}

/* (transfer full); NULL where no reason is given */
static char *
find_reason (const IwDecisionWords *words, const char *fields)
{
  g_auto (GStrv) names = g_strsplit (fields != NULL ? fields : "", "|", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (iw_decision_words_has (words, names[i]))
      return g_strstrip (g_strdup (iw_decision_words_get (words, names[i])));
  return NULL;
}

char *
iw_decision_describe (const IwFormKind *kind, IwFieldGetter get, gpointer source)
{
  IwDecisionWords words = { kind, get, source };
  const Wording *wording;
  g_autofree char *what = NULL, *about = NULL, *reason = NULL;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (get != NULL, NULL);

  wording = find_wording (kind);
  g_return_val_if_fail (wording != NULL, NULL);

  what = wording->wording (&words);
  if (iw_decision_words_has (&words, IW_DECISION_SUBJECT_NAME))
    /* Translators: a decision (%1$s), then what it is about (%2$s): "Notice approved (To all
     * customers)". */
    about = g_strdup_printf (C_ ("decision", "%1$s (%2$s)"), what,
                             iw_decision_words_get (&words, IW_DECISION_SUBJECT_NAME));
  else
    about = g_steal_pointer (&what);
  reason = find_reason (&words, wording->reason);
  if (reason == NULL)
    return g_steal_pointer (&about);
  /* Translators: a decision (%1$s), then the reason for it (%2$s): "Severity changed from Medium
   * to High: customer data was read". */
  return g_strdup_printf (C_ ("decision", "%1$s: %2$s"), about, reason);
}
