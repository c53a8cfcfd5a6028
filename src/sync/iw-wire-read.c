#include "config.h"

#include <string.h>

#include "iw-wire-private.h"

const char *
iw_wire_get_text (yyjson_val *value)
{
  const char *text = yyjson_get_str (value);

  return text != NULL && strlen (text) == yyjson_get_len (value) ? text : NULL;
}

/* ---- members that begin with an underscore ---- */

static gboolean
read_id (IwWireDoc *doc, yyjson_val *value, GError **error)
{
  const char *text = iw_wire_get_text (value);

  if (text == NULL)
    return iw_wire_fail (error, "illegal_docid", "Document id must be a string");
  if (!iw_wire_check_docid (text, error))
    return FALSE;
  g_free (doc->docid);
  doc->docid = g_strdup (text);
  return TRUE;
}

static gboolean
read_rev (IwWireDoc *doc, yyjson_val *value, GError **error)
{
  const char *text = iw_wire_get_text (value);

  /* A document of _local has a counter instead, which begins with 0. */
  if (text == NULL || (iw_wire_rev_generation (text) == 0 && !g_str_has_prefix (text, "0-")))
    return iw_wire_fail (error, "bad_request", "Invalid rev format");
  g_free (doc->rev);
  doc->rev = g_strdup (text);
  return TRUE;
}

static gboolean
read_revisions (IwWireDoc *doc, yyjson_val *value, GError **error)
{
  yyjson_val *start = yyjson_obj_get (value, "start");
  yyjson_val *ids = yyjson_obj_get (value, "ids");
  gsize n = yyjson_arr_size (ids);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize i, max;
  yyjson_val *id;

  if (!yyjson_is_uint (start) || yyjson_get_uint (start) > G_MAXINT32)
    return iw_wire_fail (error, "doc_validation", "_revisions.start isn't an integer.");
  if (!yyjson_is_arr (ids))
    return iw_wire_fail (error, "doc_validation", "_revisions.ids isn't a array.");
  /* 0: CouchDB's replicator sends a checkpoint with its counter as a history; _rev tells it. */
  if (n == 0 || (yyjson_get_uint (start) == 0 && n == 1))
    return TRUE;
  if (n > IW_WIRE_MAX_HISTORY || n > yyjson_get_uint (start))
    return iw_wire_fail (error, "doc_validation", "_revisions has too many ids.");
  yyjson_arr_foreach (ids, i, max, id)
  {
    const char *text = iw_wire_get_text (id);

    if (text == NULL || !iw_wire_is_hash (text))
      return iw_wire_fail (error, "doc_validation", "RevId isn't a valid hexadecimal");
    g_strv_builder_take (builder, g_strdup_printf ("%" G_GUINT64_FORMAT "-%s",
                                                   (guint64)yyjson_get_uint (start) - i, text));
  }
  g_strfreev (doc->revs);
  doc->revs = g_strv_builder_end (builder);
  if (iw_wire_rev_generation (doc->revs[0]) == 0)
    return iw_wire_fail (error, "doc_validation", "_revisions.start is too great.");
  return TRUE;
}

static gboolean
read_deleted (IwWireDoc *doc, yyjson_val *value, GError **error)
{
  if (!yyjson_is_bool (value))
    return iw_wire_fail (error, "doc_validation", "Bad special document member: _deleted");
  doc->deleted = yyjson_get_bool (value);
  return TRUE;
}

static gboolean
is_of_answers (const char *name)
{
  static const char *const names[] = {
    "_conflicts",
    "_deleted_conflicts",
    "_local_seq",
    "_revs_info",
    "_replication_id",
    "_replication_state",
    "_replication_state_reason",
    "_replication_state_time",
    "_replication_stats",
    NULL,
  };

  return g_strv_contains (names, name);
}

static gboolean
read_special (IwWireDoc *doc, const char *name, yyjson_val *value, gsize max_inline, GError **error)
{
  if (strcmp (name, "_id") == 0)
    return read_id (doc, value, error);
  if (strcmp (name, "_rev") == 0)
    return read_rev (doc, value, error);
  if (strcmp (name, "_revisions") == 0)
    return read_revisions (doc, value, error);
  if (strcmp (name, "_deleted") == 0)
    return read_deleted (doc, value, error);
  if (strcmp (name, "_attachments") == 0)
    {
      g_clear_pointer (&doc->attachments, g_ptr_array_unref);
      return iw_wire_read_attachments (value, max_inline, &doc->attachments, error);
    }
  if (is_of_answers (name))
    return TRUE;
  return iw_wire_fail (error, "doc_validation", "Bad special document member: %s", name);
}

/* What _revisions says counts, as in CouchDB. */
static void
settle_revs (IwWireDoc *doc)
{
  if (doc->revs != NULL)
    {
      g_free (doc->rev);
      doc->rev = g_strdup (doc->revs[0]);
    }
  else if (doc->rev != NULL)
    {
      doc->revs = g_new0 (char *, 2);
      doc->revs[0] = g_strdup (doc->rev);
    }
}

IwWireDoc *
iw_wire_read_doc (yyjson_val *value, gsize max_inline, GError **error)
{
  g_autoptr (IwWireDoc) doc = NULL;
  g_autoptr (GString) body = NULL;
  gsize i, max;
  yyjson_val *name, *member;

  if (!yyjson_is_obj (value))
    {
      iw_wire_fail (error, "bad_request", "Document must be a JSON object");
      return NULL;
    }
  doc = g_new0 (IwWireDoc, 1);
  yyjson_obj_foreach (value, i, max, name, member)
  {
    const char *text = yyjson_get_str (name);

    if (text[0] == '_' && !read_special (doc, text, member, max_inline, error))
      return NULL;
  }
  settle_revs (doc);
  body = g_string_sized_new (512);
  if (!iw_canonical_append_body (body, value, error))
    return NULL;
  doc->body = g_string_free_and_steal (g_steal_pointer (&body));
  return g_steal_pointer (&doc);
}

IwWireDoc *
iw_wire_read_doc_text (const char *text, gsize length, gsize max_inline, GError **error)
{
  g_autoptr (yyjson_doc) json = iw_canonical_read (text, length, error);

  return json != NULL ? iw_wire_read_doc (yyjson_doc_get_root (json), max_inline, error) : NULL;
}
