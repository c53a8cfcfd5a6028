/* iw-sync-account.h: where a workspace syncs to, as the user set it up. A value; kept in the workspace's _local
 * document "sync", without any secret: passwords and tokens are in the Secret Service (iw-secrets.h).
 */
#pragma once

#include "iw-store.h"

G_BEGIN_DECLS

/* The replicator's checkpoints are _local documents of the workspace whose id begins so. */
#define IW_SYNC_CHECKPOINT_PREFIX "replication-"

typedef struct
{
  char *url;         /* of the server, "https://host:6984/", without user or password */
  char *user;        /* the account's name */
  char *certificate; /* SHA-256 of the pinned certificate as 64 hex digits; NULL: the system's authorities decide */
  char *compartment; /* the default database: new incidents and the workspace's own documents */
  char **excluded;   /* compartments the user does not want; all others that may be read are replicated */
  gboolean bearer;   /* the secret is a token, not a password */
  gboolean offline;  /* "work offline" */
} IwSyncAccount;

/* NULL without an error where none is set up; G_IO_ERROR_INVALID_ARGUMENT where what is kept is no account.
 * (transfer full) */
IwSyncAccount *iw_sync_account_load (IwStore *store, GError **error);
/* NULL forgets it: checkpoints and parked documents of it go as well, documents stay. So do they where @account has
 * another URL or name than before. G_IO_ERROR_INVALID_ARGUMENT: no name, a URL that is not normal, no SHA-256. */
gboolean iw_sync_account_save (IwStore *store, const IwSyncAccount *account, GError **error);
/* The roles that the server last said @account has, where it keeps to our write rules; NULL: not known, or there are
 * no rules. Forgotten with the account. (transfer full) */
char **iw_sync_account_load_roles (IwStore *store, const IwSyncAccount *account);
/* Writes where they are others than before. @roles: NULL forgets them. */
gboolean iw_sync_account_save_roles (IwStore *store, const IwSyncAccount *account, const char *const *roles,
                                     GError **error);
IwSyncAccount *iw_sync_account_copy (const IwSyncAccount *account);
void iw_sync_account_free (IwSyncAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwSyncAccount, iw_sync_account_free)

/* What a person types as an address in its normal form: "host" → "https://host:6984/"; with a scheme the port is the
 * scheme's own where none is said, a path stays: "https://host/db" → "https://host/db/". NULL with
 * G_IO_ERROR_INVALID_ARGUMENT: no address, one with a password in it, plain HTTP to another machine than this one.
 * (transfer full) */
char *iw_sync_account_normalize_url (const char *text, GError **error);

G_END_DECLS
