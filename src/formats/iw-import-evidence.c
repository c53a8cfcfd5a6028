/* iw-import-evidence.c: a file becomes a machine timeline */
#include "iw-decode.h"
#include "iw-evidence.h"
#include "iw-model-json.h"
#include "iw-queries.h"
#include "iw-timeline-import-private.h"

#include <glib/gi18n-lib.h>

/* ---- the file ---- */

static gboolean
keep_file (IwTimelineImport *self, GError **error)
{
  const char *dir = iw_store_get_dir (self->store);

  if (self->file == NULL)
    return TRUE;
  if (!iw_blobs_commit (dir, self->file->path, self->sha256, error))
    return FALSE;
  g_free (self->file_path);
  self->file_path = iw_blobs_path (dir, self->sha256);
  g_clear_pointer (&self->file, iw_staged_free);
  return TRUE;
}

/* Where the workspace no longer has this very file whole, it is put back. */
static gboolean
repair_file (IwTimelineImport *self, gboolean *repaired, GError **error)
{
  *repaired = !iw_blobs_verify (iw_store_get_dir (self->store), self->sha256, NULL, NULL);
  return !*repaired || keep_file (self, error);
}

/* ---- the dry run ---- */

static gboolean
check_not_there (IwTimelineImport *self, const char *incident, GError **error)
{
  g_autoptr (GPtrArray) evidence = NULL;
  gboolean repaired;

  if (incident == NULL)
    return TRUE;
  evidence = iw_query_evidence (self->store, incident, error);
  if (evidence == NULL)
    return FALSE;
  for (guint i = 0; i < evidence->len; i++)
    {
      IwEvidence *other = g_ptr_array_index (evidence, i);

      if (g_strcmp0 (iw_evidence_get_sha256 (other), self->sha256) != 0 ||
          !iw_evidence_is_timeline (other))
        continue;
      if (repair_file (self, &repaired, error))
        g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_DUPLICATE,
                     repaired
                         ? _ ("This very file is a timeline of this incident already, as “%s”. "
                              "Its stored copy was damaged or missing, and has been put back.")
                         : _ ("This very file is a timeline of this incident already, as “%s”."),
                     iw_evidence_get_name (other));
      return FALSE;
    }
  return TRUE;
}

gboolean
iw_timeline_import_run_evidence (IwTimelineImport *self,
                                 const char *incident,
                                 const IwPassControl *control,
                                 GError **error)
{
  IwImportCounts *counts = &self->counts;
  IwPassResult result = { 0 };

  if (!check_not_there (self, incident, error) ||
      !iw_pass_scan (iw_timeline_import_text_path (self), self->mapping, self->writer, control,
                     &result, error))
    return FALSE;
  counts->rows = result.rows;
  self->naive = result.naive;
  self->all_columns = result.columns;
  return iw_event_writer_end_scan (self->writer, &counts->good, &counts->duplicates,
                                   &counts->rejected, &counts->first, &counts->last, error);
}

/* ---- the document ---- */

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = iw_time_to_rfc3339 ((IwTime){ us, IW_PRECISION_MICROSECOND });

  json_object_set_string_member (object, name, text);
}

static JsonObject *
make_timeline (IwTimelineImport *self)
{
  JsonObject *timeline = json_object_new ();
  JsonArray *columns = json_array_new ();
  const char *zone = iw_mapping_get_zone (self->mapping);

  json_object_set_string_member (timeline, "format",
                                 iw_format_to_string (iw_mapping_get_format (self->mapping)));
  json_object_set_object_member (timeline, "mapping", iw_mapping_to_json (self->mapping));
  if (zone != NULL)
    json_object_set_string_member (timeline, "zone", zone);
  json_object_set_string_member (timeline, "encoding", self->encoding);
  if (self->gzip)
    json_object_set_string_member (timeline, "compression", "gzip");
  for (guint i = 0; self->all_columns[i] != NULL; i++)
    json_array_add_string_element (columns, self->all_columns[i]);
  json_object_set_array_member (timeline, "columns", columns);
  json_object_set_int_member (timeline, "rows", self->counts.good);
  json_object_set_int_member (timeline, "rejected", self->counts.rejected);
  json_object_set_int_member (timeline, "duplicates", self->counts.duplicates);
  set_time (timeline, "first", self->counts.first);
  set_time (timeline, "last", self->counts.last);
  return timeline;
}

