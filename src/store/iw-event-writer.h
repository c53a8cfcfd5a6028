/* iw-event-writer.h: builds the index of a machine timeline in two passes.
 *
 * Scan: each record of the file becomes a line (time, row, offset, fingerprint) of a temporary
 * database; that is the dry run and bounds memory whatever the file's size. Index: the lines come
 * back in order of time, the caller reads each record again and adds its event. finish() fsyncs and
 * renames into place. Freed unfinished, it leaves nothing.
 */
#pragma once

#include "iw-event-index.h"

G_BEGIN_DECLS

#define IW_TYPE_EVENT_WRITER (iw_event_writer_get_type ())
G_DECLARE_FINAL_TYPE (IwEventWriter, iw_event_writer, IW, EVENT_WRITER, GObject)

/* One scanned record. */
typedef struct
{
  IwTime time;
  gint64 row, line, offset, length;
  guint8 fingerprint[16]; /* of the record's bytes; equal ones are duplicates */
  gboolean duplicate;     /* filled in by iw_event_writer_next() */
} IwScanned;

/* In staging/ of the workspace. @evidence_id may be NULL until finish. (transfer full) */
IwEventWriter *iw_event_writer_new (const char *dir, GError **error);
/* First pass: a record that has a time, one that was refused. Both are copied. */
gboolean iw_event_writer_scan (IwEventWriter *self, const IwScanned *scanned, GError **error);
gboolean iw_event_writer_reject (IwEventWriter *self, const IwReject *reject, GError **error);
/* Ends the first pass. Counts: good includes duplicates. */
gboolean iw_event_writer_end_scan (IwEventWriter *self,
                                   gint64 *good,
                                   gint64 *duplicates,
                                   gint64 *rejected,
                                   gint64 *first_us,
                                   gint64 *last_us,
                                   GError **error);
/* @n of them from @offset in order of the file. (element-type IwReject) (transfer full) */
GPtrArray *iw_event_writer_rejects (IwEventWriter *self, guint offset, guint n, GError **error);
/* Iterates the scanned records in order of time, then row. FALSE at the end or on error (@error
 * set). */
gboolean iw_event_writer_next (IwEventWriter *self, IwScanned *out, GError **error);
/* Adds the event of the record that iw_event_writer_next() gave last. @text: all its field values,
 * for the full-text index. Strings may be NULL for "". */
gboolean iw_event_writer_add (IwEventWriter *self,
                              const char *message,
                              const char *desc,
                              const char *origin,
                              const char *host,
                              const char *actor,
                              const char *text,
                              GError **error);
/* @decoded: a staged file to become events/<id>.text, or NULL. */
gboolean iw_event_writer_finish (IwEventWriter *self,
                                 const char *evidence_id,
                                 const char *decoded,
                                 GError **error);

G_END_DECLS
