/* iw-security.h: a database's security object: who may read and write (members), who administers (admins), by names and
 * roles (CouchDB, "_security"). An immutable value, any thread.
 *
 * Unlike CouchDB's, one without members admits nobody but admins: no database is open to all by an oversight.
 */
#pragma once

#include "iw-write-rules.h"

G_BEGIN_DECLS

typedef struct _IwSecurity IwSecurity;

/* IW_STORE_ERROR_INVALID where it is no security object: members and admins are objects of lists of texts. Other
 * members are kept. NULL: one that admits nobody. (transfer full) */
IwSecurity *iw_security_parse (const char *json, GError **error);
void iw_security_free (IwSecurity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwSecurity, iw_security_free)

const char *iw_security_get_json (IwSecurity *self); /* canonical */
/* @account NULL: nobody. Admins, also of the server, are members. */
gboolean iw_security_admits (IwSecurity *self, const IwAccount *account);
gboolean iw_security_is_admin (IwSecurity *self, const IwAccount *account);

/* The text of one with these members and no admins; each may be NULL. (transfer full) */
char *iw_security_write (const char *const *names, const char *const *roles);

G_END_DECLS
