/* The normal forms of addresses, links and hashes. */
#include "iw-indicator-private.h"

#include <gio/gio.h>
#include <string.h>

/* ---- IP addresses ---- */

/* Takes "[…]", "[…]:443" or "1.2.3.4:443" apart; a port says nothing about the address. (transfer
 * full) */
static char *
strip_port (const char *text)
{
  const char *end = *text == '[' ? strchr (text, ']') : NULL;
  g_autofree char *host = NULL;
  g_autofree char *rest = NULL;

  if (end != NULL)
    {
      if (end[1] == '\0')
        return g_strndup (text + 1, end - text - 1);
      rest = g_strconcat ("x", end + 1, NULL);
      return iw_indicator_split_port (rest, &host) && g_str_equal (host, "x")
                 ? g_strndup (text + 1, end - text - 1)
                 : NULL;
    }
  if (strchr (text, '.') != NULL && strchr (text, ':') == strrchr (text, ':') &&
      iw_indicator_split_port (text, &host))
    return g_steal_pointer (&host);
  return g_strdup (text);
}

/* Cuts a prefix length off @address; -1 where there is none, -2 where it is none. */
static int
take_prefix (char *address)
{
  char *slash = strchr (address, '/');
  gsize digits;

  if (slash == NULL)
    return -1;
  *slash = '\0';
  digits = strspn (slash + 1, "0123456789");
  if (digits < 1 || digits > 3 || slash[1 + digits] != '\0')
    return -2;
  return g_ascii_strtoull (slash + 1, NULL, 10);
}

char *
iw_indicator_normalise_ip (const char *text)
{
  g_autofree char *address = strip_port (text);
  g_autoptr (GInetAddress) inet = NULL;
  g_autofree char *normal = NULL;
  int prefix, longest;

  if (address == NULL || strlen (address) > 100)
    return NULL;
  prefix = take_prefix (address);
  if (prefix == -2)
    return NULL;
  if (strchr (address, '%') != NULL) /* the interface of one machine */
    *strchr (address, '%') = '\0';
  inet = g_inet_address_new_from_string (address);
  if (inet == NULL)
    return NULL;
  longest = g_inet_address_get_native_size (inet) * 8;
  normal = g_inet_address_to_string (inet);
  if (prefix > longest)
    return NULL;
  if (prefix < 0 || prefix == longest) /* one address */
    return g_steal_pointer (&normal);
  return g_strdup_printf ("%s/%d", normal, prefix);
}

/* ---- links ---- */

/* The length of a scheme before "://"; 0 where there is none. */
static gsize
scheme_length (const char *text)
{
  gsize length = 0;

  if (!g_ascii_isalpha (*text))
    return 0;
  while (g_ascii_isalnum (text[length]) || (text[length] != '\0' && strchr ("+-.", text[length])))
    length++;
  return length <= 32 && g_str_has_prefix (text + length, "://") ? length : 0;
}

/* The host of a link in its normal form, in brackets where it must be; NULL where it is none. */
static char *
normalise_host (const char *host)
{
  g_autofree char *bare = g_strdup (host);
  g_autofree char *lower = NULL;
  g_autofree char *ip = NULL;
  gsize length = strlen (bare);

  if (*host == '[')
    {
      ip = strchr (host, '/') == NULL ? iw_indicator_normalise_ip (host) : NULL;
      return ip != NULL && strchr (ip, ':') != NULL ? g_strdup_printf ("[%s]", ip) : NULL;
    }
  if (length > 1 && bare[length - 1] == '.')
    bare[length - 1] = '\0';
  lower = iw_indicator_lower (bare);
  return iw_indicator_is_host (lower) ? g_steal_pointer (&lower) : NULL;
}

static gboolean
is_usual_port (const char *scheme, const char *port)
{
  static const char *const usual[][2] = { { "http", ":80" },
                                          { "https", ":443" },
                                          { "ftp", ":21" } };

  if (g_str_equal (port, ":"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_str_equal (scheme, usual[i][0]) && g_str_equal (port, usual[i][1]))
      return TRUE;
  return FALSE;
}

/* Splits "host:port" at the colon that is not within brackets; @port: with the colon, or "". */
static gboolean
split_host (const char *text, char **host, char **port)
{
  const char *bracket = strrchr (text, ']');
  const char *colon = strrchr (bracket != NULL ? bracket : text, ':');
  g_autofree char *before = NULL;

  if (colon == NULL)
    colon = text + strlen (text);
  else if (colon[1] != '\0' && !iw_indicator_split_port (text, &before))
    return FALSE;
  *host = g_strndup (text, colon - text);
  *port = g_strdup (colon);
  return TRUE;
}

static char *
join_url (const char *scheme, const char *user, const char *host_and_port, const char *rest)
{
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;
  g_autofree char *normal = NULL;
  gboolean web = g_str_equal (scheme, "http") || g_str_equal (scheme, "https");

  if (!split_host (host_and_port, &host, &port))
    return NULL;
  normal = normalise_host (host);
  if (normal == NULL)
    return NULL;
  return g_strconcat (scheme, "://", user, normal, is_usual_port (scheme, port) ? "" : port,
                      web && *rest != '/' ? "/" : "", rest, NULL);
}

char *
iw_indicator_normalise_url (const char *text)
{
  gsize length = scheme_length (text);
  const char *authority = length > 0 ? text + length + 3 : text;
  const char *rest = authority + strcspn (authority, "/?#");
  g_autofree char *scheme = NULL;
  g_autofree char *user = NULL;
  g_autofree char *host = NULL;
  const char *at;

  if (!iw_indicator_is_plain (text, FALSE) || strchr (text, '\\') != NULL ||
      strpbrk (text, "<>\"") != NULL)
    return NULL;
  scheme = length > 0 ? g_ascii_strdown (text, length) : g_strdup ("http");
  at = g_strrstr_len (authority, rest - authority, "@");
  user = at != NULL ? g_strndup (authority, at + 1 - authority) : g_strdup ("");
  host = at != NULL ? g_strndup (at + 1, rest - at - 1) : g_strndup (authority, rest - authority);
  return join_url (scheme, user, host, rest);
}

/* ---- hashes ---- */

char *
iw_indicator_normalise_hash (const char *text)
{
  static const char *const prefixes[] = { "md5:",    "md5=",    "sha1:",   "sha1=",
                                          "sha-1:",  "sha256:", "sha256=", "sha-256:",
                                          "sha512:", "sha512=", "sha-512:" };
  gsize length;

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_ascii_strncasecmp (text, prefixes[i], strlen (prefixes[i])) == 0)
      {
        text += strlen (prefixes[i]);
        break;
      }
  length = strspn (text, "0123456789abcdefABCDEF");
  if (text[length] != '\0' || (length != 32 && length != 40 && length != 64 && length != 128))
    return NULL;
  return g_ascii_strdown (text, -1);
}
