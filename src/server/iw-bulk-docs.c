/* _bulk_docs: many documents in one go, each with its own answer. */
#include "config.h"

#include <string.h>

#include "iw-document-write.h"
#include "iw-handlers.h"
#include "iw-paged-answer.h"

/* Longer bodies are read, and their attachments stored, before it is the writer's turn. */
#define SMALL (64 * 1024)
#define MAX_INLINE (64 * 1024 * 1024)

typedef struct
{
  IwWireDoc *doc;
  GError *error; /* why it is not to be written */
  char *docid;   /* what is known of a refused one */
  char *rev;
} Row;

typedef struct
{
  IwRequest *request;
  GBytes *body;
  gboolean new_edits;
  GArray *rows; /* (Row); NULL until the body is read */
  GString *out;
} Bulk;

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_clear_pointer (&row->doc, iw_wire_doc_free);
  g_clear_error (&row->error);
  g_free (row->docid);
  g_free (row->rev);
}

static void
bulk_clear (gpointer data)
{
  Bulk *self = data;

  g_clear_object (&self->request);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
}

static void
bulk_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, bulk_clear);
}

/* ---- reading: in any thread ---- */

static void
read_row (Bulk *self, yyjson_val *value, const char *dir, gsize *left)
{
  Row row = { NULL };
  gsize used = 0;

  if (iw_canonical_check (value, &row.error))
    row.doc = iw_wire_read_doc (value, *left, &row.error);
  if (row.doc == NULL)
    {
      row.docid = g_strdup (yyjson_get_str (yyjson_obj_get (value, "_id")));
      row.rev = g_strdup (yyjson_get_str (yyjson_obj_get (value, "_rev")));
    }
  else
    {
      iw_wire_store_inline (row.doc, dir, &row.error);
      for (guint i = 0; row.doc->attachments != NULL && i < row.doc->attachments->len; i++)
        {
          IwWireAttachment *attachment = row.doc->attachments->pdata[i];

          used += attachment->data != NULL ? g_bytes_get_size (attachment->data) : 0;
          g_clear_pointer (&attachment->data, g_bytes_unref);
          if (attachment->follows && row.error == NULL)
            iw_refuse (&row.error, 400, "Attachments cannot follow here.");
        }
      if (row.doc->docid == NULL)
        row.doc->docid = iw_document_make_id ();
      row.docid = g_strdup (row.doc->docid);
      row.rev = g_strdup (row.doc->rev);
    }
  *left -= MIN (used, *left);
  g_array_append_val (self->rows, row);
}

static gboolean
read_options (Bulk *self, yyjson_val *root, GError **error)
{
  yyjson_val *new_edits = yyjson_obj_get (root, "new_edits");
  yyjson_val *docs = yyjson_obj_get (root, "docs");

  if (!yyjson_is_obj (root))
    return iw_refuse (error, 400, "Request body must be a JSON object");
  if (docs == NULL)
    return iw_refuse (error, 400, "POST body must include `docs` parameter.");
  if (!yyjson_is_arr (docs))
    return iw_refuse (error, 400, "`docs` parameter must be an array.");
  if (new_edits != NULL && !yyjson_is_bool (new_edits))
    return iw_refuse (error, 400, "`new_edits` parameter must be a boolean.");
  if (yyjson_get_bool (yyjson_obj_get (root, "all_or_nothing")))
    return iw_refuse (error, 417, "`all_or_nothing` is not supported");
  self->new_edits = new_edits == NULL || yyjson_get_bool (new_edits);
  return TRUE;
}

static gboolean
read_body (IwStore *store, gpointer data, GError **error)
{
  Bulk *self = data;
  g_autoptr (yyjson_doc) json = NULL;
  gsize left = MAX_INLINE;
  gsize length;
  const char *text = g_bytes_get_data (self->body, &length);
  yyjson_val *docs;
  gsize i, max;
  yyjson_val *value;

  json = iw_canonical_read_list (text != NULL ? text : "", length, error);
  if (json == NULL || !read_options (self, yyjson_doc_get_root (json), error))
    return FALSE;
  docs = yyjson_obj_get (yyjson_doc_get_root (json), "docs");
  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (Row), yyjson_arr_size (docs));
  g_array_set_clear_func (self->rows, row_clear);
  yyjson_arr_foreach (docs, i, max, value) read_row (self, value, iw_store_get_dir (store), &left);
  return TRUE;
}

/* ---- writing: in the writer's thread ---- */

