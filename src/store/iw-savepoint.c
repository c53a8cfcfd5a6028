#include "config.h"

#include "iw-savepoint.h"

#include "iw-store-private.h"

static gboolean
run (IwStore *store, const char *sql, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (store->db, sql, error);

  return stmt != NULL && iw_db_run (stmt, error);
}

gboolean
iw_savepoint_begin (IwStore *store, IwSavepoint *savepoint, GError **error)
{
  savepoint->seq = store->seq;
  return run (store, "SAVEPOINT part", error);
}

gboolean
iw_savepoint_release (IwStore *store, IwSavepoint *savepoint, GError **error)
{
  return run (store, "RELEASE part", error);
}

gboolean
iw_savepoint_undo (IwStore *store, IwSavepoint *savepoint, GError **error)
{
  store->seq = savepoint->seq;
  return run (store, "ROLLBACK TO part", error) && run (store, "RELEASE part", error);
}
