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

char *
iw_secrets_lookup (const char *url, const char *user, GCancellable *cancellable, GError **error)
{
  return secret_password_lookup_sync (&schema, cancellable, error, "server", url, "user", user,
                                      NULL);
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
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

void
iw_secret_free (char *secret)
{
  secret_password_free (secret);
}
