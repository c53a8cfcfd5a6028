/* iw-cli-import.c: imports timeline files: probe, dry run, commit. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-output.h"
#include "iw-cli-veris.h"
#include "iw-cli.h"
#include "iw-timeline-import.h"

#define REJECTS_SAID 10

typedef struct
{
  char *format, *zone, *encoding, *as, *rejects, *close;
  char **map;
  gboolean dry_run, day_first, keep_duplicates;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->format);
  g_free (options->zone);
  g_free (options->encoding);
  g_free (options->as);
  g_free (options->rejects);
  g_free (options->close);
  g_strfreev (options->map);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct
{
  IwCli *cli;
  IwStore *store;
  const char *incident;
  const Options *options;
  JsonArray *results;
} Importer;

static gboolean
options_are_good (const Options *options, int n_files)
{
  IwFormat format;

  if (options->format != NULL && !iw_format_from_string (options->format, &format))
    {
      GString *names = g_string_new (NULL);

      for (guint i = 0; i < IW_N_FORMATS; i++)
        g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", iw_format_to_string (i));
      iw_cli_complain (_ ("There is no format “%s”. Known are: %s."), options->format, names->str);
      g_string_free (names, TRUE);
      return FALSE;
    }
  if (options->as != NULL && !g_str_equal (options->as, "evidence") &&
      !g_str_equal (options->as, "entries"))
    {
      iw_cli_complain (_ ("--as takes “evidence” or “entries”, not “%s”."), options->as);
      return FALSE;
    }
  if (options->rejects != NULL && n_files > 1)
    {
      iw_cli_complain ("%s", _ ("--rejects takes one FILE at a time."));
      return FALSE;
    }
  if (options->zone != NULL)
    {
      g_autoptr (GTimeZone) zone = iw_cli_zone (options->zone);

      return zone != NULL;
    }
  return TRUE;
}

/* ---- the mapping ---- */

static gboolean
column_exists (IwTimelineImport *import, const char *column)
{
  return g_strv_contains (iw_timeline_import_get_columns (import), column);
}

/* "COLUMN=ROLE" */
static gboolean
map_column (IwTimelineImport *import, IwMapping *mapping, const char *pair, GError **error)
{
  const char *equals = strrchr (pair, '=');
  g_autofree char *column = g_strndup (pair, equals == NULL ? 0 : equals - pair);
  IwRole role;

  if (equals == NULL || !iw_role_from_string (equals + 1, &role))
    {
      GString *names = g_string_new (NULL);

      for (guint i = 0; i < IW_N_ROLES; i++)
        g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", iw_role_to_string (i));
      g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
                   _ ("“%s” is not COLUMN=ROLE. Roles are: %s."), pair, names->str);
      g_string_free (names, TRUE);
      return FALSE;
    }
  if (!column_exists (import, column))
    {
      g_autofree char *columns =
          g_strjoinv (", ", (char **)iw_timeline_import_get_columns (import));

      g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
                   _ ("There is no column “%s”. Columns are: %s."), column, columns);
      return FALSE;
    }
  iw_mapping_set_role (mapping, column, role);
  return TRUE;
}

static gboolean
prepare (IwTimelineImport *import, const Options *options, GError **error)
{
  g_autoptr (IwMapping) mapping = NULL;
  IwFormat format;

  if (options->encoding != NULL &&
      !iw_timeline_import_set_encoding (import, options->encoding, error))
    return FALSE;
  mapping = iw_mapping_copy (iw_timeline_import_get_mapping (import));
  if (options->format != NULL && iw_format_from_string (options->format, &format))
    iw_mapping_set_format (mapping, format);
  if (options->zone != NULL)
    iw_mapping_set_zone (mapping, options->zone);
  if (options->day_first)
    iw_mapping_set_day_first (mapping, TRUE);
  for (char **pair = options->map; pair != NULL && *pair != NULL; pair++)
    if (!map_column (import, mapping, *pair, error))
      return FALSE;
  iw_timeline_import_set_mapping (import, mapping);
  if (options->as != NULL)
    iw_timeline_import_set_target (import, g_str_equal (options->as, "entries")
                                               ? IW_IMPORT_AS_ENTRIES
                                               : IW_IMPORT_AS_EVIDENCE);
  iw_timeline_import_set_keep_duplicates (import, options->keep_duplicates);
  if (iw_timeline_import_needs_zone (import) && iw_mapping_get_zone (mapping) == NULL)
    {
      g_set_error_literal (
          error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_ZONE,
          _ ("The times have no zone. Say which one with --zone, for instance --zone UTC."));
      return FALSE;
    }
  return TRUE;
}

