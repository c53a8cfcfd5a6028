/* iw-import-passes.c: the two passes over a text file that make an index of it */
#include "iw-import-passes.h"

#include "iw-event-parser.h"
#include "iw-fingerprint.h"
#include "iw-timeline-import.h"
#include "iw-zone.h"

#include <glib/gi18n-lib.h>

#define STEP 512 /* records between two looks at the cancellable */

gboolean
iw_pass_step (const IwPassControl *control, gint64 n, gint64 done, gint64 total, GError **error)
{
  if (n % STEP != 0)
    return TRUE;
  if (control->func != NULL)
    control->func (done, total, control->data);
  return !g_cancellable_set_error_if_cancelled (control->cancellable, error);
}

char **
iw_pass_dup_columns (IwRecordReader *reader)
{
  return g_strdupv ((char **)iw_record_reader_get_columns (reader, NULL));
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING, message);
  return FALSE;
}

static gboolean
check_zone (const char *name, GError **error)
{
  g_autoptr (GTimeZone) zone = iw_zone_lookup (name);

  if (zone != NULL || name == NULL)
    return TRUE;
  g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_ZONE, _ ("The time zone “%s” is not known."),
               name);
  return FALSE;
}

gboolean
iw_pass_check_mapping (const char *path, const IwMapping *mapping, GError **error)
{
  static const IwRole times[] = { IW_ROLE_TIME, IW_ROLE_DATE, IW_ROLE_EPOCH };
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, mapping, error);
  gboolean json = iw_format_is_json (iw_mapping_get_format (mapping));
  const char *missing = NULL;

  if (reader == NULL || !check_zone (iw_mapping_get_zone (mapping), error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const char *column = iw_mapping_get_column (mapping, times[i]);

      if (column == NULL)
        continue;
      /* A column of JSON may come late in the file. */
      if (json || iw_record_reader_find_column (reader, column) >= 0)
        return TRUE;
      missing = column;
    }
  if (missing == NULL)
    return fail (error, _ ("No column is chosen for the time. Choose the one that says when each "
                           "row happened."));
  g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
               _ ("The file has no column “%s”, which is chosen for the time."), missing);
  return FALSE;
}

gboolean
iw_pass_scan (const char *path,
              const IwMapping *mapping,
              IwEventWriter *writer,
              const IwPassControl *control,
              IwPassResult *result,
              GError **error)
{
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, mapping, error);
  g_autoptr (IwEventParser) parser = NULL;
  g_autoptr (GError) local = NULL;
  const IwRecord *record;
  IwFingerprintKey key;

  *result = (IwPassResult){ 0 };
  if (reader == NULL)
    return FALSE;
  parser = iw_event_parser_new (mapping, reader);
  iw_fingerprint_key_init (&key);
  while (iw_record_reader_next (reader, &record, &local))
    {
      IwScanned scanned = {
        .row = record->row, .line = record->line, .offset = record->offset, .length = record->length
      };
      IwReject reject = { 0 };
      gboolean naive, ok;

      if (!iw_pass_step (control, result->rows, iw_record_reader_get_position (reader),
                         iw_record_reader_get_size (reader), error))
        return FALSE;
      result->rows++;
      if (iw_event_parser_time (parser, record, &scanned.time, &reject, &naive))
        {
          iw_fingerprint (&key, record->raw, record->raw_length, scanned.fingerprint);
          ok = iw_event_writer_scan (writer, &scanned, error);
        }
      else
        {
          result->naive += naive;
          ok = iw_event_writer_reject (writer, &reject, error);
          iw_reject_clear_texts (&reject);
        }
      if (!ok)
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  result->columns = iw_pass_dup_columns (reader);
  return TRUE;
}

gboolean
iw_pass_index (const char *path,
               const IwMapping *mapping,
               const char *const *columns,
               IwEventWriter *writer,
               gint64 total,
               const IwPassControl *control,
               GError **error)
{
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, mapping, error);
  g_autoptr (IwEventParser) parser = NULL;
  g_autoptr (GError) local = NULL;
  IwScanned scanned;

  if (reader == NULL)
    return FALSE;
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    iw_record_reader_add_column (reader, columns[i]);
  parser = iw_event_parser_new (mapping, reader);
  for (gint64 n = 0; iw_event_writer_next (writer, &scanned, &local); n++)
    {
      const IwRecord *record;
      IwEventTexts texts;

      if (!iw_pass_step (control, n, n, total, error) ||
          !iw_record_reader_read_at (reader, scanned.row, scanned.offset, scanned.length, &record,
                                     error))
        return FALSE;
      iw_event_parser_texts (parser, record, &texts);
      if (!iw_event_writer_add (writer, texts.message, texts.desc, texts.origin, texts.host,
                                texts.actor, texts.text, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
