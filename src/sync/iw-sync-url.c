/* Addresses of servers, as people type them. */
#include "config.h"

#include "iw-sync-account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* CouchDB's port for HTTPS, and our server's. */
#define DEFAULT_PORT 6984
#define MAX_LENGTH 2048

static GUri *
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, message);
  return NULL;
}

/* Whether @host (as GUri has it: an IPv6 address without brackets) is this machine, whatever a name
 * server says. */
static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost");
}

/* The host in lower case and in the form of the wire; NULL where it can be none. (transfer full) */
static char *
normalize_host (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autofree char *ascii = NULL;
  g_autofree char *lower = NULL;

  if (address != NULL)
    return g_inet_address_to_string (address);
  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL)
    return NULL;
  lower = g_ascii_strdown (ascii, -1);
  if (*lower == '\0' || *lower == '.' || strstr (lower, "..") != NULL ||
      strspn (lower, "abcdefghijklmnopqrstuvwxyz0123456789-._") != strlen (lower))
    return NULL;
  return g_steal_pointer (&lower);
}

/* With the scheme and the brackets that people leave out. (transfer full) */
static char *
complete (const char *text, gboolean *had_scheme)
{
  g_autoptr (GInetAddress) address = NULL;

  *had_scheme = strstr (text, "://") != NULL;
  if (*had_scheme)
    return g_strdup (text);
  address = g_inet_address_new_from_string (text);
  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    return g_strdup_printf ("https://[%s]", text);
  return g_strconcat ("https://", text, NULL);
}

static GUri *
parse (const char *text, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (*text == '\0')
    return fail (error, _ ("Enter the server’s address."));
  if (strlen (text) > MAX_LENGTH)
    return fail (error, _ ("The address is too long."));
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return fail (error, _ ("This is no address of a server."));
  if (g_uri_get_password (uri) != NULL)
    return fail (
        error,
        _ ("An address with a password in it would be seen by others: leave the password out."));
  if (g_uri_get_userinfo (uri) != NULL)
    return fail (error, _ ("The account’s name does not belong into the address."));
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return fail (error, _ ("An address of a server has no “?” or “#” in it."));
  return g_steal_pointer (&uri);
}

/* "/" at both ends and nowhere twice. (transfer full) */
static char *
normalize_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GString) out = g_string_new ("/");

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (out, "%s/", parts[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
assemble (GUri *uri, gboolean had_scheme, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  gboolean https = g_str_equal (scheme, "https");
  g_autofree char *host = normalize_host (g_uri_get_host (uri));
  g_autofree char *path = normalize_path (g_uri_get_path (uri));
  int port = g_uri_get_port (uri);

  if (!https && !g_str_equal (scheme, "http"))
    fail (error, _ ("The address must begin with “https://”."));
  else if (host == NULL || port == 0)
    fail (error, _ ("This is no address of a server."));
  else if (!https && !is_loopback (host))
    fail (error, _ ("Without encryption everybody on the way could read along: the address must "
                    "begin with “https://”."));
  else
    {
      if (port == -1 && !had_scheme)
        port = DEFAULT_PORT;
      if (port == (https ? 443 : 80))
        port = -1;
      return g_uri_join (G_URI_FLAGS_ENCODED_PATH, scheme, NULL, host, port, path, NULL, NULL);
    }
  return NULL;
}

char *
iw_sync_account_normalize_url (const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gboolean had_scheme;
  g_autofree char *whole = complete (trimmed, &had_scheme);
  g_autoptr (GUri) uri = parse (*trimmed == '\0' ? trimmed : whole, error);

  return uri != NULL ? assemble (uri, had_scheme, error) : NULL;
}
