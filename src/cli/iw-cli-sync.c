/* iw-cli-sync.c: one run with the server, or until it is stopped. */
#include "config.h"

#include "iw-cli-sync.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "iw-cli-index.h"
#include "iw-cli-output.h"
#include "iw-cli-secret.h"
#include "iw-document.h"
#include "iw-replicator.h"
#include "iw-secrets.h"

#define LOOK_EVERY_MS 1000

static const struct
{
  const char *word;
  const char *summary;
  IwCommandFunc run;
} words[] = {
  { "setup", N_ ("Say which server and account"), iw_cli_sync_setup },
  { "status", N_ ("How sync stands"), iw_cli_sync_status },
  { "parked", N_ ("What was refused: list, show, export, retry, dismiss"), iw_cli_sync_parked },
  { "conflicts", N_ ("Edits that contradict each other: list, show, resolve"),
    iw_cli_sync_conflicts },
};

char *
iw_cli_sync_title (const char *docid, JsonObject *body)
{
  g_autoptr (IwDocument) document = body != NULL ? iw_document_new (docid, NULL, body) : NULL;
  gboolean entry;

  if (document == NULL)
    return g_strdup ("");
  entry = g_str_equal (iw_document_get_type_name (document), "entry");
  return iw_cli_one_line (entry ? iw_document_get_text (document, "text")
                                : iw_document_get_name (document));
}

IwSyncAccount *
iw_cli_account (IwStore *store, IwExit *code)
{
  g_autoptr (GError) error = NULL;
  IwSyncAccount *account = iw_sync_account_load (store, &error);

  if (account == NULL && error != NULL)
    *code = iw_cli_fail (error);
  else if (account == NULL)
    {
      iw_cli_complain ("%s", _ ("No server is set up: see “sync setup --help”."));
      *code = IW_EXIT_NOT_FOUND;
    }
  return account;
}

/* ---- what is shown ---- */

typedef struct
{
  IwCli *cli;
  IwStore *store;
  IwReplicator *replicator;
  gboolean watch;
  GHashTable *unfit;    /* see iw_cli_index() */
  guint64 all_received; /* when timelines were last made readable */
  gboolean looked;
} Run;

/* What came may be machine timelines. Told when a run is over, on the thread that has the store. */
static void
index_what_came (Run *self)
{
  IwReplicatorCounts counts;

  iw_replicator_get_counts (self->replicator, &counts);
  if (self->looked && counts.received == self->all_received)
    return;
  self->looked = TRUE;
  self->all_received = counts.received;
  iw_cli_index (self->cli, self->store, self->unfit);
}

static void
on_status (IwSyncStatus *status, gpointer data)
{
  Run *self = data;
  g_autofree char *words_of = NULL;

  if (status->phase == IW_SYNC_IDLE)
    index_what_came (self);
  if (!isatty (STDERR_FILENO) && !self->watch)
    return;
  words_of = iw_sync_status_describe (status, g_get_real_time ());
  if (!self->watch)
    fprintf (stderr, "\r%s\033[K", words_of);
  else if (status->phase != IW_SYNC_PUSHING && status->phase != IW_SYNC_PULLING)
    fprintf (stderr, "%s\n", words_of);
}

static void
print_counts (IwCli *cli, IwReplicator *replicator)
{
  IwReplicatorCounts counts;
  IwSyncStatus *status = iw_replicator_get_status (replicator);
  g_autoptr (JsonObject) object = NULL;

  iw_replicator_get_counts (replicator, &counts);
  if (!cli->json)
    {
      printf (_ ("Sent: %" G_GUINT64_FORMAT ". Received: %" G_GUINT64_FORMAT
                 ". Merged: %" G_GUINT64_FORMAT
                 ".\nRefused and kept here: %u. Conflicts to review: %u.\n"),
              counts.sent, counts.received, counts.merged, status->n_parked, counts.open);
      if (counts.erased > 0)
        printf (_ ("Erased here, as an administrator asked: %" G_GUINT64_FORMAT ".\n"),
                counts.erased);
      return;
    }
  object = json_object_new ();
  json_object_set_int_member (object, "sent", counts.sent);
  json_object_set_int_member (object, "received", counts.received);
  json_object_set_int_member (object, "refused", counts.refused);
  json_object_set_int_member (object, "merged", counts.merged);
  json_object_set_int_member (object, "erased", counts.erased);
  json_object_set_int_member (object, "parked", status->n_parked);
  json_object_set_int_member (object, "conflicts", counts.open);
  iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
}

/* ---- the run ---- */

