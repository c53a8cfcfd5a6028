/* iw-cli-things.c: many things at once: customers from a file, indicators from a text, teams to
 * begin with, clocks as a calendar. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-calendar.h"
#include "iw-cli-output.h"
#include "iw-cli-words.h"
#include "iw-customers-import.h"
#include "iw-indicator.h"
#include "iw-starter-teams.h"

#define PASTE_MAX (16 * 1024 * 1024) /* bytes */
#define FOUND_MAX 1000               /* rows */

/* ---- clocks ---- */

IwExit
iw_cli_clock_export (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) situations = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  IwExit code;
  char *text;

  if (!iw_cli_parse (
          cli, NULL, NULL, _ ("INCIDENT FILE"),
          _ ("Writes the clocks of an incident as an iCalendar file; - is standard output."), &argc,
          &argv, 2, 2))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  situation = store != NULL ? iw_cli_read_situation (store, argv[1], &code) : NULL;
  if (situation == NULL)
    return code;
  g_ptr_array_add (situations, situation);
  text = iw_calendar_write (situations, iw_situation_get_now (situation), NULL);
  bytes = g_bytes_new_take (text, strlen (text));
  if (!iw_cli_write_file (argv[2], bytes, &error))
    return iw_cli_fail (error);
  return IW_EXIT_OK;
}

/* ---- customers ---- */

static gboolean
map_columns (IwCustomersImport *import, char **pairs)
{
  guint n;
  const char *const *columns = iw_customers_import_get_columns (import, &n);

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      const char *equals = strrchr (pairs[i], '=');
      g_autofree char *column = g_strndup (pairs[i], equals == NULL ? 0 : equals - pairs[i]);
      IwCustomerField field;
      guint at = 0;

      while (at < n && strcmp (columns[at], column) != 0)
        at++;
      if (equals == NULL || at == n || !iw_customer_field_from_string (equals + 1, &field))
        {
          iw_cli_complain (
              _ ("“%s” is not COLUMN=FIELD. Fields are: name, contact, mail, phone, language, "
                 "note."),
              pairs[i]);
          return FALSE;
        }
      iw_customers_import_set_column (import, field, (int)at);
    }
  return TRUE;
}

static guint
say_problems (const char *file, GPtrArray *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const IwCustomerRow *row = rows->pdata[i];

      if (row->problem == NULL)
        continue;
      n++;
      /* Translators: file, number of the row, field, why it is refused */
      iw_cli_complain (_ ("%s, row %ld, field “%s”: %s"), file, (long)row->row,
                       row->problem_field >= 0 ? iw_customer_field_to_string (row->problem_field)
                                               : "",
                       row->problem);
    }
  return n;
}

static IwExit
import_customers (IwCli *cli,
                  IwStore *store,
                  IwSituation *situation,
                  const char *path,
                  char **map,
                  IwScopeState state,
                  const char *why)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwCustomersImport) import = iw_customers_import_open (
      file, iw_store_get_dir (store), NULL, NULL, cli->cancellable, &error);
  g_autoptr (GPtrArray) scope = iw_situation_get_documents (situation, "scope");
  g_autoptr (GHashTable) known = iw_customers_known_new (scope);
  g_autoptr (GPtrArray) documents = NULL;
  GPtrArray *rows;
  IwCustomersCount count;
  IwExit code;

  if (import != NULL && !map_columns (import, map))
    return IW_EXIT_USAGE;
  if (import == NULL ||
      !iw_customers_import_read (import, known, NULL, NULL, cli->cancellable, &error))
    return iw_cli_fail (error);
  rows = iw_customers_import_get_rows (import);
  iw_customers_count (rows, &count);
  documents = iw_customers_to_documents (rows, iw_situation_get_incident (situation), state, why,
                                         iw_cli_author (cli), iw_store_get_context (store));
  code = iw_cli_write_documents (
      cli, store, count.n_new == 1 ? N_ ("Add Customer") : N_ ("Add %u Customers"), count.n_new,
      documents);
  if (code != IW_EXIT_OK)
    return code;
  iw_cli_complain (_ ("%u new, %u known already, %u refused."), count.n_new, count.n_known,
                   count.n_problems);
  return say_problems (iw_customers_import_get_name (import), rows) > 0 ? IW_EXIT_REJECTED
                                                                        : IW_EXIT_OK;
}

IwExit
iw_cli_scope_import (IwCli *cli, int argc, char **argv)
{
  g_auto (GStrv) map = NULL;
  g_autofree char *state_name = NULL, *why = NULL;
  const GOptionEntry entries[] = { { "map", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &map,
                                     N_ ("What a column means; may be repeated. Fields: name, "
                                         "contact, mail, phone, language, note"),
                                     N_ ("COLUMN=FIELD") },
                                   { "state", 0, 0, G_OPTION_ARG_STRING, &state_name,
                                     N_ ("suspected or confirmed, for all of them"), N_ ("STATE") },
                                   { "why", 0, 0, G_OPTION_ARG_STRING, &why,
                                     N_ ("The reason for the state"), N_ ("TEXT") },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  IwScopeState state = IW_SCOPE_UNSET;
  IwExit code;

  if (!iw_cli_parse (
          cli, entries, NULL, _ ("INCIDENT FILE"),
          _ ("Adds affected customers and their contacts from a CSV, TSV or JSON Lines file."),
          &argc, &argv, 2, 2))
    return IW_EXIT_USAGE;
  if (state_name != NULL &&
      (!iw_scope_state_from_string (state_name, &state) || why == NULL || *why == '\0'))
    {
      iw_cli_complain ("%s",
                       _ ("--state takes suspected, confirmed or ruled-out, and needs --why."));
      return IW_EXIT_USAGE;
    }
  store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  situation = store != NULL ? iw_cli_read_situation (store, argv[1], &code) : NULL;
  if (situation == NULL)
    return code;
  return import_customers (cli, store, situation, argv[2], map, state, why);
}

/* ---- indicators ---- */

static IwDocument *
indicator_document (IwStore *store, const char *incident, const IwIndicatorFound *found)
{
  g_autofree char *docid = iw_id_new_document (iw_store_get_context (store), incident, "indicator");
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "type", "indicator");
  json_object_set_int_member (body, "v", 1);
  json_object_set_string_member (body, "incident", incident);
  json_object_set_string_member (body, "indicator_type", iw_indicator_type_to_string (found->type));
  json_object_set_string_member (body, "value", found->value);
  return iw_document_new_take (docid, NULL, body);
}

