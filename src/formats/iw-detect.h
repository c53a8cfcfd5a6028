/* iw-detect.h: which format a text file has, by its content. */
#pragma once

#include "iw-mapping.h"

G_BEGIN_DECLS

/* Looks at the beginning of a UTF-8 file and returns format, delimiter, header and the roles of its
 * columns. Never fails on content: what is unknown is a generic table, perhaps without a time
 * column. Errors: those of iw_record_reader_open(). (transfer full) */
IwMapping *
iw_detect_mapping (const char *path, GError **error);

/* Gives the columns the roles that they have in @mapping's format, or by their usual names. Roles
 * that are set already are left alone. */
void
iw_detect_roles (IwMapping *mapping, const char *const *columns);

G_END_DECLS
