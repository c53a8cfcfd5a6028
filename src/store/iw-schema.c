#include "config.h"

#include "iw-schema.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "iw-fail.h"
#include "iw-store-resources.h"

#define MIGRATIONS "/io/github/incident_workbench/IncidentWorkbench/store/migrations/"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

char **
iw_schema_migrations (void)
{
  GResource *resource = iw_store_resources_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, MIGRATIONS, 0, NULL);
  guint n = g_strv_length (names);
  char **migrations = g_new0 (char *, n + 1);

  qsort (names, n, sizeof *names, compare_names);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat (MIGRATIONS, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, 0, NULL);

      migrations[i] = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  return migrations;
}

gint64
iw_schema_version (IwDb *db)
{
  return iw_db_query_int (db, "PRAGMA user_version", -1);
}

static gboolean
back_up (IwDb *db, const char *dir, gint64 version, const IwContext *context, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, "backups", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc_usec (iw_context_now (context));
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S%fZ");
  g_autofree char *name =
      g_strdup_printf ("workspace-v%" G_GINT64_FORMAT "-%s.sqlite", version, stamp);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return iw_db_backup (db, path, error);
  return iw_fail_errno (error, _ ("The folder “%s” could not be made"), folder);
}

static gboolean
run_migrations (IwDb *db, const char *const *migrations, gint64 have, GError **error)
{
  for (guint i = have; migrations[i] != NULL; i++)
    {
      g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %u", i + 1);

      if (!iw_db_exec (db, migrations[i], error) || !iw_db_exec (db, version, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_foreign (IwDb *db)
{
  return iw_schema_version (db) == 0 &&
         iw_db_query_int (db, "SELECT count(*) FROM sqlite_schema", 0) > 0;
}

gboolean
iw_schema_upgrade (IwDb *db,
                   const char *dir,
                   const char *const *migrations,
                   const IwContext *context,
                   IwSchemaFunc finish,
                   gpointer data,
                   GError **error)
{
  gint64 have = iw_schema_version (db);
  gint64 want = g_strv_length ((char **)migrations);

  if (is_foreign (db))
    {
      iw_fail (error, IW_STORE_ERROR_INVALID,
               _ ("“%s” holds a database of another program. Choose another folder."), dir);
      return FALSE;
    }
  if (have >= want)
    return TRUE;
  if (have > 0 && !back_up (db, dir, have, context, error))
    return FALSE;
  if (!iw_db_begin (db, error))
    return FALSE;
  /* Another program may have been faster while this one waited for the lock. */
  have = iw_schema_version (db);
  if (have >= want ||
      (run_migrations (db, migrations, have, error) && (finish == NULL || finish (data, error))))
    return iw_db_commit (db, error);
  iw_db_rollback (db);
  return FALSE;
}
