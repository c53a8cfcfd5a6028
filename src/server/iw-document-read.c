#include "config.h"

#include "iw-document-read.h"

#include <string.h>

#define MAX_REVS 10000
#define MAX_IN_A_LIST (4 * 1024 * 1024)

/* ---- the question ---- */

char **
iw_document_read_revs (yyjson_val *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize i, max;
  yyjson_val *value;

  if (!yyjson_is_arr (array) || yyjson_arr_size (array) > MAX_REVS)
    return NULL;
  yyjson_arr_foreach (array, i, max, value)
  {
    const char *rev = yyjson_get_str (value);

    if (rev == NULL || iw_wire_rev_generation (rev) == 0)
      return NULL;
    g_strv_builder_add (builder, rev);
  }
  return g_strv_builder_end (builder);
}

static gboolean
refuse (IwRequest *request, const char *reason)
{
  iw_request_answer_error (request, 400, "bad_request", reason);
  return FALSE;
}

static gboolean
read_open_revs (IwDocumentQuery *self, IwRequest *request)
{
  const char *text = iw_request_get_query (request, "open_revs");
  g_autoptr (yyjson_doc) json = NULL;

  if (text == NULL)
    return TRUE;
  self->all_revs = strcmp (text, "all") == 0 || strcmp (text, "\"all\"") == 0;
  if (self->all_revs)
    {
      self->open_revs = g_new0 (char *, 1);
      return TRUE;
    }
  if (!iw_request_get_query_json (request, "open_revs", &json))
    return FALSE;
  self->open_revs = iw_document_read_revs (yyjson_doc_get_root (json));
  return self->open_revs != NULL || refuse (request, "Invalid rev format");
}

static gboolean
read_atts_since (IwDocumentQuery *self, IwRequest *request)
{
  g_autoptr (yyjson_doc) json = NULL;

  if (!iw_request_get_query_json (request, "atts_since", &json))
    return FALSE;
  if (json == NULL)
    return TRUE;
  self->atts_since = iw_document_read_revs (yyjson_doc_get_root (json));
  return self->atts_since != NULL || refuse (request, "atts_since value must be array of revs.");
}

static gboolean
read_rev (IwDocumentQuery *self, IwRequest *request)
{
  const char *rev = iw_request_get_query (request, "rev");

  if (rev == NULL || *rev == '\0')
    return TRUE;
  if (iw_wire_rev_generation (rev) == 0)
    return refuse (request, "Invalid rev format");
  self->rev = g_strdup (rev);
  return TRUE;
}

static gboolean
read_flags (IwDocumentQuery *self, IwRequest *request)
{
  struct
  {
    const char *name;
    gboolean *flag;
  } flags[] = {
    { "revs", &self->revs },           { "revs_info", &self->revs_info },
    { "conflicts", &self->conflicts }, { "deleted_conflicts", &self->deleted_conflicts },
    { "local_seq", &self->local_seq }, { "attachments", &self->attachments },
    { "latest", &self->latest },
  };
  gboolean meta;
  gboolean ignored;

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (!iw_request_get_query_bool (request, flags[i].name, FALSE, flags[i].flag))
      return FALSE;
  if (!iw_request_get_query_bool (request, "meta", FALSE, &meta) ||
      !iw_request_get_query_bool (request, "att_encoding_info", FALSE, &ignored))
    return FALSE;
  if (meta)
    self->conflicts = self->deleted_conflicts = self->revs_info = TRUE;
  return TRUE;
}

gboolean
iw_document_query_init (IwDocumentQuery *self, IwRequest *request)
{
  *self = (IwDocumentQuery){ NULL };
  if (read_rev (self, request) && read_flags (self, request) && read_open_revs (self, request) &&
      read_atts_since (self, request))
    {
      /* To say what the client has is to ask for the rest. */
      self->attachments |= self->atts_since != NULL;
      return TRUE;
    }
  iw_document_query_clear (self);
  return FALSE;
}

