/* Merging what can be merged whole, so that all who have the same leaves make the same revisions.
 *
 * The leaves are merged one after another into the winner; one with which something would stay open
 * is left as it is. The merged body is a child of the winner; the leaves that went into it end in
 * tombstones. Bodies, stamps and the names of the revisions are all that goes in, no clock and no
 * author.
 */
#include "config.h"

#include "iw-conflicts-private.h"

#include <string.h>

#include "iw-attachments.h"
#include "iw-json.h"
#include "iw-merge.h"

/* How many leaves of one document go into one merge, how many documents into one transaction, and
 * how many of those into one call: a peer may send a million of either. */
#define MAX_LEAVES 50
#define MAX_DOCUMENTS 1000
#define MAX_TRANSACTIONS 20

typedef struct
{
  IwStore *store;
  const char *docid;
  IwRevRow *winner;
  JsonObject *body;       /* merged so far */
  GPtrArray *attachments; /* (element-type IwAttachment) the same; NULL: none */
  GPtrArray *ended;       /* (element-type IwRevRow) that went in; not owned */
} Merge;

static void
merge_clear (Merge *self)
{
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->ended, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, merge_clear)

/* ---- attachments: each a member by its name ---- */

static GPtrArray *
new_attachments (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_attachment_free);
}

static GPtrArray *
read_attachments (IwStore *store, const IwRevRow *row, GError **error)
{
  return row->attached ? iw_attachments_read (store, row->id, error) : new_attachments ();
}

static const IwAttachment *
find (GPtrArray *attachments, const char *name)
{
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    if (g_str_equal (((IwAttachment *)attachments->pdata[i])->name, name))
      return attachments->pdata[i];
  return NULL;
}

static gboolean
same (const IwAttachment *a, const IwAttachment *b)
{
  return a == b || (a != NULL && b != NULL && g_strcmp0 (a->sha256, b->sha256) == 0 &&
                    g_strcmp0 (a->content_type, b->content_type) == 0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const IwAttachment *const *x = a, *const *y = b;

  return g_strcmp0 ((*x)->name, (*y)->name);
}

/* What @ours and @theirs have of one name, after what @base had. FALSE where both changed it. */
static gboolean
choose (const IwAttachment *base,
        const IwAttachment *ours,
        const IwAttachment *theirs,
        const IwAttachment **chosen)
{
  *chosen = same (base, ours) ? theirs : ours;
  return same (ours, theirs) || same (base, ours) || same (base, theirs);
}

/* NULL where both changed one of them. @gen: of the revision that will have them. (transfer full)
 */
static GPtrArray *
merge_attachments (GPtrArray *base, GPtrArray *ours, GPtrArray *theirs, gint64 gen)
{
  g_autoptr (GPtrArray) merged = new_attachments ();
  GPtrArray *sides[] = { ours, theirs };

  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    for (guint i = 0; i < sides[side]->len; i++)
      {
        const char *name = ((IwAttachment *)sides[side]->pdata[i])->name;
        const IwAttachment *own = find (ours, name), *chosen;
        IwAttachment *copy;

        if (side == 1 && own != NULL)
          continue;
        if (!choose (find (base, name), own, find (theirs, name), &chosen))
          return NULL;
        if (chosen == NULL)
          continue;
        copy = iw_attachment_copy (chosen);
        if (!same (own, chosen))
          copy->revpos = gen;
        g_ptr_array_add (merged, copy);
      }
  g_ptr_array_sort (merged, compare_names);
  return g_steal_pointer (&merged);
}

/* ---- one leaf ---- */

static GPtrArray *
read_base_attachments (Merge *self, const IwRevRow *leaf, GError **error)
{
  g_autofree char *a = iw_rev_format (self->winner->rev.gen, self->winner->rev.hash);
  g_autofree char *b = iw_rev_format (leaf->rev.gen, leaf->rev.hash);
  g_autofree char *base = NULL;
  g_auto (IwRevRow) row = { 0 };
  g_autoptr (GError) local = NULL;
  IwRev rev;

  if (!self->winner->attached && !leaf->attached)
    return new_attachments ();
  base = iw_store_common_ancestor (self->store, self->docid, a, b, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (base == NULL || !iw_rev_parse (base, &rev))
    return new_attachments ();
  if (!iw_store_read_rev (self->store, self->winner->doc, &rev, &row, error))
    return NULL;
  return read_attachments (self->store, &row, error);
}

/* FALSE on errors; a leaf that cannot be merged whole leaves all as it was. */
static gboolean
take_leaf (Merge *self, IwRevRow *leaf, GError **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) base = NULL;
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) merged = NULL;
  g_autoptr (GPtrArray) base_files = NULL;
  g_autoptr (GPtrArray) their_files = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (!iw_rev_check_next (leaf->rev.gen, NULL))
    return TRUE;
  if (!iw_conflict_read_base (self->store, self->docid, self->winner, leaf, &base, error) ||
      (theirs = iw_conflict_body_of (leaf, error)) == NULL ||
      (base_files = read_base_attachments (self, leaf, error)) == NULL ||
      (their_files = read_attachments (self->store, leaf, error)) == NULL)
    return FALSE;
  merged = iw_merge_objects (base, self->body, theirs, open);
  files = merge_attachments (base_files, self->attachments, their_files, self->winner->rev.gen + 1);
  if (open->len > 0 || files == NULL)
    return TRUE;
  g_clear_pointer (&self->body, json_object_unref);
  self->body = g_steal_pointer (&merged);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  self->attachments = g_steal_pointer (&files);
  g_ptr_array_add (self->ended, leaf);
  return TRUE;
}

