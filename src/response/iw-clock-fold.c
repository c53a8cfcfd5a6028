/* Which clocks ran, and how each ended. */
#include "iw-clock.h"

#include "iw-duration.h"
#include "iw-escalation.h"
#include "iw-incident.h"
#include "iw-notice.h"
#include "iw-response-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  IwDecisions *decisions;
  GPtrArray *notices;
  IwIncidentState *state;
  GPtrArray *clocks;
} Folding;

static IwClock *
add_clock (Folding *f, IwEntry *entry, IwClockKind kind, const char *name, const char *ends_on)
{
  IwClock *clock = g_new0 (IwClock, 1);

  clock->id = g_strdup (iw_response_id (entry));
  clock->kind = kind;
  clock->name = g_strdup (*name != '\0' ? name : iw_clock_kind_label (kind));
  clock->ends_on = g_strdup (ends_on);
  clock->why = g_strdup ("");
  g_ptr_array_add (f->clocks, clock);
  return clock;
}

static void
end_clock (IwClock *clock, IwClockState state, gint64 time, const char *why)
{
  clock->state = state;
  clock->ended = time != 0 ? time : 1; /* 0 says that it runs */
  g_set_str (&clock->why, why);
}

/* ---- what ends a clock ---- */

/* The first instant at or after @start; 0 if there is none. */
static void
note_earliest (gint64 *earliest, gint64 time, gint64 start)
{
  if (time >= start && (*earliest == 0 || time < *earliest))
    *earliest = time;
}

static gint64
first_notice (Folding *f, IwAudience audience, gint64 start)
{
  gint64 earliest = 0;

  for (guint i = 0; f->notices != NULL && i < f->notices->len; i++)
    {
      const IwNoticeState *notice = g_ptr_array_index (f->notices, i);

      if (notice->first_sent != 0 && notice->audience == audience)
        note_earliest (&earliest, notice->first_sent, start);
    }
  return earliest;
}

static gint64
first_contained (Folding *f, gint64 start)
{
  gint64 earliest = 0;

  for (guint i = 0; i < f->state->containment->len; i++)
    {
      const IwSpan *span = &g_array_index (f->state->containment, IwSpan, i);

      if (span->end != G_MAXINT64)
        note_earliest (&earliest, span->end, start);
    }
  return earliest;
}

static gint64
first_closed (Folding *f, gint64 start)
{
  gint64 earliest = 0;

  for (guint i = 0; i < f->state->bands->len; i++)
    {
      const IwStageBand *band = &g_array_index (f->state->bands, IwStageBand, i);

      if (band->stage == IW_STAGE_CLOSED)
        note_earliest (&earliest, band->start, start);
    }
  return earliest;
}

/* When what it waits for came; 0 if it did not. */
static gint64
find_event (Folding *f, const IwClock *clock, const char **why)
{
  if (g_str_equal (clock->ends_on, "notice-sent"))
    {
      *why = _ ("A notice to customers was sent");
      return first_notice (f, IW_AUDIENCE_CUSTOMERS, clock->start);
    }
  if (g_str_equal (clock->ends_on, "regulator-notice-sent"))
    {
      *why = _ ("A notice to the regulator was sent");
      return first_notice (f, IW_AUDIENCE_REGULATOR, clock->start);
    }
  if (g_str_equal (clock->ends_on, "contained"))
    {
      *why = _ ("Containment ended");
      return first_contained (f, clock->start);
    }
  if (g_str_equal (clock->ends_on, "closed"))
    {
      *why = _ ("The incident was closed");
      return first_closed (f, clock->start);
    }
  return 0;
}

/* A person's word overrules whatever else there is. */
static gboolean
end_by_hand (Folding *f, IwClock *clock)
{
  IwEntry *entry = iw_decisions_last (f->decisions, IW_ENTRY_CLOCK_END, clock->id);
  gboolean met = entry != NULL && g_str_equal (iw_response_field (entry, "to"), "met");
  const char *why = entry != NULL ? iw_response_field (entry, "why") : "";

  if (entry == NULL)
    return FALSE;
  end_clock (clock, met ? IW_CLOCK_MET : IW_CLOCK_STOPPED, iw_decision_time (entry),
             *why != '\0' ? why : _ ("Ended by hand"));
  return TRUE;
}

static void
settle (Folding *f, IwClock *clock)
{
  const char *why = "";
  gint64 event;

  if (end_by_hand (f, clock))
    return;
  event = find_event (f, clock, &why);
  if (event != 0)
    end_clock (clock, IW_CLOCK_MET, event, why);
}

/* One whose entry was withdrawn ran until then. */
static gboolean
end_if_withdrawn (Folding *f, IwClock *clock, guint index)
{
  IwEntry *withdrawal = iw_decisions_get_withdrawal (f->decisions, index);

  if (withdrawal == NULL)
    return FALSE;
  end_clock (clock, IW_CLOCK_STOPPED, iw_decision_time (withdrawal),
             iw_decisions_get_problem (f->decisions, index));
  return TRUE;
}

/* ---- the customer notice ---- */

static IwClock *
start_customer_notice (Folding *f, guint index)
{
  IwClock *clock = add_clock (f, iw_decisions_get (f->decisions, index), IW_CLOCK_CUSTOMER_NOTICE,
                              _ ("Customer notice"), "notice-sent");

  clock->start = iw_decisions_get_time (f->decisions, index);
  clock->due = iw_response_add_minutes (clock->start, IW_CUSTOMER_NOTICE_HOURS * 60);
  return clock;
}

static gboolean
runs_at (const IwClock *clock, gint64 time)
{
  return clock != NULL && (clock->state == IW_CLOCK_RUNNING || clock->ended > time);
}

