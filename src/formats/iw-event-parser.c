/* iw-event-parser.c: a record and a mapping become an event */
#include "iw-event-parser.h"

#include "iw-time-cell.h"
#include "iw-zone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TIME 128  /* no time is written longer */
#define MAX_VALUE 200 /* bytes of a refused value that are shown */

struct _IwEventParser
{
  IwMapping *mapping;
  IwRecordReader *reader;
  guint n_columns; /* of the reader when the roles were resolved */
  int columns[IW_N_ROLES];
  gboolean plaso;
  gboolean micros; /* EPOCH is always in microseconds */
  GTimeZone *zone;
  GHashTable *zones; /* (char *) -> (GTimeZone *) or NULL for unknown names */
  GString *message, *desc, *origin, *host, *actor, *text;
};

IwEventParser *
iw_event_parser_new (const IwMapping *mapping, IwRecordReader *reader)
{
  IwEventParser *self = g_new0 (IwEventParser, 1);
  IwFormat format = iw_mapping_get_format (mapping);

  self->mapping = iw_mapping_copy (mapping);
  self->reader = reader;
  self->n_columns = G_MAXUINT;
  self->plaso = iw_format_is_plaso (format);
  self->micros = format == IW_FORMAT_PLASO_JSON || format == IW_FORMAT_PLASO_JSONL;
  self->zone = iw_zone_lookup (iw_mapping_get_zone (mapping));
  self->zones =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_time_zone_unref);
  self->message = g_string_new (NULL);
  self->desc = g_string_new (NULL);
  self->origin = g_string_new (NULL);
  self->host = g_string_new (NULL);
  self->actor = g_string_new (NULL);
  self->text = g_string_new (NULL);
  return self;
}

