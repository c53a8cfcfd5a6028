/* iw-user.h: an account as its document in the database "_users" has it: "org.couchdb.user:NAME". A value.
 */
#pragma once

#include "iw-canonical.h"
#include "iw-peer.h"

G_BEGIN_DECLS

#define IW_USERS_DATABASE "_users"
#define IW_USER_PREFIX "org.couchdb.user:"
#define IW_USER_MAX_TOKENS 50

typedef struct
{
  char *id;    /* to name it by: eight hex digits */
  char *label; /* what it is for */
  char *hash;  /* iw_token_hash() */
  gint64 created; /* s since the epoch */
} IwUserToken;

typedef struct
{
  char *name;
  char **roles;
  char *password_hash; /* NULL: nobody signs in by a password */
  GPtrArray *tokens;   /* (element-type IwUserToken) */
} IwUser;

IwUser *iw_user_new (const char *name, const char *const *roles); /* (transfer full) */
void iw_user_free (IwUser *user); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwUser, iw_user_free)

/* 1 to 128 bytes of UTF-8 without ":", "/" and control characters, not beginning with "_". */
gboolean iw_user_is_name (const char *name);
/* As a role or a name of an author's role ("author:Hana Levi"): text of 1 to 128 bytes, no control characters. */
gboolean iw_user_is_role (const char *role);
char *iw_user_docid (const char *name); /* (transfer full) */

/* INVALID where it is no account. (transfer full) */
IwUser *iw_user_parse (const char *body, GError **error);
char *iw_user_write (const IwUser *user); /* canonical (transfer full) */

/* Makes a new token and returns it: it is in no other place. (transfer full) */
char *iw_user_add_token (IwUser *user, const char *label, gint64 now);
gboolean iw_user_remove_token (IwUser *user, const char *id); /* FALSE: none of that id */

/* Within a transaction: NULL without an error where there is none. @rev (out, optional, transfer full) */
IwUser *iw_user_load (IwStore *store, const char *name, char **rev, GError **error);
/* @rev: what it replaces, NULL for a new one. @new_rev (out, optional, transfer full) */
gboolean iw_user_store (IwStore *store, const IwUser *user, const char *rev, char **new_rev, GError **error);
gboolean iw_user_delete (IwStore *store, const char *name, GError **error); /* NOT_FOUND: none of that name */
/* All of them. (element-type IwUser) (transfer full) */
GPtrArray *iw_user_load_all (IwStore *store, GError **error);

G_END_DECLS
