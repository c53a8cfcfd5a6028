/* iw-event-read.h: rows of an index's tables as values. Private to src/store. */
#pragma once

#include "iw-db.h"
#include "iw-event-index.h"

G_BEGIN_DECLS

/* The columns that iw_event_read_row() takes; more conditions may follow. */
#define IW_EVENT_SELECT                                                                            \
  "SELECT e.rank, e.time, e.precision, e.row, e.line, e.offset, e.length, e.duplicate, e.message," \
  "  d.text, o.text, h.text, a.text FROM event e"                                                  \
  " LEFT JOIN string d ON d.id = e.descr LEFT JOIN string o ON o.id = e.origin"                    \
  " LEFT JOIN string h ON h.id = e.host LEFT JOIN string a ON a.id = e.actor "

/* (transfer full) */
IwEvent *iw_event_read_row (IwDbStmt *stmt);
/* (element-type IwReject) (transfer full) */
GPtrArray *iw_event_rejects_read (IwDb *db, guint offset, guint n, GError **error);
/* A text column as valid UTF-8, whatever the disk made of it; "" for NULL. (transfer full) */
char *iw_event_read_text (IwDbStmt *stmt, int column);
/* A time that arithmetic cannot overflow on, whatever the disk made of it. */
gint64 iw_event_sane_time (gint64 us);

G_END_DECLS
