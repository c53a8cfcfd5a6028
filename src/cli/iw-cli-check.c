/* iw-cli-check.c: is the workspace sound, and what to do if not. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-recovery.h"

static void
print_result (IwCli *cli, GPtrArray *problems)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array;

  if (!cli->json)
    {
      for (guint i = 0; i < problems->len; i++)
        {
          g_autofree char *line = iw_cli_clean (problems->pdata[i]);

          printf ("%s\n", line);
        }
      if (problems->len == 0)
        printf ("%s\n", _ ("No problems were found."));
      return;
    }
  array = json_array_new ();
  for (guint i = 0; i < problems->len; i++)
    json_array_add_string_element (array, problems->pdata[i]);
  json_object_set_boolean_member (object, "ok", problems->len == 0);
  json_object_set_array_member (object, "problems", array);
  iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
}

static void
print_recovery (IwCli *cli, const IwRecoveryReport *result)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!cli->json)
    {
      printf (_ ("Documents saved: %u, rows that could not be read: %u. The damaged database is "
                 "kept as %s.\n"),
              result->documents, result->lost, result->kept_as);
      return;
    }
  json_object_set_int_member (object, "documents", result->documents);
  json_object_set_int_member (object, "lost", result->lost);
  json_object_set_string_member (object, "kept_as", result->kept_as);
  iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
}

/* Whether nothing is wrong: a recovery would only lose the undo journal. */
static gboolean
is_sound (IwCli *cli)
{
  g_autoptr (IwStore) store =
      iw_store_open (iw_cli_workspace (cli), IW_STORE_OPEN_DEFAULT, NULL, NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  return store != NULL && iw_store_check (store, TRUE, problems, cli->cancellable, NULL) &&
         problems->len == 0;
}

static IwExit
recover (IwCli *cli)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  IwRecoveryReport result = { 0 };

  if (iw_cli_workspace_exists (cli) && is_sound (cli))
    {
      print_result (cli, none);
      return IW_EXIT_OK;
    }
  if (!iw_recovery_run (iw_cli_workspace (cli), NULL, &result, &error))
    return iw_cli_fail (error);
  print_recovery (cli, &result);
  iw_recovery_report_clear (&result);
  return IW_EXIT_OK;
}

static IwExit
check (IwCli *cli, gboolean quick, gboolean clean)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  IwExit code;

  store = iw_cli_open (cli, clean ? IW_CLI_WRITE : IW_CLI_READ, &code);
  if (store == NULL)
    return code;
  iw_cli_catch_interrupt (cli);
  if (!iw_store_check (store, !quick, problems, cli->cancellable, &error))
    return iw_cli_fail (error);
  /* What a damaged document refers to is not known. */
  if (clean && problems->len > 0)
    iw_cli_complain ("%s",
                     _ ("Nothing was deleted, because there are problems: solve them first."));
  else if (clean && !iw_store_collect_garbage (store, &error))
    return iw_cli_fail (error);
  print_result (cli, problems);
  return problems->len == 0 ? IW_EXIT_OK : IW_EXIT_DAMAGED;
}

IwExit
iw_cli_check (IwCli *cli, int argc, char **argv)
{
  gboolean quick = FALSE, recovery = FALSE, clean = FALSE;
  const GOptionEntry entries[] = {
    { "quick", 'q', 0, G_OPTION_ARG_NONE, &quick, N_ ("Leave out the hash of each evidence file"),
      NULL },
    { "clean", 0, 0, G_OPTION_ARG_NONE, &clean, N_ ("Delete files that nothing refers to any more"),
      NULL },
    { "recover", 0, 0, G_OPTION_ARG_NONE, &recovery,
      N_ ("Save what can be read of a damaged database into a new one; the damaged one is kept"),
      NULL },
    G_OPTION_ENTRY_NULL
  };

  if (!iw_cli_parse (cli, entries, NULL, "", _ ("Checks the database and every evidence file."),
                     &argc, &argv, 0, 0))
    return IW_EXIT_USAGE;
  return recovery ? recover (cli) : check (cli, quick, clean);
}
