/* iw-cli-sync-conflicts.c: edits that contradict each other, and the word on them. */
#include "config.h"

#include "iw-cli-sync.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-output.h"
#include "iw-conflicts.h"

static void
print_one (IwStore *store, const char *docid)
{
  g_autoptr (IwConflict) conflict = iw_conflict_read (store, docid, NULL);
  JsonObject *body = conflict != NULL ? iw_conflict_get_winner_body (conflict) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *clean = iw_cli_clean (docid);

  if (body == NULL && conflict != NULL)
    body = iw_conflict_get_other_body (conflict);
  title = iw_cli_sync_title (docid, body);
  printf ("%s  %s\n", clean, title);
}

static IwExit
list (IwCli *cli, IwStore *store)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) docids = iw_conflicts_list (store, &error);
  JsonArray *array;

  if (docids == NULL)
    return iw_cli_fail (error);
  array = json_array_new ();
  for (guint i = 0; docids[i] != NULL; i++)
    if (cli->json)
      json_array_add_string_element (array, docids[i]);
    else
      print_one (store, docids[i]);
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
  return IW_EXIT_OK;
}

static void
set_body (JsonObject *object, const char *name, JsonObject *body)
{
  if (body != NULL)
    json_object_set_object_member (object, name, json_object_ref (body));
}

static IwExit
show (IwConflict *conflict)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *const *open = iw_conflict_get_open (conflict);
  JsonArray *fields = json_array_new ();

  json_object_set_string_member (object, "_id", iw_conflict_get_docid (conflict));
  json_object_set_string_member (object, "winner_rev", iw_conflict_get_winner (conflict));
  json_object_set_string_member (object, "other_rev", iw_conflict_get_other (conflict));
  set_body (object, "winner", iw_conflict_get_winner_body (conflict));
  set_body (object, "other", iw_conflict_get_other_body (conflict));
  set_body (object, "base", iw_conflict_get_base_body (conflict));
  set_body (object, "merged", iw_conflict_get_merged (conflict));
  for (guint i = 0; open[i] != NULL; i++)
    json_array_add_string_element (fields, open[i]);
  json_object_set_array_member (object, "open", fields);
  iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
  return IW_EXIT_OK;
}

/* A document of a file, without what is said of it rather than in it. */
static JsonObject *
read_body (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *body;

  if (!json_parser_load_from_file (parser, path, &error))
    {
      iw_cli_complain ("%s", error->message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      iw_cli_complain (_ ("“%s” holds no document."), path);
      return NULL;
    }
  body = json_object_ref (json_node_get_object (json_parser_get_root (parser)));
  json_object_remove_member (body, "_id");
  json_object_remove_member (body, "_rev");
  return body;
}

/* What the user wants it to be. FALSE, and the reason said, where that is nothing. */
static gboolean
choose (IwConflict *conflict, const char *take, const char *file, JsonObject **body)
{
  JsonObject *found = NULL;

  if (file != NULL)
    return (*body = read_body (file)) != NULL;
  if (g_strcmp0 (take, "delete") == 0)
    {
      *body = NULL;
      return TRUE;
    }
  if (g_strcmp0 (take, "winner") == 0)
    found = iw_conflict_get_winner_body (conflict);
  else if (g_strcmp0 (take, "other") == 0)
    found = iw_conflict_get_other_body (conflict);
  else if (g_strcmp0 (take, "merged") == 0)
    found = iw_conflict_get_merged (conflict);
  if (found == NULL)
    {
      iw_cli_complain (
          "%s",
          _ ("Say with --take what it shall be: winner, other, merged or delete, or give it with "
             "--file."));
      return FALSE;
    }
  *body = json_object_ref (found);
  return TRUE;
}

static IwExit
resolve (IwStore *store, IwConflict *conflict, const char *take, const char *file)
{
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;

  if (!choose (conflict, take, file, &body))
    return IW_EXIT_USAGE;
  if (!iw_conflict_resolve (store, conflict, body, &error))
    return iw_cli_fail (error);
  return IW_EXIT_OK;
}

static IwExit
act (IwCli *cli, const char *action, const char *docid, const char *take, const char *file)
{
  gboolean writes = strcmp (action, "resolve") == 0;
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwConflict) conflict = NULL;
  g_autoptr (GError) error = NULL;
  IwExit code;

  store = iw_cli_open (cli, writes ? IW_CLI_WRITE : IW_CLI_READ, &code);
  if (store == NULL)
    return code;
  if (docid == NULL)
    return list (cli, store);
  conflict = iw_conflict_read (store, docid, &error);
  if (conflict == NULL && error != NULL)
    return iw_cli_fail (error);
  if (conflict == NULL)
    {
      iw_cli_complain (_ ("“%s” has no conflict."), docid);
      return IW_EXIT_NOT_FOUND;
    }
  return writes ? resolve (store, conflict, take, file) : show (conflict);
}

IwExit
iw_cli_sync_conflicts (IwCli *cli, int argc, char **argv)
{
  g_autofree char *take = NULL, *file = NULL;
  const GOptionEntry entries[] = {
    { "take", 0, 0, G_OPTION_ARG_STRING, &take,
      N_ ("What it shall be: winner, other, merged or delete"), N_ ("WHICH") },
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &file, N_ ("What it shall be, as JSON"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL
  };
  const char *action;

  if (!iw_cli_parse (cli, entries, NULL, _ ("[list | show ID | resolve ID]"),
                     _ ("Documents that two people edited so that it cannot be merged by itself."),
                     &argc, &argv, 0, 2))
    return IW_EXIT_USAGE;
  action = argc > 1 ? argv[1] : "list";
  if ((strcmp (action, "list") == 0 && argc <= 2) ||
      ((strcmp (action, "show") == 0 || strcmp (action, "resolve") == 0) && argc == 3))
    return act (cli, action, argc > 2 ? argv[2] : NULL, take, file);
  iw_cli_complain (_ ("Usage: %s %s %s"), g_get_prgname (), "sync conflicts",
                   _ ("[list | show ID | resolve ID]"));
  return IW_EXIT_USAGE;
}
