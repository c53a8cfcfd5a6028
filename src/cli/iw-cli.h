/* iw-cli.h: what the commands of incident-workbench-cli share.
 *
 * A command is a function in a file of its own, listed in main.c. It reads its own options, writes
 * its result to standard output (one JSON document with --json), what else is to say to standard
 * error, and returns how it went.
 */
#pragma once

#include "iw-filter.h"
#include "iw-queries.h"
#include "iw-store.h"

G_BEGIN_DECLS

/* Exit codes; the man page lists them. */
typedef enum
{
  IW_EXIT_OK = 0,
  IW_EXIT_FAILED = 1,
  IW_EXIT_USAGE = 2,
  IW_EXIT_NOT_FOUND = 3,
  IW_EXIT_REJECTED = 4, /* some rows of an imported file were rejected */
  IW_EXIT_BUSY = 5,
  IW_EXIT_DAMAGED = 6,
  IW_EXIT_REFUSED = 7, /* the rules do not allow a decision; what is missing was said */
} IwExit;

typedef struct
{
  char *workspace; /* the folder, NULL for the default: see iw_cli_workspace() */
  char *author;    /* who writes, NULL for the account's name: see iw_cli_author() */
  gboolean json;
  GCancellable *cancellable; /* cancelled by Ctrl+C after iw_cli_catch_interrupt() */
} IwCli;

typedef IwExit (*IwCommandFunc) (IwCli *cli, int argc, char **argv);

IwExit
iw_cli_new (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_list (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_show (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_add (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_import (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_export (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_alert (IwCli *cli, int argc, char **argv);
/* Every form as a command, and lists of its documents. */
IwExit
iw_cli_decide (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_documents (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_state (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_search (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_check (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_undo (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_redo (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_erase (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_sync (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_bundle (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_server (IwCli *cli, int argc, char **argv);
IwExit
iw_cli_sample (IwCli *cli, int argc, char **argv);

/* ---- arguments ---- */

/* Adds the options that stand before the command and are taken after it as well. */
void
iw_cli_add_global_options (IwCli *cli, GOptionGroup *group);
const char *
iw_cli_workspace (IwCli *cli);
const char *
iw_cli_author (IwCli *cli);

/* Reads a command's options out of @argv, which keeps the other words. Says what is wrong and
 * returns FALSE where there is an unknown option or fewer words than @min or more than @max (-1: no
 * limit) follow the command. @options and
 * @more may be NULL. @arguments: shown in the help, "INCIDENT FILE…". */
gboolean
iw_cli_parse (IwCli *cli,
              const GOptionEntry *options,
              const GOptionEntry *more,
              const char *arguments,
              const char *summary,
              int *argc,
              char ***argv,
              int min,
              int max);

/* A zone by name; NULL, and the reason said, where there is no such zone. NULL name: the local
 * zone. (transfer full) */
GTimeZone *
iw_cli_zone (const char *name);

/* The options that pick part of a timeline; static storage, one command a process. */
const GOptionEntry *
iw_cli_filter_options (void);
/* The filter they add up to, NULL, and the reason said, where one is not understood. (transfer
 * full) */
IwFilter *
iw_cli_filter (IwStore *store, GTimeZone *zone);

/* ---- the workspace ---- */

gboolean
iw_cli_workspace_exists (IwCli *cli);

/* What for. */
typedef enum
{
  IW_CLI_READ,  /* it must exist; one that may only be read is good enough */
  IW_CLI_WRITE, /* it must exist */
  IW_CLI_MAKE,  /* made where there is none */
} IwCliAccess;

/* Opens it. Problems are said; @code gets what to return. (transfer full) */
IwStore *
iw_cli_open (IwCli *cli, IwCliAccess purpose, IwExit *code);
/* An incident by UUID, unique prefix or exact title; same manners. (transfer full) */
IwIncidentRow *
iw_cli_find_incident (IwStore *store, const char *name, IwExit *code);
/* All there is to know of an incident; same manners. (transfer full) */
IwSituation *
iw_cli_read_situation (IwStore *store, const char *name, IwExit *code);
/* Lets Ctrl+C cancel cli->cancellable instead of ending the process; the second one ends it. */
void
iw_cli_catch_interrupt (IwCli *cli);

G_END_DECLS
