/* iw-import-words.h: what the import and export dialogs say: pure functions, tested without
 * widgets. */
#pragma once

#include "iw-timeline-export.h"
#include "iw-timeline-import.h"

G_BEGIN_DECLS

/* The dry run in one sentence: "9,998 rows are good, 12 are duplicates, 2 were rejected."
 * (transfer full) */
char *iw_import_words_result (const IwImportCounts *counts);
/* That there are decisions among the entries, which count from then on; NULL where there are none.
 * (transfer full) */
char *
iw_import_words_decisions (const IwImportCounts *counts);
/* What becomes of duplicates: kept and marked in a machine timeline, left out or taken as entries.
 * (transfer full) NULL where there are none */
char *
iw_import_words_duplicates (const IwImportCounts *counts, IwImportTarget target, gboolean keep);
/* The stretch of time of the good rows in @zone. (transfer full) NULL without good rows */
char *iw_import_words_range (const IwImportCounts *counts, GTimeZone *zone);
/* Rows that a commit would write. */
gint64 iw_import_n_rows (const IwImportCounts *counts, IwImportTarget target, gboolean keep);
/* The button: "Import 9,998 Rows", "Add 12 Entries". (transfer full) */
char *iw_import_words_button (gint64 n_rows, IwImportTarget target);
/* Where a rejected row stands: "Line 122, row 121, field “time”". (transfer full) */
char *iw_import_words_place (const IwReject *reject);
/* Length of a file: "2.1 MB (2,101,233 bytes)". (transfer full) */
char *iw_import_words_length (gint64 length);
/* Progress: bytes in words; "" before anything is known. (transfer full) */
char *iw_import_words_progress (gint64 done, gint64 total);

/* What is wrong with the zone typed for times that have none: NULL if nothing. @needed: whether the
 * file has such times, so that the field must be filled in. (transfer full) */
char *iw_import_zone_problem (const char *zone, gboolean needed);

/* A failed import as sentences: what happened, and what to do. (transfer full) */
char *iw_import_words_error (const GError *error);

/* What an export format is good for. Translated, static. */
const char *iw_export_words_format (IwExportFormat format);
/* "9,998 events and 42 entries will be written." (transfer full) */
char *iw_export_words_count (gint64 n_entries, gint64 n_events);
/* A file's name made of an incident's title: no character that a file system minds. (transfer full)
 */
char *iw_export_file_name (const char *title, IwExportFormat format);

G_END_DECLS