void
iw_event_parser_free (IwEventParser *self)
{
  if (self == NULL)
    return;
  iw_mapping_free (self->mapping);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_hash_table_unref (self->zones);
  g_string_free (self->message, TRUE);
  g_string_free (self->desc, TRUE);
  g_string_free (self->origin, TRUE);
  g_string_free (self->host, TRUE);
  g_string_free (self->actor, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* Columns of JSON appear while reading, so roles are resolved again when there are more. */
static void
resolve (IwEventParser *self)
{
  guint n;

  iw_record_reader_get_columns (self->reader, &n);
  if (n == self->n_columns)
    return;
  self->n_columns = n;
  for (guint role = 0; role < IW_N_ROLES; role++)
    self->columns[role] = iw_record_reader_find_column (
        self->reader, role == IW_ROLE_NONE ? NULL : iw_mapping_get_column (self->mapping, role));
}

int
iw_event_parser_get_column (IwEventParser *self, IwRole role)
{
  resolve (self);
  return self->columns[role];
}

static IwSlice
get (IwEventParser *self, const IwRecord *record, IwRole role)
{
  int column = self->columns[role];
  IwSlice none = { "", 0 };

  if (column < 0 || (guint)column >= record->n_fields || record->fields[column].data == NULL)
    return none;
  return record->fields[column];
}

static gboolean
is_dash (IwEventParser *self, IwSlice slice)
{
  return self->plaso && slice.length == 1 && slice.data[0] == '-';
}

static gboolean
is_blank (IwSlice slice)
{
  for (gsize i = 0; i < slice.length; i++)
    if (!g_ascii_isspace (slice.data[i]))
      return FALSE;
  return TRUE;
}

/* ---- refusing ---- */

void
iw_reject_clear_texts (IwReject *reject)
{
  g_clear_pointer (&reject->field, g_free);
  g_clear_pointer (&reject->reason, g_free);
  g_clear_pointer (&reject->value, g_free);
}

static char *
excerpt (const char *data, gsize length)
{
  gsize n = MIN (length, MAX_VALUE);

  /* Not in the middle of a character. */
  while (n > 0 && n < length && ((guchar)data[n] & 0xc0) == 0x80)
    n--;
  return g_utf8_make_valid (data, n);
}

static gboolean
refuse (IwEventParser *self,
        const IwRecord *record,
        IwRole role,
        const char *reason,
        IwReject *reject)
{
  const char *column = iw_mapping_get_column (self->mapping, role);
  IwSlice value = get (self, record, role);

  reject->row = record->row;
  reject->line = record->line;
  reject->field = g_strdup (column != NULL ? column : "");
  reject->reason = g_strdup (reason);
  reject->value = excerpt (value.data, value.length);
  return FALSE;
}

static gboolean
refuse_record (const IwRecord *record, IwReject *reject)
{
  reject->row = record->row;
  reject->line = record->line;
  reject->field = g_strdup ("");
  reject->reason = g_strdup (record->problem);
  reject->value = excerpt (record->raw, record->raw_length);
  return FALSE;
}

/* ---- time ---- */

static gboolean
copy_time (IwSlice slice, char *out)
{
  if (slice.length >= MAX_TIME)
    return FALSE;
  memcpy (out, slice.data, slice.length);
  out[slice.length] = '\0';
  return TRUE;
}

/* The zone of a record: its own, else the mapping's. FALSE where it names one that nobody knows. */
static gboolean
find_zone (IwEventParser *self, const IwRecord *record, GTimeZone **zone)
{
  IwSlice slice = get (self, record, IW_ROLE_ZONE);
  char name[MAX_TIME];
  gpointer found;

  *zone = self->zone;
  if (is_blank (slice) || is_dash (self, slice))
    return TRUE;
  if (!copy_time (slice, name))
    return FALSE;
  if (!g_hash_table_lookup_extended (self->zones, name, NULL, &found))
    {
      found = iw_zone_lookup (name);
      if (found == NULL)
        return self->zone != NULL;
      g_hash_table_insert (self->zones, g_strdup (name), found);
    }
  *zone = found;
  return TRUE;
}

static IwTimeCell
parse_cell (IwEventParser *self, IwSlice slice, GTimeZone *zone, IwTime *time)
{
  char text[MAX_TIME];

  if (!copy_time (slice, text))
    return IW_TIME_CELL_BAD;
  return iw_time_cell_parse (text, zone, iw_mapping_get_day_first (self->mapping), time);
}

/* Date and clock in two columns; a date alone is a date. */
static IwTimeCell
parse_parts (IwEventParser *self, const IwRecord *record, GTimeZone *zone, IwTime *time)
{
  IwSlice date = get (self, record, IW_ROLE_DATE);
  IwSlice clock = get (self, record, IW_ROLE_TIME_OF_DAY);
  char text[2 * MAX_TIME];

  if (is_blank (date) || is_dash (self, date))
    return IW_TIME_CELL_EMPTY;
  if (is_blank (clock) || is_dash (self, clock))
    return parse_cell (self, date, zone, time);
  if (date.length + clock.length + 2 > MAX_TIME)
    return IW_TIME_CELL_BAD;
  g_snprintf (text, sizeof text, "%.*s %.*s", (int)date.length, date.data, (int)clock.length,
              clock.data);
  return iw_time_cell_parse (text, zone, iw_mapping_get_day_first (self->mapping), time);
}

static IwTimeCell
parse_epoch (IwEventParser *self, const IwRecord *record, GTimeZone *zone, IwTime *time)
{
  IwSlice slice = get (self, record, IW_ROLE_EPOCH);
  char text[MAX_TIME];
  gint64 us;

  if (is_blank (slice) || is_dash (self, slice))
    return IW_TIME_CELL_EMPTY;
  if (!copy_time (slice, text))
    return IW_TIME_CELL_BAD;
  g_strstrip (text);
  if (self->micros && g_ascii_string_to_signed (text, 10, IW_TIME_MIN, IW_TIME_MAX, &us, NULL))
    {
      *time = (IwTime){ us, IW_PRECISION_MICROSECOND };
      return IW_TIME_CELL_OK;
    }
  return iw_time_parse_epoch (text, time) ? IW_TIME_CELL_OK : parse_cell (self, slice, zone, time);
}

/* The time of a record and the role that it came from or failed in. */
static IwTimeCell
parse_time (IwEventParser *self,
            const IwRecord *record,
            GTimeZone *zone,
            IwTime *time,
            IwRole *role)
{
  IwTimeCell result = IW_TIME_CELL_EMPTY;

  *role = IW_ROLE_TIME;
  if (self->columns[IW_ROLE_TIME] >= 0)
    result = parse_cell (self, get (self, record, IW_ROLE_TIME), zone, time);
  if (result == IW_TIME_CELL_EMPTY && self->columns[IW_ROLE_DATE] >= 0)
    {
      *role = IW_ROLE_DATE;
      result = parse_parts (self, record, zone, time);
    }
  if (result == IW_TIME_CELL_EMPTY && self->columns[IW_ROLE_EPOCH] >= 0)
    {
      *role = IW_ROLE_EPOCH;
      result = parse_epoch (self, record, zone, time);
    }
  return result;
}

/* DFIR-IRIS knows no precision but the fraction of a second. What was exported here says in
 * event_raw how exact its time is, and is believed as long as the time itself is the same. */
static void
refine_iris (IwEventParser *self, const IwRecord *record, IwTime *time)
{
  static const char prefix[] = "{\"datetime\":\"";
  int column = iw_record_reader_find_column (self->reader, "event_raw");
  char text[MAX_TIME];
  IwSlice raw;
  IwTime exact;
  gsize n = 0;

  if (column < 0 || (guint)column >= record->n_fields)
    return;
  raw = record->fields[column];
  if (raw.length < sizeof prefix || memcmp (raw.data, prefix, sizeof prefix - 1) != 0)
    return;
  for (gsize i = sizeof prefix - 1; i < raw.length && raw.data[i] != '"' && n < MAX_TIME - 1; i++)
    text[n++] = raw.data[i];
  text[n] = '\0';
  if (iw_time_parse_rfc3339 (text, NULL, &exact) && exact.us == time->us)
    time->precision = exact.precision;
}

gboolean
iw_event_parser_time (IwEventParser *self,
                      const IwRecord *record,
                      IwTime *time,
                      IwReject *reject,
                      gboolean *naive)
{
  GTimeZone *zone;
  IwTimeCell result;
  IwRole role;

  if (naive != NULL)
    *naive = FALSE;
  if (record->problem != NULL)
    return refuse_record (record, reject);
  resolve (self);
  if (!find_zone (self, record, &zone))
    {
      if (naive != NULL)
        *naive = TRUE;
      return refuse (self, record, IW_ROLE_ZONE,
                     _ ("This time zone is not known, or it means several. Choose the zone for "
                        "such times."),
                     reject);
    }
  result = parse_time (self, record, zone, time, &role);
  if (result == IW_TIME_CELL_OK && (time->us < IW_TIME_MIN || time->us > IW_TIME_MAX))
    result = IW_TIME_CELL_BAD;
  switch (result)
    {
    case IW_TIME_CELL_OK:
      if (iw_mapping_get_format (self->mapping) == IW_FORMAT_IRIS_IMPORT_CSV)
        refine_iris (self, record, time);
      return TRUE;
    case IW_TIME_CELL_NAIVE:
      if (naive != NULL)
        *naive = TRUE;
      return refuse (self, record, role,
                     _ ("The time has no zone. Choose the zone for such times."), reject);
    case IW_TIME_CELL_EMPTY:
      return refuse (self, record, role, _ ("The row has no time."), reject);
    default:
      return refuse (self, record, role,
                     _ ("This is not a date and time, or not one that exists. Correct it in the "
                        "file, or choose another column for the time."),
                     reject);
    }
}

IwTime
iw_event_parser_end_time (IwEventParser *self, const IwRecord *record)
{
  IwTime time = IW_TIME_NONE;
  GTimeZone *zone;

  resolve (self);
  if (self->columns[IW_ROLE_END_TIME] >= 0 && find_zone (self, record, &zone))
    parse_cell (self, get (self, record, IW_ROLE_END_TIME), zone, &time);
  return time;
}

/* ---- texts ---- */

static const char *
put (IwEventParser *self, const IwRecord *record, IwRole role, GString *out)
{
  IwSlice slice = get (self, record, role);

  g_string_truncate (out, 0);
  if (!is_dash (self, slice))
    g_string_append_len (out, slice.data, slice.length);
  return out->str;
}

/* Where no column is the message: what no other column of the list shows. */
static void
put_best_message (IwEventParser *self, const IwRecord *record)
{
  const char *const *columns = iw_record_reader_get_columns (self->reader, NULL);

  for (guint i = 0; i < record->n_fields && self->message->len < 2000; i++)
    {
      IwSlice slice = record->fields[i];

      if (slice.data == NULL || is_blank (slice) || is_dash (self, slice) ||
          iw_mapping_get_role (self->mapping, columns[i]) != IW_ROLE_NONE)
        continue;
      if (self->message->len > 0)
        g_string_append (self->message, " · ");
      g_string_append_len (self->message, slice.data, slice.length);
    }
}

/* The title stands above the message, unless the message begins with it anyway. */
static void
put_message (IwEventParser *self, const IwRecord *record)
{
  IwSlice title = get (self, record, IW_ROLE_TITLE);

  put (self, record, IW_ROLE_MESSAGE, self->message);
  if (title.length > 0 && !is_dash (self, title) &&
      (self->message->len < title.length ||
       memcmp (self->message->str, title.data, title.length) != 0))
    {
      if (self->message->len > 0)
        g_string_prepend (self->message, "\n");
      g_string_prepend_len (self->message, title.data, title.length);
    }
  if (self->message->len == 0)
    put_best_message (self, record);
}

char *
iw_event_parser_dup (IwEventParser *self, const IwRecord *record, IwRole role)
{
  IwSlice slice;

  resolve (self);
  slice = get (self, record, role);
  return is_dash (self, slice) ? g_strdup ("") : g_strndup (slice.data, slice.length);
}

void
iw_event_parser_texts (IwEventParser *self, const IwRecord *record, IwEventTexts *texts)
{
  resolve (self);
  put_message (self, record);
  texts->message = self->message->str;
  texts->desc = put (self, record, IW_ROLE_DESC, self->desc);
  texts->origin = put (self, record, IW_ROLE_SOURCE, self->origin);
  texts->host = put (self, record, IW_ROLE_HOST, self->host);
  texts->actor = put (self, record, IW_ROLE_ACTOR, self->actor);
  g_string_truncate (self->text, 0);
  for (guint i = 0; i < record->n_fields; i++)
    {
      IwSlice slice = record->fields[i];

      if (slice.data == NULL || slice.length == 0)
        continue;
      if (self->text->len > 0)
        g_string_append_c (self->text, '\n');
      g_string_append_len (self->text, slice.data, slice.length);
    }
  texts->text = self->text->str;
}
