/* The thread that asks the server while the other stores: changes, what is missing here, bodies,
 * attachments. */
#include "config.h"

#include "iw-replicator-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIN_AT_A_TIME 16
#define MAX_BRIDGES 100 /* times a server's _revs_limit */

void
iw_refusal_free (IwRefusal *refusal)
{
  g_free (refusal->docid);
  g_free (refusal->rev);
  g_free (refusal->reason);
  g_free (refusal);
}

void
iw_fetched_free (IwFetched *fetched)
{
  g_ptr_array_unref (fetched->docs);
  g_ptr_array_unref (fetched->refused);
  g_ptr_array_unref (fetched->scopes);
  g_free (fetched->seq);
  g_free (fetched);
}

static IwFetched *
fetched_new (void)
{
  IwFetched *fetched = g_new0 (IwFetched, 1);

  fetched->docs = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_wire_doc_free);
  fetched->refused = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_refusal_free);
  fetched->scopes = g_ptr_array_new_with_free_func (g_free);
  fetched->pending = -1;
  return fetched;
}

/* One page of rows as it is worked on. */
typedef struct
{
  IwFetch *fetch;
  IwScopes *scopes;
  IwFetched *batch;
  GArray *wanted;     /* IwRemoteRevs, with texts of @revs */
  GPtrArray *texts;   /* owns them */
  GHashTable *places; /* id -> its place in @wanted, from 1 */
  guint at_a_time;
  gsize n_bytes; /* of bodies since the last batch */
  guint n_docs;
  GError *error; /* of a call back */
} Work;

static void
refuse (Work *work, const char *docid, const char *rev, const char *reason)
{
  IwRefusal *refusal = g_new0 (IwRefusal, 1);

  refusal->docid = g_utf8_make_valid (docid, -1);
  refusal->rev = g_strdup (rev != NULL ? rev : "");
  refusal->reason = g_strdup (reason);
  g_ptr_array_add (work->batch->refused, refusal);
}

/* ---- attachments ---- */

/* The bytes may be here with another revision of the document. */
static gboolean
find_here (Work *work, const char *docid, IwWireAttachment *attachment)
{
  IwStore *store = work->fetch->replicator->side_store;
  const char *dir = iw_store_get_dir (store);
  g_auto (GStrv) leaves = NULL;

  if (attachment->attachment.md5 == NULL)
    return FALSE;
  leaves = iw_peer_leaves (store, docid, NULL, NULL);
  for (guint i = 0; leaves != NULL && leaves[i] != NULL; i++)
    {
      g_auto (IwPeerDoc) doc = { 0 };

      if (!iw_peer_get (store, docid, leaves[i], &doc, NULL) || doc.attachments == NULL)
        continue;
      for (guint j = 0; j < doc.attachments->len; j++)
        {
          const IwAttachment *here = doc.attachments->pdata[j];

          if (g_strcmp0 (here->md5, attachment->attachment.md5) == 0 &&
              here->length == attachment->attachment.length && here->sha256 != NULL &&
              iw_blobs_exists (dir, here->sha256))
            {
              g_set_str (&attachment->attachment.sha256, here->sha256);
              return TRUE;
            }
        }
    }
  return FALSE;
}

static void
on_received (gint64 done, gint64 total, gpointer data)
{
  Work *work = data;

  iw_replicator_tell_bytes (work->fetch->replicator, IW_SYNC_PULLING, work->fetch->compartment->db,
                            done, total);
}

