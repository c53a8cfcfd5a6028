/* iw-detect.c: which format a text file has, by its content */
#include "iw-detect.h"

#include "iw-record-reader-private.h"
#include "iw-time-cell.h"

#include <string.h>

#define SAMPLE_RECORDS 50
#define MIN_TIME_LENGTH 8 /* shorter than "20261102" is no time that anybody should guess */

/* ---- what a cell looks like ---- */

static gboolean
is_time (const char *text)
{
  IwTime time;
  IwTimeCell cell;

  if (strlen (text) < MIN_TIME_LENGTH)
    return FALSE;
  cell = iw_time_cell_parse (text, NULL, FALSE, &time);
  if (cell == IW_TIME_CELL_BAD)
    cell = iw_time_cell_parse (text, NULL, TRUE, &time);
  return cell == IW_TIME_CELL_OK || cell == IW_TIME_CELL_NAIVE;
}

static char *
dup_field (const IwRecord *record, guint column)
{
  if (column >= record->n_fields || record->fields[column].data == NULL)
    return g_strdup ("");
  return g_strndup (record->fields[column].data, record->fields[column].length);
}

/* ---- columns by their content ---- */

typedef struct
{
  guint times, others; /* cells that are times, and that are something else */
  gsize length;        /* of all cells */
} ColumnSample;

static GArray *
sample_columns (IwRecordReader *reader)
{
  GArray *samples = g_array_new (FALSE, TRUE, sizeof (ColumnSample));
  const IwRecord *record;

  for (guint n = 0; n < SAMPLE_RECORDS && iw_record_reader_next (reader, &record, NULL); n++)
    {
      if (samples->len < record->n_fields)
        g_array_set_size (samples, record->n_fields);
      for (guint i = 0; i < record->n_fields; i++)
        {
          ColumnSample *sample = &g_array_index (samples, ColumnSample, i);
          g_autofree char *text = g_strstrip (dup_field (record, i));

          sample->length += strlen (text);
          if (*text == '\0' || strcmp (text, "-") == 0)
            continue;
          if (is_time (text))
            sample->times++;
          else
            sample->others++;
        }
    }
  return samples;
}

/* A generic table whose names say nothing: the first column of times is the time, the one with the
 * most text the message. */
static void
guess_by_content (IwMapping *mapping, const char *path)
{
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, mapping, NULL);
  g_autoptr (GArray) samples = NULL;
  const char *const *columns;
  gsize longest = 0;
  int message = -1;

  if (reader == NULL)
    return;
  samples = sample_columns (reader);
  columns = iw_record_reader_get_columns (reader, NULL);
  for (guint i = 0; i < samples->len; i++)
    {
      const ColumnSample *sample = &g_array_index (samples, ColumnSample, i);

      if (iw_mapping_get_role (mapping, columns[i]) != IW_ROLE_NONE)
        continue;
      if (sample->times > 0 && sample->times >= 9 * sample->others &&
          iw_mapping_get_column (mapping, IW_ROLE_TIME) == NULL &&
          iw_mapping_get_column (mapping, IW_ROLE_DATE) == NULL)
        iw_mapping_set_role (mapping, columns[i], IW_ROLE_TIME);
      else if (sample->others > sample->times && sample->length > longest)
        {
          longest = sample->length;
          message = i;
        }
    }
  if (message >= 0 && iw_mapping_get_column (mapping, IW_ROLE_MESSAGE) == NULL &&
      iw_mapping_get_column (mapping, IW_ROLE_TITLE) == NULL)
    iw_mapping_set_role (mapping, columns[message], IW_ROLE_MESSAGE);
}

/* Days above twelve tell whether they stand first. */
static void
guess_day_order (IwMapping *mapping, const char *path)
{
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, mapping, NULL);
  const char *time = iw_mapping_get_column (mapping, IW_ROLE_TIME);
  const char *name = time != NULL ? time : iw_mapping_get_column (mapping, IW_ROLE_DATE);
  const IwRecord *record;
  int column, balance = 0;

  if (reader == NULL || name == NULL)
    return;
  for (guint n = 0; n < 2000 && iw_record_reader_next (reader, &record, NULL); n++)
    {
      g_autofree char *text = NULL;

      column = iw_record_reader_find_column (reader, name);
      if (column < 0)
        continue;
      text = dup_field (record, column);
      balance += iw_time_cell_day_order (text);
    }
  iw_mapping_set_day_first (mapping, balance > 0);
}

