/* iw-time-cell.h: a time as it stands in a cell of somebody's table. */
#pragma once

#include "iw-time.h"

G_BEGIN_DECLS

typedef enum
{
  IW_TIME_CELL_OK,
  IW_TIME_CELL_EMPTY, /* nothing, or a lone dash */
  IW_TIME_CELL_NAIVE, /* a time without zone, and @zone is NULL */
  IW_TIME_CELL_BAD,
} IwTimeCell;

/* Reads RFC 3339 and what tables have beside it: "11/02/2026 03:04:05 PM", "02.11.2026 03:04",
 * "2 Nov 2026 03:04:05 +0100", "Nov 2, 2026 3:04", "Mon Nov  2 03:04:05 2026",
 * "02/Nov/2026:03:04:05 +0000", "20261102T030405Z", decimals behind a comma, zones by name ("UTC",
 * "CEST"), and numbers of seconds, milli-, micro- or nanoseconds since 1970.
 *
 * @zone: of times that have none; NULL: such are NAIVE. A date alone is read as UTC without it.
 * @day_first: whether 03/04/2026 is the third of April
 * @out is left alone unless the result is OK. */
IwTimeCell
iw_time_cell_parse (const char *text, GTimeZone *zone, gboolean day_first, IwTime *out);

/* Whether @text can only be read day first (1), only month first (-1), or does not tell (0). */
int
iw_time_cell_day_order (const char *text);

G_END_DECLS
