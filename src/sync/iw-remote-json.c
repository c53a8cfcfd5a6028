/* Requests and answers of JSON. */
#include "config.h"

#include "iw-remote-private.h"

#include <string.h>

const char *
iw_json_text (yyjson_val *object, const char *name)
{
  return yyjson_get_str (yyjson_obj_get (object, name));
}

char *
iw_remote_escape (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

char *
iw_remote_escape_docid (const char *docid)
{
  const char *prefix = g_str_has_prefix (docid, "_design/")  ? "_design/"
                       : g_str_has_prefix (docid, "_local/") ? "_local/"
                                                             : "";
  g_autofree char *rest = iw_remote_escape (docid + strlen (prefix));

  return g_strconcat (prefix, rest, NULL);
}

yyjson_doc *
iw_remote_json (IwRemote *self,
                const char *method,
                const char *db,
                const char *path,
                GBytes *body,
                guint wait_s,
                GCancellable *cancellable,
                GError **error)
{
  g_auto (IwExchange)
      exchange = { .method = method, .db = db, .path = path, .body = body, .wait_s = wait_s };
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GError) cause = NULL;

  if (!iw_remote_exchange (self, &exchange, cancellable, error) || exchange.over)
    return NULL;
  doc = iw_canonical_read (exchange.text->str, exchange.text->len, &cause);
  if (doc == NULL)
    iw_remote_unfit (error, "%s %s: %s", method,
                     path != NULL ? path
                     : db != NULL ? db
                                  : "/",
                     cause->message);
  return g_steal_pointer (&doc);
}

gboolean
iw_remote_is_whole (const GString *text)
{
  gsize first = strspn (text->str, " \t\r\n");
  gsize end = text->len;

  while (end > first && g_ascii_isspace (text->str[end - 1]))
    end--;
  return end - first >= 2 && ((text->str[first] == '{' && text->str[end - 1] == '}') ||
                              (text->str[first] == '[' && text->str[end - 1] == ']'));
}

yyjson_doc *
iw_remote_call (IwRemote *self,
                const char *method,
                const char *db,
                const char *path,
                const char *body,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  return iw_remote_json (self, method, db, path, bytes, 0, cancellable, error);
}
