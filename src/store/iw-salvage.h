/* iw-salvage.h: reads what can still be read of a damaged database. Private to src/store. */
#pragma once

#include "iw-db.h"

G_BEGIN_DECLS

/* Opens a copy of a damaged database, which may be changed. Where its first page is destroyed, that of an empty
 * database of the first version, made at @fresh (in the way of nobody), takes its place: what that version made
 * begins on the same pages in every workspace, and is all that is looked for. (transfer full) */
IwDb *iw_salvage_open (const char *path, const char *fresh, GError **error);

/* FALSE where the row makes no sense; it counts as lost then. */
typedef gboolean (*IwSalvageFunc) (IwDbStmt *row, gpointer data);

/* Calls @func with each row of @table that can be read, in order of row id; columns as @columns names
 * them. Returns how many rows were lost. */
guint iw_salvage_table (IwDb *db, const char *table, const char *columns, IwSalvageFunc func, gpointer data);

/* Calls @func with each row of @sql_forward until one cannot be read, then of @sql_backward from the
 * other end; a row may come twice. For indexes, which hold what their table may have lost. */
void iw_salvage_ends (IwDb *db, const char *sql_forward, const char *sql_backward, IwSalvageFunc func, gpointer data);

G_END_DECLS