/* ---- what came of it ---- */

/* Every row that could be read is an entry already. */
static gboolean
has_nothing_new (const IwImportCounts *counts)
{
  return counts->good == 0 && counts->duplicates > 0;
}

static gboolean
write_rejects (const Importer *self, IwTimelineImport *import, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->options->rejects);
  g_autoptr (GFileOutputStream) output =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, self->cli->cancellable, error);

  return output != NULL &&
         iw_timeline_import_export_rejects (import, G_OUTPUT_STREAM (output),
                                            self->cli->cancellable, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (output), self->cli->cancellable, error);
}

static gboolean
say_rejects (const Importer *self, IwTimelineImport *import, gint64 rejected, GError **error)
{
  const char *name = iw_timeline_import_get_name (import);
  g_autoptr (GPtrArray) rejects = iw_timeline_import_get_rejects (import, 0, REJECTS_SAID, error);

  if (rejects == NULL)
    return FALSE;
  for (guint i = 0; i < rejects->len; i++)
    {
      const IwReject *reject = rejects->pdata[i];

      /* Translators: where a rejected row stands in its file: file, line, row, field, why, what it
       * holds */
      iw_cli_complain (_ ("%s, line %ld, row %ld, field “%s”: %s (“%s”)"), name, (long)reject->line,
                       (long)reject->row, reject->field, reject->reason, reject->value);
    }
  if (rejected > REJECTS_SAID)
    {
      gulong more = (gulong)(rejected - REJECTS_SAID);
      g_autofree char *words = g_strdup_printf (
          ngettext ("%lu more row was rejected; --rejects FILE writes all.",
                    "%lu more rows were rejected; --rejects FILE writes all.", more),
          more);

      iw_cli_complain ("%s", words);
    }
  return self->options->rejects == NULL || write_rejects (self, import, error);
}

static void
add_counts (JsonObject *object, const IwImportCounts *counts)
{
  json_object_set_int_member (object, "rows", counts->rows);
  json_object_set_int_member (object, "good", counts->good);
  json_object_set_int_member (object, "duplicates", counts->duplicates);
  json_object_set_int_member (object, "rejected", counts->rejected);
  json_object_set_int_member (object, "decisions", counts->decisions);
}

static void
report (const Importer *self,
        IwTimelineImport *import,
        const IwImportCounts *counts,
        const char *docid,
        gboolean done)
{
  g_autofree char *name = iw_cli_clean (iw_timeline_import_get_name (import));
  const char *format =
      iw_format_to_string (iw_mapping_get_format (iw_timeline_import_get_mapping (import)));

  if (self->cli->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "file", iw_timeline_import_get_name (import));
      json_object_set_string_member (object, "format", format);
      json_object_set_string_member (object, "encoding", iw_timeline_import_get_encoding (import));
      json_object_set_string_member (object, "sha256", iw_timeline_import_get_sha256 (import));
      add_counts (object, counts);
      iw_cli_json_time (object, "first", counts->first);
      iw_cli_json_time (object, "last", counts->last);
      json_object_set_boolean_member (object, "imported", done);
      if (docid != NULL)
        json_object_set_string_member (object, "evidence", docid);
      json_array_add_object_element (self->results, object);
      return;
    }
  /* Translators: file name, format, then counts of rows */
  printf (_ ("%s (%s): %ld good, %ld duplicate, %ld rejected"), name, format, (long)counts->good,
          (long)counts->duplicates, (long)counts->rejected);
  printf ("%s%s\n", docid != NULL ? "  " : "", docid != NULL ? docid : "");
  printf ("SHA-256 %s\n", iw_timeline_import_get_sha256 (import));
  fflush (stdout);
}

