/* _local documents: checkpoints, with a counter of their own. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-fail.h"
#include "iw-peer.h"
#include "iw-store-private.h"

static gboolean
read_local (IwStore *self, const char *id, gint64 *rev, char **body, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT rev, body FROM local WHERE id = ?1", error);
  IwDbStep step;

  *rev = 0;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, id);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *rev = iw_db_int (stmt, 0);
  if (step == IW_DB_ROW && body != NULL)
    *body = g_strdup (iw_db_text (stmt, 1));
  return step != IW_DB_ERROR;
}

char *
iw_peer_get_local (IwStore *self, const char *id, char **rev, GError **error)
{
  char *body = NULL;
  gint64 n;

  if (!read_local (self, id, &n, &body, error) || n == 0)
    return NULL;
  if (rev != NULL)
    *rev = g_strdup_printf ("0-%" G_GINT64_FORMAT, n);
  return body;
}

static gboolean
write_local (IwStore *self, const char *id, gint64 rev, const char *body, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     body != NULL ? "INSERT OR REPLACE INTO local (id, body, saved_at, rev)"
                                    " VALUES (?1, ?2, ?3, ?4)"
                                  : "DELETE FROM local WHERE id = ?1",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, id);
  if (body != NULL)
    {
      iw_db_bind_text (stmt, 2, body);
      iw_db_bind_int (stmt, 3, iw_context_now (self->context));
      iw_db_bind_int (stmt, 4, rev);
    }
  return iw_db_run (stmt, error);
}

gboolean
iw_peer_put_local (IwStore *self,
                   const char *id,
                   const char *body,
                   const char *expected,
                   char **rev,
                   GError **error)
{
  g_autofree char *found = NULL;
  gint64 n;

  if (!read_local (self, id, &n, NULL, error))
    return FALSE;
  if (n > 0)
    found = g_strdup_printf ("0-%" G_GINT64_FORMAT, n);
  if (g_strcmp0 (found, expected) != 0)
    return iw_fail (error, IW_STORE_ERROR_CONFLICT,
                    /* Translators: %s is a document's id. */
                    _ ("The document “%s” has been changed since."), id);
  n = body != NULL ? n + 1 : 0;
  if (!write_local (self, id, n, body, error))
    return FALSE;
  if (rev != NULL)
    *rev = g_strdup_printf ("0-%" G_GINT64_FORMAT, n);
  return TRUE;
}
