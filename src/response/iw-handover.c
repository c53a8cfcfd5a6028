#include "iw-handover.h"

#include <glib/gi18n-lib.h>

#include "iw-gap.h"
#include "iw-words.h"

typedef struct
{
  IwSituation *situation;
  GTimeZone *zone;
  gint64 now;
  GString *text;
} Handover;

static void
begin (Handover *h, const char *heading)
{
  g_string_append_printf (h->text, "\n## %s\n\n", heading);
}

/* What people wrote may have lines of its own: an item is one line. */
static void
item (Handover *h, const char *text)
{
  g_autofree char *line = g_strdup (text);

  g_strdelimit (line, "\r\n\t", ' ');
  g_strstrip (line);
  g_string_append_printf (h->text, "- %s\n", line);
}

G_GNUC_PRINTF (2, 3)
static void
itemf (Handover *h, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  item (h, line);
}

/* ---- the parts ---- */

static void
add_stage (Handover *h, const IwIncidentState *state)
{
  gint64 since = iw_words_stage_since (state);
  g_autofree char *when = iw_words_time (since, h->zone);

  if (since == 0)
    item (h, iw_stage_label (state->stage));
  else
    /* Translators: a stage of the incident, and since when: "Diagnose since 3 Nov 2026 03:06". */
    itemf (h, _ ("%1$s since %2$s"), iw_stage_label (state->stage), when);
  if (state->containing)
    item (h, _ ("Containment runs"));
}

static void
add_weight (Handover *h, const IwIncidentState *state)
{
  IwEntry *impact = state->impact;
  const char *rule = iw_words_field (impact, "rule");

  if (state->severity == IW_SEVERITY_UNSET && state->priority == IW_PRIORITY_UNSET)
    item (h, _ ("Severity and priority are not decided"));
  else if (state->priority == IW_PRIORITY_UNSET)
    /* Translators: %s is a severity. */
    itemf (h, _ ("Severity %s"), iw_severity_label (state->severity));
  else
    /* Translators: a severity and a priority: "Severity High, priority P1". */
    itemf (h, _ ("Severity %1$s, priority %2$s"), iw_severity_label (state->severity),
           iw_priority_label (state->priority));
  if (*rule != '\0')
    item (h, rule);
  if (state->urgent)
    item (h, _ ("Risk to customer data: worked on around the clock"));
}

static void
add_state (Handover *h)
{
  const IwIncidentState *state = iw_situation_get_state (h->situation);

  begin (h, _ ("In Force"));
  add_stage (h, state);
  add_weight (h, state);
  item (h, state->classification == IW_CLASSIFICATION_UNSET
               ? _ ("Not classified")
               : iw_classification_label (state->classification));
  if (state->detection != NULL)
    /* Translators: %s is how the incident was detected: "Customer Report". */
    itemf (h, _ ("Detected by: %s"), iw_words_entry_choice (state->detection, "detection", "to"));
}

static void
add_clocks (Handover *h)
{
  GPtrArray *clocks = iw_situation_get_clocks (h->situation);
  guint n = 0;

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];
      g_autofree char *sentence = NULL;

      /* Those are told with the escalations. */
      if (clock->state != IW_CLOCK_RUNNING || clock->kind == IW_CLOCK_ACKNOWLEDGEMENT)
        continue;
      if (n++ == 0)
        begin (h, _ ("Clocks"));
      sentence = iw_clock_sentence (clock, h->now, h->zone);
      item (h, sentence);
    }
}

static void
add_escalations (Handover *h)
{
  GPtrArray *escalations = iw_situation_get_escalations (h->situation);
  guint n = 0;

  for (guint i = 0; i < escalations->len; i++)
    {
      const IwEscalation *escalation = escalations->pdata[i];
      g_autofree char *words = NULL;

      if (escalation->acknowledged != 0)
        continue;
      if (n++ == 0)
        begin (h, _ ("Open Escalations"));
      words = iw_escalation_words (escalation, h->now);
      /* Translators: who escalated to whom, what is asked, and how that stands: "Operations to
       * Legal: vet the notice (Due in 12 min)". */
      itemf (h, _ ("%1$s to %2$s: %3$s (%4$s)"), escalation->from, escalation->to, escalation->ask,
             words);
    }
}

static gboolean
is_open_task (Handover *h, IwDocument *task)
{
  const char *state = iw_situation_get_task_state (h->situation, iw_document_get_id (task), NULL);

  return !g_str_equal (state, "done") && !g_str_equal (state, "dropped");
}

static void
add_task (Handover *h, IwDocument *task)
{
  const char *owner = iw_document_get_text (task, "owner");
  const char *state = iw_situation_get_task_state (h->situation, iw_document_get_id (task), NULL);
  g_autoptr (GString) line = g_string_new (iw_document_get_name (task));
  IwTime due;

  /* Translators: the state of a task, in brackets after its title. */
  g_string_append_printf (line, C_ ("task", " (%s)"), iw_words_choice ("task-state", "to", state));
  if (*owner != '\0')
    /* Translators: who does a task, after its title. */
    g_string_append_printf (line, C_ ("task", ", %s"), owner);
  if (iw_time_parse_rfc3339 (iw_document_get_text (task, "due"), NULL, &due))
    {
      IwTime shown = { due.us, MIN (due.precision, IW_PRECISION_MINUTE) };
      g_autofree char *when = iw_time_format (shown, h->zone, TRUE);

      /* One that is due on a day has until its end. */
      if (iw_time_end (due) <= h->now)
        /* Translators: a task is past due; %s is when it was to be done. */
        g_string_append_printf (line, _ (", overdue since %s"), when);
      else
        g_string_append_printf (line, C_ ("task", ", due %s"), when);
    }
  item (h, line->str);
}

