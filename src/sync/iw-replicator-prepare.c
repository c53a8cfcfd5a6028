/* The thread that reads the workspace while the other sends: local changes, what the server lacks
 * of them, their texts. */
#include "config.h"

#include "iw-replicator-private.h"

#include <string.h>

void
iw_prepared_free (IwPrepared *prepared)
{
  g_ptr_array_unref (prepared->texts);
  g_ptr_array_unref (prepared->revs);
  g_ptr_array_unref (prepared->large);
  g_ptr_array_unref (prepared->histories);
  g_ptr_array_unref (prepared->settled);
  g_free (prepared);
}

static void
sent_rev_free (gpointer data)
{
  IwSentRev *rev = data;

  g_free (rev->docid);
  g_free (rev->rev);
  g_free (rev);
}

static IwPrepared *
prepared_new (void)
{
  IwPrepared *prepared = g_new0 (IwPrepared, 1);

  prepared->texts = g_ptr_array_new_with_free_func (g_free);
  prepared->revs = g_ptr_array_new_with_free_func (sent_rev_free);
  prepared->large = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_peer_doc_free);
  prepared->histories = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  prepared->settled = g_ptr_array_new_with_free_func (g_free);
  prepared->seq = -1;
  return prepared;
}

typedef struct
{
  IwPrepare *prepare;
  IwScopes *scopes;
  IwPrepared *batch;
  gsize n_bytes;     /* of its texts */
  GPtrArray *docids; /* of the page */
  GPtrArray *revs;   /* (element-type GStrv), theirs */
  guint n_rows;      /* of the page, others' too */
  GError *error;
} Work;

/* ---- the page ---- */

/* Decisions are shown as they were first written, and a later revision alone would hide that. */
static gboolean
add_first (Work *work, const char *docid, GStrvBuilder *builder, const char *leaf, GError **error)
{
  g_auto (GStrv) history = NULL;
  guint n;

  if (g_str_has_prefix (leaf, "1-"))
    return TRUE;
  history = iw_peer_history (work->prepare->replicator->side_store, docid, leaf, error);
  if (history == NULL)
    return FALSE;
  n = g_strv_length (history);
  if (n > 0 && g_str_has_prefix (history[n - 1], "1-"))
    g_strv_builder_add (builder, history[n - 1]);
  return TRUE;
}

static gboolean
add_doc (Work *work, const char *docid, const char *const *leaves, GError **error)
{
  const char *home = iw_scopes_get (work->scopes, docid, error);
  g_autoptr (GStrvBuilder) builder = NULL;
  gboolean is_entry = strstr (docid, ":entry-") != NULL;

  if (home == NULL)
    return FALSE;
  if (!g_str_equal (home, work->prepare->compartment->db) || *docid == '_')
    return TRUE;
  builder = g_strv_builder_new ();
  for (guint i = 0; leaves[i] != NULL; i++)
    {
      if (is_entry && !add_first (work, docid, builder, leaves[i], error))
        return FALSE;
      g_strv_builder_add (builder, leaves[i]);
    }
  g_ptr_array_add (work->docids, g_strdup (docid));
  g_ptr_array_add (work->revs, g_strv_builder_end (builder));
  return TRUE;
}

static gboolean
on_change (const IwPeerChange *change, gpointer data)
{
  Work *work = data;

  work->n_rows++;
  return add_doc (work, change->docid, change->revs, &work->error);
}

static gboolean
read_page (Work *work, gint64 *last, GError **error)
{
  IwPrepare *prepare = work->prepare;

  g_ptr_array_set_size (work->docids, 0);
  g_ptr_array_set_size (work->revs, 0);
  work->n_rows = 0;
  if (!iw_peer_foreach_change (prepare->replicator->side_store, prepare->since, IW_REPLICATOR_ROWS,
                               IW_PEER_CHANGES_ALL_LEAVES, on_change, work, last, error))
    return FALSE;
  if (work->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&work->error));
  return FALSE;
}

/* ---- texts ---- */

static gint64
size_of_attachments (const IwPeerDoc *doc)
{
  gint64 size = 0;

  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    size += ((IwAttachment *)doc->attachments->pdata[i])->length;
  return size;
}

static void
remember (Work *work, const char *docid, const char *rev)
{
  IwSentRev *sent = g_new0 (IwSentRev, 1);

  sent->docid = g_strdup (docid);
  sent->rev = g_strdup (rev);
  g_ptr_array_add (work->batch->revs, sent);
}

static char **
history_of (Work *work, const char *docid, const char *rev, GError **error)
{
  if (g_str_has_prefix (rev, "1-"))
    return g_strsplit (rev, "\n", 1);
  return iw_peer_history (work->prepare->replicator->side_store, docid, rev, error);
}

/* FALSE where its files cannot be read. */
static gboolean
append_text (Work *work, const IwPeerDoc *doc, char **history)
{
  IwStore *store = work->prepare->replicator->side_store;
  IwWireOptions options = { .history = history };
  g_autoptr (GString) text = g_string_sized_new (strlen (doc->body) + 256);

  if (doc->attachments != NULL && !doc->deleted)
    options.dir = iw_store_get_dir (store);
  if (!iw_wire_append_doc (text, doc, &options, NULL))
    return FALSE;
  work->n_bytes += text->len;
  g_ptr_array_add (work->batch->texts, g_string_free (g_steal_pointer (&text), FALSE));
  remember (work, doc->docid, doc->rev);
  return TRUE;
}

