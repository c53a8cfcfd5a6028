/* iw-csv-write.h: cells of a CSV file (RFC 4180), such that they read back as they were. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends @value, quoted where it must be, behind a comma unless @first. NULL is "". */
void
iw_csv_append (GString *out, const char *value, gboolean first);
/* Ends the record. */
void
iw_csv_end (GString *out);

G_END_DECLS
