/* iw-cli-veris.h: "import --format veris". */
#pragma once

#include "iw-cli.h"

G_BEGIN_DECLS

/* @verification: what closes the incidents, NULL to leave them open. @rejects: a file for all that
 * is to be told of single records, or NULL. */
IwExit iw_cli_import_veris (IwCli *cli,
                            const char *path,
                            const char *verification,
                            const char *rejects,
                            gboolean dry_run);

G_END_DECLS
