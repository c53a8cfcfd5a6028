/* iw-cli-words.c: the second words of commands that are no form, and what they share. */
#include "config.h"

#include "iw-cli-words.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "iw-cli-evidence.h"
#include "iw-cli-output.h"

static const struct
{
  const char *command;
  const char *word;
  const char *summary; /* NULL where the help has it already */
  IwCommandFunc run;
} words[] = {
  { "notice", "draft", N_ ("Write one from a template"), iw_cli_notice_draft },
  { "notice", "check", N_ ("Say what it must carry, and whether it does"), iw_cli_notice_check },
  { "notice", "export", N_ ("Write it as PDF, text or mail"), iw_cli_notice_export },
  { "clock", "export", N_ ("Write the clocks as a calendar"), iw_cli_clock_export },
  { "scope", "import", N_ ("Add customers from a file"), iw_cli_scope_import },
  { "indicator", "paste", N_ ("Add all that are in a text"), iw_cli_indicator_paste },
  { "indicator", "find", N_ ("Say where one was seen"), iw_cli_indicator_find },
  { "evidence", "add", N_ ("Add files, hashed, with a chain of custody"), iw_cli_evidence_add },
  { "evidence", "list", NULL, iw_cli_evidence_list },
  { "evidence", "show", N_ ("Show one and its chain of custody"), iw_cli_evidence_show },
  { "evidence", "verify", N_ ("Compare hashes"), iw_cli_evidence_verify },
  { "evidence", "export", N_ ("Write files, as marks and approvals allow"),
    iw_cli_evidence_export },
  { "team", "starter", N_ ("Add the usual teams"), iw_cli_team_starter },
};

void
iw_cli_print_words (const char *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].command, command) == 0 && words[i].summary != NULL)
      printf ("  %-8s %s\n", words[i].word, _ (words[i].summary));
}

gboolean
iw_cli_word (IwCli *cli, int argc, char **argv, IwExit *code)
{
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].command, argv[0]) == 0 && strcmp (words[i].word, argv[1]) == 0)
      {
        g_autofree char *both = g_strdup_printf ("%s %s", argv[0], argv[1]);

        /* For the help and the usage line. */
        argv[1] = both;
        *code = words[i].run (cli, argc - 1, argv + 1);
        return TRUE;
      }
  return FALSE;
}

gboolean
iw_cli_write_file (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GFile) file = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (strcmp (path, "-") == 0)
    {
      fwrite (data, 1, size, stdout);
      return TRUE;
    }
  file = g_file_new_for_commandline_arg (path);
  return g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                                  error);
}

GBytes *
iw_cli_read_file (const char *path, gsize max, GError **error)
{
  g_autoptr (GInputStream) input = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (strcmp (path, "-") == 0)
    input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  else
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

      input = G_INPUT_STREAM (g_file_read (file, NULL, error));
    }
  if (input == NULL)
    return NULL;
  text = g_malloc (max + 1);
  if (!g_input_stream_read_all (input, text, max + 1, &length, NULL, error))
    return NULL;
  if (length > max)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("“%s” is longer than %lu bytes."),
                   path, (gulong)max);
      return NULL;
    }
  return g_bytes_new (text, length);
}

static void
print_documents (IwCli *cli, GPtrArray *documents)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < documents->len; i++)
    {
      IwDocument *document = documents->pdata[i];
      const char *text = iw_document_get_text (document, "text");
      g_autofree char *line =
          iw_cli_first_line (*text != '\0' ? text : iw_document_get_name (document));

      if (cli->json)
        json_array_add_element (array, iw_cli_json_document (iw_document_get_id (document),
                                                             iw_document_get_body (document)));
      else
        printf ("%s  %s\n", iw_document_get_id (document), line);
    }
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
}

IwExit
iw_cli_write_documents (IwCli *cli,
                        IwStore *store,
                        const char *label,
                        guint n_objects,
                        GPtrArray *documents)
{
  g_autofree IwChange *changes = iw_store_changes_of (documents);
  g_autoptr (GError) error = NULL;

  if (documents->len > 0 &&
      !iw_store_apply (store, label, changes, documents->len, n_objects, &error))
    return iw_cli_fail (error);
  print_documents (cli, documents);
  return IW_EXIT_OK;
}
