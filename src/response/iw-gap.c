/* What is overdue, and what stands in the way of closing. */
#include "iw-gap-private.h"

#include "iw-response-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
iw_gap_free (IwGap *gap)
{
  if (gap == NULL)
    return;
  g_free (gap->subject);
  g_free (gap->text);
  g_free (gap);
}

static IwGap *
add (IwGapFinder *f, IwGapWeight weight, const char *place, const char *subject, char *text)
{
  IwGap *gap = g_new0 (IwGap, 1);

  gap->weight = weight;
  gap->place = place;
  gap->subject = g_strdup (subject);
  gap->text = text;
  gap->closing = weight == IW_GAP_CLOSING;
  g_ptr_array_add (f->gaps, gap);
  return gap;
}

void
iw_gap_add (IwGapFinder *f, IwGapWeight weight, const char *place, const char *subject, char *text)
{
  add (f, weight, place, subject, text);
}

/* ---- questions ---- */

gboolean
iw_gap_task_is_open (IwGapFinder *f, IwDocument *task)
{
  const char *state = iw_situation_get_task_state (f->situation, iw_document_get_id (task), NULL);

  return !g_str_equal (state, "done") && !g_str_equal (state, "dropped");
}

gboolean
iw_gap_has_phase (IwDocument *task, const char *phase)
{
  return g_str_equal (iw_document_get_text (task, "phase"), phase);
}

gboolean
iw_gap_task_blocks (IwDocument *task)
{
  return iw_situation_task_is_emergency (task) || iw_gap_has_phase (task, "containment") ||
         iw_gap_has_phase (task, "eradication") || iw_gap_has_phase (task, "recovery");
}

gboolean
iw_gap_has_notice (IwGapFinder *f, IwAudience audience, int status)
{
  g_autoptr (GPtrArray) notices = iw_situation_get_documents (f->situation, "notice");

  for (guint i = 0; i < notices->len; i++)
    {
      const IwNoticeState *state =
          iw_situation_get_notice (f->situation, iw_document_get_id (notices->pdata[i]));

      if (state->audience == audience && (status < 0 || (int)state->status == status))
        return TRUE;
    }
  return FALSE;
}

/* Customers of a reportable incident who wait for their notice, which is not deferred either. */
static gboolean
awaits_notice (IwGapFinder *f, const IwClock *clock)
{
  return clock->kind == IW_CLOCK_CUSTOMER_NOTICE && clock->state == IW_CLOCK_RUNNING &&
         !iw_gap_has_notice (f, IW_AUDIENCE_CUSTOMERS, IW_NOTICE_DEFERRED);
}

static gboolean
clock_blocks (IwGapFinder *f, const IwClock *clock)
{
  return awaits_notice (f, clock) ||
         (clock->state == IW_CLOCK_RUNNING && !g_str_equal (clock->ends_on, "closed") &&
          (clock->kind == IW_CLOCK_REGULATOR || clock->kind == IW_CLOCK_CONTRACT));
}

/* ---- held back ---- */

static gboolean
counts (IwDecisions *decisions, const char *docid)
{
  int index = iw_decisions_index_of (decisions, docid);

  return index >= 0 && iw_decisions_get_problem (decisions, (guint)index) == NULL &&
         iw_decisions_get_withdrawal (decisions, (guint)index) == NULL;
}

static void
find_refused (IwGapFinder *f)
{
  const char *const *docids = iw_situation_get_refused (f->situation);

  for (guint i = 0; docids[i] != NULL; i++)
    {
      g_autofree char *name = iw_situation_name (f->situation, docids[i]);

      if (counts (iw_situation_get_decisions (f->situation), docids[i]))
        add (f, IW_GAP_REFUSED, "held-back", docids[i],
             /* Translators: the beginning of what a decision says. */
             g_strdup_printf (_ ("“%s” counts here alone: the server did not take it."), name));
    }
}

/* ---- overdue ---- */

