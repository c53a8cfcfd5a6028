/* A store as a peer: its values and transactions. */
#include "config.h"

#include "iw-peer.h"

#include <string.h>

#include "iw-store-private.h"

/* ---- values ---- */

IwAttachment *
iw_attachment_new (const char *name,
                   const char *content_type,
                   const char *sha256,
                   const char *md5,
                   gint64 length,
                   gint64 revpos)
{
  IwAttachment *attachment = g_new0 (IwAttachment, 1);

  attachment->name = g_strdup (name);
  attachment->content_type = g_strdup (content_type);
  attachment->sha256 = g_strdup (sha256);
  attachment->md5 = g_strdup (md5);
  attachment->length = length;
  attachment->revpos = revpos;
  return attachment;
}

IwAttachment *
iw_attachment_copy (const IwAttachment *attachment)
{
  return iw_attachment_new (attachment->name, attachment->content_type, attachment->sha256,
                            attachment->md5, attachment->length, attachment->revpos);
}

void
iw_attachment_free (IwAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->name);
  g_free (attachment->content_type);
  g_free (attachment->sha256);
  g_free (attachment->md5);
  g_free (attachment);
}

void
iw_peer_doc_clear (IwPeerDoc *doc)
{
  g_clear_pointer (&doc->docid, g_free);
  g_clear_pointer (&doc->rev, g_free);
  g_clear_pointer (&doc->body, g_free);
  g_clear_pointer (&doc->attachments, g_ptr_array_unref);
}

void
iw_peer_doc_free (IwPeerDoc *doc)
{
  iw_peer_doc_clear (doc);
  g_free (doc);
}

char *
iw_peer_scope_of (const char *docid)
{
  return g_strndup (docid, strcspn (docid, ":"));
}

/* ---- transactions ---- */

gboolean
iw_peer_begin (IwStore *self, GError **error)
{
  return iw_store_begin (self, error);
}

gboolean
iw_peer_commit (IwStore *self, GError **error)
{
  return iw_store_commit (self, error);
}

void
iw_peer_rollback (IwStore *self)
{
  iw_store_rollback (self);
}
