/* What the Overview says: what was refused and is overdue first, then what is in force, runs, is
 * known and is missing. */
#include "config.h"

#include "iw-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-gap.h"
#include "iw-words.h"

#define MAX_KNOWN 6

/* ---- overdue and missing ---- */

static void
add_gaps (GPtrArray *facts, const IwFactContext *context, IwGapWeight from, IwGapWeight to)
{
  g_autoptr (GPtrArray) gaps = iw_situation_get_gaps (context->situation);

  for (guint i = 0; i < gaps->len; i++)
    {
      const IwGap *gap = gaps->pdata[i];
      g_autofree char *key = NULL;
      IwFact *fact;

      if (gap->weight < from || gap->weight > to)
        continue;
      key = g_strdup_printf ("gap:%s:%s", gap->place, gap->subject != NULL ? gap->subject : "");
      fact =
          iw_facts_add (facts, IW_FACT_PLAIN, key, gap->text,
                        gap->weight == IW_GAP_CLOSING ? _ ("Stands in the way of closing") : NULL);
      if (gap->weight <= IW_GAP_OVERDUE)
        iw_fact_set_mark (fact, "dialog-warning-symbolic", IW_TONE_BAD);
      if (gap->weight == IW_GAP_REFUSED)
        iw_fact_set_action (fact, "win.sync-parked", NULL);
      else
        iw_fact_set_goto (fact, gap->place);
    }
}

void
iw_facts_held_back (GPtrArray *facts, const IwFactContext *context)
{
  add_gaps (facts, context, IW_GAP_REFUSED, IW_GAP_REFUSED);
}

void
iw_facts_overdue (GPtrArray *facts, const IwFactContext *context)
{
  add_gaps (facts, context, IW_GAP_OVERDUE, IW_GAP_OVERDUE);
}

void
iw_facts_missing (GPtrArray *facts, const IwFactContext *context)
{
  add_gaps (facts, context, IW_GAP_CLOSING, IW_GAP_WANTED);
}

/* ---- in force ---- */

static void
add_stage (GPtrArray *facts, const IwFactContext *context, const IwIncidentState *state)
{
  gint64 since = iw_words_stage_since (state);
  g_autofree char *span = iw_facts_for (since, context->now);
  g_autofree char *when = iw_words_time (since, context->zone);
  g_autofree char *note = NULL;
  g_autofree char *words =
      since != 0 ? g_strdup_printf (_ ("%1$s, %2$s"), iw_stage_label (state->stage), span)
                 : g_strdup (iw_stage_label (state->stage));
  IwFact *fact = iw_facts_take (
      facts, IW_FACT_PROPERTY, "stage", _ ("Stage"),
      iw_facts_lines (words, state->containing ? _ ("Containment runs beside it") : ""));

  if (since != 0)
    /* Translators: %s is a time. */
    note = g_strdup_printf (_ ("Since %s"), when);
  iw_fact_set_note (fact, note);
  iw_fact_set_goto (fact, "response");
}

static void
add_weight (GPtrArray *facts, const IwIncidentState *state)
{
  const char *rule = iw_words_field (state->impact, "rule");
  GString *words = g_string_new (NULL);
  IwFact *fact;

  if (state->priority != IW_PRIORITY_UNSET)
    /* Translators: a severity and a priority: "High, P1". */
    g_string_append_printf (words, C_ ("severity and priority", "%1$s, %2$s"),
                            iw_severity_label (state->severity),
                            iw_priority_label (state->priority));
  else
    g_string_append (words, iw_severity_label (state->severity));
  if (state->urgent)
    g_string_append_printf (words, "\n%s", _ ("Risk to customer data: work around the clock"));
  fact = iw_facts_take (facts, IW_FACT_PROPERTY, "severity", _ ("Severity and Priority"),
                        g_string_free_and_steal (words));
  iw_fact_set_note (fact, rule);
  if (state->urgent)
    iw_fact_set_mark (fact, "iw-around-the-clock-symbolic", IW_TONE_BAD);
  iw_fact_set_goto (fact, "impact");
}

void
iw_facts_force (GPtrArray *facts, const IwFactContext *context)
{
  const IwIncidentState *state = iw_situation_get_state (context->situation);
  IwFact *fact;

  add_stage (facts, context, state);
  add_weight (facts, state);
  fact = iw_facts_add (facts, IW_FACT_PROPERTY, "classification", _ ("Classification"),
                       iw_classification_label (state->classification));
  if (state->classified != NULL)
    iw_facts_set_decided (fact, context, state->classified);
  iw_fact_set_goto (fact, "classification");
  if (state->detection == NULL)
    return;
  fact = iw_facts_add (facts, IW_FACT_PROPERTY, "source", _ ("Source"),
                       iw_words_entry_choice (state->detection, "detection", "to"));
  iw_fact_set_goto (fact, "detection");
}

/* ---- what runs ---- */

