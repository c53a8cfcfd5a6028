/* iw-cli-sync-setup.c: which server, and how sync stands. */
#include "config.h"

#include "iw-cli-sync.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli-secret.h"
#include "iw-conflicts.h"
#include "iw-peer.h"
#include "iw-replicator.h"
#include "iw-secrets.h"
#include "iw-write-rules.h"

/* ---- setup ---- */

/* The one that was named, or the only one. */
static gboolean
choose_compartment (IwSyncAccount *account, char **names)
{
  g_autofree char *list = g_strjoinv (", ", names);
  g_autofree char *clean = iw_cli_clean (list);

  if (account->compartment == NULL && g_strv_length (names) == 1)
    account->compartment = g_strdup (names[0]);
  if (account->compartment != NULL &&
      g_strv_contains ((const char *const *)names, account->compartment))
    return TRUE;
  if (names[0] == NULL)
    iw_cli_complain ("%s", _ ("The server lets this account into no compartment."));
  else
    iw_cli_complain (_ ("Say with --compartment where new incidents go. There are: %s."), clean);
  return FALSE;
}

/* Better said now than with the first refusal. */
static void
warn_of_author (IwCli *cli, const char *name, const char *const *roles)
{
  const IwAccount account = { name, roles };
  g_autofree char *role = g_strconcat ("author:", iw_cli_author (cli), NULL);
  g_autofree char *clean = iw_cli_clean (iw_cli_author (cli));

  if (g_strcmp0 (name, iw_cli_author (cli)) != 0 && !iw_account_has_role (&account, role) &&
      !iw_account_is_admin (&account))
    iw_cli_complain (_ ("This account does not write as “%s”, so that the server will refuse what "
                        "you write under "
                        "that name. Write with --author, or have the server’s administrator give "
                        "the account that "
                        "name."),
                     clean);
}

static IwExit
try_account (IwCli *cli, IwSyncAccount *account, const char *secret)
{
  g_autoptr (IwRemote) remote = iw_remote_new (account, secret);
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) roles = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  iw_cli_catch_interrupt (cli);
  if (!iw_remote_get_session (remote, &name, &roles, cli->cancellable, &error))
    return iw_cli_fail_remote (remote, error);
  warn_of_author (cli, name, (const char *const *)roles);
  names = iw_remote_list_databases (remote, cli->cancellable, &error);
  if (names == NULL)
    return iw_cli_fail_remote (remote, error);
  return choose_compartment (account, names) ? IW_EXIT_OK : IW_EXIT_USAGE;
}

static IwExit
set_up (IwCli *cli, IwSyncAccount *account, gboolean password_stdin)
{
  IwExit code;
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) not_kept = NULL;
  char *secret = iw_cli_secret (account, password_stdin);

  if (secret == NULL)
    return IW_EXIT_USAGE;
  /* A wrong password leaves no empty workspace behind. */
  code = try_account (cli, account, secret);
  if (code == IW_EXIT_OK)
    store = iw_cli_open (cli, IW_CLI_MAKE, &code);
  if (store != NULL && !iw_sync_account_save (store, account, &error))
    code = iw_cli_fail (error);
  if (code == IW_EXIT_OK &&
      !iw_secrets_store (account->url, account->user, secret, NULL, &not_kept))
    iw_cli_complain (_ ("The password is not kept, give it with --password-stdin each time: %s"),
                     not_kept->message);
  iw_secret_free (secret);
  return code;
}

