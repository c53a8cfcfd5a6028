/* iw-cli-alert.c: makes or updates incidents from alerts of other programs. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-alert.h"
#include "iw-cli-output.h"
#include "iw-cli-words.h"
#include "iw-cli.h"

static void
say_issues (const char *name, GPtrArray *issues)
{
  for (guint i = 0; i < issues->len; i++)
    {
      const IwImportIssue *issue = issues->pdata[i];

      /* Translators: where something is wrong in a file of alerts: file, number of the alert,
       * field, why, what it holds */
      iw_cli_complain (_ ("%s, alert %ld, field “%s”: %s (“%s”)"), name, (long)issue->row,
                       issue->field, issue->reason, issue->value);
    }
}

static gboolean
left_something_out (GPtrArray *issues)
{
  for (guint i = 0; i < issues->len; i++)
    if (((const IwImportIssue *)issues->pdata[i])->rejected)
      return TRUE;
  return FALSE;
}

static void
report (IwCli *cli, const IwAlertCounts *counts, char **incidents)
{
  if (cli->json)
    {
      JsonObject *object = json_object_new ();
      JsonArray *array = json_array_new ();
      JsonNode *node = json_node_alloc ();

      for (guint i = 0; incidents[i] != NULL; i++)
        json_array_add_string_element (array, incidents[i]);
      json_object_set_array_member (object, "incidents", array);
      json_object_set_int_member (object, "made", counts->made);
      json_object_set_int_member (object, "updated", counts->updated);
      json_object_set_int_member (object, "added", counts->added);
      json_object_set_int_member (object, "known", counts->known);
      json_node_init_object (node, object);
      json_object_unref (object);
      iw_cli_print_json (node);
      return;
    }
  for (guint i = 0; incidents[i] != NULL; i++)
    printf ("%s\n", incidents[i]);
  /* Translators: counts, which may be 1 */
  iw_cli_complain (_ ("Incidents made: %u, updated: %u. Alerts added: %u, known already: %u."),
                   counts->made, counts->updated, counts->added, counts->known);
}

static IwExit
take (IwCli *cli, const char *path, const IwAlertMapping *mapping)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = iw_cli_read_file (path, IW_ALERT_MAX_LENGTH, &error);
  g_autoptr (GPtrArray) issues = iw_import_issues_new ();
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (IwStore) store = NULL;
  g_auto (GStrv) incidents = NULL;
  IwAlertCounts counts;
  IwExit code;

  if (bytes != NULL)
    groups = iw_alert_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), mapping,
                            issues, &error);
  say_issues (path, issues);
  if (groups == NULL)
    return iw_cli_fail (error);
  store = iw_cli_open (cli, IW_CLI_MAKE, &code);
  if (store == NULL)
    return code;
  if (!iw_alert_take (store, groups, iw_cli_author (cli), &counts, &incidents, &error))
    return iw_cli_fail (error);
  report (cli, &counts, incidents);
  return left_something_out (issues) ? IW_EXIT_REJECTED : IW_EXIT_OK;
}

IwExit
iw_cli_alert (IwCli *cli, int argc, char **argv)
{
  g_auto (GStrv) map = NULL;
  const GOptionEntry entries[] = { { "map", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &map,
                                     N_ ("Where a part stands in plain JSON; may be repeated. "
                                         "Parts: id, incident, title, text, time, "
                                         "severity, source, techniques"),
                                     N_ ("PART=PATH") },
                                   G_OPTION_ENTRY_NULL };
  IwAlertMapping mapping = { 0 };
  IwExit code = IW_EXIT_OK;

  if (!iw_cli_parse (cli, entries, NULL, _ ("FILE"),
                     _ ("Makes or updates an incident from an alert: a webhook of Alertmanager, an "
                        "incident or "
                        "alert\nof Microsoft Graph security, or other JSON by --map. FILE - is "
                        "standard input. "
                        "The same\nalert twice changes nothing."),
                     &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  for (guint i = 0; map != NULL && map[i] != NULL && code == IW_EXIT_OK; i++)
    if (!iw_alert_mapping_set (&mapping, map[i]))
      {
        iw_cli_complain (
            _ ("“%s” is not PART=PATH. Parts are: id, incident, title, text, time, severity, "
               "source, techniques."),
            map[i]);
        code = IW_EXIT_USAGE;
      }
  if (code == IW_EXIT_OK)
    code = take (cli, argv[1], &mapping);
  iw_alert_mapping_clear (&mapping);
  return code;
}
