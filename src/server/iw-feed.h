/* iw-feed.h: who listens to a database's changes. Rows are read and rendered once for all who want the same; a client
 * that is slow has no queue but is served again from what was sent last to others, else from the store. Main thread only.
 */
#pragma once

#include "iw-changes.h"
#include "iw-request.h"

G_BEGIN_DECLS

typedef enum
{
  IW_FEED_LONGPOLL,
  IW_FEED_CONTINUOUS,
  IW_FEED_EVENTSOURCE,
} IwFeedKind;

typedef struct
{
  IwFeedKind kind;
  IwChangesShape shape;
  char *since;        /* as the client said it; NULL: from the start */
  gint64 limit;       /* rows that are left to give; -1: all */
  guint heartbeat_ms; /* 0: none, and then */
  guint timeout_ms;   /* it ends after that long without a row */
  yyjson_doc *json;   /* that the shape's selector is in; NULL: none */
} IwFeedQuery;

void iw_feed_query_free (IwFeedQuery *query); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwFeedQuery, iw_feed_query_free)

/* Takes both. */
void iw_feed_listen (IwRequest *request, IwFeedQuery *query);

/* What is sent of rows: see iw_changes_batch_slice(). (transfer full) */
GBytes *iw_feed_render_longpoll (GBytes *lines, gint64 last, gint64 pending, const char *uuid);
GBytes *iw_feed_render_events (GBytes *lines); /* "data:" and "id:" of each */
GBytes *iw_feed_render_end (gint64 last, gint64 pending, const char *uuid); /* the last line, {"last_seq":…} */

G_END_DECLS