static const char *
name_error (const GError *error, const char **reason)
{
  const char *name = iw_wire_error_name (error, reason);

  if (name != NULL)
    return name;
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT) ||
      g_error_matches (error, IW_REQUEST_ERROR, 409))
    {
      *reason = "Document update conflict.";
      return "conflict";
    }
  if (error->domain == IW_REQUEST_ERROR)
    return error->code == 403 ? "forbidden" : error->code == 404 ? "not_found" : "bad_request";
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
    return "not_found";
  /* What cannot be stored is one document's fault: a replicator must get on with the others. */
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID))
    {
      *reason = error->message;
      return "bad_request";
    }
  return NULL;
}

static void
append_row (GString *out, const char *docid, const char *rev)
{
  g_string_append (out, out->len > 1 ? ",\n{" : "{");
  if (docid != NULL)
    {
      g_string_append (out, "\"id\":");
      iw_canonical_append_string (out, docid);
      g_string_append_c (out, ',');
    }
  if (rev != NULL)
    {
      g_string_append (out, "\"rev\":");
      iw_canonical_append_string (out, rev);
      g_string_append_c (out, ',');
    }
}

static void
append_error (Bulk *self, const Row *row, const char *name, const char *reason)
{
  append_row (self->out, row->docid, self->new_edits ? NULL : row->rev);
  g_string_append_printf (self->out, "\"error\":\"%s\",\"reason\":", name);
  iw_canonical_append_string (self->out, reason);
  g_string_append_c (self->out, '}');
}

static void
append_written (Bulk *self, const Row *row, const char *rev)
{
  g_string_append (self->out,
                   self->out->len > 1 ? ",\n{\"ok\":true,\"id\":" : "{\"ok\":true,\"id\":");
  iw_canonical_append_string (self->out, row->docid);
  g_string_append_printf (self->out, ",\"rev\":\"%s\"}", rev);
}

/* FALSE where the store itself is in trouble: then all of it fails. */
static gboolean
write_row (Bulk *self, IwStore *store, Row *row, GError **error)
{
  g_autoptr (GError) local = g_steal_pointer (&row->error);
  g_autofree char *rev = NULL;
  const char *reason;
  const char *name;

  if (local == NULL && iw_document_write (store, iw_request_get_account (self->request), row->doc,
                                          self->new_edits, &rev, &local))
    {
      if (self->new_edits)
        append_written (self, row, rev);
      return TRUE;
    }
  name = name_error (local, &reason);
  if (name == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  append_error (self, row, name,
                local->domain == IW_REQUEST_ERROR && local->code != 409 ? local->message : reason);
  return TRUE;
}

static gboolean
write_rows (IwStore *store, gpointer data, GError **error)
{
  Bulk *self = data;

  if (self->rows == NULL && !read_body (store, self, error))
    return FALSE;
  self->out = g_string_new ("[");
  for (guint i = 0; i < self->rows->len; i++)
    if (!write_row (self, store, &g_array_index (self->rows, Row, i), error))
      return FALSE;
  g_string_append (self->out, "]\n");
  return TRUE;
}

/* ---- main thread ---- */

static void
on_written (IwDatabase *database, gpointer data, const GError *error)
{
  Bulk *self = data;

  if (error != NULL)
    iw_answer_gerror (self->request, error);
  else
    iw_request_answer_json (self->request, 201,
                            g_string_free_and_steal (g_steal_pointer (&self->out)));
}

static void
on_read (IwDatabase *database, gpointer data, const GError *error)
{
  Bulk *self = data;

  g_clear_pointer (&self->body, g_bytes_unref);
  if (error != NULL)
    iw_answer_gerror (self->request, error);
  else
    iw_database_write (database, write_rows, g_atomic_rc_box_acquire (self), on_written,
                       bulk_unref);
}

void
iw_handle_bulk_docs (IwRequest *request)
{
  const char *type = iw_request_get_header (request, "Content-Type");
  Bulk *self;

  if (type != NULL && g_ascii_strncasecmp (type, "application/json", 16) != 0)
    {
      iw_request_answer_error (request, 415, "bad_content_type",
                               "Content-Type must be application/json");
      g_object_unref (request);
      return;
    }
  self = g_atomic_rc_box_new0 (Bulk);
  self->request = request;
  self->body = iw_request_get_body (request);
  if (g_bytes_get_size (self->body) > SMALL)
    iw_database_read (iw_request_get_database (request), read_body, self, on_read, bulk_unref);
  else
    iw_database_write (iw_request_get_database (request), write_rows, self, on_written, bulk_unref);
}
