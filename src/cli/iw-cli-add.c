/* iw-cli-add.c: adds entries, one from the command line or one a line from standard input. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-quick-entry.h"

/* Of standard input: a time, and the longest text that an entry may have. */
#define MAX_LINE (1024 * 1024 + 256)

typedef struct
{
  char *kind, *team, *actor, *source, *confidence, *zone;
  char **tags;
  gboolean key;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->kind);
  g_free (options->team);
  g_free (options->actor);
  g_free (options->source);
  g_free (options->confidence);
  g_free (options->zone);
  g_strfreev (options->tags);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct
{
  IwCli *cli;
  IwStore *store;
  const char *incident;
  const Options *options;
  IwEntryKind kind;
  GTimeZone *zone;
  JsonArray *added;
} Adder;

/* Decisions that change the state are made by forms that know what was in force. */
static gboolean
kind_from_option (const char *text, IwEntryKind *kind)
{
  *kind = text == NULL ? IW_ENTRY_OBSERVATION : iw_entry_kind_from_string (text);
  if (*kind <= IW_ENTRY_NOTE)
    return TRUE;
  iw_cli_complain (
      _ ("“%s” cannot be added: observation, action, communication, decision or note."), text);
  return FALSE;
}

static gboolean
confidence_is_good (const char *text)
{
  if (text == NULL || iw_confidence_from_string (text) != IW_CONFIDENCE_UNSET)
    return TRUE;
  iw_cli_complain (_ ("There is no confidence “%s”: low, medium, high or confirmed."), text);
  return FALSE;
}

static IwEntry *
make_entry (const Adder *self, const IwQuickEntry *quick)
{
  const Options *options = self->options;
  IwEntry *entry = iw_entry_new (self->incident, self->kind, quick->text);
  IwTime now = { iw_context_now (iw_store_get_context (self->store)), IW_PRECISION_MILLISECOND };

  now.us -= now.us % 1000;
  iw_entry_set_occurred (entry, quick->occurred);
  iw_entry_set_occurred_end (entry, quick->occurred_end);
  iw_entry_set_recorded (entry, now);
  iw_entry_set_zone (entry, g_time_zone_get_identifier (self->zone));
  iw_entry_set_actor (entry, options->actor != NULL ? options->actor : iw_cli_author (self->cli));
  iw_entry_set_team (entry, options->team);
  iw_entry_set_source (entry, options->source);
  iw_entry_set_key (entry, options->key);
  if (options->confidence != NULL)
    iw_entry_set_confidence (entry, iw_confidence_from_string (options->confidence));
  if (options->tags != NULL)
    iw_entry_set_tags (entry, (const char *const *)options->tags);
  return entry;
}

/* Says what was added only once it is durable. */
static void
confirm (Adder *self, const char *docid, JsonObject *body, const IwQuickEntry *quick)
{
  gint64 now = iw_context_now (iw_store_get_context (self->store));
  g_autofree char *unread = iw_quick_entry_describe_unread (quick);

  if (self->cli->json)
    json_array_add_element (self->added, iw_cli_json_document (docid, body));
  else
    {
      g_autofree char *when = iw_quick_entry_describe (quick, now, self->zone);

      printf ("%s  %s\n", docid, when);
      fflush (stdout);
    }
  if (unread != NULL)
    iw_cli_complain ("%s", unread);
  if (quick->future)
    iw_cli_complain ("%s", _ ("The time of this entry lies ahead."));
}

static IwExit
add (Adder *self, const char *line)
{
  gint64 now = iw_context_now (iw_store_get_context (self->store));
  IwQuickEntry quick = iw_quick_entry_parse (line, now, self->zone);
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (self->store), self->incident, "entry");
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;

  if (*quick.text == '\0')
    {
      iw_cli_complain (_ ("“%s” has no text."), line);
      return IW_EXIT_USAGE;
    }
  entry = make_entry (self, &quick);
  body = iw_entry_to_json (entry);
  if (!iw_store_apply (self->store, N_ ("Add Entry"), &(IwChange){ docid, body }, 1, 1, &error))
    return iw_cli_fail (error);
  confirm (self, docid, body, &quick);
  return IW_EXIT_OK;
}

/* A line of standard input without its end, at most one byte more than may be; FALSE at the end,
 * and where it cannot be read: what came of a line by then is none. */
