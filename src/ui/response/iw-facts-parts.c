/* Parts that several groups of facts have. */
#include "config.h"

#include "iw-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-words.h"

void
iw_facts_set_decided (IwFact *fact, const IwFactContext *context, IwEntry *entry)
{
  g_autofree char *when = iw_words_when_who (entry, context->zone);

  iw_fact_set_note (fact, when);
}

char *
iw_facts_lines (const char *first, const char *second)
{
  if (*first == '\0' || *second == '\0')
    return g_strconcat (first, second, NULL);
  return g_strjoin ("\n", first, second, NULL);
}

char *
iw_facts_for (gint64 since, gint64 now)
{
  g_autofree char *span = iw_time_format_gap (MAX (now - since, 0));

  if (now - since < 60 * IW_USEC_PER_SEC)
    return g_strdup (C_ ("age", "just now"));
  /* Translators: %s is a span of time that has gone by: "for 2 h". */
  return g_strdup_printf (C_ ("age", "for %s"), span);
}

void
iw_facts_add_cited (GPtrArray *facts, const IwFactContext *context, const char *key, IwEntry *entry)
{
  GArray *links = iw_entry_get_links (entry);
  IwFact *cited;

  if (links->len == 0)
    return;
  cited = iw_facts_take (
      facts, IW_FACT_EXPANDER, key, _ ("Cited Evidence"),
      g_strdup_printf (ngettext ("%u entry or file", "%u entries and files", links->len),
                       links->len));
  for (guint i = 0; i < links->len; i++)
    {
      const IwEntryLink *link = &g_array_index (links, IwEntryLink, i);
      g_autofree char *name = iw_situation_name (context->situation, link->docid);
      char *row = link->row > 0
                      /* Translators: a row of a file of evidence. */
                      ? g_strdup_printf (_ ("Row %'" G_GINT64_FORMAT), link->row)
                      : NULL;

      iw_fact_set_goto (iw_facts_take (cited->children, IW_FACT_PLAIN, link->docid, name, row),
                        link->docid);
    }
}

static gboolean
is_among (IwEntryKind kind, const IwEntryKind *kinds)
{
  for (; *kinds != IW_ENTRY_UNKNOWN; kinds++)
    if (*kinds == kind)
      return TRUE;
  return FALSE;
}

static void
add_decision (GPtrArray *facts, const IwFactContext *context, IwDecisions *decisions, guint i)
{
  IwEntry *entry = iw_decisions_get (decisions, i);
  const char *problem = iw_decisions_get_problem (decisions, i);
  g_autofree char *line = iw_words_first_line (entry);
  char *when = iw_words_when_who (entry, context->zone);
  IwFact *fact;

  if (problem != NULL)
    {
      g_autofree char *before = when;

      /* Translators: when and by whom something was decided, and why it does not count. */
      when = g_strdup_printf (_ ("%1$s\nNot in force: %2$s"), before, problem);
    }
  fact = iw_facts_take (facts, IW_FACT_PLAIN, iw_entry_get_id (entry), line, when);
  if (problem != NULL)
    iw_fact_set_mark (fact, "action-unavailable-symbolic", IW_TONE_NONE);
  if (iw_entry_get_id (entry) != NULL)
    iw_fact_set_goto (fact, iw_entry_get_id (entry));
}

void
iw_facts_add_history (GPtrArray *facts,
                      const IwFactContext *context,
                      const char *key,
                      const IwEntryKind *kinds)
{
  IwDecisions *decisions = iw_situation_get_decisions (context->situation);
  g_autoptr (GPtrArray) rows = iw_facts_new ();
  IwFact *history;

  for (guint i = iw_decisions_get_n (decisions); i > 0; i--)
    if (is_among (iw_entry_get_kind (iw_decisions_get (decisions, i - 1)), kinds))
      add_decision (rows, context, decisions, i - 1);
  if (rows->len < 2)
    return;
  history = iw_facts_take (
      facts, IW_FACT_EXPANDER, key, _ ("History"),
      g_strdup_printf (ngettext ("%u decision", "%u decisions", rows->len), rows->len));
  g_ptr_array_unref (history->children);
  history->children = g_steal_pointer (&rows);
}
