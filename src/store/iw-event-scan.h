/* iw-event-scan.h: the first pass over a machine timeline: where each record lies and what time it
 * has, in a temporary database, so that memory stays bounded whatever the file's size. Private to
 * src/store.
 */
#pragma once

#include "iw-event-writer.h"

G_BEGIN_DECLS

typedef struct _IwEventScan IwEventScan;

IwEventScan *iw_event_scan_new (const char *dir, GError **error); /* (transfer full) */
void iw_event_scan_free (IwEventScan *scan); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEventScan, iw_event_scan_free)

gboolean iw_event_scan_add (IwEventScan *scan, const IwScanned *scanned, GError **error); /* copied */
/* Ends adding and finds the duplicates. */
gboolean iw_event_scan_end (IwEventScan *scan, GError **error);
gint64 iw_event_scan_get_n (IwEventScan *scan); /* records, duplicates too */
gint64 iw_event_scan_get_n_duplicates (IwEventScan *scan); /* after the end */
gint64 iw_event_scan_get_first (IwEventScan *scan); /* µs; 0 where empty */
gint64 iw_event_scan_get_last (IwEventScan *scan);
/* After the end: the next in order of time, then row. FALSE at the end of them or with @error. */
gboolean iw_event_scan_next (IwEventScan *scan, IwScanned *out, GError **error);

G_END_DECLS
