/* documents.jsonl: which documents go along, and which revisions of them. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-bundle-private.h"

#define PAGE 1000
#define WORKSPACE "workspace:"

typedef struct
{
  IwStore *store;
  GHashTable *scopes;  /* incidents; NULL: everything */
  GHashTable *written; /* docids */
  GQueue referred;     /* docids of the workspace that something refers to */
  IwBundleManifest *manifest;
  IwBundleWork *work;
  int fd;
  GString *out;
  GChecksum *checksum;
  gint64 length;
} Writer;

/* ---- the file ---- */

static gboolean
flush (Writer *self, GError **error)
{
  if (!iw_bundle_write_all (self->fd, self->out->str, self->out->len))
    return iw_bundle_fail_errno (error, IW_BUNDLE_DOCUMENTS);
  g_checksum_update (self->checksum, (const guchar *)self->out->str, self->out->len);
  self->length += self->out->len;
  g_string_truncate (self->out, 0);
  return TRUE;
}

/* ---- what a body refers to ---- */

static void
find_references (Writer *self, const char *body)
{
  const char *at = body;

  while (self->scopes != NULL && (at = strstr (at, "\"" WORKSPACE)) != NULL)
    {
      gsize n = strcspn (++at, "\"\\");

      g_queue_push_tail (&self->referred, g_strndup (at, n));
      at += n;
    }
}

static void
remember_title (Writer *self, const char *docid, const char *body)
{
  g_autofree char *scope = NULL;
  g_autoptr (yyjson_doc) json = NULL;
  const char *title;

  if (!g_str_has_suffix (docid, ":incident"))
    return;
  scope = iw_peer_scope_of (docid);
  json = iw_canonical_read (body, strlen (body), NULL);
  title = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (json), "title"));
  g_ptr_array_add (self->manifest->incidents, g_steal_pointer (&scope));
  g_ptr_array_add (self->manifest->incidents, g_strdup (title != NULL ? title : ""));
}

/* ---- revisions ---- */

static gboolean
add_attachment (Writer *self, const IwAttachment *attachment, GError **error)
{
  g_autofree char *name = g_strconcat (IW_BUNDLE_ATTACHMENTS, attachment->sha256, NULL);

  iw_bundle_manifest_add (self->manifest, name, attachment->sha256, attachment->length);
  if (g_hash_table_size (self->manifest->by_name) < IW_BUNDLE_MAX_MEMBERS)
    return TRUE;
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_TOO_LARGE,
                         _ ("There are too many evidence files for one bundle. Export fewer "
                            "incidents at a time."));
}

/* @history: itself, then what is below it. */
static gboolean
write_rev (Writer *self, const IwPeerDoc *doc, char **history, GError **error)
{
  IwWireOptions options = { .history = history, .sha256 = TRUE };

  for (guint i = 0; doc->attachments != NULL && !doc->deleted && i < doc->attachments->len; i++)
    if (!add_attachment (self, doc->attachments->pdata[i], error))
      return FALSE;
  if (!iw_wire_append_doc (self->out, doc, &options, error))
    return FALSE;
  g_string_append_c (self->out, '\n');
  self->manifest->n_revisions++;
  if (!doc->deleted)
    find_references (self, doc->body);
  return self->out->len < IW_BUNDLE_PIECE || flush (self, error);
}

/* One document as it is written. */
typedef struct
{
  const char *docid;
  GPtrArray *leaves;    /* (element-type IwPeerDoc), the winner last */
  GHashTable *attached; /* SHA-256 sums of what they have */
  GHashTable *written;  /* revisions */
} Doc;

/* An attachment that no leaf has any more may be gone, or meant to be. */
static gboolean
has_others (const Doc *doc, const IwPeerDoc *ancestor)
{
  for (guint i = 0; ancestor->attachments != NULL && i < ancestor->attachments->len; i++)
    if (!g_hash_table_contains (doc->attached,
                                ((IwAttachment *)ancestor->attachments->pdata[i])->sha256))
      return TRUE;
  return FALSE;
}

