/* iw-schema.h: brings a database to this version's schema. Private to src/store. */
#pragma once

#include "iw-db.h"
#include "iw-id.h"

G_BEGIN_DECLS

/* The numbered .sql files that this version carries, first to last. (transfer full) */
char **iw_schema_migrations (void);

/* The database's version: how many migrations it has had. -1 where it cannot be told. */
gint64 iw_schema_version (IwDb *db);

/* What migrations cannot say in SQL, done in their transaction. */
typedef gboolean (*IwSchemaFunc) (gpointer data, GError **error);

/* Runs those of @migrations that the database has not had, then @finish (may be NULL) if there were any, all
 * in one transaction; before an existing database is touched, it is copied into backups/ of @dir. Two
 * programs may do so at once. A database of some other program is refused with IW_STORE_ERROR_INVALID; a
 * newer one is left alone. */
gboolean iw_schema_upgrade (IwDb *db, const char *dir, const char *const *migrations, const IwContext *context,
                            IwSchemaFunc finish, gpointer data, GError **error);

G_END_DECLS