void
iw_document_query_clear (IwDocumentQuery *self)
{
  g_clear_pointer (&self->rev, g_free);
  g_clear_pointer (&self->open_revs, g_strfreev);
  g_clear_pointer (&self->atts_since, g_strfreev);
}

/* ---- finding ---- */

void
iw_document_found_clear (IwDocumentFound *found)
{
  iw_peer_doc_clear (&found->doc);
  g_clear_pointer (&found->history, g_strfreev);
  g_clear_pointer (&found->conflicts, g_strfreev);
  g_clear_pointer (&found->deleted_conflicts, g_strfreev);
  g_clear_pointer (&found->atts_since, g_strfreev);
  g_clear_pointer (&found->more, g_free);
}

/* The other leaves, by whether they are deleted. */
static gboolean
find_conflicts (IwStore *store, const char *docid, IwDocumentFound *found, GError **error)
{
  g_autofree gboolean *deleted = NULL;
  g_auto (GStrv) leaves = iw_peer_leaves (store, docid, &deleted, error);
  g_autoptr (GStrvBuilder) live = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) dead = g_strv_builder_new ();

  if (leaves == NULL)
    return FALSE;
  for (guint i = 0; leaves[i] != NULL; i++)
    if (strcmp (leaves[i], found->doc.rev) != 0)
      g_strv_builder_add (deleted[i] ? dead : live, leaves[i]);
  found->conflicts = g_strv_builder_end (live);
  found->deleted_conflicts = g_strv_builder_end (dead);
  return TRUE;
}

static gboolean
find_revs_info (IwStore *store, IwDocumentFound *found, GError **error)
{
  static const char *const words[] = { "available", "missing", "deleted" };
  g_auto (GStrv) revs = NULL;
  g_autofree IwRevStatus *status = NULL;
  GString *more;

  if (!iw_peer_revs_info (store, found->doc.docid, found->doc.rev, &revs, &status, error))
    return FALSE;
  more = g_string_new (",\"_revs_info\":[");
  for (guint i = 0; revs[i] != NULL; i++)
    g_string_append_printf (more, "%s{\"rev\":\"%s\",\"status\":\"%s\"}", i > 0 ? "," : "", revs[i],
                            words[status[i]]);
  g_string_append_c (more, ']');
  found->more = g_string_free_and_steal (more);
  return TRUE;
}

static gboolean
find_history (IwStore *store, const IwDocumentQuery *query, IwDocumentFound *found, GError **error)
{
  g_autoptr (GStrvBuilder) since = g_strv_builder_new ();

  found->history = iw_peer_history (store, found->doc.docid, found->doc.rev, error);
  if (found->history == NULL)
    return FALSE;
  for (char **rev = query->atts_since; rev != NULL && *rev != NULL; rev++)
    if (g_strv_contains ((const char *const *)found->history, *rev))
      g_strv_builder_add (since, *rev);
  found->atts_since = g_strv_builder_end (since);
  return TRUE;
}

static gboolean
find_rev (IwStore *store,
          const char *docid,
          const char *rev,
          const IwDocumentQuery *query,
          IwPeerDoc *doc,
          GError **error)
{
  g_auto (GStrv) latest = NULL;

  if (rev != NULL && query->latest && (latest = iw_peer_latest (store, docid, rev, error)) == NULL)
    return FALSE;
  if (latest != NULL && latest[0] != NULL)
    rev = latest[0];
  if (!iw_peer_find (store, docid, rev, doc, error))
    return FALSE;
  if (doc->body == NULL && !doc->deleted)
    return iw_refuse (error, 404, "missing");
  return rev != NULL || !doc->deleted || iw_refuse (error, 404, "deleted");
}

