/* iw-cli-undo.c: undo and redo; the journal is the one that the app uses. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"

typedef char *(*LabelFunc) (IwStore *store, guint *n_objects);
typedef gboolean (*ActFunc) (IwStore *store, char ***changed, GError **error);

static char *
translated_label (IwStore *store, LabelFunc get_label)
{
  guint n = 1;
  g_autofree char *label = get_label (store, &n);
  g_autofree char *number = g_strdup_printf ("%u", n);
  GString *text;

  if (label == NULL)
    return NULL;
  text = g_string_new (_ (label));
  g_string_replace (text, "%u", number, 1);
  return g_string_free (text, FALSE);
}

static void
print_result (IwCli *cli, const char *said, const char *label, char **changed)
{
  g_autofree char *clean = iw_cli_clean (label);

  if (cli->json)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      JsonArray *array = json_array_new ();

      for (char **id = changed; id != NULL && *id != NULL; id++)
        json_array_add_string_element (array, *id);
      json_object_set_string_member (object, "label", label);
      json_object_set_array_member (object, "changed", array);
      iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
    }
  else
    printf ("%s: %s\n", said, clean);
}

static IwExit
act (IwCli *cli, LabelFunc get_label, ActFunc run, const char *said, const char *nothing)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  g_auto (GStrv) changed = NULL;
  IwExit code;

  store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  if (store == NULL)
    return code;
  label = translated_label (store, get_label);
  if (label == NULL)
    {
      iw_cli_complain ("%s", nothing);
      return IW_EXIT_FAILED;
    }
  if (!run (store, &changed, &error))
    return iw_cli_fail (error);
  print_result (cli, said, label, changed);
  return IW_EXIT_OK;
}

IwExit
iw_cli_undo (IwCli *cli, int argc, char **argv)
{
  if (!iw_cli_parse (cli, NULL, NULL, "",
                     _ ("Undoes the last action, also one of the app or of an earlier day."), &argc,
                     &argv, 0, 0))
    return IW_EXIT_USAGE;
  return act (cli, iw_store_get_undo_label, iw_store_undo, _ ("Undone"),
              _ ("There is nothing to undo."));
}

IwExit
iw_cli_redo (IwCli *cli, int argc, char **argv)
{
  if (!iw_cli_parse (cli, NULL, NULL, "", _ ("Does again what was undone last."), &argc, &argv, 0,
                     0))
    return IW_EXIT_USAGE;
  return act (cli, iw_store_get_redo_label, iw_store_redo, _ ("Done again"),
              _ ("There is nothing to redo."));
}
