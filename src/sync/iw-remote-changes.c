/* _changes and _revs_diff: what is new on the other side. */
#include "config.h"

#include "iw-remote-private.h"

#include <string.h>

void
iw_remote_change_free (IwRemoteChange *change)
{
  g_free (change->seq);
  g_free (change->docid);
  g_strfreev (change->revs);
  g_free (change);
}

/* A sequence is opaque: a number, a text, in old clusters a list. NULL where it is none of them. */
static char *
read_seq (yyjson_val *value)
{
  g_autoptr (GString) text = NULL;

  if (yyjson_is_str (value))
    return strlen (yyjson_get_str (value)) == yyjson_get_len (value)
               ? g_strdup (yyjson_get_str (value))
               : NULL;
  if (!yyjson_is_num (value) && !yyjson_is_arr (value))
    return NULL;
  text = g_string_new (NULL);
  if (!iw_canonical_append (text, value, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
read_leaves (yyjson_val *list, IwRemoteChange *change, GError **error)
{
  gsize n_kept = MIN (yyjson_arr_size (list), IW_REMOTE_MAX_LEAVES);
  yyjson_val *row;
  size_t i, n;

  if (!yyjson_is_arr (list) || n_kept == 0)
    return iw_remote_unfit (error, "a row of _changes without changes");
  change->n_revs = yyjson_arr_size (list);
  change->revs = g_new0 (char *, n_kept + 1);
  yyjson_arr_foreach (list, i, n, row)
  {
    const char *rev = iw_json_text (row, "rev");

    if (rev == NULL)
      return iw_remote_unfit (error, "a row of _changes without rev");
    if (i < n_kept)
      change->revs[i] = g_strdup (rev);
  }
  return TRUE;
}

/* A NUL in an id must not spoil the rows beside it. It is shown, and then asked for, as what it is
 * not: there is no such document, and that is said of it. */
static char *
read_id (yyjson_val *value)
{
  gsize n = yyjson_get_len (value);

  return yyjson_is_str (value) ? g_utf8_make_valid (yyjson_get_str (value), n) : NULL;
}

static IwRemoteChange *
read_row (yyjson_val *row, GError **error)
{
  IwRemoteChange *change = g_new0 (IwRemoteChange, 1);
  g_autofree char *id = read_id (yyjson_obj_get (row, "id"));

  change->seq = read_seq (yyjson_obj_get (row, "seq"));
  change->docid = g_strdup (id);
  change->deleted = yyjson_is_true (yyjson_obj_get (row, "deleted"));
  if (id == NULL || *id == '\0')
    iw_remote_unfit (error, "a row of _changes without id");
  else if (change->seq == NULL && !yyjson_is_null (yyjson_obj_get (row, "seq")))
    iw_remote_unfit (error, "a row of _changes without seq");
  else if (read_leaves (yyjson_obj_get (row, "changes"), change, error))
    return change;
  iw_remote_change_free (change);
  return NULL;
}

static GPtrArray *
read_rows (yyjson_val *root, char **last, gint64 *pending, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_remote_change_free);
  yyjson_val *results = yyjson_obj_get (root, "results");
  yyjson_val *left = yyjson_obj_get (root, "pending");
  yyjson_val *row;
  size_t i, n;

  if (!yyjson_is_arr (results))
    {
      iw_remote_unfit (error, "_changes without results");
      return NULL;
    }
  yyjson_arr_foreach (results, i, n, row)
  {
    IwRemoteChange *change = read_row (row, error);

    if (change == NULL)
      return NULL;
    g_ptr_array_add (rows, change);
  }
  if (last != NULL)
    *last = read_seq (yyjson_obj_get (root, "last_seq"));
  if (last != NULL && *last == NULL)
    {
      iw_remote_unfit (error, "_changes without last_seq");
      return NULL;
    }
  if (pending != NULL)
    *pending = yyjson_is_uint (left) && yyjson_get_uint (left) <= G_MAXINT64
                   ? (gint64)yyjson_get_uint (left)
                   : -1;
  return g_steal_pointer (&rows);
}

GPtrArray *
iw_remote_changes (IwRemote *self,
                   const char *db,
                   const char *since,
                   guint limit,
                   guint wait_s,
                   char **last,
                   gint64 *pending,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *from = iw_remote_escape (since != NULL ? since : "0");
  g_autofree char *path =
      g_strdup_printf ("_changes?style=all_docs&since=%s&limit=%u%s", from, limit,
                       wait_s > 0 ? "&feed=longpoll&heartbeat=10000" : "");
  g_auto (IwExchange) exchange = { .method = "GET", .db = db, .path = path, .wait_s = wait_s };
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) doc = NULL;

  if (pending != NULL)
    *pending = -1;
  if (!iw_remote_exchange (self, &exchange, cancellable, error))
    return NULL;
  if (!exchange.over)
    {
      doc = iw_canonical_read_list (exchange.text->str, exchange.text->len, &cause);
      if (doc != NULL)
        return read_rows (yyjson_doc_get_root (doc), last, pending, error);
      iw_remote_unfit (error, "_changes: %s", cause->message);
      return NULL;
    }
  if (last != NULL)
    *last = g_strdup (since != NULL ? since : "0");
  return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_remote_change_free);
}

