/* iw-cli-state.c: where an incident stands: the fold of its decisions. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-handover.h"
#include "iw-situation-json.h"

IwSituation *
iw_cli_read_situation (IwStore *store, const char *name, IwExit *code)
{
  g_autoptr (IwIncidentRow) row = iw_cli_find_incident (store, name, code);
  g_autoptr (GError) error = NULL;
  IwSituation *situation;

  if (row == NULL)
    return NULL;
  situation = iw_query_situation (store, row->incident, 0, &error);
  if (situation == NULL)
    *code = iw_cli_fail (error);
  return situation;
}

IwExit
iw_cli_state (IwCli *cli, int argc, char **argv)
{
  g_autofree char *zone_name = NULL;
  const GOptionEntry entries[] = {
    { "zone", 'z', 0, G_OPTION_ARG_STRING, &zone_name,
      N_ ("The zone that times are written in; the incident’s if not given"), N_ ("ZONE") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *text = NULL;
  IwExit code;

  if (!iw_cli_parse (
          cli, entries, NULL, _ ("INCIDENT"),
          _ ("Says where an incident stands: what is in force, what runs, what is overdue and "
             "missing,\nas a text to hand over. --json gives all of it, with each decision that "
             "counts."),
          &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  if (zone_name != NULL && (zone = iw_cli_zone (zone_name)) == NULL)
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  if (store == NULL)
    return code;
  situation = iw_cli_read_situation (store, argv[1], &code);
  if (situation == NULL)
    return code;
  if (cli->json)
    {
      g_autoptr (JsonObject) json = iw_situation_to_json (situation);

      iw_cli_print_json (json_node_init_object (json_node_alloc (), json));
      return IW_EXIT_OK;
    }
  text = iw_handover_text (situation, zone != NULL ? zone : iw_situation_get_zone (situation),
                           iw_situation_get_now (situation));
  iw_cli_print_text (text);
  return IW_EXIT_OK;
}
