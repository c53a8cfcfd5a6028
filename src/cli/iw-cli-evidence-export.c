/* iw-cli-evidence-export.c: evidence leaves the workspace, as far as marks and approvals allow. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-evidence.h"
#include "iw-cli-find.h"
#include "iw-cli-output.h"
#include "iw-evidence-export.h"

typedef struct
{
  char *recipient, *purpose, *format;
  char **items;
  gboolean replace;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->recipient);
  g_free (options->purpose);
  g_free (options->format);
  g_strfreev (options->items);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* By --format, else by the name. */
static gboolean
read_format (const char *format, const char *path, gboolean *zip)
{
  *zip = g_str_has_suffix (path, ".zip");
  if (format == NULL)
    return TRUE;
  *zip = strcmp (format, "zip") == 0;
  if (*zip || strcmp (format, "folder") == 0)
    return TRUE;
  iw_cli_complain (_ ("--format takes “zip” or “folder”, not “%s”."), format);
  return FALSE;
}

static char **
find_items (IwStore *store, IwSituation *situation, char **names)
{
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();

  for (; *names != NULL; names++)
    {
      char *docid = iw_cli_find_document (store, situation, "evidence", *names);

      if (docid == NULL)
        return NULL;
      g_strv_builder_take (items, docid);
    }
  return g_strv_builder_end (items);
}

/* ---- what became of it ---- */

static void
add_item (JsonArray *exported, JsonArray *withheld, const IwEvidenceExportItem *item)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "_id", item->docid);
  json_object_set_string_member (object, "name", item->name);
  if (item->reason != NULL)
    {
      json_object_set_string_member (object, "reason", item->reason);
      json_array_add_object_element (withheld, object);
      return;
    }
  json_object_set_string_member (object, "file", item->file);
  json_object_set_string_member (object, "sha256", item->sha256);
  json_object_set_int_member (object, "length", item->length);
  json_array_add_object_element (exported, object);
}

static void
print_json (const char *path, IwEvidenceExportResult *result)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *exported = json_array_new (), *withheld = json_array_new ();

  for (guint i = 0; i < result->items->len; i++)
    add_item (exported, withheld, result->items->pdata[i]);
  json_object_set_string_member (object, "file", path);
  json_object_set_string_member (object, "release", result->release);
  json_object_set_string_member (object, "manifest_sha256", result->manifest_sha256);
  json_object_set_array_member (object, "exported", exported);
  json_object_set_array_member (object, "withheld", withheld);
  json_node_take_object (node, object);
  iw_cli_print_json (node);
}

static IwExit
say_result (IwCli *cli, const char *path, IwEvidenceExportResult *result)
{
  for (guint i = 0; i < result->items->len; i++)
    {
      const IwEvidenceExportItem *item = result->items->pdata[i];
      g_autofree char *name = iw_cli_clean (item->name);

      if (item->reason != NULL)
        iw_cli_complain (_ ("“%s” was withheld. %s"), name, item->reason);
      else if (!cli->json)
        printf ("%s  %s\n", item->sha256, item->file);
    }
  if (cli->json)
    print_json (path, result);
  return result->n_exported < result->items->len ? IW_EXIT_REJECTED : IW_EXIT_OK;
}

static IwExit
fail (const GError *error)
{
  IwExit code = iw_cli_fail (error);

  if (g_error_matches (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_RECIPIENT))
    return IW_EXIT_USAGE;
  return g_error_matches (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_NOTHING) ? IW_EXIT_REFUSED
                                                                               : code;
}

/* ---- the command ---- */

static IwExit
run (IwCli *cli, const Options *options, const char *incident, const char *path, gboolean zip)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_auto (GStrv) items = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *full = g_file_get_path (file);
  g_autoptr (IwEvidenceExportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  IwCliProgress progress = { .what = _ ("Exporting") };
  IwEvidenceExport export = { .recipient = options->recipient,
                              .purpose = options->purpose,
                              .author = iw_cli_author (cli),
                              .path = full,
                              .zip = zip,
                              .replace = options->replace };
  IwExit code;

  store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  situation = store != NULL ? iw_cli_read_situation (store, incident, &code) : NULL;
  if (situation == NULL)
    return code;
  if (options->items != NULL)
    {
      items = find_items (store, situation, options->items);
      if (items == NULL)
        return IW_EXIT_NOT_FOUND;
      export.items = (const char *const *)items;
    }
  iw_cli_catch_interrupt (cli);
  result = iw_evidence_export (store, iw_situation_get_incident (situation), &export,
                               iw_cli_progress, &progress, cli->cancellable, &error);
  iw_cli_progress_end (&progress);
  return result != NULL ? say_result (cli, path, result) : fail (error);
}

IwExit
iw_cli_evidence_export (IwCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "recipient", 0, 0, G_OPTION_ARG_STRING, &options.recipient,
      N_ ("Who gets it; approvals are looked for by this"), N_ ("NAME") },
    { "purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose, N_ ("What for"), N_ ("TEXT") },
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.items,
      N_ ("Only this one; may be given several times"), N_ ("NAME") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("zip or folder; by the name of PATH if not given"), N_ ("FORMAT") },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &options.replace,
      N_ ("Replace an archive that is there already"), NULL },
    G_OPTION_ENTRY_NULL
  };
  gboolean zip;

  if (!iw_cli_parse (cli, entries, NULL, _ ("INCIDENT PATH"),
                     _ ("Writes evidence as a folder or a .zip with its hashes, chains of custody "
                        "and approvals. What is marked goes only with an approval."),
                     &argc, &argv, 2, 2) ||
      !read_format (options.format, argv[2], &zip))
    return IW_EXIT_USAGE;
  return run (cli, &options, argv[1], argv[2], zip);
}
