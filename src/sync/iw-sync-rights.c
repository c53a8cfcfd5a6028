#include "config.h"

#include "iw-sync-rights.h"

#include <glib/gi18n-lib.h>

#include "iw-sync-account.h"

struct _IwSyncRights
{
  IwSyncAccount *account;
  char **roles;
};

IwSyncRights *
iw_sync_rights_load (IwStore *store)
{
  g_autoptr (IwSyncAccount) account = iw_sync_account_load (store, NULL);
  g_auto (GStrv) roles = account != NULL ? iw_sync_account_load_roles (store, account) : NULL;
  IwSyncRights *self = NULL;

  if (roles != NULL)
    {
      self = g_new (IwSyncRights, 1);
      self->account = g_steal_pointer (&account);
      self->roles = g_steal_pointer (&roles);
    }
  return self;
}

void
iw_sync_rights_free (IwSyncRights *self)
{
  if (self == NULL)
    return;
  iw_sync_account_free (self->account);
  g_strfreev (self->roles);
  g_free (self);
}

char *
iw_sync_rights_describe_refusal (const IwSyncRights *self,
                                 IwForm *form,
                                 const IwContext *context,
                                 const char *author)
{
  g_autofree char *reason = NULL;

  if (self == NULL)
    return NULL;
  reason = iw_form_get_refusal (
      form, context, author,
      &(const IwAccount){ self->account->user, (const char *const *)self->roles });
  if (reason == NULL)
    return NULL;
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (
      _ ("The server will not take this from your account; it counts here alone. %s"), reason);
}
