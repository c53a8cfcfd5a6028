/* iw-cli-new.c: makes an incident. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"

typedef struct
{
  char *summary;
  char *zone;
  char *severity;
  char *why;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->summary);
  g_free (options->zone);
  g_free (options->severity);
  g_free (options->why);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
options_are_good (const Options *options, IwSeverity *severity)
{
  if (options->severity != NULL && !iw_severity_from_string (options->severity, severity))
    {
      iw_cli_complain (_ ("There is no severity “%s”: low, medium, high or critical."),
                       options->severity);
      return FALSE;
    }
  if (options->zone != NULL)
    {
      g_autoptr (GTimeZone) zone = iw_cli_zone (options->zone);

      return zone != NULL;
    }
  return TRUE;
}

/* When, by whom. @entry: (transfer full); (transfer full) */
static JsonObject *
finish_decision (IwCli *cli, IwStore *store, IwEntry *entry)
{
  g_autoptr (IwEntry) decision = entry;
  gint64 now = iw_context_now (iw_store_get_context (store));

  iw_entry_set_occurred (decision, (IwTime){ now - now % IW_USEC_PER_SEC, IW_PRECISION_SECOND });
  iw_entry_set_recorded (decision, (IwTime){ now, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (decision, iw_cli_author (cli));
  return iw_entry_to_json (decision);
}

static gboolean
make_incident (IwCli *cli,
               IwStore *store,
               const char *incident,
               const char *title,
               const Options *options,
               IwSeverity severity,
               GError **error)
{
  const IwContext *context = iw_store_get_context (store);
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autofree char *stage_id = iw_id_new_document (context, incident, "entry");
  g_autofree char *severity_id = iw_id_new_document (context, incident, "entry");
  g_autoptr (JsonObject) body =
      iw_incident_new_document (incident, title, options->summary, options->zone);
  g_autoptr (JsonObject) stage = finish_decision (
      cli, store,
      iw_decision_new (incident, "stage", "to", iw_stage_to_string (IW_STAGE_DETECT), NULL));
  g_autoptr (JsonObject) level = NULL;
  IwChange changes[3] = { { docid, body }, { stage_id, stage } };
  guint n = 2;

  if (severity != IW_SEVERITY_UNSET)
    {
      level = finish_decision (cli, store,
                               iw_decision_new (incident, "severity", "to",
                                                iw_severity_to_string (severity), "why",
                                                options->why, NULL));
      changes[n++] = (IwChange){ severity_id, level };
    }
  return iw_store_apply (store, N_ ("New Incident"), changes, n, 1, error);
}

/* Two of one title must be told apart by their ids from then on. */
static void
warn_of_twin (IwStore *store, const char *title)
{
  IwIncidentsFilter filter = { .text = title, .stage = -1, .severity = -1, .classification = -1 };
  g_autoptr (GPtrArray) rows =
      iw_query_incidents (store, &filter, IW_INCIDENTS_BY_TITLE, FALSE, 0, G_MAXUINT, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_str_equal (((IwIncidentRow *)rows->pdata[i])->title, title))
      {
        iw_cli_complain (_ ("There is another incident called “%s”. Use their ids."), title);
        return;
      }
}

IwExit
iw_cli_new (IwCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = { { "summary", 0, 0, G_OPTION_ARG_STRING, &options.summary,
                                     N_ ("What it is about, in a sentence"), N_ ("TEXT") },
                                   { "zone", 0, 0, G_OPTION_ARG_STRING, &options.zone,
                                     N_ ("The incident’s time zone, such as Europe/Berlin"),
                                     N_ ("ZONE") },
                                   { "severity", 0, 0, G_OPTION_ARG_STRING, &options.severity,
                                     N_ ("low, medium, high or critical"), N_ ("LEVEL") },
                                   { "why", 0, 0, G_OPTION_ARG_STRING, &options.why,
                                     N_ ("The reason for the severity"), N_ ("TEXT") },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *incident = NULL, *title = NULL;
  IwSeverity severity = IW_SEVERITY_UNSET;
  IwExit code;

  if (!iw_cli_parse (cli, entries, NULL, _ ("TITLE"), _ ("Makes an incident and prints its id."),
                     &argc, &argv, 1, 1) ||
      !options_are_good (&options, &severity))
    return IW_EXIT_USAGE;
  title = g_strstrip (g_strdup (argv[1]));
  if (*title == '\0')
    {
      iw_cli_complain ("%s", _ ("The title is empty."));
      return IW_EXIT_USAGE;
    }
  store = iw_cli_open (cli, IW_CLI_MAKE, &code);
  if (store == NULL)
    return code;
  warn_of_twin (store, title);
  incident = iw_id_new (iw_store_get_context (store));
  if (!make_incident (cli, store, incident, title, &options, severity, &error))
    return iw_cli_fail (error);
  if (cli->json)
    {
      g_autoptr (JsonObject) object = json_object_new ();

      json_object_set_string_member (object, "incident", incident);
      json_object_set_string_member (object, "title", title);
      iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
    }
  else
    printf ("%s\n", incident);
  return IW_EXIT_OK;
}
