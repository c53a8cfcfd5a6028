/* createdb, fingerprint, backup, check: the data folder as a whole, also while the server runs. */
#include "config.h"

#include "iw-command.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-certificate.h"
#include "iw-database.h"
#include "iw-server-config.h"
#include "iw-setup.h"

IwCommandExit
iw_command_createdb (const char *dir, int argc, char **argv)
{
  g_auto (GStrv) members = NULL;
  g_auto (GStrv) roles = NULL;
  const GOptionEntry entries[] = {
    { "member", 0, 0, G_OPTION_ARG_STRING_ARRAY, &members,
      N_ ("An account that may use it; may be repeated"), N_ ("NAME") },
    { "member-role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &roles,
      N_ ("A role whose accounts may use it; may be repeated"), N_ ("ROLE") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;

  if (!iw_command_parse (&argc, &argv, entries, "NAME",
                         _ ("Makes a database: a compartment that its members alone can see."), 1,
                         1))
    return IW_COMMAND_USAGE;
  if (!iw_database_is_name (argv[1]) || *argv[1] == '_')
    {
      fprintf (stderr, "%s: %s\n", g_get_prgname (),
               _ ("A database's name begins with a lower-case letter; then come a–z, 0–9 and _ $ ( "
                  ") + / -."));
      return IW_COMMAND_USAGE;
    }
  if (iw_setup_check_folder (dir, &error) &&
      iw_setup_create_database (dir, argv[1], (const char *const *)members,
                                (const char *const *)roles, &error))
    return IW_COMMAND_OK;
  return iw_command_complain (g_steal_pointer (&error));
}

IwCommandExit
iw_command_fingerprint (const char *dir, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (IwServerConfig) config = NULL;
  g_autofree char *fingerprint = NULL;
  g_autoptr (GError) error = NULL;

  if (!iw_command_parse (&argc, &argv, entries, "",
                         _ ("Prints the SHA-256 of the certificate, to compare with what the app "
                            "shows."),
                         0, 0))
    return IW_COMMAND_USAGE;
  if (iw_setup_check_folder (dir, &error))
    config = iw_server_config_load (dir, &error);
  if (config != NULL)
    fingerprint = iw_certificate_fingerprint (config->certificate, &error);
  if (fingerprint == NULL)
    return iw_command_complain (g_steal_pointer (&error));
  printf ("%s\n", fingerprint);
  return IW_COMMAND_OK;
}

IwCommandExit
iw_command_backup (const char *dir, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (GError) error = NULL;

  if (!iw_command_parse (&argc, &argv, entries, "FOLDER",
                         _ ("Copies everything into a new folder, which can be served as it is. It "
                            "holds the keys."),
                         1, 1))
    return IW_COMMAND_USAGE;
  return iw_setup_backup (dir, argv[1], &error) ? IW_COMMAND_OK
                                                : iw_command_complain (g_steal_pointer (&error));
}

IwCommandExit
iw_command_check (const char *dir, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!iw_command_parse (&argc, &argv, entries, "",
                         _ ("Checks all databases, and the hash of every file."), 0, 0))
    return IW_COMMAND_USAGE;
  if (!iw_setup_check (dir, problems, &error))
    return iw_command_complain (g_steal_pointer (&error));
  for (guint i = 0; i < problems->len; i++)
    printf ("%s\n", (char *)problems->pdata[i]);
  if (problems->len > 0)
    return IW_COMMAND_FAILED;
  printf ("%s\n", _ ("All is well."));
  return IW_COMMAND_OK;
}
