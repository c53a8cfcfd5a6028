/* iw-cli-decide.c: a command for every form: its options are the form's fields.
 *
 * "stage", "classify", "escalate" and the like write a decision; "task new", "team edit" and the
 * like a document. What may be written is IwForm's to say, as in the window.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-find.h"
#include "iw-cli-output.h"
#include "iw-cli-words.h"
#include "iw-cli.h"
#include "iw-form.h"
#include "iw-sync-rights.h"

typedef struct
{
  const char *command;
  const char *word; /* the second word, NULL if there is none */
  const char *kind;
  gboolean edit;
  const char *to; /* what "to" is unless --to says otherwise; NULL: what the form begins with */
} Command;

static const Command commands[] = {
  { "stage", NULL, "stage" },
  { "contain", NULL, "containment" },
  { "detect", NULL, "detection" },
  { "assess", NULL, "assessment" },
  { "classify", NULL, "classification" },
  { "declare", NULL, "declaration" },
  { "impact", NULL, "impact" },
  { "severity", NULL, "severity" },
  { "priority", NULL, "priority" },
  { "role", NULL, "role" },
  { "activity", NULL, "activity" },
  { "escalate", NULL, "escalation" },
  { "acknowledge", NULL, "acknowledgement" },
  { "liaison", NULL, "liaison" },
  { "clock", "start", "clock" },
  { "clock", "end", "clock-end" },
  { "notice", "new", "notice" },
  { "notice", "edit", "notice", TRUE },
  { "notice", "state", "notice-state" },
  { "scope", "new", "scope-item" },
  { "scope", "edit", "scope-item", TRUE },
  { "scope", "state", "scope-state" },
  { "task", "new", "task" },
  { "task", "edit", "task", TRUE },
  { "task", "state", "task-state" },
  { "indicator", "new", "indicator" },
  { "indicator", "edit", "indicator", TRUE },
  { "indicator", "sweep", "sweep" },
  { "asset", "new", "asset" },
  { "asset", "edit", "asset", TRUE },
  { "evidence", "hand-over", "custody", .to = "handed-over" },
  { "evidence", "custody", "custody" },
  { "evidence", "mark", "marking" },
  { "evidence", "approve", "approval" },
  { "team", "new", "team" },
  { "team", "edit", "team", TRUE },
  { "person", "new", "person" },
  { "person", "edit", "person", TRUE },
  { "withdraw", NULL, "withdrawal" },
};

#define NOT_GIVEN -1

/* What the command line holds for each field of the kind. */
typedef struct
{
  const Command *command;
  const IwFormKind *kind;
  GPtrArray *fields;  /* (element-type IwFormField) that have an option */
  char ***texts;      /* by field: the values given, NULL if none */
  int *ticks;         /* by field, for TICK: TRUE, FALSE, or NOT_GIVEN */
  GPtrArray *strings; /* option names and descriptions */
} Options;

static void
options_clear (Options *options)
{
  for (guint i = 0; options->fields != NULL && i < options->fields->len; i++)
    g_strfreev (options->texts[i]);
  g_clear_pointer (&options->fields, g_ptr_array_unref);
  g_clear_pointer (&options->texts, g_free);
  g_clear_pointer (&options->ticks, g_free);
  g_clear_pointer (&options->strings, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- options ---- */

/* What a decision of the kind is about; NULL if about the incident itself. */
static const IwFormField *
subject_field (const IwFormKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].input == IW_INPUT_SUBJECT)
      return &kind->fields[i];
  return NULL;
}

static void
take_fields (Options *self)
{
  guint n_common;
  const IwFormField *common = iw_form_common_fields (&n_common);

  self->fields = g_ptr_array_new ();
  for (guint i = 0; i < self->kind->n_fields; i++)
    if (self->kind->fields[i].input != IW_INPUT_SUBJECT &&
        (self->kind->fields[i].flags & IW_FORM_FIELD_HIDDEN) == 0)
      g_ptr_array_add (self->fields, (gpointer)&self->kind->fields[i]);
  for (guint i = 0; self->kind->doc_type == NULL && i < n_common; i++)
    g_ptr_array_add (self->fields, (gpointer)&common[i]);
  self->texts = g_new0 (char **, self->fields->len);
  self->ticks = g_new (int, self->fields->len);
  for (guint i = 0; i < self->fields->len; i++)
    self->ticks[i] = NOT_GIVEN;
  self->strings = g_ptr_array_new_with_free_func (g_free);
}

/* "root_cause" is --root-cause, "occurred_at" is --at. */
static const char *
option_name (Options *self, const IwFormField *field)
{
  char *name = g_strdelimit (
      g_strdup (strcmp (field->name, "occurred_at") == 0 ? "at" : field->name), "_", '-');

  g_ptr_array_add (self->strings, name);
  return name;
}