/* ---- writing ---- */

static JsonArray *
names_of (Merge *self)
{
  JsonArray *names = json_array_new ();
  g_autofree char *winner = iw_rev_format (self->winner->rev.gen, self->winner->rev.hash);

  json_array_add_string_element (names, winner);
  for (guint i = 0; i < self->ended->len; i++)
    {
      const IwRevRow *leaf = self->ended->pdata[i];
      g_autofree char *name = iw_rev_format (leaf->rev.gen, leaf->rev.hash);

      json_array_add_string_element (names, name);
    }
  return names;
}

static gboolean
says_more (Merge *self, gboolean *more, GError **error)
{
  g_autoptr (JsonObject) before = iw_conflict_body_of (self->winner, error);
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (before == NULL || (old = iw_json_to_canonical (before, error)) == NULL ||
      (new = iw_json_to_canonical (self->body, error)) == NULL ||
      (files = read_attachments (self->store, self->winner, error)) == NULL)
    return FALSE;
  *more = strcmp (old, new) != 0 || files->len != self->attachments->len;
  for (guint i = 0; i < files->len && !*more; i++)
    *more = !same (files->pdata[i], self->attachments->pdata[i]);
  return TRUE;
}

/* What the winner is followed by; NULL where that is too long to be stored. (transfer full) */
static char *
make_text (Merge *self)
{
  g_autoptr (JsonObject) body = iw_json_shallow_copy (self->body);

  json_object_set_array_member (body, IW_MERGED, names_of (self));
  return iw_json_to_canonical (body, NULL);
}

static gboolean
write_child (Merge *self, const char *text, GError **error)
{
  g_autofree char *parent = iw_rev_format (self->winner->rev.gen, self->winner->rev.hash);
  g_autofree IwAttachment **files = iw_conflict_list_attachments (self->attachments);
  gboolean more;

  return says_more (self, &more, error) &&
         (!more ||
          iw_peer_edit (self->store, self->docid, parent, text, FALSE, files, NULL, error));
}

static gboolean
end_leaf (Merge *self, const IwRevRow *leaf, GError **error)
{
  g_autofree char *parent = iw_rev_format (leaf->rev.gen, leaf->rev.hash);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *text = NULL;
  const char *type = iw_json_get_string (self->body, "type", NULL);

  json_object_set_array_member (body, IW_MERGED, names_of (self));
  if (type != NULL)
    json_object_set_string_member (body, "type", type);
  text = iw_json_to_canonical (body, error);
  return text != NULL &&
         iw_peer_edit (self->store, self->docid, parent, text, TRUE, NULL, NULL, error);
}

/* Two documents that each hold may make one that does not; a person has to look at that. */
static gboolean
holds (Merge *self)
{
  g_autoptr (JsonObject) before = iw_conflict_body_of (self->winner, NULL);

  return iw_store_check_document (self->docid, self->body, NULL) || before == NULL ||
         !iw_store_check_document (self->docid, before, NULL);
}

