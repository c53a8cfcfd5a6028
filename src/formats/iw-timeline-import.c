/* iw-timeline-import.c: what is known of a file before it is imported, and the three steps */
#include "iw-timeline-import.h"

#include "iw-csv-write.h"
#include "iw-decode.h"
#include "iw-detect.h"
#include "iw-entry-parser.h"
#include "iw-event-parser.h"
#include "iw-timeline-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PREVIEW_RECORDS 20
#define SAMPLE_RECORDS 1000

G_DEFINE_FINAL_TYPE (IwTimelineImport, iw_timeline_import, G_TYPE_OBJECT)

void
iw_timeline_import_forget (IwTimelineImport *self)
{
  self->ran = FALSE;
  g_clear_object (&self->writer);
  g_clear_pointer (&self->all_columns, g_strfreev);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->counts = (IwImportCounts){ 0 };
}

static void
iw_timeline_import_finalize (GObject *object)
{
  IwTimelineImport *self = IW_TIMELINE_IMPORT (object);

  iw_timeline_import_forget (self);
  g_clear_pointer (&self->file, iw_staged_free);
  g_clear_pointer (&self->inflated, iw_staged_free);
  g_clear_pointer (&self->text, iw_staged_free);
  g_clear_pointer (&self->mapping, iw_mapping_free);
  g_clear_pointer (&self->preview, g_ptr_array_unref);
  g_strfreev (self->columns);
  g_free (self->file_path);
  g_free (self->encoding);
  g_free (self->name);
  g_free (self->origin);
  g_free (self->docid);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (iw_timeline_import_parent_class)->finalize (object);
}

static void
iw_timeline_import_class_init (IwTimelineImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_timeline_import_finalize;
}

static void
iw_timeline_import_init (IwTimelineImport *self)
{
  self->preview = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  self->columns = g_new0 (char *, 1);
}

IwStaged *
iw_timeline_import_decoded (IwTimelineImport *self)
{
  return self->text != NULL ? self->text : self->inflated;
}

const char *
iw_timeline_import_text_path (IwTimelineImport *self)
{
  IwStaged *decoded = iw_timeline_import_decoded (self);

  return decoded != NULL ? decoded->path : self->file_path;
}

/* ---- what is shown before the dry run ---- */

static char **
dup_values (const IwRecord *record, guint n_columns)
{
  char **values = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    values[i] = i < record->n_fields && record->fields[i].data != NULL
                    ? g_strndup (record->fields[i].data, record->fields[i].length)
                    : g_strdup ("");
  if (record->problem != NULL && n_columns > 0)
    {
      g_free (values[0]);
      values[0] = g_utf8_make_valid (record->raw, MIN (record->raw_length, 200));
    }
  return values;
}

/* Columns of JSON come one by one: the preview's rows are made as wide as the widest. */
static void
widen_preview (IwTimelineImport *self, guint n_columns)
{
  for (guint i = 0; i < self->preview->len; i++)
    {
      char **values = g_ptr_array_index (self->preview, i);
      guint n = g_strv_length (values);

      if (n >= n_columns)
        continue;
      values = g_renew (char *, values, n_columns + 1);
      for (; n < n_columns; n++)
        values[n] = g_strdup ("");
      values[n] = NULL;
      self->preview->pdata[i] = values;
    }
}

/* Reads the columns and the first records again, with the present mapping. */
static gboolean
load_preview (IwTimelineImport *self, GError **error)
{
  const char *path = iw_timeline_import_text_path (self);
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, self->mapping, error);
  const IwRecord *record;
  guint n_columns;

  if (reader == NULL)
    return FALSE;
  g_ptr_array_set_size (self->preview, 0);
  for (guint n = 0; n < SAMPLE_RECORDS && iw_record_reader_next (reader, &record, NULL); n++)
    {
      iw_record_reader_get_columns (reader, &n_columns);
      if (n < PREVIEW_RECORDS)
        g_ptr_array_add (self->preview, dup_values (record, n_columns));
    }
  iw_record_reader_get_columns (reader, &n_columns);
  widen_preview (self, n_columns);
  g_strfreev (self->columns);
  self->columns = iw_pass_dup_columns (reader);
  return TRUE;
}

/* Whether a sampled time lacks a zone. The export form of DFIR-IRIS says in its header that it is
 * UTC. */
