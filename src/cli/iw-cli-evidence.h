/* iw-cli-evidence.h: "evidence add", "list", "show", "verify" and "export"; the decisions about
 * evidence are forms (iw-cli-decide.c). */
#pragma once

#include "iw-cli.h"

G_BEGIN_DECLS

IwExit iw_cli_evidence_add (IwCli *cli, int argc, char **argv);
IwExit iw_cli_evidence_list (IwCli *cli, int argc, char **argv);
IwExit iw_cli_evidence_show (IwCli *cli, int argc, char **argv);
IwExit iw_cli_evidence_verify (IwCli *cli, int argc, char **argv);
IwExit iw_cli_evidence_export (IwCli *cli, int argc, char **argv);

G_END_DECLS
