/* iw-timeline-entries.h: which entries pass a filter. Private to src/store. Pure functions. */
#pragma once

#include "iw-filter.h"

G_BEGIN_DECLS

/* Those of @entries (in order of time) that pass, but for the range. (element-type IwEntry)
 * (transfer full) */
GPtrArray *iw_timeline_entries_filter (GPtrArray *entries, const IwFilter *filter);
/* Those that lie in [start, end); one that lasts counts where any of it does,
 * and one that lasts to a date, to the end of that. (transfer full) */
GPtrArray *iw_timeline_entries_in_range (GPtrArray *entries, gint64 start, gint64 end);
/* When it ends: its time, but for a range. */
gint64 iw_timeline_entry_end (IwEntry *entry);

G_END_DECLS
