#include "config.h"

#include "iw-sync-refusal.h"

#include <glib/gi18n-lib.h>

#include "iw-sync-account.h"

char *
iw_sync_describe_refusal (IwStore *store, IwForm *form, const char *author)
{
  g_autoptr (IwSyncAccount) account = iw_sync_account_load (store, NULL);
  g_auto (GStrv) roles = account != NULL ? iw_sync_account_load_roles (store, account) : NULL;
  g_autofree char *reason = NULL;

  if (roles == NULL)
    return NULL;
  reason = iw_form_get_refusal (form, iw_store_get_context (store), author,
                                &(const IwAccount){ account->user, (const char *const *)roles });
  if (reason == NULL)
    return NULL;
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (
      _ ("The server will not take this from your account; it counts here alone. %s"), reason);
}
