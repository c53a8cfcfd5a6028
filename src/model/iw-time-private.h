/* iw-time-private.h: calendar arithmetic shared by the sources of this folder. */
#pragma once

#include "iw-time.h"

G_BEGIN_DECLS

/* A date of the proleptic Gregorian calendar; month and day count from 1. */
typedef struct
{
  int year;
  int month;
  int day;
} IwCivil;

/* Days since 1970-01-01, and back. Right for the years 0 to 9999. */
gint64 iw_civil_to_days (int year, int month, int day);
IwCivil iw_civil_from_days (gint64 days);
int iw_civil_days_in_month (int year, int month);

/* @a / @b rounded to minus infinity, so that times before 1970 fall into the right unit. @b > 0 */
gint64 iw_floor_div (gint64 a, gint64 b);

/* The wall clock of @zone at @us, as µs since a local 1970-01-01T00:00; NULL is UTC. */
gint64 iw_time_to_local (gint64 us, GTimeZone *zone);

/* The instant at which @zone shows the wall clock @local_us. As in GLib, a clock that a change to
 * summer time skips reads as the instant of the change, and one that comes twice is standard time. */
gint64 iw_time_from_local (gint64 local_us, GTimeZone *zone);

G_END_DECLS
