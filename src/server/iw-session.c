#include "config.h"

#include "iw-session.h"

#include <string.h>

#include "iw-password.h"

#define MAX_TEXT 1024

/* base64 as cookies may hold it. (transfer full) */
static char *
encode (const void *bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static char *
decode (const char *text, gsize length)
{
  g_autoptr (GString) padded = g_string_new_len (text, length);
  gsize n;
  guchar *bytes;
  char *copy;

  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  bytes = g_base64_decode (padded->str, &n);
  copy = memchr (bytes, '\0', n) == NULL ? g_strndup ((char *)bytes, n) : NULL;
  g_free (bytes);
  return copy;
}

static char *
sign (const guint8 *key, const char *what, gsize length, const char *secret)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, IW_SESSION_KEY_LENGTH);
  guint8 digest[32];
  gsize n = sizeof digest;

  g_hmac_update (hmac, (const guchar *)what, length);
  g_hmac_update (hmac, (const guchar *)"\n", 1);
  g_hmac_update (hmac, (const guchar *)secret, strlen (secret));
  g_hmac_get_digest (hmac, digest, &n);
  return encode (digest, n);
}

char *
iw_session_make (const guint8 *key, const char *name, const char *secret, gint64 until)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_MODIFIER "x:%s", until, name);
  g_autofree char *said = encode (plain, strlen (plain));
  g_autofree char *signature = sign (key, said, strlen (said), secret);

  return g_strconcat (said, ".", signature, NULL);
}

gboolean
iw_session_read (const char *text, char **name, gint64 *until)
{
  const char *dot = strchr (text, '.');
  g_autofree char *plain =
      dot != NULL && strlen (text) <= MAX_TEXT ? decode (text, dot - text) : NULL;
  char *colon = plain != NULL ? strchr (plain, ':') : NULL;
  guint64 value;

  if (colon == NULL || !g_utf8_validate (plain, -1, NULL))
    return FALSE;
  *colon = '\0';
  if (!g_ascii_string_to_unsigned (plain, 16, 0, G_MAXINT64, &value, NULL))
    return FALSE;
  *until = value;
  *name = g_strdup (colon + 1);
  return TRUE;
}

gboolean
iw_session_is_genuine (const guint8 *key, const char *text, const char *secret)
{
  const char *dot = strchr (text, '.');
  g_autofree char *signature = dot != NULL ? sign (key, text, dot - text, secret) : NULL;

  return signature != NULL && strlen (dot + 1) == strlen (signature) &&
         iw_secret_equal (dot + 1, signature, strlen (signature));
}

char *
iw_session_from_header (const char *header)
{
  g_auto (GStrv) cookies = g_strsplit (header, ";", -1);

  for (guint i = 0; cookies[i] != NULL; i++)
    {
      char *cookie = g_strstrip (cookies[i]);

      if (g_str_has_prefix (cookie, IW_SESSION_COOKIE "="))
        return g_strdup (cookie + strlen (IW_SESSION_COOKIE "="));
    }
  return NULL;
}

char *
iw_session_to_header (const char *text, guint seconds, gboolean tls)
{
  gboolean gone = text == NULL || *text == '\0';

  return g_strdup_printf (IW_SESSION_COOKIE
                          "=%s; Version=1; Path=/; HttpOnly; SameSite=Strict; Max-Age=%u%s",
                          gone ? "" : text, gone ? 0 : seconds, tls ? "; Secure" : "");
}
