/* iw-timeline-pages.h: rows made when they are shown, a page at a time; a few pages are kept.
 * Private to src/store. */
#pragma once

#include "iw-decisions.h"
#include "iw-timeline-layout.h"
#include "iw-timeline-view.h"

G_BEGIN_DECLS

typedef struct _IwTimelinePages IwTimelinePages;

/* All are kept alive by the caller until iw_timeline_pages_free(). (transfer full) */
IwTimelinePages *iw_timeline_pages_new (IwTimelineLayout *layout, IwTimelineAxis *axis, GPtrArray *entries,
                                        IwDecisions *decisions);
void iw_timeline_pages_free (IwTimelinePages *pages);
IwTimelineRow *iw_timeline_pages_get (IwTimelinePages *pages, guint row); /* (transfer none) */

G_END_DECLS
