/* Pull: what the second thread has fetched is stored, a batch a transaction, with the checkpoint
 * that tells of it. */
#include "config.h"

#include "iw-erasure.h"
#include "iw-replicator-private.h"

#include <string.h>

#define MAX_BATCHES 2

static gboolean
is_of_one (const GError *error)
{
  return g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID) ||
         g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT) ||
         g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

/* The server lets none through but an administrator's. */
static gboolean
obey (IwReplicator *self, const IwWireDoc *doc, GError **error)
{
  guint n = 0;

  if (!iw_erasure_obey (self->store, doc->docid, doc->body, &n, error))
    return FALSE;
  self->counts.erased += n;
  return TRUE;
}

static gboolean
store_doc (IwReplicator *self,
           const char *db,
           IwWireDoc *doc,
           GPtrArray *attachments,
           GError **error)
{
  IwPeerRev rev;
  gboolean stored = FALSE;
  g_autoptr (GError) cause = NULL;

  iw_wire_doc_to_rev (doc, attachments, &rev);
  if (iw_peer_put (self->store, &rev, &stored, &cause))
    {
      self->counts.received += stored ? 1 : 0;
      return (!stored || doc->deleted || obey (self, doc, error)) &&
             iw_replicator_unpark (self, db, doc->docid, TRUE, error);
    }
  if (is_of_one (cause))
    return iw_replicator_park (self, db, doc->docid, doc->revs[0], TRUE, "invalid", cause->message,
                               error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
store_batch (IwReplicator *self, IwCompartment *compartment, IwFetched *batch, GError **error)
{
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();

  for (guint i = 0; i < batch->scopes->len; i++)
    if (!iw_peer_set_compartment (self->store, batch->scopes->pdata[i], compartment->db, error))
      return FALSE;
  for (guint i = 0; i < batch->docs->len; i++)
    if (!store_doc (self, compartment->db, batch->docs->pdata[i], attachments, error))
      return FALSE;
  for (guint i = 0; i < batch->refused->len; i++)
    {
      const IwRefusal *refusal = batch->refused->pdata[i];

      if (!iw_replicator_park (self, compartment->db, refusal->docid, refusal->rev, TRUE, "invalid",
                               refusal->reason, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_batch (IwReplicator *self,
            IwCompartment *compartment,
            IwFetched *batch,
            GCancellable *cancellable,
            GError **error)
{
  gboolean stored = batch->docs->len + batch->refused->len > 0;
  gboolean due;

  if (batch->seq != NULL)
    iw_progress_advance (self, &compartment->pull, batch->seq, batch->n_rows);
  due = batch->seq != NULL && iw_progress_is_due (self, &compartment->pull, stored);
  if (!stored && !due)
    return TRUE;
  if (!iw_peer_begin (self->store, error))
    return FALSE;
  if (!store_batch (self, compartment, batch, error) ||
      (due && !iw_progress_write_local (self, &compartment->pull, TRUE, error)))
    {
      iw_peer_rollback (self->store);
      return FALSE;
    }
  return iw_peer_commit (self->store, error) &&
         (!due ||
          iw_progress_write_remote (self, &compartment->pull, compartment->db, cancellable, error));
}

static gboolean
take_all (IwReplicator *self, IwFetch *fetch, GCancellable *cancellable, GError **error)
{
  gint64 done = 0;

  for (;;)
    {
      GError *cause = NULL;
      g_autoptr (IwFetched) batch = iw_pipe_take (&fetch->pipe, &cause);

      if (batch == NULL && cause != NULL)
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      if (batch == NULL)
        return TRUE;
      if (!take_batch (self, fetch->compartment, batch, cancellable, error))
        return FALSE;
      done += batch->docs->len;
      if (batch->docs->len > 0)
        iw_replicator_tell_progress (self, IW_SYNC_PULLING, fetch->compartment->db, done,
                                     batch->pending >= 0 ? done + batch->pending : 0);
    }
}

gboolean
iw_replicator_pull (IwReplicator *self,
                    IwCompartment *compartment,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) retries = iw_replicator_take_retries (self, compartment->db, TRUE, error);
  IwFetch fetch = { .replicator = self, .compartment = compartment, .retries = retries };
  gboolean ok;

  if (retries == NULL)
    return FALSE;
  fetch.def = g_strdup (iw_replicator_default_db (self));
  fetch.since = g_strdup (compartment->pull.seq);
  iw_pipe_start (&fetch.pipe, "iw-fetch", MAX_BATCHES, (GDestroyNotify)iw_fetched_free, cancellable,
                 iw_fetch_run, &fetch);
  ok = take_all (self, &fetch, cancellable, error);
  iw_pipe_end (&fetch.pipe);
  /* What was not written is not reached. */
  if (!ok)
    g_set_str (&compartment->pull.seq, compartment->pull.written);
  g_free (fetch.since);
  g_free (fetch.def);
  return ok;
}
