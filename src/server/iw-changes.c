#include "config.h"

#include "iw-changes.h"

#include <string.h>

#include "iw-document-read.h"
#include "iw-selector.h"
#include "iw-sequence.h"
#include "iw-wire.h"

#define MAX_GATHERED 100
#define MAX_WITH_ATTACHMENTS 4 /* each may be some MiB */

gboolean
iw_changes_shape_is_shared (const IwChangesShape *shape)
{
  return shape->docids == NULL && shape->selector == NULL && !shape->design && !shape->conflicts &&
         !shape->attachments && !shape->descending;
}

/* ---- batches ---- */

static IwChangesBatch *
batch_new (gint64 from)
{
  IwChangesBatch *batch = g_atomic_rc_box_new0 (IwChangesBatch);

  batch->from = batch->to = from;
  batch->rows = g_array_new (FALSE, FALSE, sizeof (IwChangesRow));
  return batch;
}

static void
batch_clear (gpointer data)
{
  IwChangesBatch *batch = data;

  g_array_unref (batch->rows);
  g_clear_pointer (&batch->text, g_bytes_unref);
}

IwChangesBatch *
iw_changes_batch_ref (IwChangesBatch *batch)
{
  return g_atomic_rc_box_acquire (batch);
}

void
iw_changes_batch_unref (IwChangesBatch *batch)
{
  g_atomic_rc_box_release_full (batch, batch_clear);
}

GBytes *
iw_changes_batch_slice (IwChangesBatch *batch, gint64 since, guint limit, guint *n, gint64 *last)
{
  guint first = 0;
  gsize begin;
  gsize end;

  while (first < batch->rows->len && g_array_index (batch->rows, IwChangesRow, first).seq <= since)
    first++;
  *n = MIN (limit, batch->rows->len - first);
  *last = since;
  if (*n == 0)
    return NULL;
  begin = first > 0 ? g_array_index (batch->rows, IwChangesRow, first - 1).end : 0;
  end = g_array_index (batch->rows, IwChangesRow, first + *n - 1).end;
  *last = g_array_index (batch->rows, IwChangesRow, first + *n - 1).seq;
  return g_bytes_new_from_bytes (batch->text, begin, end - begin);
}

/* A row has no line break within: JSON escapes them. */
void
iw_changes_append_elements (GString *out, GBytes *lines)
{
  gsize length;
  const char *text = g_bytes_get_data (lines, &length);
  const char *end = text + length;

  while (text < end)
    {
      const char *stop = memchr (text, '\n', end - text);

      g_string_append_len (out, text, stop - text);
      text = stop + 1;
      if (text < end)
        g_string_append (out, ",\n");
    }
}

/* ---- rows ---- */

typedef struct
{
  IwStore *store;
  const IwChangesShape *shape;
  IwChangesBatch *batch;
  GString *text;
  const char *uuid;
  guint limit;
  gsize max_bytes;
  guint max_gathered;
  GPtrArray *gathered; /* (IwPeerDoc) whose documents are to be read once the walk is over */
  GArray *holes;       /* (gsize) where they belong */
  gboolean ended;      /* by a limit */
  GError *error;
} Reader;

static gboolean
is_wanted (const IwChangesShape *shape, const IwPeerChange *change)
{
  if (shape->docids != NULL && !g_hash_table_contains (shape->docids, change->docid))
    return FALSE;
  if (shape->design && !g_str_has_prefix (change->docid, "_design/"))
    return FALSE;
  return TRUE;
}

/* As CouchDB has it, each leaf that is told of is held against the selector. NULL where none of them
 * is wanted, or with self->error. (transfer container) */
static const char **
select_revs (Reader *self, const IwPeerChange *change)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; change->revs[i] != NULL; i++)
    {
      g_auto (IwPeerDoc) leaf = { NULL };
      const char *body = change->doc != NULL ? change->doc->body : NULL;

      if (i > 0 &&
          !iw_peer_find (self->store, change->docid, change->revs[i], &leaf, &self->error))
        return NULL;
      if (iw_selector_matches (self->shape->selector, change->docid, i > 0 ? leaf.body : body))
        g_ptr_array_add (wanted, (gpointer)change->revs[i]);
    }
  if (wanted->len == 0)
    return NULL;
  g_ptr_array_add (wanted, NULL);
  return (const char **)g_ptr_array_free (g_steal_pointer (&wanted), FALSE);
}

static void
append_head (Reader *self, const IwPeerChange *change)
{
  GString *out = self->text;

  g_string_append (out, "{\"seq\":");
  iw_sequence_append (out, change->seq, self->uuid);
  g_string_append (out, ",\"id\":");
  iw_canonical_append_string (out, change->docid);
  g_string_append (out, ",\"changes\":[");
  for (guint i = 0; change->revs[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? ",{\"rev\":\"" : "{\"rev\":\"");
      g_string_append (out, change->revs[i]);
      g_string_append (out, "\"}");
    }
  g_string_append (out, change->deleted ? "],\"deleted\":true" : "]");
}

static void
gather (Reader *self, const IwPeerChange *change)
{
  IwPeerDoc *doc = g_new0 (IwPeerDoc, 1);

  doc->docid = g_strdup (change->docid);
  doc->rev = g_strdup (change->revs[0]);
  g_ptr_array_add (self->gathered, doc);
  g_array_append_val (self->holes, self->text->len);
}

static gboolean
append_doc (Reader *self, const IwPeerChange *change)
{
  if (!self->shape->include_docs)
    return TRUE;
  g_string_append (self->text, ",\"doc\":");
  if (!self->shape->conflicts && !self->shape->attachments && change->doc != NULL)
    return iw_wire_append_doc (self->text, change->doc, NULL, &self->error);
  gather (self, change);
  return TRUE;
}

