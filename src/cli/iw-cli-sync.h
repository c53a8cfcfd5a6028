/* iw-cli-sync.h: "sync" and its words. */
#pragma once

#include "iw-cli.h"
#include "iw-sync-account.h"

G_BEGIN_DECLS

/* The account of the workspace; NULL, and the reason said, where none is set up. (transfer full) */
IwSyncAccount *iw_cli_account (IwStore *store, IwExit *code);

/* What a document says or is called, on one line, for lists beside its id; "" where there is no body.
 * (transfer full) */
char *iw_cli_sync_title (const char *docid, JsonObject *body);

IwExit iw_cli_sync_setup (IwCli *cli, int argc, char **argv);
IwExit iw_cli_sync_status (IwCli *cli, int argc, char **argv);
IwExit iw_cli_sync_parked (IwCli *cli, int argc, char **argv);
IwExit iw_cli_sync_conflicts (IwCli *cli, int argc, char **argv);
/* A run that also tries @docids again (NULL: none); @docids empty: all that is parked. */
IwExit iw_cli_sync_run (IwCli *cli, gboolean watch, gboolean password_stdin, const char *const *docids);

G_END_DECLS
