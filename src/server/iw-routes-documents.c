/* Routes of single documents, and what their handlers share. */
#include "config.h"

#include <string.h>

#include "iw-handlers.h"
#include "iw-paged-answer.h"
#include "iw-server.h"

const IwRoute iw_routes_documents[] = {
  { "POST", "/{db}", IW_NEEDS_WRITER, IW_BODY_LARGE, iw_handle_document_post },
  { "GET", "/{db}/{docid}", IW_NEEDS_MEMBER, IW_BODY_NONE, iw_handle_document_get },
  { "PUT", "/{db}/{docid}", IW_NEEDS_WRITER, IW_BODY_STREAM, iw_handle_document_put },
  { "DELETE", "/{db}/{docid}", IW_NEEDS_WRITER, IW_BODY_NONE, iw_handle_document_delete },
  { "GET", "/{db}/_design/{design}", IW_NEEDS_MEMBER, IW_BODY_NONE, iw_handle_document_get },
  { "PUT", "/{db}/_design/{design}", IW_NEEDS_WRITER, IW_BODY_STREAM, iw_handle_document_put },
  { "DELETE", "/{db}/_design/{design}", IW_NEEDS_WRITER, IW_BODY_NONE, iw_handle_document_delete },
  { NULL },
};

char *
iw_handler_get_docid (IwRequest *request)
{
  const char *design = iw_request_get_part (request, "design");
  const char *local = iw_request_get_part (request, "local");
  const char *part = design != NULL  ? design
                     : local != NULL ? local
                                     : iw_request_get_part (request, "docid");
  const char *prefix = design != NULL ? "_design/" : local != NULL ? "_local/" : "";
  g_autofree char *docid = g_strconcat (prefix, part, NULL);
  g_autoptr (GError) error = NULL;

  if (iw_wire_check_docid (docid, &error))
    return g_steal_pointer (&docid);
  iw_answer_gerror (request, error);
  return NULL;
}

/* If-Match as people send it: quoted, or not. */
static char *
unquote (const char *text)
{
  gsize length = strlen (text);

  if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
    return g_strndup (text + 1, length - 2);
  return g_strdup (text);
}

gboolean
iw_handler_get_rev (IwRequest *request, char **rev)
{
  const char *query = iw_request_get_query (request, "rev");
  const char *match = iw_request_get_header (request, "If-Match");
  g_autofree char *matched = match != NULL ? unquote (match) : NULL;
  const char *told = query != NULL && *query != '\0' ? query : matched;

  *rev = NULL;
  if (query != NULL && matched != NULL && strcmp (query, matched) != 0)
    {
      iw_request_answer_error (request, 400, "bad_request",
                               "Document rev and etag have different values");
      return FALSE;
    }
  if (told != NULL && iw_wire_rev_generation (told) == 0 && !g_str_has_prefix (told, "0-"))
    {
      iw_request_answer_error (request, 400, "bad_request", "Invalid rev format");
      return FALSE;
    }
  *rev = g_strdup (told);
  return TRUE;
}

void
iw_handler_set_location (IwRequest *request,
                         const char *db,
                         const char *docid,
                         const char *attachment)
{
  SoupMessageHeaders *headers =
      soup_server_message_get_request_headers (iw_request_get_message (request));
  const char *host = soup_message_headers_get_one (headers, "Host");
  const char *scheme = iw_server_is_tls (iw_request_get_server (request)) ? "https" : "http";
  g_autofree char *escaped = g_uri_escape_string (db, NULL, FALSE);
  g_autofree char *doc =
      docid != NULL ? g_uri_escape_string (docid, g_str_has_prefix (docid, "_") ? "/" : NULL, FALSE)
                    : NULL;
  g_autofree char *name = attachment != NULL ? g_uri_escape_string (attachment, "/", FALSE) : NULL;
  const char *parts[] = { escaped, doc, name, NULL };
  g_autofree char *path = g_strjoinv ("/", (char **)parts);
  g_autofree char *url =
      g_strconcat (scheme, "://", host != NULL ? host : "localhost", "/", path, NULL);

  iw_request_set_header (request, "Location", url);
}

void
iw_handler_answer_written (IwRequest *request,
                           guint status,
                           const char *docid,
                           const char *attachment,
                           const char *rev)
{
  GString *out = g_string_new ("{\"ok\":true,\"id\":");
  g_autofree char *etag = g_strdup_printf ("\"%s\"", rev);

  iw_canonical_append_string (out, docid);
  g_string_append_printf (out, ",\"rev\":\"%s\"}\n", rev);
  iw_request_set_header (request, "ETag", etag);
  if (status == 201)
    iw_handler_set_location (request, iw_database_get_name (iw_request_get_database (request)),
                             docid, attachment);
  iw_request_answer_json (request, status, g_string_free_and_steal (out));
}
