/* The words of an entry's kind and confidence. */
#include "iw-entry.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *nick;
  const char *label;
} Word;

static const Word kinds[IW_N_ENTRY_KINDS] = {
  [IW_ENTRY_OBSERVATION] = { "observation", NC_ ("entry kind", "Observation") },
  [IW_ENTRY_ACTION] = { "action", NC_ ("entry kind", "Action") },
  [IW_ENTRY_COMMUNICATION] = { "communication", NC_ ("entry kind", "Communication") },
  [IW_ENTRY_DECISION] = { "decision", NC_ ("entry kind", "Decision") },
  [IW_ENTRY_NOTE] = { "note", NC_ ("entry kind", "Note") },
  [IW_ENTRY_STAGE] = { "stage", NC_ ("entry kind", "Stage") },
  [IW_ENTRY_CLASSIFICATION] = { "classification", NC_ ("entry kind", "Classification") },
  [IW_ENTRY_SEVERITY] = { "severity", NC_ ("entry kind", "Severity") },
  [IW_ENTRY_PRIORITY] = { "priority", NC_ ("entry kind", "Priority") },
  [IW_ENTRY_DETECTION] = { "detection", NC_ ("entry kind", "Detection") },
  [IW_ENTRY_ASSESSMENT] = { "assessment", NC_ ("entry kind", "Assessment") },
  [IW_ENTRY_IMPACT] = { "impact", NC_ ("entry kind", "Impact") },
  [IW_ENTRY_CONTAINMENT] = { "containment", NC_ ("entry kind", "Containment") },
  [IW_ENTRY_ROLE] = { "role", NC_ ("entry kind", "Role") },
  [IW_ENTRY_ACTIVITY] = { "activity", NC_ ("entry kind", "Activity") },
  [IW_ENTRY_ESCALATION] = { "escalation", NC_ ("entry kind", "Escalation") },
  [IW_ENTRY_ACKNOWLEDGEMENT] = { "acknowledgement", NC_ ("entry kind", "Acknowledgement") },
  /* Translators: work with legal advisers and outside bodies such as the police. */
  [IW_ENTRY_LIAISON] = { "liaison", NC_ ("entry kind", "Liaison") },
  /* Translators: a deadline that runs, such as 72 hours to notify. */
  [IW_ENTRY_CLOCK] = { "clock", NC_ ("entry kind", "Clock") },
  [IW_ENTRY_CLOCK_END] = { "clock-end", NC_ ("entry kind", "Clock Ended") },
  [IW_ENTRY_NOTICE] = { "notice", NC_ ("entry kind", "Notice") },
  [IW_ENTRY_SCOPE] = { "scope", NC_ ("entry kind", "Scope") },
  /* Translators: chain of custody of an evidence file. */
  [IW_ENTRY_CUSTODY] = { "custody", NC_ ("entry kind", "Custody") },
  /* Translators: evidence marked as sensitive, confidential or customer data. */
  [IW_ENTRY_MARKING] = { "marking", NC_ ("entry kind", "Marking") },
  [IW_ENTRY_APPROVAL] = { "approval", NC_ ("entry kind", "Approval") },
  /* Translators: evidence was handed out of the workspace. */
  [IW_ENTRY_RELEASE] = { "release", NC_ ("entry kind", "Release") },
  /* Translators: a search of systems for indicators of compromise. */
  [IW_ENTRY_SWEEP] = { "sweep", NC_ ("entry kind", "Sweep") },
  [IW_ENTRY_TASK] = { "task", NC_ ("entry kind", "Task") },
  [IW_ENTRY_WITHDRAWAL] = { "withdrawal", NC_ ("entry kind", "Withdrawal") },
  [IW_ENTRY_UNKNOWN] = { "unknown", NC_ ("entry kind", "Unknown") },
};

static const Word confidences[IW_N_CONFIDENCES] = {
  [IW_CONFIDENCE_UNSET] = { "", NULL },
  [IW_CONFIDENCE_LOW] = { "low", NC_ ("confidence", "Low") },
  [IW_CONFIDENCE_MEDIUM] = { "medium", NC_ ("confidence", "Medium") },
  [IW_CONFIDENCE_HIGH] = { "high", NC_ ("confidence", "High") },
  [IW_CONFIDENCE_CONFIRMED] = { "confirmed", NC_ ("confidence", "Confirmed") },
};

const char *
iw_entry_kind_to_string (IwEntryKind kind)
{
  return kinds[(guint)kind < IW_N_ENTRY_KINDS ? kind : IW_ENTRY_UNKNOWN].nick;
}

IwEntryKind
iw_entry_kind_from_string (const char *text)
{
  for (int i = 0; i < IW_N_ENTRY_KINDS; i++)
    if (g_strcmp0 (text, kinds[i].nick) == 0)
      return i;
  return IW_ENTRY_UNKNOWN;
}

const char *
iw_entry_kind_label (IwEntryKind kind)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "entry kind",
                       kinds[(guint)kind < IW_N_ENTRY_KINDS ? kind : IW_ENTRY_UNKNOWN].label);
}

gboolean
iw_entry_kind_is_decision (IwEntryKind kind)
{
  return kind >= IW_ENTRY_STAGE;
}

const char *
iw_confidence_to_string (IwConfidence confidence)
{
  return confidences[(guint)confidence < IW_N_CONFIDENCES ? confidence : IW_CONFIDENCE_UNSET].nick;
}

IwConfidence
iw_confidence_from_string (const char *text)
{
  for (int i = 0; i < IW_N_CONFIDENCES; i++)
    if (g_strcmp0 (text, confidences[i].nick) == 0)
      return i;
  return IW_CONFIDENCE_UNSET;
}

const char *
iw_confidence_label (IwConfidence confidence)
{
  if ((guint)confidence >= IW_N_CONFIDENCES || confidence == IW_CONFIDENCE_UNSET)
    return "";
  return g_dpgettext2 (GETTEXT_PACKAGE, "confidence", confidences[confidence].label);
}
