/* iw-cli-erase.c: documents that go for good, here and on every copy (GDPR Article 17). */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-output.h"
#include "iw-cli-secret.h"
#include "iw-cli.h"
#include "iw-erasure.h"
#include "iw-id.h"
#include "iw-secrets.h"
#include "iw-sync-account.h"
#include "iw-write-rules.h"

static IwExit
check_docid (IwStore *store, const char *docid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *incident = iw_id_incident_of (docid);
  g_autofree char *whole = incident != NULL ? iw_id_incident_document (incident) : NULL;
  g_autofree char *clean = iw_cli_clean (docid);
  g_auto (GStrv) leaves = NULL;

  if (!iw_erasure_can_list (docid))
    {
      iw_cli_complain (_ ("“%s” cannot be erased."), clean);
      return IW_EXIT_USAGE;
    }
  if (g_strcmp0 (docid, whole) == 0)
    {
      iw_cli_complain ("%s", _ ("An incident itself cannot be erased: name the documents in it "
                                "that hold what shall go."));
      return IW_EXIT_USAGE;
    }
  leaves = iw_peer_leaves (store, docid, NULL, &error);
  if (leaves == NULL)
    return iw_cli_fail (error);
  if (leaves[0] != NULL)
    return IW_EXIT_OK;
  /* Translators: %s is a document's id. */
  iw_cli_complain (_ ("There is no document “%s”."), clean);
  return IW_EXIT_NOT_FOUND;
}

/* ---- who may ---- */

static IwExit
check_roles (IwCli *cli, const IwSyncAccount *account, const char *secret)
{
  g_autoptr (IwRemote) remote = iw_remote_new (account, secret);
  g_auto (GStrv) roles = NULL;
  g_autoptr (GError) error = NULL;
  IwAccount who = { account->user, NULL };

  iw_cli_catch_interrupt (cli);
  if (!iw_remote_get_session (remote, NULL, &roles, cli->cancellable, &error))
    return iw_cli_fail_remote (remote, error);
  who.roles = (const char *const *)roles;
  if (iw_account_is_admin (&who))
    return IW_EXIT_OK;
  iw_cli_complain ("%s", _ ("Only an administrator of the server may erase documents."));
  return IW_EXIT_REFUSED;
}

/* What the server would not take must not be gone here: it cannot be brought back. */
static IwExit
check_server (IwCli *cli, IwStore *store, gboolean password_stdin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwSyncAccount) account = iw_sync_account_load (store, &error);
  char *secret;
  IwExit code;

  if (account == NULL)
    return error != NULL ? iw_cli_fail (error) : IW_EXIT_OK;
  secret = iw_cli_secret (account, password_stdin);
  if (secret == NULL)
    return IW_EXIT_USAGE;
  code = check_roles (cli, account, secret);
  iw_secret_free (secret);
  return code;
}

/* ---- erasing ---- */

static gboolean
erase (IwCli *cli, IwStore *store, const char *const *docids, const char *why, GError **error)
{
  if (!iw_peer_begin (store, error))
    return FALSE;
  if (!iw_erasure_write (store, docids, iw_cli_author (cli), why, error))
    {
      iw_peer_rollback (store);
      return FALSE;
    }
  return iw_peer_commit (store, error) && iw_peer_compact (store, cli->cancellable, error);
}

static void
print_erased (IwCli *cli, const char *const *docids)
{
  guint n = g_strv_length ((char **)docids);
  g_autoptr (JsonObject) object = NULL;
  JsonArray *array;

  if (!cli->json)
    {
      printf (ngettext ("Erased: %u document.\n", "Erased: %u documents.\n", n), n);
      printf ("%s\n", _ ("Other copies follow when they sync. Backups keep what they hold."));
      return;
    }
  object = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_string_element (array, docids[i]);
  json_object_set_array_member (object, "erased", array);
  iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
}

static IwExit
run (IwCli *cli, const char *const *docids, const char *why, gboolean password_stdin)
{
  IwExit code;
  g_autoptr (IwStore) store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return code;
  for (guint i = 0; docids[i] != NULL; i++)
    if ((code = check_docid (store, docids[i])) != IW_EXIT_OK)
      return code;
  code = check_server (cli, store, password_stdin);
  if (code != IW_EXIT_OK)
    return code;
  if (!erase (cli, store, docids, why, &error))
    return iw_cli_fail (error);
  print_erased (cli, docids);
  return IW_EXIT_OK;
}

IwExit
iw_cli_erase (IwCli *cli, int argc, char **argv)
{
  gboolean password_stdin = FALSE;
  g_autofree char *why = NULL;
  const GOptionEntry entries[] = { { "why", 0, 0, G_OPTION_ARG_STRING, &why,
                                     N_ ("On what ground; goes on the record"), N_ ("TEXT") },
                                   { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &password_stdin,
                                     N_ ("Read the password from standard input"), NULL },
                                   G_OPTION_ENTRY_NULL };

  if (!iw_cli_parse (cli, entries, NULL, _ ("DOCUMENT…"),
                     _ ("Erases documents for good, with all their history: here at once, and on "
                        "the server and all other copies when they sync. This cannot be undone."),
                     &argc, &argv, 1, -1))
    return IW_EXIT_USAGE;
  if (why == NULL || *g_strstrip (why) == '\0')
    {
      iw_cli_complain ("%s", _ ("Say with --why on what ground."));
      return IW_EXIT_USAGE;
    }
  return run (cli, (const char *const *)argv + 1, why, password_stdin);
}
