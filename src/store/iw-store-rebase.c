/* What an edit goes on from, where others have written since its author looked (sync.md "Merging"). */
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

/* What both wrote, as what goes onto the winner; for a deletion, whether it may. @body becomes that;
 * *whole is FALSE where it takes a person to make one of both. */
static gboolean
merge (const IwChange *change,
       const IwRevRow *base,
       const IwRevRow *winner,
       JsonObject **body,
       gboolean *whole,
       GError **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) theirs = iw_json_from_text (winner->body, error);
  g_autoptr (JsonObject) seen = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) mine = NULL;
  g_autoptr (JsonObject) merged = NULL;

  *whole = FALSE;
  if (theirs == NULL || (seen = iw_json_from_text (base->body, error)) == NULL)
    return FALSE;
  /* Who wrote it and when is for the store to say. */
  before = iw_store_with_stamps_of (seen, theirs);
  if (change->body == NULL)
    {
      *whole = same_text (before, theirs);
      return TRUE;
    }
  mine = iw_store_with_stamps_of (change->body, theirs);
  merged = iw_merge_objects (before, theirs, mine, open);
  *whole = open->len == 0 && (same_text (merged, theirs) || holds (change->docid, merged));
  if (*whole)
    {
      json_object_unref (*body);
      *body = g_steal_pointer (&merged);
    }
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
  gboolean whole = FALSE;

  *body = change->body != NULL ? json_object_ref (change->body) : NULL;
  if (change->base == NULL)
    return TRUE;
  if (!read_base (self, doc, change, &base, error))
    return FALSE;
  /* What another has deleted is gone either way. */
  if (base.id == parent->id || (parent->deleted && change->body == NULL))
    return TRUE;
  /* A branch that still stands goes on; its conflict is there already. */
  if (!base.leaf && !parent->deleted && base.body != NULL &&
      !merge (change, &base, parent, body, &whole, error))
    return FALSE;
  if (whole)
    return TRUE;
  iw_rev_row_clear (parent);
  *parent = base;
  base = (IwRevRow){ 0 };
  return TRUE;
}