/* From @revs[at] down to one that is in the bundle already, or to the root. */
static char **
history_from (const Doc *doc, char **revs, guint at)
{
  GStrvBuilder *builder = g_strv_builder_new ();

  for (; revs[at] != NULL; at++)
    {
      g_strv_builder_add (builder, revs[at]);
      if (g_hash_table_contains (doc->written, revs[at]))
        break;
    }
  return g_strv_builder_unref_to_strv (builder);
}

static gboolean
write_ancestor (Writer *self, Doc *doc, char **revs, guint at, GError **error)
{
  g_auto (IwPeerDoc) ancestor = { 0 };
  g_auto (GStrv) history = NULL;

  if (g_hash_table_contains (doc->written, revs[at]))
    return TRUE;
  if (!iw_peer_find (self->store, doc->docid, revs[at], &ancestor, error))
    return FALSE;
  /* Gone since it was told of, or known by its id alone. */
  if (ancestor.body == NULL || has_others (doc, &ancestor))
    return TRUE;
  history = history_from (doc, revs, at);
  g_hash_table_add (doc->written, g_strdup (revs[at]));
  return write_rev (self, &ancestor, history, error);
}

/* Oldest first. Of a decision that was deleted the first: it is what is shown. Of other documents
 * that were deleted nothing. */
static gboolean
write_ancestors (Writer *self, Doc *doc, const IwPeerDoc *leaf, char **revs, GError **error)
{
  gboolean is_entry = strstr (doc->docid, ":entry-") != NULL;

  for (guint at = g_strv_length (revs); at > 1; at--)
    {
      if (leaf->deleted && !(is_entry && g_str_has_prefix (revs[at - 1], "1-")))
        continue;
      if (!write_ancestor (self, doc, revs, at - 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_leaf (Writer *self, Doc *doc, const IwPeerDoc *leaf, GError **error)
{
  g_auto (GStrv) revs = iw_peer_history (self->store, doc->docid, leaf->rev, error);

  if (revs == NULL || !write_ancestors (self, doc, leaf, revs, error))
    return FALSE;
  g_hash_table_add (doc->written, g_strdup (leaf->rev));
  return write_rev (self, leaf, revs, error);
}

static gboolean
read_leaves (Writer *self, Doc *doc, const char *const *revs, GError **error)
{
  for (guint i = g_strv_length ((char **)revs); i > 0; i--)
    {
      g_autoptr (IwPeerDoc) leaf = g_new0 (IwPeerDoc, 1);

      if (!iw_peer_find (self->store, doc->docid, revs[i - 1], leaf, error))
        return FALSE;
      if (leaf->body == NULL)
        continue;
      for (guint j = 0; leaf->attachments != NULL && j < leaf->attachments->len; j++)
        g_hash_table_add (doc->attached, ((IwAttachment *)leaf->attachments->pdata[j])->sha256);
      g_ptr_array_add (doc->leaves, g_steal_pointer (&leaf));
    }
  return TRUE;
}

static gboolean
write_doc (Writer *self, const char *docid, const char *const *revs, GError **error)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_peer_doc_free);
  g_autoptr (GHashTable) attached = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Doc doc = { docid, leaves, attached, written };
  const IwPeerDoc *winner;

  if (!g_hash_table_add (self->written, g_strdup (docid)))
    return TRUE;
  if (!read_leaves (self, &doc, revs, error))
    return FALSE;
  if (leaves->len == 0)
    return TRUE;
  for (guint i = 0; i < leaves->len; i++)
    if (!write_leaf (self, &doc, leaves->pdata[i], error))
      return FALSE;
  self->manifest->n_documents++;
  winner = leaves->pdata[leaves->len - 1];
  if (!winner->deleted)
    remember_title (self, docid, winner->body);
  return !iw_bundle_work_is_cancelled (self->work, error);
}

/* ---- documents ---- */

typedef struct
{
  Writer *writer;
  GPtrArray *docids;
  GPtrArray *revs; /* (element-type GStrv) */
  guint n_rows;
} Page;

static gboolean
is_wanted (Writer *self, const char *docid)
{
  g_autofree char *scope = NULL;

  /* Designs are for a server alone. */
  if (*docid == '_')
    return FALSE;
  if (self->scopes == NULL)
    return TRUE;
  scope = iw_peer_scope_of (docid);
  return g_hash_table_contains (self->scopes, scope);
}

static gboolean
on_change (const IwPeerChange *change, gpointer data)
{
  Page *page = data;

  page->n_rows++;
  if (is_wanted (page->writer, change->docid))
    {
      g_ptr_array_add (page->docids, g_strdup (change->docid));
      g_ptr_array_add (page->revs, g_strdupv ((char **)change->revs));
    }
  return TRUE;
}

/* One page of what there is after *since. */
static gboolean
write_page (Writer *self, gint64 *since, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) docids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) revs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  Page page = { self, docids, revs, 0 };

  if (!iw_peer_foreach_change (self->store, *since, PAGE, IW_PEER_CHANGES_ALL_LEAVES, on_change,
                               &page, since, error))
    return FALSE;
  *more = page.n_rows > 0;
  for (guint i = 0; i < docids->len; i++)
    if (!write_doc (self, docids->pdata[i], revs->pdata[i], error))
      return FALSE;
  return !iw_bundle_work_is_cancelled (self->work, error);
}

