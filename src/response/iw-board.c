#include "iw-board.h"

#include <glib/gi18n-lib.h>

/* process.md R2, each duty on its own so that it can be given to somebody. */
static const IwActivity activities[] = {
  { "detection-requirements", IW_PHASE_PREPARATION, IW_SIDE_CENTRAL,
    NC_ ("activity", "Detection Requirements") },
  { "monitoring", IW_PHASE_PREPARATION, IW_SIDE_CENTRAL, NC_ ("activity", "Security Monitoring") },
  { "ioc-sweeps", IW_PHASE_DETECTION, IW_SIDE_CENTRAL,
    NC_ ("activity", "Sweeps for Indicators of Compromise") },
  { "breach-hunt", IW_PHASE_DETECTION, IW_SIDE_CENTRAL, NC_ ("activity", "Breach Hunt") },
  { "response-on-call", IW_PHASE_DETECTION, IW_SIDE_CENTRAL,
    NC_ ("activity", "Round-the-Clock On-Call and Response Lead") },
  { "infrastructure-monitoring", IW_PHASE_PREPARATION, IW_SIDE_SERVICE,
    NC_ ("activity", "Infrastructure Monitoring") },
  { "service-insight", IW_PHASE_DETECTION, IW_SIDE_SERVICE,
    NC_ ("activity", "Insight into the Service") },
  { "alert-triage", IW_PHASE_DETECTION, IW_SIDE_SERVICE,
    NC_ ("activity", "Triage of Events and Alerts") },
  { "engineering-on-call", IW_PHASE_DETECTION, IW_SIDE_SERVICE,
    NC_ ("activity", "Round-the-Clock Engineering On-Call") },
  { "response-lead", IW_PHASE_CONTAINMENT, IW_SIDE_CENTRAL, NC_ ("activity", "Response Lead") },
  { "forensics", IW_PHASE_CONTAINMENT, IW_SIDE_CENTRAL, NC_ ("activity", "Forensics") },
  { "expertise", IW_PHASE_CONTAINMENT, IW_SIDE_CENTRAL, NC_ ("activity", "Security Expertise") },
  { "recovery-guidance", IW_PHASE_CONTAINMENT, IW_SIDE_CENTRAL,
    NC_ ("activity", "Guidance for Recovery") },
  { "incident-owner", IW_PHASE_CONTAINMENT, IW_SIDE_SERVICE, NC_ ("activity", "Incident Owner") },
  { "containment-insight", IW_PHASE_CONTAINMENT, IW_SIDE_SERVICE,
    NC_ ("activity", "Insight for Containment") },
  { "containment-execution", IW_PHASE_CONTAINMENT, IW_SIDE_SERVICE,
    NC_ ("activity", "Execution of Containment") },
  { "eradication-execution", IW_PHASE_CONTAINMENT, IW_SIDE_SERVICE,
    NC_ ("activity", "Execution of Eradication") },
  { "recovery-execution", IW_PHASE_CONTAINMENT, IW_SIDE_SERVICE,
    NC_ ("activity", "Execution of Recovery") },
  { "post-incident-lead", IW_PHASE_POST_INCIDENT, IW_SIDE_CENTRAL,
    NC_ ("activity", "Post-Incident Lead") },
  { "collection-archival", IW_PHASE_POST_INCIDENT, IW_SIDE_CENTRAL,
    NC_ ("activity", "Collection and Archival") },
  { "lessons-learned", IW_PHASE_POST_INCIDENT, IW_SIDE_CENTRAL,
    NC_ ("activity", "Lessons Learned and Bug Requests") },
  { "reporting", IW_PHASE_POST_INCIDENT, IW_SIDE_CENTRAL, NC_ ("activity", "Reporting") },
  { "service-analysis", IW_PHASE_POST_INCIDENT, IW_SIDE_SERVICE,
    NC_ ("activity", "Analysis by the Service") },
  { "follow-up-priorities", IW_PHASE_POST_INCIDENT, IW_SIDE_SERVICE,
    NC_ ("activity", "Priorities of Follow-Ups") },
  { "security-investments", IW_PHASE_POST_INCIDENT, IW_SIDE_SERVICE,
    NC_ ("activity", "Investments in Security") },
  { "readiness", IW_PHASE_POST_INCIDENT, IW_SIDE_SERVICE,
    NC_ ("activity", "Readiness for the Next Incident") },
};

const char *
iw_phase_label (IwPhase phase)
{
  static const char *const labels[IW_N_PHASES] = {
    [IW_PHASE_PREPARATION] = NC_ ("phase", "Preparation"),
    [IW_PHASE_DETECTION] = NC_ ("phase", "Detection and Analysis"),
    [IW_PHASE_CONTAINMENT] = NC_ ("phase", "Containment, Eradication and Recovery"),
    [IW_PHASE_POST_INCIDENT] = NC_ ("phase", "Post-Incident Activity"),
  };

  g_return_val_if_fail ((guint)phase < IW_N_PHASES, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "phase", labels[phase]);
}

IwPhase
iw_phase_of_stage (IwStage stage)
{
  switch (stage)
    {
    case IW_STAGE_STABILISE:
      return IW_PHASE_CONTAINMENT;
    case IW_STAGE_CLOSED:
      return IW_PHASE_POST_INCIDENT;
    case IW_STAGE_DETECT:
    case IW_STAGE_ASSESS:
    case IW_STAGE_DIAGNOSE:
    case IW_N_STAGES:
    default:
      return IW_PHASE_DETECTION;
    }
}

const IwActivity *
iw_activities (guint *n)
{
  *n = G_N_ELEMENTS (activities);
  return activities;
}

const IwActivity *
iw_activity_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (activities); i++)
    if (g_strcmp0 (activities[i].id, id) == 0)
      return &activities[i];
  return NULL;
}

const char *
iw_activity_label (const IwActivity *activity)
{
  g_return_val_if_fail (activity != NULL, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "activity", activity->label);
}

IwEntry *
iw_situation_get_activity (IwSituation *situation, const char *id)
{
  g_return_val_if_fail (situation != NULL && id != NULL, NULL);

  return g_hash_table_lookup (iw_situation_get_state (situation)->activities, id);
}
