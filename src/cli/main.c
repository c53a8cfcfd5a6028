/* main.c: incident-workbench-cli: picks the command. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"

static const struct
{
  const char *name;
  const char *summary;
  IwCommandFunc run;
} commands[] = {
  { "new", N_ ("Make an incident"), iw_cli_new },
  { "list", N_ ("List incidents"), iw_cli_list },
  { "show", N_ ("Show an incident and its timeline"), iw_cli_show },
  { "add", N_ ("Add an entry to a timeline"), iw_cli_add },
  { "import", N_ ("Import timeline files"), iw_cli_import },
  { "alert", N_ ("Make or update an incident from an alert"), iw_cli_alert },
  { "export", N_ ("Export a timeline"), iw_cli_export },
  { "state", N_ ("Say where an incident stands, to hand over"), iw_cli_state },
  { "detect", N_ ("Record how an incident was detected"), iw_cli_decide },
  { "assess", N_ ("Record an assessment"), iw_cli_decide },
  { "stage", N_ ("Change the stage"), iw_cli_decide },
  { "contain", N_ ("Start or end containment"), iw_cli_decide },
  { "classify", N_ ("Classify an incident"), iw_cli_decide },
  { "declare", N_ ("Declare a customer-reportable incident"), iw_cli_decide },
  { "impact", N_ ("Record impact; sets severity and priority"), iw_cli_decide },
  { "severity", N_ ("Set the severity"), iw_cli_decide },
  { "priority", N_ ("Set the priority"), iw_cli_decide },
  { "role", N_ ("Give a role to somebody"), iw_cli_decide },
  { "activity", N_ ("Assign an activity of the response board"), iw_cli_decide },
  { "escalate", N_ ("Escalate to a team, role or person"), iw_cli_decide },
  { "acknowledge", N_ ("Acknowledge an escalation"), iw_cli_decide },
  { "liaison", N_ ("Record work with an outside body"), iw_cli_decide },
  { "clock", N_ ("Start, end and list clocks"), iw_cli_decide },
  { "notice", N_ ("Write notices and bring them forward"), iw_cli_decide },
  { "scope", N_ ("Say what is affected"), iw_cli_decide },
  { "evidence", N_ ("Keep evidence and its custody"), iw_cli_decide },
  { "task", N_ ("Plan the recovery"), iw_cli_decide },
  { "indicator", N_ ("List indicators, and record sweeps"), iw_cli_decide },
  { "asset", N_ ("List affected assets"), iw_cli_decide },
  { "team", N_ ("Teams of the directory"), iw_cli_decide },
  { "person", N_ ("People of the directory"), iw_cli_decide },
  { "withdraw", N_ ("Withdraw a decision"), iw_cli_decide },
  { "search", N_ ("Search entries and events"), iw_cli_search },
  { "check", N_ ("Check the workspace, or recover a damaged one"), iw_cli_check },
  { "undo", N_ ("Undo the last action"), iw_cli_undo },
  { "redo", N_ ("Redo what was undone last"), iw_cli_redo },
  { "erase", N_ ("Erase documents for good, on every copy"), iw_cli_erase },
  { "sync", N_ ("Sync with a server"), iw_cli_sync },
  { "server", N_ ("Prepare a server"), iw_cli_server },
  { "bundle", N_ ("Incidents as a file for another workspace"), iw_cli_bundle },
  { "sample", N_ ("Make the sample workspace in a folder"), iw_cli_sample },
};

/* Data is UTF-8 whatever the locale says, so a locale without it is only good for the language. */
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

static char *
describe_commands (void)
{
  GString *text = g_string_new (_ ("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-12s %s", commands[i].name, _ (commands[i].summary));
  g_string_append_printf (text, "\n\n%s",
                          _ ("INCIDENT is an id, the unique beginning of one, or an exact title.\n"
                             "“COMMAND --help” tells more of a command."));
  return g_string_free (text, FALSE);
}

static gboolean
parse_global (IwCli *cli, int *argc, char ***argv, gboolean *version, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("COMMAND [ARGUMENTS]"));
  g_autofree char *description = describe_commands ();
  const GOptionEntry entries[] = { { "version", 0, 0, G_OPTION_ARG_NONE, version,
                                     N_ ("Print the version"), NULL },
                                   G_OPTION_ENTRY_NULL };
  GOptionGroup *group = g_option_group_new ("global", "", "", NULL, NULL);

  iw_cli_add_global_options (cli, group);
  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (
      context, _ ("Incident Workbench on the command line. It may run while the app is open."));
  g_option_context_set_description (context, description);
  return g_option_context_parse (context, argc, argv, error);
}

static IwExit
run (IwCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean version = FALSE;

  if (!parse_global (cli, &argc, &argv, &version, &error))
    {
      iw_cli_complain ("%s", error->message);
      return IW_EXIT_USAGE;
    }
  if (version)
    {
      printf ("incident-workbench-cli %s\n", PACKAGE_VERSION);
      return IW_EXIT_OK;
    }
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].run (cli, argc - 1, argv + 1);
  if (argc > 1)
    iw_cli_complain (_ ("There is no command “%s”; see --help."), argv[1]);
  else
    iw_cli_complain ("%s", _ ("Say what to do: COMMAND is missing; see --help."));
  return IW_EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  IwCli cli = { 0 };
  IwExit code;

  signal (SIGPIPE, SIG_IGN);
  set_up_locale ();
  g_set_prgname ("incident-workbench-cli");
  cli.cancellable = g_cancellable_new ();
  code = iw_cli_finish_output (run (&cli, argc, argv));
  g_object_unref (cli.cancellable);
  g_free (cli.workspace);
  g_free (cli.author);
  return code;
}
