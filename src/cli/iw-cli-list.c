/* iw-cli-list.c: lists incidents. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"

static void
print_row (const IwIncidentRow *row)
{
  g_autofree char *title = iw_cli_clean (row->title);
  g_autofree char *opened = NULL;
  IwTime time = { row->opened_at,
                  row->opened_at == 0 ? IW_PRECISION_UNKNOWN : IW_PRECISION_MINUTE };
  const char *severity =
      row->severity == IW_SEVERITY_UNSET ? "-" : iw_severity_to_string (row->severity);

  opened = iw_cli_time (time);
  printf ("%s  %-9s  %-10s  %-17s  %s\n", row->incident, severity, iw_stage_to_string (row->stage),
          opened, title);
}

IwExit
iw_cli_list (IwCli *cli, int argc, char **argv)
{
  gboolean all = FALSE;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = { { "all", 'a', 0, G_OPTION_ARG_NONE, &all,
                                     N_ ("Closed incidents too"), NULL },
                                   { "text", 0, 0, G_OPTION_ARG_STRING, &text,
                                     N_ ("Only those with TEXT in the title"), N_ ("TEXT") },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (IwStore) store = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  IwIncidentsFilter filter = { .stage = -1, .severity = -1, .classification = -1 };
  IwExit code;

  if (!iw_cli_parse (cli, entries, NULL, "",
                     _ ("Lists open incidents: id, severity, stage, when opened, title."), &argc,
                     &argv, 0, 0))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  if (store == NULL)
    return code;
  filter.open_only = !all;
  filter.text = text;
  /* At once: between two pages others may change the order. */
  rows = iw_query_incidents (store, &filter, IW_INCIDENTS_BY_URGENCY, FALSE, 0, G_MAXUINT, &error);
  if (rows == NULL)
    return iw_cli_fail (error);
  for (guint i = 0; i < rows->len; i++)
    {
      if (cli->json)
        json_array_add_object_element (array, iw_cli_json_incident (rows->pdata[i]));
      else
        print_row (rows->pdata[i]);
    }
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  return IW_EXIT_OK;
}
