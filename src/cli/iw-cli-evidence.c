/* iw-cli-evidence.c: evidence files in, looked at, checked. */
#include "config.h"

#include "iw-cli-evidence.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-find.h"
#include "iw-cli-output.h"
#include "iw-evidence-add.h"
#include "iw-evidence-gate.h"
#include "iw-evidence-verify.h"
#include "iw-quick-entry.h"

/* ---- add ---- */

static const char *
outcome_nick (IwEvidenceOutcome outcome)
{
  static const char *const nicks[] = { "added", "known", "refused" };

  return nicks[outcome];
}

static JsonNode *
added_to_json (const IwEvidenceAdded *added)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "name", added->name);
  json_object_set_string_member (object, "result", outcome_nick (added->outcome));
  if (added->docid != NULL)
    {
      json_object_set_string_member (object, "_id", added->docid);
      json_object_set_string_member (object, "sha256", added->sha256);
      json_object_set_int_member (object, "length", added->length);
    }
  if (added->message != NULL)
    json_object_set_string_member (object, "message", added->message);
  json_node_take_object (node, object);
  return node;
}

static IwExit
say_added (IwCli *cli, GPtrArray *results)
{
  JsonArray *array = json_array_new ();
  IwExit code = IW_EXIT_OK;

  for (guint i = 0; i < results->len; i++)
    {
      const IwEvidenceAdded *added = results->pdata[i];
      g_autofree char *name = iw_cli_clean (added->name);

      if (added->outcome == IW_EVIDENCE_REFUSED)
        code = IW_EXIT_REJECTED;
      if (added->message != NULL)
        iw_cli_complain ("%s: %s", name, added->message);
      if (cli->json)
        json_array_add_element (array, added_to_json (added));
      else if (added->docid != NULL)
        printf ("%s  %s  %s\n", added->docid, added->sha256, name);
    }
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
  return code;
}

/* As the forms read times. */
static gboolean
read_time (const char *text, GTimeZone *zone, IwTime *time)
{
  IwQuickEntry quick;

  *time = IW_TIME_NONE;
  if (text == NULL || iw_time_parse_rfc3339 (text, zone, time))
    return TRUE;
  quick = iw_quick_entry_parse (text, g_get_real_time (), zone);
  if (quick.explicit_time && !quick.unread_time && *quick.text == '\0' &&
      !iw_time_is_set (quick.occurred_end))
    {
      *time = quick.occurred;
      return TRUE;
    }
  iw_cli_complain (_ ("--at: “%s” is not understood as a time."), text);
  return FALSE;
}

static GPtrArray *
files_of (int argc, char **argv)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 2; i < argc; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (argv[i]));
  return files;
}

static IwExit
add (IwCli *cli, int argc, char **argv, const IwEvidenceDetails *details)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwIncidentRow) incident = NULL;
  g_autoptr (GPtrArray) files = files_of (argc, argv);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  IwCliProgress progress = { .what = _ ("Adding") };
  IwExit code;

  store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  incident = store != NULL ? iw_cli_find_incident (store, argv[1], &code) : NULL;
  if (incident == NULL)
    return code;
  iw_cli_catch_interrupt (cli);
  results = iw_evidence_add (store, incident->incident, files, details, iw_cli_progress, &progress,
                             cli->cancellable, &error);
  iw_cli_progress_end (&progress);
  return results != NULL ? say_added (cli, results) : iw_cli_fail (error);
}

IwExit
iw_cli_evidence_add (IwCli *cli, int argc, char **argv)
{
  g_autofree char *by = NULL, *at = NULL, *origin = NULL, *zone_name = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, N_ ("Who collected them; the author if not given"),
      N_ ("NAME") },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, N_ ("When they were collected; now if not given"),
      N_ ("TIME") },
    { "origin", 0, 0, G_OPTION_ARG_STRING, &origin,
      N_ ("Where they are from; each file’s own place if not given"), N_ ("TEXT") },
    { "zone", 'z', 0, G_OPTION_ARG_STRING, &zone_name, N_ ("The zone of --at"), N_ ("ZONE") },
    G_OPTION_ENTRY_NULL
  };
  IwEvidenceDetails details = { 0 };

  if (!iw_cli_parse (cli, entries, NULL, _ ("INCIDENT FILE…"),
                     _ ("Keeps files as evidence: hashed, as they are, with a chain of custody."),
                     &argc, &argv, 2, -1))
    return IW_EXIT_USAGE;
  zone = iw_cli_zone (zone_name);
  if (zone == NULL || !read_time (at, zone, &details.collected_at))
    return IW_EXIT_USAGE;
  details.collected_by = by != NULL ? by : iw_cli_author (cli);
  details.origin = origin;
  return add (cli, argc, argv, &details);
}

