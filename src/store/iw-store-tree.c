/* Revisions of peers as JsonObjects: see iw-peer.h for the same as text. */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>

#include "iw-fail.h"
#include "iw-json.h"
#include "iw-peer.h"

/* What peers may put into a body besides the document itself. */
static const char *const envelope[] = { "_id", "_rev", "_revisions", "_deleted", NULL };

static char *
prepare_body (const IwReplicatedRev *rev, GError **error)
{
  g_autoptr (JsonObject) body = NULL;

  if (rev->body == NULL && rev->deleted)
    return g_strdup ("{}");
  if (rev->body == NULL)
    {
      iw_fail (error, IW_STORE_ERROR_INVALID, _ ("The document “%s” came without content."),
               rev->docid);
      return NULL;
    }
  body = iw_json_shallow_copy (rev->body);
  for (guint i = 0; envelope[i] != NULL; i++)
    if (json_object_has_member (body, envelope[i]))
      json_object_remove_member (body, envelope[i]);
  return iw_json_to_canonical (body, error);
}

static gboolean
put_one (IwStore *self, const IwReplicatedRev *rev, GError **error)
{
  g_autofree char *body = prepare_body (rev, error);
  IwPeerRev out = { rev->docid, rev->revs, body, rev->deleted, NULL };

  return body != NULL && iw_peer_put (self, &out, NULL, error);
}

gboolean
iw_store_put_replicated (IwStore *self, const IwReplicatedRev *revs, guint n_revs, GError **error)
{
  if (!iw_store_begin (self, error))
    return FALSE;
  for (guint i = 0; i < n_revs; i++)
    if (!put_one (self, &revs[i], error))
      {
        iw_store_rollback (self);
        return FALSE;
      }
  return iw_store_commit (self, error);
}

char **
iw_store_revs_diff (IwStore *self, const char *docid, const char *const *revs, GError **error)
{
  return iw_peer_missing (self, docid, revs, NULL, error);
}
