/* iw-clock.h: the clocks of an incident (process.md N1): what runs, until when, how long that is.
 *
 * Instants are UTC, so that zones and changes to summer time do not matter to a clock; only words are in
 * a zone. Pure functions: the present is an argument.
 */
#pragma once

#include "iw-decisions.h"

G_BEGIN_DECLS

typedef enum
{
  IW_CLOCK_CUSTOMER_NOTICE, /* 72 h from the declaration of a CRSI; made by it, not by a clock entry */
  IW_CLOCK_REGULATOR,
  IW_CLOCK_CONTRACT,
  IW_CLOCK_FREE,
  IW_CLOCK_ACKNOWLEDGEMENT, /* of an escalation (R4); made by it */
  IW_N_CLOCK_KINDS
} IwClockKind;

typedef enum
{
  IW_CLOCK_RUNNING,
  IW_CLOCK_MET,     /* its end event came; late if after due */
  IW_CLOCK_STOPPED, /* ended without: reclassified, withdrawn, by hand with a reason */
} IwClockState;

#define IW_CUSTOMER_NOTICE_HOURS 72

typedef struct
{
  char *id;          /* the entry that started it */
  IwClockKind kind;
  char *name;        /* in the user's language for the kinds made by others: "Customer notice" */
  gint64 start;      /* µs */
  gint64 due;        /* µs: start + duration */
  char *ends_on;     /* "notice-sent", "regulator-notice-sent", "contained", "closed", "acknowledged", "manual" */
  IwClockState state;
  gint64 ended;      /* µs, 0 while running */
  char *why;         /* it stopped, or what met it; "" while running */
} IwClock;
void iw_clock_free (IwClock *clock); /* NULL is fine */

/* All clocks that ever ran, by due time. The customer-notice clock is that of the declaration in force,
 * started at its occurred time: declaring again while it runs starts none; classifying otherwise stops
 * it; it is met by the first notice to customers that is sent. A deferral (N3) does not stop it: it runs
 * on, and the notice says that it is deferred. Declared again after it ended, another one starts.
 * What a clock waits for counts from its start on: the first notice of that audience, the first time that
 * containment ended, the first closing. A clock-end entry overrules all that, the last one. A clock whose
 * entry was withdrawn is stopped at that time; one whose entry the rules refuse never was. An imprecise
 * start counts from its beginning, so that no clock is too late.
 * @notices: (element-type IwNoticeState) from iw_notices_fold(). (element-type IwClock) (transfer full) */
GPtrArray *iw_clocks_fold (IwDecisions *decisions, GPtrArray *notices);

const char *iw_clock_kind_to_string (IwClockKind kind); /* "customer-notice", static */
gboolean iw_clock_kind_from_string (const char *text, IwClockKind *out); /* FALSE: none; @out stays */
const char *iw_clock_kind_label (IwClockKind kind); /* translated */
gboolean iw_clock_is_overdue (const IwClock *clock, gint64 now); /* it runs, and @now (µs) is past due */
/* Spans of one to four days in hours, as such clocks are spoken of:
 * "41 h left", "25 min left", "overdue by 3 h 5 min", "met 2 h before it was due", "met 4 h late",
 * "stopped". (transfer full) */
char *iw_clock_words (const IwClock *clock, gint64 now);
/* "Customer notice due in 41 h: Fri 6 Nov 2026 14:30 Asia/Kolkata (UTC+05:30)": the same with its name and
 * due time in @zone (NULL: UTC), zone in words.
 * (transfer full) */
char *iw_clock_sentence (const IwClock *clock, gint64 now, GTimeZone *zone);
/* The running one that is due first; NULL if none runs. @clocks as above. (transfer none) */
const IwClock *iw_clocks_next_due (GPtrArray *clocks);

G_END_DECLS
