/* What goes wrong between here and a server, in the user's words. */
#include "config.h"

#include "iw-remote-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_REASON 500

GQuark
iw_remote_error_quark (void)
{
  return g_quark_from_static_string ("iw-remote-error");
}

gboolean
iw_remote_error_is_passing (const GError *error)
{
  return g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_BUSY) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FAILED);
}

gboolean
iw_remote_unfit (GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  /* Translators: %s is a technical description in English. */
  g_set_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL,
               _ ("The server’s answer does not fit: %s"), what);
  return FALSE;
}

/* A server's words: bounded, on one line, nothing that could drive a terminal. */
static char *
tame (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, MAX_REASON));
  GString *out = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isprint (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  return g_string_free (out, FALSE);
}

/* "reason" of {"error","reason"}; NULL where it has none. (transfer full) */
static char *
reason_of (const char *text, gsize length)
{
  g_autoptr (yyjson_doc) doc = text != NULL ? iw_canonical_read (text, length, NULL) : NULL;
  const char *reason = NULL;

  if (doc != NULL)
    reason = iw_json_text (yyjson_doc_get_root (doc), "reason");
  if (doc != NULL && (reason == NULL || *reason == '\0'))
    reason = iw_json_text (yyjson_doc_get_root (doc), "error");
  return reason != NULL && *reason != '\0' ? tame (reason) : NULL;
}

static IwRemoteError
code_of (guint status)
{
  switch (status)
    {
    case 401:
      return IW_REMOTE_ERROR_UNAUTHORIZED;
    case 403:
      return IW_REMOTE_ERROR_FORBIDDEN;
    case 404:
    case 410:
      return IW_REMOTE_ERROR_NOT_FOUND;
    case 409:
    case 412:
      return IW_REMOTE_ERROR_CONFLICT;
    case 413:
      return IW_REMOTE_ERROR_TOO_LARGE;
    case 408:
    case 425:
    case 429:
      return IW_REMOTE_ERROR_BUSY;
    case 500:
      return IW_REMOTE_ERROR_FAILED;
    case 501:
      return IW_REMOTE_ERROR_REFUSED;
    default:
      if (status >= 500)
        return IW_REMOTE_ERROR_BUSY;
      return status >= 400 ? IW_REMOTE_ERROR_REFUSED : IW_REMOTE_ERROR_PROTOCOL;
    }
}

static const char *
words_of (IwRemoteError code)
{
  switch (code)
    {
    case IW_REMOTE_ERROR_UNAUTHORIZED:
      return _ ("The server does not accept this name and password.");
    case IW_REMOTE_ERROR_FORBIDDEN:
      return _ ("The server does not allow this account to do that.");
    case IW_REMOTE_ERROR_NOT_FOUND:
      return _ ("The server has nothing there.");
    case IW_REMOTE_ERROR_CONFLICT:
      return _ ("It was changed on the server in the meantime.");
    case IW_REMOTE_ERROR_TOO_LARGE:
      return _ ("This is too large for the server.");
    case IW_REMOTE_ERROR_BUSY:
    case IW_REMOTE_ERROR_FAILED:
      return _ ("The server cannot answer now.");
    default:
      return _ ("The server refused this.");
    }
}

gboolean
iw_remote_fail_status (guint status, const char *text, gsize length, GError **error)
{
  g_autofree char *reason = reason_of (text, length);
  IwRemoteError code = code_of (status);

  if (code == IW_REMOTE_ERROR_PROTOCOL)
    return iw_remote_unfit (error, "status %u", status);
  if (reason != NULL)
    /* Translators: a sentence of ours, then the server's own words. */
    g_set_error (error, IW_REMOTE_ERROR, code, _ ("%s It says: %s"), words_of (code), reason);
  else
    g_set_error_literal (error, IW_REMOTE_ERROR, code, words_of (code));
  return FALSE;
}

char *
iw_remote_describe_refusal (GTlsCertificate *certificate,
                            GTlsCertificateFlags errors,
                            gboolean pinned)
{
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *date = end != NULL ? g_date_time_format (end, "%Y-%m-%d") : NULL;

  if ((errors & G_TLS_CERTIFICATE_EXPIRED) != 0 && date != NULL)
    /* Translators: %s is a date. */
    return g_strdup_printf (_ ("The server’s certificate is no longer valid since %s."), date);
  if (pinned)
    return g_strdup (_ ("The server shows another certificate than the one that was accepted. "
                        "Either it was renewed, or somebody else answers in its place."));
  if ((errors & G_TLS_CERTIFICATE_REVOKED) != 0)
    return g_strdup (_ ("The server’s certificate was revoked."));
  if ((errors & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    return g_strdup (_ ("The server’s certificate is for another name."));
  if ((errors & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    return g_strdup (
        _ ("The server’s certificate is not valid yet. Is this computer’s clock right?"));
  return g_strdup (_ ("Nobody that this computer trusts vouches for the server’s certificate."));
}

/* ---- below HTTP ---- */

static gboolean
is_local_fault (const GError *cause)
{
  return cause->domain == IW_STORE_ERROR || cause->domain == IW_REMOTE_ERROR ||
         cause->domain == G_FILE_ERROR ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* A connection that is cut while hands are shaken comes with the same code as a peer that speaks no
 * TLS; the system's own words, in whatever language, tell the two apart. */
static gboolean
was_cut (const GError *cause)
{
  return strstr (cause->message, g_strerror (ECONNRESET)) != NULL ||
         strstr (cause->message, g_strerror (EPIPE)) != NULL;
}

gboolean
iw_remote_fail_transport (IwRemote *self, GError *cause, gboolean timed_out, GError **error)
{
  if (timed_out)
    g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE,
                         _ ("The server took too long to answer."));
  else if (is_local_fault (cause))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  else if (self->refusal != NULL)
    g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CERTIFICATE, self->refusal);
  else if ((g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS) ||
            g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_MISC) ||
            g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_INAPPROPRIATE_FALLBACK)) &&
           !was_cut (cause))
    g_set_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL,
                 _ ("No encrypted connection came about: %s"), cause->message);
  else if (cause->domain == SOUP_SESSION_ERROR &&
           g_error_matches (cause, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING))
    iw_remote_unfit (error, "%s", cause->message);
  else
    g_set_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE,
                 /* Translators: %s is the system's reason. */
                 _ ("The server cannot be reached: %s"), cause->message);
  g_error_free (cause);
  return FALSE;
}