static gboolean
add_rev (Work *work, const char *docid, const char *rev, GError **error)
{
  g_autoptr (IwPeerDoc) doc = g_new0 (IwPeerDoc, 1);
  g_auto (GStrv) history = NULL;

  if (!iw_peer_find (work->prepare->replicator->side_store, docid, rev, doc, error))
    return FALSE;
  /* Purged or replaced since: its turn comes with the row of that change. */
  if (doc->body == NULL)
    return TRUE;
  history = history_of (work, docid, rev, error);
  if (history == NULL)
    return FALSE;
  /* A file that is gone or cut here must not hold up the others: its document fails by itself. */
  if ((doc->deleted || size_of_attachments (doc) <= IW_REPLICATOR_INLINE) &&
      append_text (work, doc, history))
    return TRUE;
  g_ptr_array_add (work->batch->large, g_steal_pointer (&doc));
  g_ptr_array_add (work->batch->histories, g_steal_pointer (&history));
  return TRUE;
}

static gboolean
hand_on (Work *work, gint64 seq, guint n_rows)
{
  IwPrepared *batch = work->batch;

  batch->seq = seq;
  batch->n_rows = n_rows;
  work->batch = prepared_new ();
  work->n_bytes = 0;
  return iw_pipe_put (&work->prepare->pipe, batch);
}

static gboolean
add_missing (Work *work, GPtrArray *missing, GError **error)
{
  for (guint i = 0; i < missing->len; i++)
    {
      char **revs = missing->pdata[i];

      for (guint j = 0; revs != NULL && revs[j] != NULL; j++)
        {
          if (!add_rev (work, work->docids->pdata[i], revs[j], error))
            return FALSE;
          if (work->n_bytes >= IW_REPLICATOR_BYTES && !hand_on (work, -1, 0))
            return FALSE;
        }
    }
  return TRUE;
}

/* Asks what the server lacks of the page, and adds that. (transfer full) */
static GPtrArray *
diff_page (Work *work, GError **error)
{
  IwReplicator *self = work->prepare->replicator;
  guint n = work->docids->len;
  g_autofree IwRemoteRevs *items = g_new0 (IwRemoteRevs, n + 1);

  for (guint i = 0; i < n; i++)
    {
      items[i].docid = work->docids->pdata[i];
      items[i].revs = work->revs->pdata[i];
    }
  if (n == 0)
    return g_ptr_array_new ();
  return iw_remote_revs_diff (self->side_remote, work->prepare->compartment->db, items, n,
                              work->prepare->pipe.cancellable, error);
}

static gboolean
prepare_page (Work *work, gboolean *more, GError **error)
{
  IwPrepare *prepare = work->prepare;
  gint64 last = prepare->since;
  g_autoptr (GPtrArray) missing = NULL;

  if (!read_page (work, &last, error))
    return FALSE;
  *more = work->n_rows >= IW_REPLICATOR_ROWS;
  if (work->n_rows == 0)
    return TRUE;
  missing = diff_page (work, error);
  if (missing == NULL || !add_missing (work, missing, error))
    return FALSE;
  prepare->since = last;
  return hand_on (work, last, work->n_rows);
}

/* What is parked, as it is now. */
static gboolean
prepare_retries (Work *work, GError **error)
{
  GPtrArray *retries = work->prepare->retries;
  g_autoptr (GPtrArray) missing = NULL;

  for (guint i = 0; i < retries->len; i++)
    {
      const IwParked *parked = retries->pdata[i];
      g_auto (GStrv) leaves =
          iw_peer_leaves (work->prepare->replicator->side_store, parked->docid, NULL, error);

      if (leaves == NULL || !add_doc (work, parked->docid, (const char *const *)leaves, error))
        return FALSE;
    }
  if (retries->len == 0)
    return TRUE;
  missing = diff_page (work, error);
  if (missing == NULL || !add_missing (work, missing, error))
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    if (missing->pdata[i] == NULL)
      g_ptr_array_add (work->batch->settled, g_strdup (work->docids->pdata[i]));
  return hand_on (work, -1, 0);
}

gpointer
iw_prepare_run (gpointer data)
{
  IwPrepare *prepare = data;
  g_autoptr (IwScopes) scopes = iw_scopes_new (prepare->replicator->side_store, prepare->def);
  g_autoptr (GPtrArray) docids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) revs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  Work work = { .prepare = prepare, .scopes = scopes, .docids = docids, .revs = revs };
  GError *error = NULL;
  gboolean more = TRUE;

  work.batch = prepared_new ();
  if (prepare_retries (&work, &error))
    while (more && prepare_page (&work, &more, &error))
      ;
  iw_prepared_free (work.batch);
  iw_pipe_close (&prepare->pipe, error);
  return NULL;
}
