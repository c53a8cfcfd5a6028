/* iw-write-reasons.h: what is said of a refused document: English, over the wire, word by word the same as in
 * data/couchdb/validate.js. Private to iw-write-*.c. They are msgids.
 */
#pragma once

#include <glib/gi18n-lib.h>

#define IW_REASON_SIGN_IN N_ ("Sign in to write.")
#define IW_REASON_DESIGN N_ ("Only an administrator may change a design document.")
#define IW_REASON_READ_ONLY N_ ("This account may read, not write.")
#define IW_REASON_TYPE N_ ("A document keeps its type.")
#define IW_REASON_ERASURE N_ ("Only an administrator may record an erasure.")
#define IW_REASON_CHANGED N_ ("A decision is never edited; decide again instead.")
#define IW_REASON_DELETED N_ ("A decision is never deleted; withdraw it instead.")
#define IW_REASON_BECOMES N_ ("An entry cannot become a decision; make the decision instead.")
#define IW_REASON_ENTRY N_ ("This is no entry: a field is missing or of the wrong type.")
#define IW_REASON_EVIDENCE N_ ("This is no evidence: a field is missing or of the wrong type.")
#define IW_REASON_INCIDENT N_ ("This is no incident: a field is missing or of the wrong type.")
#define IW_REASON_SCOPE N_ ("The document belongs to another incident than its id says.")
#define IW_REASON_NO_AUTHOR N_ ("The document does not say who wrote it.")
#define IW_REASON_CREATED N_ ("Who made a document, and when, does not change.")
#define IW_REASON_DECLARE                                                                           \
  N_ ("A customer-reportable incident is declared by a security incident manager or an executive.")
#define IW_REASON_APPROVE_EVIDENCE N_ ("Evidence is approved to go out by a security incident manager.")
#define IW_REASON_APPROVE_NOTICE                                                                    \
  N_ ("A notice is approved by a security incident manager, a legal adviser or an executive.")
#define IW_REASON_APPROVE_REGULATOR N_ ("A notice to a regulator is approved by a legal adviser or an executive.")
#define IW_REASON_DEFER                                                                             \
  N_ ("A deferral is recorded by the legal adviser or the executive who vetted it, under their name.")
#define IW_REASON_DEFER_NAMES N_ ("A deferral is vetted by two people: a legal adviser and an executive.")
#define IW_REASON_WITHDRAW                                                                          \
  N_ ("A declaration, an approval or a deferral is withdrawn by somebody with a role that may make it.")
#define IW_REASON_WITHDRAW_UNSAID                                                                   \
  N_ ("A withdrawal that does not say what it withdraws needs a security incident manager.")
/* Translators: %s is the name of a field of a document, such as “why”. */
#define IW_REASON_FIELD N_ ("The field “%s” is missing or does not fit.")
/* Translators: %s is a person’s name. */
#define IW_REASON_AUTHOR N_ ("This account does not write as “%s”.")
