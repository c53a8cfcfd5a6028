/* What an edit goes on from, where others have written since its author looked (sync.md "Merging").
 */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-json.h"
#include "iw-merge.h"

/* @base: id 0 where it is not kept any more. */
static gboolean
read_base (IwStore *self, gint64 doc, const IwChange *change, IwRevRow *base, GError **error)
{
  IwRev rev;

  if (!iw_rev_parse (change->base, &rev))
    return iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not the id of a revision."),
                    change->base);
  if (doc == 0)
    return iw_fail (error, IW_STORE_ERROR_CONFLICT, "%s",
                    _ ("The document is not there any more. Copy what you need of it."));
  return iw_store_read_rev (self, doc, &rev, base, error);
}

static gboolean
same_text (JsonObject *a, JsonObject *b)
{
  g_autofree char *text_a = iw_json_to_canonical (a, NULL);
  g_autofree char *text_b = iw_json_to_canonical (b, NULL);

  return text_a != NULL && g_strcmp0 (text_a, text_b) == 0;
}

/* Two documents that each hold may make one that does not, or a decision out of none. */
static gboolean
holds (const char *docid, JsonObject *body)
{
  g_autofree char *text = iw_json_to_canonical (body, NULL);

  return iw_store_check_document (docid, body, NULL) && !iw_store_is_decision_text (text);
}

/* Whether all that came since @base was written by the user, through this store. */
static gboolean
is_own (IwStore *self, const IwRevRow *base, const IwRevRow *winner, gboolean *own, GError **error)
{
  gint64 id = winner->id;

  *own = TRUE;
  while (*own && id != base->id)
    {
      g_auto (IwRevRow) row = { 0 };

      if (!iw_store_read_rev_by_id (self, id, &row, error))
        return FALSE;
      id = row.parent;
      *own = row.rev.gen > base->rev.gen && g_hash_table_contains (self->own, row.rev.hash);
    }
  return TRUE;
}

typedef struct
{
  JsonObject *theirs; /* of the winner */
  JsonObject *before; /* of the base; with the winner's stamps, as all that follows */
  JsonObject *mine;   /* NULL: deleted */
} Sides;

static void
sides_clear (Sides *self)
{
  g_clear_pointer (&self->theirs, json_object_unref);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->mine, json_object_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sides, sides_clear)

/* Who wrote it and when is for the store to say, and no difference. */
static gboolean
read_sides (const IwChange *change,
            const IwRevRow *base,
            const IwRevRow *winner,
            Sides *sides,
            GError **error)
{
  g_autoptr (JsonObject) seen = NULL;

  if ((sides->theirs = iw_json_from_text (winner->body, error)) == NULL ||
      (seen = iw_json_from_text (base->body, error)) == NULL)
    return FALSE;
  sides->before = iw_store_with_stamps_of (seen, sides->theirs);
  if (change->body != NULL)
    sides->mine = iw_store_with_stamps_of (change->body, sides->theirs);
  return TRUE;
}

/* What both wrote. NULL where that takes a person; for @own words the later ones stand. (transfer
 * full) */
static JsonObject *
merge (const IwChange *change, const Sides *sides, gboolean own)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) merged =
      iw_merge_objects (sides->before, sides->mine, sides->theirs, open);

  if (open->len > 0 && !own)
    return NULL;
  if (same_text (merged, sides->theirs) || holds (change->docid, merged))
    return g_steal_pointer (&merged);
  return own ? json_object_ref (change->body) : NULL;
}

/* Whether it can go onto the winner; @body becomes what goes there, NULL with NOTHING. */
static gboolean
find_place (IwStore *self,
            const IwChange *change,
            const IwRevRow *base,
            const IwRevRow *winner,
            JsonObject **body,
            gboolean *onto,
            GError **error)
{
  g_auto (Sides) sides = { 0 };
  gboolean own;

  if (!is_own (self, base, winner, &own, error))
    return FALSE;
  *onto = own;
  if (winner->deleted || base->body == NULL || (own && change->body == NULL))
    return TRUE;
  if (!read_sides (change, base, winner, &sides, error))
    return FALSE;
  if (change->body == NULL)
    {
      *onto = same_text (sides.before, sides.theirs);
      return TRUE;
    }
  json_object_unref (*body);
  *body = merge (change, &sides, own);
  *onto = *body != NULL;
  if (!*onto)
    *body = json_object_ref (change->body);
  else if (same_text (*body, sides.theirs))
    g_clear_pointer (body, json_object_unref);
  return TRUE;
}

IwRebase
iw_store_rebase (IwStore *self,
                 gint64 doc,
                 const IwChange *change,
                 IwRevRow *parent,
                 JsonObject **body,
                 GError **error)
{
  g_auto (IwRevRow) base = { 0 };
  gboolean onto = FALSE;

  *body = change->body != NULL ? json_object_ref (change->body) : NULL;
  if (change->base == NULL)
    return IW_REBASE_WRITE;
  if (!read_base (self, doc, change, &base, error))
    return IW_REBASE_ERROR;
  /* What another has deleted is gone either way; to delete, no beginning is needed. */
  if (change->body == NULL && (parent->deleted || base.id == 0))
    return IW_REBASE_WRITE;
  if (base.id == parent->id)
    return IW_REBASE_WRITE;
  /* A branch that still stands goes on; its conflict is there already. */
  if (base.id != 0 && !base.leaf && !find_place (self, change, &base, parent, body, &onto, error))
    return IW_REBASE_ERROR;
  if (onto)
    return *body != NULL || change->body == NULL ? IW_REBASE_WRITE : IW_REBASE_NOTHING;
  iw_rev_row_clear (parent);
  *parent = base;
  base = (IwRevRow){ 0 };
  return IW_REBASE_WRITE;
}