/* ---- list, show ---- */

static JsonNode *
strings_to_json (const char *const *values)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (; *values != NULL; values++)
    json_array_add_string_element (array, *values);
  return json_node_init_array (json_node_alloc (), array);
}

/* The document, and what the decisions say of it. */
static JsonNode *
evidence_to_json (IwSituation *situation, IwDocument *document)
{
  const char *docid = iw_document_get_id (document);
  JsonNode *node = iw_cli_json_document (docid, iw_document_get_body (document));
  JsonObject *object = json_node_get_object (node);
  g_auto (GStrv) marks = iw_evidence_marks (situation, docid);
  g_autofree char *withheld = iw_evidence_gate (situation, docid, NULL, NULL);

  json_object_set_member (object, "_marks", strings_to_json ((const char *const *)marks));
  if (withheld != NULL)
    json_object_set_string_member (object, "_withheld", withheld);
  return node;
}

static void
print_evidence (IwSituation *situation, IwDocument *document)
{
  const char *docid = iw_document_get_id (document);
  g_auto (GStrv) marks = iw_evidence_marks (situation, docid);
  g_autofree char *joined = g_strjoinv (",", marks);
  g_autofree char *name = iw_cli_clean (iw_document_get_name (document));

  printf ("%s  %s  %-12s %s\n", docid, iw_document_get_text (document, "sha256"),
          *joined != '\0' ? joined : "-", name);
}

