#include "config.h"

#include "iw-document-write.h"

#include <string.h>

#include "iw-erasure.h"
#include "iw-paged-answer.h"

/* ---- rules ---- */

static const char *
type_of (yyjson_doc *body)
{
  return yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (body), "type"));
}

static gboolean
concerns (const char *docid, const char *body)
{
  yyjson_doc *json = body != NULL ? yyjson_read (body, strlen (body), 0) : NULL;
  gboolean result = iw_write_rules_concern (docid, json != NULL ? type_of (json) : NULL);

  yyjson_doc_free (json);
  return result;
}

static JsonObject *
read_object (const char *body, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (body != NULL ? body : "{}", error);

  return node != NULL ? json_object_ref (json_node_get_object (node)) : NULL;
}

static gboolean
check_bodies (const char *docid,
              const char *before,
              const IwWireDoc *after,
              const IwAccount *account,
              GError **error)
{
  g_autoptr (JsonObject) old = NULL;
  g_autoptr (JsonObject) new = read_object (after->body, error);
  g_autofree char *reason = NULL;

  if (new == NULL || (before != NULL && (old = read_object (before, error)) == NULL))
    return FALSE;
  reason = iw_write_rules_check (docid, old, new, after->deleted, account);
  return reason == NULL || iw_refuse (error, 403, reason);
}

/* What is there already is no new writing, whoever sends it. The body of a revision that was known
 * by its id alone is. */
static gboolean
is_here (IwStore *store, const IwWireDoc *doc, gboolean *here, GError **error)
{
  g_auto (IwPeerDoc) there = { NULL };

  if (!iw_peer_find (store, doc->docid, doc->rev, &there, error))
    return FALSE;
  *here = there.body != NULL;
  return TRUE;
}

/* @parent NULL: the winner is what is replaced. */
static gboolean
check_rules (IwStore *store,
             const IwAccount *account,
             const IwWireDoc *doc,
             const char *parent,
             gboolean new_edits,
             GError **error)
{
  g_auto (IwPeerDoc) before = { NULL };
  gboolean here = FALSE;

  if (!iw_peer_find (store, doc->docid, parent, &before, error))
    return FALSE;
  if (!concerns (doc->docid, doc->body) &&
      (before.docid == NULL || !concerns (doc->docid, before.body)))
    return TRUE;
  if (!new_edits && before.docid != NULL && !is_here (store, doc, &here, error))
    return FALSE;
  return here ||
         check_bodies (doc->docid, before.deleted ? NULL : before.body, doc, account, error);
}

/* ---- attachments of an edit ---- */

static IwAttachment *
find_attachment (GPtrArray *attachments, const char *name)
{
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    {
      IwAttachment *attachment = attachments->pdata[i];

      if (strcmp (attachment->name, name) == 0)
        return attachment;
    }
  return NULL;
}

static void
fill_stub (IwAttachment *stub, const IwAttachment *known)
{
  g_free (stub->sha256);
  g_free (stub->md5);
  g_free (stub->content_type);
  stub->sha256 = g_strdup (known->sha256);
  stub->md5 = g_strdup (known->md5);
  stub->content_type = g_strdup (known->content_type);
  stub->length = known->length;
  stub->revpos = known->revpos;
}

/* Stubs stand for what the parent has under that name; all else comes with this revision. */
static gboolean
settle_attachments (IwStore *store, IwWireDoc *doc, gboolean new_edits, GError **error)
{
  g_auto (IwPeerDoc) parent = { NULL };
  gint64 generation = doc->rev != NULL ? iw_wire_rev_generation (doc->rev) : 0;

  if (doc->attachments == NULL)
    return TRUE;
  if (new_edits)
    {
      generation++;
      if (!iw_peer_find (store, doc->docid, doc->rev, &parent, error))
        return FALSE;
    }
  for (guint i = 0; i < doc->attachments->len; i++)
    {
      IwWireAttachment *attachment = doc->attachments->pdata[i];
      IwAttachment *told = &attachment->attachment;
      const IwAttachment *known = find_attachment (parent.attachments, told->name);

      if (!attachment->stub && (new_edits || told->revpos == 0 || told->revpos > generation))
        told->revpos = generation;
      /* The digest is of bytes that were compressed; we keep what they are of. */
      if (attachment->stub && attachment->encoded)
        g_clear_pointer (&told->md5, g_free);
      if (!attachment->stub || !new_edits)
        continue;
      if (known == NULL || (told->revpos != 0 && told->revpos != known->revpos) ||
          (told->md5 != NULL && g_strcmp0 (told->md5, known->md5) != 0))
        {
          g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID,
                       "missing_stub: Invalid attachment stub in %s for %s", doc->docid,
                       told->name);
          return FALSE;
        }
      fill_stub (told, known);
    }
  return TRUE;
}