static const char *
media_type (IwTimelineImport *self)
{
  if (self->gzip)
    return "application/gzip";
  switch (iw_mapping_get_format (self->mapping))
    {
    case IW_FORMAT_PLASO_JSON:
      return "application/json";
    case IW_FORMAT_TIMESKETCH_JSONL:
    case IW_FORMAT_PLASO_JSONL:
    case IW_FORMAT_GENERIC_JSONL:
      return "application/jsonl";
    default:
      return "text/csv";
    }
}

static JsonObject *
make_document (IwTimelineImport *self, const char *incident)
{
  g_autoptr (IwEvidence) evidence =
      iw_evidence_new (incident, self->name, self->sha256, self->length);
  g_autoptr (JsonObject) timeline = make_timeline (self);
  JsonObject *body;

  iw_evidence_set_timeline (evidence, timeline);
  body = iw_evidence_to_json (evidence);
  json_object_set_string_member (body, "media_type", media_type (self));
  json_object_set_string_member (body, "origin", self->origin);
  set_time (body, "collected_at", iw_context_now (iw_store_get_context (self->store)));
  return body;
}

/* ---- the commit ---- */

static gboolean
write_document (IwTimelineImport *self, const char *incident, const char *docid, GError **error)
{
  g_autoptr (JsonObject) body = make_document (self, incident);
  IwChange change = { docid, body };

  return iw_store_apply (self->store, N_ ("Import Timeline"), &change, 1, 1, error);
}

/* The order is what makes it whole or absent: file, index, and last the document that names both.
 * Cut short before that, the first two are garbage that the store collects. */
gboolean
iw_timeline_import_commit_evidence (IwTimelineImport *self,
                                    const char *incident,
                                    const IwPassControl *control,
                                    GError **error)
{
  const char *dir = iw_store_get_dir (self->store);
  IwStaged *decoded = iw_timeline_import_decoded (self);
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (self->store), incident, "evidence");
  gboolean ok;

  ok = check_not_there (self, incident, error) && keep_file (self, error) &&
       iw_pass_index (iw_timeline_import_text_path (self), self->mapping,
                      (const char *const *)self->all_columns, self->writer, self->counts.good,
                      control, error) &&
       iw_event_writer_finish (self->writer, docid, decoded != NULL ? decoded->path : NULL, error);
  g_clear_object (&self->writer);
  if (!ok)
    return FALSE;
  if (!write_document (self, incident, docid, error))
    {
      iw_event_index_remove (dir, docid);
      return FALSE;
    }
  self->docid = g_steal_pointer (&docid);
  return TRUE;
}

/* ---- building again ---- */

static IwEvidence *
load_evidence (IwStore *store, const char *docid, GError **error)
{
  g_autoptr (JsonObject) body = iw_store_get (store, docid, NULL, error);
  g_autoptr (IwEvidence) evidence = NULL;

  if (body == NULL)
    return NULL;
  evidence = iw_evidence_new_from_json (docid, body, error);
  if (evidence == NULL)
    return NULL;
  if (iw_evidence_get_timeline (evidence) != NULL)
    return g_steal_pointer (&evidence);
  g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE, _ ("“%s” is not a timeline."),
               iw_evidence_get_name (evidence));
  return NULL;
}

static IwMapping *
load_mapping (JsonObject *timeline, GError **error)
{
  JsonNode *node = json_object_get_member (timeline, "mapping");

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return iw_mapping_new_from_json (json_node_get_object (node), error);
  g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
               _ ("The mapping’s field “%s” is not an object."), "mapping");
  return NULL;
}

