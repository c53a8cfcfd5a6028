/* Checkpoints: how far both ends have come.
 *
 * Each entry of the history is a pair of a session's id and a sequence that was durable when it was
 * written. What both ends have is what is agreed: an end that was put back to an older copy, or a
 * run that was killed between the two writes, then only costs a few rows that are looked at twice.
 */
#include "config.h"

#include "iw-replicator-private.h"

#include <string.h>

#define VERSION "incident-workbench 1"
#define MAX_HISTORY 50
#define ROWS_BETWEEN 500

typedef struct
{
  char *session;
  char *seq;
} IwCheckpoint;

static void
checkpoint_free (gpointer data)
{
  IwCheckpoint *checkpoint = data;

  g_free (checkpoint->session);
  g_free (checkpoint->seq);
  g_free (checkpoint);
}

void
iw_progress_init (IwProgress *self,
                  const char *direction,
                  const char *remote_id,
                  const char *store_uuid)
{
  g_autofree char *key = g_strjoin ("\n", VERSION, direction, remote_id, store_uuid, NULL);

  memset (self, 0, sizeof *self);
  self->id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_queue_init (&self->history);
}

void
iw_progress_clear (IwProgress *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->seq, g_free);
  g_clear_pointer (&self->written, g_free);
  g_clear_pointer (&self->remote_rev, g_free);
  g_queue_clear_full (&self->history, checkpoint_free);
}

/* ---- reading ---- */

/* Whatever does not fit is no history: starting anew is always right. */
static GPtrArray *
read_history (const char *text)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (checkpoint_free);
  g_autoptr (yyjson_doc) doc = text != NULL ? iw_canonical_read (text, strlen (text), NULL) : NULL;
  yyjson_val *list = doc != NULL ? yyjson_obj_get (yyjson_doc_get_root (doc), "history") : NULL;
  yyjson_val *row;
  size_t i, n;

  yyjson_arr_foreach (list, i, n, row)
  {
    const char *session = yyjson_get_str (yyjson_obj_get (row, "session_id"));
    const char *seq = yyjson_get_str (yyjson_obj_get (row, "recorded_seq"));
    IwCheckpoint *checkpoint;

    if (session == NULL || seq == NULL || entries->len >= MAX_HISTORY)
      continue;
    checkpoint = g_new0 (IwCheckpoint, 1);
    checkpoint->session = g_strdup (session);
    checkpoint->seq = g_strdup (seq);
    g_ptr_array_add (entries, checkpoint);
  }
  return g_steal_pointer (&entries);
}

static gboolean
has_entry (GPtrArray *entries, const IwCheckpoint *wanted)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const IwCheckpoint *entry = entries->pdata[i];

      if (g_str_equal (entry->session, wanted->session) && g_str_equal (entry->seq, wanted->seq))
        return TRUE;
    }
  return FALSE;
}

/* Of @ours what is in @theirs too, from the newest such on. */
static void
agree (IwProgress *self, GPtrArray *ours, GPtrArray *theirs)
{
  guint first = 0;

  g_queue_clear_full (&self->history, checkpoint_free);
  g_clear_pointer (&self->seq, g_free);
  while (first < ours->len && !has_entry (theirs, ours->pdata[first]))
    first++;
  for (guint i = first; i < ours->len; i++)
    g_queue_push_tail (&self->history, g_steal_pointer (&ours->pdata[i]));
  if (self->history.length > 0)
    self->seq = g_strdup (((IwCheckpoint *)self->history.head->data)->seq);
  g_set_str (&self->written, self->seq);
}

static char *
local_id (IwProgress *self)
{
  return g_strconcat (IW_SYNC_CHECKPOINT_PREFIX, self->id, NULL);
}