/* ---- _revs_diff ---- */

static GBytes *
write_revs (const IwRemoteRevs *items, guint n)
{
  GString *text = g_string_sized_new (n * 128 + 2);

  g_string_append_c (text, '{');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      iw_canonical_append_string (text, items[i].docid);
      g_string_append (text, ":[");
      for (guint j = 0; items[i].revs[j] != NULL; j++)
        {
          if (j > 0)
            g_string_append_c (text, ',');
          iw_canonical_append_string (text, items[i].revs[j]);
        }
      g_string_append_c (text, ']');
    }
  g_string_append_c (text, '}');
  return g_string_free_to_bytes (text);
}

/* Of what was asked about alone: a server cannot ask for more. */
static char **
read_missing (yyjson_val *list, const IwRemoteRevs *item)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint found = 0;

  for (guint i = 0; item->revs[i] != NULL; i++)
    {
      yyjson_val *rev;
      size_t j, n;

      yyjson_arr_foreach (list, j, n, rev) if (yyjson_equals_str (rev, item->revs[i]))
      {
        g_strv_builder_add (builder, item->revs[i]);
        found++;
        break;
      }
    }
  return found > 0 ? g_strv_builder_end (builder) : NULL;
}

static GPtrArray *
read_diff (yyjson_val *root, const IwRemoteRevs *items, guint n_items, GError **error)
{
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  yyjson_val *key, *value;
  size_t i, n;

  if (!yyjson_is_obj (root))
    {
      iw_remote_unfit (error, "_revs_diff without an object");
      return NULL;
    }
  g_ptr_array_set_size (found, n_items);
  for (guint at = 0; at < n_items; at++)
    g_hash_table_insert (index, (gpointer)items[at].docid, GUINT_TO_POINTER (at + 1));
  yyjson_obj_foreach (root, i, n, key, value)
  {
    guint at = GPOINTER_TO_UINT (g_hash_table_lookup (index, yyjson_get_str (key)));
    yyjson_val *missing = yyjson_obj_get (value, "missing");

    if (!yyjson_is_obj (value) || (missing != NULL && !yyjson_is_arr (missing)))
      {
        iw_remote_unfit (error, "_revs_diff with a row that is no object with a list");
        return NULL;
      }
    if (at == 0 || missing == NULL)
      continue;
    g_strfreev (found->pdata[at - 1]);
    found->pdata[at - 1] = read_missing (missing, &items[at - 1]);
  }
  return g_steal_pointer (&found);
}

GPtrArray *
iw_remote_revs_diff (IwRemote *self,
                     const char *db,
                     const IwRemoteRevs *items,
                     guint n,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GBytes) body = write_revs (items, n);
  g_autoptr (yyjson_doc) doc =
      iw_remote_json (self, "POST", db, "_revs_diff", body, 0, cancellable, error);

  return doc != NULL ? read_diff (yyjson_doc_get_root (doc), items, n, error) : NULL;
}
