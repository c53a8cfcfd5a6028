/* A file of VERIS records: read, told apart, written as one action. */
#include "config.h"

#include "iw-veris-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-decode.h"
#include "iw-queries.h"
#include "iw-record-reader.h"

typedef struct
{
  IwStore *store;
  const char *author, *verification;
  IwMatrix *matrix;
  IwVerisCounts *counts;
  GPtrArray *issues;
  GPtrArray *documents; /* (element-type IwDocument) of all good records */
  GHashTable *seen;     /* SHA-256 of each record -> nothing */
  GHashTable *ids;      /* incident_id -> nothing */
} Import;

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->matrix, iw_matrix_unref);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

/* ---- telling records apart ---- */

/* The workspace's incidents made from a record with this id: whether one of them says just the
 * same. */
static gboolean
is_here (Import *self, const char *id, const char *print, gboolean *known_id, GError **error)
{
  g_autofree char *external = g_strdup_printf ("veris:%s", id);
  g_auto (GStrv) docids = iw_query_external (self->store, external, error);

  for (guint i = 0; docids != NULL && docids[i] != NULL; i++)
    {
      g_autoptr (JsonObject) body = iw_store_get (self->store, docids[i], NULL, NULL);

      *known_id = TRUE;
      if (body != NULL && strcmp (iw_path_text (body, IW_VERIS_DIGEST), print) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
keep (Import *self, GPtrArray *documents)
{
  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (self->documents, iw_document_ref (g_ptr_array_index (documents, i)));
  self->counts->good++;
  self->counts->documents += documents->len;
}

static gboolean
take_object (Import *self, const IwRecord *row, JsonObject *record, GError **error)
{
  g_autofree char *print = iw_veris_digest (record);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) local = NULL;
  const char *id = iw_path_text (record, "incident_id");
  gboolean known_id = g_hash_table_contains (self->ids, id);

  if (g_hash_table_contains (self->seen, print) || is_here (self, id, print, &known_id, &local))
    {
      self->counts->duplicates++;
      return TRUE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  documents =
      iw_veris_convert (record, self->matrix, iw_store_get_context (self->store), self->author,
                        self->verification, row->row, row->line, self->issues);
  if (documents == NULL)
    {
      self->counts->rejected++;
      return TRUE;
    }
  if (known_id)
    iw_import_issues_add (self->issues, row->row, row->line, FALSE, "incident_id",
                          g_strdup (_ ("Another record has the same incident_id and says something "
                                       "else; both are kept as incidents.")),
                          id);
  g_hash_table_add (self->seen, g_steal_pointer (&print));
  g_hash_table_add (self->ids, g_strdup (id));
  keep (self, documents);
  return TRUE;
}

static void
reject (Import *self, const IwRecord *row, const char *reason)
{
  g_autofree char *raw = g_strndup (row->raw != NULL ? row->raw : "", MIN (row->raw_length, 400));

  self->counts->rejected++;
  iw_import_issues_add (self->issues, row->row, row->line, TRUE, "", g_strdup (reason), raw);
}

static gboolean
take (Import *self, const IwRecord *row, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  JsonNode *root;

  self->counts->rows++;
  if (row->problem != NULL)
    {
      reject (self, row, row->problem);
      return TRUE;
    }
  if (!json_parser_load_from_data (parser, row->raw, (gssize)row->raw_length, &local))
    {
      reject (self, row, local->message);
      return TRUE;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      reject (self, row, _ ("A VERIS record is a JSON object."));
      return TRUE;
    }
  return take_object (self, row, json_node_get_object (root), error);
}

/* ---- the file ---- */

static gboolean
read_records (Import *self,
              const char *path,
              IwProgressFunc progress,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (IwMapping) mapping = iw_mapping_new (IW_FORMAT_GENERIC_JSONL);
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, mapping, error);
  const IwRecord *row;
  GError *local = NULL;

  if (reader == NULL)
    return FALSE;
  while (iw_record_reader_next (reader, &row, &local))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !take (self, row, error))
        return FALSE;
      if (progress != NULL)
        progress (iw_record_reader_get_position (reader), iw_record_reader_get_size (reader), data);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_file (Import *self,
           GFile *file,
           IwProgressFunc progress,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *staging = g_build_filename (iw_store_get_dir (self->store), "staging", NULL);
  g_autoptr (IwStaged) plain = NULL;
  gboolean gzip = FALSE;

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("Only files on this machine can be imported."));
      return FALSE;
    }
  if (!iw_decode_is_gzip (path, &gzip, error))
    return FALSE;
  if (gzip)
    {
      plain = iw_decode_gunzip (path, staging, progress, data, cancellable, error);
      if (plain == NULL)
        return FALSE;
    }
  return read_records (self, plain != NULL ? plain->path : path, progress, data, cancellable,
                       error);
}

/* ---- writing ---- */

static gboolean
write_documents (Import *self,
                 IwProgressFunc progress,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autofree IwChange *changes = iw_store_changes_of (self->documents);

  return iw_store_apply_full (
      self->store, self->counts->good == 1 ? N_ ("Import Incident") : N_ ("Import %u Incidents"),
      changes, self->documents->len, (guint)self->counts->good, progress, data, cancellable, error);
}

static IwMatrix *
read_matrix (IwStore *store)
{
  g_autoptr (JsonObject) body = iw_store_get (store, IW_MATRIX_DOCID, NULL, NULL);
  IwMatrix *matrix = body != NULL ? iw_matrix_new_from_json (body, NULL) : NULL;

  return matrix != NULL ? matrix : iw_matrix_new_default ();
}

gboolean
iw_veris_import (IwStore *store,
                 GFile *file,
                 const char *author,
                 const char *verification,
                 gboolean dry_run,
                 IwVerisCounts *counts,
                 GPtrArray *issues,
                 IwProgressFunc progress,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (Import) self = {
    .store = store,
    .author = author,
    .verification = verification,
    .matrix = read_matrix (store),
    .counts = counts,
    .issues = issues,
    .documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref),
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };

  *counts = (IwVerisCounts){ 0 };
  if (!read_file (&self, file, progress, data, cancellable, error))
    return FALSE;
  if (dry_run || counts->good == 0)
    return TRUE;
  return write_documents (&self, progress, data, cancellable, error);
}
