/* iw-cli-secret.c: passwords and certificates on the command line. */
#include "config.h"

#include "iw-cli-secret.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "iw-cli-output.h"
#include "iw-secrets.h"

#define MAX_SECRET 4096

/* A line, without what ends it. */
static char *
read_line (void)
{
  char line[MAX_SECRET + 2];
  char *secret = NULL;

  if (fgets (line, sizeof line, stdin) != NULL)
    {
      line[strcspn (line, "\r\n")] = '\0';
      if (*line != '\0' && strlen (line) <= MAX_SECRET)
        secret = g_strdup (line);
    }
  explicit_bzero (line, sizeof line);
  return secret;
}

/* NULL where there is no terminal. */
static char *
ask (const char *prompt)
{
  struct termios old, silent;
  char *secret;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &old) < 0)
    return NULL;
  fputs (prompt, stderr);
  fflush (stderr);
  silent = old;
  silent.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  secret = read_line ();
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &old);
  fputc ('\n', stderr);
  return secret;
}

static char *
ask_password (const IwSyncAccount *account)
{
  /* Translators: asks for a password on the terminal: account, server. */
  g_autofree char *prompt =
      g_strdup_printf (_ ("Password of %s at %s: "), account->user, account->url);

  return ask (prompt);
}

char *
iw_cli_passphrase (gboolean from_stdin)
{
  char *passphrase = from_stdin ? read_line () : ask (_ ("Passphrase of the bundle: "));

  if (passphrase == NULL)
    iw_cli_complain ("%s", _ ("There is no passphrase: give it with --passphrase-stdin."));
  return passphrase;
}

char *
iw_cli_secret (const IwSyncAccount *account, gboolean from_stdin)
{
  g_autoptr (GError) error = NULL;
  char *secret;

  if (from_stdin)
    {
      secret = read_line ();
      if (secret == NULL)
        iw_cli_complain ("%s", _ ("There is no password on standard input."));
      return secret;
    }
  secret = iw_secrets_lookup (account->url, account->user, NULL, &error);
  if (secret == NULL)
    secret = ask_password (account);
  if (secret == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    iw_cli_complain ("%s", error->message);
  if (secret == NULL)
    iw_cli_complain ("%s",
                     _ ("There is no password: give it with --password-stdin, or keep it with "
                        "“sync setup” where there is a Secret Service."));
  return secret;
}

static char *
in_pairs (const char *hash)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; hash[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (hash[i]));
    }
  return g_string_free (text, FALSE);
}

IwExit
iw_cli_fail_remote (IwRemote *remote, const GError *error)
{
  GTlsCertificate *certificate = iw_remote_get_certificate (remote);
  g_autofree char *hash = NULL;
  g_autofree char *pairs = NULL;
  g_autofree char *subject = NULL;

  if (!g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CERTIFICATE) || certificate == NULL)
    return iw_cli_fail (error);
  hash = iw_remote_certificate_hash (certificate);
  pairs = in_pairs (hash);
  subject = iw_cli_clean (g_tls_certificate_get_subject_name (certificate) != NULL
                              ? g_tls_certificate_get_subject_name (certificate)
                              : "");
  iw_cli_complain ("%s", error->message);
  iw_cli_complain (_ ("It is for %s. Its SHA-256 fingerprint is %s"), subject, pairs);
  /* A pin does not help then. */
  if (iw_remote_certificate_is_over (certificate))
    return IW_EXIT_FAILED;
  iw_cli_complain (_ ("If that is what the server’s administrator tells you, accept it with "
                      "“sync setup … --pin %s”."),
                   hash);
  return IW_EXIT_FAILED;
}

char *
iw_cli_fingerprint (const char *text)
{
  GString *hash = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isxdigit (*at))
      g_string_append_c (hash, g_ascii_tolower (*at));
    else if (*at != ':' && *at != ' ')
      break;
  if (hash->len == 64)
    return g_string_free (hash, FALSE);
  g_string_free (hash, TRUE);
  iw_cli_complain ("%s", _ ("--pin: a fingerprint has 64 hexadecimal digits."));
  return NULL;
}
