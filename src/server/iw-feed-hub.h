/* iw-feed-hub.h: the rows that were last sent to those who listen to one database, by their shape. Between iw-feed.c
 * and the database. Main thread only.
 */
#pragma once

#include "iw-changes.h"
#include "iw-database.h"

G_BEGIN_DECLS

typedef struct _IwFeedHub IwFeedHub;

/* Of a database; made when it is first asked for, lives as long as that. (transfer none) */
IwFeedHub *iw_feed_hub_of (IwDatabase *database);

/* Called when there may be rows after what the listener has; @error: the database cannot be read any more. */
typedef void (*IwFeedHubFunc) (gpointer data, const GError *error);
/* Why nobody may wait any more: the database is deleted, or the server stops. NULL while they may. Whoever read
 * meanwhile has not been told, and asks this before it waits. (transfer full) */
GError *iw_feed_hub_dup_end (IwFeedHub *self);
/* Waits for what comes after @since. @shape: a shared one is read once for all; NULL: the listener reads by itself and
 * is told of each commit. Returns what iw_feed_hub_remove() takes. */
gpointer iw_feed_hub_add (IwFeedHub *self, const IwChangesShape *shape, gint64 since, IwFeedHubFunc func, gpointer data);
void iw_feed_hub_remove (IwFeedHub *self, gpointer listener); /* also from within its func */
/* The kept batch of a shared shape that goes on from @since; NULL where there is none: at the tip, or it is too long
 * ago (see iw_feed_hub_is_current()). (transfer none) */
IwChangesBatch *iw_feed_hub_find (IwFeedHub *self, const IwChangesShape *shape, gint64 since);
/* Whether nothing that is known of is newer than @since. */
gboolean iw_feed_hub_is_current (IwFeedHub *self, const IwChangesShape *shape, gint64 since);

G_END_DECLS
