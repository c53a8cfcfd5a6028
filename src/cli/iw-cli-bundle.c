/* iw-cli-bundle.c: incidents in a file: written, looked at, read. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-bundle.h"
#include "iw-cli-index.h"
#include "iw-cli-output.h"
#include "iw-cli-secret.h"
#include "iw-conflicts.h"

static IwExit
fail (const GError *error)
{
  IwExit code = iw_cli_fail (error);

  if (g_error_matches (error, IW_BUNDLE_ERROR, IW_BUNDLE_ERROR_ALTERED))
    return IW_EXIT_DAMAGED;
  return g_error_matches (error, IW_BUNDLE_ERROR, IW_BUNDLE_ERROR_UNSIGNED) ? IW_EXIT_REFUSED
                                                                            : code;
}

/* (transfer full) */
static char *
path_of (const char *argument)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (argument);

  char *path = g_file_get_path (file);

  return path != NULL ? path : g_strdup (argument);
}

/* Asked for where one opens it, or is given. FALSE: the reason was said. */
static gboolean
read_passphrase (const char *path, gboolean from_stdin, char **passphrase, IwExit *code)
{
  g_autoptr (GError) error = NULL;
  gboolean encrypted = FALSE, by_passphrase = FALSE;

  *passphrase = NULL;
  if (!from_stdin && !iw_bundle_peek (path, &encrypted, &by_passphrase, &error))
    {
      *code = fail (error);
      return FALSE;
    }
  if (!from_stdin && !by_passphrase)
    return TRUE;
  *passphrase = iw_cli_passphrase (from_stdin);
  *code = IW_EXIT_FAILED;
  return *passphrase != NULL;
}

/* ---- export ---- */

typedef struct
{
  gboolean sign, replace, passphrase_stdin;
  char *signer;
  char **recipients;
} ExportOptions;

static void
export_options_clear (ExportOptions *options)
{
  g_free (options->signer);
  g_strfreev (options->recipients);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ExportOptions, export_options_clear)

/* "--sign" alone would take the word after it for a key. */
static void
settle_sign (int argc, char **argv, ExportOptions *options)
{
  for (int i = 1; i < argc; i++)
    {
      options->sign |= g_str_has_prefix (argv[i], "--sign");
      if (strcmp (argv[i], "--sign") == 0)
        argv[i] = (char *)"--sign=";
    }
}

static char **
find_incidents (IwStore *store, char **names, IwExit *code)
{
  g_autoptr (GStrvBuilder) incidents = g_strv_builder_new ();

  for (; *names != NULL; names++)
    {
      g_autoptr (IwIncidentRow) row = iw_cli_find_incident (store, *names, code);

      if (row == NULL)
        return NULL;
      g_strv_builder_add (incidents, row->incident);
    }
  return g_strv_builder_end (incidents);
}

static IwExit
write_bundle (IwCli *cli, const ExportOptions *options, const char *path, char **names)
{
  IwExit code;
  g_autoptr (IwStore) store = iw_cli_open (cli, IW_CLI_READ, &code);
  g_auto (GStrv) incidents = store != NULL ? find_incidents (store, names, &code) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *passphrase = NULL;
  IwCliProgress progress = { .what = _ ("Exporting") };
  gboolean ok;

  if (incidents == NULL)
    return code;
  if (options->passphrase_stdin && (passphrase = iw_cli_passphrase (TRUE)) == NULL)
    return IW_EXIT_FAILED;
  iw_cli_catch_interrupt (cli);
  ok =
      iw_bundle_export (store, path,
                        &(IwBundleOptions){
                            .incidents = *incidents != NULL ? (const char *const *)incidents : NULL,
                            .sign = options->sign,
                            .signer = options->signer,
                            .recipients = (const char *const *)options->recipients,
                            .passphrase = passphrase,
                            .made_by = iw_cli_author (cli),
                        },
                        iw_cli_progress, &progress, cli->cancellable, &error);
  iw_cli_progress_end (&progress);
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  return ok ? IW_EXIT_OK : fail (error);
}

