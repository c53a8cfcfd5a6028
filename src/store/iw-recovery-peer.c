#include "config.h"

#include "iw-recovery-peer.h"

#include <string.h>

#include "iw-attachments.h"
#include "iw-salvage.h"

/* A table's rows as they are: "i" and "t" say what is in each column, small letters that it may be
 * NULL. */
typedef struct
{
  const char *table;
  const char *columns;
  const char *types;
} Table;

static const Table tables[] = {
  { "blob", "id, sha256, md5, length", "ITtI" },
  { "attachment", "id, rev, name, blob, content_type, revpos", "IITITI" },
  { "purge", "id, at, who, docid, revs, whole", "IITTTI" },
  { "compartment", "scope, name", "TT" },
  { "parked", "compartment, docid, incoming, rev, error, reason, at", "TTITTTI" },
};

typedef struct
{
  IwStore *store;
  const Table *table;
  GError *error; /* of the new database: ends it all */
} Copy;

gboolean
iw_recovery_is_peer (IwDb *damaged)
{
  gint64 noted = iw_db_query_int (damaged, "SELECT value FROM meta WHERE name = 'peer'", -1);

  if (noted >= 0)
    return noted != 0;
  /* Of a workspace's documents there are rows for screens. */
  return iw_db_query_int (damaged,
                          "SELECT EXISTS (SELECT 1 FROM doc)"
                          " AND NOT EXISTS (SELECT 1 FROM document)"
                          " AND NOT EXISTS (SELECT 1 FROM entry)",
                          0) != 0;
}

static gboolean
row_makes_sense (IwDbStmt *row, const char *types)
{
  for (guint i = 0; types[i] != '\0'; i++)
    {
      const char *text = g_ascii_toupper (types[i]) == 'T' ? iw_db_text (row, i + 1) : NULL;

      if (iw_db_is_null (row, i + 1) ? g_ascii_isupper (types[i])
                                     : text != NULL && !g_utf8_validate (text, -1, NULL))
        return FALSE;
    }
  return TRUE;
}

static IwDbStmt *
prepare_insert (const Copy *copy, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s (%s) VALUES (", copy->table->table, copy->table->columns);
  for (guint i = 0; copy->table->types[i] != '\0'; i++)
    g_string_append (sql, i > 0 ? ", ?" : "?");
  g_string_append (sql, ") ON CONFLICT DO NOTHING");
  return iw_db_prepare (copy->store->db, sql->str, error);
}

static gboolean
copy_row (IwDbStmt *row, gpointer data)
{
  Copy *copy = data;
  const char *types = copy->table->types;
  g_autoptr (IwDbStmt) stmt = NULL;

  if (copy->error != NULL || !row_makes_sense (row, types) ||
      (stmt = prepare_insert (copy, &copy->error)) == NULL)
    return FALSE;
  for (guint i = 0; types[i] != '\0'; i++)
    if (g_ascii_toupper (types[i]) == 'T')
      iw_db_bind_text (stmt, i + 1, iw_db_text (row, i + 1));
    else
      iw_db_bind_int (stmt, i + 1, iw_db_int (row, i + 1));
  return iw_db_run (stmt, &copy->error);
}

static gboolean
copy_tables (IwDb *damaged, IwStore *store, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      Copy copy = { store, &tables[i], NULL };

      iw_salvage_table (damaged, tables[i].table, tables[i].columns, copy_row, &copy);
      if (copy.error != NULL)
        {
          g_propagate_error (error, copy.error);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
copy_limit (IwDb *damaged, IwStore *store, GError **error)
{
  gint64 limit = iw_db_query_int (damaged, "SELECT value FROM meta WHERE name = 'revs_limit'", 0);

  return limit < 1 || iw_peer_set_revs_limit (store, limit, error);
}

/* ---- evidence, whose file its own document tells ---- */

static gboolean
attach_file (IwStore *store, gint64 rev, const char *body, GError **error)
{
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (IwDbStmt) stmt = NULL;

  if (!iw_attachments_of_body (store, 0, body, &attachments, error))
    return FALSE;
  if (attachments == NULL)
    return TRUE;
  stmt = iw_db_prepare (store->db, "UPDATE rev SET attached = 1 WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, rev);
  return iw_db_run (stmt, error) && iw_attachments_store (store, rev, attachments, error);
}

static gboolean
attach_files (IwStore *store, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (store->db,
                     "SELECT id, body FROM rev WHERE NOT attached AND NOT deleted"
                     " AND body LIKE '%\"type\":\"evidence\"%'",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    if (!attach_file (store, iw_db_int (stmt, 0), iw_db_text (stmt, 1), error))
      return FALSE;
  return step == IW_DB_DONE;
}

gboolean
iw_recovery_save_peer (IwDb *damaged, IwStore *store, GError **error)
{
  return copy_tables (damaged, store, error) && copy_limit (damaged, store, error) &&
         iw_db_exec (store->db,
                     "DELETE FROM attachment WHERE rev NOT IN (SELECT id FROM rev)"
                     " OR blob NOT IN (SELECT id FROM blob);"
                     "UPDATE rev SET attached = 1 WHERE id IN (SELECT rev FROM attachment)",
                     error) &&
         (store->peer || attach_files (store, error));
}
