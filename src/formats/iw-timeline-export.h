/* iw-timeline-export.h: a filtered view of a timeline as a file. What is written imports again as
 * the same. Streams: memory does not grow with the number of rows.
 */
#pragma once

#include "iw-blobs.h"
#include "iw-timeline-view.h"

G_BEGIN_DECLS

typedef enum
{
  IW_EXPORT_TIMESKETCH_CSV,
  IW_EXPORT_TIMESKETCH_JSONL,
  IW_EXPORT_IRIS_CSV, /* the import form */
  IW_EXPORT_MARKDOWN, /* a table for people; the one that does not import again */
  IW_N_EXPORTS
} IwExportFormat;

const char *iw_export_format_to_string (IwExportFormat format); /* "timesketch-csv", static */
gboolean iw_export_format_from_string (const char *text, IwExportFormat *out); /* FALSE: none; @out stays */
const char *iw_export_format_label (IwExportFormat format); /* translated, static */
const char *iw_export_format_extension (IwExportFormat format); /* "csv", static */

/* Writes every entry and event that @filter lets through (collapsed runs are written out, hidden
 * events are not), in timeline order with skew applied and the source's own time kept in a column.
 * Cells that a spreadsheet would run as formulas are left as they are: this is evidence.
 * @zone: for Markdown; the others write UTC. @n_rows (out, optional). */
gboolean iw_timeline_export (IwStore *store,
                             const char *incident,
                             const IwFilter *filter,
                             IwExportFormat format,
                             GTimeZone *zone,
                             GOutputStream *output,
                             gint64 *n_rows,
                             IwProgressFunc progress,
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error);

/* What an export left out: events of machine timelines whose file is marked and that no approval in
 * force lets out (process.md E3, see iw-evidence-gate.h). Entries are never among them. */
typedef struct
{
  gint64 n_rows;     /* written */
  gint64 n_withheld; /* not written */
  char *withheld;    /* says so, a sentence or two for each file; NULL where there are none */
} IwTimelineExportCounts;
void iw_timeline_export_counts_clear (IwTimelineExportCounts *counts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IwTimelineExportCounts, iw_timeline_export_counts_clear)

/* The same as iw_timeline_export(), which withholds as well, and tells of it. @counts: cleared by
 * the caller. */
gboolean iw_timeline_export_counted (IwStore *store,
                                     const char *incident,
                                     const IwFilter *filter,
                                     IwExportFormat format,
                                     GTimeZone *zone,
                                     GOutputStream *output,
                                     IwTimelineExportCounts *counts,
                                     IwProgressFunc progress,
                                     gpointer data,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
