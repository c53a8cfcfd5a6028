/* What a VERIS record decides: how it was detected, what it is, what it did. */
#include "iw-veris-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *veris;
  const char *ours;
} Word;

static const char *
look_up (const Word *words, guint n, const char *text, const char *fallback)
{
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (words[i].veris, text) == 0)
      return words[i].ours;
  return fallback;
}

static const char *
first_text (JsonObject *object, const char *path)
{
  JsonArray *array = iw_path_array (object, path);

  return array != NULL && json_array_get_length (array) > 0 ? iw_path_element (array, 0) : "";
}

/* ---- detection (process.md D1) ---- */

static const Word internal_methods[] = {
  { "Antivirus", "automated-signature" },
  { "NIDS", "automated-signature" },
  { "HIDS", "automated-signature" },
  { "IT review", "automated-anomaly" },
  { "Log review", "automated-anomaly" },
  { "Security alarm", "automated-anomaly" },
  { "Fraud detection", "automated-anomaly" },
  { "Infrastructure monitoring", "automated-anomaly" },
  { "Data loss prevention", "automated-signature" },
  { "Incident response", "escalation" },
};
static const Word external_methods[] = {
  { "Customer", "customer-report" },
  { "Security researcher", "vulnerability-report" },
};

/* NULL where the record does not say. */
static const char *
detection_source (JsonObject *record, char **detail)
{
  static const char *const sides[] = { "internal", "external", "partner" };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *path = g_strdup_printf ("discovery_method.%s.variety", sides[i]);
      const char *method = first_text (record, path);

      if (iw_path_array (record, path) == NULL)
        continue;
      *detail = g_strdup_printf ("VERIS: %s, %s", sides[i], *method != '\0' ? method : "Unknown");
      if (i == 0)
        return look_up (internal_methods, G_N_ELEMENTS (internal_methods), method, "first-party");
      return look_up (external_methods, G_N_ELEMENTS (external_methods), method,
                      "third-party-report");
    }
  return NULL;
}

static void
add_detection (IwVeris *self)
{
  g_autofree char *detail = NULL;
  const char *source = detection_source (self->record, &detail);
  const char *notes = iw_path_text (self->record, "discovery_notes");
  g_autofree char *text = NULL;

  if (source == NULL)
    return;
  text = *notes != '\0' ? g_strdup_printf ("%s\n%s", detail, notes) : g_strdup (detail);
  /* Each record is written by, or for, the organisation that it befell (D2). */
  iw_veris_add_entry (self,
                      iw_decision_new (self->incident, "detection", "to", source, "detail", text,
                                       "realm", "own", NULL),
                      self->when);
}

/* ---- classification (C1) ---- */

