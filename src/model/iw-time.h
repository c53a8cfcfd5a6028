/* iw-time.h: a point in time with the precision its source had.
 *
 * Inside the program all times are UTC, in microseconds since the Unix epoch (IwTime.us); what a
 * person wrote ("2026-11", "14:05") keeps how exact it was. See process.md E1. All functions are
 * pure and may be called from any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How exact a time is. The order is from coarse to fine and is relied upon. */
typedef enum
{
  IW_PRECISION_UNKNOWN = 0, /* no time at all; IwTime.us is meaningless */
  IW_PRECISION_YEAR,
  IW_PRECISION_MONTH,
  IW_PRECISION_DAY,
  IW_PRECISION_HOUR,
  IW_PRECISION_MINUTE,
  IW_PRECISION_SECOND,
  IW_PRECISION_MILLISECOND,
  IW_PRECISION_MICROSECOND,
} IwPrecision;

typedef struct
{
  gint64 us;             /* microseconds since 1970-01-01T00:00:00Z; the start of an imprecise span */
  IwPrecision precision;
} IwTime;

#define IW_TIME_NONE ((IwTime){ 0, IW_PRECISION_UNKNOWN })
#define IW_USEC_PER_SEC G_GINT64_CONSTANT (1000000)
#define IW_USEC_PER_DAY (86400 * IW_USEC_PER_SEC)

/* The times the program accepts: years 1 to 9999. */
#define IW_TIME_MIN G_GINT64_CONSTANT (-62135596800000000)
#define IW_TIME_MAX G_GINT64_CONSTANT (253402300799999999)

/* Whether @t holds a time. */
gboolean iw_time_is_set (IwTime t);

/* The first microsecond after the span that @t covers: for a day, the next midnight (UTC days for
 * DAY and coarser). For MICROSECOND, us + 1. */
gint64 iw_time_end (IwTime t);

/* Reads RFC 3339 and its truncations: "2026", "2026-11", "2026-11-02", "2026-11-02T03Z",
 * "2026-11-02T03:04Z", seconds with up to nine decimals (rounded down to the microsecond), with "Z"
 * or an offset "+01:00", "+0100", "+01". A space may stand for the T, a comma for the decimal
 * point. Precision follows what is written. Dates that do not exist (29 February 2018), a 60th
 * second that is no leap second and years outside 1 to 9999 are refused. A leap second (the 60th of
 * the last minute, UTC, of June or December) reads as the last microsecond before it.
 *
 * @zone: the zone of a text without offset, or NULL to refuse such texts. A clock that a change to
 *        summer time skips reads as the instant of the change, one that comes twice as standard
 *        time, as GDateTime does. Date-only forms are dates and no instants: they are read as UTC
 *        whatever @zone is, so that the date a source wrote is the date that is shown.
 * Returns FALSE and leaves @out alone where the text is not such a time. */
gboolean iw_time_parse_rfc3339 (const char *text, GTimeZone *zone, IwTime *out);

/* Whether @text is a full date-time that lacks a zone ("2017-09-24 19:01:01"), so that a zone must
 * be asked for. */
gboolean iw_time_is_naive (const char *text);

/* Writes @t as RFC 3339 in UTC with just the digits its precision has: the exact reverse of
 * iw_time_parse_rfc3339(). An hour of a zone that is a half or a quarter off UTC keeps that part as
 * its offset: "2026-11-02T03+00:30". (transfer full); NULL for an unset time. */
char *iw_time_to_rfc3339 (IwTime t);

/* A number of seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by
 * magnitude as Timesketch does (10, 13, 16, 19 digits). FALSE if @text is no plain integer or
 * decimal, or lies outside IW_TIME_MIN..MAX. Magnitudes below 10 digits are read as seconds, and
 * those between go by thousands: seconds to 11 digits, milliseconds to 14, microseconds to 17. */
gboolean iw_time_parse_epoch (const char *text, IwTime *out);

/* @t as a person reads it, in @zone (NULL: UTC): date and clock (@with_date) or the clock alone,
 * with digits by precision ("3 Nov 2026 03:04:11", "03:04", "November 2026"), in the user's
 * language. The clock always has two digits an hour, so that clocks stand in line. A day, month or
 * year is written as such, with or without @with_date, and is the same in each zone. "" for an
 * unset time. No zone is written: screens show it once, in words, see iw_time_zone_words().
 * (transfer full) */
char *iw_time_format (IwTime t, GTimeZone *zone, gboolean with_date);

/* The heading of the day that holds @us in @zone: "Tuesday 3 November 2026". (transfer full) */
char *iw_time_format_day (gint64 us, GTimeZone *zone);

/* The day that holds @us in @zone (NULL: UTC) is [start, end): its first instant, at or before @us,
 * and the first of the next day, always after @us. Days of 23 and 25 hours are right, as are those
 * whose midnight is skipped or comes twice. */
gint64 iw_time_day_start (gint64 us, GTimeZone *zone);
gint64 iw_time_day_end (gint64 us, GTimeZone *zone);

/* A span in words as short as its size allows, rounded down: "350 ms", "12 s", "2 min",
 * "3 h 5 min", "4 d". Never negative: the caller says before or after. (transfer full) */
char *iw_time_format_gap (gint64 us);

/* @zone (NULL: UTC) at the instant @us in words: "UTC", "Europe/Berlin (UTC+01:00)", and for a zone
 * that is an offset alone "UTC+01:00". (transfer full) */
char *iw_time_zone_words (GTimeZone *zone, gint64 us);

/* iw_time_format() with its date, and the zone in words, for where no screen shows that:
 * "3 Nov 2026 03:04 UTC". A day, month or year has no zone. "" for an unset time. (transfer full) */
char *iw_time_format_with_zone (IwTime t, GTimeZone *zone);

G_END_DECLS
