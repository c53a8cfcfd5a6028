/* iw-timeline-import.c: what is known of a file before it is imported, and the three steps */
#include "iw-timeline-import.h"

#include "iw-csv-write.h"
#include "iw-detect.h"
#include "iw-timeline-import-private.h"

#include <glib/gi18n-lib.h>

#define PAGE 1000 /* rejects read at once */

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
  if (!iw_timeline_import_convert (self, encoding, &control, error) ||
      !iw_timeline_import_detect (self, error))
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
  if (!iw_timeline_import_load_preview (self, &error))
    {
      g_debug ("no preview: %s", error->message);
      g_ptr_array_set_size (self->preview, 0);
      g_strfreev (self->columns);
      self->columns = g_new0 (char *, 1);
    }
  if (other)
    iw_detect_roles (self->mapping, (const char *const *)self->columns);
  self->needs_zone = iw_timeline_import_sample_zone (self);
}

const char *const *
iw_timeline_import_get_columns (IwTimelineImport *self)
{
  return (const char *const *)self->columns;
}

gint64
iw_timeline_import_get_preamble (IwTimelineImport *self)
{
  return self->preamble;
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

  for (guint offset = 0;; offset += PAGE)
    {
      g_autoptr (GPtrArray) rejects = iw_timeline_import_get_rejects (self, offset, PAGE, error);

      if (rejects == NULL)
        return FALSE;
      for (guint i = 0; i < rejects->len; i++)
        append_reject (text, self->name, g_ptr_array_index (rejects, i));
      if (!g_output_stream_write_all (output, text->str, text->len, NULL, cancellable, error))
        return FALSE;
      g_string_truncate (text, 0);
      if (rejects->len < PAGE)
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
    return iw_timeline_import_commit_entries (self, incident, &control, error);
  if (!iw_timeline_import_commit_evidence (self, incident, &control, error))
    return FALSE;
  if (docid_out != NULL)
    *docid_out = g_strdup (self->docid);
  return TRUE;
}