/* FALSE with an error that concerns this document alone, or the whole run: see is_of_one(). */
static gboolean
fetch_attachments (Work *work, IwWireDoc *doc, GError **error)
{
  IwReplicator *self = work->fetch->replicator;
  const char *dir = iw_store_get_dir (self->side_store);

  /* What is deleted needs no files. */
  if (doc->deleted)
    g_clear_pointer (&doc->attachments, g_ptr_array_unref);
  if (doc->attachments == NULL)
    return TRUE;
  if (!iw_wire_store_inline (doc, dir, error))
    return FALSE;
  for (guint i = 0; i < doc->attachments->len; i++)
    {
      IwWireAttachment *attachment = doc->attachments->pdata[i];

      if (attachment->attachment.sha256 == NULL && !find_here (work, doc->docid, attachment) &&
          !iw_remote_get_attachment (self->side_remote, work->fetch->compartment->db, doc->docid,
                                     doc->revs[0], attachment, dir, on_received, work,
                                     work->fetch->pipe.cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether what is wrong is wrong with one document, and the others can go on. */
static gboolean
is_of_one (const GError *error)
{
  return g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_NOT_FOUND) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_TOO_LARGE) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_REFUSED) ||
         g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

/* ---- bodies ---- */

/* Decisions are shown as they were first written: what an entry said first is asked for where a
 * later revision is all that comes. */
static gboolean
fetch_first (Work *work, const IwWireDoc *doc, GError **error)
{
  IwReplicator *self = work->fetch->replicator;
  guint n = doc->revs != NULL ? g_strv_length (doc->revs) : 0;
  g_auto (IwPeerDoc) here = { 0 };
  g_autoptr (IwWireDoc) first = NULL;
  g_autoptr (GError) cause = NULL;

  if (n < 2 || strstr (doc->docid, ":entry-") == NULL ||
      !g_str_has_prefix (doc->revs[n - 1], "1-") ||
      (iw_peer_get (self->side_store, doc->docid, doc->revs[n - 1], &here, NULL) &&
       here.body != NULL))
    return TRUE;
  first = iw_remote_get_rev (self->side_remote, work->fetch->compartment->db, doc->docid,
                             doc->revs[n - 1], work->fetch->pipe.cancellable, &cause);
  if (first != NULL && fetch_attachments (work, first, &cause))
    g_ptr_array_add (work->batch->docs, g_steal_pointer (&first));
  if (cause == NULL || is_of_one (cause))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Whether a leaf is here that lies below all of a history that came cut off. */
static gboolean
is_above_ours (char **leaves, const char *oldest)
{
  gint64 generation = iw_wire_rev_generation (oldest);

  for (guint i = 0; generation > 1 && leaves[i] != NULL; i++)
    if (iw_wire_rev_generation (leaves[i]) < generation)
      return TRUE;
  return FALSE;
}

/* Servers tell as much of a history as their _revs_limit. Who was away for longer would have what
 * is here and what comes as two versions side by side, of which the server knows nothing: what lies
 * between is asked for as far as the server still has it. */
static gboolean
fetch_bridge (Work *work, const IwWireDoc *doc, GError **error)
{
  IwReplicator *self = work->fetch->replicator;
  g_autofree char *oldest = g_strdup (doc->revs[g_strv_length (doc->revs) - 1]);
  g_auto (GStrv) leaves = NULL;

  if (iw_wire_rev_generation (oldest) == 1)
    return TRUE;
  leaves = iw_peer_leaves (self->side_store, doc->docid, NULL, error);
  if (leaves == NULL)
    return FALSE;
  for (guint i = 0; i < MAX_BRIDGES && is_above_ours (leaves, oldest); i++)
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (IwWireDoc) between =
          iw_remote_get_rev (self->side_remote, work->fetch->compartment->db, doc->docid, oldest,
                             work->fetch->pipe.cancellable, &cause);

      if (between == NULL || !fetch_attachments (work, between, &cause))
        {
          if (cause == NULL || is_of_one (cause))
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (between->revs[1] == NULL)
        return TRUE;
      g_free (oldest);
      oldest = g_strdup (between->revs[g_strv_length (between->revs) - 1]);
      g_ptr_array_add (work->batch->docs, g_steal_pointer (&between));
    }
  return TRUE;
}

/* The first of what was asked for of @docid; of those that were not had, one is asked for again. */
static const char *
asked_rev (Work *work, const char *docid)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (work->places, docid));

  return place > 0 ? g_array_index (work->wanted, IwRemoteRevs, place - 1).revs[0] : NULL;
}

static gboolean
on_doc (const char *docid, IwWireDoc *owned, const GError *error, gpointer data)
{
  Work *work = data;
  g_autoptr (IwWireDoc) doc = owned;
  g_autoptr (GError) cause = NULL;

  if (error != NULL)
    {
      refuse (work, docid, asked_rev (work, docid), error->message);
      return TRUE;
    }
  if (!fetch_first (work, doc, &cause) || !fetch_bridge (work, doc, &cause) ||
      !fetch_attachments (work, doc, &cause))
    {
      if (!is_of_one (cause))
        {
          work->error = g_steal_pointer (&cause);
          return FALSE;
        }
      refuse (work, docid, doc->revs[0], cause->message);
      return TRUE;
    }
  work->n_bytes += strlen (doc->body);
  work->n_docs++;
  g_ptr_array_add (work->batch->docs, g_steal_pointer (&doc));
  return TRUE;
}

/* Hands on what is there. @seq: reached with it; NULL: more of the same page follows. */
static gboolean
hand_on (Work *work, const char *seq, guint n_rows)
{
  IwFetched *batch = work->batch;

  batch->seq = g_strdup (seq);
  batch->n_rows = n_rows;
  work->batch = fetched_new ();
  work->batch->pending = batch->pending;
  return iw_pipe_put (&work->fetch->pipe, batch);
}

/* So many that the next answer has about IW_REPLICATOR_BYTES. */
static void
adapt (Work *work)
{
  gsize average = work->n_docs > 0 ? MAX (work->n_bytes / work->n_docs, 1) : 1;

  work->at_a_time = CLAMP (IW_REPLICATOR_BYTES / average, MIN_AT_A_TIME, IW_REPLICATOR_ROWS);
}

static gboolean
fetch_wanted (Work *work, GError **error)
{
  IwReplicator *self = work->fetch->replicator;

  for (guint at = 0; at < work->wanted->len;)
    {
      const IwRemoteRevs *items = (IwRemoteRevs *)(gpointer)work->wanted->data + at;
      guint n = MIN (work->at_a_time, work->wanted->len - at);

      work->n_bytes = work->n_docs = 0;
      if (!iw_remote_bulk_get (self->side_remote, work->fetch->compartment->db, items, n, on_doc,
                               work, work->fetch->pipe.cancellable, error))
        return FALSE;
      if (work->error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&work->error));
          return FALSE;
        }
      at += n;
      adapt (work);
      if (at < work->wanted->len && !hand_on (work, NULL, 0))
        return FALSE;
    }
  return TRUE;
}

