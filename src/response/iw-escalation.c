#include "iw-escalation.h"

#include "iw-duration.h"
#include "iw-response-private.h"

#include <glib/gi18n-lib.h>

/* What the form proposes; for an entry that says nothing readable. */
#define DEFAULT_DUE_MINUTES 30

void
iw_escalation_free (IwEscalation *escalation)
{
  if (escalation == NULL)
    return;
  g_clear_object (&escalation->entry);
  g_free (escalation->id);
  g_free (escalation->from);
  g_free (escalation->to);
  g_free (escalation->why);
  g_free (escalation->ask);
  g_free (escalation->acknowledged_by);
  g_free (escalation);
}

/* The instant that was written down then, else so long after it was asked. */
static gint64
due_of (IwEntry *entry, gint64 asked)
{
  gint64 minutes = DEFAULT_DUE_MINUTES;
  IwTime due;

  if (iw_time_parse_rfc3339 (iw_response_field (entry, "due_at"), NULL, &due))
    return due.us;
  iw_duration_parse_stored (iw_response_field (entry, "due"), &minutes);
  return iw_response_add_minutes (asked, minutes);
}

static IwEscalation *
read_escalation (IwDecisions *decisions, IwEntry *entry, gint64 asked)
{
  IwEscalation *escalation = g_new0 (IwEscalation, 1);
  guint i = 0;
  IwEntry *answer;

  escalation->entry = g_object_ref (entry);
  escalation->id = g_strdup (iw_response_id (entry));
  escalation->from = g_strdup (iw_response_field (entry, "from"));
  escalation->to = g_strdup (iw_response_field (entry, "to"));
  escalation->why = g_strdup (iw_response_field (entry, "why"));
  escalation->ask = g_strdup (iw_response_field (entry, "ask"));
  escalation->asked = asked;
  escalation->due = due_of (entry, asked);
  answer = iw_decisions_next (decisions, &i, IW_ENTRY_ACKNOWLEDGEMENT, escalation->id);
  escalation->acknowledged_by = g_strdup (answer != NULL ? iw_entry_get_actor (answer) : "");
  if (answer != NULL)
    {
      /* Whoever writes an answer down cannot have had it before it was asked for. */
      escalation->acknowledged = MAX (iw_decisions_get_time (decisions, i - 1), asked);
      escalation->accepted = g_str_equal (iw_response_field (answer, "to"), "accepted");
    }
  return escalation;
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const IwEscalation *left = *(IwEscalation *const *)a, *right = *(IwEscalation *const *)b;
  int order = iw_response_compare (left->due, right->due);

  if (order == 0)
    order = iw_response_compare (left->asked, right->asked);
  return order != 0 ? order : g_strcmp0 (left->id, right->id);
}

GPtrArray *
iw_escalations_fold (IwDecisions *decisions)
{
  GPtrArray *escalations = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_escalation_free);
  IwEntry *entry;

  g_return_val_if_fail (decisions != NULL, escalations);

  for (guint i = 0; (entry = iw_decisions_next (decisions, &i, IW_ENTRY_ESCALATION, NULL)) != NULL;)
    g_ptr_array_add (escalations,
                     read_escalation (decisions, entry, iw_decisions_get_time (decisions, i - 1)));
  g_ptr_array_sort (escalations, compare_due);
  return escalations;
}

gboolean
iw_escalation_is_overdue (const IwEscalation *escalation, gint64 now)
{
  g_return_val_if_fail (escalation != NULL, FALSE);

  return escalation->acknowledged == 0 && now > escalation->due;
}

gboolean
iw_escalation_was_late (const IwEscalation *escalation)
{
  g_return_val_if_fail (escalation != NULL, FALSE);

  return escalation->acknowledged != 0 && escalation->acknowledged > escalation->due;
}

static char *
open_words (const IwEscalation *escalation, gint64 now)
{
  gboolean overdue = iw_escalation_is_overdue (escalation, now);
  g_autofree char *gap =
      iw_time_format_gap (overdue ? now - escalation->due : escalation->due - now);

  if (overdue)
    /* Translators: a span of time: "Overdue by 1 h". */
    return g_strdup_printf (_ ("Overdue by %s"), gap);
  /* Translators: a span of time: "Due in 12 min". */
  return g_strdup_printf (_ ("Due in %s"), gap);
}

/* Each a sentence of its own, since languages order these parts as they please. */
static char *
answered_words (const char *by, gboolean accepted, gboolean late, const char *gap)
{
  if (*by == '\0' && accepted)
    return late
               /* Translators: a span of time: "Acknowledged 20 min late". */
               ? g_strdup_printf (_ ("Acknowledged %s late"), gap)
               /* Translators: a span of time: "Acknowledged after 8 min". */
               : g_strdup_printf (_ ("Acknowledged after %s"), gap);
  if (*by == '\0')
    return late ? g_strdup_printf (_ ("Declined %s late"), gap)
                : g_strdup_printf (_ ("Declined after %s"), gap);
  if (accepted)
    return late
               /* Translators: a person and a span of time: "Acknowledged by M. Ito 20 min late". */
               ? g_strdup_printf (_ ("Acknowledged by %1$s %2$s late"), by, gap)
               /* Translators: a person and a span of time: "Acknowledged by M. Ito after 8 min". */
               : g_strdup_printf (_ ("Acknowledged by %1$s after %2$s"), by, gap);
  return late ? g_strdup_printf (_ ("Declined by %1$s %2$s late"), by, gap)
              : g_strdup_printf (_ ("Declined by %1$s after %2$s"), by, gap);
}

char *
iw_escalation_words (const IwEscalation *escalation, gint64 now)
{
  gboolean late;
  g_autofree char *gap = NULL;

  g_return_val_if_fail (escalation != NULL, NULL);

  if (escalation->acknowledged == 0)
    return open_words (escalation, now);
  late = iw_escalation_was_late (escalation);
  gap =
      iw_time_format_gap (escalation->acknowledged - (late ? escalation->due : escalation->asked));
  return answered_words (escalation->acknowledged_by, escalation->accepted, late, gap);
}
