/* Push: what the second thread has prepared is sent; rows that the server refuses are parked with
 * its reason, and the others go on. */
#include "config.h"

#include "iw-replicator-private.h"

#include <string.h>

#define MAX_BATCHES 2
#define MAX_BROKEN 4 /* before a server that has taken nothing is believed to be down */

typedef struct
{
  IwReplicator *replicator;
  IwCompartment *compartment;
  GCancellable *cancellable;
  IwPrepared *batch;
  GPtrArray *refused; /* (element-type IwParked), of the batch */
  GArray *broken;     /* (element-type guint) of its texts, each a failure when sent alone */
  guint n_taken;      /* of its texts that were answered */
  gboolean again;     /* @broken are sent a second time */
} Send;

static void
refuse (Send *send, const char *docid, const char *rev, const char *code, const char *reason)
{
  IwParked *parked = g_new0 (IwParked, 1);

  parked->compartment = g_strdup (send->compartment->db);
  parked->docid = g_strdup (docid);
  parked->rev = g_strdup (rev);
  parked->error = g_utf8_make_valid (code, MIN (strlen (code), 100));
  parked->reason = g_utf8_make_valid (reason, MIN (strlen (reason), 1000));
  g_ptr_array_add (send->refused, parked);
}

static gboolean
is_refused (Send *send, const char *docid)
{
  for (guint i = 0; i < send->refused->len; i++)
    if (g_str_equal (((IwParked *)send->refused->pdata[i])->docid, docid))
      return TRUE;
  return FALSE;
}

/* The revision of what was sent that a row speaks of; others were not sent. */
static const char *
sent_rev (Send *send, const char *docid, const char *rev)
{
  const char *last = NULL;

  for (guint i = 0; i < send->batch->revs->len; i++)
    {
      const IwSentRev *sent = send->batch->revs->pdata[i];

      if (!g_str_equal (sent->docid, docid))
        continue;
      last = sent->rev;
      if (g_strcmp0 (rev, last) == 0)
        return last;
    }
  return last;
}

static void
on_row (const char *docid, const char *rev, const char *code, const char *reason, gpointer data)
{
  Send *send = data;
  const char *sent = sent_rev (send, docid, rev);

  if (sent != NULL)
    refuse (send, docid, sent, code, reason);
}

static const char *
code_of (const GError *error)
{
  switch (error->code)
    {
    case IW_REMOTE_ERROR_FORBIDDEN:
      return "forbidden";
    case IW_REMOTE_ERROR_UNAUTHORIZED:
      return "unauthorized";
    case IW_REMOTE_ERROR_TOO_LARGE:
      return "too_large";
    case IW_REMOTE_ERROR_CONFLICT:
      return "conflict";
    case IW_REMOTE_ERROR_FAILED:
      return "server_error";
    default:
      return "bad_request";
    }
}

/* Whether the server says no to what it was given, rather than to everything or just now. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_TOO_LARGE) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CONFLICT) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_REFUSED);
}

/* ---- many ---- */

static gboolean send_texts (Send *send, guint from, guint n, GError **error);

/* A server that breaks down over one of them must not keep back all others for ever; one that
 * breaks down over whatever it gets is left alone. */
static gboolean
may_go_on (Send *send)
{
  if (send->n_taken > 0)
    return TRUE;
  return !send->again && send->batch->texts->len > 1 && send->broken->len < MAX_BROKEN;
}

/* A server that cannot read or take one of them says no to all: it is found by halving. */
static gboolean
send_refused (Send *send, guint from, guint n, GError *cause, GError **error)
{
  g_autoptr (GError) owned = cause;
  gboolean failed = g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FAILED);

  if (failed ? !may_go_on (send) : !is_refusal (cause))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (n > 1 && !g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN))
    return send_texts (send, from, n / 2, error) &&
           send_texts (send, from + n / 2, n - n / 2, error);
  if (failed && !send->again)
    {
      g_array_append_val (send->broken, from);
      return TRUE;
    }
  for (guint i = from; i < from + n; i++)
    {
      const IwSentRev *sent = send->batch->revs->pdata[i];

      refuse (send, sent->docid, sent->rev, code_of (cause), cause->message);
    }
  return TRUE;
}