/* ---- rows ---- */

/* Those of @a, and of @b what is not among them. */
static char **
join_revs (const char *const *a, char **b)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **)a);
  for (guint i = 0; b[i] != NULL; i++)
    if (!g_strv_contains (a, b[i]))
      g_strv_builder_add (builder, b[i]);
  return g_strv_builder_end (builder);
}

/* A cluster may tell of a document twice in a page; it is asked for once. */
static void
want (Work *work, char *docid, char **revs)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (work->places, docid));
  IwRemoteRevs item = { docid, (const char *const *)revs };

  g_ptr_array_add (work->texts, revs);
  if (place > 0)
    {
      IwRemoteRevs *first = &g_array_index (work->wanted, IwRemoteRevs, place - 1);
      char **both = join_revs (first->revs, revs);

      g_ptr_array_add (work->texts, both);
      first->revs = (const char *const *)both;
      return;
    }
  g_array_append_val (work->wanted, item);
  g_hash_table_insert (work->places, docid, GUINT_TO_POINTER (work->wanted->len));
}

static gboolean
look_at (Work *work, IwRemoteChange *row, GError **error)
{
  g_auto (GStrv) missing = NULL;
  g_autofree char *reason = NULL;
  gboolean admitted;

  /* Designs are for the server alone. */
  if (g_str_has_prefix (row->docid, "_"))
    return TRUE;
  if (row->n_revs > IW_REMOTE_MAX_LEAVES)
    {
      reason = g_strdup_printf (_ ("The server has %" G_GSIZE_FORMAT
                                   " versions of it side by side; only %d were looked at."),
                                row->n_revs, IW_REMOTE_MAX_LEAVES);
      refuse (work, row->docid, row->revs[0], reason);
    }
  missing = iw_peer_missing (work->fetch->replicator->side_store, row->docid,
                             (const char *const *)row->revs, NULL, error);
  if (missing == NULL)
    return FALSE;
  if (*missing == NULL)
    return TRUE;
  if (!iw_scopes_admit (work->scopes, row->docid, work->fetch->compartment->db, &admitted,
                        work->batch->scopes, error))
    return FALSE;
  if (admitted)
    want (work, row->docid, g_steal_pointer (&missing));
  else
    refuse (work, row->docid, row->revs[0],
            _ ("It belongs to an incident that lives in another compartment. Nothing of it was "
               "taken."));
  return TRUE;
}