static gboolean
sample_needs_zone (IwTimelineImport *self)
{
  const char *path = iw_timeline_import_text_path (self);
  g_autoptr (IwMapping) mapping = iw_mapping_copy (self->mapping);
  g_autoptr (IwRecordReader) reader = NULL;
  g_autoptr (IwEventParser) parser = NULL;
  const IwRecord *record;

  if (iw_mapping_get_format (mapping) == IW_FORMAT_IRIS_EXPORT_CSV)
    return FALSE;
  iw_mapping_set_zone (mapping, NULL);
  reader = iw_record_reader_open (path, mapping, NULL);
  if (reader == NULL)
    return FALSE;
  parser = iw_event_parser_new (mapping, reader);
  for (guint n = 0; n < SAMPLE_RECORDS && iw_record_reader_next (reader, &record, NULL); n++)
    {
      IwReject reject = { 0 };
      gboolean naive;
      IwTime time;

      iw_event_parser_time (parser, record, &time, &reject, &naive);
      iw_reject_clear_texts (&reject);
      if (naive)
        return TRUE;
    }
  return FALSE;
}

/* What people wrote becomes entries again; what machines wrote becomes evidence. */
static IwImportTarget
guess_target (IwTimelineImport *self)
{
  g_autoptr (IwRecordReader) reader = NULL;
  g_autoptr (IwEntryParser) parser = NULL;
  const IwRecord *record;
  guint n;

  switch (iw_mapping_get_format (self->mapping))
    {
    case IW_FORMAT_IRIS_IMPORT_CSV:
    case IW_FORMAT_IRIS_EXPORT_CSV:
      return IW_IMPORT_AS_ENTRIES;
    case IW_FORMAT_TIMESKETCH_CSV:
    case IW_FORMAT_TIMESKETCH_JSONL:
      break;
    default:
      return IW_IMPORT_AS_EVIDENCE;
    }
  reader = iw_record_reader_open (iw_timeline_import_text_path (self), self->mapping, NULL);
  if (reader == NULL)
    return IW_IMPORT_AS_EVIDENCE;
  parser = iw_entry_parser_new (self->mapping, reader, "", 0);
  for (n = 0; n < SAMPLE_RECORDS && iw_record_reader_next (reader, &record, NULL); n++)
    if (!iw_entry_parser_is_entry (parser, record))
      return IW_IMPORT_AS_EVIDENCE;
  return n > 0 ? IW_IMPORT_AS_ENTRIES : IW_IMPORT_AS_EVIDENCE;
}

static gboolean
detect (IwTimelineImport *self, GError **error)
{
  g_clear_pointer (&self->mapping, iw_mapping_free);
  self->mapping = iw_detect_mapping (iw_timeline_import_text_path (self), error);
  if (self->mapping == NULL || !load_preview (self, error))
    return FALSE;
  self->needs_zone = sample_needs_zone (self);
  self->target = guess_target (self);
  return TRUE;
}

/* ---- probing ---- */

/* A pipe would never end and a folder has no bytes: only files are looked into. */
static GFileInfo *
query_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file,
                         G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                        "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
                         G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _ ("“%s” is a folder, not a file."),
                   g_file_info_get_display_name (info));
      return NULL;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("“%s” is not a regular file."), g_file_info_get_display_name (info));
      return NULL;
    }
  if (g_file_info_get_size (info) == 0)
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY, _ ("The file is empty."));
      return NULL;
    }
  return g_steal_pointer (&info);
}

static gboolean
stage (IwTimelineImport *self, GFile *file, const IwPassControl *control, GError **error)
{
  g_autoptr (GFileInfo) info = query_file (file, control->cancellable, error);
  g_autoptr (GFileInputStream) input = NULL;
  char *path;

  if (info == NULL)
    return FALSE;
  self->name = g_utf8_make_valid (g_file_info_get_display_name (info), -1);
  self->origin = g_file_get_parse_name (file);
  input = g_file_read (file, control->cancellable, error);
  if (input == NULL)
    return FALSE;
  path = iw_blobs_stage (iw_store_get_dir (self->store), G_INPUT_STREAM (input),
                         g_file_info_get_size (info), control->func, control->data,
                         control->cancellable, self->sha256, &self->length, error);
  if (path == NULL)
    return FALSE;
  self->file_path = g_strdup (path);
  self->file = iw_staged_take (path);
  return TRUE;
}

static char *
staging_folder (IwTimelineImport *self)
{
  return g_build_filename (iw_store_get_dir (self->store), "staging", NULL);
}

