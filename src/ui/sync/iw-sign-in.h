/* iw-sign-in.h: signing in at a server for the first time, or again: what the account is and may read;
 * the secret goes to the Secret Service. Works in a thread. Main thread.
 */
#pragma once

#include "iw-sync-account.h"

G_BEGIN_DECLS

/* What came of it. */
typedef struct
{
  IwSyncAccount *account; /* as it was given, with the default compartment found */
  char *name;             /* as the server knows the account */
  char **roles;
  char **databases;             /* compartments that may be read */
  GTlsCertificate *certificate; /* with IW_REMOTE_ERROR_CERTIFICATE: the one nobody vouches for */
} IwSignIn;
void iw_sign_in_free (IwSignIn *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwSignIn, iw_sign_in_free)

/* @account: where (compartment may be NULL). @secret: copied; NULL: the one that is kept. */
void iw_sign_in_async (const IwSyncAccount *account,
                       const char *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data);
/* @out: also set where it fails. (transfer full) */
gboolean iw_sign_in_finish (GAsyncResult *result, IwSignIn **out, GError **error);

/* The names that the account may write under besides its own, of roles "author:NAME". (transfer full) */
char **iw_sign_in_authors (const char *const *roles);
/* The author's name to write under so that the server takes it: @author where that is allowed, else the
 * first that is. (transfer full) */
char *iw_sign_in_choose_author (const char *author, const char *name, const char *const *roles);

G_END_DECLS