gboolean
iw_progress_read (IwReplicator *replicator,
                  IwProgress *self,
                  const char *db,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *id = local_id (self);
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  g_autoptr (GPtrArray) ours = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  GError *cause = NULL;

  g_clear_pointer (&self->remote_rev, g_free);
  there = iw_remote_get_local (replicator->remote, db, self->id, &self->remote_rev, cancellable,
                               &cause);
  if (cause == NULL)
    here = iw_peer_get_local (replicator->store, id, NULL, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  ours = read_history (here);
  theirs = read_history (there);
  /* Elements are taken out. */
  g_ptr_array_set_free_func (ours, NULL);
  agree (self, ours, theirs);
  for (guint i = 0; i < ours->len; i++)
    if (ours->pdata[i] != NULL)
      checkpoint_free (ours->pdata[i]);
  return TRUE;
}

/* ---- writing ---- */

void
iw_progress_advance (IwReplicator *replicator, IwProgress *self, const char *seq, guint n_rows)
{
  g_set_str (&self->seq, seq);
  self->n_behind += n_rows;
}

gboolean
iw_progress_is_due (IwReplicator *replicator, IwProgress *self, gboolean stored)
{
  if (g_strcmp0 (self->seq, self->written) == 0)
    return FALSE;
  /* What a longpoll tells of our own writes is not worth two more writes. */
  return stored || !replicator->watching || self->n_behind >= ROWS_BETWEEN;
}

static void
enter (IwReplicator *replicator, IwProgress *self)
{
  const IwCheckpoint *last = self->history.head != NULL ? self->history.head->data : NULL;
  IwCheckpoint *checkpoint;

  if (last != NULL && g_str_equal (last->seq, self->seq) &&
      g_str_equal (last->session, replicator->session))
    return;
  checkpoint = g_new0 (IwCheckpoint, 1);
  checkpoint->session = g_strdup (replicator->session);
  checkpoint->seq = g_strdup (self->seq);
  g_queue_push_head (&self->history, checkpoint);
  while (self->history.length > MAX_HISTORY)
    checkpoint_free (g_queue_pop_tail (&self->history));
}

static char *
to_text (IwReplicator *replicator, IwProgress *self)
{
  GString *text = g_string_new ("{\"history\":[");

  enter (replicator, self);
  for (GList *at = self->history.head; at != NULL; at = at->next)
    {
      const IwCheckpoint *checkpoint = at->data;

      g_string_append (text, at->prev != NULL ? ",{\"recorded_seq\":" : "{\"recorded_seq\":");
      iw_canonical_append_string (text, checkpoint->seq);
      g_string_append (text, ",\"session_id\":");
      iw_canonical_append_string (text, checkpoint->session);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "],\"replication_id_version\":1,\"session_id\":");
  iw_canonical_append_string (text, replicator->session);
  g_string_append (text, ",\"source_last_seq\":");
  iw_canonical_append_string (text, self->seq);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static gboolean
put_local (IwReplicator *replicator, IwProgress *self, GError **error)
{
  g_autofree char *id = local_id (self);
  g_autofree char *text = to_text (replicator, self);
  g_autofree char *rev = NULL;
  GError *cause = NULL;
  g_autofree char *old = iw_peer_get_local (replicator->store, id, &rev, &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  return iw_peer_put_local (replicator->store, id, text, rev, NULL, error);
}

gboolean
iw_progress_write_local (IwReplicator *replicator,
                         IwProgress *self,
                         gboolean in_transaction,
                         GError **error)
{
  if (in_transaction)
    return put_local (replicator, self, error);
  if (!iw_peer_begin (replicator->store, error))
    return FALSE;
  if (put_local (replicator, self, error))
    return iw_peer_commit (replicator->store, error);
  iw_peer_rollback (replicator->store);
  return FALSE;
}

gboolean
iw_progress_write_remote (IwReplicator *replicator,
                          IwProgress *self,
                          const char *db,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *text = to_text (replicator, self);
  g_autofree char *rev = NULL;
  g_autofree char *old = NULL;
  GError *cause = NULL;

  if (!iw_remote_put_local (replicator->remote, db, self->id, text, self->remote_rev, &rev,
                            cancellable, &cause) &&
      g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CONFLICT))
    {
      /* A copy of this workspace, or a try of ours whose answer was lost. */
      g_clear_error (&cause);
      g_clear_pointer (&self->remote_rev, g_free);
      old = iw_remote_get_local (replicator->remote, db, self->id, &self->remote_rev, cancellable,
                                 &cause);
      if (cause == NULL)
        iw_remote_put_local (replicator->remote, db, self->id, text, self->remote_rev, &rev,
                             cancellable, &cause);
    }
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_set_str (&self->remote_rev, rev);
  g_set_str (&self->written, self->seq);
  self->n_behind = 0;
  return TRUE;
}