static void
add_tasks (Handover *h)
{
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (h->situation);
  guint n = 0;

  for (guint i = 0; i < plan->len; i++)
    {
      if (!is_open_task (h, plan->pdata[i]))
        continue;
      if (n++ == 0)
        begin (h, _ ("Open Tasks"));
      add_task (h, plan->pdata[i]);
    }
}

static void
add_scope (Handover *h)
{
  guint n = 0;

  for (IwScopeKind kind = 0; kind < IW_N_SCOPE_KINDS; kind++)
    {
      g_autofree char *words = iw_words_scope (h->situation, kind);

      if (*words == '\0')
        continue;
      if (n++ == 0)
        begin (h, _ ("Affected"));
      /* Translators: a kind of what is affected and how many: "Customers: 3 confirmed". */
      itemf (h, _ ("%1$s: %2$s"), iw_scope_kind_label (kind), words);
    }
}

static void
add_roles (Handover *h)
{
  const IwFormField *field = iw_form_kind_field (iw_form_kind_find ("role"), "role");
  guint n = 0;

  for (const IwChoice *choice = field->choices; choice->value != NULL; choice++)
    {
      g_autofree char *people = iw_situation_name_holders (h->situation, choice->value);

      if (*people == '\0')
        continue;
      if (n++ == 0)
        begin (h, _ ("Roles"));
      itemf (h, _ ("%1$s: %2$s"), iw_form_field_choice_label (field, choice->value), people);
    }
}

static IwGapWeight
weight_of (GPtrArray *gaps, guint i)
{
  return ((const IwGap *)gaps->pdata[i])->weight;
}

static void
add_gaps (Handover *h)
{
  g_autoptr (GPtrArray) gaps = iw_situation_get_gaps (h->situation);
  guint i = 0;

  for (; i < gaps->len && weight_of (gaps, i) == IW_GAP_REFUSED; i++)
    {
      if (i == 0)
        begin (h, _ ("Held Back: Nobody Else Has This"));
      item (h, ((const IwGap *)gaps->pdata[i])->text);
    }
  if (i < gaps->len)
    begin (h, _ ("Overdue and Missing"));
  for (; i < gaps->len; i++)
    item (h, ((const IwGap *)gaps->pdata[i])->text);
}

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

static void
add_events (Handover *h)
{
  GPtrArray *entries = iw_situation_get_entries (h->situation);
  g_autoptr (GPtrArray) latest = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (latest, entries->pdata[i]);
  g_ptr_array_sort (latest, compare_latest);
  if (latest->len > 0)
    begin (h, _ ("Latest Events"));
  for (guint i = 0; i < latest->len && i < IW_HANDOVER_EVENTS; i++)
    {
      IwEntry *entry = latest->pdata[i];
      g_autofree char *line = iw_words_first_line (entry);
      g_autofree char *when = iw_words_when_who (entry, h->zone);

      /* Translators: when and who, the kind of an entry, its text: "3 Nov 2026 03:06, A. Sato:
       * Action: …". */
      itemf (h, _ ("%1$s: %2$s: %3$s"), when, iw_entry_kind_label (iw_entry_get_kind (entry)),
             line);
    }
}

char *
iw_handover_text (IwSituation *situation, GTimeZone *zone, gint64 now)
{
  Handover h = { situation, zone, now, g_string_new (NULL) };
  g_autofree char *when = NULL, *zone_words = NULL, *title = NULL;
  g_autoptr (GPtrArray) incidents = NULL;

  g_return_val_if_fail (situation != NULL, NULL);

  when = iw_words_time (now, zone);
  zone_words = iw_time_zone_words (zone, now);
  title = g_strdelimit (g_strdup (iw_situation_get_title (situation)), "\r\n", ' ');
  /* Translators: the heading of a hand-over text; %s is the title of the incident. */
  g_string_append_c (h.text, '#');
  g_string_append_c (h.text, ' ');
  g_string_append_printf (h.text, _ ("Hand-over: %s"), title);
  g_string_append (h.text, "\n\n");
  /* Translators: when a hand-over text was made, and the zone of its times: "3 Nov 2026 03:06; all
   * times: UTC". */
  g_string_append_printf (h.text, _ ("%1$s; all times: %2$s"), when, zone_words);
  g_string_append_c (h.text, '\n');
  incidents = iw_situation_get_documents (situation, "incident");
  if (incidents->len > 0 && *iw_document_get_text (incidents->pdata[0], "summary") != '\0')
    g_string_append_printf (h.text, "\n%s\n",
                            iw_document_get_text (incidents->pdata[0], "summary"));
  add_state (&h);
  add_clocks (&h);
  add_escalations (&h);
  add_tasks (&h);
  add_scope (&h);
  add_roles (&h);
  add_gaps (&h);
  add_events (&h);
  return g_string_free_and_steal (h.text);
}
