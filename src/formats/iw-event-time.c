/* iw-event-time.c: when an event happened, or why its record is refused */
#include "iw-event-parser-private.h"

#include "iw-time-cell.h"
#include "iw-zone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TIME 128  /* no time is written longer */
#define MAX_VALUE 200 /* bytes of a refused value that are shown */

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
  IwSlice value = iw_event_parser_get (self, record, role);

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
  IwSlice slice = iw_event_parser_get (self, record, IW_ROLE_ZONE);
  char name[MAX_TIME];
  gpointer found;

  *zone = self->zone;
  if (iw_slice_is_blank (slice) || iw_event_parser_is_dash (self, slice))
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
  IwSlice date = iw_event_parser_get (self, record, IW_ROLE_DATE);
  IwSlice clock = iw_event_parser_get (self, record, IW_ROLE_TIME_OF_DAY);
  char text[2 * MAX_TIME];

  if (iw_slice_is_blank (date) || iw_event_parser_is_dash (self, date))
    return IW_TIME_CELL_EMPTY;
  if (iw_slice_is_blank (clock) || iw_event_parser_is_dash (self, clock))
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
  IwSlice slice = iw_event_parser_get (self, record, IW_ROLE_EPOCH);
  char text[MAX_TIME];
  gint64 us;

  if (iw_slice_is_blank (slice) || iw_event_parser_is_dash (self, slice))
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
    result = parse_cell (self, iw_event_parser_get (self, record, IW_ROLE_TIME), zone, time);
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
  iw_event_parser_resolve (self);
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

  iw_event_parser_resolve (self);
  if (self->columns[IW_ROLE_END_TIME] >= 0 && find_zone (self, record, &zone))
    parse_cell (self, iw_event_parser_get (self, record, IW_ROLE_END_TIME), zone, &time);
  return time;
}
