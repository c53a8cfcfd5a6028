/* iw-timeline-match.h: the sets within an IwTimelineMatch. Private to src/store. */
#pragma once

#include "iw-timeline-view.h"

G_BEGIN_DECLS

/* Whether @match speaks of @index, and not of one that was built before or after it; @set gets its
 * matches (transfer none), NULL for all of them. */
gboolean iw_timeline_match_lookup (IwTimelineMatch *match, IwEventIndex *index, IwEventSet **set);
/* Whether @index could not be looked into. */
gboolean iw_timeline_match_found_damage (IwTimelineMatch *match, IwEventIndex *index);

G_END_DECLS
