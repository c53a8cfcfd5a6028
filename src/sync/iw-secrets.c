/* Passwords and tokens in the Secret Service. */
#include "config.h"

#include "iw-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

static const SecretSchema schema = {
  "io.github.incident_workbench.Sync",
  SECRET_SCHEMA_NONE,
  { { "server", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "user", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* Whether one is there still; libsecret says nothing of those that it could not unlock. */
static gboolean
is_locked_in (const char *url, const char *user, GCancellable *cancellable, GError **error)
{
  GList *found = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, cancellable, NULL,
                                              "server", url, "user", user, NULL);

  if (found == NULL)
    return FALSE;
  g_list_free_full (found, g_object_unref);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                       _ ("The keyring of this computer is locked."));
  return TRUE;
}

char *
iw_secrets_lookup (const char *url, const char *user, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *secret = secret_password_lookup_sync (&schema, cancellable, &cause, "server", url, "user",
                                              user, NULL);

  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (secret == NULL)
    is_locked_in (url, user, cancellable, error);
  return secret;
}

gboolean
iw_secrets_store (const char *url,
                  const char *user,
                  const char *secret,
                  GCancellable *cancellable,
                  GError **error)
{
  /* Translators: what a password is called in the system’s list of passwords: account, server. */
  g_autofree char *label = g_strdup_printf (_ ("Incident Workbench: %s at %s"), user, url);

  return secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, secret, cancellable,
                                     error, "server", url, "user", user, NULL);
}

gboolean
iw_secrets_clear (const char *url, const char *user, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  /* FALSE without an error: there was none. */
  secret_password_clear_sync (&schema, cancellable, &cause, "server", url, "user", user, NULL);
  if (cause == NULL)
    return !is_locked_in (url, user, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

void
iw_secret_free (char *secret)
{
  secret_password_free (secret);
}