static gboolean
on_change (const IwPeerChange *change, gpointer data)
{
  Reader *self = data;
  IwChangesRow row = { .seq = change->seq };
  IwPeerChange told = *change;
  g_autofree const char **revs = NULL;
  gboolean wanted = is_wanted (self->shape, change);

  if (wanted && self->shape->selector != NULL)
    {
      told.revs = revs = select_revs (self, change);
      wanted = revs != NULL;
    }
  if (self->error != NULL)
    return FALSE;
  if (wanted)
    {
      append_head (self, &told);
      if (!append_doc (self, change))
        return FALSE;
      g_string_append (self->text, "}\n");
      row.end = self->text->len;
      g_array_append_val (self->batch->rows, row);
    }
  self->batch->to = change->seq;
  self->ended = self->batch->rows->len >= self->limit || self->text->len >= self->max_bytes ||
                self->gathered->len >= self->max_gathered;
  return !self->ended;
}

/* ---- documents that need another look ---- */

static char **
other_leaves (Reader *self, const IwPeerDoc *doc)
{
  g_autofree gboolean *deleted = NULL;
  g_auto (GStrv) leaves = iw_peer_leaves (self->store, doc->docid, &deleted, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; leaves != NULL && leaves[i] != NULL; i++)
    if (!deleted[i] && strcmp (leaves[i], doc->rev) != 0)
      g_strv_builder_add (builder, leaves[i]);
  return g_strv_builder_end (builder);
}

static gboolean
append_gathered (Reader *self, GString *out, const IwPeerDoc *row, GError **error)
{
  g_auto (IwPeerDoc) doc = { NULL };
  g_auto (GStrv) conflicts = self->shape->conflicts ? other_leaves (self, row) : NULL;
  IwWireOptions options = { .conflicts = conflicts };

  if (!iw_peer_find (self->store, row->docid, row->rev, &doc, error))
    return FALSE;
  if (doc.docid == NULL)
    {
      g_string_append (out, "null"); /* purged in between */
      return TRUE;
    }
  if (self->shape->attachments && !self->shape->descending && iw_document_fits_a_list (&doc))
    options.dir = iw_store_get_dir (self->store);
  return iw_wire_append_doc (out, &doc, &options, error);
}

/* Puts documents into their holes; the ends of the rows move. */
static gboolean
fill_holes (Reader *self, GError **error)
{
  g_autoptr (GString) filled = g_string_sized_new (self->text->len * 2);
  guint row = 0;
  gsize at = 0;

  for (guint i = 0; i < self->gathered->len; i++)
    {
      gsize hole = g_array_index (self->holes, gsize, i);

      g_string_append_len (filled, self->text->str + at, hole - at);
      if (!append_gathered (self, filled, self->gathered->pdata[i], error))
        return FALSE;
      at = hole;
      for (; row < self->batch->rows->len; row++)
        {
          IwChangesRow *changed = &g_array_index (self->batch->rows, IwChangesRow, row);

          if (i + 1 < self->gathered->len &&
              changed->end > g_array_index (self->holes, gsize, i + 1))
            break;
          changed->end += filled->len - hole;
        }
    }
  g_string_append_len (filled, self->text->str + at, self->text->len - at);
  g_string_truncate (self->text, 0);
  g_string_append_len (self->text, filled->str, filled->len);
  return TRUE;
}

static gboolean
walk (Reader *self, gint64 since, GError **error)
{
  const IwChangesShape *shape = self->shape;
  gboolean read_again = shape->conflicts || shape->attachments;
  IwPeerChangesFlags flags = IW_PEER_CHANGES_NONE;

  if (shape->all_leaves)
    flags |= IW_PEER_CHANGES_ALL_LEAVES;
  if ((shape->include_docs && !read_again) || shape->selector != NULL)
    flags |= IW_PEER_CHANGES_BODIES;
  if (shape->descending)
    flags |= IW_PEER_CHANGES_DESCENDING;
  if (!iw_peer_foreach_change (self->store, since, 0, flags, on_change, self, NULL, error))
    return FALSE;
  if (self->error == NULL)
    return self->gathered->len == 0 || fill_holes (self, error);
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* The latest first are read all at once: see iw-changes.h. */
static guint
get_max_gathered (const IwChangesShape *shape)
{
  if (shape->descending)
    return G_MAXUINT;
  return shape->attachments ? MAX_WITH_ATTACHMENTS : MAX_GATHERED;
}

static gboolean
find_tip (Reader *self, GError **error)
{
  self->batch->from = self->batch->to = iw_store_get_seq (self->store);
  return TRUE;
}

IwChangesBatch *
iw_changes_read (IwStore *store,
                 const IwChangesShape *shape,
                 gint64 since,
                 guint limit,
                 gsize max_bytes,
                 GError **error)
{
  g_autoptr (IwChangesBatch) batch = batch_new (since);
  g_autoptr (GPtrArray) gathered =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_peer_doc_free);
  g_autoptr (GArray) holes = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) text = g_string_new (NULL);
  Reader self = { .store = store,
                  .shape = shape,
                  .batch = batch,
                  .text = text,
                  .uuid = iw_store_get_uuid (store),
                  .limit = limit,
                  .max_bytes = max_bytes,
                  .max_gathered = get_max_gathered (shape),
                  .gathered = gathered,
                  .holes = holes };

  if (since == G_MAXINT64 ? !find_tip (&self, error) : !walk (&self, since, error))
    return NULL;
  batch->more = self.ended;
  if (batch->rows->len >= limit && !shape->descending)
    batch->pending = iw_peer_count_changes (store, batch->to);
  batch->text = g_string_free_to_bytes (g_steal_pointer (&text));
  return g_steal_pointer (&batch);
}
