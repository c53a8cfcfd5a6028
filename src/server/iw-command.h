/* iw-command.h: what the commands of incident-workbench-server share. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  IW_COMMAND_OK = 0,
  IW_COMMAND_FAILED = 1,
  IW_COMMAND_USAGE = 2,
} IwCommandExit;

/* @argv[0] is the command's name. @dir: the data folder. */
typedef IwCommandExit (*IwCommandFunc) (const char *dir, int argc, char **argv);

/* Each does what main.c says of it in --help, and tells on the standard error what went wrong. */
IwCommandExit iw_command_serve (const char *dir, int argc, char **argv);
IwCommandExit iw_command_init (const char *dir, int argc, char **argv);
IwCommandExit iw_command_adduser (const char *dir, int argc, char **argv);
IwCommandExit iw_command_passwd (const char *dir, int argc, char **argv);
IwCommandExit iw_command_deluser (const char *dir, int argc, char **argv);
IwCommandExit iw_command_roles (const char *dir, int argc, char **argv);
IwCommandExit iw_command_token (const char *dir, int argc, char **argv);
IwCommandExit iw_command_createdb (const char *dir, int argc, char **argv);
IwCommandExit iw_command_fingerprint (const char *dir, int argc, char **argv);
IwCommandExit iw_command_backup (const char *dir, int argc, char **argv);
IwCommandExit iw_command_check (const char *dir, int argc, char **argv);

/* Reads options; FALSE after having said what is wrong. What is left of @argv are the arguments: from @min to @max of
 * them. @arguments: as --help names them. @summary: a sentence. */
gboolean iw_command_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *arguments,
                           const char *summary, int min, int max);
IwCommandExit iw_command_complain (GError *error); /* takes @error */
/* A hash of the password that is asked for, read, or (@generate) made and printed once. NULL after having said why.
 * (transfer full) */
char *iw_command_password (const char *name, gboolean from_stdin, gboolean generate);

G_END_DECLS
