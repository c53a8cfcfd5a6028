#include "config.h"

#include "iw-search-job.h"

#include <glib/gi18n-lib.h>
#include <pango/pango.h>
#include <string.h>

#include "iw-event-index.h"
#include "iw-queries.h"
#include "iw-search-marks.h"
#include "iw-snippet.h"

#define MAX_ENTRIES 300
/* Of one machine timeline: the latest ones. */
#define MAX_EVENTS 20
#define MAX_EVENTS_TOTAL 1000
#define PAGE_SIZE 100

G_DEFINE_FINAL_TYPE (IwSearchResult, iw_search_result, G_TYPE_OBJECT)

static void
iw_search_result_finalize (GObject *object)
{
  IwSearchResult *self = IW_SEARCH_RESULT (object);

  g_free (self->incident);
  g_free (self->title);
  g_free (self->key);
  g_free (self->markup);
  g_free (self->text);
  g_free (self->source);
  G_OBJECT_CLASS (iw_search_result_parent_class)->finalize (object);
}

static void
iw_search_result_class_init (IwSearchResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_search_result_finalize;
}

static void
iw_search_result_init (IwSearchResult *self)
{
}

IwSearch *
iw_search_new (const char *text)
{
  IwSearch *search = g_new0 (IwSearch, 1);

  search->text = g_strdup (text);
  search->results = g_ptr_array_new_with_free_func (g_object_unref);
  return search;
}

void
iw_search_free (IwSearch *search)
{
  g_free (search->text);
  g_ptr_array_unref (search->results);
  g_free (search);
}

/* ---- entries ---- */

/* The text of a snippet, whose only markup is <b>; what is no markup at all is shown as it stands.
 */
static void
set_markup (IwSearchResult *result, const char *markup)
{
  g_autofree char *stripped = iw_search_strip_marks (markup);

  if (pango_parse_markup (stripped, -1, 0, NULL, &result->text, NULL, NULL))
    result->markup = g_steal_pointer (&stripped);
  else if (pango_parse_markup (markup, -1, 0, NULL, &result->text, NULL, NULL))
    result->markup = g_strdup (markup);
  else
    {
      result->text = g_strdup (markup);
      result->markup = g_markup_escape_text (markup, -1);
    }
}

/* Where a document of an incident is shown. */
typedef struct
{
  const char *type;
  const char *place;
  const char *label;
} Place;

static const Place places[] = {
  { "task", "plan", NC_ ("search", "Task") },
  { "notice", "notices", NC_ ("search", "Notice") },
  /* Translators: a customer, service, system or kind of data. */
  { "scope", "scope", NC_ ("search", "Affected") },
  { "indicator", "indicators", NC_ ("search", "Indicator") },
  { "asset", "indicators", NC_ ("search", "Asset") },
  { "evidence", "evidence", NC_ ("search", "Evidence") },
};

static const Place *
find_place (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].type, type))
      return &places[i];
  return NULL;
}

static void
set_place (IwSearchResult *result, const IwSearchHit *hit)
{
  const Place *place = find_place (hit->type);

  if (place != NULL)
    result->key = g_strconcat ("place:", place->place, NULL);
  else
    result->key = g_str_equal (hit->type, "incident") ? g_strdup ("")
                                                      : g_strconcat ("entry:", hit->docid, NULL);
  result->source =
      g_strdup (place != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "search", place->label) : "");
}

static void
add_hit (IwSearch *search, const IwSearchHit *hit)
{
  IwSearchResult *result = g_object_new (IW_TYPE_SEARCH_RESULT, NULL);

  result->incident = g_strdup (hit->incident);
  result->title = g_strdup (hit->title);
  set_place (result, hit);
  set_markup (result, hit->snippet);
  result->time = hit->time;
  g_ptr_array_add (search->results, result);
}

gboolean
iw_search_entries (IwStore *store,
                   gpointer data,
                   IwProgressFunc progress,
                   gpointer progress_data,
                   GCancellable *cancellable,
                   GError **error)
{
  IwSearch *search = data;
  gint64 before = 0;
  g_autofree char *before_id = NULL;

  while (search->results->len < MAX_ENTRIES)
    {
      g_autoptr (GPtrArray) hits =
          iw_query_search (store, search->text, NULL, before, before_id, PAGE_SIZE, error);
      IwSearchHit *last;

      if (hits == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint i = 0; i < hits->len; i++)
        add_hit (search, hits->pdata[i]);
      if (hits->len < PAGE_SIZE)
        return TRUE;
      last = hits->pdata[hits->len - 1];
      before = last->time;
      g_set_str (&before_id, last->docid);
    }
  search->more = TRUE;
  return TRUE;
}

/* ---- events ---- */