/* ---- JSON ---- */

static gboolean
looks_json (const char *path)
{
  char sample[4096];
  const char *p = sample;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, NULL);
  gsize n = 0;
  char first;

  if (input == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (input), sample, sizeof sample - 1, &n, NULL, NULL))
    return FALSE;
  sample[n] = '\0';
  if (g_str_has_prefix (p, "\xef\xbb\xbf"))
    p += 3;
  while (g_ascii_isspace (*p))
    p++;
  first = *p;
  if (first != '{' && first != '[')
    return FALSE;
  for (p++; g_ascii_isspace (*p);)
    p++;
  return first == '{' ? (*p == '"' || *p == '}') : (*p == '{' || *p == ']');
}

static gboolean
has (IwRecordReader *reader, const char *name)
{
  return iw_record_reader_find_column (reader, name) >= 0;
}

static IwMapping *
detect_json (const char *path, GError **error)
{
  g_autoptr (IwMapping) mapping = iw_mapping_new (IW_FORMAT_GENERIC_JSONL);
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, mapping, error);
  const IwRecord *record;

  if (reader == NULL)
    return NULL;
  for (guint n = 0; n < SAMPLE_RECORDS && iw_record_reader_next (reader, &record, NULL); n++)
    ;
  if (has (reader, "__container_type__"))
    iw_mapping_set_format (mapping, reader->layout == IW_LAYOUT_JSON_DOCUMENT
                                        ? IW_FORMAT_PLASO_JSON
                                        : IW_FORMAT_PLASO_JSONL);
  else if (has (reader, "message") && has (reader, "timestamp_desc") &&
           (has (reader, "datetime") || has (reader, "timestamp")))
    iw_mapping_set_format (mapping, IW_FORMAT_TIMESKETCH_JSONL);
  iw_detect_roles (mapping, iw_record_reader_get_columns (reader, NULL));
  if (iw_mapping_get_format (mapping) == IW_FORMAT_GENERIC_JSONL)
    guess_by_content (mapping, path);
  return g_steal_pointer (&mapping);
}

/* ---- tables ---- */

/* How well a delimiter explains the beginning of the file: columns that the rows agree upon. */
static double
score_delimiter (const char *path, char delimiter)
{
  g_autoptr (IwMapping) mapping = iw_mapping_new (IW_FORMAT_GENERIC_CSV);
  g_autoptr (IwRecordReader) reader = NULL;
  const IwRecord *record;
  guint columns, good = 0, n = 0;

  iw_mapping_set_delimiter (mapping, delimiter);
  reader = iw_record_reader_open (path, mapping, NULL);
  if (reader == NULL)
    return 0;
  iw_record_reader_get_columns (reader, &columns);
  for (; n < SAMPLE_RECORDS && iw_record_reader_next (reader, &record, NULL); n++)
    good += record->problem == NULL && record->n_fields == columns;
  if (columns < 2)
    return 0;
  return columns * (n == 0 ? 1.0 : (double)(good + 1) / (n + 1));
}

static char
detect_delimiter (const char *path)
{
  static const char candidates[] = ",\t;|";
  double best = 0;
  char delimiter = ',';

  for (const char *c = candidates; *c != '\0'; c++)
    {
      double score = score_delimiter (path, *c);

      if (score > best)
        {
          best = score;
          delimiter = *c;
        }
    }
  return delimiter;
}