/* Brings the text into UTF-8 where it is not. */
static gboolean
convert (IwTimelineImport *self, const char *encoding, const IwPassControl *control, GError **error)
{
  const char *raw = self->inflated != NULL ? self->inflated->path : self->file_path;
  g_autofree char *staging = staging_folder (self);
  IwStaged *text = NULL;

  if (g_ascii_strcasecmp (encoding, "UTF-8") != 0)
    {
      text = iw_decode_convert (raw, encoding, staging, control->func, control->data,
                                control->cancellable, error);
      if (text == NULL)
        return FALSE;
    }
  g_clear_pointer (&self->text, iw_staged_free);
  self->text = text;
  g_set_str (&self->encoding, encoding);
  return TRUE;
}

static gboolean
decode (IwTimelineImport *self, const IwPassControl *control, GError **error)
{
  g_autofree char *staging = staging_folder (self);
  IwEncoding guess;

  if (!iw_decode_is_gzip (self->file_path, &self->gzip, error))
    return FALSE;
  if (self->gzip)
    {
      self->inflated = iw_decode_gunzip (self->file_path, staging, control->func, control->data,
                                         control->cancellable, error);
      if (self->inflated == NULL)
        return FALSE;
    }
  if (!iw_decode_guess (iw_timeline_import_text_path (self), &guess, error))
    return FALSE;
  self->encoding_certain = guess.certain;
  return convert (self, guess.encoding, control, error);
}

