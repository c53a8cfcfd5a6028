#include "iw-indicator-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of undoing what is wrapped around a value. */
#define MAX_TURNS 8

static const struct
{
  const char *nick;
  const char *label;
} types[IW_N_INDICATOR_TYPES] = {
  [IW_INDICATOR_IP] = { "ip", NC_ ("indicator", "IP Address") },
  [IW_INDICATOR_DOMAIN] = { "domain", NC_ ("indicator", "Domain") },
  [IW_INDICATOR_URL] = { "url", NC_ ("indicator", "Web Address") },
  [IW_INDICATOR_HASH] = { "hash", NC_ ("indicator", "Hash") },
  [IW_INDICATOR_FILE] = { "file", NC_ ("indicator", "File") },
  [IW_INDICATOR_ACCOUNT] = { "account", NC_ ("indicator", "Account") },
  [IW_INDICATOR_HOST] = { "host", NC_ ("indicator", "Host") },
  [IW_INDICATOR_MAIL] = { "mail", NC_ ("indicator", "Mail Address") },
};

const char *
iw_indicator_type_to_string (IwIndicatorType type)
{
  g_return_val_if_fail ((guint)type < IW_N_INDICATOR_TYPES, "");

  return types[type].nick;
}

gboolean
iw_indicator_type_from_string (const char *text, IwIndicatorType *out)
{
  for (int i = 0; i < IW_N_INDICATOR_TYPES; i++)
    if (g_strcmp0 (types[i].nick, text) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
iw_indicator_type_label (IwIndicatorType type)
{
  g_return_val_if_fail ((guint)type < IW_N_INDICATOR_TYPES, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "indicator", types[type].label);
}

/* ---- guessing ---- */

static gboolean
is_windows_path (const char *text)
{
  return g_ascii_isalpha (text[0]) && text[1] == ':' && (text[2] == '\\' || text[2] == '/') &&
         text[3] != '\0' && text[3] != '/';
}

/* "\\host\share…"; @host_only: "\\host" alone. */
static gboolean
is_network_path (const char *text, gboolean *host_only)
{
  gsize length;
  g_autofree char *host = NULL;

  if (!g_str_has_prefix (text, "\\\\"))
    return FALSE;
  length = strcspn (text + 2, "\\");
  host = g_strndup (text + 2, length);
  *host_only = text[2 + length] == '\0' || text[3 + length] == '\0';
  return iw_indicator_is_host (host);
}

static gboolean
is_path (const char *text)
{
  gboolean unix_path = (text[0] == '/' && (g_ascii_isalnum (text[1]) || strchr ("._-", text[1])) &&
                        text[1] != '\0') ||
                       (g_str_has_prefix (text, "~/") && text[2] != '\0');
  const char *percent = text[0] == '%' ? strchr (text + 1, '%') : NULL;

  return is_windows_path (text) || unix_path ||
         (percent != NULL && percent > text + 1 && percent[1] == '\\');
}

/* A name, or a path from nowhere in particular, that ends as files do. */
static gboolean
is_file_name (const char *text)
{
  return iw_indicator_has_file_ending (text) && strpbrk (text, "@:*?\"<>|") == NULL;
}

/* "DOMAIN\user", "root@web01" */
static gboolean
is_account (const char *text)
{
  const char *backslash = strchr (text, '\\');
  const char *at = strchr (text, '@');
  g_autofree char *before = NULL;
  const char *user;

  if (backslash != NULL)
    {
      before = g_strndup (text, backslash - text);
      user = backslash + 1;
      return iw_indicator_is_host (before) && *user != '\0' && strlen (user) <= 104 &&
             strpbrk (user, "\\/:*?\"<>|@") == NULL && !iw_indicator_has_file_ending (user);
    }
  if (at == NULL || at == text)
    return FALSE;
  before = g_strndup (text, at - text);
  return strchr (at, '.') == NULL && iw_indicator_is_host (before) && iw_indicator_is_host (at + 1);
}

/* "example.com/a", "192.0.2.1:8080/a": without a scheme, but with a path. */
static gboolean
is_bare_url (const char *text)
{
  gsize length = strcspn (text, "/");
  g_autofree char *authority = g_strndup (text, length);
  g_autofree char *host = NULL;
  g_autofree char *ip = NULL;
  g_autofree char *url = NULL;

  if (text[length] == '\0')
    return FALSE;
  if (strspn (text + length + 1, "0123456789") == strlen (text + length + 1) &&
      strspn (text, "0123456789.") == length)
    return FALSE; /* a network, whose prefix is too long */
  if (!iw_indicator_split_port (authority, &host))
    host = g_strdup (authority);
  ip = iw_indicator_normalise_ip (host);
  if (ip == NULL && (!iw_indicator_is_domain (host) || iw_indicator_has_file_ending (host)))
    return FALSE;
  url = iw_indicator_normalise_url (text);
  return url != NULL;
}

static gboolean
is_domain (const char *text)
{
  g_autofree char *host = NULL;
  gsize length;

  if (g_str_has_prefix (text, "*."))
    text += 2;
  if (!iw_indicator_split_port (text, &host))
    host = g_strdup (text);
  length = strlen (host);
  if (length > 1 && host[length - 1] == '.')
    host[length - 1] = '\0';
  return iw_indicator_is_domain (host);
}

typedef char *(*Normaliser) (const char *text);

static gboolean
can (Normaliser normalise, const char *text)
{
  g_autofree char *normal = normalise (text);

  return normal != NULL;
}

gboolean
iw_indicator_guess (const char *text, IwIndicatorType *out)
{
  gboolean host_only = FALSE;

  if (text == NULL || strlen (text) > IW_INDICATOR_MAX || !g_utf8_validate (text, -1, NULL) ||
      !iw_indicator_is_plain (text, TRUE))
    return FALSE;
  if (strstr (text, "://") != NULL && can (iw_indicator_normalise_url, text))
    *out = IW_INDICATOR_URL;
  else if (can (iw_indicator_normalise_hash, text))
    *out = IW_INDICATOR_HASH;
  else if (can (iw_indicator_normalise_ip, text))
    *out = IW_INDICATOR_IP;
  else if (is_network_path (text, &host_only))
    *out = host_only ? IW_INDICATOR_HOST : IW_INDICATOR_FILE;
  else if (is_path (text))
    *out = IW_INDICATOR_FILE;
  else if (iw_indicator_is_mail (g_str_has_prefix (text, "mailto:") ? text + 7 : text))
    *out = IW_INDICATOR_MAIL;
  else if (is_account (text))
    *out = IW_INDICATOR_ACCOUNT;
  else if (is_bare_url (text))
    *out = IW_INDICATOR_URL;
  else if (is_file_name (text))
    *out = IW_INDICATOR_FILE;
  else if (is_domain (text))
    *out = IW_INDICATOR_DOMAIN;
  else
    return FALSE;
  return TRUE;
}

/* ---- the normal form ---- */

static void
unquote (char *text)
{
  gsize length = strlen (text);

  if (length < 2 ||
      !((text[0] == '<' && text[length - 1] == '>') || (text[0] == '"' && text[length - 1] == '"')))
    return;
  text[length - 1] = '\0';
  memmove (text, text + 1, length - 1);
}

/* Without white space, quotes and angle brackets around it, and so that doing it again changes
 * nothing; NULL where that takes more turns than any honest text. (transfer full) */
static char *
tidy (const char *text)
{
  g_autofree char *plain = g_strdup (text);

  for (int turn = 0; turn < MAX_TURNS; turn++)
    {
      g_autofree char *before = g_steal_pointer (&plain);

      plain = iw_indicator_refang (before);
      g_strstrip (plain);
      unquote (plain);
      g_strstrip (plain);
      if (g_str_equal (plain, before))
        return g_steal_pointer (&plain);
    }
  return NULL;
}

static char *
normalise_domain (const char *text)
{
  g_autofree char *host = NULL;
  gsize length;

  if (!is_domain (text))
    return NULL;
  if (g_str_has_prefix (text, "*."))
    text += 2;
  if (!iw_indicator_split_port (text, &host))
    host = g_strdup (text);
  length = strlen (host);
  if (host[length - 1] == '.')
    host[length - 1] = '\0';
  return iw_indicator_lower (host);
}

static char *
normalise_host (const char *text)
{
  g_autofree char *host = g_strdup (g_str_has_prefix (text, "\\\\") ? text + 2 : text);
  gsize length = strlen (host);

  if (length > 1 && (host[length - 1] == '\\' || host[length - 1] == '.'))
    host[length - 1] = '\0';
  return iw_indicator_is_host (host) ? iw_indicator_lower (host) : NULL;
}

static char *
normalise_mail (const char *text)
{
  if (g_str_has_prefix (text, "mailto:"))
    text += 7;
  return iw_indicator_is_mail (text) ? iw_indicator_lower (text) : NULL;
}

static char *
normal_form (IwIndicatorType type, const char *plain)
{
  switch (type)
    {
    case IW_INDICATOR_IP:
      return iw_indicator_normalise_ip (plain);
    case IW_INDICATOR_DOMAIN:
      return normalise_domain (plain);
    case IW_INDICATOR_URL:
      if (strstr (plain, "://") == NULL && !is_bare_url (plain) && !is_domain (plain))
        return NULL;
      return iw_indicator_normalise_url (plain);
    case IW_INDICATOR_HASH:
      return iw_indicator_normalise_hash (plain);
    case IW_INDICATOR_HOST:
      return normalise_host (plain);
    case IW_INDICATOR_MAIL:
      return normalise_mail (plain);
    case IW_INDICATOR_FILE:
    case IW_INDICATOR_ACCOUNT:
      return g_strdup (plain);
    case IW_N_INDICATOR_TYPES:
    default:
      return NULL;
    }
}

char *
iw_indicator_normalise (IwIndicatorType type, const char *text)
{
  g_autofree char *plain = NULL;
  g_autofree char *normal = NULL;

  if (text == NULL || strlen (text) > IW_INDICATOR_MAX)
    return NULL;
  plain = tidy (text);
  if (plain == NULL || !iw_indicator_is_plain (plain, TRUE))
    return NULL;
  /* The scheme that a URL gets makes it longer. */
  normal = normal_form (type, plain);
  return normal != NULL && strlen (normal) <= IW_INDICATOR_MAX ? g_steal_pointer (&normal) : NULL;
}
