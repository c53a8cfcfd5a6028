/* iw-scope.h: what is affected (process.md E5): documents of type "scope" (customer, service, system,
 * data) and the entries that say of each: confirmed, suspected, ruled out.
 *
 * Document: type "scope", incident, scope_kind, name, contact, mail, phone, language, note.
 */
#pragma once

#include "iw-decisions.h"

G_BEGIN_DECLS

typedef enum { IW_SCOPE_CUSTOMER, IW_SCOPE_SERVICE, IW_SCOPE_SYSTEM, IW_SCOPE_DATA, IW_N_SCOPE_KINDS } IwScopeKind;
typedef enum { IW_SCOPE_UNSET, IW_SCOPE_SUSPECTED, IW_SCOPE_CONFIRMED, IW_SCOPE_RULED_OUT, IW_N_SCOPE_STATES } IwScopeState;

typedef struct
{
  char *docid;
  IwScopeKind kind;
  char *name;
  char *contact, *mail, *phone, *language, *note;
  IwScopeState state;
  IwEntry *entry; /* that says so (ref); NULL while unset */
} IwScopeItem;
void iw_scope_item_free (IwScopeItem *item); /* NULL is fine */

/* @documents: (element-type IwDocument) of type "scope"; others are ignored. By kind, then name.
 * (element-type IwScopeItem) (transfer full) */
GPtrArray *iw_scope_fold (GPtrArray *documents, IwDecisions *decisions);
/* What documents hold ("customer", "ruled-out"; "" for unset), static; FALSE where @text is none of that, @out stays;
 * labels are translated, static. */
const char *iw_scope_kind_to_string (IwScopeKind kind);
gboolean iw_scope_kind_from_string (const char *text, IwScopeKind *out);
const char *iw_scope_kind_label (IwScopeKind kind);
const char *iw_scope_state_to_string (IwScopeState state);
gboolean iw_scope_state_from_string (const char *text, IwScopeState *out);
const char *iw_scope_state_label (IwScopeState state);
/* Customers that notices go to: confirmed, or suspected; never ruled out (N4). */
gboolean iw_scope_item_is_notified (const IwScopeItem *item);
/* A customer that cannot be reached: neither a mail address (something on either side of an @) nor a phone
 * number (a digit at least) (N4). */
gboolean iw_scope_item_lacks_contact (const IwScopeItem *item);

G_END_DECLS
