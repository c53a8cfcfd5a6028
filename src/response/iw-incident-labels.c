/* The words of stages, severities and classifications. */
#include "iw-incident.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *nick;
  const char *label;
} Word;

static const Word stages[IW_N_STAGES] = {
  [IW_STAGE_DETECT] = { "detect", NC_ ("stage", "Detect") },
  [IW_STAGE_ASSESS] = { "assess", NC_ ("stage", "Assess") },
  [IW_STAGE_DIAGNOSE] = { "diagnose", NC_ ("stage", "Diagnose") },
  [IW_STAGE_STABILISE] = { "stabilise", NC_ ("stage", "Stabilise and Recover") },
  [IW_STAGE_CLOSED] = { "closed", NC_ ("stage", "Closed") },
};

static const Word severities[IW_N_SEVERITIES] = {
  [IW_SEVERITY_UNSET] = { "", NC_ ("severity", "Not Set") },
  [IW_SEVERITY_LOW] = { "low", NC_ ("severity", "Low") },
  [IW_SEVERITY_MEDIUM] = { "medium", NC_ ("severity", "Medium") },
  [IW_SEVERITY_HIGH] = { "high", NC_ ("severity", "High") },
  [IW_SEVERITY_CRITICAL] = { "critical", NC_ ("severity", "Critical") },
};

/* Translators: P1 is the highest priority, P4 the lowest. */
static const Word priorities[IW_N_PRIORITIES] = {
  [IW_PRIORITY_UNSET] = { "", NC_ ("priority", "Not Set") },
  [IW_PRIORITY_P4] = { "p4", NC_ ("priority", "P4") },
  [IW_PRIORITY_P3] = { "p3", NC_ ("priority", "P3") },
  [IW_PRIORITY_P2] = { "p2", NC_ ("priority", "P2") },
  [IW_PRIORITY_P1] = { "p1", NC_ ("priority", "P1") },
};

static const Word classifications[IW_N_CLASSIFICATIONS] = {
  [IW_CLASSIFICATION_UNSET] = { "", NC_ ("classification", "Not Classified") },
  [IW_CLASSIFICATION_FALSE_POSITIVE] = { "false-positive",
                                         NC_ ("classification", "False Positive") },
  [IW_CLASSIFICATION_SECURITY_INCIDENT] = { "security-incident",
                                            NC_ ("classification", "Security Incident") },
  /* Translators: customer-reportable security incident. */
  [IW_CLASSIFICATION_CRSI] = { "crsi", NC_ ("classification", "Customer-Reportable Incident") },
  [IW_CLASSIFICATION_PRIVACY] = { "privacy", NC_ ("classification", "Privacy Incident") },
};

static int
find_word (const Word *words, int n, const char *text)
{
  for (int i = 0; i < n; i++)
    if (g_strcmp0 (words[i].nick, text) == 0)
      return i;
  return -1;
}

const char *
iw_stage_to_string (IwStage stage)
{
  return stages[(guint)stage < IW_N_STAGES ? stage : IW_STAGE_DETECT].nick;
}

gboolean
iw_stage_from_string (const char *text, IwStage *out)
{
  int found = find_word (stages, IW_N_STAGES, text);

  if (found < 0)
    return FALSE;
  *out = found;
  return TRUE;
}

const char *
iw_stage_label (IwStage stage)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "stage",
                       stages[(guint)stage < IW_N_STAGES ? stage : IW_STAGE_DETECT].label);
}

const char *
iw_severity_to_string (IwSeverity severity)
{
  return severities[(guint)severity < IW_N_SEVERITIES ? severity : IW_SEVERITY_UNSET].nick;
}

gboolean
iw_severity_from_string (const char *text, IwSeverity *out)
{
  int found = find_word (severities, IW_N_SEVERITIES, text);

  if (found < 0)
    return FALSE;
  *out = found;
  return TRUE;
}

const char *
iw_severity_label (IwSeverity severity)
{
  guint known = (guint)severity < IW_N_SEVERITIES ? severity : IW_SEVERITY_UNSET;

  return g_dpgettext2 (GETTEXT_PACKAGE, "severity", severities[known].label);
}

static guint
known_priority (IwPriority priority)
{
  return (guint)priority < IW_N_PRIORITIES ? priority : IW_PRIORITY_UNSET;
}

const char *
iw_priority_to_string (IwPriority priority)
{
  return priorities[known_priority (priority)].nick;
}

gboolean
iw_priority_from_string (const char *text, IwPriority *out)
{
  int found = find_word (priorities, IW_N_PRIORITIES, text);

  if (found < 0)
    return FALSE;
  *out = found;
  return TRUE;
}

const char *
iw_priority_label (IwPriority priority)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "priority", priorities[known_priority (priority)].label);
}

static guint
known_classification (IwClassification classification)
{
  return (guint)classification < IW_N_CLASSIFICATIONS ? classification : IW_CLASSIFICATION_UNSET;
}

const char *
iw_classification_to_string (IwClassification classification)
{
  return classifications[known_classification (classification)].nick;
}

gboolean
iw_classification_from_string (const char *text, IwClassification *out)
{
  int found = find_word (classifications, IW_N_CLASSIFICATIONS, text);

  if (found < 0)
    return FALSE;
  *out = found;
  return TRUE;
}

const char *
iw_classification_label (IwClassification classification)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "classification",
                       classifications[known_classification (classification)].label);
}
