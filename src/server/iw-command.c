#include "config.h"

#include "iw-command.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-ask.h"
#include "iw-password.h"

#define SHORT_PASSWORD 12

gboolean
iw_command_parse (int *argc,
                  char ***argv,
                  const GOptionEntry *entries,
                  const char *arguments,
                  const char *summary,
                  int min,
                  int max)
{
  g_autofree char *usage = g_strconcat ((*argv)[0], *arguments != '\0' ? " " : "", arguments, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup (g_get_prgname ());
  g_autofree char *whole = g_strconcat (name, " ", usage, NULL);
  gboolean ok;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_set_prgname (whole);
  ok = g_option_context_parse (context, argc, argv, &error);
  g_set_prgname (name);
  if (ok && *argc - 1 >= min && *argc - 1 <= max)
    return TRUE;
  fprintf (stderr, "%s: %s\n", name,
           error != NULL ? error->message : _ ("See --help for the arguments."));
  return FALSE;
}

IwCommandExit
iw_command_complain (GError *error)
{
  fprintf (stderr, "%s: %s\n", g_get_prgname (), error->message);
  g_error_free (error);
  return IW_COMMAND_FAILED;
}

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static char *
get_password (const char *name, gboolean from_stdin, gboolean generate, GError **error)
{
  g_autofree char *prompt = NULL;
  char *password = NULL;

  if (from_stdin)
    return iw_ask_read_line (error);
  if (!generate || iw_ask_has_terminal ())
    {
      /* Translators: %s is an account's name. */
      prompt = g_strdup_printf (_ ("A password for “%s” (none: one is made):"), name);
      password = iw_ask_password (prompt, error);
      if (password == NULL || *password != '\0')
        return password;
    }
  wipe (password);
  password = iw_password_generate ();
  /* Translators: the first %s is an account's name, the second its password. */
  printf (_ ("Password of “%s”, shown this once: %s\n"), name, password);
  return password;
}

char *
iw_command_password (const char *name, gboolean from_stdin, gboolean generate)
{
  g_autoptr (GError) error = NULL;
  char *password = get_password (name, from_stdin, generate, &error);
  char *hash = password != NULL ? iw_password_hash (password, &error) : NULL;

  if (hash == NULL)
    iw_command_complain (g_steal_pointer (&error));
  else if (strlen (password) < SHORT_PASSWORD)
    fprintf (stderr, "%s: %s\n", g_get_prgname (),
             _ ("This password is short; twelve characters are better."));
  wipe (password);
  return hash;
}
