/* fuzz-record-reader.c: any bytes in any format: the reader ends, every record lies in the file, in
 * order, and reads again as the same. */
#include "iw-detect.h"
#include "iw-event-parser.h"
#include "iw-timeline-import.h"
#include "mutate.h"

#define MAX_REREAD 40

typedef struct
{
  gint64 row, offset, length;
  GPtrArray *fields;
} Seen;

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  g_ptr_array_unref (seen->fields);
  g_free (seen);
}

static GPtrArray *
dup_fields (const IwRecord *record)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < record->n_fields; i++)
    if (record->fields[i].data != NULL && record->fields[i].length > 0)
      {
        g_assert_true (
            g_utf8_validate_len (record->fields[i].data, record->fields[i].length, NULL));
        g_ptr_array_add (fields, g_strndup (record->fields[i].data, record->fields[i].length));
      }
  return fields;
}

static void
read_again (IwRecordReader *reader, GPtrArray *seen)
{
  for (guint i = 0; i < seen->len; i++)
    {
      Seen *first = seen->pdata[seen->len - 1 - i];
      g_autoptr (GPtrArray) fields = NULL;
      g_autoptr (GError) error = NULL;
      const IwRecord *record;

      g_assert_true (iw_record_reader_read_at (reader, first->row, first->offset, first->length,
                                               &record, &error));
      g_assert_no_error (error);
      g_assert_null (record->problem);
      fields = dup_fields (record);
      g_assert_cmpuint (fields->len, ==, first->fields->len);
      for (guint j = 0; j < fields->len; j++)
        g_assert_cmpstr (fields->pdata[j], ==, first->fields->pdata[j]);
    }
}

static void
look_at (IwEventParser *parser, const IwRecord *record)
{
  IwReject reject = { 0 };
  IwEventTexts texts;
  IwTime time;

  if (iw_event_parser_time (parser, record, &time, &reject, NULL))
    {
      g_assert_cmpint (time.us, >=, IW_TIME_MIN);
      g_assert_cmpint (time.us, <=, IW_TIME_MAX);
      g_assert_true (iw_time_is_set (time));
    }
  else
    {
      g_assert_cmpuint (strlen (reject.reason), >, 0);
      g_assert_true (g_utf8_validate (reject.value, -1, NULL));
    }
  iw_reject_clear_texts (&reject);
  if (record->problem != NULL)
    return;
  iw_event_parser_texts (parser, record, &texts);
  g_assert_true (g_utf8_validate (texts.text, -1, NULL));
  g_assert_true (g_utf8_validate (texts.message, -1, NULL));
}

static void
read_all (const char *path, const IwMapping *mapping, gint64 size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, mapping, &error);
  g_autoptr (IwEventParser) parser = NULL;
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (seen_free);
  const IwRecord *record;
  gint64 row = 0, end = 0, line = 0;

  if (reader == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  parser = iw_event_parser_new (mapping, reader);
  while (iw_record_reader_next (reader, &record, &error))
    {
      g_assert_cmpint (record->row, ==, ++row);
      g_assert_cmpint (record->offset, >=, end);
      g_assert_cmpint (record->line, >=, line);
      line = record->line;
      end = record->offset + record->length;
      g_assert_cmpint (end, <=, size);
      g_assert_cmpint (row, <=, size);
      look_at (parser, record);
      if (record->problem == NULL && seen->len < MAX_REREAD)
        {
          Seen *one = g_new0 (Seen, 1);

          *one = (Seen){ record->row, record->offset, record->length, dup_fields (record) };
          g_ptr_array_add (seen, one);
        }
    }
  g_assert_no_error (error);
  read_again (reader, seen);
}

static void
fuzz (void)
{
  Mutator mutator;
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "input", NULL);
  guint n = 0;

  mutator_init (&mutator);
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GByteArray) bytes = mutator_next (&mutator);
      g_autoptr (IwMapping) detected = NULL;

      mutator_write (bytes, path);
      detected = iw_detect_mapping (path, NULL);
      if (detected != NULL)
        read_all (path, detected, bytes->len);
      for (IwFormat format = 0; format < IW_N_FORMATS; format++)
        {
          g_autoptr (IwMapping) mapping = iw_mapping_new (format);

          if (mutator_below (&mutator, 4) != 0)
            continue;
          iw_mapping_set_header (mapping, mutator_below (&mutator, 2));
          read_all (path, mapping, bytes->len);
        }
    }
  g_test_message ("%u inputs", n);
  iw_test_remove_dir (dir);
  mutator_clear (&mutator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/record-reader", fuzz);
  return g_test_run ();
}
