/* iw-cli-search.c: full-text search over entries, then over the machine timelines. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-event-index.h"

#define MAX_CHARS 160   /* of a hit's text */
#define MAX_HITS 100000 /* more is an export */

typedef struct
{
  IwCli *cli;
  IwStore *store;
  const char *text;
  char *word; /* the first of them */
  guint limit, found;
  JsonArray *hits;
} Searcher;

/* A snippet is Pango markup in which only <b> and entities occur. */
static char *
plain_snippet (const char *markup)
{
  static const struct
  {
    const char *from, *to;
  } pairs[] = { { "<b>", "" },      { "</b>", "" },    { "&lt;", "<" },  { "&gt;", ">" },
                { "&quot;", "\"" }, { "&apos;", "'" }, { "&#39;", "'" }, { "&amp;", "&" } };
  g_autoptr (GString) text = g_string_new (markup);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_string_replace (text, pairs[i].from, pairs[i].to, 0);
  return iw_cli_one_line (text->str);
}

static void
say_entry (Searcher *self, const IwSearchHit *hit)
{
  IwTime time = { hit->time, hit->time == 0 ? IW_PRECISION_UNKNOWN : IW_PRECISION_SECOND };
  g_autofree char *when = iw_cli_time (time);
  g_autofree char *title = iw_cli_clean (hit->title);
  g_autofree char *snippet = plain_snippet (hit->snippet);
  g_autofree char *cut = iw_cli_cut (snippet, self->word, MAX_CHARS);

  self->found++;

  if (self->cli->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "document", hit->docid);
      json_object_set_string_member (object, "incident", hit->incident);
      json_object_set_string_member (object, "title", hit->title);
      iw_cli_json_time (object, "time", hit->time);
      json_object_set_string_member (object, "text", snippet);
      json_array_add_object_element (self->hits, object);
    }
  else
    printf ("%-21s  %s: %s\n", when, title, cut);
}

static void
say_event (Searcher *self,
           const IwIncidentRow *incident,
           IwEvidence *evidence,
           const IwEvent *event)
{
  IwTime time = event->time;
  g_autofree char *when = NULL;
  g_autofree char *title = iw_cli_clean (incident->title);
  g_autofree char *line = iw_cli_one_line (event->message);
  g_autofree char *message = iw_cli_cut (line, self->word, MAX_CHARS);
  g_autofree char *name = iw_cli_clean (iw_evidence_get_name (evidence));

  self->found++;
  time.us += iw_evidence_get_skew (evidence);
  when = iw_cli_time (time);
  if (self->cli->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "evidence", iw_evidence_get_id (evidence));
      json_object_set_int_member (object, "row", event->row);
      json_object_set_string_member (object, "incident", incident->incident);
      json_object_set_string_member (object, "title", incident->title);
      iw_cli_json_time (object, "time", time.us);
      json_object_set_string_member (object, "text", event->message);
      json_array_add_object_element (self->hits, object);
    }
  else
    printf ("%-21s  %s: %s — %s:%" G_GINT64_FORMAT "\n", when, title, message, name, event->row);
}

static gboolean
search_entries (Searcher *self, const char *incident, GError **error)
{
  g_autoptr (GPtrArray) hits =
      iw_query_search (self->store, self->text, incident, 0, NULL, self->limit, error);

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    say_entry (self, hits->pdata[i]);
  return hits != NULL;
}

/* A timeline without an index here has nothing to search; that is worth a word, no failure. */
static gboolean
search_timeline (Searcher *self,
                 const IwIncidentRow *incident,
                 IwEvidence *evidence,
                 GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (IwEventIndex) index =
      iw_event_index_open (iw_store_get_dir (self->store), iw_evidence_get_id (evidence), &local);
  g_autoptr (GPtrArray) events = NULL;

  if (index == NULL)
    {
      iw_cli_complain (_ ("%s could not be searched: %s"), iw_evidence_get_name (evidence),
                       local->message);
      return TRUE;
    }
  events = iw_event_index_search (index, self->text, self->limit, error);
  for (guint i = 0; events != NULL && i < events->len; i++)
    say_event (self, incident, evidence, events->pdata[i]);
  return events != NULL;
}

static gboolean
search_timelines (Searcher *self, const IwIncidentRow *incident, GError **error)
{
  g_autoptr (GPtrArray) evidence = iw_query_evidence (self->store, incident->incident, error);

  for (guint i = 0; evidence != NULL && i < evidence->len; i++)
    if (iw_evidence_is_timeline (evidence->pdata[i]) &&
        !search_timeline (self, incident, evidence->pdata[i], error))
      return FALSE;
  return evidence != NULL;
}

static gboolean
search_all_timelines (Searcher *self, GError **error)
{
  IwIncidentsFilter filter = { .stage = -1, .severity = -1, .classification = -1 };
  g_autoptr (GPtrArray) rows = iw_query_incidents (self->store, &filter, IW_INCIDENTS_BY_URGENCY,
                                                   FALSE, 0, G_MAXUINT, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!search_timelines (self, rows->pdata[i], error))
      return FALSE;
  return rows != NULL;
}

IwExit
iw_cli_search (IwCli *cli, int argc, char **argv)
{
  g_autofree char *name = NULL, *word = NULL;
  int limit = 50;
  const GOptionEntry entries[] = {
    { "incident", 'i', 0, G_OPTION_ARG_STRING, &name, N_ ("Only in INCIDENT"), N_ ("INCIDENT") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit,
      N_ ("At most N entries, and N events of each timeline; 50"), N_ ("N") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwIncidentRow) incident = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) hits = json_array_new ();
  Searcher self = { .cli = cli, .hits = hits };
  gboolean ok;
  IwExit code;

  if (!iw_cli_parse (cli, entries, NULL, _ ("TEXT"),
                     _ ("Searches entries and machine events. All words must occur; “\"a phrase\"” "
                        "stands as it is."),
                     &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  if (limit < 1)
    {
      iw_cli_complain ("%s", _ ("--limit takes a number from 1."));
      return IW_EXIT_USAGE;
    }
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  if (store == NULL)
    return code;
  if (name != NULL && (incident = iw_cli_find_incident (store, name, &code)) == NULL)
    return code;
  self.store = store;
  self.text = argv[1];
  word = g_strndup (argv[1] + strspn (argv[1], "\" "),
                    strcspn (argv[1] + strspn (argv[1], "\" "), "\" *"));
  self.word = word;
  self.limit = MIN ((guint)limit, MAX_HITS);
  ok = search_entries (&self, incident == NULL ? NULL : incident->incident, &error) &&
       (incident != NULL ? search_timelines (&self, incident, &error)
                         : search_all_timelines (&self, &error));
  if (!ok)
    return iw_cli_fail (error);
  if (self.found == 0)
    iw_cli_complain ("%s", _ ("Nothing found."));
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), hits));
  return IW_EXIT_OK;
}
