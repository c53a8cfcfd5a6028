/* iw-zone.c: time zones by the names that files use */
#include "iw-zone.h"

#include <string.h>

/* Names that the zone database does not have, or no longer has everywhere: abbreviations that mean
 * one offset wherever they are used, and old names of places. */
static const struct
{
  const char *name;
  const char *meaning;
} others[] = {
  { "CEST", "+02:00" },
  { "EEST", "+03:00" },
  { "WEST", "+01:00" },
  { "MSK", "+03:00" },
  { "EST", "-05:00" },
  { "EDT", "-04:00" },
  { "CDT", "-05:00" },
  { "MST", "-07:00" },
  { "MDT", "-06:00" },
  { "PST", "-08:00" },
  { "PDT", "-07:00" },
  { "AKST", "-09:00" },
  { "AKDT", "-08:00" },
  { "HST", "-10:00" },
  { "HKT", "+08:00" },
  { "JST", "+09:00" },
  { "KST", "+09:00" },
  { "AEST", "+10:00" },
  { "AEDT", "+11:00" },
  { "ACST", "+09:30" },
  { "ACDT", "+10:30" },
  { "AWST", "+08:00" },
  { "NZST", "+12:00" },
  { "NZDT", "+13:00" },
  { "SGT", "+08:00" },
  { "SAST", "+02:00" },
  { "BRT", "-03:00" },
  { "CET", "Europe/Brussels" },
  { "MET", "Europe/Brussels" },
  { "EET", "Europe/Athens" },
  { "WET", "Europe/Lisbon" },
  { "EST5EDT", "America/New_York" },
  { "CST6CDT", "America/Chicago" },
  { "MST7MDT", "America/Denver" },
  { "PST8PDT", "America/Los_Angeles" },
  { "US/Eastern", "America/New_York" },
  { "US/Central", "America/Chicago" },
  { "US/Mountain", "America/Denver" },
  { "US/Pacific", "America/Los_Angeles" },
  { "US/Alaska", "America/Anchorage" },
  { "US/Hawaii", "Pacific/Honolulu" },
  { "US/Arizona", "America/Phoenix" },
  { "GB", "Europe/London" },
  { "Japan", "Asia/Tokyo" },
  { "ROK", "Asia/Seoul" },
  { "PRC", "Asia/Shanghai" },
  { "Hongkong", "Asia/Hong_Kong" },
  { "Singapore", "Asia/Singapore" },
  { "Asia/Calcutta", "Asia/Kolkata" },
  { "Asia/Saigon", "Asia/Ho_Chi_Minh" },
};

static gboolean
is_safe_name (const char *name)
{
  if (!g_ascii_isalpha (*name) || strstr (name, "..") != NULL || strlen (name) > 64)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("_+-/", *p) == NULL)
      return FALSE;
  return TRUE;
}

/* "+01:00", "-0530", "+1", behind "UTC" or "GMT" or alone. */
static GTimeZone *
lookup_offset (const char *text)
{
  guint digits[4] = { 0 };
  guint n = 0;
  int hours, minutes;
  gboolean colon = FALSE;

  if (*text != '+' && *text != '-')
    return NULL;
  for (const char *p = text + 1; *p != '\0'; p++)
    {
      if (*p == ':' && !colon && n > 0)
        colon = TRUE;
      else if (!g_ascii_isdigit (*p) || n == 4)
        return NULL;
      else
        digits[n++] = *p - '0';
    }
  if (n == 0 || (colon && n < 3))
    return NULL;
  hours = n == 1 || n == 3 ? (int)digits[0] : (int)(digits[0] * 10 + digits[1]);
  minutes = n >= 3 ? (int)(digits[n - 2] * 10 + digits[n - 1]) : 0;
  if (hours > 18 || minutes > 59)
    return NULL;
  return g_time_zone_new_offset ((*text == '-' ? -1 : 1) * (hours * 3600 + minutes * 60));
}

GTimeZone *
iw_zone_lookup (const char *name)
{
  g_autofree char *stripped = name != NULL ? g_strstrip (g_strdup (name)) : NULL;
  GTimeZone *zone;

  if (stripped == NULL || *stripped == '\0')
    return NULL;
  if (g_ascii_strcasecmp (stripped, "UTC") == 0 || g_ascii_strcasecmp (stripped, "GMT") == 0 ||
      g_ascii_strcasecmp (stripped, "Z") == 0)
    return g_time_zone_new_utc ();
  zone = lookup_offset (stripped);
  if (zone == NULL && (g_ascii_strncasecmp (stripped, "UTC", 3) == 0 ||
                       g_ascii_strncasecmp (stripped, "GMT", 3) == 0))
    zone = lookup_offset (stripped + 3);
  if (zone != NULL || !is_safe_name (stripped))
    return zone;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strcasecmp (stripped, others[i].name) == 0)
      {
        zone = lookup_offset (others[i].meaning);
        return zone != NULL ? zone : g_time_zone_new_identifier (others[i].meaning);
      }
  return g_time_zone_new_identifier (stripped);
}