/* What the counts do not tell. */
static void
say_more (const Importer *self, IwTimelineImport *import, const IwImportCounts *counts)
{
  const char *name = iw_timeline_import_get_name (import);
  gulong preamble = (gulong)iw_timeline_import_get_preamble (import);
  gulong decisions = (gulong)counts->decisions;
  gulong duplicates = (gulong)counts->duplicates;

  if (preamble > 0)
    iw_cli_complain (ngettext ("%s: %lu line above the table is left out.",
                               "%s: %lu lines above the table are left out.", preamble),
                     name, preamble);
  if (decisions > 0)
    iw_cli_complain (ngettext ("%s: includes %lu decision that comes into force in the incident.",
                               "%s: includes %lu decisions that come into force in the incident.",
                               decisions),
                     name, decisions);
  if (has_nothing_new (counts))
    iw_cli_complain (
        ngettext ("%s: %lu duplicate, nothing new. --keep-duplicates makes it again.",
                  "%s: %lu duplicates, nothing new. --keep-duplicates makes them again.",
                  duplicates),
        name, duplicates);
}

/* ---- the three steps ---- */

static gboolean
commit (const Importer *self,
        IwTimelineImport *import,
        const IwImportCounts *counts,
        char **docid,
        GError **error)
{
  g_autofree char *what =
      g_strdup_printf (_ ("Importing %s"), iw_timeline_import_get_name (import));
  IwCliProgress progress = { .what = what };
  gboolean ok;

  if (counts->good == 0)
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                           _ ("No row could be read; nothing was imported."));
      return FALSE;
    }
  ok = iw_timeline_import_commit (import, self->incident, docid, iw_cli_progress, &progress,
                                  self->cli->cancellable, error);
  iw_cli_progress_end (&progress);
  return ok;
}

static gboolean
import_file (const Importer *self, const char *path, IwImportCounts *counts, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *what = g_strdup_printf (_ ("Reading %s"), base);
  g_autofree char *docid = NULL;
  IwCliProgress progress = { .what = what };
  g_autoptr (IwTimelineImport) import = iw_timeline_import_probe (
      self->store, file, iw_cli_progress, &progress, self->cli->cancellable, error);
  gboolean ok = import != NULL && prepare (import, self->options, error) &&
                iw_timeline_import_dry_run (import, self->incident, counts, iw_cli_progress,
                                            &progress, self->cli->cancellable, error);
  gboolean done;

  iw_cli_progress_end (&progress);
  if (!ok || (counts->rejected > 0 && !say_rejects (self, import, counts->rejected, error)))
    return FALSE;
  say_more (self, import, counts);
  done = !self->options->dry_run && !has_nothing_new (counts);
  if (done && !commit (self, import, counts, &docid, error))
    return FALSE;
  report (self, import, counts, docid, done);
  return TRUE;
}

/* Says of which file the reason speaks; those before it stay imported. */
static IwExit
report_failure (const Importer *self,
                const char *path,
                const IwImportCounts *counts,
                GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  IwExit code;

  if (self->cli->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "file", name);
      add_counts (object, counts);
      json_object_set_boolean_member (object, "imported", FALSE);
      json_object_set_string_member (object, "error", (*error)->message);
      json_array_add_object_element (self->results, object);
    }
  g_prefix_error (error, "%s: ", name);
  code = iw_cli_fail (*error);
  if (g_error_matches (*error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING))
    iw_cli_complain ("%s", _ ("Say with --map which column is which, such as --map COLUMN=time."));
  return code;
}