static gboolean
send_texts (Send *send, guint from, guint n, GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;
  GError *cause = NULL;

  if (n == 0)
    return TRUE;
  texts = g_ptr_array_sized_new (n);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts, send->batch->texts->pdata[from + i]);
  if (iw_remote_bulk_docs (send->replicator->remote, send->compartment->db, texts, on_row, send,
                           send->cancellable, &cause))
    {
      send->n_taken += n;
      return TRUE;
    }
  return send_refused (send, from, n, cause, error);
}

/* Those that it broke down over once more, now that it has answered to others. */
static gboolean
send_broken (Send *send, GError **error)
{
  send->again = TRUE;
  for (guint i = 0; i < send->broken->len; i++)
    if (!send_texts (send, g_array_index (send->broken, guint, i), 1, error))
      return FALSE;
  return TRUE;
}

/* ---- large ones ---- */

static void
on_sent (gint64 done, gint64 total, gpointer data)
{
  Send *send = data;

  iw_replicator_tell_bytes (send->replicator, IW_SYNC_PUSHING, send->compartment->db, done, total);
}

static gboolean
send_large (Send *send, guint i, GError **error)
{
  IwReplicator *self = send->replicator;
  const IwPeerDoc *doc = send->batch->large->pdata[i];
  g_autoptr (GError) cause = NULL;

  if (iw_remote_put_multipart (self->remote, send->compartment->db, doc,
                               send->batch->histories->pdata[i], iw_store_get_dir (self->store),
                               on_sent, send, send->cancellable, &cause))
    return TRUE;
  /* 401 is what a document's check may say, too. */
  if (g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_UNAUTHORIZED) &&
      !iw_remote_get_session (self->remote, NULL, NULL, send->cancellable, NULL))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (is_refusal (cause) || g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_UNAUTHORIZED))
    {
      refuse (send, doc->docid, doc->rev, code_of (cause), cause->message);
      return TRUE;
    }
  /* A file that is gone or cut here is this document's own trouble. */
  if (cause->domain != IW_REMOTE_ERROR &&
      !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      refuse (send, doc->docid, doc->rev, "attachment", cause->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* ---- the batch ---- */

static gboolean
write_parked (Send *send, GError **error)
{
  IwReplicator *self = send->replicator;
  const char *db = send->compartment->db;
  IwPrepared *batch = send->batch;

  for (guint i = 0; i < batch->revs->len; i++)
    {
      const char *docid = ((IwSentRev *)batch->revs->pdata[i])->docid;

      if (!is_refused (send, docid) && !iw_replicator_unpark (self, db, docid, FALSE, error))
        return FALSE;
    }
  for (guint i = 0; i < batch->large->len; i++)
    {
      const char *docid = ((IwPeerDoc *)batch->large->pdata[i])->docid;

      if (!is_refused (send, docid) && !iw_replicator_unpark (self, db, docid, FALSE, error))
        return FALSE;
    }
  for (guint i = 0; i < batch->settled->len; i++)
    if (!iw_replicator_unpark (self, db, batch->settled->pdata[i], FALSE, error))
      return FALSE;
  for (guint i = 0; i < send->refused->len; i++)
    {
      const IwParked *parked = send->refused->pdata[i];

      if (!iw_replicator_park (self, db, parked->docid, parked->rev, FALSE, parked->error,
                               parked->reason, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether anything of the batch is on, or shall be on, the list of what is parked. */
static gboolean
concerns_parked (Send *send)
{
  return send->refused->len > 0 || g_hash_table_size (send->replicator->parked) > 0;
}

static gboolean
settle (Send *send, GError **error)
{
  IwReplicator *self = send->replicator;

  if (!concerns_parked (send))
    return TRUE;
  if (!iw_peer_begin (self->store, error))
    return FALSE;
  if (write_parked (send, error))
    return iw_peer_commit (self->store, error);
  iw_peer_rollback (self->store);
  return FALSE;
}

static gboolean
send_batch (Send *send, GError **error)
{
  IwReplicator *self = send->replicator;
  IwCompartment *compartment = send->compartment;
  IwPrepared *batch = send->batch;
  guint n_sent = batch->texts->len + batch->large->len;
  g_autofree char *seq = NULL;

  if (!send_texts (send, 0, batch->texts->len, error) || !send_broken (send, error))
    return FALSE;
  for (guint i = 0; i < batch->large->len; i++)
    if (!send_large (send, i, error))
      return FALSE;
  if (!settle (send, error))
    return FALSE;
  self->counts.sent += n_sent - MIN (n_sent, send->refused->len);
  if (batch->seq < 0)
    return TRUE;
  seq = g_strdup_printf ("%" G_GINT64_FORMAT, batch->seq);
  iw_progress_advance (self, &compartment->push, seq, batch->n_rows);
  if (!iw_progress_is_due (self, &compartment->push, n_sent > 0))
    return TRUE;
  return iw_progress_write_remote (self, &compartment->push, compartment->db, send->cancellable,
                                   error) &&
         iw_progress_write_local (self, &compartment->push, FALSE, error);
}

static gboolean
send_all (IwReplicator *self,
          IwPrepare *prepare,
          gint64 total,
          GCancellable *cancellable,
          GError **error)
{
  gint64 done = 0;

  for (;;)
    {
      GError *cause = NULL;
      g_autoptr (IwPrepared) batch = iw_pipe_take (&prepare->pipe, &cause);
      g_autoptr (GPtrArray) refused =
          g_ptr_array_new_with_free_func ((GDestroyNotify)iw_parked_free);
      g_autoptr (GArray) broken = g_array_new (FALSE, FALSE, sizeof (guint));
      Send send = { self, prepare->compartment, cancellable, batch, refused, broken };

      if (batch == NULL && cause != NULL)
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      if (batch == NULL)
        return TRUE;
      if (!send_batch (&send, error))
        return FALSE;
      done += batch->n_rows;
      if (batch->texts->len + batch->large->len > 0)
        iw_replicator_tell_progress (self, IW_SYNC_PUSHING, prepare->compartment->db, done,
                                     MAX (total, done));
    }
}

static gint64
read_seq (const char *text)
{
  gint64 seq;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &seq, NULL) ? seq : 0;
}

gboolean
iw_replicator_push (IwReplicator *self,
                    IwCompartment *compartment,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) retries = iw_replicator_take_retries (self, compartment->db, FALSE, error);
  IwPrepare prepare = { .replicator = self, .compartment = compartment, .retries = retries };
  gint64 total;
  gboolean ok;

  if (retries == NULL)
    return FALSE;
  prepare.def = g_strdup (iw_replicator_default_db (self));
  prepare.since = read_seq (compartment->push.seq);
  /* A workspace that was put back to an older copy knows less than it had sent. */
  if (prepare.since > iw_store_get_seq (self->store))
    prepare.since = 0;
  /* From here on that is the thread's. */
  total = iw_peer_count_changes (self->store, prepare.since);
  iw_pipe_start (&prepare.pipe, "iw-prepare", MAX_BATCHES, (GDestroyNotify)iw_prepared_free,
                 cancellable, iw_prepare_run, &prepare);
  ok = send_all (self, &prepare, total, cancellable, error);
  iw_pipe_end (&prepare.pipe);
  if (!ok)
    g_set_str (&compartment->push.seq, compartment->push.written);
  g_free (prepare.def);
  return ok;
}