static gboolean
has_any_case (const char *const *columns, const char *name)
{
  for (guint i = 0; columns[i] != NULL; i++)
    if (g_ascii_strcasecmp (columns[i], name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_all (const char *const *columns, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (!has_any_case (columns, names[i]))
      return FALSE;
  return TRUE;
}

static IwFormat
detect_table (const char *const *columns)
{
  static const struct
  {
    IwFormat format;
    const char *names[8];
  } marks[] = {
    /* All four are what we write as well, beside whatever columns the source had. */
    { IW_FORMAT_TIMESKETCH_CSV, { "message", "datetime", "timestamp", "timestamp_desc" } },
    { IW_FORMAT_IRIS_EXPORT_CSV, { "event_date(UTC)", "event_title" } },
    { IW_FORMAT_IRIS_IMPORT_CSV, { "event_date", "event_tz", "event_title" } },
    { IW_FORMAT_PLASO_L2TCSV, { "date", "time", "timezone", "sourcetype", "type", "desc" } },
    { IW_FORMAT_PLASO_DYNAMIC, { "datetime", "timestamp_desc", "source_long", "display_name" } },
    { IW_FORMAT_TIMESKETCH_CSV, { "message", "datetime", "timestamp_desc" } },
    { IW_FORMAT_TIMESKETCH_CSV, { "message", "timestamp", "timestamp_desc" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (has_all (columns, marks[i].names))
      return marks[i].format;
  return IW_FORMAT_GENERIC_CSV;
}

/* TLN is "time|source|host|user|description", with time zone and notes behind it in l2ttln; mostly
 * without a header. */
static gboolean
is_tln (const char *const *columns, guint n, char delimiter, gboolean *header)
{
  static const char *const names[] = { "time", "source", "host", "user", "description", NULL };
  IwTime time;

  if (delimiter != '|' || n < 5)
    return FALSE;
  *header = has_all (columns, names);
  return *header || ((n == 5 || n >= 7) && iw_time_parse_epoch (columns[0], &time));
}

static gboolean
is_header (const char *const *columns)
{
  for (guint i = 0; columns[i] != NULL; i++)
    if (is_time (columns[i]))
      return FALSE;
  return TRUE;
}

/* Opens the file as a table, with its columns. */
static IwRecordReader *
open_table (const char *path,
            IwMapping *mapping,
            const char *const **columns,
            guint *n,
            GError **error)
{
  IwRecordReader *reader = iw_record_reader_open (path, mapping, error);

  if (reader != NULL)
    *columns = iw_record_reader_get_columns (reader, n);
  return reader;
}

static IwMapping *
detect_csv (const char *path, GError **error)
{
  g_autoptr (IwMapping) mapping = iw_mapping_new (IW_FORMAT_GENERIC_CSV);
  g_autoptr (IwRecordReader) reader = NULL;
  const char *const *columns;
  gboolean header = TRUE;
  guint n;

  iw_mapping_set_delimiter (mapping, detect_delimiter (path));
  reader = open_table (path, mapping, &columns, &n, error);
  if (reader == NULL)
    return NULL;
  if (is_tln (columns, n, iw_mapping_get_delimiter (mapping), &header))
    iw_mapping_set_format (mapping, IW_FORMAT_PLASO_TLN);
  else
    {
      iw_mapping_set_format (mapping, detect_table (columns));
      header = iw_mapping_get_format (mapping) != IW_FORMAT_GENERIC_CSV || is_header (columns);
    }
  iw_mapping_set_header (mapping, header);
  g_clear_pointer (&reader, iw_record_reader_free);
  reader = open_table (path, mapping, &columns, &n, error);
  if (reader == NULL)
    return NULL;
  iw_detect_roles (mapping, columns);
  if (iw_mapping_get_format (mapping) == IW_FORMAT_IRIS_EXPORT_CSV)
    iw_mapping_set_zone (mapping, "UTC");
  if (iw_mapping_get_format (mapping) == IW_FORMAT_GENERIC_CSV)
    {
      guess_by_content (mapping, path);
      guess_day_order (mapping, path);
    }
  return g_steal_pointer (&mapping);
}

IwMapping *
iw_detect_mapping (const char *path, GError **error)
{
  return looks_json (path) ? detect_json (path, error) : detect_csv (path, error);
}