static IwExit
import_files (const Importer *self, int n, char **paths)
{
  IwExit worst = IW_EXIT_OK;

  for (int i = 0; i < n && !g_cancellable_is_cancelled (self->cli->cancellable); i++)
    {
      g_autoptr (GError) error = NULL;
      IwImportCounts counts = { 0 };

      if (!import_file (self, paths[i], &counts, &error))
        worst = report_failure (self, paths[i], &counts, &error);
      else if (counts.rejected > 0 && worst == IW_EXIT_OK)
        worst = IW_EXIT_REJECTED;
    }
  if (self->cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), self->results));
  return worst;
}

static IwExit
import_veris (IwCli *cli, const Options *options, int argc, char **argv)
{
  if (argc == 2)
    return iw_cli_import_veris (cli, argv[1], options->close, options->rejects, options->dry_run);
  iw_cli_complain ("%s", _ ("--format veris takes one FILE and no INCIDENT."));
  return IW_EXIT_USAGE;
}

IwExit
iw_cli_import (IwCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("The file’s format, instead of the one detected: timesketch-csv, timesketch-jsonl, "
          "iris-import-csv, iris-export-csv, plaso-l2tcsv, plaso-dynamic, plaso-tln, plaso-json, "
          "plaso-jsonl, csv, jsonl; or veris"),
      N_ ("FORMAT") },
    { "zone", 'z', 0, G_OPTION_ARG_STRING, &options.zone, N_ ("The zone of times without one"),
      N_ ("ZONE") },
    { "map", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &options.map,
      N_ ("What a column means; may be repeated. Roles: time, date, time-of-day, epoch, zone, "
          "end-time, message, title, desc, source, host, actor, team, kind, confidence, key, tags, "
          "none"),
      N_ ("COLUMN=ROLE") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &options.encoding,
      N_ ("The file’s encoding, instead of the one detected"), N_ ("NAME") },
    { "day-first", 0, 0, G_OPTION_ARG_NONE, &options.day_first,
      N_ ("Read 03/04/2026 as the third of April"), NULL },
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.as,
      N_ ("Keep the file as “evidence”, or make “entries” of its rows"), N_ ("WHAT") },
    { "keep-duplicates", 0, 0, G_OPTION_ARG_NONE, &options.keep_duplicates,
      N_ ("Make entries that are there already again"), NULL },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Read and count, import nothing"),
      NULL },
    { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &options.rejects,
      N_ ("Write the rejected rows to FILE as CSV"), N_ ("FILE") },
    { "close", 0, 0, G_OPTION_ARG_STRING, &options.close,
      N_ ("veris: close the incidents, with this as what was verified"), N_ ("VERIFICATION") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwIncidentRow) incident = NULL;
  g_autoptr (JsonArray) results = json_array_new ();
  Importer importer = { .cli = cli, .options = &options, .results = results };
  IwExit code;

  if (!iw_cli_parse (
          cli, entries, NULL, _ ("INCIDENT FILE…"),
          _ ("Imports timeline files. Each is one action that undo takes back; Ctrl+C "
             "leaves nothing behind.\nWith --format veris there is no INCIDENT: each record of "
             "FILE becomes one."),
          &argc, &argv, 1, -1))
    return IW_EXIT_USAGE;
  if (g_strcmp0 (options.format, "veris") == 0)
    return import_veris (cli, &options, argc, argv);
  if (argc < 3)
    {
      iw_cli_complain ("%s", _ ("Say into which INCIDENT and which FILE; see --help."));
      return IW_EXIT_USAGE;
    }
  if (!options_are_good (&options, argc - 2))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  incident = store == NULL ? NULL : iw_cli_find_incident (store, argv[1], &code);
  if (incident == NULL)
    return code;
  iw_cli_catch_interrupt (cli);
  importer.store = store;
  importer.incident = incident->incident;
  return import_files (&importer, argc - 2, argv + 2);
}
