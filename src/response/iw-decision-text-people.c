/* Words of decisions about people, escalations and clocks. */
#include "iw-decision-text-private.h"

#include "iw-duration.h"

#include <glib/gi18n-lib.h>

char *
iw_decision_word_role (const IwDecisionWords *words)
{
  const char *role = iw_decision_words_label (words, "role");
  /* One of several experts, or what was in force. */
  const char *left = iw_decision_words_has (words, "instead_of") ? "instead_of" : "from";
  const char *from = iw_decision_words_get (words, left);
  const char *to = iw_decision_words_get (words, "to");
  gboolean had = iw_decision_words_has (words, left);

  if (iw_decision_words_has (words, "to"))
    {
      if (had)
        /* Translators: a person (%1$s), a role (%2$s), the person who held it (%3$s). */
        return g_strdup_printf (_ ("%1$s takes over as %2$s from %3$s"), to, role, from);
      /* Translators: a person (%1$s) and a role (%2$s). */
      return g_strdup_printf (_ ("%1$s is %2$s"), to, role);
    }
  if (had)
    /* Translators: a person (%1$s) and a role (%2$s). */
    return g_strdup_printf (_ ("%1$s is no longer %2$s"), from, role);
  /* Translators: %s is a role. */
  return g_strdup_printf (_ ("Nobody is %s"), role);
}

char *
iw_decision_word_activity (const IwDecisionWords *words)
{
  const char *activity = iw_decision_words_label (words, "activity");
  const char *state = iw_decision_words_label (words, "to");

  if (iw_decision_words_has (words, "assignee"))
    /* Translators: an activity (%1$s), its state (%2$s), who has it (%3$s): "Forensics, In
     * Progress, assigned to R. Okafor". */
    return g_strdup_printf (_ ("%1$s, %2$s, assigned to %3$s"), activity, state,
                            iw_decision_words_get (words, "assignee"));
  /* Translators: an activity (%1$s) and its state (%2$s): "Forensics, Done". */
  return g_strdup_printf (C_ ("activity and state", "%1$s, %2$s"), activity, state);
}

char *
iw_decision_word_escalation (const IwDecisionWords *words)
{
  /* Translators: to whom (%1$s) and by whom (%2$s). */
  return g_strdup_printf (_ ("Escalated to %1$s by %2$s"), iw_decision_words_get (words, "to"),
                          iw_decision_words_get (words, "from"));
}

char *
iw_decision_word_acknowledgement (const IwDecisionWords *words)
{
  return g_strdup (iw_decision_words_is (words, "to", "declined") ? _ ("Escalation declined")
                                                                  : _ ("Escalation acknowledged"));
}

char *
iw_decision_word_liaison (const IwDecisionWords *words)
{
  /* Translators: a name (%1$s) and what kind of body it is (%2$s): "Work with J. Meyer (Law
   * Enforcement)". */
  return g_strdup_printf (_ ("Work with %1$s (%2$s)"), iw_decision_words_get (words, "name"),
                          iw_decision_words_label (words, "body"));
}

char *
iw_decision_word_clock (const IwDecisionWords *words)
{
  const char *name = iw_decision_words_get (words, "name");
  g_autofree char *span = NULL;
  gint64 minutes;

  if (!iw_duration_parse_stored (iw_decision_words_get (words, "duration"), &minutes))
    /* Translators: %s is the name of a clock. */
    return g_strdup_printf (_ ("Clock “%s” started"), name);
  span = iw_duration_format (minutes);
  /* Translators: the name of a clock (%1$s) and how long it runs (%2$s). */
  return g_strdup_printf (_ ("Clock “%1$s” started, for %2$s"), name, span);
}

char *
iw_decision_word_clock_end (const IwDecisionWords *words)
{
  return g_strdup (iw_decision_words_is (words, "to", "stopped") ? _ ("Clock stopped")
                                                                 : _ ("Clock met"));
}
