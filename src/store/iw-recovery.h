/* iw-recovery.h: what to do with a database that SQLite calls damaged. Nothing is deleted. */
#pragma once

#include "iw-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint documents;  /* documents saved into the new database */
  guint lost;       /* rows that could not be read */
  char *kept_as;    /* where the damaged file now lies */
} IwRecoveryReport;

void iw_recovery_report_clear (IwRecoveryReport *report); /* frees what it holds */

/* Moves the damaged database aside (workspace.sqlite.damaged-<time>), makes a new one and copies into
 * it every document and revision that can still be read; the derived tables are rebuilt. The undo
 * journal and _local documents are not carried over. As long as the damaged file is kept there, no
 * evidence file is collected as garbage: what it referred to is not known.
 * Call it where no connection of this process is open. Errors: IW_STORE_ERROR_BUSY where another
 * program uses the workspace, _READ_ONLY where a newer version made it (its documents would be lost),
 * _CORRUPT, _FULL, G_IO_ERROR_*; the database is then as it was. */
gboolean iw_recovery_run (const char *dir, const IwContext *context, IwRecoveryReport *report, GError **error);

G_END_DECLS
