#include "config.h"

#include "iw-seen.h"

#include <glib/gi18n-lib.h>

#include "iw-words.h"

#define MAX_DECISIONS 8

/* ---- when ---- */

gboolean
iw_seen_parse (const char *text, IwSeen *seen)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", 3);
  gint64 at, seq;

  *seen = (IwSeen){ 0, 0 };
  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_signed (parts[0], 10, 1, IW_TIME_MAX, &at, NULL) ||
      !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &seq, NULL))
    return FALSE;
  *seen = (IwSeen){ at, seq };
  return TRUE;
}

char *
iw_seen_to_text (const IwSeen *seen)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, seen->at, seen->seq);
}

static char *
key_of (const char *incident)
{
  return g_strconcat ("seen:", incident, NULL);
}

IwSeen
iw_seen_load (IwWorkspace *workspace, const char *incident)
{
  g_autofree char *key = key_of (incident);
  g_autofree char *text = iw_workspace_get_draft (workspace, key);
  IwSeen seen;

  iw_seen_parse (text, &seen);
  /* A database that was recovered counts anew: then all of it may have changed. */
  if (seen.seq > iw_store_get_seq (iw_workspace_get_store (workspace)))
    seen.seq = 0;
  return seen;
}

void
iw_seen_save (IwWorkspace *workspace, const char *incident, gint64 now)
{
  g_autofree char *key = key_of (incident);
  g_autofree char *text = NULL;
  IwSeen seen = { now, iw_store_get_seq (iw_workspace_get_store (workspace)) };

  if (iw_workspace_get_read_only (workspace))
    return;
  text = iw_seen_to_text (&seen);
  iw_workspace_put_draft (workspace, key, text);
}

/* ---- what changed ---- */

typedef struct
{
  const char *prefix;
  GStrvBuilder *docids;
} Collect;

static void
collect (gint64 seq, const char *docid, const char *rev, gboolean deleted, gpointer data)
{
  Collect *all = data;

  if (g_str_has_prefix (docid, all->prefix))
    g_strv_builder_add (all->docids, docid);
}

char **
iw_seen_read_changes (IwStore *store, const char *incident, gint64 seq, GError **error)
{
  g_autofree char *prefix = g_strconcat (incident, ":", NULL);
  g_autoptr (GStrvBuilder) docids = g_strv_builder_new ();
  Collect all = { prefix, docids };
  g_autoptr (GError) failure = NULL;

  iw_store_foreach_change (store, seq, 0, collect, &all, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_strv_builder_end (docids);
}

/* ---- in words ---- */

typedef struct
{
  guint entries, evidence, tasks, notices, scope, indicators, other;
} Counts;

static void
count_document (Counts *counts, const char *docid)
{
  const char *kind = strchr (docid, ':');

  kind = kind != NULL ? kind + 1 : "";
  if (g_str_has_prefix (kind, "entry-"))
    counts->entries++;
  else if (g_str_has_prefix (kind, "evidence-"))
    counts->evidence++;
  else if (g_str_has_prefix (kind, "task-"))
    counts->tasks++;
  else if (g_str_has_prefix (kind, "notice-"))
    counts->notices++;
  else if (g_str_has_prefix (kind, "scope-"))
    counts->scope++;
  else if (g_str_has_prefix (kind, "indicator-"))
    counts->indicators++;
  else
    counts->other++;
}

static void
add_count (GPtrArray *facts, const char *place, char *words, guint n)
{
  g_autofree char *title = words;
  g_autofree char *key = g_strconcat ("changed:", place, NULL);

  if (n > 0)
    iw_fact_set_goto (iw_facts_add (facts, IW_FACT_PLAIN, key, title, NULL), place);
}

static void
add_counts (GPtrArray *facts, const Counts *n)
{
  add_count (facts, "timeline",
             g_strdup_printf (ngettext ("%u Timeline Entry", "%u Timeline Entries", n->entries),
                              n->entries),
             n->entries);
  add_count (facts, "evidence",
             g_strdup_printf (ngettext ("%u Evidence File", "%u Evidence Files", n->evidence),
                              n->evidence),
             n->evidence);
  add_count (facts, "plan", g_strdup_printf (ngettext ("%u Task", "%u Tasks", n->tasks), n->tasks),
             n->tasks);
  add_count (facts, "notices",
             g_strdup_printf (ngettext ("%u Notice", "%u Notices", n->notices), n->notices),
             n->notices);
  add_count (facts, "scope",
             g_strdup_printf (
                 ngettext ("%u Affected Customer, Service, System or Kind of Data",
                           "%u Affected Customers, Services, Systems and Kinds of Data", n->scope),
                 n->scope),
             n->scope);
  add_count (
      facts, "indicators",
      g_strdup_printf (ngettext ("%u Indicator", "%u Indicators", n->indicators), n->indicators),
      n->indicators);
}

static void
add_decision (GPtrArray *facts, const IwFactContext *context, IwEntry *entry)
{
  g_autofree char *line = iw_words_first_line (entry);
  g_autofree char *key = g_strconcat ("changed:", iw_entry_get_id (entry), NULL);

  iw_fact_set_goto (
      iw_facts_take (facts, IW_FACT_PLAIN, key, line, iw_words_when_who (entry, context->zone)),
      iw_entry_get_id (entry));
}

void
iw_facts_changed (GPtrArray *facts, const IwFactContext *context, const char *const *docids)
{
  IwDecisions *decisions = iw_situation_get_decisions (context->situation);
  Counts counts = { 0 };
  guint shown = 0, more = 0;

  for (guint i = g_strv_length ((char **)docids); i > 0; i--)
    {
      IwEntry *entry = iw_decisions_find (decisions, docids[i - 1]);

      if (entry == NULL)
        count_document (&counts, docids[i - 1]);
      else if (shown++ < MAX_DECISIONS)
        add_decision (facts, context, entry);
      else
        more++;
    }
  if (more > 0)
    {
      g_autofree char *title =
          g_strdup_printf (ngettext ("%u More Decision", "%u More Decisions", more), more);

      iw_fact_set_goto (iw_facts_add (facts, IW_FACT_PLAIN, "changed:more", title, NULL),
                        "timeline");
    }
  add_counts (facts, &counts);
}
