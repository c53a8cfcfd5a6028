#include "iw-duration.h"

#include "iw-quick-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTES_PER_DAY (24 * 60)

static gboolean
take (gint64 minutes, gint64 *out)
{
  if (minutes < 1 || minutes > IW_DURATION_MAX_MINUTES)
    return FALSE;
  *out = minutes;
  return TRUE;
}

gboolean
iw_duration_parse (const char *text, gint64 *minutes)
{
  g_autofree char *trimmed = NULL;
  guint64 hours;
  gint64 us;

  g_return_val_if_fail (minutes != NULL, FALSE);

  if (text == NULL || strlen (text) > 200)
    return FALSE;
  trimmed = g_strstrip (g_strdup (text));
  if (g_ascii_string_to_unsigned (trimmed, 10, 0, IW_DURATION_MAX_MINUTES, &hours, NULL))
    return take ((gint64)hours * 60, minutes);
  return iw_quick_parse_amount (trimmed, &us) && take (us / (60 * IW_USEC_PER_SEC), minutes);
}

gboolean
iw_duration_parse_stored (const char *text, gint64 *minutes)
{
  guint64 value;

  g_return_val_if_fail (minutes != NULL, FALSE);

  return text != NULL &&
         g_ascii_string_to_unsigned (text, 10, 1, IW_DURATION_MAX_MINUTES, &value, NULL) &&
         take ((gint64)value, minutes);
}

char *
iw_duration_format (gint64 minutes)
{
  gint64 hours = minutes / 60;

  if (minutes % MINUTES_PER_DAY == 0 && minutes > 3 * MINUTES_PER_DAY)
    /* Translators: a duration in days. */
    return g_strdup_printf (C_ ("duration", "%d d"), (int)(minutes / MINUTES_PER_DAY));
  if (hours == 0)
    /* Translators: a duration in minutes. */
    return g_strdup_printf (C_ ("duration", "%d min"), (int)minutes);
  if (minutes % 60 == 0)
    /* Translators: a duration in hours. */
    return g_strdup_printf (C_ ("duration", "%d h"), (int)hours);
  /* Translators: a duration in hours and minutes. */
  return g_strdup_printf (C_ ("duration", "%1$d h %2$d min"), (int)hours, (int)(minutes % 60));
}