IwTimelineImport *
iw_timeline_import_probe (IwStore *store,
                          GFile *file,
                          IwProgressFunc progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (IwTimelineImport) self = g_object_new (IW_TYPE_TIMELINE_IMPORT, NULL);
  IwPassControl control = { progress, data, cancellable };

  self->store = g_object_ref (store);
  if (!stage (self, file, &control, error) || !decode (self, &control, error) ||
      !detect (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- getters and setters ---- */

const char *
iw_timeline_import_get_name (IwTimelineImport *self)
{
  return self->name;
}

const char *
iw_timeline_import_get_sha256 (IwTimelineImport *self)
{
  return self->sha256;
}

gint64
iw_timeline_import_get_length (IwTimelineImport *self)
{
  return self->length;
}

const char *
iw_timeline_import_get_encoding (IwTimelineImport *self)
{
  return self->encoding;
}

gboolean
iw_timeline_import_get_encoding_certain (IwTimelineImport *self)
{
  return self->encoding_certain;
}

gboolean
iw_timeline_import_get_compressed (IwTimelineImport *self)
{
  return self->gzip;
}

gboolean
iw_timeline_import_set_encoding (IwTimelineImport *self, const char *encoding, GError **error)
{
  IwPassControl control = { NULL, NULL, NULL };
  IwImportTarget target = self->target;

  iw_timeline_import_forget (self);
  if (!convert (self, encoding, &control, error) || !detect (self, error))
    return FALSE;
  self->encoding_certain = TRUE;
  self->target = target;
  return TRUE;
}

const IwMapping *
iw_timeline_import_get_mapping (IwTimelineImport *self)
{
  return self->mapping;
}

void
iw_timeline_import_set_mapping (IwTimelineImport *self, const IwMapping *mapping)
{
  gboolean other = iw_mapping_get_format (mapping) != iw_mapping_get_format (self->mapping);
  g_autoptr (GError) error = NULL;

  if (mapping == self->mapping)
    return;
  iw_timeline_import_forget (self);
  iw_mapping_free (self->mapping);
  self->mapping = iw_mapping_copy (mapping);
  /* A mapping that makes no table of the file shows no rows; the dry run says why. */
  if (!load_preview (self, &error))
    {
      g_debug ("no preview: %s", error->message);
      g_ptr_array_set_size (self->preview, 0);
      g_strfreev (self->columns);
      self->columns = g_new0 (char *, 1);
    }
  if (other)
    iw_detect_roles (self->mapping, (const char *const *)self->columns);
  self->needs_zone = sample_needs_zone (self);
}

const char *const *
iw_timeline_import_get_columns (IwTimelineImport *self)
{
  return (const char *const *)self->columns;
}

GPtrArray *
iw_timeline_import_get_preview (IwTimelineImport *self)
{
  return self->preview;
}

gboolean
iw_timeline_import_needs_zone (IwTimelineImport *self)
{
  return self->needs_zone;
}

IwImportTarget
iw_timeline_import_get_target (IwTimelineImport *self)
{
  return self->target;
}

void
iw_timeline_import_set_target (IwTimelineImport *self, IwImportTarget target)
{
  if (target != self->target)
    iw_timeline_import_forget (self);
  self->target = target;
}

void
iw_timeline_import_set_keep_duplicates (IwTimelineImport *self, gboolean keep)
{
  if (keep != self->keep_duplicates)
    iw_timeline_import_forget (self);
  self->keep_duplicates = keep;
}

/* ---- the dry run ---- */

gboolean
iw_timeline_import_dry_run (IwTimelineImport *self,
                            const char *incident,
                            IwImportCounts *counts,
                            IwProgressFunc progress,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error)
{
  IwPassControl control = { progress, data, cancellable };
  gboolean ok;

  iw_timeline_import_forget (self);
  if (!iw_pass_check_mapping (iw_timeline_import_text_path (self), self->mapping, error))
    return FALSE;
  self->writer = iw_event_writer_new (iw_store_get_dir (self->store), error);
  if (self->writer == NULL)
    return FALSE;
  ok = self->target == IW_IMPORT_AS_ENTRIES
           ? iw_timeline_import_run_entries (self, incident, &control, error)
           : iw_timeline_import_run_evidence (self, incident, &control, error);
  if (!ok)
    {
      iw_timeline_import_forget (self);
      return FALSE;
    }
  self->ran = TRUE;
  if (counts != NULL)
    *counts = self->counts;
  return TRUE;
}

GPtrArray *
iw_timeline_import_get_rejects (IwTimelineImport *self, guint offset, guint n, GError **error)
{
  g_autoptr (IwEventIndex) index = NULL;

  if (self->writer != NULL)
    return iw_event_writer_rejects (self->writer, offset, n, error);
  if (self->docid == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_reject_free);
  index = iw_event_index_open (iw_store_get_dir (self->store), self->docid, error);
  return index != NULL ? iw_event_index_rejects (index, offset, n, error) : NULL;
}

static void
append_reject (GString *out, const char *file, const IwReject *reject)
{
  char number[32];

  iw_csv_append (out, file, TRUE);
  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, reject->line);
  iw_csv_append (out, number, FALSE);
  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, reject->row);
  iw_csv_append (out, number, FALSE);
  iw_csv_append (out, reject->field, FALSE);
  iw_csv_append (out, reject->reason, FALSE);
  iw_csv_append (out, reject->value, FALSE);
  iw_csv_end (out);
}

gboolean
iw_timeline_import_export_rejects (IwTimelineImport *self,
                                   GOutputStream *output,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_autoptr (GString) text = g_string_new ("file,line,row,field,reason,value\r\n");

  for (guint offset = 0;; offset += SAMPLE_RECORDS)
    {
      g_autoptr (GPtrArray) rejects =
          iw_timeline_import_get_rejects (self, offset, SAMPLE_RECORDS, error);

      if (rejects == NULL)
        return FALSE;
      for (guint i = 0; i < rejects->len; i++)
        append_reject (text, self->name, g_ptr_array_index (rejects, i));
      if (!g_output_stream_write_all (output, text->str, text->len, NULL, cancellable, error))
        return FALSE;
      g_string_truncate (text, 0);
      if (rejects->len < SAMPLE_RECORDS)
        return TRUE;
    }
}

/* ---- the commit ---- */

static gboolean
check_committable (IwTimelineImport *self, GError **error)
{
  if (!self->ran)
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
                           _ ("The file must be checked before it is imported."));
      return FALSE;
    }
  if (self->counts.good > 0)
    return TRUE;
  if (self->naive > 0 && self->naive == self->counts.rejected)
    g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_ZONE,
                         _ ("The times have no zone. Choose the zone they were written in."));
  else
    g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY,
                         _ ("There is no row to import."));
  return FALSE;
}

gboolean
iw_timeline_import_commit (IwTimelineImport *self,
                           const char *incident,
                           char **docid_out,
                           IwProgressFunc progress,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error)
{
  IwPassControl control = { progress, data, cancellable };

  if (docid_out != NULL)
    *docid_out = NULL;
  if (!check_committable (self, error))
    return FALSE;
  self->ran = FALSE;
  if (self->target == IW_IMPORT_AS_ENTRIES)
    return iw_timeline_import_commit_entries (self, incident, error);
  if (!iw_timeline_import_commit_evidence (self, incident, &control, error))
    return FALSE;
  if (docid_out != NULL)
    *docid_out = g_strdup (self->docid);
  return TRUE;
}
