/* iw-cli-find.h: documents and entries by what a person can type. */
#pragma once

#include "iw-cli.h"

G_BEGIN_DECLS

/* The id of the document or entry that @text names: its id, the unique beginning or end of the part
 * after the colon, or exactly what it is called. @type: only documents of that type or entries of
 * that kind; NULL for all. NULL, and the reason said, where it is none or not the only one.
 * (transfer full) */
char *
iw_cli_find_document (IwStore *store, IwSituation *situation, const char *type, const char *text);

G_END_DECLS