static gboolean
read_line (GString *line, int *cause)
{
  int c;

  g_string_truncate (line, 0);
  while ((c = getc (stdin)) != EOF && c != '\n' && line->len <= MAX_LINE)
    g_string_append_c (line, (char)c);
  if (c == EOF && ferror (stdin))
    {
      *cause = errno;
      return FALSE;
    }
  return c != EOF || line->len > 0;
}

static gboolean
line_is_good (const GString *line, guint number)
{
  if (line->len > MAX_LINE)
    /* Translators: %u counts the lines of the input. */
    iw_cli_complain (_ ("Line %u is too long; those before it were added."), number);
  else if (!g_utf8_validate (line->str, (gssize)line->len, NULL))
    /* Translators: %u counts the lines of the input. */
    iw_cli_complain (_ ("Line %u is not UTF-8 text; those before it were added."), number);
  else
    return TRUE;
  return FALSE;
}

static IwExit
add_lines (Adder *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  IwExit code = IW_EXIT_OK;
  int cause = 0;

  for (guint number = 1; code == IW_EXIT_OK && read_line (line, &cause); number++)
    {
      if (!line_is_good (line, number))
        code = IW_EXIT_USAGE;
      else if (*g_strstrip (line->str) != '\0')
        code = add (self, line->str);
    }
  if (cause != 0)
    {
      iw_cli_complain (_ ("Standard input cannot be read: %s"), g_strerror (cause));
      return IW_EXIT_FAILED;
    }
  return code;
}

static IwExit
run (Adder *self, const char *name, const char *text)
{
  g_autoptr (IwIncidentRow) incident = NULL;
  IwExit code;

  incident = iw_cli_find_incident (self->store, name, &code);
  if (incident == NULL)
    return code;
  self->incident = incident->incident;
  code = g_str_equal (text, "-") ? add_lines (self) : add (self, text);
  /* Also the lines before one that failed: they are stored. */
  if (self->cli->json && (code == IW_EXIT_OK || json_array_get_length (self->added) > 0))
    iw_cli_print_json (json_node_init_array (json_node_alloc (), self->added));
  return code;
}

IwExit
iw_cli_add (IwCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "kind", 'k', 0, G_OPTION_ARG_STRING, &options.kind,
      N_ ("observation, action, communication, decision or note"), N_ ("KIND") },
    { "key", 0, 0, G_OPTION_ARG_NONE, &options.key, N_ ("A key event"), NULL },
    { "actor", 0, 0, G_OPTION_ARG_STRING, &options.actor, N_ ("Who saw or did it"), N_ ("NAME") },
    { "team", 0, 0, G_OPTION_ARG_STRING, &options.team, N_ ("Of which team"), N_ ("NAME") },
    { "source", 0, 0, G_OPTION_ARG_STRING, &options.source, N_ ("Where it is known from"),
      N_ ("NAME") },
    { "confidence", 0, 0, G_OPTION_ARG_STRING, &options.confidence,
      N_ ("low, medium, high or confirmed"), N_ ("LEVEL") },
    { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.tags, N_ ("A tag; may be repeated"),
      N_ ("TAG") },
    { "zone", 'z', 0, G_OPTION_ARG_STRING, &options.zone, N_ ("The zone of the time in the text"),
      N_ ("ZONE") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (JsonArray) added = json_array_new ();
  Adder adder = { .cli = cli, .options = &options, .added = added };
  IwExit code;

  if (!iw_cli_parse (cli, entries, NULL, _ ("INCIDENT TEXT"),
                     _ ("Adds an entry. TEXT may begin with a time: “14:05 blocked the address”, "
                        "“yesterday 23:10 …”,\n"
                        "“10 min ago …”, “14:05-14:20 …”. With - for TEXT each line of standard "
                        "input is an entry."),
                     &argc, &argv, 2, 2) ||
      !kind_from_option (options.kind, &adder.kind) || !confidence_is_good (options.confidence))
    return IW_EXIT_USAGE;
  zone = iw_cli_zone (options.zone);
  if (zone == NULL)
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  if (store == NULL)
    return code;
  adder.store = store;
  adder.zone = zone;
  return run (&adder, argv[1], argv[2]);
}
