/* iw-quick-private.h: the parts of the quick-add line's grammar. Private to this folder.
 *
 * Each iw_quick_scan function looks at the text at @p and gives the place after what it understood,
 * or NULL where that is not what stands there.
 */
#pragma once

#include "iw-quick-entry.h"

G_BEGIN_DECLS

/* Where the line is read. */
typedef struct
{
  gint64 now;
  GTimeZone *zone;
  GPtrArray *zones; /* owns those written in the line (element-type GTimeZone) */
} IwQuickContext;

typedef enum
{
  IW_QUICK_NOW,
  IW_QUICK_TODAY,
  IW_QUICK_YESTERDAY,
  IW_QUICK_TOMORROW,
  IW_QUICK_NOON,
  IW_QUICK_AGO,
  IW_QUICK_IN,
  IW_QUICK_ONE,
  IW_QUICK_HALF,
  IW_QUICK_FEW,
  IW_QUICK_ABOUT,
  IW_QUICK_AT,
  IW_QUICK_TO,
  IW_QUICK_SECONDS, /* the units, from small to large */
  IW_QUICK_MINUTES,
  IW_QUICK_HOURS,
  IW_QUICK_DAYS,
  IW_QUICK_WEEKS,
  IW_N_QUICK_WORDS
} IwQuickWord;

typedef enum
{
  IW_MERIDIEM_NONE,
  IW_MERIDIEM_AM,
  IW_MERIDIEM_PM,
} IwMeridiem;

typedef struct
{
  int hour; /* as written: 1 to 12 beside a meridiem */
  int minute;
  int second;
  int usec;
  IwMeridiem meridiem;
  IwPrecision precision;
} IwQuickClock;

typedef enum
{
  IW_QUICK_DATE_NONE,
  IW_QUICK_DATE_FULL,
  IW_QUICK_DATE_NO_YEAR,
  IW_QUICK_DATE_WEEKDAY,
  IW_QUICK_DATE_TODAY,
  IW_QUICK_DATE_YESTERDAY,
  IW_QUICK_DATE_TOMORROW,
} IwQuickDateKind;

typedef struct
{
  IwQuickDateKind kind;
  gboolean iso; /* written as 2026-11-02 */
  int year, month, day;
  int weekday; /* 1 is Monday, as in ISO 8601 */
} IwQuickDate;

typedef struct
{
  gboolean set;
  int offset;      /* seconds east of UTC, where @zone is NULL */
  GTimeZone *zone; /* owned by the context */
} IwQuickOffset;

/* Words, in English and in the user's language. */
const char *iw_quick_scan_word (const char *p, IwQuickWord word);
const char *iw_quick_scan_translated_word (const char *p, IwQuickWord word);
const char *iw_quick_scan_month (const char *p, int *month);
const char *iw_quick_scan_weekday (const char *p, int *weekday);

const char *iw_quick_skip_space (const char *p); /* never NULL */
/* Whether a time may end at @p: nothing follows, or a space, a punctuation mark or a letter of a
 * script that puts no spaces between words. */
gboolean iw_quick_is_boundary (const char *p);

const char *iw_quick_scan_clock (const char *p, IwQuickClock *clock);
const char *iw_quick_scan_date (const char *p, IwQuickDate *date);
/* "Z", " UTC", "+01:00"; with @minus also "-05:00", which may be a range's end instead. Gives @p
 * itself where there is none. */
const char *iw_quick_scan_offset (const char *p, gboolean minus, IwQuickOffset *offset);
/* " CET", " Europe/Berlin": a zone by its name, which a space stands before. Gives @p itself where
 * there is none. */
const char *
iw_quick_scan_zone (const IwQuickContext *context, const char *p, IwQuickOffset *offset);

/* A date, a clock, both, or a range of them: fills in the times of @entry. */
const char *
iw_quick_parse_moment (const IwQuickContext *context, const char *p, IwQuickEntry *entry);
/* "10 min ago", "in 10 min" */
const char *iw_quick_parse_ago (const IwQuickContext *context, const char *p, IwQuickEntry *entry);

/* Whether the text at @p begins with what looks like a time and is not understood as one. */
gboolean iw_quick_looks_like_time (const char *p);
/* Whether it begins with a name that zones have, though none or several. */
gboolean iw_quick_looks_like_zone (const char *p);

/* Whether @time lies within the years the program accepts. */
gboolean iw_quick_is_in_range (IwTime time);

/* The hour of @clock from 0 to 23. */
int iw_quick_clock_hour (const IwQuickClock *clock);

G_END_DECLS
