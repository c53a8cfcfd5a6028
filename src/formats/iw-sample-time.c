/* iw-sample-time.c: the sample's times, which count from a midnight, made into dates. */
#include "config.h"

#include "iw-sample-private.h"

#include <stdio.h>

/* "D-1", "D-1 03", "D-1 03:04", "D-1 03:04:11" */
gboolean
iw_sample_parse_time (const char *text, gint64 base, IwTime *out)
{
  int days, hour = 0, minute = 0, second = 0;
  int n = sscanf (text, "D%d %d:%d:%d", &days, &hour, &minute, &second);
  static const IwPrecision precisions[] = { IW_PRECISION_DAY, IW_PRECISION_HOUR,
                                            IW_PRECISION_MINUTE, IW_PRECISION_SECOND };

  if (n >= 1)
    {
      out->us =
          base + days * IW_USEC_PER_DAY + (hour * 3600 + minute * 60 + second) * IW_USEC_PER_SEC;
      out->precision = precisions[n - 1];
      return TRUE;
    }
  return FALSE;
}

/* Copies @log with each "<milliseconds>" as a date: RFC 3339, or without zone if @naive. */
GString *
iw_sample_date_log (const char *log, gint64 base, gboolean naive)
{
  GString *dated = g_string_sized_new (strlen (log) + strlen (log) / 8);
  const char *mark;

  while ((mark = strchr (log, '<')) != NULL)
    {
      char *end;
      gint64 ms = g_ascii_strtoll (mark + 1, &end, 10);
      gboolean is_time = end > mark + 1 && *end == '>';

      g_string_append_len (dated, log, mark - log);
      if (is_time)
        {
          g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (base + ms * 1000);
          g_autofree char *text =
              g_date_time_format (time, naive ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%dT%H:%M:%S");

          g_string_append (dated, text);
          if (!naive)
            g_string_append_printf (dated, ".%03dZ", g_date_time_get_microsecond (time) / 1000);
        }
      else
        g_string_append_c (dated, '<');
      log = is_time ? end + 1 : mark + 1;
    }
  g_string_append (dated, log);
  return dated;
}