static IwExit
forget (IwCli *cli)
{
  IwExit code;
  g_autoptr (IwStore) store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  g_autoptr (IwSyncAccount) account = store != NULL ? iw_cli_account (store, &code) : NULL;
  g_autoptr (GError) error = NULL;

  if (account == NULL)
    return code;
  if (!iw_sync_account_save (store, NULL, &error))
    return iw_cli_fail (error);
  /* Where there is no Secret Service there is no password either. */
  if (!iw_secrets_clear (account->url, account->user, NULL, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    {
      iw_cli_complain (_ ("The password is still kept: %s"), error->message);
      return IW_EXIT_FAILED;
    }
  return IW_EXIT_OK;
}

IwExit
iw_cli_sync_setup (IwCli *cli, int argc, char **argv)
{
  g_autofree char *user = NULL, *compartment = NULL, *pin = NULL;
  g_auto (GStrv) excluded = NULL;
  gboolean password_stdin = FALSE, token = FALSE, forgets = FALSE;
  const GOptionEntry entries[] = {
    { "user", 'u', 0, G_OPTION_ARG_STRING, &user, N_ ("The account’s name"), N_ ("NAME") },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &password_stdin,
      N_ ("Read the password from standard input"), NULL },
    { "token", 0, 0, G_OPTION_ARG_NONE, &token, N_ ("The password is a token"), NULL },
    { "compartment", 'c', 0, G_OPTION_ARG_STRING, &compartment, N_ ("Where new incidents go"),
      N_ ("DB") },
    { "exclude", 0, 0, G_OPTION_ARG_STRING_ARRAY, &excluded,
      N_ ("A compartment that is not wanted; may be repeated"), N_ ("DB") },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &pin, N_ ("Accept this certificate, and no other"),
      N_ ("FINGERPRINT") },
    { "forget", 0, 0, G_OPTION_ARG_NONE, &forgets, N_ ("Forget the server; all documents stay"),
      NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (IwSyncAccount) account = g_new0 (IwSyncAccount, 1);
  g_autoptr (GError) error = NULL;

  if (!iw_cli_parse (cli, entries, NULL, _ ("URL"),
                     _ ("Signs in once and remembers server and account."), &argc, &argv, 0, 1))
    return IW_EXIT_USAGE;
  if (forgets)
    return forget (cli);
  if (argc < 2 || user == NULL)
    {
      iw_cli_complain ("%s", _ ("Give the server’s URL and the account’s name (--user)."));
      return IW_EXIT_USAGE;
    }
  account->url = iw_sync_account_normalize_url (argv[1], &error);
  if (account->url == NULL)
    {
      iw_cli_complain ("%s", error->message);
      return IW_EXIT_USAGE;
    }
  account->certificate = pin != NULL ? iw_cli_fingerprint (pin) : NULL;
  if (pin != NULL && account->certificate == NULL)
    return IW_EXIT_USAGE;
  account->user = g_steal_pointer (&user);
  account->compartment = g_steal_pointer (&compartment);
  account->excluded = g_steal_pointer (&excluded);
  account->bearer = token;
  return set_up (cli, account, password_stdin);
}

/* ---- status ---- */

static void
print_status (IwCli *cli, IwStore *store, const IwSyncAccount *account, guint n_parked)
{
  gint64 synced_at = iw_replicator_last_synced (store);
  gint64 waiting = iw_replicator_count_waiting (store), failed_at;
  g_autofree char *failure = iw_replicator_last_failure (store, &failed_at);
  guint conflicts = iw_conflicts_count (store);
  g_autoptr (IwSyncStatus) status = iw_sync_status_new (IW_SYNC_IDLE);
  g_autofree char *said = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (cli->json)
    {
      object = json_object_new ();
      json_object_set_string_member (object, "url", account->url);
      json_object_set_string_member (object, "user", account->user);
      if (account->compartment != NULL)
        json_object_set_string_member (object, "compartment", account->compartment);
      json_object_set_boolean_member (object, "pinned", account->certificate != NULL);
      iw_cli_json_time (object, "synced_at", synced_at);
      if (failure != NULL)
        {
          json_object_set_string_member (object, "failure", failure);
          iw_cli_json_time (object, "failed_at", failed_at);
        }
      json_object_set_int_member (object, "waiting", waiting);
      json_object_set_int_member (object, "parked", n_parked);
      json_object_set_int_member (object, "conflicts", conflicts);
      iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
      return;
    }
  status->synced_at = synced_at;
  said = synced_at != 0 ? iw_sync_status_describe (status, g_get_real_time ())
                        : g_strdup (_ ("Not synced yet"));
  printf (_ ("%s at %s\n%s\nWaiting to be sent: %" G_GINT64_FORMAT
             ". Refused and kept here: %u. Conflicts to review: "
             "%u.\n"),
          account->user, account->url, said, waiting, n_parked, conflicts);
  if (failure != NULL)
    {
      g_autofree char *since = iw_time_format_gap (g_get_real_time () - failed_at);

      /* Translators: a span of time, and a sentence. */
      printf (_ ("Sync has failed for %1$s: %2$s\n"), since, failure);
    }
}

IwExit
iw_cli_sync_status (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSyncAccount) account = NULL;
  g_autoptr (GPtrArray) parked = NULL;
  g_autoptr (GError) error = NULL;
  IwExit code;

  if (!iw_cli_parse (cli, NULL, NULL, "", _ ("Says how sync stands, without asking the server."),
                     &argc, &argv, 0, 0))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  account = store != NULL ? iw_cli_account (store, &code) : NULL;
  if (account == NULL)
    return code;
  parked = iw_peer_list_parked (store, &error);
  if (parked == NULL)
    return iw_cli_fail (error);
  print_status (cli, store, account, parked->len);
  return IW_EXIT_OK;
}
