/* iw-write-rules.h: who may write what (sync.md "Write rules"). Pure functions, any thread.
 *
 * The specification is the table of cases in tests/data/write-rules.json; this and the validate_doc_update of the
 * CouchDB design document (data/couchdb/) are both held to it.
 *
 * - reader and auditor write nothing. Documents of types this version does not know, and those without a type, pass
 *   from anybody else: they are other people's, or newer.
 * - Known types are written by responder, incident-manager, legal, executive and admin; required fields and their
 *   types are there; a type does not change; the incident is that of the id.
 * - modified_by (created_by of a new one) is the account's name, or an author the account has a role "author:NAME" for;
 *   an admin may write for others (bundles, imports). Who made a document does not change. A merge (with the revisions
 *   it is of in "merged") has the stamps of the later of them, whoever that was; no decision is one.
 * - Decision entries are written once: neither changed nor deleted, by nobody; and iw_decision_check() holds.
 * - A CRSI declaration needs the role incident-manager or executive (process.md C3). Approval of evidence to go out
 *   needs incident-manager (E3). Approval of a notice needs incident-manager, legal or executive (N2); of one to a
 *   regulator legal or executive (N2, R6). A deferral names a legal adviser and an executive, two people, and is written
 *   by one of them, by role and by name (N3). An admin counts as each of them.
 * - A withdrawal says in "of" what it withdraws (iw_withdrawal_of()), and needs a role that may make that, without the
 *   name; one that does not say it, as older versions write them, needs incident-manager. The fold sees to it that what
 *   is said is true.
 * - Design documents, and documents of the type "erasure": admins alone.
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

/* Whether this very role is among its roles; to be an admin is none of the others. */
gboolean iw_account_has_role (const IwAccount *account, const char *role);
gboolean iw_account_is_admin (const IwAccount *account); /* "admin" or "_admin" */

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
