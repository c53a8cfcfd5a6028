/* main.c: incident-workbench-server: picks the command. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <grp.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iw-command.h"
#include "iw-server-config.h"

static const struct
{
  const char *name;
  const char *summary;
  IwCommandFunc run;
} commands[] = {
  { "serve", N_ ("Serve until told to stop (what is done without a command)"), iw_command_serve },
  { "init", N_ ("Make the data folder, a certificate and an admin"), iw_command_init },
  { "adduser", N_ ("Make an account"), iw_command_adduser },
  { "passwd", N_ ("Give an account a new password"), iw_command_passwd },
  { "deluser", N_ ("Delete an account"), iw_command_deluser },
  { "roles", N_ ("Print or set the roles of an account"), iw_command_roles },
  { "token", N_ ("Make, list or revoke an account's tokens"), iw_command_token },
  { "createdb", N_ ("Make a database for some members alone"), iw_command_createdb },
  { "fingerprint", N_ ("Print the SHA-256 of the certificate"), iw_command_fingerprint },
  { "backup", N_ ("Copy everything into a new folder"), iw_command_backup },
  { "check", N_ ("Check all databases"), iw_command_check },
};

static void
set_up_locale (void)
{
  setlocale (LC_ALL, "");
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static void
print_help (void)
{
  /* Translators: %s is the program's name. */
  printf (_ ("Usage: %s [--data FOLDER] [COMMAND] [OPTIONS]\n\n"), g_get_prgname ());
  printf ("%s\n\n",
          _ ("A server for a team's Incident Workbench. First “init”, then without a command."));
  printf ("%s\n", _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    printf ("  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  printf ("\n%s\n", _ ("“COMMAND --help” tells more of a command. Options:"));
  printf ("  --data FOLDER  %s\n", _ ("The data folder, instead of the usual one"));
  printf ("  --version      %s\n", _ ("Print the version"));
}

/* Takes "--data FOLDER" or "--data=FOLDER" off the front. NULL: the usual one. */
static char *
take_data_folder (int *argc, char ***argv)
{
  char *first = *argc > 1 ? (*argv)[1] : NULL;
  guint n = 0;
  char *dir = NULL;

  if (first != NULL && g_str_has_prefix (first, "--data="))
    {
      dir = g_strdup (first + strlen ("--data="));
      n = 1;
    }
  else if (g_strcmp0 (first, "--data") == 0 && *argc > 2)
    {
      dir = g_strdup ((*argv)[2]);
      n = 2;
    }
  (*argv)[n] = (*argv)[0];
  *argv += n;
  *argc -= n;
  return dir;
}

/* What root writes into the folder of a server that runs as somebody else, that could not change
 * any more. */
static gboolean
become_owner (const char *dir)
{
  struct stat info;

  if (geteuid () != 0 || stat (dir, &info) != 0 || info.st_uid == 0)
    return TRUE;
  if (setgroups (0, NULL) == 0 && setgid (info.st_gid) == 0 && setuid (info.st_uid) == 0)
    return TRUE;
  fprintf (stderr, "%s: %s\n", g_get_prgname (), g_strerror (errno));
  return FALSE;
}

static IwCommandExit
run (const char *dir, int argc, char **argv)
{
  char *serve[] = { (char *)"serve", NULL };

  if (argc < 2)
    return iw_command_serve (dir, 1, serve);
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help ();
      return IW_COMMAND_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("incident-workbench-server %s\n", PACKAGE_VERSION);
      return IW_COMMAND_OK;
    }
  if (*argv[1] == '-')
    return iw_command_serve (dir, argc, argv);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].run (dir, argc - 1, argv + 1);
  /* Translators: the first %s is the program's name. */
  fprintf (stderr, _ ("%s: there is no command “%s”; see --help.\n"), g_get_prgname (), argv[1]);
  return IW_COMMAND_USAGE;
}

int
main (int argc, char **argv)
{
  g_autofree char *given = NULL;
  g_autofree char *dir = NULL;

  signal (SIGPIPE, SIG_IGN);
  /* What is written here concerns nobody else on this machine, and no core file shall hold a
   * password. */
  umask (0077);
  setrlimit (RLIMIT_CORE, &(struct rlimit){ 0, 0 });
  set_up_locale ();
  g_set_prgname ("incident-workbench-server");
  given = take_data_folder (&argc, &argv);
  dir = given != NULL ? g_canonicalize_filename (given, NULL) : iw_server_default_dir ();
  /* A backup goes where root may write. */
  if ((argc < 2 || !g_str_equal (argv[1], "backup")) && !become_owner (dir))
    return IW_COMMAND_FAILED;
  return run (dir, argc, argv);
}
