/* What does not replicate: _local documents and drafts. */
#include "config.h"

#include "iw-store-private.h"

#include "iw-json.h"
#include "iw-peer.h"

static gboolean
run_write (IwStore *self, const char *sql, const char *key, const char *value, GError **error)
{
  g_autoptr (IwDbStmt) stmt = NULL;

  if (!iw_store_begin (self, error))
    return FALSE;
  stmt = iw_db_prepare (self->db, sql, error);
  if (stmt != NULL)
    {
      iw_db_bind_text (stmt, 1, key);
      if (value != NULL)
        {
          iw_db_bind_text (stmt, 2, value);
          iw_db_bind_int (stmt, 3, iw_context_now (self->context));
        }
      if (iw_db_run (stmt, error))
        return iw_store_commit (self, error);
    }
  iw_store_rollback (self);
  return FALSE;
}

static gboolean
read_text (IwStore *self, const char *sql, const char *key, char **out, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, sql, error);
  IwDbStep step;

  *out = NULL;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, key);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *out = g_strdup (iw_db_text (stmt, 0));
  return step != IW_DB_ERROR;
}

JsonObject *
iw_store_get_local (IwStore *self, const char *id, GError **error)
{
  g_autofree char *text = NULL;

  if (!read_text (self, "SELECT body FROM local WHERE id = ?1", id, &text, error) || text == NULL)
    return NULL;
  return iw_json_from_text (text, error);
}

gboolean
iw_store_put_local (IwStore *self, const char *id, JsonObject *body, GError **error)
{
  g_autofree char *text = NULL;

  if (body == NULL)
    return run_write (self, "DELETE FROM local WHERE id = ?1", id, NULL, error);
  text = iw_json_to_canonical (body, error);
  return text != NULL && run_write (self,
                                    "INSERT INTO local (id, body, saved_at) VALUES (?1, ?2, ?3)"
                                    " ON CONFLICT DO UPDATE SET body = excluded.body,"
                                    " saved_at = excluded.saved_at, rev = rev + 1",
                                    id, text, error);
}

gboolean
iw_peer_delete_locals (IwStore *self, const char *prefix, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "DELETE FROM local WHERE substr (id, 1, length (?1)) = ?1", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, prefix);
  return iw_db_run (stmt, error);
}

gboolean
iw_store_put_draft (IwStore *self, const char *key, const char *text, GError **error)
{
  if (text == NULL || *text == '\0')
    return run_write (self, "DELETE FROM draft WHERE key = ?1", key, NULL, error);
  return run_write (self,
                    "INSERT INTO draft VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE"
                    " SET text = excluded.text, saved_at = excluded.saved_at",
                    key, text, error);
}

char *
iw_store_get_draft (IwStore *self, const char *key, GError **error)
{
  char *text;

  read_text (self, "SELECT text FROM draft WHERE key = ?1", key, &text, error);
  return text;
}
