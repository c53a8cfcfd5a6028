/* iw-evidence-gate.h: whether an evidence file may leave the workspace (process.md E3).
 *
 * The one place that decides it, for every export. Pure; any one thread.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

/* Whether @docid may go to @recipient; a NULL recipient asks for an approval for anybody at all.
 *
 * A file without marks may. One that is marked (sensitive, confidential, customer data) needs an
 * approval that is in force, names it and the recipient, and was both given and recorded after the
 * file was marked. Content counts, not the document: a file whose very content is marked as another
 * evidence document of the incident, or was until that was removed, is marked as well.
 *
 * Returns NULL where it may, else why not, a sentence in the user's language (transfer full).
 * @approvals: (element-type IwEntry), may be NULL: those that let it go are added, each once; they
 * live as long as the situation. */
char *iw_evidence_gate (IwSituation *situation,
                        const char *docid,
                        const char *recipient,
                        GPtrArray *approvals);

/* The marks of a file by that reckoning: also those of the same content elsewhere. (transfer full)
 */
char **iw_evidence_marks (IwSituation *situation, const char *docid);
/* "sensitive" in the user's language: "Sensitive"; the mark itself where it is unknown. Static. */
const char *iw_evidence_mark_label (const char *mark);
/* All of @marks in one line: "Sensitive, Customer Data"; "" if none. (transfer full) */
char *iw_evidence_marks_words (const char *const *marks);

G_END_DECLS