/* ---- writing ---- */

char *
iw_document_make_id (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto (GStrv) parts = g_strsplit (uuid, "-", -1);

  return g_strjoinv (NULL, parts);
}

static gboolean
write_local (IwStore *store, IwWireDoc *doc, char **rev, GError **error)
{
  if (doc->attachments != NULL)
    return iw_refuse (error, 400, "_local documents do not accept attachments.");
  return iw_peer_put_local (store, doc->docid + strlen ("_local/"), doc->deleted ? NULL : doc->body,
                            doc->rev, rev, error);
}

/* The rules have let it through: an administrator wrote it. */
static gboolean
obey (IwStore *store, const IwWireDoc *doc, GError **error)
{
  return doc->deleted || iw_erasure_obey (store, doc->docid, doc->body, NULL, error);
}

static gboolean
edit (IwStore *store, const IwAccount *account, IwWireDoc *doc, char **rev, GError **error)
{
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  IwPeerRev told;

  if (!check_rules (store, account, doc, doc->rev, TRUE, error) ||
      !settle_attachments (store, doc, TRUE, error))
    return FALSE;
  iw_wire_doc_to_rev (doc, attachments, &told);
  return iw_peer_edit (store, doc->docid, doc->rev, doc->body, doc->deleted, told.attachments, rev,
                       error) &&
         obey (store, doc, error);
}

static gboolean
put (IwStore *store, const IwAccount *account, IwWireDoc *doc, char **rev, GError **error)
{
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  gboolean stored = FALSE;
  IwPeerRev told;

  if (doc->rev == NULL)
    return iw_refuse (
        error, 400, "When `new_edits: false`, the document needs `_rev` or `_revisions` specified");
  if (!check_rules (store, account, doc, NULL, FALSE, error) ||
      !settle_attachments (store, doc, FALSE, error))
    return FALSE;
  iw_wire_doc_to_rev (doc, attachments, &told);
  if (!iw_peer_put (store, &told, &stored, error) || (stored && !obey (store, doc, error)))
    return FALSE;
  *rev = g_strdup (doc->rev);
  return TRUE;
}

gboolean
iw_document_write (IwStore *store,
                   const IwAccount *account,
                   IwWireDoc *doc,
                   gboolean new_edits,
                   char **rev,
                   GError **error)
{
  if (g_str_has_prefix (doc->docid, "_local/"))
    return write_local (store, doc, rev, error);
  if (doc->rev != NULL && iw_wire_rev_generation (doc->rev) == 0)
    return iw_refuse (error, 400, "Invalid rev format");
  return new_edits ? edit (store, account, doc, rev, error) : put (store, account, doc, rev, error);
}

gboolean
iw_document_delete (IwStore *store,
                    const IwAccount *account,
                    const char *docid,
                    const char *rev,
                    char **new_rev,
                    GError **error)
{
  IwWireDoc doc = {
    .docid = (char *)docid, .rev = (char *)rev, .deleted = TRUE, .body = (char *)"{}"
  };
  g_auto (IwPeerDoc) winner = { NULL };

  if (!g_str_has_prefix (docid, "_local/"))
    {
      if (!iw_peer_find (store, docid, NULL, &winner, error))
        return FALSE;
      if (winner.docid == NULL)
        return iw_refuse (error, 404, "missing");
      if (winner.deleted && (rev == NULL || strcmp (rev, winner.rev) == 0))
        return iw_refuse (error, 404, "deleted");
    }
  return iw_document_write (store, account, &doc, TRUE, new_rev, error);
}
