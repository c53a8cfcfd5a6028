/* The words of stages, severities and classifications. */
#include "iw-incident.h"

#include "iw-nicks-private.h"

static const IwNick stages[IW_N_STAGES] = {
  [IW_STAGE_DETECT] = { "detect", NC_ ("stage", "Detect") },
  [IW_STAGE_ASSESS] = { "assess", NC_ ("stage", "Assess") },
  [IW_STAGE_DIAGNOSE] = { "diagnose", NC_ ("stage", "Diagnose") },
  [IW_STAGE_STABILISE] = { "stabilise", NC_ ("stage", "Stabilise and Recover") },
  [IW_STAGE_CLOSED] = { "closed", NC_ ("stage", "Closed") },
};

static const IwNick severities[IW_N_SEVERITIES] = {
  [IW_SEVERITY_UNSET] = { "", NC_ ("severity", "Not Set") },
  [IW_SEVERITY_LOW] = { "low", NC_ ("severity", "Low") },
  [IW_SEVERITY_MEDIUM] = { "medium", NC_ ("severity", "Medium") },
  [IW_SEVERITY_HIGH] = { "high", NC_ ("severity", "High") },
  [IW_SEVERITY_CRITICAL] = { "critical", NC_ ("severity", "Critical") },
};

/* Translators: P1 is the highest priority, P4 the lowest. */
static const IwNick priorities[IW_N_PRIORITIES] = {
  [IW_PRIORITY_UNSET] = { "", NC_ ("priority", "Not Set") },
  [IW_PRIORITY_P4] = { "p4", NC_ ("priority", "P4") },
  [IW_PRIORITY_P3] = { "p3", NC_ ("priority", "P3") },
  [IW_PRIORITY_P2] = { "p2", NC_ ("priority", "P2") },
  [IW_PRIORITY_P1] = { "p1", NC_ ("priority", "P1") },
};

static const IwNick classifications[IW_N_CLASSIFICATIONS] = {
  [IW_CLASSIFICATION_UNSET] = { "", NC_ ("classification", "Not Classified") },
  [IW_CLASSIFICATION_FALSE_POSITIVE] = { "false-positive",
                                         NC_ ("classification", "False Positive") },
  [IW_CLASSIFICATION_SECURITY_INCIDENT] = { "security-incident",
                                            NC_ ("classification", "Security Incident") },
  /* Translators: customer-reportable security incident. */
  [IW_CLASSIFICATION_CRSI] = { "crsi", NC_ ("classification", "Customer-Reportable Incident") },
  [IW_CLASSIFICATION_PRIVACY] = { "privacy", NC_ ("classification", "Privacy Incident") },
};

IW_DEFINE_NICKS (IwStage, iw_stage, stages, IW_STAGE_DETECT, "stage")
IW_DEFINE_NICKS (IwSeverity, iw_severity, severities, IW_SEVERITY_UNSET, "severity")
IW_DEFINE_NICKS (IwPriority, iw_priority, priorities, IW_PRIORITY_UNSET, "priority")
IW_DEFINE_NICKS (IwClassification,
                 iw_classification,
                 classifications,
                 IW_CLASSIFICATION_UNSET,
                 "classification")