static void
add_overdue_clock (IwGapFinder *f, const IwClock *clock)
{
  g_autofree char *gap = iw_time_format_gap (f->now - clock->due);

  add (
      f, IW_GAP_OVERDUE, "clocks", clock->id,
      /* Translators: the name of a clock, a span of time: "“Customer notice” is overdue by 3 h." */
      g_strdup_printf (_ ("“%1$s” is overdue by %2$s."), clock->name, gap))
      ->closing = clock_blocks (f, clock);
}

static void
add_overdue_escalation (IwGapFinder *f, const IwEscalation *escalation)
{
  g_autofree char *gap = iw_time_format_gap (f->now - escalation->due);

  add (f, IW_GAP_OVERDUE, "escalations", escalation->id,
       /* Translators: a team or person, a span of time. */
       g_strdup_printf (_ ("%1$s has not acknowledged the escalation: overdue by %2$s."),
                        escalation->to, gap))
      ->closing = TRUE;
}

static void
add_overdue_task (IwGapFinder *f, IwDocument *task)
{
  const char *title = iw_document_get_name (task);
  g_autofree char *gap = NULL;
  IwTime due;

  if (!iw_time_parse_rfc3339 (iw_document_get_text (task, "due"), NULL, &due) ||
      iw_time_end (due) > f->now || !iw_gap_task_is_open (f, task))
    return;
  gap = iw_time_format_gap (f->now - iw_time_end (due));
  add (f, IW_GAP_OVERDUE, "plan", iw_document_get_id (task),
       /* Translators: a task, a span of time. */
       g_strdup_printf (_ ("The task “%1$s” is overdue by %2$s."), title, gap))
      ->closing = iw_gap_task_blocks (task);
}

/* A deferral holds until the time that was vetted. */
static void
add_ended_deferral (IwGapFinder *f, const IwNoticeState *notice)
{
  g_autofree char *name = NULL;
  g_autofree char *gap = NULL;
  IwTime until;

  if (notice->status != IW_NOTICE_DEFERRED ||
      !iw_time_parse_rfc3339 (iw_response_field (notice->entry, "until"), NULL, &until) ||
      iw_time_end (until) > f->now)
    return;
  name = iw_situation_name (f->situation, notice->notice);
  gap = iw_time_format_gap (f->now - iw_time_end (until));
  add (f, IW_GAP_OVERDUE, "notices", notice->notice,
       /* Translators: a notice, a span of time. */
       g_strdup_printf (_ ("The deferral of “%1$s” ended %2$s ago."), name, gap))
      ->closing = TRUE;
}

void
iw_gap_find_overdue (IwGapFinder *f)
{
  GPtrArray *escalations = iw_situation_get_escalations (f->situation);
  GPtrArray *clocks = iw_situation_get_clocks (f->situation);
  GPtrArray *notices = iw_situation_get_notices (f->situation);
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (f->situation);

  for (guint i = 0; i < escalations->len; i++)
    if (iw_escalation_is_overdue (escalations->pdata[i], f->now))
      add_overdue_escalation (f, escalations->pdata[i]);
  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];

      if (clock->kind != IW_CLOCK_ACKNOWLEDGEMENT && iw_clock_is_overdue (clock, f->now))
        add_overdue_clock (f, clock);
    }
  for (guint i = 0; i < notices->len; i++)
    add_ended_deferral (f, notices->pdata[i]);
  for (guint i = 0; i < plan->len; i++)
    add_overdue_task (f, plan->pdata[i]);
}

/* ---- closing ---- */

static void
find_closing_clocks (IwGapFinder *f)
{
  GPtrArray *clocks = iw_situation_get_clocks (f->situation);

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];

      if (!clock_blocks (f, clock) || iw_clock_is_overdue (clock, f->now))
        continue;
      if (clock->kind == IW_CLOCK_CUSTOMER_NOTICE)
        add (f, IW_GAP_CLOSING, "notices", clock->id,
             g_strdup (_ ("Customers have not been notified, and no notice is deferred.")));
      else
        /* Translators: the name of a clock. */
        add (f, IW_GAP_CLOSING, "clocks", clock->id,
             g_strdup_printf (_ ("The clock “%s” still runs."), clock->name));
    }
}

