/* Zones by name after a clock. */
#include "iw-quick-private.h"

#include "iw-zone.h"

#include <string.h>

#define NAME_MAX_LENGTH 40

/* Abbreviations that one zone has, and that hardly mean something else in capitals. Their offsets
 * are iw_zone_lookup()'s. */
static const char *const abbreviations[] = {
  "CET", "CEST", "EET",  "EEST", "WET",  "WEST", "MSK",  "EST",  "EDT",  "CDT",
  "MST", "MDT",  "PST",  "PDT",  "AKST", "AKDT", "HST",  "HKT",  "JST",  "KST",
  "SGT", "AEST", "AEDT", "ACST", "ACDT", "AWST", "NZST", "NZDT", "SAST", "BRT",
};

/* Those that several zones have: India, Ireland and Israel; America and China; Britain and
 * Bangladesh; and so on. */
static const char *const ambiguous[] = {
  "IST", "CST", "BST", "AST", "ADT", "GST", "SST", "NST", "NDT", "PKT", "WAT", "CAT", "EAT",
};

static const char *const areas[] = {
  "Africa/", "America/",   "Antarctica/", "Arctic/", "Asia/",    "Atlantic/",
  "Etc/",    "Australia/", "Europe/",     "Indian/", "Pacific/", "US/",
};

/* The length of the name at @p; 0 where none stands there. */
static gsize
name_length (const char *p)
{
  gsize length = 0;

  while (g_ascii_isalnum (p[length]) ||
         (length > 0 && p[length] != '\0' && strchr ("_/", p[length]) != NULL) ||
         /* "America/Port-au-Prince", "Etc/GMT+5"; but "CET-14:20" is a range. */
         (memchr (p, '/', length) != NULL && (p[length] == '-' || p[length] == '+') &&
          g_ascii_isalnum (p[length + 1])))
    length++;
  return length <= NAME_MAX_LENGTH ? length : 0;
}

/* In small letters as well, except for those that are words. */
static gboolean
is_listed (const char *name, const char *const *list, guint n)
{
  static const char *const words[] = { "est", "west", "cat", "eat", "wat", "wet", NULL };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *small = g_ascii_strdown (list[i], -1);

      if (g_str_equal (name, list[i]) ||
          (g_str_equal (name, small) && !g_strv_contains (words, small)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_in_area (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    if (g_str_has_prefix (name, areas[i]))
      return TRUE;
  return FALSE;
}

const char *
iw_quick_scan_zone (const IwQuickContext *context, const char *p, IwQuickOffset *offset)
{
  const char *start = iw_quick_skip_space (p);
  gsize length = name_length (start);
  g_autofree char *name = g_strndup (start, length);
  GTimeZone *zone;

  if (start == p || length == 0 ||
      !(is_in_area (name) || is_listed (name, abbreviations, G_N_ELEMENTS (abbreviations))))
    return p;
  if (!iw_quick_is_boundary (start + length) && start[length] != '-')
    return p;
  zone = iw_zone_lookup (name);
  if (zone == NULL)
    return p;
  g_ptr_array_add (context->zones, zone);
  *offset = (IwQuickOffset){ TRUE, 0, zone };
  return start + length;
}

gboolean
iw_quick_looks_like_zone (const char *p)
{
  gsize length = name_length (p);
  g_autofree char *name = g_strndup (p, length);

  return length > 0 && iw_quick_is_boundary (p + length) &&
         (is_in_area (name) || is_listed (name, ambiguous, G_N_ELEMENTS (ambiguous)));
}
