/* iw-cli-words.h: the second words of "notice", "clock", "scope", "team" and "indicator" that are
 * no form. */
#pragma once

#include "iw-cli.h"

G_BEGIN_DECLS

/* Runs @argv[0] @argv[1] if it is one of these; FALSE if not. */
gboolean iw_cli_word (IwCli *cli, int argc, char **argv, IwExit *code);

/* Lists those of a command, a line each. */
void
iw_cli_print_words (const char *command);

/* Each gets the words after the second one, argv[0] being the command. */
IwExit iw_cli_notice_draft (IwCli *cli, int argc, char **argv);
IwExit iw_cli_notice_check (IwCli *cli, int argc, char **argv);
IwExit iw_cli_notice_export (IwCli *cli, int argc, char **argv);
IwExit iw_cli_clock_export (IwCli *cli, int argc, char **argv);
IwExit iw_cli_scope_import (IwCli *cli, int argc, char **argv);
IwExit iw_cli_indicator_paste (IwCli *cli, int argc, char **argv);
IwExit iw_cli_indicator_find (IwCli *cli, int argc, char **argv);
IwExit iw_cli_team_starter (IwCli *cli, int argc, char **argv);

/* ---- shared ---- */

/* Writes @bytes to @path, whole or not at all; "-" is standard output. */
gboolean iw_cli_write_file (const char *path, GBytes *bytes, GError **error);
/* A file, or standard input for "-", of at most @max bytes. (transfer full) */
GBytes *iw_cli_read_file (const char *path, gsize max, GError **error);
/* Writes documents as one action and prints their ids and names (one JSON array with --json). */
IwExit iw_cli_write_documents (IwCli *cli,
                               IwStore *store,
                               const char *label,
                               guint n_objects,
                               GPtrArray *documents);

G_END_DECLS
