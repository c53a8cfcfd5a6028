#include "config.h"

#include "iw-savepoint.h"

#include "iw-store-private.h"

gboolean
iw_savepoint_begin (IwStore *store, IwSavepoint *savepoint, GError **error)
{
  *savepoint = (IwSavepoint){
    .seq = store->seq,
    .n_live = store->n_live,
    .n_deleted = store->n_deleted,
    .n_bytes = store->n_bytes,
    .revs_limit = store->revs_limit,
    .has_purges = store->has_purges,
    .purging = store->purging,
  };
  return iw_db_run_with (store->db, "SAVEPOINT part", NULL, 0, error);
}

gboolean
iw_savepoint_release (IwStore *store, IwSavepoint *savepoint, GError **error)
{
  return iw_db_run_with (store->db, "RELEASE part", NULL, 0, error);
}

gboolean
iw_savepoint_undo (IwStore *store, IwSavepoint *savepoint, GError **error)
{
  store->seq = savepoint->seq;
  store->n_live = savepoint->n_live;
  store->n_deleted = savepoint->n_deleted;
  store->n_bytes = savepoint->n_bytes;
  store->revs_limit = savepoint->revs_limit;
  store->has_purges = savepoint->has_purges;
  store->purging = savepoint->purging;
  return iw_db_run_with (store->db, "ROLLBACK TO part", NULL, 0, error) &&
         iw_db_run_with (store->db, "RELEASE part", NULL, 0, error);
}
