#include "config.h"

#include "iw-task-text.h"

#include <glib/gi18n-lib.h>

#include "iw-plan-order.h"
#include "iw-subject-facts.h"
#include "iw-time.h"
#include "iw-words.h"

static IwTime
due_of (IwDocument *task)
{
  const char *due = iw_document_get_text (task, "due");
  IwTime time = IW_TIME_NONE;

  if (*due == '\0' || !iw_time_parse_rfc3339 (due, NULL, &time))
    return IW_TIME_NONE;
  return time;
}

/* A task that is due on a day has until its end. */
static gboolean
is_past (IwTime due, gint64 now)
{
  return iw_time_is_set (due) && iw_time_end (due) < now;
}

static gboolean
is_over (const char *state)
{
  return g_str_equal (state, "done") || g_str_equal (state, "dropped");
}

static void
append (GString *words, const char *text)
{
  if (*text != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", text);
}

static char *
due_words (IwTime due, gint64 now, gboolean over, GTimeZone *zone)
{
  g_autofree char *time = iw_time_format_with_zone (due, zone);
  g_autofree char *gap = is_past (due, now) ? iw_time_format_gap (now - iw_time_end (due)) : NULL;

  if (!iw_time_is_set (due))
    return g_strdup ("");
  if (gap == NULL || over)
    /* Translators: when a task is due. */
    return g_strdup_printf (_ ("Due %s"), time);
  /* Translators: when a task was due, and for how long it is overdue: "Due 3 Nov 2026 09:00, overdue
   * by 2 h". */
  return g_strdup_printf (_ ("Due %s, overdue by %s"), time, gap);
}

IwTaskText *
iw_task_text_new (IwSituation *situation, IwDocument *task, gint64 now, GTimeZone *zone)
{
  IwTaskText *self = g_new0 (IwTaskText, 1);
  IwEntry *entry = NULL;
  const char *state = iw_situation_get_task_state (situation, iw_document_get_id (task), &entry);
  IwTime due = due_of (task);
  g_autofree char *when = due_words (due, now, is_over (state), zone);
  g_autoptr (GString) words = g_string_new (NULL);
  guint n = entry != NULL ? iw_entry_get_links (entry)->len : 0;

  self->emergency = iw_situation_task_is_emergency (task);
  self->overdue = is_past (due, now) && !is_over (state);
  if (self->emergency)
    append (words, C_ ("task", "Emergency"));
  append (words, iw_document_get_text (task, "owner"));
  append (words, when);
  if (n > 0)
    {
      g_autofree char *cited =
          g_strdup_printf (ngettext ("%u piece of evidence", "%u pieces of evidence", n), n);

      append (words, cited);
    }
  self->title = g_strdup (iw_document_get_name (task));
  self->subtitle = g_strdup (words->str);
  self->state = g_strdup (state);
  self->words = g_strdup (iw_words_choice ("task-state", "to", state));
  return self;
}

void
iw_task_text_free (IwTaskText *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->state);
  g_free (self->words);
  g_free (self);
}

GPtrArray *
iw_task_facts (IwSituation *situation, IwDocument *task, GTimeZone *zone)
{
  GPtrArray *facts = iw_facts_new ();
  IwEntry *entry = NULL;
  const char *note = iw_document_get_text (task, "note");
  const char *why;
  g_autoptr (GPtrArray) cited = NULL;

  iw_situation_get_task_state (situation, iw_document_get_id (task), &entry);
  why = iw_words_field (entry, "why");
  if (*note != '\0')
    iw_facts_add (facts, IW_FACT_PROPERTY, "note", _ ("Note"), note);
  if (entry != NULL)
    {
      g_autofree char *when = iw_words_when_who (entry, zone);
      IwFact *fact =
          iw_facts_take (facts, IW_FACT_PROPERTY, "state", _ ("Last Change of State"),
                         *why != '\0' ? g_strdup_printf ("%s\n%s", why, when) : g_strdup (when));

      iw_fact_set_goto (fact, iw_entry_get_id (entry));
    }
  cited = iw_subject_cited (situation, entry, zone);
  while (cited->len > 0)
    g_ptr_array_add (facts, g_ptr_array_steal_index (cited, 0));
  return facts;
}

char *
iw_plan_summary (IwSituation *situation, GPtrArray *plan, gint64 now)
{
  guint total = 0, done = 0, overdue = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < plan->len; i++)
    {
      IwDocument *task = plan->pdata[i];
      const char *state = iw_situation_get_task_state (situation, iw_document_get_id (task), NULL);
      IwTime due = due_of (task);

      if (g_str_equal (state, "dropped"))
        continue;
      total++;
      done += g_str_equal (state, "done");
      overdue += !is_over (state) && is_past (due, now);
    }
  /* Translators: how many tasks of a plan are done: "3 of 7 done". */
  words = g_strdup_printf (_ ("%u of %u done"), done, total);
  if (overdue == 0)
    return g_steal_pointer (&words);
  /* Translators: %s is such as "3 of 7 done". */
  return g_strdup_printf (ngettext ("%s · %u overdue", "%s · %u overdue", overdue), words, overdue);
}
