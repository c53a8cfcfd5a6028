/* iw-timeline-match.h: the sets within an IwTimelineMatch. Private to src/store. */
#pragma once

#include "iw-timeline-view.h"

G_BEGIN_DECLS

/* Whether @match speaks of an evidence document's index of @n events; @set gets its matches
 * (transfer none), NULL for all of them. */
gboolean iw_timeline_match_lookup (IwTimelineMatch *match,
                                   const char *evidence_id,
                                   gint64 n,
                                   IwEventSet **set);

G_END_DECLS
