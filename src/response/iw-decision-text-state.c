/* Words of decisions about the state of an incident. */
#include "iw-decision-text-private.h"

#include "iw-incident.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Whether it changes what was in force, and does not just set it. */
static gboolean
is_change (const IwDecisionWords *words)
{
  return iw_decision_words_has (words, "from") &&
         strcmp (iw_decision_words_get (words, "from"), iw_decision_words_get (words, "to")) != 0;
}

char *
iw_decision_word_stage (const IwDecisionWords *words)
{
  const char *to = iw_decision_words_label (words, "to");

  if (is_change (words))
    /* Translators: from one stage to another: "Stage changed from Detect to Assess". */
    return g_strdup_printf (_ ("Stage changed from %1$s to %2$s"),
                            iw_decision_words_label (words, "from"), to);
  /* Translators: the first stage of an incident: "Stage set to Detect". */
  return g_strdup_printf (_ ("Stage set to %s"), to);
}

char *
iw_decision_word_containment (const IwDecisionWords *words)
{
  return g_strdup (iw_decision_words_is (words, "to", "ended") ? _ ("Containment ended")
                                                               : _ ("Containment started"));
}

char *
iw_decision_word_detection (const IwDecisionWords *words)
{
  const char *source = iw_decision_words_label (words, "to");

  if (iw_form_field_is_wanted (iw_form_kind_field (words->kind, "referred_to"), words->get,
                               words->source) &&
      iw_decision_words_has (words, "referred_to"))
    /* Translators: how it was detected (%1$s) and the team (%2$s) that deals with it: "Detected
     * (Customer Report) and referred to the customer". */
    return g_strdup_printf (_ ("Detected (%1$s) and referred to %2$s"), source,
                            iw_decision_words_get (words, "referred_to"));
  /* Translators: how it was detected: "Detected (Customer Report)". */
  return g_strdup_printf (_ ("Detected (%s)"), source);
}

char *
iw_decision_word_assessment (const IwDecisionWords *words)
{
  return g_strdup (iw_decision_words_is (words, "to", "escalate")
                       ? _ ("Assessed, to be escalated")
                       : _ ("Assessed, not to be escalated"));
}

char *
iw_decision_word_classification (const IwDecisionWords *words)
{
  const char *to = iw_decision_words_label (words, "to");

  if (is_change (words))
    /* Translators: "Classification changed from Security Incident to Privacy Incident". */
    return g_strdup_printf (_ ("Classification changed from %1$s to %2$s"),
                            iw_decision_words_label (words, "from"), to);
  /* Translators: the first classification: "Classified as Security Incident". */
  return g_strdup_printf (_ ("Classified as %s"), to);
}

char *
iw_decision_word_declaration (const IwDecisionWords *words)
{
  const char *who = iw_decision_words_get (words, "declared_by");

  if (iw_decision_words_has (words, "declared_by"))
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("Declared a customer-reportable incident by %s"), who);
  return g_strdup (_ ("Declared a customer-reportable incident"));
}

char *
iw_decision_word_impact (const IwDecisionWords *words)
{
  /* Translators: four values of an impact assessment, such as "High" or "Privacy Breach". */
  return g_strdup_printf (
      _ ("Impact assessed as functional %1$s, information %2$s, "
         "recoverability %3$s, risk to customer data %4$s"),
      iw_decision_words_label (words, "functional"), iw_decision_words_label (words, "information"),
      iw_decision_words_label (words, "recoverability"), iw_decision_words_label (words, "risk"));
}

char *
iw_decision_word_severity (const IwDecisionWords *words)
{
  const char *to = iw_decision_words_label (words, "to");

  if (is_change (words))
    /* Translators: from one severity to another: "Severity changed from Medium to High". */
    return g_strdup_printf (_ ("Severity changed from %1$s to %2$s"),
                            iw_decision_words_label (words, "from"), to);
  /* Translators: the first severity of an incident: "Severity set to High". */
  return g_strdup_printf (_ ("Severity set to %s"), to);
}

char *
iw_decision_word_priority (const IwDecisionWords *words)
{
  const char *to = iw_decision_words_label (words, "to");

  if (is_change (words))
    /* Translators: from one priority to another: "Priority changed from P3 to P1". */
    return g_strdup_printf (_ ("Priority changed from %1$s to %2$s"),
                            iw_decision_words_label (words, "from"), to);
  /* Translators: the first priority of an incident: "Priority set to P1". */
  return g_strdup_printf (_ ("Priority set to %s"), to);
}