void
iw_facts_running (GPtrArray *facts, const IwFactContext *context)
{
  GPtrArray *clocks = iw_situation_get_clocks (context->situation);
  GPtrArray *escalations = iw_situation_get_escalations (context->situation);

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];

      if (clock->state == IW_CLOCK_RUNNING && clock->kind != IW_CLOCK_ACKNOWLEDGEMENT)
        iw_fact_set_goto (iw_facts_add_clock (facts, context, clock), "clocks");
    }
  for (guint i = 0; i < escalations->len; i++)
    {
      const IwEscalation *escalation = escalations->pdata[i];

      if (escalation->acknowledged == 0)
        iw_fact_set_goto (iw_facts_add_escalation (facts, context, escalation), "escalations");
    }
}

/* ---- what is known ---- */

static int
compare_latest (gconstpointer a, gconstpointer b)
{
  IwEntry *one = *(IwEntry *const *)a;
  IwEntry *two = *(IwEntry *const *)b;
  gint64 t1 = iw_entry_get_sort_time (one);
  gint64 t2 = iw_entry_get_sort_time (two);

  if (t1 != t2)
    return t1 < t2 ? 1 : -1;
  return g_strcmp0 (iw_entry_get_id (two), iw_entry_get_id (one));
}

void
iw_facts_known (GPtrArray *facts, const IwFactContext *context)
{
  GPtrArray *entries = iw_situation_get_entries (context->situation);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    if (iw_entry_get_key (entries->pdata[i]))
      g_ptr_array_add (keys, entries->pdata[i]);
  g_ptr_array_sort (keys, compare_latest);
  for (guint i = 0; i < keys->len && i < MAX_KNOWN; i++)
    {
      IwEntry *entry = keys->pdata[i];
      g_autofree char *line = iw_words_first_line (entry);
      IwFact *fact = iw_facts_take (facts, IW_FACT_PLAIN, iw_entry_get_id (entry), line,
                                    iw_words_when_who (entry, context->zone));

      if (iw_entry_get_id (entry) != NULL)
        iw_fact_set_goto (fact, iw_entry_get_id (entry));
    }
  if (keys->len > MAX_KNOWN)
    {
      guint more = keys->len - MAX_KNOWN;
      g_autofree char *title =
          g_strdup_printf (ngettext ("%u More Key Event", "%u More Key Events", more), more);

      iw_fact_set_goto (iw_facts_add (facts, IW_FACT_PLAIN, "more-known", title, NULL), "timeline");
    }
}

/* ---- people and counts ---- */

void
iw_facts_held_roles (GPtrArray *facts, const IwFactContext *context)
{
  const IwFormField *field = iw_form_kind_field (iw_form_kind_find ("role"), "role");
  guint unfilled = 0;
  IwFact *fact;

  for (const IwChoice *choice = field->choices; choice->value != NULL; choice++)
    {
      g_autofree char *people = iw_situation_name_holders (context->situation, choice->value);

      if (*people != '\0')
        iw_facts_add (facts, IW_FACT_PROPERTY, choice->value,
                      iw_form_field_choice_label (field, choice->value), people);
      else
        unfilled++;
    }
  if (unfilled == 0)
    return;
  fact = iw_facts_take (
      facts, IW_FACT_PLAIN, "unfilled", facts->len > 0 ? _ ("Other Roles") : _ ("Roles"),
      g_strdup_printf (ngettext ("%u is not filled", "%u are not filled", unfilled), unfilled));
  iw_fact_set_goto (fact, "roles");
}

static void
add_count (GPtrArray *facts,
           const IwFactContext *context,
           const char *type,
           const char *title,
           const char *place)
{
  g_autoptr (GPtrArray) documents = iw_situation_get_documents (context->situation, type);

  iw_fact_set_goto (iw_facts_take (facts, IW_FACT_PROPERTY, place, title,
                                   documents->len > 0 ? g_strdup_printf ("%'u", documents->len)
                                                      : g_strdup (C_ ("count", "None"))),
                    place);
}

void
iw_facts_counts (GPtrArray *facts, const IwFactContext *context)
{
  g_autoptr (GPtrArray) work = iw_facts_new ();

  for (IwScopeKind kind = 0; kind < IW_N_SCOPE_KINDS; kind++)
    {
      g_autofree char *words = iw_words_scope (context->situation, kind);
      g_autofree char *key = g_strdup_printf ("scope-%d", kind);

      if (*words != '\0')
        iw_fact_set_goto (
            iw_facts_add (facts, IW_FACT_PROPERTY, key, iw_scope_kind_label (kind), words),
            "scope");
    }
  if (facts->len == 0)
    iw_fact_set_goto (
        iw_facts_add (facts, IW_FACT_PROPERTY, "scope", _ ("Affected"), _ ("Nothing recorded")),
        "scope");
  iw_facts_work (work, context);
  while (work->len > 0)
    g_ptr_array_add (facts, g_ptr_array_steal_index (work, 0));
  add_count (facts, context, "evidence", _ ("Evidence Files"), "evidence");
  add_count (facts, context, "indicator", _ ("Indicators"), "indicators");
}
