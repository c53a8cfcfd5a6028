/* open_revs: revisions of one document, for servers without _bulk_get. The answer is a JSON list,
 * or multipart/mixed whose parts are documents; a document with attachments is a multipart/related
 * in its turn, of which the first part counts: attachments are asked for by themselves. */
#include "config.h"

#include "iw-remote-private.h"

#include "iw-multipart.h"

#include <string.h>

static char *
make_path (const IwRemoteRevs *item)
{
  g_autoptr (GString) list = g_string_new ("[");
  g_autofree char *escaped = NULL;
  g_autofree char *docid = iw_remote_escape_docid (item->docid);

  for (guint i = 0; item->revs[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (list, ',');
      iw_canonical_append_string (list, item->revs[i]);
    }
  g_string_append_c (list, ']');
  escaped = iw_remote_escape (list->str);
  return g_strdup_printf ("%s?revs=true&latest=true&att_encoding_info=true&open_revs=%s", docid,
                          escaped);
}

typedef struct
{
  const IwRemoteRevs *item;
  IwRemoteDocFunc func;
  gpointer data;
  gboolean *go_on;

  GString *text;             /* of the part that is being read */
  IwMultipartReader *nested; /* where that is a multipart itself */
  guint n_nested;            /* parts of it so far */
  gsize max;
} Parts;

static gboolean
add_text (Parts *parts, const guint8 *bytes, gsize length, GError **error)
{
  if (parts->text->len + length > parts->max)
    return iw_remote_unfit (error, "a document that is too long");
  g_string_append_len (parts->text, (const char *)bytes, length);
  return TRUE;
}

static gboolean
on_nested_part (GHashTable *headers, gpointer data, GError **error)
{
  ((Parts *)data)->n_nested++;
  return TRUE;
}

static gboolean
on_nested_bytes (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  Parts *parts = data;

  return parts->n_nested != 1 || add_text (parts, bytes, length, error);
}

static gboolean
on_nested_end (gpointer data, GError **error)
{
  return TRUE;
}

static const IwMultipartFuncs nested_funcs = { on_nested_part, on_nested_bytes, on_nested_end };

static gboolean
on_part (GHashTable *headers, gpointer data, GError **error)
{
  Parts *parts = data;
  const char *type = g_hash_table_lookup (headers, "content-type");
  g_autofree char *boundary = type != NULL ? iw_multipart_boundary (type) : NULL;

  g_string_truncate (parts->text, 0);
  parts->n_nested = 0;
  g_clear_object (&parts->nested);
  if (boundary != NULL)
    parts->nested = iw_multipart_reader_new (boundary, &nested_funcs, parts);
  return TRUE;
}

static gboolean
on_bytes (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  Parts *parts = data;

  if (parts->nested != NULL)
    return iw_multipart_reader_feed (parts->nested, bytes, length, error);
  return add_text (parts, bytes, length, error);
}

static void
give (Parts *parts, yyjson_val *value)
{
  if (!*parts->go_on)
    return;
  if (yyjson_is_obj (value) && yyjson_obj_get (value, "_id") == NULL)
    iw_remote_give_error (parts->item->docid, value, parts->func, parts->data, parts->go_on);
  else
    iw_remote_give_doc (parts->item, value, parts->func, parts->data, parts->go_on);
}

/* It cannot be read here, which is not the other documents' fault. */
static void
give_up (Parts *parts, const GError *cause)
{
  g_autoptr (GError) error = NULL;

  iw_remote_unfit (&error, "%s", cause->message);
  if (*parts->go_on)
    *parts->go_on = parts->func (parts->item->docid, NULL, error, parts->data);
}

static gboolean
on_end (gpointer data, GError **error)
{
  Parts *parts = data;
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) doc = iw_canonical_read (parts->text->str, parts->text->len, &cause);

  if (doc != NULL)
    give (parts, yyjson_doc_get_root (doc));
  else if (!iw_remote_is_whole (parts->text))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  else
    give_up (parts, cause);
  return TRUE;
}

static const IwMultipartFuncs funcs = { on_part, on_bytes, on_end };

static gboolean
read_multipart (Parts *parts, const char *boundary, const GString *text, GError **error)
{
  g_autoptr (IwMultipartReader) reader = iw_multipart_reader_new (boundary, &funcs, parts);
  g_autoptr (GError) cause = NULL;

  if (iw_multipart_reader_feed (reader, (const guint8 *)text->str, text->len, &cause) &&
      iw_multipart_reader_finish (reader, &cause))
    return TRUE;
  return iw_remote_unfit (error, "open_revs: %s", cause->message);
}

static gboolean
read_list (Parts *parts, const GString *text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) doc = iw_canonical_read (text->str, text->len, &cause);
  yyjson_val *row;
  size_t i, n;

  if (doc == NULL && iw_remote_is_whole (text))
    {
      give_up (parts, cause);
      return TRUE;
    }
  if (doc == NULL || !yyjson_is_arr (yyjson_doc_get_root (doc)))
    return iw_remote_unfit (error, "open_revs without a list");
  yyjson_arr_foreach (yyjson_doc_get_root (doc), i, n, row)
  {
    yyjson_val *ok = yyjson_obj_get (row, "ok");

    give (parts, ok != NULL ? ok : row);
  }
  return TRUE;
}

gboolean
iw_remote_open_revs (IwRemote *self,
                     const char *db,
                     const IwRemoteRevs *item,
                     IwRemoteDocFunc func,
                     gpointer data,
                     gboolean *go_on,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *path = make_path (item);
  g_auto (IwExchange) exchange = { .method = "GET", .db = db, .path = path };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) cause = NULL;
  g_autofree char *boundary = NULL;
  Parts parts = {
    .item = item, .func = func, .data = data, .go_on = go_on, .text = text, .max = self->max_json
  };
  gboolean ok;

  if (!iw_remote_exchange (self, &exchange, cancellable, &cause))
    {
      if (!g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_NOT_FOUND) &&
          !g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_TOO_LARGE))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      *go_on = func (item->docid, NULL, cause, data);
      return TRUE;
    }
  if (exchange.content_type != NULL)
    boundary = iw_multipart_boundary (exchange.content_type);
  ok = boundary != NULL ? read_multipart (&parts, boundary, exchange.text, error)
                        : read_list (&parts, exchange.text, error);
  g_clear_object (&parts.nested);
  return ok;
}

IwWireDoc *
iw_remote_get_rev (IwRemote *self,
                   const char *db,
                   const char *docid,
                   const char *rev,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *escaped = iw_remote_escape_docid (docid);
  g_autofree char *query = iw_remote_escape (rev);
  g_autofree char *path =
      g_strdup_printf ("%s?revs=true&att_encoding_info=true&rev=%s", escaped, query);
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) answer =
      iw_remote_json (self, "GET", db, path, NULL, 0, cancellable, &cause);
  g_autoptr (IwWireDoc) doc = NULL;

  if (answer == NULL)
    {
      if (!g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  doc = iw_wire_read_doc (yyjson_doc_get_root (answer), self->max_json, &cause);
  if (doc == NULL)
    iw_remote_unfit (error, "%s", cause->message);
  else if (g_strcmp0 (doc->docid, docid) != 0 || g_strcmp0 (doc->rev, rev) != 0)
    {
      iw_remote_unfit (error, "another revision than was asked for");
      g_clear_pointer (&doc, iw_wire_doc_free);
    }
  return g_steal_pointer (&doc);
}
