/* iw-cli.c: arguments, the workspace and interruption, for all commands. */
#include "config.h"

#include "iw-cli.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "iw-cli-output.h"

void
iw_cli_add_global_options (IwCli *cli, GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, &cli->workspace,
      N_ ("Work on the workspace in DIR"), N_ ("DIR") },
    { "author", 0, 0, G_OPTION_ARG_STRING, &cli->author,
      N_ ("Who writes, instead of the account’s name"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print one JSON document"), NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);
}

const char *
iw_cli_workspace (IwCli *cli)
{
  if (cli->workspace == NULL)
    cli->workspace = iw_store_default_dir ();
  return cli->workspace;
}

const char *
iw_cli_author (IwCli *cli)
{
  if (cli->author == NULL)
    {
      const char *name = g_get_real_name ();

      cli->author = g_strdup (g_str_equal (name, "Unknown") ? g_get_user_name () : name);
    }
  return cli->author;
}

static gboolean
words_are_utf8 (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (!g_utf8_validate (argv[i], -1, NULL))
      {
        iw_cli_complain (_ ("“%s” is not UTF-8."), argv[i]);
        return FALSE;
      }
  return TRUE;
}

gboolean
iw_cli_parse (IwCli *cli,
              const GOptionEntry *options,
              const GOptionEntry *more,
              const char *arguments,
              const char *summary,
              int *argc,
              char ***argv,
              int min,
              int max)
{
  g_autofree char *usage = g_strjoin (" ", (*argv)[0], arguments, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  GOptionGroup *group = g_option_group_new ("command", "", "", NULL, NULL);
  g_autoptr (GError) error = NULL;
  int words;

  if (options != NULL)
    g_option_group_add_entries (group, options);
  if (more != NULL)
    g_option_group_add_entries (group, more);
  iw_cli_add_global_options (cli, group);
  g_option_context_set_main_group (context, group);
  g_option_context_set_summary (context, summary);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      iw_cli_complain ("%s", error->message);
      return FALSE;
    }
  /* "--" ends the options and is no word. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      for (int i = 1; i < *argc; i++)
        (*argv)[i] = (*argv)[i + 1];
      (*argc)--;
    }
  words = *argc - 1;
  if (words < min || (max >= 0 && words > max))
    {
      iw_cli_complain (_ ("Usage: %s %s %s"), g_get_prgname (), (*argv)[0], arguments);
      return FALSE;
    }
  return words_are_utf8 (*argc, *argv);
}

GTimeZone *
iw_cli_zone (const char *name)
{
  GTimeZone *zone = name == NULL ? g_time_zone_new_local () : g_time_zone_new_identifier (name);

  if (zone == NULL)
    iw_cli_complain (
        _ ("There is no time zone “%s”. Give a name such as Europe/Berlin, UTC or +01:00."), name);
  return zone;
}

/* ---- the workspace ---- */

gboolean
iw_cli_workspace_exists (IwCli *cli)
{
  g_autofree char *database = g_build_filename (iw_cli_workspace (cli), "workspace.sqlite", NULL);

  return g_file_test (database, G_FILE_TEST_EXISTS);
}

/* Evidence may lie on a medium that cannot be written, and an auditor may have no right to. */
static gboolean
may_write (const char *dir)
{
  g_autofree char *database = g_build_filename (dir, "workspace.sqlite", NULL);

  return access (dir, W_OK) == 0 && access (database, W_OK) == 0;
}

IwStore *
iw_cli_open (IwCli *cli, IwCliAccess purpose, IwExit *code)
{
  const char *dir = iw_cli_workspace (cli);
  gboolean frozen = purpose == IW_CLI_READ && !may_write (dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = NULL;

  if (purpose != IW_CLI_MAKE && !iw_cli_workspace_exists (cli))
    {
      iw_cli_complain (
          _ ("There is no workspace in “%s”. Give its folder with --workspace, or make "
             "an incident with “new”."),
          dir);
      *code = IW_EXIT_NOT_FOUND;
      return NULL;
    }
  store =
      iw_store_open (dir, frozen ? IW_STORE_OPEN_READ_ONLY : IW_STORE_OPEN_DEFAULT, NULL, &error);
  if (store == NULL)
    {
      *code = iw_cli_fail (error);
      return NULL;
    }
  if (iw_store_get_read_only (store) && !frozen)
    iw_cli_complain ("%s", iw_store_get_read_only_reason (store));
  iw_store_set_author (store, iw_cli_author (cli));
  return g_steal_pointer (&store);
}

/* All incidents with exactly this title. (element-type IwIncidentRow) */
static GPtrArray *
find_by_title (IwStore *store, const char *title, GError **error)
{
  IwIncidentsFilter filter = { .text = title, .stage = -1, .severity = -1, .classification = -1 };
  g_autoptr (GPtrArray) rows =
      iw_query_incidents (store, &filter, IW_INCIDENTS_BY_TITLE, FALSE, 0, G_MAXUINT, error);

  for (guint i = rows == NULL ? 0 : rows->len; i > 0; i--)
    if (!g_str_equal (((IwIncidentRow *)rows->pdata[i - 1])->title, title))
      g_ptr_array_remove_index (rows, i - 1);
  return g_steal_pointer (&rows);
}

IwIncidentRow *
iw_cli_find_incident (IwStore *store, const char *name, IwExit *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = find_by_title (store, name, &error);
  IwIncidentRow *row = NULL;

  if (rows != NULL && rows->len == 1)
    return iw_incident_row_copy (rows->pdata[0]);
  if (rows != NULL && rows->len > 1)
    {
      iw_cli_complain (_ ("More than one incident is called “%s”; give the beginning of its id."),
                       name);
      *code = IW_EXIT_NOT_FOUND;
      return NULL;
    }
  if (rows != NULL)
    row = iw_query_incident (store, name, &error);
  if (row == NULL && g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
    {
      iw_cli_complain (_ ("There is no single incident “%s”: give its id, the unique beginning of "
                          "it, or its exact title."),
                       name);
      *code = IW_EXIT_NOT_FOUND;
    }
  else if (row == NULL)
    *code = iw_cli_fail (error);
  return row;
}

/* ---- Ctrl+C ---- */

static gpointer
wait_for_interrupt (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t set;
  int signal_number;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigwait (&set, &signal_number);
  g_cancellable_cancel (cancellable);
  sigwait (&set, &signal_number);
  _exit (128 + signal_number);
}

void
iw_cli_catch_interrupt (IwCli *cli)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  g_thread_unref (g_thread_new ("interrupt", wait_for_interrupt, cli->cancellable));
}
