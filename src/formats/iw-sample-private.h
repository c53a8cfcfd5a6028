/* iw-sample-private.h: what the files of the sample share. */
#pragma once

#include "iw-time.h"

G_BEGIN_DECLS

/* A time of the sample's texts ("D-1 03:04:11", "D-4") against @base, a midnight in µs UTC. FALSE
 * where it is none. */
gboolean
iw_sample_parse_time (const char *text, gint64 base, IwTime *out);

/* @log with dates in place of its "<milliseconds>". (transfer full) */
GString *
iw_sample_date_log (const char *log, gint64 base, gboolean naive);

G_END_DECLS