static IwExit
export_bundle (IwCli *cli, int argc, char **argv)
{
  g_auto (ExportOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "sign", 0, 0, G_OPTION_ARG_STRING, &options.signer,
      N_ ("Sign it, by the OpenPGP key KEY or the default one"), N_ ("KEY") },
    { "recipient", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.recipients,
      N_ ("Encrypt it for this OpenPGP key; may be given several times"), N_ ("KEY") },
    { "passphrase-stdin", 0, 0, G_OPTION_ARG_NONE, &options.passphrase_stdin,
      N_ ("Encrypt it by a passphrase that is read from standard input"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &options.replace,
      N_ ("Replace a file that is there already"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autofree char *path = NULL;

  settle_sign (argc, argv, &options);
  if (!iw_cli_parse (cli, entries, NULL, _ ("FILE [INCIDENT…]"),
                     _ ("Writes incidents, or the whole workspace, with their history and evidence "
                        "into a bundle."),
                     &argc, &argv, 1, -1))
    return IW_EXIT_USAGE;
  path = path_of (argv[1]);
  if (!options.replace && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      iw_cli_complain (_ ("“%s” exists already. Choose another name, or give --replace."), path);
      return IW_EXIT_FAILED;
    }
  return write_bundle (cli, &options, path, argv + 2);
}

/* ---- verify ---- */

static const char *
trust_code (IwBundleTrust trust)
{
  static const char *const codes[] = { "unsigned", "signed", "signed-unknown", "bad" };

  return codes[trust];
}

static void
print_json (const IwBundleInfo *info)
{
  JsonObject *object = json_object_new ();
  JsonArray *titles = json_array_new ();

  json_object_set_string_member (object, "signature", trust_code (info->trust));
  json_object_set_string_member (object, "signer", info->signer);
  json_object_set_string_member (object, "fingerprint", info->fingerprint);
  json_object_set_boolean_member (object, "encrypted", info->encrypted);
  json_object_set_string_member (object, "made_by", info->made_by);
  iw_cli_json_time (object, "made_at", info->made_at);
  json_object_set_int_member (object, "incidents", info->n_incidents);
  json_object_set_int_member (object, "documents", info->n_documents);
  json_object_set_int_member (object, "attachments", info->n_attachments);
  json_object_set_int_member (object, "bytes", info->n_bytes);
  for (char **title = info->titles; title != NULL && *title != NULL; title++)
    json_array_add_string_element (titles, *title);
  json_object_set_array_member (object, "titles", titles);
  iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
  json_object_unref (object);
}

static void
print_signature (const IwBundleInfo *info)
{
  const char *name = info->signer != NULL ? info->signer : _ ("a key that is not here");
  g_autofree char *signer = iw_cli_clean (name);
  const char *fingerprint = info->fingerprint != NULL ? info->fingerprint : "-";

  switch (info->trust)
    {
    case IW_BUNDLE_UNSIGNED:
      printf ("%s\n", _ ("It is not signed: anybody may have made or altered it."));
      break;
    case IW_BUNDLE_SIGNED:
      /* Translators: whose OpenPGP key, its fingerprint. */
      printf (_ ("It is signed by %s (%s).\n"), signer, fingerprint);
      break;
    case IW_BUNDLE_SIGNED_UNKNOWN:
      printf (_ ("It is signed by %s (%s), and nobody here vouches for that key.\n"), signer,
              fingerprint);
      break;
    case IW_BUNDLE_SIGNATURE_BAD:
      printf ("%s\n", _ ("Its signature does not hold: it was altered or damaged."));
      break;
    }
}

static void
print_info (const IwBundleInfo *info)
{
  g_autofree char *size = g_format_size (info->n_bytes);

  print_signature (info);
  if (info->trust == IW_BUNDLE_SIGNATURE_BAD)
    return;
  if (info->encrypted)
    printf ("%s\n", _ ("It is encrypted."));
  if (info->made_at != 0)
    {
      IwTime at = { info->made_at, IW_PRECISION_SECOND };
      g_autofree char *time = iw_cli_time (at);
      g_autofree char *by = iw_cli_one_line (info->made_by != NULL ? info->made_by : "-");

      /* Translators: when, by whom. */
      printf (_ ("Made %s by %s\n"), time, by);
    }
  printf (_ ("Incidents: %u, documents: %u, attachments: %u (%s)\n"), info->n_incidents,
          info->n_documents, info->n_attachments, size);
  for (char **title = info->titles; *title != NULL; title++)
    {
      g_autofree char *line = iw_cli_one_line (*title);

      printf ("  %s\n", line);
    }
}

static IwExit
code_of (IwBundleTrust trust)
{
  if (trust == IW_BUNDLE_SIGNATURE_BAD)
    return IW_EXIT_DAMAGED;
  return trust == IW_BUNDLE_SIGNED ? IW_EXIT_OK : IW_EXIT_REFUSED;
}

/* Where a bundle is decrypted to: no workspace is needed to look at one. (transfer full) */
static char *
staging_of (IwCli *cli)
{
  if (iw_cli_workspace_exists (cli))
    return g_strdup (iw_cli_workspace (cli));
  return g_build_filename (g_get_user_cache_dir (), "incident-workbench", NULL);
}

static IwExit
verify (IwCli *cli, int argc, char **argv)
{
  gboolean passphrase_stdin = FALSE;
  const GOptionEntry entries[] = { { "passphrase-stdin", 0, 0, G_OPTION_ARG_NONE, &passphrase_stdin,
                                     N_ ("Read the passphrase from standard input"), NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autofree char *path = NULL, *dir = NULL, *passphrase = NULL;
  g_autoptr (IwBundleInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  IwCliProgress progress = { .what = _ ("Verifying") };
  IwExit code;

  if (!iw_cli_parse (cli, entries, NULL, _ ("FILE"),
                     _ ("Says who signed a bundle, checks all of it, and reads nothing of it into "
                        "the workspace."),
                     &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  path = path_of (argv[1]);
  dir = staging_of (cli);
  if (!read_passphrase (path, passphrase_stdin, &passphrase, &code))
    return code;
  iw_cli_catch_interrupt (cli);
  info = iw_bundle_verify (path, dir, passphrase, iw_cli_progress, &progress, cli->cancellable,
                           &error);
  iw_cli_progress_end (&progress);
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  if (info == NULL)
    return fail (error);
  if (cli->json)
    print_json (info);
  else
    print_info (info);
  return code_of (info->trust);
}

/* ---- import ---- */

static IwExit
say_imported (IwCli *cli, IwStore *store, guint n_new)
{
  guint open = iw_conflicts_count (store);

  if (cli->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "new", n_new);
      json_object_set_int_member (object, "conflicts", open);
      iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
      json_object_unref (object);
    }
  else
    printf (_ ("New revisions: %u. Conflicts to review: %u.\n"), n_new, open);
  return IW_EXIT_OK;
}

static IwExit
read_bundle (IwCli *cli, const char *path, const char *passphrase, gboolean allow_unsigned)
{
  IwExit code;
  g_autoptr (IwStore) store = iw_cli_open (cli, IW_CLI_MAKE, &code);
  g_autoptr (GError) error = NULL;
  IwCliProgress progress = { .what = _ ("Importing") };
  guint n_new = 0;
  gboolean ok;

  if (store == NULL)
    return code;
  iw_cli_catch_interrupt (cli);
  ok = iw_bundle_import (store, path, passphrase, allow_unsigned, &n_new, iw_cli_progress,
                         &progress, cli->cancellable, &error);
  iw_cli_progress_end (&progress);
  if (ok)
    {
      g_autoptr (GHashTable) unfit = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      iw_cli_index (cli, store, unfit);
      return say_imported (cli, store, n_new);
    }
  code = fail (error);
  if (code == IW_EXIT_REFUSED)
    iw_cli_complain ("%s", _ ("If you know where it comes from, give --allow-unsigned."));
  return code;
}

static IwExit
import_bundle (IwCli *cli, int argc, char **argv)
{
  gboolean passphrase_stdin = FALSE, allow_unsigned = FALSE;
  const GOptionEntry entries[] = {
    { "allow-unsigned", 0, 0, G_OPTION_ARG_NONE, &allow_unsigned,
      N_ ("Read it although it is not signed, or by a key that nobody here vouches for"), NULL },
    { "passphrase-stdin", 0, 0, G_OPTION_ARG_NONE, &passphrase_stdin,
      N_ ("Read the passphrase from standard input"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autofree char *path = NULL, *passphrase = NULL;
  IwExit code;

  if (!iw_cli_parse (cli, entries, NULL, _ ("FILE"),
                     _ ("Verifies a bundle, and merges all of it into the workspace, or nothing."),
                     &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  path = path_of (argv[1]);
  if (!read_passphrase (path, passphrase_stdin, &passphrase, &code))
    return code;
  code = read_bundle (cli, path, passphrase, allow_unsigned);
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  return code;
}

/* ---- words ---- */

static const struct
{
  const char *word;
  const char *summary;
  IwCommandFunc run;
} words[] = {
  { "export", N_ ("Write incidents into a bundle"), export_bundle },
  { "verify", N_ ("Say who signed a bundle and what is in it"), verify },
  { "import", N_ ("Merge a bundle into the workspace"), import_bundle },
};

static void
print_words (const char *command)
{
  printf (_ ("Usage:\n  %s %s WORD …\n\n"), g_get_prgname (), command);
  printf ("%s\n\n", _ ("Incidents as a file, for another workspace."));
  printf ("%s\n", _ ("Words (each has --help):"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    printf ("  %-9s %s\n", words[i].word, _ (words[i].summary));
}

IwExit
iw_cli_bundle (IwCli *cli, int argc, char **argv)
{
  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0))
    {
      print_words (argv[0]);
      return IW_EXIT_OK;
    }
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (words); i++)
    if (strcmp (argv[1], words[i].word) == 0)
      {
        g_autofree char *both = g_strdup_printf ("%s %s", argv[0], argv[1]);

        argv[1] = both;
        return words[i].run (cli, argc - 1, argv + 1);
      }
  iw_cli_complain ("%s", _ ("Say what to do with a bundle: export, verify or import."));
  return IW_EXIT_USAGE;
}
