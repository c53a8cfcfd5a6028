/* GET of a document: as JSON, as multipart/related with its attachments, or several revisions of
 * it. */
#include "config.h"

#include <string.h>

#include "iw-document-read.h"
#include "iw-handlers.h"

typedef struct
{
  IwPagedHead head;
  IwDocumentQuery query;
  char *docid;
  char *content_type;
  char *boundary; /* NULL: JSON */
  char *if_none_match;
  char **revs; /* of open_revs, once they are known */
  GPtrArray *missing;
  guint next; /* of @revs */
} Get;

static void
get_free (gpointer data)
{
  Get *self = data;

  iw_document_query_clear (&self->query);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_strfreev (self->revs);
  g_free (self->head.etag);
  g_free (self->docid);
  g_free (self->content_type);
  g_free (self->boundary);
  g_free (self->if_none_match);
  g_free (self);
}

/* ---- one revision ---- */

static gboolean
is_plain (const IwDocumentQuery *query)
{
  return !query->conflicts && !query->deleted_conflicts && !query->revs_info && !query->local_seq;
}

/* TRUE where the client has it already. */
static gboolean
check_etag (Get *self, const char *rev)
{
  if (!is_plain (&self->query))
    return FALSE;
  self->head.etag = g_strdup_printf ("\"%s\"", rev);
  return self->if_none_match != NULL && strstr (self->if_none_match, self->head.etag) != NULL;
}

static gboolean
add_json (IwPage *page, const IwDocumentFound *found, GError **error)
{
  if (found->options.dir == NULL || found->doc.attachments == NULL)
    return iw_wire_append_doc (page->text, &found->doc, &found->options, error);
  if (page->pieces == NULL)
    page->pieces = iw_pieces_stream_new ();
  iw_pieces_stream_add_text (page->pieces, page->text->str);
  g_string_truncate (page->text, 0);
  return iw_wire_add_doc (page->pieces, &found->doc, &found->options, error);
}

static void
add_text (IwPage *page, const char *text)
{
  if (page->pieces != NULL)
    iw_pieces_stream_add_text (page->pieces, text);
  else
    g_string_append (page->text, text);
}

static gboolean
make_one (IwStore *store, IwPage *page, gpointer data, GError **error)
{
  Get *self = data;
  g_auto (IwDocumentFound) found = { .doc = { NULL } };

  page->last = TRUE;
  if (!iw_document_find (store, self->docid, self->query.rev, &self->query, &found, error))
    return FALSE;
  if (check_etag (self, found.doc.rev))
    {
      self->head.status = 304;
      return TRUE;
    }
  if (self->boundary != NULL && iw_document_sends_attachments (&found))
    {
      page->pieces = iw_pieces_stream_new ();
      self->head.content_type = self->content_type;
      return iw_wire_add_related (page->pieces, &found.doc, &found.options, self->boundary, error);
    }
  if (!add_json (page, &found, error))
    return FALSE;
  add_text (page, "\n");
  return TRUE;
}

/* ---- open_revs ---- */

static gboolean
begin_open_revs (Get *self, IwStore *store, GError **error)
{
  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->revs = iw_document_open_revs (store, self->docid, &self->query, self->missing, error);
  if (self->revs == NULL)
    return FALSE;
  return !self->query.all_revs || self->revs[0] != NULL || iw_refuse (error, 404, "missing");
}

static gboolean
add_rev (Get *self, IwStore *store, IwPage *page, const char *rev, GError **error)
{
  g_auto (IwDocumentFound) found = { .doc = { NULL } };
  IwDocumentQuery query = self->query;

  query.latest = FALSE; /* has been followed */
  query.attachments |= self->boundary != NULL;
  if (!iw_document_find (store, self->docid, rev, &query, &found, error))
    return FALSE;
  if (self->boundary != NULL)
    return iw_document_add_part (page->pieces, &found, self->boundary, error);
  add_text (page, self->next > 0 ? ",{\"ok\":" : "{\"ok\":");
  if (!add_json (page, &found, error))
    return FALSE;
  add_text (page, "}");
  return TRUE;
}

static void
add_missing (Get *self, IwPage *page)
{
  for (guint i = 0; i < self->missing->len; i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"missing\":\"%s\"}", (char *)self->missing->pdata[i]);

      if (self->boundary != NULL)
        iw_document_add_error_part (page->pieces, json, self->boundary);
      else
        {
          add_text (page, i + self->next > 0 ? "," : "");
          add_text (page, json);
        }
    }
}

static void
end_open_revs (Get *self, IwPage *page)
{
  g_autofree char *end =
      self->boundary != NULL ? g_strdup_printf ("\r\n--%s--", self->boundary) : g_strdup ("]\n");

  page->last = TRUE;
  add_missing (self, page);
  add_text (page, end);
}

/* Revisions that are gone since they were listed (purged) are passed over. */
static gboolean
make_revs (IwStore *store, IwPage *page, gpointer data, GError **error)
{
  Get *self = data;

  if (self->boundary != NULL)
    page->pieces = iw_pieces_stream_new ();
  if (self->revs == NULL)
    {
      if (!begin_open_revs (self, store, error))
        return FALSE;
      add_text (page, self->boundary != NULL ? "" : "[");
    }
  while (self->revs[self->next] != NULL && page->text->len < IW_PAGE_BYTES &&
         (page->pieces == NULL || iw_pieces_stream_get_length (page->pieces) < IW_PAGE_BYTES))
    {
      if (!add_rev (self, store, page, self->revs[self->next], error))
        return FALSE;
      self->next++;
    }
  if (self->revs[self->next] == NULL)
    end_open_revs (self, page);
  return TRUE;
}

/* ---- the handler ---- */

void
iw_handle_document_get (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  g_autofree char *docid = iw_handler_get_docid (request);
  IwDocumentQuery query;
  Get *get;

  if (docid == NULL || !iw_document_query_init (&query, request))
    return;
  get = g_new0 (Get, 1);
  get->query = query;
  get->docid = g_steal_pointer (&docid);
  get->if_none_match = g_strdup (iw_request_get_header (request, "If-None-Match"));
  get->head.status = 200;
  get->head.content_type = "application/json";
  if (iw_request_wants_multipart (request) && (query.attachments || query.open_revs != NULL))
    {
      get->boundary = iw_wire_make_boundary ();
      get->content_type =
          g_strdup_printf ("multipart/%s; boundary=\"%s\"",
                           query.open_revs != NULL ? "mixed" : "related", get->boundary);
      if (query.open_revs != NULL)
        get->head.content_type = get->content_type;
    }
  iw_paged_answer_start (g_steal_pointer (&self), &get->head,
                         query.open_revs != NULL ? make_revs : make_one, get, get_free);
}