static gboolean
merge_leaves (Merge *self, GPtrArray *leaves, GError **error)
{
  g_autofree char *text = NULL;

  /* From here on nothing may be refused that the others would be rolled back with. */
  for (guint i = 1; i < leaves->len && iw_rev_check_next (self->winner->rev.gen, NULL); i++)
    {
      IwRevRow *leaf = leaves->pdata[i];

      if (!leaf->deleted && !take_leaf (self, leaf, error))
        return FALSE;
    }
  if (self->ended->len == 0)
    return TRUE;
  text = holds (self) ? make_text (self) : NULL;
  if (text == NULL)
    {
      g_ptr_array_set_size (self->ended, 0);
      return TRUE;
    }
  if (!write_child (self, text, error))
    return FALSE;
  for (guint i = 0; i < self->ended->len; i++)
    if (!end_leaf (self, self->ended->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Until its leaves are others. */
static gboolean
mark_open (IwStore *self, gint64 doc, GError **error)
{
  return iw_db_run_with (self->db, "UPDATE doc SET fork = ?2 WHERE id = ?1 AND fork = ?3",
                         IW_DB_INTS (doc, IW_FORK_OPEN, IW_FORK_LIVE), error);
}

/* @merged: whether any of its leaves was. */
static gboolean
merge_document (IwStore *self, const char *docid, gboolean *merged, GError **error)
{
  g_auto (Merge) merge = { .store = self, .docid = docid };
  g_autoptr (GPtrArray) leaves = NULL;
  gboolean decision;
  gint64 doc;

  *merged = FALSE;
  if (!iw_store_find_doc (self, docid, &doc, error) ||
      (leaves = iw_store_read_some_leaves (self, doc, MAX_LEAVES, error)) == NULL ||
      !iw_conflict_is_decision (self, doc, leaves, &decision, error))
    return FALSE;
  if (!decision && leaves->len >= 2)
    {
      merge.winner = leaves->pdata[0];
      merge.ended = g_ptr_array_new ();
      if ((merge.body = iw_conflict_body_of (merge.winner, error)) == NULL ||
          (merge.attachments = read_attachments (self, merge.winner, error)) == NULL ||
          !merge_leaves (&merge, leaves, error))
        return FALSE;
      *merged = merge.ended->len > 0;
    }
  return *merged || mark_open (self, doc, error);
}

/* Those that were not looked at as they are, a part of them. (transfer full) */
static char **
read_documents (IwStore *self, GError **error)
{
  g_autoptr (GStrvBuilder) docids = g_strv_builder_new ();
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT d.docid FROM doc d WHERE d.fork >= 2 AND d.fork = ?1 AND " IW_CONFLICT_CONCERNS
      " ORDER BY d.docid LIMIT ?2",
      error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_int (stmt, 1, IW_FORK_LIVE);
  iw_db_bind_int (stmt, 2, MAX_DOCUMENTS);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_strv_builder_add (docids, iw_db_text (stmt, 0));
  return step == IW_DB_DONE ? g_strv_builder_end (docids) : NULL;
}

static gboolean
merge_documents (IwStore *self, guint *n_merged, gboolean *more, GError **error)
{
  g_auto (GStrv) docids = read_documents (self, error);

  /* Where there is nothing to write there is nothing to wait for. */
  *more = docids != NULL && docids[0] != NULL;
  if (!*more)
    return docids != NULL;
  if (!iw_store_begin (self, error))
    return FALSE;
  for (guint i = 0; docids[i] != NULL; i++)
    {
      gboolean merged;

      if (!merge_document (self, docids[i], &merged, error))
        {
          iw_store_rollback (self);
          return FALSE;
        }
      *n_merged += merged;
    }
  return iw_store_commit (self, error);
}

gboolean
iw_conflicts_left (IwStore *self)
{
  g_auto (GStrv) docids = read_documents (self, NULL);

  return docids != NULL && docids[0] != NULL;
}

gboolean
iw_conflicts_merge_all (IwStore *self, guint *merged, guint *open, GError **error)
{
  guint n_merged = 0;
  gboolean more = TRUE;

  for (guint i = 0; more && i < MAX_TRANSACTIONS; i++)
    if (!merge_documents (self, &n_merged, &more, error))
      return FALSE;
  if (merged != NULL)
    *merged = n_merged;
  if (open != NULL)
    *open = iw_conflicts_count (self);
  return TRUE;
}

IwAttachment **
iw_conflict_list_attachments (GPtrArray *attachments)
{
  IwAttachment **list = g_new0 (IwAttachment *, attachments->len + 1);

  for (guint i = 0; i < attachments->len; i++)
    list[i] = attachments->pdata[i];
  return list;
}

GPtrArray *
iw_conflict_join_attachments (IwStore *self,
                              const IwRevRow *winner,
                              const IwRevRow *other,
                              GError **error)
{
  g_autoptr (GPtrArray) ours = read_attachments (self, winner, error);
  g_autoptr (GPtrArray) theirs = ours != NULL ? read_attachments (self, other, error) : NULL;

  if (theirs == NULL)
    return NULL;
  for (guint i = 0; i < theirs->len; i++)
    {
      const IwAttachment *attachment = theirs->pdata[i];

      if (find (ours, attachment->name) == NULL)
        g_ptr_array_add (ours, iw_attachment_copy (attachment));
    }
  g_ptr_array_sort (ours, compare_names);
  return g_steal_pointer (&ours);
}