static char *
indicator_key (const char *type, const char *value)
{
  return g_strdup_printf ("%s %s", type, value);
}

/* Those of the incident. (element-type utf8 utf8) */
static GHashTable *
known_indicators (IwSituation *situation)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) documents = iw_situation_get_documents (situation, "indicator");

  for (guint i = 0; i < documents->len; i++)
    g_hash_table_add (known,
                      indicator_key (iw_document_get_text (documents->pdata[i], "indicator_type"),
                                     iw_document_get_text (documents->pdata[i], "value")));
  return known;
}

static IwExit
paste (IwCli *cli, IwStore *store, IwSituation *situation, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *raw = g_strndup (data != NULL ? data : "", size);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = iw_indicators_parse (text, rest);
  g_autoptr (GHashTable) known = known_indicators (situation);
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  IwExit code;

  for (guint i = 0; i < found->len; i++)
    {
      const IwIndicatorFound *indicator = found->pdata[i];

      if (g_hash_table_add (known, indicator_key (iw_indicator_type_to_string (indicator->type),
                                                  indicator->value)))
        g_ptr_array_add (documents, indicator_document (
                                        store, iw_situation_get_incident (situation), indicator));
    }
  code = iw_cli_write_documents (
      cli, store, documents->len == 1 ? N_ ("Add Indicator") : N_ ("Add %u Indicators"),
      documents->len, documents);
  if (code != IW_EXIT_OK)
    return code;
  iw_cli_complain (_ ("New: %u, known already: %u, words left over: %u."),
                   documents->len, found->len - documents->len, rest->len);
  for (guint i = 0; i < rest->len && i < 20; i++)
    /* Translators: %s is a word that is no indicator */
    iw_cli_complain (_ ("Left over: %s"), (const char *)rest->pdata[i]);
  return IW_EXIT_OK;
}

IwExit
iw_cli_indicator_paste (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  IwExit code;

  if (!iw_cli_parse (cli, NULL, NULL, _ ("INCIDENT FILE"),
                     _ ("Adds the indicators in a text, defanged or not, each once. FILE - is "
                        "standard input."),
                     &argc, &argv, 2, 2))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  situation = store != NULL ? iw_cli_read_situation (store, argv[1], &code) : NULL;
  if (situation == NULL)
    return code;
  bytes = iw_cli_read_file (argv[2], PASTE_MAX, &error);
  if (bytes == NULL)
    return iw_cli_fail (error);
  return paste (cli, store, situation, bytes);
}

/* The value as it is kept, where the text is an indicator; else as it is. (transfer full) */
static char *
search_value (const char *text)
{
  g_autofree char *plain = iw_indicator_refang (text);
  IwIndicatorType type;
  char *normal = NULL;

  if (iw_indicator_guess (plain, &type))
    normal = iw_indicator_normalise (type, plain);
  return normal != NULL ? normal : g_steal_pointer (&plain);
}

IwExit
iw_cli_indicator_find (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  JsonArray *array;
  IwExit code;

  if (!iw_cli_parse (
          cli, NULL, NULL, _ ("VALUE"),
          _ ("Says in which incidents an indicator was seen; a * at the end finds beginnings."),
          &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  if (store == NULL)
    return code;
  value = search_value (argv[1]);
  documents = iw_query_indicators (store, value, FOUND_MAX, &error);
  if (documents == NULL)
    return iw_cli_fail (error);
  array = json_array_new ();
  for (guint i = 0; i < documents->len; i++)
    {
      IwDocument *document = documents->pdata[i];
      g_autofree char *incident = iw_id_incident_of (iw_document_get_id (document));
      g_autoptr (IwIncidentRow) row = iw_query_incident (store, incident, NULL);
      g_autofree char *title = iw_cli_first_line (row != NULL ? row->title : "");
      g_autofree char *shown = iw_cli_clean (iw_document_get_text (document, "value"));

      if (cli->json)
        json_array_add_element (array, iw_cli_json_document (iw_document_get_id (document),
                                                             iw_document_get_body (document)));
      else
        printf ("%s  %-8s %s  %s\n", incident, iw_document_get_text (document, "indicator_type"),
                shown, title);
    }
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
  return documents->len > 0 ? IW_EXIT_OK : IW_EXIT_NOT_FOUND;
}

/* ---- teams ---- */

IwExit
iw_cli_team_starter (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) directory = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_auto (GStrv) known = NULL;
  g_autoptr (GError) error = NULL;
  IwExit code;

  if (!iw_cli_parse (cli, NULL, NULL, "",
                     _ ("Adds the usual teams that are not in the directory yet."), &argc, &argv, 0,
                     0))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_MAKE, &code);
  if (store == NULL)
    return code;
  directory = iw_query_directory (store, &error);
  if (directory == NULL)
    return iw_cli_fail (error);
  known = iw_situation_get_teams (directory);
  documents = iw_starter_teams (iw_store_get_context (store), (const char *const *)known);
  return iw_cli_write_documents (cli, store, N_ ("Add Starter Teams"), 1, documents);
}
