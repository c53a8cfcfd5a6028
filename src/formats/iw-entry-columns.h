/* iw-entry-columns.h: an entry as columns of a table, and back.
 *
 * The columns stand beside Timesketch's own (message, datetime, timestamp, timestamp_desc). What
 * has no column of its own (links, a decision's from and to, fields of newer versions) goes as JSON
 * into the last one, so that nothing is lost on the way out and in.
 */
#pragma once

#include "iw-entry.h"

G_BEGIN_DECLS

#define IW_COLUMN_KIND "entry_kind" /* a row that has it is an entry */

/* What the time of a row is, for an entry: in timestamp_desc. Not translated: they are read back.
 */
#define IW_DESC_OCCURRED "Occurred"
#define IW_DESC_DISCOVERED "Discovered"
#define IW_DESC_RECORDED "Recorded"

/* The columns' names, NULL-terminated; IW_COLUMN_KIND first. */
const char *const *
iw_entry_columns (guint *n);

/* The values of @entry in the order of iw_entry_columns(); "" for none. (transfer full) */
char **
iw_entry_to_columns (IwEntry *entry);

/* The time an entry stands at, and in @desc what it is. */
IwTime
iw_entry_time_and_desc (IwEntry *entry, const char **desc);

/* The document that says the same as @entry in @body's members only: no bookkeeping. (transfer
 * full) */
JsonObject *
iw_entry_content_json (IwEntry *entry);

/* An entry of @incident from the columns. @values as from iw_entry_to_columns(), @text the message,
 * @time and @desc those of the row. IW_MODEL_ERROR_INVALID where a value is none. (transfer full)
 */
IwEntry *
iw_entry_from_columns (const char *incident,
                       const char *const *values,
                       const char *text,
                       IwTime time,
                       const char *desc,
                       GError **error);

/* An entry of @incident from what iw_entry_content_json() made. (transfer full) */
IwEntry *
iw_entry_from_content_json (const char *incident, JsonObject *content, GError **error);

/* Tags from a cell: a JSON array, or words behind "|" or ",". (transfer full) */
char **
iw_tags_from_cell (const char *text);
/* Tags as a JSON array, which holds any character; "" for none. (transfer full) */
char *
iw_tags_to_cell (const char *const *tags);

G_END_DECLS
