/* iw-form-time.h: a time of a form as a person types and reads it: in the zone that times are shown
 * in.
 *
 * The form itself holds RFC 3339, so that what was typed means the same instant when the draft is
 * restored, in another zone or an hour later. Pure; any thread.
 */
#pragma once

#include "iw-time.h"

G_BEGIN_DECLS

/* @value: RFC 3339, as a form holds it, in digits that can be typed again: "2026-11-02 14:05". What
 * is no time stays as it is. @zone: what it is written in. (transfer full) */
char *iw_form_time_write (const char *value, GTimeZone *zone);
/* What was typed ("14:05", "10 min ago", "2026-11-02") as RFC 3339; as it is where it is not
 * understood, so that the form says what is wrong. "" for blanks. @now: µs. @zone: what it is read
 * in. (transfer full) */
char *iw_form_time_read (const char *text, gint64 now, GTimeZone *zone);
/* How @value was understood, zone in words: "Monday 2 November 2026, 14:05, Europe/Berlin
 * (UTC+01:00)"; NULL where it is no time. (transfer full) */
char *iw_form_time_describe (const char *value, GTimeZone *zone);

G_END_DECLS