static gboolean
has_data (JsonObject *record, const char *variety)
{
  JsonArray *data = iw_path_array (record, "attribute.confidentiality.data");

  for (guint i = 0; data != NULL && i < json_array_get_length (data); i++)
    {
      JsonNode *node = json_array_get_element (data, i);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          g_ascii_strcasecmp (iw_path_text (json_node_get_object (node), "variety"), variety) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
was_disclosed (JsonObject *record)
{
  const char *disclosure = iw_path_text (record, "attribute.confidentiality.data_disclosure");

  return g_ascii_strcasecmp (disclosure, "Yes") == 0 ||
         g_ascii_strcasecmp (disclosure, "Potentially") == 0;
}

static gboolean
is_about_people (JsonObject *record)
{
  return was_disclosed (record) && (has_data (record, "Personal") || has_data (record, "Medical"));
}

/* VERIS knows no customer-reportable incident: that takes a determination that nobody made here
 * (C3). */
static void
add_classification (IwVeris *self)
{
  const char *confirmed = iw_path_text (self->record, "security_incident");
  IwEntry *entry;

  if (g_ascii_strcasecmp (confirmed, "False positive") == 0)
    {
      iw_veris_complain (
          self, "security_incident",
          g_strdup (_ ("A false positive needs its root cause and a follow-up, which the "
                       "record does not have; the incident is not classified.")),
          confirmed);
      return;
    }
  if (g_ascii_strcasecmp (confirmed, "Confirmed") != 0)
    return;
  if (is_about_people (self->record))
    entry = iw_decision_new (
        self->incident, "classification", "to", "privacy", "data_subjects",
        iw_path_has (self->record, "attribute.confidentiality.data_victim", "Employee")
            ? "employees"
            : "end-users",
        NULL);
  else
    entry = iw_decision_new (self->incident, "classification", "to", "security-incident", NULL);
  iw_veris_add_entry (self, entry, self->when);
}

/* ---- impact (C4) ---- */

static const char *
functional_impact (JsonObject *record)
{
  static const Word ratings[] = {
    { "Insignificant", "low" }, { "Distracting", "low" },   { "Damaging", "medium" },
    { "Painful", "high" },      { "Catastrophic", "high" },
  };
  const char *rated = look_up (ratings, G_N_ELEMENTS (ratings),
                               iw_path_text (record, "impact.overall_rating"), NULL);

  if (rated != NULL)
    return rated;
  if (iw_path_has (record, "attribute.availability.variety", "Interruption") ||
      iw_path_has (record, "attribute.availability.variety", "Loss") ||
      iw_path_has (record, "attribute.availability.variety", "Destruction"))
    return "medium";
  return iw_path_object (record, "attribute.availability") != NULL ? "low" : "none";
}

static const char *
information_impact (JsonObject *record)
{
  if (was_disclosed (record))
    {
      static const char *const personal[] = { "Personal", "Medical", "Payment", "Bank",
                                              "Credentials" };

      for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
        if (has_data (record, personal[i]))
          return "privacy-breach";
      return "proprietary-breach";
    }
  return iw_path_object (record, "attribute.integrity") != NULL ? "integrity-loss" : "none";
}

/* NIST: what was taken and is out cannot be recovered; else by how long it was down. */
static const char *
recoverability (JsonObject *record)
{
  const char *unit = iw_path_text (record, "attribute.availability.duration.unit");

  if (g_ascii_strcasecmp (iw_path_text (record, "attribute.confidentiality.data_disclosure"),
                          "Yes") == 0)
    return "not-recoverable";
  if (g_ascii_strcasecmp (unit, "Weeks") == 0)
    return "supplemented";
  if (g_ascii_strcasecmp (unit, "Months") == 0 || g_ascii_strcasecmp (unit, "Years") == 0)
    return "extended";
  return "regular";
}

static const char *
impact_words (JsonObject *record)
{
  const char *notes = iw_path_text (record, "impact.notes");

  return *notes != '\0' ? notes : iw_path_text (record, "impact.overall_rating");
}

static void
add_impact (IwVeris *self)
{
  IwImpact impact = { functional_impact (self->record), information_impact (self->record),
                      recoverability (self->record), "none" };
  const char *words = impact_words (self->record);
  g_autoptr (IwProposal) proposal = NULL;

  if (iw_path_object (self->record, "attribute") == NULL &&
      !iw_path_tells (iw_path_text (self->record, "impact.overall_rating")))
    return;
  proposal = iw_matrix_propose (self->matrix, &impact);
  iw_veris_add_entry (
      self,
      iw_decision_new (self->incident, "impact", "functional", impact.functional, "information",
                       impact.information, "recoverability", impact.recoverability, "risk",
                       impact.risk, "proposed_severity", iw_severity_to_string (proposal->severity),
                       "proposed_priority", iw_priority_to_string (proposal->priority), "rule",
                       proposal->why, "why", iw_path_tells (words) ? words : NULL, NULL),
      self->when);
  iw_veris_add_entry (self,
                      iw_decision_new (self->incident, "severity", "to",
                                       iw_severity_to_string (proposal->severity), "why",
                                       proposal->why, NULL),
                      self->when);
  iw_veris_add_entry (self,
                      iw_decision_new (self->incident, "priority", "to",
                                       iw_priority_to_string (proposal->priority), "why",
                                       proposal->why, NULL),
                      self->when);
}

/* ---- stage ---- */

static void
add_stages (IwVeris *self)
{
  iw_veris_add_entry (self, iw_decision_new (self->incident, "stage", "to", "detect", NULL),
                      self->when);
  if (self->verification == NULL)
    return;
  iw_veris_add_entry (self,
                      iw_decision_new (self->incident, "stage", "from", "detect", "to", "closed",
                                       "risk_contained", "true", "measures_implemented", "true",
                                       "verification", self->verification, NULL),
                      self->now);
}

void
iw_veris_add_decisions (IwVeris *self)
{
  add_detection (self);
  add_classification (self);
  add_impact (self);
  add_stages (self);
}
