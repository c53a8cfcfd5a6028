/* iw-accounts.h: the accounts of the server, in memory, and whether a password or token is right. Main thread; hashing
 * runs beside it, two at a time.
 *
 * What was found right is remembered for ten minutes under a keyed hash, so that basic auth with each request costs
 * next to nothing; a new password or a deleted account ends that at once. Roles are always those of now.
 */
#pragma once

#include "iw-database.h"
#include "iw-identity.h"
#include "iw-user.h"

G_BEGIN_DECLS

#define IW_TYPE_ACCOUNTS (iw_accounts_get_type ())
G_DECLARE_FINAL_TYPE (IwAccounts, iw_accounts, IW, ACCOUNTS, GObject)

/* @users: the database "_users", kept; read now. @context: the clock; kept. (transfer full) */
IwAccounts *iw_accounts_new (IwDatabase *users, const IwContext *context, GError **error);
/* Reads the accounts again; @done (optional) is called once what was written before this call is in force. */
void iw_accounts_reload (IwAccounts *self, GSourceOnceFunc done, gpointer data);

/* NULL: there is none of that name. (transfer full) */
IwIdentity *iw_accounts_get (IwAccounts *self, const char *name);
/* What sessions are signed with besides the key: changes with the password. NULL: none. (transfer none) */
const char *iw_accounts_get_secret (IwAccounts *self, const char *name);
/* NULL: no such token. (transfer full) */
IwIdentity *iw_accounts_get_by_token (IwAccounts *self, const char *token);
/* NULL: this was not found right of late; that says nothing. (transfer full) */
IwIdentity *iw_accounts_get_remembered (IwAccounts *self, const char *name, const char *password);

/* @right: who it is, NULL where name or password are wrong. @busy: too many wait. */
typedef void (*IwAccountsChecked) (IwIdentity *right, gboolean busy, gpointer data);
/* Takes as long for a name that is none. Equal questions that wait are asked once. */
void iw_accounts_check (IwAccounts *self, const char *name, const char *password, IwAccountsChecked done, gpointer data);
/* @hash NULL: the password cannot be one, or too many wait (@error). */
typedef void (*IwAccountsHashed) (const char *hash, const GError *error, gpointer data);
void iw_accounts_hash (IwAccounts *self, const char *password, IwAccountsHashed done, gpointer data);

guint iw_accounts_get_size (IwAccounts *self); /* how many there are */
/* Ends the threads; what waits is answered as busy. */
void iw_accounts_close (IwAccounts *self);

G_END_DECLS
