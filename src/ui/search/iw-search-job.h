/* iw-search-job.h: the search across all incidents: people's entries, then machine events, in a thread.
 *
 * The functions are IwWorkspaceJobs over an IwSearch.
 */
#pragma once

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_SEARCH_RESULT (iw_search_result_get_type ())
G_DECLARE_FINAL_TYPE (IwSearchResult, iw_search_result, IW, SEARCH_RESULT, GObject)

/* One thing that was found. Immutable. */
struct _IwSearchResult
{
  GObject parent_instance;

  char *incident; /* UUID */
  char *title;    /* the incident's */
  char *key;      /* of the timeline's row; "place:" and a place of iw-gap.h; "" for the incident itself */
  char *markup;   /* Pango: the text with the matches in <b> */
  char *text;     /* the same without markup */
  char *source;   /* the file that holds the event; what a document is, in words; "" for entries */
  gint64 time;    /* µs, as corrected; 0 where it has none */
  gboolean event;
  guint group; /* the order of the incidents: the one with the newest match first */
};

typedef struct
{
  char *text;         /* what is searched for */
  GPtrArray *results; /* (element-type IwSearchResult) grouped by incident */
  gboolean more;      /* whether there is more than is shown */
} IwSearch;

IwSearch *iw_search_new (const char *text);
void iw_search_free (IwSearch *search);

/* Entries, titles, and what else belongs to incidents. */
gboolean iw_search_entries (IwStore *store, gpointer search, IwProgressFunc progress,
                            gpointer progress_data, GCancellable *cancellable, GError **error);
/* Machine events of every timeline; progress counts timelines. */
gboolean iw_search_events (IwStore *store, gpointer search, IwProgressFunc progress,
                           gpointer progress_data, GCancellable *cancellable, GError **error);

/* Both kinds in one order: incidents stay together, entries before events. Takes no ownership.
 * (element-type IwSearchResult) (transfer full) */
GPtrArray *iw_search_merge (GPtrArray *entries, GPtrArray *events);

G_END_DECLS
