/* Edits made here: a new revision on top of a leaf. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-attachments.h"
#include "iw-fail.h"
#include "iw-peer.h"

static gboolean
conflict (const char *docid, GError **error)
{
  return iw_fail (error, IW_STORE_ERROR_CONFLICT,
                  /* Translators: %s is a document's id. */
                  _ ("The document “%s” has been changed since."), docid);
}

/* @base: the leaf that the edit goes on from; id 0: none. */
static gboolean
find_base (IwStore *self, const char *docid, const char *parent, IwRevRow *base, GError **error)
{
  IwRev rev;
  gint64 doc;

  if (parent != NULL && !iw_rev_parse (parent, &rev))
    return iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not the id of a revision."), parent);
  if (!iw_store_find_doc (self, docid, &doc, error) ||
      !(parent != NULL ? iw_store_read_rev (self, doc, &rev, base, error)
                       : iw_store_read_winner (self, doc, base, error)))
    return FALSE;
  if (parent == NULL ? base->id != 0 && !base->deleted : !(base->id != 0 && base->leaf))
    return conflict (docid, error);
  return TRUE;
}

/* The paths of the new revision: of itself and of what it goes on from. */
static void
fill_path (GArray *path, const IwRev *rev, const IwRevRow *base)
{
  IwRevName name = { rev->gen, rev->hash };
  IwRevName parent = { base->rev.gen, base->rev.hash };

  g_array_set_size (path, 0);
  g_array_append_val (path, name);
  if (base->id != 0)
    g_array_append_val (path, parent);
}

gboolean
iw_peer_edit (IwStore *self,
              const char *docid,
              const char *parent,
              const char *body,
              gboolean deleted,
              IwAttachment *const *attachments,
              char **rev_out,
              GError **error)
{
  g_autoptr (GPtrArray) attached = NULL;
  g_auto (IwRevRow) base = { 0 };
  g_autoptr (GError) local = NULL;
  g_autofree char *id = NULL;
  g_autofree char *base_id = NULL;
  const char *revs[3] = { NULL, NULL, NULL };
  IwPeerRev put = { docid, revs, body, deleted, NULL };
  IwRev rev = { .gen = 1 };

  if (!iw_store_check_docid (docid, FALSE, error) || !find_base (self, docid, parent, &base, error))
    return FALSE;
  if (!iw_rev_check_next (base.rev.gen, error))
    return FALSE;
  rev.gen = base.id != 0 ? base.rev.gen + 1 : 1;
  fill_path (self->path, &rev, &base);
  attached = iw_attachments_resolve (self, base.doc, self->path, attachments, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  rev = iw_rev_make_attached (base.id != 0 ? &base.rev : NULL, deleted, body != NULL ? body : "{}",
                              attached);
  revs[0] = id = iw_rev_format (rev.gen, rev.hash);
  if (base.id != 0)
    revs[1] = base_id = iw_rev_format (base.rev.gen, base.rev.hash);
  if (attached != NULL)
    {
      g_ptr_array_add (attached, NULL);
      put.attachments = (IwAttachment *const *)attached->pdata;
    }
  if (!iw_peer_put_again (self, &put, error))
    return FALSE;
  if (rev_out != NULL)
    *rev_out = g_steal_pointer (&id);
  return TRUE;
}
