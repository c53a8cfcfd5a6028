/* iw-cli-export.c: writes a filtered timeline to a file or to standard output. */
#include "config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-timeline-export.h"

typedef struct
{
  char *format, *zone, *output;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->format);
  g_free (options->zone);
  g_free (options->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
format_from_option (const char *text, IwExportFormat *format)
{
  GString *names;

  *format = IW_EXPORT_TIMESKETCH_CSV;
  if (text == NULL || iw_export_format_from_string (text, format))
    return TRUE;
  names = g_string_new (NULL);
  for (guint i = 0; i < IW_N_EXPORTS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", iw_export_format_to_string (i));
  iw_cli_complain (_ ("There is no format “%s”. Known are: %s."), text, names->str);
  g_string_free (names, TRUE);
  return FALSE;
}

/* A file is replaced only when all is written. */
static GOutputStream *
open_output (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (path == NULL || g_str_equal (path, "-"))
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  return (GOutputStream *)g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
}

static gboolean
write_out (IwCli *cli,
           IwStore *store,
           const char *incident,
           const IwFilter *filter,
           IwExportFormat format,
           GTimeZone *zone,
           GOutputStream *output,
           IwTimelineExportCounts *counts,
           GError **error)
{
  IwCliProgress progress = { .what = _ ("Exporting") };
  gboolean ok = iw_timeline_export_counted (store, incident, filter, format, zone, output, counts,
                                            iw_cli_progress, &progress, cli->cancellable, error);

  iw_cli_progress_end (&progress);
  if (ok)
    return g_output_stream_close (output, cli->cancellable, error);
  /* A cancelled close leaves the file that was there. */
  g_cancellable_cancel (cli->cancellable);
  g_output_stream_close (output, cli->cancellable, NULL);
  return FALSE;
}

static void
say_result (IwCli *cli,
            const Options *options,
            IwExportFormat format,
            const IwTimelineExportCounts *counts)
{
  gulong n_rows = (gulong)counts->n_rows;
  g_autofree char *words = NULL;

  if (counts->withheld != NULL)
    iw_cli_complain ("%s", counts->withheld);
  if (options->output == NULL || g_str_equal (options->output, "-"))
    return;
  if (cli->json)
    {
      g_autoptr (JsonObject) object = json_object_new ();

      json_object_set_string_member (object, "file", options->output);
      json_object_set_string_member (object, "format", iw_export_format_to_string (format));
      json_object_set_int_member (object, "rows", counts->n_rows);
      json_object_set_int_member (object, "withheld", counts->n_withheld);
      iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
      return;
    }
  words = g_strdup_printf (ngettext ("%lu row written to %s", "%lu rows written to %s", n_rows),
                           n_rows, options->output);
  printf ("%s\n", words);
}

static IwExit
run (IwCli *cli, const Options *options, IwExportFormat format, GTimeZone *zone, const char *name)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwIncidentRow) incident = NULL;
  g_autoptr (IwFilter) filter = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (IwTimelineExportCounts) counts = { 0 };
  IwExit code;

  store = iw_cli_open (cli, IW_CLI_READ, &code);
  incident = store == NULL ? NULL : iw_cli_find_incident (store, name, &code);
  if (incident == NULL)
    return code;
  filter = iw_cli_filter (store, zone);
  if (filter == NULL)
    return IW_EXIT_USAGE;
  iw_cli_catch_interrupt (cli);
  output = open_output (options->output, &error);
  if (output == NULL ||
      !write_out (cli, store, incident->incident, filter, format, zone, output, &counts, &error))
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ? IW_EXIT_FAILED
                                                                       : iw_cli_fail (error);
  say_result (cli, options, format, &counts);
  return IW_EXIT_OK;
}

IwExit
iw_cli_export (IwCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("timesketch-csv (the default), timesketch-jsonl, iris-csv or markdown"), N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("Write to FILE, not to standard output"), N_ ("FILE") },
    { "zone", 'z', 0, G_OPTION_ARG_STRING, &options.zone,
      N_ ("The zone of --from and --to, and of times in Markdown; UTC if not given"), N_ ("ZONE") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GTimeZone) zone = NULL;
  IwExportFormat format;

  if (!iw_cli_parse (cli, entries, iw_cli_filter_options (), _ ("INCIDENT"),
                     _ ("Exports a timeline, or the part of it that the options pick."), &argc,
                     &argv, 1, 1) ||
      !format_from_option (options.format, &format))
    return IW_EXIT_USAGE;
  zone = iw_cli_zone (options.zone != NULL ? options.zone : "UTC");
  if (zone == NULL)
    return IW_EXIT_USAGE;
  return run (cli, &options, format, zone, argv[1]);
}
