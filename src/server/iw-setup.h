/* iw-setup.h: what the commands of the server do with its data folder, also while the server runs. Blocking; any
 * thread.
 */
#pragma once

#include "iw-user.h"

G_BEGIN_DECLS

/* Makes a data folder (0700): keys (0600), a certificate for this machine's names, server.conf, the database of
 * accounts, and the database "incidents" for all that have a role. G_IO_ERROR_EXISTS where there is a server. */
gboolean iw_setup_init (const char *dir, GError **error);
/* FALSE with NOT_FOUND where iw_setup_init() was not run. */
gboolean iw_setup_check_folder (const char *dir, GError **error);

/* Changes accounts in one transaction, in force within a second in a server that runs. */
typedef gboolean (*IwSetupUsers) (IwStore *users, gpointer data, GError **error);
gboolean iw_setup_change_users (const char *dir, IwSetupUsers change, gpointer data, GError **error);

/* @members, @roles: who may read and write there; may be NULL. G_IO_ERROR_EXISTS. */
gboolean iw_setup_create_database (const char *dir, const char *name, const char *const *members,
                                   const char *const *roles, GError **error);
/* The names of all databases, "_users" too. (transfer full) NULL-terminated */
char **iw_setup_list_databases (const char *dir, GError **error);

/* Copies all into @target, which is made: databases as they are at one moment each, files by link where that can be. */
gboolean iw_setup_backup (const char *dir, const char *target, GError **error);
/* Sentences about what is wrong. (element-type utf8) FALSE where it could not be looked at. */
gboolean iw_setup_check (const char *dir, GPtrArray *problems, GError **error);

G_END_DECLS