/* An id or revision that is none is not the other rows' fault. */
static gboolean
look_at_safely (Work *work, IwRemoteChange *row, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (look_at (work, row, &cause))
    return TRUE;
  if (is_of_one (cause))
    {
      refuse (work, row->docid, row->revs[0], cause->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static void
clear_wanted (Work *work)
{
  g_hash_table_remove_all (work->places);
  g_array_set_size (work->wanted, 0);
  g_ptr_array_set_size (work->texts, 0);
}

/* What is parked is asked for again, before anything else. */
static gboolean
fetch_retries (Work *work, GError **error)
{
  GPtrArray *retries = work->fetch->retries;

  if (retries->len == 0)
    return TRUE;
  for (guint i = 0; i < retries->len; i++)
    {
      const IwParked *parked = retries->pdata[i];
      g_auto (GStrv) revs = *parked->rev != '\0' ? g_strsplit (parked->rev, "\n", 1) : NULL;
      IwRemoteChange row = { .docid = parked->docid, .revs = revs, .n_revs = 1 };

      if (revs != NULL && !look_at_safely (work, &row, error))
        return FALSE;
    }
  return fetch_wanted (work, error) && hand_on (work, NULL, 0);
}

/* One page. @more: whether another may follow. */
static gboolean
fetch_page (Work *work, gboolean *more, GError **error)
{
  IwFetch *fetch = work->fetch;
  IwReplicator *self = fetch->replicator;
  g_autofree char *last = NULL;
  gint64 pending;
  g_autoptr (GPtrArray) rows =
      iw_remote_changes (self->side_remote, fetch->compartment->db, fetch->since,
                         IW_REPLICATOR_ROWS, 0, &last, &pending, fetch->pipe.cancellable, error);

  if (rows == NULL)
    return FALSE;
  *more = rows->len > 0 && (pending > 0 || (pending < 0 && rows->len >= IW_REPLICATOR_ROWS));
  if (*more && g_strcmp0 (last, fetch->since) == 0)
    {
      g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL,
                           _ ("The server tells of the same changes again and again."));
      return FALSE;
    }
  work->batch->pending = pending;
  for (guint i = 0; i < rows->len; i++)
    if (!look_at_safely (work, rows->pdata[i], error))
      return FALSE;
  if (!fetch_wanted (work, error))
    return FALSE;
  clear_wanted (work);
  g_set_str (&fetch->since, last);
  return hand_on (work, last, rows->len);
}

gpointer
iw_fetch_run (gpointer data)
{
  IwFetch *fetch = data;
  g_autoptr (IwScopes) scopes = iw_scopes_new (fetch->replicator->side_store, fetch->def);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (IwRemoteRevs));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  Work work = { .fetch = fetch,
                .scopes = scopes,
                .wanted = wanted,
                .texts = texts,
                .places = places,
                .at_a_time = IW_REPLICATOR_ROWS / 2 };
  GError *error = NULL;
  gboolean more = TRUE;

  work.batch = fetched_new ();
  if (fetch_retries (&work, &error))
    {
      clear_wanted (&work);
      while (more && fetch_page (&work, &more, &error))
        ;
    }
  iw_fetched_free (work.batch);
  iw_pipe_close (&fetch->pipe, error);
  return NULL;
}
