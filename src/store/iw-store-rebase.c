/* What an edit goes on from, where others have written since its author looked (sync.md "Merging").
 */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-json.h"
#include "iw-merge.h"

static gboolean
read_base (IwStore *self, gint64 doc, const IwChange *change, IwRevRow *base, GError **error)
{
  IwRev rev;

  if (!iw_rev_parse (change->base, &rev))
    return iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not the id of a revision."),
                    change->base);
  if (doc != 0 && !iw_store_read_rev (self, doc, &rev, base, error))
    return FALSE;
  return base->id != 0 || iw_fail (error, IW_STORE_ERROR_CONFLICT, "%s",
                                   _ ("The document has been changed since. Look at it again."));
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

/* Whether all that came since @base was written by this workspace's own user. */
static gboolean
is_own (IwStore *self, const IwRevRow *base, const IwRevRow *winner, gboolean *own, GError **error)
{
  gint64 id = winner->id;

  *own = TRUE;
  while (*own && id != base->id)
    {
      g_auto (IwRevRow) row = { 0 };

      if (!iw_store_read_rev_by_id (self, id, &row, error) ||
          !iw_journal_wrote (self, &row, own, error))
        return FALSE;
      id = row.parent;
      *own = *own && row.rev.gen > base->rev.gen;
    }
  return TRUE;
}

/* What both wrote. NULL where that takes a person; for @own words the later ones stand. (transfer
 * full) */
static JsonObject *
merge (const IwChange *change,
       JsonObject *before,
       JsonObject *mine,
       JsonObject *theirs,
       gboolean own)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) merged = iw_merge_objects (before, mine, theirs, open);

  if (open->len > 0 && !own)
    return NULL;
  if (same_text (merged, theirs) || holds (change->docid, merged))
    return g_steal_pointer (&merged);
  return own ? json_object_ref (change->body) : NULL;
}

/* Whether it can go onto the winner; @body becomes what goes there. */
static gboolean
rebase (IwStore *self,
        const IwChange *change,
        const IwRevRow *base,
        const IwRevRow *winner,
        JsonObject **body,
        gboolean *onto,
        GError **error)
{
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) seen = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) mine = NULL;
  gboolean own;

  if (!is_own (self, base, winner, &own, error))
    return FALSE;
  *onto = own;
  if (winner->deleted || base->body == NULL || (own && change->body == NULL))
    return TRUE;
  if ((theirs = iw_json_from_text (winner->body, error)) == NULL ||
      (seen = iw_json_from_text (base->body, error)) == NULL)
    return FALSE;
  /* Who wrote it and when is for the store to say. */
  before = iw_store_with_stamps_of (seen, theirs);
  if (change->body == NULL)
    {
      *onto = same_text (before, theirs);
      return TRUE;
    }
  mine = iw_store_with_stamps_of (change->body, theirs);
  g_clear_pointer (body, json_object_unref);
  *body = merge (change, before, mine, theirs, own);
  *onto = *body != NULL;
  if (!*onto)
    *body = json_object_ref (change->body);
  return TRUE;
}

gboolean
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
    return TRUE;
  if (!read_base (self, doc, change, &base, error))
    return FALSE;
  /* What another has deleted is gone either way. */
  if (base.id == parent->id || (parent->deleted && change->body == NULL))
    return TRUE;
  /* A branch that still stands goes on; its conflict is there already. */
  if (!base.leaf && !rebase (self, change, &base, parent, body, &onto, error))
    return FALSE;
  if (onto)
    return TRUE;
  iw_rev_row_clear (parent);
  *parent = base;
  base = (IwRevRow){ 0 };
  return TRUE;
}