/* Stops the clock of the declaration that another classification follows. A person's word on that
 * clock still holds. */
static void
stop_by_reclassifying (Folding *f, IwClock *clock, IwClassification to, gint64 time)
{
  g_autofree char *why = NULL;

  if (!runs_at (clock, time) ||
      iw_decisions_last (f->decisions, IW_ENTRY_CLOCK_END, clock->id) != NULL)
    return;
  /* Translators: why a clock stopped: "Classified as Security Incident". */
  why = g_strdup_printf (_ ("Classified as %s"), iw_classification_label (to));
  end_clock (clock, IW_CLOCK_STOPPED, time, why);
}

/* @current: the clock of the declaration in force; NULL if none is. */
static void
follow_classification (Folding *f, guint index, IwClock **current)
{
  IwEntry *entry = iw_decisions_get (f->decisions, index);
  gint64 time = iw_decisions_get_time (f->decisions, index);
  gboolean counts = iw_decisions_get_problem (f->decisions, index) == NULL;
  IwClassification to = IW_CLASSIFICATION_UNSET;
  IwClock *started;

  if (!counts && iw_decisions_get_withdrawal (f->decisions, index) == NULL)
    return;
  if (!iw_classification_from_string (iw_response_field (entry, "to"), &to) ||
      to == IW_CLASSIFICATION_UNSET)
    return;
  if (to == IW_CLASSIFICATION_CRSI && !runs_at (*current, time))
    {
      started = start_customer_notice (f, index);
      if (end_if_withdrawn (f, started, index))
        return;
      settle (f, started);
      *current = started;
    }
  else if (to != IW_CLASSIFICATION_CRSI && counts)
    {
      stop_by_reclassifying (f, *current, to, time);
      *current = NULL;
    }
}

/* ---- the others ---- */

static void
start_set_clock (Folding *f, guint index)
{
  IwEntry *entry = iw_decisions_get (f->decisions, index);
  IwClockKind kind = IW_CLOCK_FREE;
  gint64 minutes = 0;
  IwTime start;
  IwClock *clock;

  iw_clock_kind_from_string (iw_response_field (entry, "clock_kind"), &kind);
  iw_duration_parse_stored (iw_response_field (entry, "duration"), &minutes);
  clock = add_clock (f, entry, kind, iw_response_field (entry, "name"),
                     iw_response_field (entry, "ends_on"));
  clock->start = iw_time_parse_rfc3339 (iw_response_field (entry, "start"), NULL, &start)
                     ? start.us
                     : iw_decisions_get_time (f->decisions, index);
  clock->due = iw_response_add_minutes (clock->start, minutes);
  if (!end_if_withdrawn (f, clock, index))
    settle (f, clock);
}

static char *
answer_words (const IwEscalation *escalation)
{
  if (*escalation->acknowledged_by == '\0')
    return g_strdup (escalation->accepted ? _ ("Acknowledged") : _ ("Declined"));
  if (escalation->accepted)
    /* Translators: a person: "Acknowledged by M. Ito". */
    return g_strdup_printf (_ ("Acknowledged by %s"), escalation->acknowledged_by);
  /* Translators: a person: "Declined by M. Ito". */
  return g_strdup_printf (_ ("Declined by %s"), escalation->acknowledged_by);
}

static void
start_acknowledgement (Folding *f, const IwEscalation *escalation)
{
  /* Translators: the name of a clock; a team or person: "Acknowledgement by Legal". */
  g_autofree char *name = g_strdup_printf (_ ("Acknowledgement by %s"), escalation->to);
  g_autofree char *why = NULL;
  IwClock *clock = add_clock (f, escalation->entry, IW_CLOCK_ACKNOWLEDGEMENT, name, "acknowledged");

  clock->start = escalation->asked;
  clock->due = escalation->due;
  if (end_by_hand (f, clock) || escalation->acknowledged == 0)
    return;
  why = answer_words (escalation);
  end_clock (clock, IW_CLOCK_MET, escalation->acknowledged, why);
}

static int
compare_clocks (gconstpointer a, gconstpointer b)
{
  const IwClock *left = *(IwClock *const *)a, *right = *(IwClock *const *)b;
  int order = iw_response_compare (left->due, right->due);

  if (order == 0)
    order = iw_response_compare (left->start, right->start);
  return order != 0 ? order : g_strcmp0 (left->id, right->id);
}

static void
fold_decisions (Folding *f)
{
  IwClock *current = NULL;

  for (guint i = 0; i < iw_decisions_get_n (f->decisions); i++)
    {
      IwEntryKind kind = iw_entry_get_kind (iw_decisions_get (f->decisions, i));

      if (kind == IW_ENTRY_CLASSIFICATION)
        follow_classification (f, i, &current);
      else if (kind == IW_ENTRY_CLOCK && (iw_decisions_get_problem (f->decisions, i) == NULL ||
                                          iw_decisions_get_withdrawal (f->decisions, i) != NULL))
        start_set_clock (f, i);
    }
}

GPtrArray *
iw_clocks_fold (IwDecisions *decisions, GPtrArray *notices)
{
  GPtrArray *clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_clock_free);
  g_autoptr (IwIncidentState) state = NULL;
  g_autoptr (GPtrArray) escalations = NULL;
  Folding f;

  g_return_val_if_fail (decisions != NULL, clocks);

  state = iw_incident_fold (decisions);
  escalations = iw_escalations_fold (decisions);
  f = (Folding){ decisions, notices, state, clocks };
  fold_decisions (&f);
  for (guint i = 0; i < escalations->len; i++)
    start_acknowledgement (&f, g_ptr_array_index (escalations, i));
  g_ptr_array_sort (clocks, compare_clocks);
  return clocks;
}