static gboolean
rebuild_index (const char *dir,
               const char *docid,
               const char *path,
               const char *decoded,
               const IwMapping *mapping,
               const IwPassControl *control,
               GError **error)
{
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, error);
  IwPassResult result = { 0 };
  IwImportCounts counts;
  gboolean ok;

  ok = writer != NULL && iw_pass_scan (path, mapping, writer, control, &result, error) &&
       iw_event_writer_end_scan (writer, &counts.good, &counts.duplicates, &counts.rejected,
                                 &counts.first, &counts.last, error) &&
       iw_pass_index (path, mapping, (const char *const *)result.columns, writer, counts.good,
                      control, error) &&
       iw_event_writer_finish (writer, docid, decoded, error);
  g_strfreev (result.columns);
  return ok;
}

gboolean
iw_timeline_import_rebuild (IwStore *store,
                            const char *evidence_docid,
                            IwProgressFunc progress,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error)
{
  const char *dir = iw_store_get_dir (store);
  IwPassControl control = { progress, data, cancellable };
  g_autoptr (IwEvidence) evidence = load_evidence (store, evidence_docid, error);
  g_autoptr (IwMapping) mapping = NULL;
  g_autoptr (IwStaged) inflated = NULL;
  g_autoptr (IwStaged) text = NULL;
  g_autofree char *staging = g_build_filename (dir, "staging", NULL);
  g_autofree char *blob = NULL;
  const char *path, *encoding;
  JsonObject *timeline;

  if (evidence == NULL)
    return FALSE;
  timeline = iw_evidence_get_timeline (evidence);
  mapping = load_mapping (timeline, error);
  if (mapping == NULL ||
      !iw_blobs_verify (dir, iw_evidence_get_sha256 (evidence), cancellable, error))
    return FALSE;
  path = blob = iw_blobs_path (dir, iw_evidence_get_sha256 (evidence));
  if (g_str_equal (iw_model_json_get_text (timeline, "compression"), "gzip"))
    {
      inflated = iw_decode_gunzip (path, staging, progress, data, cancellable, error);
      if (inflated == NULL)
        return FALSE;
      path = inflated->path;
    }
  encoding = iw_model_json_text_of (json_object_get_member (timeline, "encoding"), "UTF-8");
  if (g_ascii_strcasecmp (encoding, "UTF-8") != 0)
    {
      text = iw_decode_convert (path, encoding, staging, progress, data, cancellable, error);
      if (text == NULL)
        return FALSE;
      path = text->path;
    }
  return rebuild_index (dir, evidence_docid, path, path != blob ? path : NULL, mapping, &control,
                        error);
}

/* ---- one event in full ---- */

void
iw_field_free (IwField *field)
{
  if (field == NULL)
    return;
  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

static GPtrArray *
fields_of (IwRecordReader *reader, const IwRecord *record)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_field_free);
  const char *const *columns = iw_record_reader_get_columns (reader, NULL);

  for (guint i = 0; i < record->n_fields; i++)
    {
      IwField *field;

      if (record->fields[i].data == NULL || record->fields[i].length == 0)
        continue;
      field = g_new0 (IwField, 1);
      field->name = g_strdup (columns[i]);
      field->value = g_strndup (record->fields[i].data, record->fields[i].length);
      g_ptr_array_add (fields, field);
    }
  return fields;
}

GPtrArray *
iw_timeline_import_read_fields (IwStore *store,
                                const char *evidence_docid,
                                const IwEvent *event,
                                char **raw,
                                GError **error)
{
  g_autoptr (IwEvidence) evidence = load_evidence (store, evidence_docid, error);
  g_autoptr (IwMapping) mapping = NULL;
  g_autoptr (IwRecordReader) reader = NULL;
  g_autofree char *path = NULL;
  const IwRecord *record;

  if (evidence == NULL)
    return NULL;
  mapping = load_mapping (iw_evidence_get_timeline (evidence), error);
  path = iw_event_index_text_path (iw_store_get_dir (store), evidence_docid,
                                   iw_evidence_get_sha256 (evidence));
  reader = mapping != NULL ? iw_record_reader_open (path, mapping, error) : NULL;
  if (reader == NULL ||
      !iw_record_reader_read_at (reader, event->row, event->offset, event->length, &record, error))
    return NULL;
  if (record->problem != NULL)
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE, record->problem);
      return NULL;
    }
  if (raw != NULL)
    *raw = g_strndup (record->raw, record->raw_length);
  return fields_of (reader, record);
}
