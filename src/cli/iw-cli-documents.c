/* iw-cli-documents.c: "task list", "team list" and the like: what there is, with its state. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-form-kind.h"

/* (utf8 IwScopeItem) by their ids: there may be thousands. (transfer container) */
static GHashTable *
scope_by_id (IwSituation *situation)
{
  GHashTable *items = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *scope = iw_situation_get_scope (situation);

  for (guint i = 0; i < scope->len; i++)
    g_hash_table_insert (items, ((IwScopeItem *)scope->pdata[i])->docid, scope->pdata[i]);
  return items;
}

/* What the decisions say of a document; "" for types without a state. */
static const char *
state_of (IwSituation *situation, GHashTable *scope, IwDocument *document)
{
  const char *type = iw_document_get_type_name (document);
  const char *docid = iw_document_get_id (document);
  const IwScopeItem *item;

  if (strcmp (type, "task") == 0)
    return iw_situation_get_task_state (situation, docid, NULL);
  if (strcmp (type, "notice") == 0)
    return iw_notice_status_to_string (iw_situation_get_notice (situation, docid)->status);
  item = g_hash_table_lookup (scope, docid);
  return item != NULL ? iw_scope_state_to_string (item->state) : "";
}

static JsonNode *
to_json (IwDocument *document, const char *state)
{
  JsonNode *node =
      iw_cli_json_document (iw_document_get_id (document), iw_document_get_body (document));

  if (*state != '\0')
    json_object_set_string_member (json_node_get_object (node), "_state", state);
  return node;
}

static void
print_documents (IwCli *cli, IwSituation *situation, GPtrArray *documents)
{
  g_autoptr (GHashTable) scope = scope_by_id (situation);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < documents->len; i++)
    {
      IwDocument *document = documents->pdata[i];
      g_autofree char *name = iw_cli_first_line (iw_document_get_name (document));
      const char *state = state_of (situation, scope, document);

      if (cli->json)
        json_array_add_element (array, to_json (document, state));
      else
        printf ("%s  %-12s %s\n", iw_document_get_id (document), *state != '\0' ? state : "-",
                name);
    }
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
}

/* Clocks are folded and no documents. */
static void
print_clocks (IwCli *cli, IwSituation *situation)
{
  GPtrArray *clocks = iw_situation_get_clocks (situation);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];
      g_autofree char *words = iw_clock_sentence (clock, iw_situation_get_now (situation),
                                                  iw_situation_get_zone (situation));

      if (!cli->json)
        {
          g_autofree char *line = iw_cli_one_line (words);

          printf ("%s  %s\n", clock->id, line);
          continue;
        }
      {
        JsonObject *object = json_object_new ();

        json_object_set_string_member (object, "id", clock->id);
        json_object_set_string_member (object, "kind", iw_clock_kind_to_string (clock->kind));
        json_object_set_string_member (object, "name", clock->name);
        iw_cli_json_time (object, "start", clock->start);
        iw_cli_json_time (object, "due", clock->due);
        iw_cli_json_time (object, "ended", clock->ended);
        json_object_set_string_member (object, "words", words);
        json_array_add_object_element (array, object);
      }
    }
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
}

IwExit
iw_cli_documents (IwCli *cli, int argc, char **argv)
{
  const char *type = argv[0];
  const IwFormKind *kind = iw_form_kind_of_document (type);
  gboolean workspace = kind != NULL && kind->workspace;
  g_autofree char *both = g_strdup_printf ("%s list", type);
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;
  IwExit code;

  argv[1] = both;
  argc--;
  argv++;
  if (!iw_cli_parse (cli, NULL, NULL, workspace ? "" : _ ("INCIDENT"),
                     _ ("Lists them with their states."), &argc, &argv, workspace ? 0 : 1,
                     workspace ? 0 : 1))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  if (store == NULL)
    return code;
  if (!workspace)
    {
      row = iw_cli_find_incident (store, argv[1], &code);
      if (row == NULL)
        return code;
    }
  situation = workspace ? iw_query_directory (store, &error)
                        : iw_query_situation (store, row->incident, 0, &error);
  if (situation == NULL)
    return iw_cli_fail (error);
  if (strcmp (type, "clock") == 0)
    {
      print_clocks (cli, situation);
      return IW_EXIT_OK;
    }
  documents = strcmp (type, "task") == 0 ? iw_situation_get_plan (situation)
                                         : iw_situation_get_documents (situation, type);
  print_documents (cli, situation, documents);
  return IW_EXIT_OK;
}