IwExit
iw_cli_evidence_list (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  JsonArray *array;
  IwExit code;

  if (!iw_cli_parse (cli, NULL, NULL, _ ("INCIDENT"), _ ("Lists the evidence of an incident."),
                     &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  situation = store != NULL ? iw_cli_read_situation (store, argv[1], &code) : NULL;
  if (situation == NULL)
    return code;
  documents = iw_situation_get_documents (situation, "evidence");
  array = json_array_new ();
  for (guint i = 0; i < documents->len; i++)
    if (cli->json)
      json_array_add_element (array, evidence_to_json (situation, documents->pdata[i]));
    else
      print_evidence (situation, documents->pdata[i]);
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
  return IW_EXIT_OK;
}

static void
print_field (const char *label, const char *value)
{
  g_autofree char *line = iw_cli_one_line (value);

  if (*line != '\0')
    printf ("%-14s %s\n", label, line);
}

/* A release names also what it left out. */
static gboolean
was_withheld (IwEntry *entry, const char *docid)
{
  g_auto (GStrv) withheld = iw_entry_get_list (entry, "withheld");

  return iw_entry_get_kind (entry) == IW_ENTRY_RELEASE &&
         g_strv_contains ((const char *const *)withheld, docid);
}

static void
print_chain (GPtrArray *chain, const char *docid)
{
  for (guint i = 0; i < chain->len; i++)
    {
      IwEntry *entry = chain->pdata[i];
      g_autofree char *when = iw_cli_time (iw_entry_get_occurred (entry));
      g_autofree char *text = iw_cli_one_line (iw_entry_get_text (entry));
      g_autofree char *actor = iw_cli_clean (iw_entry_get_actor (entry));

      printf ("%-22s %s%s%s%s\n", when, text,
              /* Translators: said of a file that was left out of a release. */
              was_withheld (entry, docid) ? _ (" (this file was withheld)") : "",
              *actor != '\0' ? " — " : "", actor);
    }
}

static void
print_details (IwSituation *situation, IwDocument *document, GPtrArray *chain)
{
  const char *docid = iw_document_get_id (document);
  g_auto (GStrv) marks = iw_evidence_marks (situation, docid);
  g_autofree char *words = iw_evidence_marks_words ((const char *const *)marks);
  g_autofree char *withheld = iw_evidence_gate (situation, docid, NULL, NULL);

  print_field (_ ("Name"), iw_document_get_name (document));
  print_field (_ ("Id"), docid);
  print_field (_ ("SHA-256"), iw_document_get_text (document, "sha256"));
  print_field (_ ("Bytes"), iw_document_get_text (document, "length"));
  print_field (_ ("Type"), iw_document_get_text (document, "media_type"));
  print_field (_ ("Collected"), iw_document_get_text (document, "collected_at"));
  print_field (_ ("By"), iw_document_get_text (document, "collected_by"));
  print_field (_ ("Origin"), iw_document_get_text (document, "origin"));
  print_field (_ ("Marks"), words);
  print_field (_ ("Withheld"), withheld != NULL ? withheld : "");
  printf ("\n");
  print_chain (chain, docid);
}

IwExit
iw_cli_evidence_show (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) chain = NULL;
  g_autofree char *docid = NULL;
  IwDocument *document;
  JsonArray *array;
  JsonNode *node;
  IwExit code;

  if (!iw_cli_parse (cli, NULL, NULL, _ ("INCIDENT NAME"),
                     _ ("Shows a piece of evidence and its chain of custody."), &argc, &argv, 2, 2))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  situation = store != NULL ? iw_cli_read_situation (store, argv[1], &code) : NULL;
  if (situation == NULL)
    return code;
  docid = iw_cli_find_document (store, situation, "evidence", argv[2]);
  if (docid == NULL)
    return IW_EXIT_NOT_FOUND;
  document = iw_situation_find (situation, docid);
  chain = iw_situation_get_custody (situation, docid);
  if (!cli->json)
    {
      print_details (situation, document, chain);
      return IW_EXIT_OK;
    }
  node = evidence_to_json (situation, document);
  array = json_array_new ();
  for (guint i = 0; i < chain->len; i++)
    {
      g_autoptr (JsonObject) body = iw_entry_to_json (chain->pdata[i]);

      json_array_add_element (array,
                              iw_cli_json_document (iw_entry_get_id (chain->pdata[i]), body));
    }
  json_object_set_array_member (json_node_get_object (node), "_custody", array);
  iw_cli_print_json (node);
  return IW_EXIT_OK;
}

/* ---- verify ---- */

static IwExit
say_checks (IwCli *cli, GPtrArray *checks)
{
  JsonArray *array = json_array_new ();
  IwExit code = IW_EXIT_OK;

  for (guint i = 0; i < checks->len; i++)
    {
      const IwEvidenceCheck *check = checks->pdata[i];
      const char *result = iw_evidence_condition_to_string (check->condition);
      g_autofree char *name = iw_cli_clean (check->name);
      JsonObject *object;

      if (check->condition != IW_EVIDENCE_INTACT)
        {
          code = IW_EXIT_DAMAGED;
          iw_cli_complain ("%s: %s", name, check->message);
        }
      if (!cli->json)
        {
          printf ("%s  %-10s %s\n", check->docid, result, name);
          continue;
        }
      object = json_object_new ();
      json_object_set_string_member (object, "_id", check->docid);
      json_object_set_string_member (object, "name", check->name);
      json_object_set_string_member (object, "result", result);
      json_array_add_object_element (array, object);
    }
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
  return code;
}

static gboolean
record (IwCli *cli,
        IwStore *store,
        const char *incident,
        GPtrArray *checks,
        gboolean named,
        GError **error)
{
  if (iw_store_get_read_only (store))
    return TRUE;
  if (!named)
    return iw_evidence_verify_record_all (store, incident, checks, iw_cli_author (cli), error);
  for (guint i = 0; i < checks->len; i++)
    if (!iw_evidence_verify_record_one (store, incident, checks->pdata[i], iw_cli_author (cli),
                                        error))
      return FALSE;
  return TRUE;
}

static IwExit
verify (IwCli *cli, IwStore *store, IwSituation *situation, const char *const *items)
{
  const char *incident = iw_situation_get_incident (situation);
  IwCliProgress progress = { .what = _ ("Verifying") };
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) error = NULL;

  iw_cli_catch_interrupt (cli);
  checks = iw_evidence_verify (store, incident, items, iw_cli_progress, &progress, cli->cancellable,
                               &error);
  iw_cli_progress_end (&progress);
  if (checks == NULL || !record (cli, store, incident, checks, items != NULL, &error))
    return iw_cli_fail (error);
  return say_checks (cli, checks);
}

IwExit
iw_cli_evidence_verify (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) items = NULL;
  IwExit code;

  if (!iw_cli_parse (
          cli, NULL, NULL, _ ("INCIDENT [NAME…]"),
          _ ("Reads stored evidence, all of it if none is named, and compares its hashes. "
             "The result goes on the timeline."),
          &argc, &argv, 1, -1))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  situation = store != NULL ? iw_cli_read_situation (store, argv[1], &code) : NULL;
  if (situation == NULL)
    return code;
  for (int i = 2; i < argc; i++)
    {
      char *docid = iw_cli_find_document (store, situation, "evidence", argv[i]);

      if (docid == NULL)
        return IW_EXIT_NOT_FOUND;
      g_strv_builder_take (builder, docid);
    }
  items = g_strv_builder_end (builder);
  return verify (cli, store, situation, argc > 2 ? (const char *const *)items : NULL);
}