gboolean
iw_document_find (IwStore *store,
                  const char *docid,
                  const char *rev,
                  const IwDocumentQuery *query,
                  IwDocumentFound *found,
                  GError **error)
{
  if (!find_rev (store, docid, rev, query, &found->doc, error))
    return FALSE;
  if ((query->revs || query->atts_since != NULL) && !find_history (store, query, found, error))
    return FALSE;
  if ((query->conflicts || query->deleted_conflicts) &&
      !find_conflicts (store, docid, found, error))
    return FALSE;
  if (query->revs_info && !find_revs_info (store, found, error))
    return FALSE;
  found->options = (IwWireOptions){
    .history = query->revs ? found->history : NULL,
    .conflicts = query->conflicts ? found->conflicts : NULL,
    .deleted_conflicts = query->deleted_conflicts ? found->deleted_conflicts : NULL,
    .local_seq = query->local_seq ? found->doc.seq : 0,
    .more = found->more,
    .dir = query->attachments ? iw_store_get_dir (store) : NULL,
    .atts_since = found->atts_since,
  };
  return TRUE;
}

char **
iw_document_open_revs (IwStore *store,
                       const char *docid,
                       const IwDocumentQuery *query,
                       GPtrArray *missing,
                       GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (query->all_revs)
    return iw_peer_leaves (store, docid, NULL, error);
  for (char **rev = query->open_revs; *rev != NULL; rev++)
    {
      g_auto (GStrv) latest = NULL;
      g_auto (IwPeerDoc) doc = { NULL };

      if (query->latest && (latest = iw_peer_latest (store, docid, *rev, error)) == NULL)
        return NULL;
      if (latest == NULL || latest[0] == NULL)
        {
          g_clear_pointer (&latest, g_strfreev);
          if (!iw_peer_find (store, docid, *rev, &doc, error))
            return NULL;
          if (doc.body != NULL || doc.deleted)
            latest = g_strdupv ((char *[]){ *rev, NULL });
        }
      if (latest == NULL)
        g_ptr_array_add (missing, g_strdup (*rev));
      for (guint i = 0; latest != NULL && latest[i] != NULL; i++)
        if (g_hash_table_add (seen, g_strdup (latest[i])))
          g_strv_builder_add (builder, latest[i]);
    }
  return g_strv_builder_end (builder);
}

gboolean
iw_document_fits_a_list (const IwPeerDoc *doc)
{
  gint64 length = 0;

  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    length += ((IwAttachment *)doc->attachments->pdata[i])->length;
  return length <= MAX_IN_A_LIST;
}

/* ---- parts of multipart/mixed ---- */

gboolean
iw_document_sends_attachments (const IwDocumentFound *found)
{
  const GPtrArray *attachments = found->doc.attachments;

  for (guint i = 0; attachments != NULL && found->options.dir != NULL && i < attachments->len; i++)
    if (iw_wire_has_part (attachments->pdata[i], &found->options))
      return TRUE;
  return FALSE;
}

gboolean
iw_document_add_part (IwPiecesStream *pieces,
                      const IwDocumentFound *found,
                      const char *boundary,
                      GError **error)
{
  g_autofree char *inner = NULL;
  g_autofree char *head = NULL;

  if (!iw_document_sends_attachments (found))
    {
      head = g_strdup_printf ("\r\n--%s\r\nContent-Type: application/json\r\n\r\n", boundary);
      iw_pieces_stream_add_text (pieces, head);
      return iw_wire_add_doc (pieces, &found->doc, &found->options, error);
    }
  inner = iw_wire_make_boundary ();
  head = g_strdup_printf ("\r\n--%s\r\nContent-Type: multipart/related; boundary=\"%s\"\r\n\r\n",
                          boundary, inner);
  iw_pieces_stream_add_text (pieces, head);
  return iw_wire_add_related (pieces, &found->doc, &found->options, inner, error);
}

void
iw_document_add_error_part (IwPiecesStream *pieces, const char *json, const char *boundary)
{
  g_autofree char *text = g_strdup_printf (
      "\r\n--%s\r\nContent-Type: application/json; error=\"true\"\r\n\r\n%s", boundary, json);

  iw_pieces_stream_add_text (pieces, text);
}
