/* iw-seen.h: when this person last looked at an incident, and what changed since.
 *
 * Kept for each copy of the workspace, among its drafts: they are durable, and never replicate.
 * What arrived later by sync counts as changed however old it is, because the database's own
 * sequence is remembered, not only the time. Main thread, except iw_seen_read_changes().
 */
#pragma once

#include "iw-facts.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 at;  /* µs; 0: never */
  gint64 seq; /* the store's, then */
} IwSeen;

/* FALSE, and never, where @text (nullable) is none. */
gboolean iw_seen_parse (const char *text, IwSeen *seen);
char *iw_seen_to_text (const IwSeen *seen); /* (transfer full) */

/* What is kept for an incident. */
IwSeen iw_seen_load (IwWorkspace *workspace, const char *incident);
/* Now is when it was looked at. Does nothing in a workspace that may not be written. */
void iw_seen_save (IwWorkspace *workspace, const char *incident, gint64 now);

/* The documents of an incident that changed after @seq, the latest last. Any thread. (transfer
 * full) */
char **iw_seen_read_changes (IwStore *store, const char *incident, gint64 seq, GError **error);

/* What they are: each decision, the latest first, and how many of the rest. */
void iw_facts_changed (GPtrArray *facts, const IwFactContext *context, const char *const *docids);

G_END_DECLS
