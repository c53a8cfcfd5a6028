/* iw-import-probe.c: what is known of a file before it is read through */
#include "iw-decode.h"
#include "iw-detect.h"
#include "iw-entry-parser.h"
#include "iw-event-parser.h"
#include "iw-timeline-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PREVIEW_RECORDS 20
#define SAMPLE_RECORDS 1000

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
gboolean
iw_timeline_import_load_preview (IwTimelineImport *self, GError **error)
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
  self->preamble = iw_record_reader_get_preamble (reader);
  return TRUE;
}

/* Whether a sampled time lacks a zone. The export form of DFIR-IRIS says in its header that it is
 * UTC. */
gboolean
iw_timeline_import_sample_zone (IwTimelineImport *self)
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

gboolean
iw_timeline_import_detect (IwTimelineImport *self, GError **error)
{
  g_clear_pointer (&self->mapping, iw_mapping_free);
  self->mapping = iw_detect_mapping (iw_timeline_import_text_path (self), error);
  if (self->mapping == NULL || !iw_timeline_import_load_preview (self, error))
    return FALSE;
  self->needs_zone = iw_timeline_import_sample_zone (self);
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
gboolean
iw_timeline_import_convert (IwTimelineImport *self,
                            const char *encoding,
                            const IwPassControl *control,
                            GError **error)
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
  return iw_timeline_import_convert (self, guess.encoding, control, error);
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
      !iw_timeline_import_detect (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
