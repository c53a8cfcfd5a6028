/* iw-identity.h: who is signed in: an account's name and roles as they were when that was looked up. Immutable,
 * counted, any thread.
 */
#pragma once

#include "iw-write-rules.h"

G_BEGIN_DECLS

typedef struct _IwIdentity IwIdentity;

/* Copies. (transfer full) */
IwIdentity *iw_identity_new (const char *name, const char *const *roles);
IwIdentity *iw_identity_ref (IwIdentity *self);
void iw_identity_unref (IwIdentity *self);
const IwAccount *iw_identity_get_account (IwIdentity *self); /* lives as long as @self */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwIdentity, iw_identity_unref)

G_END_DECLS
