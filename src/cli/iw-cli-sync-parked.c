/* iw-cli-sync-parked.c: what the server refused, or sent and could not be stored. */
#include "config.h"

#include "iw-cli-sync.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-output.h"
#include "iw-peer.h"
#include "iw-write-rules.h"

static JsonObject *
to_json (const IwParked *parked)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "_id", parked->docid);
  json_object_set_string_member (object, "_rev", parked->rev);
  json_object_set_string_member (object, "compartment", parked->compartment);
  json_object_set_string_member (object, "direction", parked->incoming ? "in" : "out");
  json_object_set_string_member (object, "error", parked->error);
  json_object_set_string_member (object, "reason", parked->reason);
  iw_cli_json_time (object, "at", parked->at);
  return object;
}

static void
print_one (IwStore *store, const IwParked *parked)
{
  g_autoptr (JsonObject) body = iw_store_get_rev (store, parked->docid, parked->rev, NULL, NULL);
  g_autofree char *title = iw_cli_sync_title (parked->docid, body);
  g_autofree char *words = iw_write_rules_translate (parked->reason);
  g_autofree char *line = iw_cli_one_line (words);
  g_autofree char *docid = iw_cli_clean (parked->docid);

  /* Translators: shown in a list: a document that was not sent, or not received. */
  printf ("%s  %s  %s  %s\n", docid, parked->incoming ? _ ("not received") : _ ("not sent"),
          *title != '\0' ? title : "-", line);
}

static IwExit
list (IwCli *cli, IwStore *store, GPtrArray *parked)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < parked->len; i++)
    if (cli->json)
      json_array_add_object_element (array, to_json (parked->pdata[i]));
    else
      print_one (store, parked->pdata[i]);
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
  return IW_EXIT_OK;
}

static const IwParked *
find (GPtrArray *parked, const char *docid)
{
  for (guint i = 0; i < parked->len; i++)
    if (strcmp (((IwParked *)parked->pdata[i])->docid, docid) == 0)
      return parked->pdata[i];
  iw_cli_complain (_ ("“%s” is not parked."), docid);
  return NULL;
}

/* The document as it is here; of one that was not received only what is said of it. */
static IwExit
show (IwStore *store, const IwParked *parked, gboolean body_alone)
{
  g_autoptr (JsonObject) object = to_json (parked);
  g_autoptr (JsonObject) body = iw_store_get_rev (store, parked->docid, parked->rev, NULL, NULL);

  if (body_alone && body == NULL)
    {
      iw_cli_complain (_ ("“%s” is not here."), parked->docid);
      return IW_EXIT_NOT_FOUND;
    }
  if (body_alone)
    {
      iw_cli_print_json (iw_cli_json_document (parked->docid, body));
      return IW_EXIT_OK;
    }
  if (body != NULL)
    json_object_set_member (object, "document", iw_cli_json_document (parked->docid, body));
  iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
  return IW_EXIT_OK;
}

static IwExit
dismiss (IwStore *store, const IwParked *parked)
{
  g_autoptr (GError) error = NULL;

  if (!iw_peer_unpark (store, parked->compartment, parked->docid, parked->incoming, &error))
    return iw_cli_fail (error);
  return IW_EXIT_OK;
}

static IwExit
act (IwCli *cli, const char *action, const char *docid)
{
  gboolean writes = strcmp (action, "dismiss") == 0;
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GPtrArray) parked = NULL;
  g_autoptr (GError) error = NULL;
  const IwParked *one;
  IwExit code;

  store = iw_cli_open (cli, writes ? IW_CLI_WRITE : IW_CLI_READ, &code);
  if (store == NULL)
    return code;
  parked = iw_peer_list_parked (store, &error);
  if (parked == NULL)
    return iw_cli_fail (error);
  if (strcmp (action, "list") == 0)
    return list (cli, store, parked);
  one = find (parked, docid);
  if (one == NULL)
    return IW_EXIT_NOT_FOUND;
  return writes ? dismiss (store, one) : show (store, one, strcmp (action, "export") == 0);
}

IwExit
iw_cli_sync_parked (IwCli *cli, int argc, char **argv)
{
  static const char *const actions[] = { "list", "show", "export", "dismiss", "retry", NULL };
  gboolean password_stdin = FALSE;
  const GOptionEntry entries[] = { { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &password_stdin,
                                     N_ ("Read the password from standard input"), NULL },
                                   G_OPTION_ENTRY_NULL };
  const char *action;

  if (!iw_cli_parse (
          cli, entries, NULL, _ ("[list | show ID | export ID | dismiss ID | retry [ID…]]"),
          _ ("Documents that the server refused, and those it sent that could not be stored. "
             "“export” "
             "prints the document, “dismiss” takes it off the list, “retry” sends it again."),
          &argc, &argv, 0, -1))
    return IW_EXIT_USAGE;
  action = argc > 1 ? argv[1] : "list";
  if (strcmp (action, "retry") == 0)
    {
      g_autofree const char **docids = g_new0 (const char *, argc);

      for (int i = 2; i < argc; i++)
        docids[i - 2] = argv[i];
      return iw_cli_sync_run (cli, FALSE, password_stdin, docids);
    }
  if (g_strv_contains (actions, action) &&
      argc == (strcmp (action, "list") == 0 ? MIN (argc, 2) : 3))
    return act (cli, action, argc > 2 ? argv[2] : NULL);
  iw_cli_complain (_ ("Usage: %s %s %s"), g_get_prgname (), "sync parked",
                   _ ("[list | show ID | export ID | dismiss ID | retry [ID…]]"));
  return IW_EXIT_USAGE;
}
