/* iw-cli-veris.c: "import --format veris": whole incidents from VERIS files. */
#include "config.h"

#include "iw-cli-veris.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-csv-write.h"
#include "iw-veris.h"

#define ISSUES_SAID 20

static void
say_issues (const char *name, GPtrArray *issues, gboolean all_elsewhere)
{
  guint n = MIN (issues->len, ISSUES_SAID);

  for (guint i = 0; i < n; i++)
    {
      const IwImportIssue *issue = issues->pdata[i];

      /* Translators: where something is wrong in a file of incidents: file, line, number of the
       * record, field, why, what it holds */
      iw_cli_complain (_ ("%s, line %ld, record %ld, field “%s”: %s (“%s”)"), name,
                       (long)issue->line, (long)issue->row, issue->field, issue->reason,
                       issue->value);
    }
  if (issues->len > n && !all_elsewhere)
    iw_cli_complain (ngettext ("%u more record has something to tell; --rejects FILE writes all.",
                               "%u more records have something to tell; --rejects FILE writes all.",
                               issues->len - n),
                     issues->len - n);
}

static gboolean
write_issues (const char *path, const char *name, GPtrArray *issues, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GString) text = g_string_new ("file,line,record,imported,field,reason,value\r\n");

  for (guint i = 0; i < issues->len; i++)
    {
      const IwImportIssue *issue = issues->pdata[i];

      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, issue->line);
      g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, issue->row);

      iw_csv_append (text, name, TRUE);
      iw_csv_append (text, line, FALSE);
      iw_csv_append (text, row, FALSE);
      iw_csv_append (text, issue->rejected ? "no" : "yes", FALSE);
      iw_csv_append (text, issue->field, FALSE);
      iw_csv_append (text, issue->reason, FALSE);
      iw_csv_append (text, issue->value, FALSE);
      iw_csv_end (text);
    }
  return g_file_replace_contents (file, text->str, text->len, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                  NULL, error);
}

static void
report (IwCli *cli,
        const char *path,
        const IwVerisCounts *counts,
        const GPtrArray *issues,
        gboolean dry_run)
{
  g_autofree char *name = iw_cli_clean (path);

  if (cli->json)
    {
      JsonObject *object = json_object_new ();
      JsonNode *node = json_node_alloc ();

      json_object_set_string_member (object, "file", path);
      json_object_set_string_member (object, "format", "veris");
      json_object_set_int_member (object, "rows", counts->rows);
      json_object_set_int_member (object, "good", counts->good);
      json_object_set_int_member (object, "duplicates", counts->duplicates);
      json_object_set_int_member (object, "rejected", counts->rejected);
      json_object_set_int_member (object, "documents", counts->documents);
      json_object_set_int_member (object, "issues", issues->len);
      json_object_set_boolean_member (object, "imported", !dry_run && counts->good > 0);
      json_node_init_object (node, object);
      json_object_unref (object);
      iw_cli_print_json (node);
      return;
    }
  /* Translators: file name, then counts of records */
  printf (_ ("%s (veris): %ld good, %ld duplicate, %ld rejected\n"), name, (long)counts->good,
          (long)counts->duplicates, (long)counts->rejected);
}

IwExit
iw_cli_import_veris (IwCli *cli,
                     const char *path,
                     const char *verification,
                     const char *rejects,
                     gboolean dry_run)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *what = g_strdup_printf (_ ("Reading %s"), base);
  g_autoptr (GPtrArray) issues = iw_import_issues_new ();
  g_autoptr (GError) error = NULL;
  IwCliProgress progress = { .what = what };
  IwVerisCounts counts;
  g_autoptr (IwStore) store = NULL;
  IwExit code;
  gboolean ok;

  store = iw_cli_open (cli, IW_CLI_MAKE, &code);
  if (store == NULL)
    return code;
  iw_cli_catch_interrupt (cli);
  ok = iw_veris_import (store, file, iw_cli_author (cli), verification, dry_run, &counts, issues,
                        iw_cli_progress, &progress, cli->cancellable, &error);
  iw_cli_progress_end (&progress);
  say_issues (base, issues, rejects != NULL);
  if (!ok || (rejects != NULL && !write_issues (rejects, base, issues, &error)))
    return iw_cli_fail (error);
  report (cli, base, &counts, issues, dry_run);
  return counts.rejected > 0 ? IW_EXIT_REJECTED : IW_EXIT_OK;
}
