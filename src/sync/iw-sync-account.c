/* The account a workspace syncs with, as its _local document "sync". */
#include "config.h"

#include "iw-sync-account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-model-json.h"
#include "iw-peer.h"

#define LOCAL_ID "sync"
#define ROLES_ID "sync-roles" /* of its own, so that the replicator writes no account */
#define CERTIFICATE_DIGITS 64

void
iw_sync_account_free (IwSyncAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->url);
  g_free (account->user);
  g_free (account->certificate);
  g_free (account->compartment);
  g_strfreev (account->excluded);
  g_free (account);
}

IwSyncAccount *
iw_sync_account_copy (const IwSyncAccount *account)
{
  IwSyncAccount *copy = g_new0 (IwSyncAccount, 1);

  copy->url = g_strdup (account->url);
  copy->user = g_strdup (account->user);
  copy->certificate = g_strdup (account->certificate);
  copy->compartment = g_strdup (account->compartment);
  copy->excluded = g_strdupv (account->excluded);
  copy->bearer = account->bearer;
  copy->offline = account->offline;
  return copy;
}

static gboolean
is_hash (const char *text)
{
  return strlen (text) == CERTIFICATE_DIGITS &&
         strspn (text, "0123456789abcdef") == CERTIFICATE_DIGITS;
}

static gboolean
check (const IwSyncAccount *account, GError **error)
{
  g_autofree char *url = NULL;

  if (account->user == NULL || *account->user == '\0')
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("The account has no name."));
      return FALSE;
    }
  if (account->certificate != NULL && !is_hash (account->certificate))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("The pinned certificate is no SHA-256."));
      return FALSE;
    }
  url = iw_sync_account_normalize_url (account->url != NULL ? account->url : "", error);
  if (url == NULL)
    return FALSE;
  if (!g_str_equal (url, account->url))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("The server’s address “%s” is not in its normal form."), account->url);
      return FALSE;
    }
  return TRUE;
}

static IwSyncAccount *
from_json (JsonObject *json)
{
  IwSyncAccount *account = g_new0 (IwSyncAccount, 1);

  account->url = g_strdup (iw_model_json_get_string (json, "url"));
  account->user = g_strdup (iw_model_json_get_string (json, "user"));
  account->certificate = g_strdup (iw_model_json_get_string (json, "certificate"));
  account->compartment = g_strdup (iw_model_json_get_string (json, "compartment"));
  account->excluded = iw_model_json_get_strings (json, "excluded");
  account->bearer = json_object_get_boolean_member_with_default (json, "bearer", FALSE);
  account->offline = json_object_get_boolean_member_with_default (json, "offline", FALSE);
  return account;
}

static void
write_string (JsonObject *json, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (json, name, value);
}

static char *
to_text (const IwSyncAccount *account)
{
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonArray *excluded = json_array_new ();

  write_string (json, "url", account->url);
  write_string (json, "user", account->user);
  write_string (json, "certificate", account->certificate);
  write_string (json, "compartment", account->compartment);
  for (guint i = 0; account->excluded != NULL && account->excluded[i] != NULL; i++)
    json_array_add_string_element (excluded, account->excluded[i]);
  json_object_set_array_member (json, "excluded", excluded);
  json_object_set_boolean_member (json, "bearer", account->bearer);
  json_object_set_boolean_member (json, "offline", account->offline);
  root = json_node_init_object (json_node_alloc (), json);
  return json_to_string (root, FALSE);
}

IwSyncAccount *
iw_sync_account_load (IwStore *store, GError **error)
{
  g_autoptr (JsonObject) json = iw_store_get_local (store, LOCAL_ID, error);
  g_autoptr (IwSyncAccount) account = NULL;

  if (json == NULL)
    return NULL;
  account = from_json (json);
  if (!check (account, error))
    return NULL;
  return g_steal_pointer (&account);
}

/* What rests on the server's word to this account: it does not hold for another. */
static gboolean
forget_session (IwStore *store, GError **error)
{
  return iw_peer_unpark_all (store, error) &&
         iw_peer_delete_locals (store, IW_SYNC_CHECKPOINT_PREFIX, error) &&
         iw_peer_delete_locals (store, ROLES_ID, error);
}

static gboolean
is_other (IwStore *store, const IwSyncAccount *account)
{
  g_autoptr (IwSyncAccount) old = iw_sync_account_load (store, NULL);

  return account == NULL || old == NULL || !g_str_equal (old->url, account->url) ||
         !g_str_equal (old->user, account->user);
}

static gboolean
write_account (IwStore *store, const IwSyncAccount *account, GError **error)
{
  g_autofree char *text = account != NULL ? to_text (account) : NULL;
  g_autofree char *rev = NULL;
  g_autofree char *old = NULL;
  g_autoptr (GError) local_error = NULL;

  if (is_other (store, account) && !forget_session (store, error))
    return FALSE;
  old = iw_peer_get_local (store, LOCAL_ID, &rev, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (old == NULL && text == NULL)
    return TRUE;
  return iw_peer_put_local (store, LOCAL_ID, text, rev, NULL, error);
}

gboolean
iw_sync_account_save (IwStore *store, const IwSyncAccount *account, GError **error)
{
  if ((account != NULL && !check (account, error)) || !iw_peer_begin (store, error))
    return FALSE;
  if (write_account (store, account, error))
    return iw_peer_commit (store, error);
  iw_peer_rollback (store);
  return FALSE;
}

/* ---- roles ---- */

char **
iw_sync_account_load_roles (IwStore *store, const IwSyncAccount *account)
{
  g_autoptr (JsonObject) json = iw_store_get_local (store, ROLES_ID, NULL);

  /* A run that was about to end when the account became another may have written them last. */
  if (json == NULL || !g_str_equal (iw_model_json_get_text (json, "url"), account->url) ||
      !g_str_equal (iw_model_json_get_text (json, "user"), account->user))
    return NULL;
  return iw_model_json_get_strings (json, "roles");
}

static JsonObject *
roles_to_json (const IwSyncAccount *account, const char *const *roles)
{
  JsonObject *json = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; roles[i] != NULL; i++)
    json_array_add_string_element (array, roles[i]);
  json_object_set_array_member (json, "roles", array);
  json_object_set_string_member (json, "url", account->url);
  json_object_set_string_member (json, "user", account->user);
  return json;
}

gboolean
iw_sync_account_save_roles (IwStore *store,
                            const IwSyncAccount *account,
                            const char *const *roles,
                            GError **error)
{
  g_auto (GStrv) before = iw_sync_account_load_roles (store, account);
  g_autoptr (JsonObject) json = roles != NULL ? roles_to_json (account, roles) : NULL;

  if (roles == NULL ? before == NULL
                    : before != NULL && g_strv_equal ((const char *const *)before, roles))
    return TRUE;
  return iw_store_put_local (store, ROLES_ID, json, error);
}