/* Teams and people, and what these refer to; what was deleted since is just a name without a
 * document. */
static gboolean
write_referred (Writer *self, GError **error)
{
  char *next;

  while ((next = g_queue_pop_head (&self->referred)) != NULL)
    {
      g_autofree char *docid = next;
      g_auto (GStrv) leaves = NULL;

      if (g_hash_table_contains (self->written, docid))
        continue;
      leaves = iw_peer_leaves (self->store, docid, NULL, error);
      if (leaves == NULL || !write_doc (self, docid, (const char *const *)leaves, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_incidents (Writer *self, const char *const *incidents, GError **error)
{
  for (; incidents != NULL && *incidents != NULL; incidents++)
    {
      g_autofree char *docid = iw_id_incident_document (*incidents);

      if (g_hash_table_contains (self->written, docid))
        continue;
      g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
                   _ ("There is no incident “%s” in this workspace."), *incidents);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (Writer *self, const char *const *incidents, GError **error)
{
  gint64 since = 0;
  gboolean more = TRUE;

  while (more)
    if (!write_page (self, &since, &more, error))
      return FALSE;
  return write_referred (self, error) && check_incidents (self, incidents, error) &&
         flush (self, error);
}

gboolean
iw_bundle_write_documents (IwStore *store,
                           const char *const *incidents,
                           int fd,
                           IwBundleManifest *manifest,
                           IwBundleWork *work,
                           GError **error)
{
  Writer self = { .store = store, .manifest = manifest, .work = work, .fd = fd };
  gboolean ok;

  if (incidents != NULL)
    self.scopes = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; incidents != NULL && incidents[i] != NULL; i++)
    g_hash_table_add (self.scopes, (gpointer)incidents[i]);
  self.written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.out = g_string_sized_new (2 * IW_BUNDLE_PIECE);
  self.checksum = g_checksum_new (G_CHECKSUM_SHA256);
  ok = write_all (&self, incidents, error);
  if (ok)
    iw_bundle_manifest_add (manifest, IW_BUNDLE_DOCUMENTS, g_checksum_get_string (self.checksum),
                            self.length);
  g_checksum_free (self.checksum);
  g_string_free (self.out, TRUE);
  g_hash_table_unref (self.written);
  g_clear_pointer (&self.scopes, g_hash_table_unref);
  g_queue_clear_full (&self.referred, g_free);
  return ok;
}
