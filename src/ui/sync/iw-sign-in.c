#include "config.h"

#include "iw-sign-in.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-remote.h"
#include "iw-secrets.h"

#define AUTHOR_PREFIX "author:"

typedef struct
{
  IwSignIn *result;
  char *secret;
} Work;

void
iw_sign_in_free (IwSignIn *result)
{
  if (result == NULL)
    return;
  iw_sync_account_free (result->account);
  g_free (result->name);
  g_strfreev (result->roles);
  g_strfreev (result->databases);
  g_clear_object (&result->certificate);
  g_free (result);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  iw_sign_in_free (work->result);
  iw_secret_free (work->secret);
  g_free (work);
}

/* The one that was chosen before, else the first. */
static void
choose_compartment (IwSignIn *result)
{
  IwSyncAccount *account = result->account;

  if (account->compartment == NULL ||
      !g_strv_contains ((const char *const *)result->databases, account->compartment))
    g_set_str (&account->compartment, result->databases[0]);
}

static gboolean
ask_server (Work *work, GCancellable *cancellable, GError **error)
{
  IwSignIn *result = work->result;
  g_autoptr (IwRemote) remote = iw_remote_new (result->account, work->secret);
  gboolean good;

  good = iw_remote_get_session (remote, &result->name, &result->roles, cancellable, error);
  if (good)
    {
      result->databases = iw_remote_list_databases (remote, cancellable, error);
      good = result->databases != NULL;
    }
  if (!good)
    {
      g_set_object (&result->certificate, iw_remote_get_certificate (remote));
      return FALSE;
    }
  if (result->databases[0] == NULL)
    {
      g_set_error_literal (
          error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_REFUSED,
          _ ("This account may not read anything on the server. Ask who runs it."));
      return FALSE;
    }
  choose_compartment (result);
  return TRUE;
}

static void
sign_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  const IwSyncAccount *account = work->result->account;
  gboolean given = work->secret != NULL;
  GError *error = NULL;

  if (!given)
    work->secret = iw_secrets_lookup (account->url, account->user, cancellable, &error);
  if (error == NULL && ask_server (work, cancellable, &error) && given &&
      !iw_secrets_store (account->url, account->user, work->secret, cancellable, &error))
    /* Translators: %s is the reason, a sentence. */
    g_prefix_error (&error, "%s ", _ ("The password cannot be kept in the keyring."));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
iw_sign_in_async (const IwSyncAccount *account,
                  const char *secret,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Work *work = g_new0 (Work, 1);

  work->result = g_new0 (IwSignIn, 1);
  work->result->account = iw_sync_account_copy (account);
  work->secret = g_strdup (secret);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, sign_in_thread);
}

gboolean
iw_sign_in_finish (GAsyncResult *result, IwSignIn **out, GError **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));
  gboolean good = g_task_propagate_boolean (G_TASK (result), error);

  *out = g_steal_pointer (&work->result);
  return good;
}

char **
iw_sign_in_authors (const char *const *roles)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; roles != NULL && roles[i] != NULL; i++)
    if (g_str_has_prefix (roles[i], AUTHOR_PREFIX) && roles[i][strlen (AUTHOR_PREFIX)] != '\0')
      g_strv_builder_add (builder, roles[i] + strlen (AUTHOR_PREFIX));
  return g_strv_builder_end (builder);
}

char *
iw_sign_in_choose_author (const char *author, const char *name, const char *const *roles)
{
  g_auto (GStrv) authors = iw_sign_in_authors (roles);

  if (g_strcmp0 (author, name) == 0 || g_strv_contains ((const char *const *)authors, author))
    return g_strdup (author);
  return g_strdup (authors[0] != NULL ? authors[0] : name);
}