/* Other programs write to the workspace, too: their writes show in its log. */
typedef struct
{
  IwReplicator *replicator;
  GCancellable *cancellable;
  char *log;
} Look;

static gpointer
look_run (gpointer data)
{
  Look *look = data;
  GStatBuf before = { 0 };

  while (!g_cancellable_is_cancelled (look->cancellable))
    {
      GStatBuf now = { 0 };

      g_usleep (LOOK_EVERY_MS * 1000);
      g_stat (look->log, &now);
      if (now.st_mtim.tv_sec != before.st_mtim.tv_sec ||
          now.st_mtim.tv_nsec != before.st_mtim.tv_nsec || now.st_size != before.st_size)
        iw_replicator_poke (look->replicator);
      before = now;
    }
  return NULL;
}

static gboolean
watch_until_stopped (IwCli *cli, IwReplicator *replicator, GError **error)
{
  g_autofree char *log = g_build_filename (iw_cli_workspace (cli), "workspace.sqlite-wal", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Look look = { replicator, cancellable, log };
  GThread *thread = g_thread_new ("iw-look", look_run, &look);
  gboolean ok = iw_replicator_watch (replicator, cli->cancellable, error);

  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  return ok;
}

static IwExit
run (IwCli *cli,
     IwStore *store,
     const IwSyncAccount *account,
     const char *secret,
     gboolean watch,
     const char *const *docids)
{
  g_autoptr (IwRemote) remote = iw_remote_new (account, secret);
  g_autoptr (IwReplicator) replicator = iw_replicator_new (store, remote, account);
  g_autoptr (GHashTable) unfit = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  Run self = { cli, store, replicator, watch, unfit, 0, FALSE };
  IwReplicatorCounts counts;
  gboolean ok;

  iw_replicator_set_status_func (replicator, on_status, &self);
  for (guint i = 0; docids != NULL && docids[i] != NULL; i++)
    iw_replicator_retry (replicator, docids[i]);
  if (docids != NULL && docids[0] == NULL)
    iw_replicator_retry (replicator, NULL);
  iw_cli_catch_interrupt (cli);
  ok = watch ? watch_until_stopped (cli, replicator, &error)
             : iw_replicator_run (replicator, IW_REPLICATOR_BOTH, cli->cancellable, &error);
  if (!watch && isatty (STDERR_FILENO))
    fputs ("\r\033[K", stderr);
  if (!ok)
    return iw_cli_fail_remote (remote, error);
  print_counts (cli, replicator);
  iw_replicator_get_counts (replicator, &counts);
  return counts.refused > 0 ? IW_EXIT_REJECTED : IW_EXIT_OK;
}

IwExit
iw_cli_sync_run (IwCli *cli, gboolean watch, gboolean password_stdin, const char *const *docids)
{
  IwExit code;
  g_autoptr (IwStore) store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  g_autoptr (IwSyncAccount) account = store != NULL ? iw_cli_account (store, &code) : NULL;
  char *secret;

  if (account == NULL)
    return code;
  secret = iw_cli_secret (account, password_stdin);
  if (secret == NULL)
    return IW_EXIT_USAGE;
  code = run (cli, store, account, secret, watch, docids);
  iw_secret_free (secret);
  return code;
}

static void
print_words (const char *command)
{
  printf (_ ("Usage:\n  %s %s [--watch] [--password-stdin]\n\n"), g_get_prgname (), command);
  printf ("%s\n\n", _ ("Brings the workspace and its server to the same state."));
  printf ("  %-16s  %s\n", "--watch", _ ("Stay, and go on with what changes on either side"));
  printf ("  %-16s  %s\n\n", "--password-stdin", _ ("Read the password from standard input"));
  printf ("%s\n", _ ("Words (each has --help):"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    printf ("  %-9s %s\n", words[i].word, _ (words[i].summary));
}

IwExit
iw_cli_sync (IwCli *cli, int argc, char **argv)
{
  gboolean watch = FALSE, password_stdin = FALSE;
  const GOptionEntry entries[] = { { "watch", 0, 0, G_OPTION_ARG_NONE, &watch,
                                     N_ ("Stay, and go on with what changes on either side"),
                                     NULL },
                                   { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &password_stdin,
                                     N_ ("Read the password from standard input"), NULL },
                                   G_OPTION_ENTRY_NULL };

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
  if (!iw_cli_parse (cli, entries, NULL, "",
                     _ ("Brings the workspace and its server to the same state."), &argc, &argv, 0,
                     0))
    return IW_EXIT_USAGE;
  return iw_cli_sync_run (cli, watch, password_stdin, NULL);
}
