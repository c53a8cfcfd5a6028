#include "config.h"

#include "iw-rev.h"

#include <string.h>

gboolean
iw_rev_parse (const char *text, IwRev *out)
{
  gint64 gen = 0;
  gsize length;
  const char *p = text;

  if (*p == '0')
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    if ((gen = gen * 10 + (*p - '0')) > IW_REV_MAX_GEN)
      return FALSE;
  if (p == text || *p++ != '-')
    return FALSE;
  length = strlen (p);
  if (length == 0 || length > IW_REV_MAX_HASH)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (p[i]))
      return FALSE;
  out->gen = gen;
  g_strlcpy (out->hash, p, sizeof out->hash);
  return TRUE;
}

char *
iw_rev_format (gint64 gen, const char *hash)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%s", gen, hash);
}

IwRev
iw_rev_make (const IwRev *parent, gboolean deleted, const char *canonical_body)
{
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);
  IwRev rev = { .gen = 1 };

  if (parent != NULL)
    {
      g_autofree char *text = iw_rev_format (parent->gen, parent->hash);

      g_checksum_update (md5, (const guchar *)text, -1);
      rev.gen = parent->gen + 1;
    }
  g_checksum_update (md5, (const guchar *)(deleted ? "\n1\n" : "\n0\n"), 3);
  g_checksum_update (md5, (const guchar *)canonical_body, -1);
  g_strlcpy (rev.hash, g_checksum_get_string (md5), sizeof rev.hash);
  return rev;
}
