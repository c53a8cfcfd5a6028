/* init: from nothing to a server that a team can use. */
#include "config.h"

#include "iw-command.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-certificate.h"
#include "iw-server-config.h"
#include "iw-setup.h"

static gboolean
add_admin (IwStore *users, gpointer data, GError **error)
{
  return iw_user_store (users, data, NULL, NULL, error);
}

static gboolean
print_what_is_next (const char *dir, const char *admin, GError **error)
{
  g_autofree char *path = g_build_filename (dir, IW_SERVER_CERTIFICATE, NULL);
  g_autofree char *fingerprint = iw_certificate_fingerprint (path, error);

  if (fingerprint == NULL)
    return FALSE;
  printf (_ ("Data folder: %s\n"), dir);
  printf (_ ("Admin: %s\n"), admin);
  printf (_ ("SHA-256 of the certificate, to compare with what the app shows:\n%s\n"), fingerprint);
  printf ("%s\n", _ ("Make accounts with “incident-workbench-server adduser NAME”, start it with "
                     "“incident-workbench-server”."));
  /* Translators: %1$d is a port, %2$s a host's name. */
  printf (
      _ ("Apps on this computer sign in at https://localhost:%1$d/, others at https://%2$s:%1$d/ "
         "or another name or address of this computer.\n"),
      IW_SERVER_PORT, g_get_host_name ());
  return TRUE;
}

IwCommandExit
iw_command_init (const char *dir, int argc, char **argv)
{
  gboolean from_stdin = FALSE;
  g_autofree char *given = NULL;
  const GOptionEntry entries[] = { { "admin", 0, 0, G_OPTION_ARG_STRING, &given,
                                     N_ ("The admin's name instead of “admin”"), N_ ("NAME") },
                                   { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin,
                                     N_ ("Read the password from the standard input"), NULL },
                                   G_OPTION_ENTRY_NULL };
  static const char *const roles[] = { "admin", NULL };
  const char *name;
  g_autoptr (IwUser) user = NULL;
  g_autoptr (GError) error = NULL;

  if (!iw_command_parse (&argc, &argv, entries, "",
                         _ ("Makes the data folder, a certificate and an admin."), 0, 0))
    return IW_COMMAND_USAGE;
  name = given != NULL ? given : "admin";
  if (!iw_user_is_name (name))
    {
      fprintf (stderr, "%s: %s\n", g_get_prgname (), _ ("This name cannot be an account's."));
      return IW_COMMAND_USAGE;
    }
  if (iw_setup_check_folder (dir, NULL))
    {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("There is a server in “%s” already."),
                   dir);
      return iw_command_complain (g_steal_pointer (&error));
    }
  user = iw_user_new (name, roles);
  user->password_hash = iw_command_password (name, from_stdin, TRUE);
  if (user->password_hash == NULL)
    return IW_COMMAND_FAILED;
  if (!iw_setup_init (dir, &error) || !iw_setup_change_users (dir, add_admin, user, &error) ||
      !print_what_is_next (dir, name, &error))
    return iw_command_complain (g_steal_pointer (&error));
  return IW_COMMAND_OK;
}
