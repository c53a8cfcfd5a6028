/* _bulk_get and _bulk_docs: many documents at a time. */
#include "config.h"

#include "iw-remote-private.h"

#include <string.h>

/* Attachments come as stubs; what is inline nevertheless is bounded by the answer. */
#define MAX_INLINE (64 * 1024 * 1024)

/* Whether @rev, or what it comes from, was asked for. */
static gboolean
was_asked_for (const IwRemoteRevs *asked, const IwWireDoc *doc)
{
  if (doc->docid == NULL || doc->revs == NULL || !g_str_equal (doc->docid, asked->docid))
    return FALSE;
  if (g_strv_contains (asked->revs, doc->revs[0]))
    return TRUE;
  for (guint i = 0; asked->revs[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)doc->revs, asked->revs[i]))
      return TRUE;
  return FALSE;
}

void
iw_remote_give_doc (const IwRemoteRevs *asked,
                    yyjson_val *value,
                    IwRemoteDocFunc func,
                    gpointer data,
                    gboolean *go_on)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (IwWireDoc) doc = iw_wire_read_doc (value, MAX_INLINE, &cause);

  if (doc == NULL)
    iw_remote_unfit (&error, "%s", cause->message);
  else if (!was_asked_for (asked, doc))
    iw_remote_unfit (&error, "another revision than was asked for");
  if (error != NULL)
    g_clear_pointer (&doc, iw_wire_doc_free);
  *go_on = func (asked->docid, g_steal_pointer (&doc), error, data);
}

void
iw_remote_give_error (const char *docid,
                      yyjson_val *row,
                      IwRemoteDocFunc func,
                      gpointer data,
                      gboolean *go_on)
{
  const char *code = iw_json_text (row, "error");
  g_autofree char *reason = g_utf8_make_valid (code != NULL ? code : "missing", -1);
  g_autoptr (GError) error = NULL;

  iw_remote_unfit (&error, "the revision is told of but not there (%.100s)", reason);
  *go_on = func (docid, NULL, error, data);
}

/* ---- _bulk_get ---- */

static GBytes *
write_wanted (const IwRemoteRevs *items, guint n)
{
  GString *text = g_string_sized_new (n * 128);
  gboolean first = TRUE;

  g_string_append (text, "{\"docs\":[");
  for (guint i = 0; i < n; i++)
    for (guint j = 0; items[i].revs[j] != NULL; j++)
      {
        g_string_append (text, first ? "{\"id\":" : ",{\"id\":");
        iw_canonical_append_string (text, items[i].docid);
        g_string_append (text, ",\"rev\":");
        iw_canonical_append_string (text, items[i].revs[j]);
        g_string_append_c (text, '}');
        first = FALSE;
      }
  g_string_append (text, "]}");
  return g_string_free_to_bytes (text);
}

typedef struct
{
  GHashTable *index; /* docid → place + 1 */
  gboolean *answered;
  const IwRemoteRevs *items;
  guint n;
  IwRemoteDocFunc func;
  gpointer data;
  gboolean go_on;
} Answers;

static gboolean
read_result (Answers *answers, yyjson_val *result, GError **error)
{
  const char *id = iw_json_text (result, "id");
  yyjson_val *docs = yyjson_obj_get (result, "docs");
  guint at = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (answers->index, id)) : 0;
  yyjson_val *row;
  size_t i, n;

  if (id == NULL || !yyjson_is_arr (docs))
    return iw_remote_unfit (error, "a row of _bulk_get without id and docs");
  /* Of another document than was asked for: not our business. */
  if (at == 0)
    return TRUE;
  yyjson_arr_foreach (docs, i, n, row)
  {
    yyjson_val *ok = yyjson_obj_get (row, "ok");

    answers->answered[at - 1] = TRUE;
    if (ok != NULL)
      iw_remote_give_doc (&answers->items[at - 1], ok, answers->func, answers->data,
                          &answers->go_on);
    else
      iw_remote_give_error (id, yyjson_obj_get (row, "error"), answers->func, answers->data,
                            &answers->go_on);
    if (!answers->go_on)
      return TRUE;
  }
  return TRUE;
}

static gboolean
read_results (Answers *answers, yyjson_val *root, GError **error)
{
  yyjson_val *results = yyjson_obj_get (root, "results");
  yyjson_val *result;
  size_t i, n;

  if (!yyjson_is_arr (results))
    return iw_remote_unfit (error, "_bulk_get without results");
  answers->go_on = TRUE;
  yyjson_arr_foreach (results, i, n, result) if (!read_result (answers, result, error) ||
                                                 !answers->go_on) return *error == NULL;
  for (guint at = 0; at < answers->n && answers->go_on; at++)
    if (!answers->answered[at])
      iw_remote_give_error (answers->items[at].docid, NULL, answers->func, answers->data,
                            &answers->go_on);
  return TRUE;
}

static gboolean
is_unknown_endpoint (const GError *error)
{
  return g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_NOT_FOUND) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_REFUSED);
}

