/* What names, addresses and files look like. */
#include "iw-indicator-private.h"

#include <string.h>

#define MAX_NAME 253 /* RFC 1035, in characters */
#define MAX_LABEL 63

/* g_utf8_strdown() goes by the user's language, where an I may become a dotless i. */
char *
iw_indicator_lower (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, g_unichar_tolower (g_utf8_get_char (p)));
  return g_string_free_and_steal (out);
}

gboolean
iw_indicator_is_plain (const char *text, gboolean spaces)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || (g_unichar_isspace (c) && !(spaces && c == ' ')))
        return FALSE;
    }
  return *text != '\0';
}

/* ---- names ---- */

static gboolean
is_label_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '-' || c == '_';
}

/* [@start, @end) */
static gboolean
is_label (const char *start, const char *end)
{
  glong length = g_utf8_pointer_to_offset (start, end);

  if (length < 1 || length > MAX_LABEL || *start == '-' || end[-1] == '-')
    return FALSE;
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    if (!is_label_char (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* Whether all labels are some; @n: how many; @last: the last one. */
static gboolean
check_labels (const char *text, guint *n, const char **last)
{
  const char *start = text;

  *n = 0;
  if (*text == '\0' || strlen (text) > IW_INDICATOR_MAX || g_utf8_strlen (text, -1) > MAX_NAME)
    return FALSE;
  for (;;)
    {
      const char *dot = strchr (start, '.');
      const char *end = dot != NULL ? dot : start + strlen (start);

      if (!is_label (start, end))
        return FALSE;
      (*n)++;
      *last = start;
      if (dot == NULL)
        return TRUE;
      start = dot + 1;
    }
}

static gboolean
is_top_level (const char *label)
{
  if (g_ascii_strncasecmp (label, "xn--", 4) == 0)
    return label[4] != '\0';
  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalpha (g_utf8_get_char (p)) && !g_unichar_ismark (g_utf8_get_char (p)))
      return FALSE;
  return g_utf8_strlen (label, -1) >= 2;
}

gboolean
iw_indicator_is_domain (const char *text)
{
  const char *last;
  guint n;

  return check_labels (text, &n, &last) && n >= 2 && is_top_level (last);
}

gboolean
iw_indicator_is_host (const char *text)
{
  const char *last;
  guint n;

  return check_labels (text, &n, &last);
}

gboolean
iw_indicator_split_port (const char *text, char **host)
{
  const char *colon = strrchr (text, ':');
  gsize digits = colon != NULL ? strspn (colon + 1, "0123456789") : 0;

  if (colon == NULL || digits < 1 || digits > 5 || colon[1 + digits] != '\0' ||
      g_ascii_strtoull (colon + 1, NULL, 10) > 65535)
    return FALSE;
  *host = g_strndup (text, colon - text);
  return TRUE;
}

gboolean
iw_indicator_is_mail (const char *text)
{
  const char *at = strchr (text, '@');
  g_autofree char *local = at != NULL ? g_strndup (text, at - text) : NULL;

  return local != NULL && *local != '\0' && strlen (local) <= 64 &&
         strpbrk (local, "()<>[]:;,\\\"/") == NULL && iw_indicator_is_plain (local, FALSE) &&
         iw_indicator_is_domain (at + 1);
}

/* ---- files ---- */

/* Endings of files that are no top-level domains, but for zip, which is a file more often. */
gboolean
iw_indicator_has_file_ending (const char *text)
{
  static const char *const endings[] = {
    "7z",   "apk",  "asp",  "aspx", "bak",  "bat",  "bin", "bmp",  "cab",  "chm",  "cmd",
    "conf", "cpl",  "csv",  "dat",  "db",   "dll",  "dmg", "dmp",  "doc",  "docm", "docx",
    "dotm", "elf",  "eml",  "evtx", "exe",  "gif",  "gz",  "hta",  "htm",  "html", "ico",
    "img",  "ini",  "iqy",  "iso",  "jar",  "jpeg", "jpg", "js",   "jse",  "json", "jsp",
    "key",  "ko",   "lnk",  "log",  "msc",  "msg",  "msi", "msix", "ocx",  "odt",  "ods",
    "one",  "pcap", "pdf",  "pem",  "php",  "pif",  "png", "ppt",  "pptm", "pptx", "ps1",
    "psm1", "rar",  "reg",  "rpm",  "rtf",  "scr",  "sct", "sql",  "svg",  "swf",  "sys",
    "tar",  "tgz",  "tmp",  "txt",  "url",  "vbe",  "vbs", "vhd",  "vhdx", "war",  "wsf",
    "xll",  "xls",  "xlsb", "xlsm", "xlsx", "xml",  "xz",  "yaml", "yml",  "zip",
  };
  const char *dot = strrchr (text, '.');

  if (dot == NULL || dot == text || dot[1] == '\0')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot + 1, endings[i]) == 0)
      return TRUE;
  return FALSE;
}
