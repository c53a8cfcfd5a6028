/* iw-write-rules.h: who may write what (sync.md "Write rules"). Pure functions, any thread.
 *
 * The specification is the table of cases in tests/data/write-rules.json; this and the validate_doc_update of the
 * CouchDB design document (data/couchdb/) are both held to it.
 *
 * - Documents of types this version does not know, and those without a type, pass: they are other people's, or newer.
 * - Known types: required fields and their types.
 * - modified_by (created_by of a new one) is the account's name, or an author the account has a role "author:NAME" for;
 *   an admin may write for others (bundles, imports).
 * - Decision entries are written once: neither changed nor deleted; and iw_decision_check() holds.
 * - A CRSI declaration needs the role incident-manager or executive; approval of a notice and of evidence to go out
 *   legal, executive or incident-manager as its kind says; vetting of a deferral legal and executive by name.
 * - reader and auditor write nothing; responder and all others the rest. Design documents: admins alone.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *const *roles; /* NULL-terminated: "reader", "responder", "incident-manager", "legal", "executive",
                               "auditor", "admin", "author:NAME"; CouchDB's "_admin" counts as admin */
} IwAccount;

gboolean iw_account_has_role (const IwAccount *account, const char *role);
gboolean iw_account_is_admin (const IwAccount *account);

/* Whether @account may replace @before (NULL: there is none, or it is deleted) by @after.
 * @deleted: @after is a tombstone. @before, @after: without members that begin with "_".
 * Returns NULL where it is allowed, else the reason as an English sentence: it goes over the wire, and clients
 * translate what they know (iw_write_rules_translate()). (transfer full) */
char *iw_write_rules_check (const char *docid, JsonObject *before, JsonObject *after, gboolean deleted,
                            const IwAccount *account);
/* Whether a document of this type has rules at all; @type may be NULL. So that others need not be read. */
gboolean iw_write_rules_concern (const char *docid, const char *type);
/* The user's words for a reason that a server gave; the reason itself where it is not one of ours. (transfer full) */
char *iw_write_rules_translate (const char *reason);

G_END_DECLS