static gboolean
one_by_one (IwRemote *self,
            const char *db,
            const IwRemoteRevs *items,
            guint n,
            IwRemoteDocFunc func,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  gboolean go_on = TRUE;

  for (guint i = 0; i < n && go_on; i++)
    if (!iw_remote_open_revs (self, db, &items[i], func, data, &go_on, cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
in_halves (IwRemote *self,
           const char *db,
           const IwRemoteRevs *items,
           guint n,
           IwRemoteDocFunc func,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  guint half = n / 2;

  return iw_remote_bulk_get (self, db, items, half, func, data, cancellable, error) &&
         iw_remote_bulk_get (self, db, items + half, n - half, func, data, cancellable, error);
}

static gboolean
read_all (yyjson_doc *doc,
          const IwRemoteRevs *items,
          guint n,
          IwRemoteDocFunc func,
          gpointer data,
          GError **error)
{
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree gboolean *answered = g_new0 (gboolean, n);
  Answers answers = {
    .index = index, .answered = answered, .items = items, .n = n, .func = func, .data = data
  };
  GError *cause = NULL;

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (index, (gpointer)items[i].docid, GUINT_TO_POINTER (i + 1));
  if (read_results (&answers, yyjson_doc_get_root (doc), &cause))
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

/* @spoilt: whether it is something in a whole answer that cannot be read. */
static yyjson_doc *
ask (IwRemote *self,
     const char *db,
     const IwRemoteRevs *items,
     guint n,
     gboolean *spoilt,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (GBytes) body = write_wanted (items, n);
  g_auto (IwExchange) exchange = { .method = "POST",
                                   .db = db,
                                   .path = "_bulk_get?revs=true&latest=true&att_encoding_info=true",
                                   .body = body };
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GError) cause = NULL;

  *spoilt = FALSE;
  if (!iw_remote_exchange (self, &exchange, cancellable, error))
    return NULL;
  doc = iw_canonical_read (exchange.text->str, exchange.text->len, &cause);
  if (doc != NULL)
    return g_steal_pointer (&doc);
  *spoilt = iw_remote_is_whole (exchange.text);
  iw_remote_unfit (error, "_bulk_get: %s", cause->message);
  return NULL;
}

gboolean
iw_remote_bulk_get (IwRemote *self,
                    const char *db,
                    const IwRemoteRevs *items,
                    guint n,
                    IwRemoteDocFunc func,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean spoilt;

  if (n == 0)
    return TRUE;
  if (self->no_bulk_get)
    return one_by_one (self, db, items, n, func, data, cancellable, error);
  doc = ask (self, db, items, n, &spoilt, cancellable, &cause);
  if (doc != NULL)
    return read_all (doc, items, n, func, data, error);
  /* Too many at a time, or one that nobody here can read (a NUL in a text, nested without end)
   * among others that are well: it is found by halving. One alone is not read, and said so. */
  if (spoilt || g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_TOO_LARGE))
    {
      if (n > 1)
        return in_halves (self, db, items, n, func, data, cancellable, error);
      func (items[0].docid, NULL, cause, data);
      return TRUE;
    }
  if (is_unknown_endpoint (cause))
    {
      g_autoptr (yyjson_doc) info =
          iw_remote_json (self, "GET", db, NULL, NULL, 0, cancellable, error);

      /* It may be the database that is gone. */
      if (info == NULL)
        return FALSE;
      self->no_bulk_get = TRUE;
      return one_by_one (self, db, items, n, func, data, cancellable, error);
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* ---- _bulk_docs ---- */

static GBytes *
write_docs (GPtrArray *texts)
{
  gsize length = 64;
  GString *body;

  for (guint i = 0; i < texts->len; i++)
    length += strlen (texts->pdata[i]) + 1;
  body = g_string_sized_new (length);
  g_string_append (body, "{\"docs\":[");
  for (guint i = 0; i < texts->len; i++)
    {
      if (i > 0)
        g_string_append_c (body, ',');
      g_string_append (body, texts->pdata[i]);
    }
  g_string_append (body, "],\"new_edits\":false}");
  return g_string_free_to_bytes (body);
}

gboolean
iw_remote_bulk_docs (IwRemote *self,
                     const char *db,
                     GPtrArray *texts,
                     IwRemoteRowFunc func,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GBytes) body = write_docs (texts);
  g_autoptr (yyjson_doc) doc =
      iw_remote_json (self, "POST", db, "_bulk_docs", body, 0, cancellable, error);
  yyjson_val *root = doc != NULL ? yyjson_doc_get_root (doc) : NULL;
  yyjson_val *row;
  size_t i, n;

  if (doc == NULL)
    return FALSE;
  if (!yyjson_is_arr (root))
    return iw_remote_unfit (error, "_bulk_docs without a list");
  yyjson_arr_foreach (root, i, n, row)
  {
    const char *id = iw_json_text (row, "id");
    const char *code = iw_json_text (row, "error");
    const char *reason = iw_json_text (row, "reason");

    if (!yyjson_is_obj (row))
      return iw_remote_unfit (error, "_bulk_docs with a row that is no object");
    if (yyjson_obj_get (row, "error") == NULL)
      continue;
    if (id == NULL)
      return iw_remote_unfit (error, "_bulk_docs refuses a document without saying which");
    func (id, iw_json_text (row, "rev"), code != NULL ? code : "unknown_error",
          reason != NULL ? reason : "", data);
  }
  return TRUE;
}
