/* The decision entries, and the incident's own document. */
#include "iw-incident.h"

#include "iw-model-json.h"

#include <glib/gi18n-lib.h>

static IwEntry *
decide (const char *incident,
        IwEntryKind kind,
        const char *from,
        const char *to,
        const char *why,
        const char *what)
{
  g_autofree char *reason = g_strstrip (g_strdup (why != NULL ? why : ""));
  g_autofree char *text = NULL;
  IwEntry *entry;

  if (*reason != '\0')
    /* Translators: a decision (%1$s), then the reason for it (%2$s): "Severity changed from Medium
     * to High: customer data was read". */
    text = g_strdup_printf (C_ ("decision", "%1$s: %2$s"), what, reason);

  entry = iw_entry_new (incident, kind, text != NULL ? text : what);
  iw_entry_set_field (entry, "from", from);
  iw_entry_set_field (entry, "to", to);
  iw_entry_set_field (entry, "why", reason);
  return entry;
}

IwEntry *
iw_incident_decide_stage (const char *incident, IwStage from, IwStage to, const char *why)
{
  g_autofree char *what = NULL;

  g_return_val_if_fail (incident != NULL, NULL);
  g_return_val_if_fail ((guint)from < IW_N_STAGES && (guint)to < IW_N_STAGES, NULL);

  if (from == to)
    /* Translators: the first stage of an incident: "Stage set to Detect". */
    what = g_strdup_printf (_ ("Stage set to %s"), iw_stage_label (to));
  else
    /* Translators: from one stage to another: "Stage changed from Detect to Assess". */
    what = g_strdup_printf (_ ("Stage changed from %1$s to %2$s"), iw_stage_label (from),
                            iw_stage_label (to));
  return decide (incident, IW_ENTRY_STAGE, from != to ? iw_stage_to_string (from) : NULL,
                 iw_stage_to_string (to), why, what);
}

IwEntry *
iw_incident_decide_severity (const char *incident, IwSeverity from, IwSeverity to, const char *why)
{
  g_autofree char *what = NULL;

  g_return_val_if_fail (incident != NULL, NULL);
  g_return_val_if_fail ((guint)from < IW_N_SEVERITIES, NULL);
  g_return_val_if_fail (to > IW_SEVERITY_UNSET && to < IW_N_SEVERITIES, NULL);

  if (from == IW_SEVERITY_UNSET || from == to)
    /* Translators: the first severity of an incident: "Severity set to High". */
    what = g_strdup_printf (_ ("Severity set to %s"), iw_severity_label (to));
  else
    /* Translators: from one severity to another: "Severity changed from Medium to High". */
    what = g_strdup_printf (_ ("Severity changed from %1$s to %2$s"), iw_severity_label (from),
                            iw_severity_label (to));
  return decide (incident, IW_ENTRY_SEVERITY, iw_severity_to_string (from),
                 iw_severity_to_string (to), why, what);
}

IwEntry *
iw_incident_decide_classification (const char *incident,
                                   IwClassification from,
                                   IwClassification to,
                                   const char *why)
{
  g_autofree char *what = NULL;

  g_return_val_if_fail (incident != NULL, NULL);
  g_return_val_if_fail ((guint)from < IW_N_CLASSIFICATIONS, NULL);
  g_return_val_if_fail (to > IW_CLASSIFICATION_UNSET && to < IW_N_CLASSIFICATIONS, NULL);

  if (from == IW_CLASSIFICATION_UNSET || from == to)
    /* Translators: the first classification: "Classified as Security Incident". */
    what = g_strdup_printf (_ ("Classified as %s"), iw_classification_label (to));
  else
    /* Translators: "Classification changed from Security Incident to Privacy Incident". */
    what = g_strdup_printf (_ ("Classification changed from %1$s to %2$s"),
                            iw_classification_label (from), iw_classification_label (to));
  return decide (incident, IW_ENTRY_CLASSIFICATION, iw_classification_to_string (from),
                 iw_classification_to_string (to), why, what);
}

JsonObject *
iw_incident_new_document (const char *incident,
                          const char *title,
                          const char *summary,
                          const char *zone)
{
  JsonObject *object;

  g_return_val_if_fail (incident != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "type", "incident");
  json_object_set_int_member (object, "v", 1);
  json_object_set_string_member (object, "incident", incident);
  iw_model_json_set_string (object, "title", title);
  iw_model_json_set_string (object, "summary", summary);
  iw_model_json_set_string (object, "zone", zone);
  return object;
}