/* What the help says: the label, and the values that a choice has. */
static const char *
option_help (Options *self, const IwFormField *field)
{
  GString *text = g_string_new (iw_form_field_label (field));

  for (guint i = 0; field->choices != NULL && field->choices[i].value != NULL; i++)
    if (*field->choices[i].value != '\0')
      g_string_append_printf (text, "%s%s", i == 0 ? ": " : ", ", field->choices[i].value);
  g_ptr_array_add (self->strings, text->str);
  return g_string_free (text, FALSE);
}

/* What is ticked already is taken back by "--no-emergency". */
static GOptionEntry *
add_untick (Options *self, GOptionEntry *entry, const GOptionEntry *tick)
{
  char *name = g_strconcat ("no-", tick->long_name, NULL);

  g_ptr_array_add (self->strings, name);
  *entry = *tick;
  entry->long_name = name;
  entry->flags = G_OPTION_FLAG_REVERSE;
  return entry + 1;
}

static GOptionEntry *
make_entries (Options *self)
{
  GOptionEntry *entries = g_new0 (GOptionEntry, 2 * self->fields->len + 1);
  GOptionEntry *entry = entries;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const IwFormField *field = self->fields->pdata[i];
      gboolean tick = field->input == IW_INPUT_TICK;

      entry->long_name = option_name (self, field);
      entry->description = option_help (self, field);
      entry->arg = tick ? G_OPTION_ARG_NONE : G_OPTION_ARG_STRING_ARRAY;
      entry->arg_data = tick ? (gpointer)&self->ticks[i] : (gpointer)&self->texts[i];
      entry->arg_description = tick ? NULL : N_ ("TEXT");
      entry++;
      if (tick && self->command->edit)
        entry = add_untick (self, entry, entry - 1);
    }
  return entries;
}

static gboolean
is_list (const IwFormField *field)
{
  return field->input == IW_INPUT_SET || field->input == IW_INPUT_LINES ||
         field->input == IW_INPUT_ITEMS || field->input == IW_INPUT_LINKS;
}

/* ---- filling in ---- */

/* Documents may be named by what they are called, or by the beginning or end of their id. */
static char *
resolve (IwCli *cli,
         IwStore *store,
         IwSituation *situation,
         const IwFormField *field,
         char **values)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *docid = NULL;

      if (field->input != IW_INPUT_ITEMS && field->input != IW_INPUT_LINKS)
        {
          g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", values[i]);
          continue;
        }
      docid = iw_cli_find_document (store, situation, field->items_type, values[i]);
      if (docid == NULL)
        return NULL;
      g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", docid);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static IwForm *
set_field (IwForm *form, const char *name, const char *value)
{
  IwForm *next = iw_form_set (form, name, value);

  iw_form_unref (form);
  return next;
}

/* The form with what the command line says. @form: (transfer full). NULL where something is not
 * found, which is then said. */
static IwForm *
fill (const Options *options, IwCli *cli, IwStore *store, IwSituation *situation, IwForm *form)
{
  for (guint i = 0; i < options->fields->len; i++)
    {
      const IwFormField *field = options->fields->pdata[i];
      char **values = options->texts[i];
      g_autofree char *value = NULL;

      if (field->input == IW_INPUT_TICK)
        {
          if (options->ticks[i] != NOT_GIVEN)
            form = set_field (form, field->name, options->ticks[i] ? "true" : "");
          continue;
        }
      if (values == NULL)
        continue;
      if (is_list (field))
        value = resolve (cli, store, situation, field, values);
      else
        value = g_strdup (values[g_strv_length (values) - 1]);
      if (value == NULL)
        {
          iw_form_unref (form);
          return NULL;
        }
      form = set_field (form, field->name, value);
    }
  return form;
}

/* ---- writing ---- */

static void
say_problems (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const IwProblem *problem = problems->pdata[i];
      g_autofree char *option =
          g_strdelimit (g_strdup (problem->field != NULL ? problem->field : ""), "_", '-');

      if (*option != '\0')
        iw_cli_complain ("--%s: %s", strcmp (option, "occurred-at") == 0 ? "at" : option,
                         problem->message);
      else
        iw_cli_complain ("%s", problem->message);
    }
}

static IwExit
write_form (IwCli *cli, IwStore *store, IwForm *form)
{
  const IwContext *context = iw_store_get_context (store);
  gint64 now = iw_context_now (context);
  g_autoptr (GPtrArray) problems = iw_form_get_problems (form, now);
  g_auto (GStrv) notes = iw_form_get_notes (form, now, NULL);
  g_autoptr (IwSyncRights) rights = iw_sync_rights_load (store);
  g_autofree char *refusal =
      iw_sync_rights_describe_refusal (rights, form, context, iw_cli_author (cli));
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;

  if (problems->len > 0)
    {
      say_problems (problems);
      return IW_EXIT_REFUSED;
    }
  for (guint i = 0; notes[i] != NULL; i++)
    iw_cli_complain ("%s", notes[i]);
  if (refusal != NULL)
    iw_cli_complain ("%s", refusal);
  documents = iw_form_write (form, context, &error);
  if (documents == NULL)
    return iw_cli_fail (error);
  return iw_cli_write_documents (cli, store, iw_form_get_action (form), 1, documents);
}

