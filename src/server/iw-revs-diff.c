/* _revs_diff, _missing_revs and _purge: revisions of many documents by their ids. */
#include "config.h"

#include <string.h>

#include "iw-document-read.h"
#include "iw-erasure.h"
#include "iw-handlers.h"
#include "iw-id.h"

typedef struct
{
  IwPagedHead head;
  IwRequest *request; /* of a purge */
  GBytes *body;
  yyjson_doc *json;
  yyjson_obj_iter docs;
  gboolean ancestors; /* _revs_diff, not _missing_revs */
  guint n;
  GString *out;     /* of a purge */
  GPtrArray *whole; /* (element-type utf8), of a purge: what replicas are told of */
} Revs;

static void
revs_free (gpointer data)
{
  Revs *self = data;

  g_clear_object (&self->request);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, yyjson_doc_free);
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  g_clear_pointer (&self->whole, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_question (Revs *self, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (self->body, &length);

  self->json = iw_canonical_read (text != NULL ? text : "", length, error);
  if (self->json == NULL)
    return FALSE;
  if (!yyjson_is_obj (yyjson_doc_get_root (self->json)))
    return iw_refuse (error, 400, "Request body must be a JSON object");
  yyjson_obj_iter_init (yyjson_doc_get_root (self->json), &self->docs);
  return TRUE;
}

static void
append_revs (GString *out, char **revs)
{
  g_string_append_c (out, '[');
  for (guint i = 0; revs[i] != NULL; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", revs[i]);
  g_string_append_c (out, ']');
}

/* ---- what is missing ---- */

static gboolean
add_document (Revs *self, IwStore *store, GString *out, yyjson_val *key, GError **error)
{
  const char *docid = yyjson_get_str (key);
  g_auto (GStrv) revs = iw_document_read_revs (yyjson_obj_iter_get_val (key));
  g_auto (GStrv) missing = NULL;
  g_auto (GStrv) ancestors = NULL;

  if (revs == NULL)
    return iw_refuse (error, 400, "Invalid rev format");
  missing = iw_peer_missing (store, docid, (const char *const *)revs, &ancestors, error);
  if (missing == NULL)
    return FALSE;
  if (missing[0] == NULL)
    return TRUE;
  if (self->n++ > 0)
    g_string_append_c (out, ',');
  iw_canonical_append_string (out, docid);
  g_string_append (out, self->ancestors ? ":{\"missing\":" : ":");
  append_revs (out, missing);
  if (!self->ancestors)
    return TRUE;
  if (ancestors != NULL && ancestors[0] != NULL)
    {
      g_string_append (out, ",\"possible_ancestors\":");
      append_revs (out, ancestors);
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
make_page (IwStore *store, IwPage *page, gpointer data, GError **error)
{
  Revs *self = data;
  yyjson_val *key;

  if (self->json == NULL)
    {
      if (!read_question (self, error))
        return FALSE;
      g_string_append (page->text, self->ancestors ? "{" : "{\"missing_revs\":{");
    }
  while (page->text->len < IW_PAGE_BYTES && (key = yyjson_obj_iter_next (&self->docs)) != NULL)
    if (!add_document (self, store, page->text, key, error))
      return FALSE;
  page->last = page->text->len < IW_PAGE_BYTES;
  if (page->last)
    g_string_append (page->text, self->ancestors ? "}\n" : "}}\n");
  return TRUE;
}

static void
handle (IwRequest *request, gboolean ancestors)
{
  Revs *self = g_new0 (Revs, 1);

  self->head.status = 200;
  self->head.content_type = "application/json";
  self->ancestors = ancestors;
  self->body = iw_request_get_body (request);
  iw_paged_answer_start (request, &self->head, make_page, self, revs_free);
}

void
iw_handle_revs_diff (IwRequest *request)
{
  handle (request, TRUE);
}

void
iw_handle_missing_revs (IwRequest *request)
{
  handle (request, FALSE);
}

/* ---- erasure ---- */

/* Whether nothing is left of a document without @revs: then it is told to be gone for good. */
static gboolean
is_all (IwStore *store, const char *docid, char **revs)
{
  g_auto (GStrv) leaves = iw_peer_leaves (store, docid, NULL, NULL);

  if (leaves == NULL || leaves[0] == NULL)
    return FALSE;
  for (char **leaf = leaves; *leaf != NULL; leaf++)
    if (!g_strv_contains ((const char *const *)revs, *leaf))
      return FALSE;
  return TRUE;
}

/* Workspaces learn of it by a document of its own; what is none of theirs is purged here alone, as
 * on any other server. */
static gboolean
is_of_workspaces (const char *docid)
{
  g_autofree char *scope = iw_peer_scope_of (docid);

  return iw_erasure_can_list (docid) && (iw_id_is_uuid (scope) || g_str_equal (scope, "workspace"));
}

static gboolean
tell_replicas (Revs *self, IwStore *store, GError **error)
{
  if (self->whole->len == 0)
    return TRUE;
  g_ptr_array_add (self->whole, NULL);
  return iw_erasure_write (store, (const char *const *)self->whole->pdata,
                           iw_request_get_account (self->request)->name, "", error);
}

static gboolean
purge_document (Revs *self, IwStore *store, yyjson_val *key, GError **error)
{
  const char *docid = yyjson_get_str (key);
  g_auto (GStrv) revs = iw_document_read_revs (yyjson_obj_iter_get_val (key));
  g_auto (GStrv) purged = NULL;
  g_autoptr (GError) local = NULL;
  gboolean whole;

  if (revs == NULL)
    return iw_refuse (error, 400, "Invalid rev format");
  whole = is_all (store, docid, revs);
  if (whole && is_of_workspaces (docid))
    g_ptr_array_add (self->whole, g_strdup (docid));
  if (!iw_peer_purge (store, docid, whole ? NULL : (const char *const *)revs,
                      iw_request_get_account (self->request)->name, &purged, &local) &&
      !g_error_matches (local, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->n++ > 0)
    g_string_append_c (self->out, ',');
  iw_canonical_append_string (self->out, docid);
  g_string_append_c (self->out, ':');
  append_revs (self->out, purged != NULL ? purged : (char *[]){ NULL });
  return TRUE;
}

static gboolean
purge (IwStore *store, gpointer data, GError **error)
{
  Revs *self = data;
  yyjson_val *key;

  if (!read_question (self, error))
    return FALSE;
  self->out = g_string_new ("{\"purge_seq\":null,\"purged\":{");
  self->whole = g_ptr_array_new_with_free_func (g_free);
  while ((key = yyjson_obj_iter_next (&self->docs)) != NULL)
    if (!purge_document (self, store, key, error))
      return FALSE;
  if (!tell_replicas (self, store, error))
    return FALSE;
  g_string_append (self->out, "}}\n");
  return TRUE;
}

static void
on_purged (IwDatabase *database, gpointer data, const GError *error)
{
  Revs *self = data;

  if (error != NULL)
    iw_answer_gerror (self->request, error);
  else
    iw_request_answer_json (self->request, 201,
                            g_string_free_and_steal (g_steal_pointer (&self->out)));
}

void
iw_handle_purge (IwRequest *request)
{
  Revs *self = g_new0 (Revs, 1);

  self->request = request;
  self->body = iw_request_get_body (request);
  iw_database_write (iw_request_get_database (request), purge, self, on_purged, revs_free);
}
