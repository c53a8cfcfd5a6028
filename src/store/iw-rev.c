#include "config.h"

#include "iw-rev.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-peer.h"

static gboolean
is_hash_char (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '~';
}

gboolean
iw_rev_name_parse (const char *text, IwRevName *out)
{
  const char *p = text;
  const char *hash;
  gint64 gen = 0;

  if (*p == '0')
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    if ((gen = gen * 10 + (*p - '0')) > IW_REV_MAX_GEN)
      return FALSE;
  if (p == text || *p++ != '-')
    return FALSE;
  for (hash = p; is_hash_char (*p); p++)
    ;
  if (*p != '\0' || p == hash || p - hash > IW_REV_MAX_HASH)
    return FALSE;
  *out = (IwRevName){ gen, hash };
  return TRUE;
}

gboolean
iw_rev_parse (const char *text, IwRev *out)
{
  IwRevName name;

  if (!iw_rev_name_parse (text, &name))
    return FALSE;
  out->gen = name.gen;
  g_strlcpy (out->hash, name.hash, sizeof out->hash);
  return TRUE;
}

char *
iw_rev_format (gint64 gen, const char *hash)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%s", gen, hash);
}

gboolean
iw_rev_check_next (gint64 gen, GError **error)
{
  return gen < IW_REV_MAX_GEN ||
         iw_fail (error, IW_STORE_ERROR_INVALID, "%s",
                  _ ("The document was changed too often to be changed again."));
}

/* Each text with its end, so that no two lists read the same. */
static void
add_attachment (GChecksum *md5, const IwAttachment *attachment)
{
  const char *texts[] = { attachment->name, attachment->content_type, attachment->sha256 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_checksum_update (md5, (const guchar *)texts[i], strlen (texts[i]) + 1);
}

IwRev
iw_rev_make (const IwRev *parent, gboolean deleted, const char *canonical_body)
{
  return iw_rev_make_attached (parent, deleted, canonical_body, NULL);
}

IwRev
iw_rev_make_attached (const IwRev *parent,
                      gboolean deleted,
                      const char *canonical_body,
                      GPtrArray *attachments)
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
  if (attachments != NULL)
    g_checksum_update (md5, (const guchar *)"", 1);
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    add_attachment (md5, attachments->pdata[i]);
  g_strlcpy (rev.hash, g_checksum_get_string (md5), sizeof rev.hash);
  return rev;
}