/* Logs write paragraphs and columns, which make no row of a list. */
static char *
in_one_line (const char *message)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = message; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (line, *p);
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  return g_strchomp (g_string_free_and_steal (g_steal_pointer (&line)));
}

static void
add_event (IwSearch *search,
           const IwSnippet *snippet,
           const IwIncidentRow *incident,
           IwEvidence *evidence,
           const IwEvent *event)
{
  IwSearchResult *result = g_object_new (IW_TYPE_SEARCH_RESULT, NULL);
  g_autofree char *line = in_one_line (event->message);
  const char *const texts[] = { line, NULL };

  result->incident = g_strdup (incident->incident);
  result->title = g_strdup (incident->title);
  result->key =
      g_strdup_printf ("event:%s:%" G_GINT64_FORMAT, iw_evidence_get_id (evidence), event->row);
  result->markup = iw_snippet_make (snippet, texts);
  if (!pango_parse_markup (result->markup, -1, 0, NULL, &result->text, NULL, NULL))
    result->text = g_steal_pointer (&line);
  result->source = g_strdup (iw_evidence_get_name (evidence));
  result->time = event->time.us + iw_evidence_get_skew (evidence);
  result->event = TRUE;
  g_ptr_array_add (search->results, result);
}

static gboolean
search_evidence (IwStore *store,
                 IwSearch *search,
                 const IwIncidentRow *incident,
                 IwEvidence *evidence,
                 GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (IwSnippet) snippet = NULL;

  if (!iw_evidence_is_timeline (evidence))
    return TRUE;
  index =
      iw_event_index_open (iw_store_get_dir (store), iw_evidence_get_id (evidence), &local_error);
  if (index == NULL)
    {
      /* Not indexed here yet, or damaged: the timeline says so and builds it. */
      g_debug ("%s is not searched: %s", iw_evidence_get_name (evidence), local_error->message);
      return TRUE;
    }
  events = iw_event_index_search (index, search->text, MAX_EVENTS + 1, error);
  if (events == NULL)
    return FALSE;
  search->more |= events->len > MAX_EVENTS;
  snippet = iw_snippet_new (search->text);
  for (guint i = 0; i < MIN (events->len, MAX_EVENTS); i++)
    add_event (search, snippet, incident, evidence, events->pdata[i]);
  return TRUE;
}

static gboolean
search_incident (IwStore *store,
                 IwSearch *search,
                 const IwIncidentRow *incident,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) evidence = iw_query_evidence (store, incident->incident, error);

  if (evidence == NULL)
    return FALSE;
  for (guint i = 0; i < evidence->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !search_evidence (store, search, incident, evidence->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
iw_search_events (IwStore *store,
                  gpointer data,
                  IwProgressFunc progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  IwSearch *search = data;
  IwIncidentsFilter all = { .stage = -1, .severity = -1, .classification = -1 };
  guint n;

  if (!iw_query_count_incidents (store, &all, &n, error))
    return FALSE;
  for (guint offset = 0; offset < n; offset += PAGE_SIZE)
    {
      g_autoptr (GPtrArray) rows = iw_query_incidents (store, &all, IW_INCIDENTS_BY_MODIFIED, TRUE,
                                                       offset, PAGE_SIZE, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          if (search->results->len >= MAX_EVENTS_TOTAL)
            {
              search->more = TRUE;
              return TRUE;
            }
          if (!search_incident (store, search, rows->pdata[i], cancellable, error))
            return FALSE;
          progress (offset + i + 1, n, progress_data);
        }
    }
  return TRUE;
}

/* ---- together ---- */

static int
compare_results (gconstpointer a, gconstpointer b)
{
  const IwSearchResult *ra = *(const IwSearchResult *const *)a;
  const IwSearchResult *rb = *(const IwSearchResult *const *)b;

  if (ra->group != rb->group)
    return ra->group < rb->group ? -1 : 1;
  if (ra->event != rb->event)
    return ra->event ? 1 : -1;
  if (ra->time != rb->time)
    return ra->time > rb->time ? -1 : 1;
  return strcmp (ra->key, rb->key);
}

/* The incidents in the order of the first result of each. */
static void
number_groups (GHashTable *groups, GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      IwSearchResult *result = results->pdata[i];
      gpointer group;

      if (!g_hash_table_lookup_extended (groups, result->incident, NULL, &group))
        {
          group = GUINT_TO_POINTER (g_hash_table_size (groups));
          g_hash_table_insert (groups, result->incident, group);
        }
      result->group = GPOINTER_TO_UINT (group);
    }
}

GPtrArray *
iw_search_merge (GPtrArray *entries, GPtrArray *events)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  number_groups (groups, entries);
  number_groups (groups, events);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (all, g_object_ref (entries->pdata[i]));
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (all, g_object_ref (events->pdata[i]));
  g_ptr_array_sort (all, compare_results);
  return all;
}