/* ---- the command ---- */

static const Command *
find_command (int argc, char **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].command, argv[0]) == 0 &&
        (commands[i].word == NULL || (argc > 1 && strcmp (commands[i].word, argv[1]) == 0)))
      return &commands[i];
  return NULL;
}

static IwSituation *
read_situation (IwStore *store, const IwFormKind *kind, const char *incident, IwExit *code)
{
  g_autoptr (GError) error = NULL;
  IwSituation *situation;

  if (!kind->workspace)
    return iw_cli_read_situation (store, incident, code);
  situation = iw_query_directory (store, &error);
  if (situation == NULL)
    *code = iw_cli_fail (error);
  return situation;
}

static IwForm *
make_form (const Options *options,
           IwCli *cli,
           IwStore *store,
           IwSituation *situation,
           const char *name)
{
  const IwFormKind *kind = options->kind;
  g_autofree char *docid = NULL;

  if (name != NULL)
    {
      docid = iw_cli_find_document (
          store, situation,
          options->command->edit ? kind->doc_type : subject_field (kind)->items_type, name);
      if (docid == NULL)
        return NULL;
    }
  if (!options->command->edit)
    return iw_form_new (kind, situation, docid, iw_cli_author (cli));
  return iw_form_new_edit (kind, situation, iw_situation_find (situation, docid),
                           iw_cli_author (cli));
}

static const char *
usage_words (const Options *options)
{
  gboolean named = options->command->edit || subject_field (options->kind) != NULL;

  if (options->kind->workspace)
    return named ? _ ("NAME") : "";
  return named ? _ ("INCIDENT NAME") : _ ("INCIDENT");
}

static IwExit
run (Options *options, IwCli *cli, int argc, char **argv)
{
  gboolean named = options->command->edit || subject_field (options->kind) != NULL;
  int n = (options->kind->workspace ? 0 : 1) + (named ? 1 : 0);
  g_autofree GOptionEntry *entries = make_entries (options);
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  IwForm *form;
  IwExit code;

  if (!iw_cli_parse (cli, entries, NULL, usage_words (options),
                     iw_form_kind_title (options->kind, options->command->edit), &argc, &argv, n,
                     n))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, options->kind->workspace ? IW_CLI_MAKE : IW_CLI_WRITE, &code);
  if (store == NULL)
    return code;
  situation = read_situation (store, options->kind, argv[1], &code);
  if (situation == NULL)
    return code;
  form = make_form (options, cli, store, situation, named ? argv[n] : NULL);
  if (form != NULL && options->command->to != NULL)
    form = set_field (form, "to", options->command->to);
  if (form != NULL)
    form = fill (options, cli, store, situation, form);
  if (form == NULL)
    return IW_EXIT_NOT_FOUND;
  code = write_form (cli, store, form);
  iw_form_unref (form);
  return code;
}

/* What may come after a command that is of two words. */
static void
print_words (const char *command)
{
  printf (_ ("Usage:\n  %s %s WORD …\n\nWords (each has --help):\n"), g_get_prgname (), command);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].command, command) == 0)
      printf ("  %-8s %s\n", commands[i].word,
              iw_form_kind_title (iw_form_kind_find (commands[i].kind), commands[i].edit));
  printf ("  %-8s %s\n", "list", _ ("List them with their states"));
  iw_cli_print_words (command);
}

IwExit
iw_cli_decide (IwCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { .command = find_command (argc, argv) };
  g_autofree char *words = NULL;
  IwExit code;

  if (iw_cli_word (cli, argc, argv, &code))
    return code;
  if (options.command == NULL && argc > 1 && strcmp (argv[1], "list") == 0)
    return iw_cli_documents (cli, argc, argv);
  if (options.command == NULL && argc > 1 &&
      (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0))
    {
      print_words (argv[0]);
      return IW_EXIT_OK;
    }
  if (options.command == NULL)
    {
      iw_cli_complain (_ ("“%s” needs a second word; see %s %s --help."), argv[0], g_get_prgname (),
                       argv[0]);
      return IW_EXIT_USAGE;
    }
  options.kind = iw_form_kind_find (options.command->kind);
  if (options.command->word != NULL)
    {
      argv[1] = words = g_strdup_printf ("%s %s", argv[0], argv[1]);
      argc--;
      argv++;
    }
  take_fields (&options);
  return run (&options, cli, argc, argv);
}