static void
find_closing_escalations (IwGapFinder *f)
{
  GPtrArray *escalations = iw_situation_get_escalations (f->situation);

  for (guint i = 0; i < escalations->len; i++)
    {
      const IwEscalation *escalation = escalations->pdata[i];

      if (escalation->acknowledged == 0 && !iw_escalation_is_overdue (escalation, f->now))
        add (f, IW_GAP_CLOSING, "escalations", escalation->id,
             /* Translators: a team or person. */
             g_strdup_printf (_ ("%s has not acknowledged the escalation."), escalation->to));
    }
}

static gboolean
is_listed (IwGapFinder *f, const char *subject)
{
  for (guint i = 0; i < f->gaps->len; i++)
    if (g_strcmp0 (((IwGap *)f->gaps->pdata[i])->subject, subject) == 0)
      return TRUE;
  return FALSE;
}

static void
find_closing_tasks (IwGapFinder *f)
{
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (f->situation);
  gboolean follows_up = FALSE;

  for (guint i = 0; i < plan->len; i++)
    {
      IwDocument *task = plan->pdata[i];

      follows_up |= iw_gap_has_phase (task, "follow-up");
      if (iw_gap_task_blocks (task) && iw_gap_task_is_open (f, task) &&
          !is_listed (f, iw_document_get_id (task)))
        add (f, IW_GAP_CLOSING, "plan", iw_document_get_id (task),
             /* Translators: a task. */
             g_strdup_printf (_ ("The task “%s” is not done."), iw_document_get_name (task)));
    }
  if (f->state->classification == IW_CLASSIFICATION_FALSE_POSITIVE && !follows_up)
    add (f, IW_GAP_CLOSING, "plan", NULL,
         g_strdup (_ ("No follow-up that tunes the detection is planned.")));
}

void
iw_gap_find_closing (IwGapFinder *f)
{
  if (f->state->classification == IW_CLASSIFICATION_UNSET)
    add (f, IW_GAP_CLOSING, "classification", NULL,
         g_strdup (_ ("The incident is not classified.")));
  if (f->state->containing)
    add (f, IW_GAP_CLOSING, "plan", NULL, g_strdup (_ ("Containment is still running.")));
  find_closing_escalations (f);
  find_closing_clocks (f);
  find_closing_tasks (f);
}

/* ---- all ---- */

static guint
place_order (const char *place)
{
  static const char *const places[] = { "held-back", "detection", "assessment",  "classification",
                                        "impact",    "roles",     "escalations", "clocks",
                                        "notices",   "scope",     "evidence",    "indicators",
                                        "plan",      "board",     "timeline" };
  guint i = 0;

  while (i < G_N_ELEMENTS (places) && !g_str_equal (places[i], place))
    i++;
  return i;
}

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  const IwGap *left = *(IwGap *const *)a, *right = *(IwGap *const *)b;
  int order = iw_response_compare (left->weight, right->weight);

  return order != 0 ? order
                    : iw_response_compare (place_order (left->place), place_order (right->place));
}

GPtrArray *
iw_situation_get_gaps (IwSituation *situation)
{
  GPtrArray *gaps = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_gap_free);
  IwGapFinder f;

  g_return_val_if_fail (situation != NULL, gaps);

  f = (IwGapFinder){ situation, iw_situation_get_state (situation),
                     iw_situation_get_now (situation), gaps };
  find_refused (&f);
  iw_gap_find_overdue (&f);
  iw_gap_find_closing (&f);
  if (f.state->stage != IW_STAGE_CLOSED)
    iw_gap_find_wanted (&f);
  /* The sort is stable: within a place they stay in the order they were found. */
  g_ptr_array_sort (gaps, compare_gaps);
  return gaps;
}
