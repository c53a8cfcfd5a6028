/* iw-evidence-verify.h: whether stored evidence is still what was collected (process.md E2).
 *
 * Synchronous, any one thread.
 */
#pragma once

#include "iw-blobs.h"
#include "iw-store.h"

G_BEGIN_DECLS

typedef enum
{
  IW_EVIDENCE_INTACT,
  IW_EVIDENCE_DAMAGED, /* the content no longer has its SHA-256 sum */
  IW_EVIDENCE_MISSING,
  IW_EVIDENCE_UNREADABLE, /* the system does not let it be read; see message */
} IwEvidenceCondition;

typedef struct
{
  char *docid;
  char *name;
  IwEvidenceCondition condition;
  char *message; /* what is wrong, a sentence; NULL where it is intact */
} IwEvidenceCheck;
void iw_evidence_check_free (IwEvidenceCheck *check); /* NULL is fine */

/* "Intact", "Damaged", …; static. */
const char *iw_evidence_condition_label (IwEvidenceCondition condition);
const char *iw_evidence_condition_to_string (IwEvidenceCondition condition); /* "intact", … */

/* Reads the stored copies of @items (NULL: all evidence of the incident) and compares their hashes.
 * @progress: bytes. Only cancelling and the store end it with an error; what is wrong with a file
 * is in its check. (element-type IwEvidenceCheck) (transfer full) */
GPtrArray *iw_evidence_verify (IwStore *store,
                               const char *incident,
                               const char *const *items,
                               IwProgressFunc progress,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);

/* Puts a check of one file on its record: a custody entry "verified" where it is intact, else a
 * note that says what is wrong. @author may be NULL. */
gboolean iw_evidence_verify_record_one (IwStore *store,
                                        const char *incident,
                                        IwEvidenceCheck *check,
                                        const char *author,
                                        GError **error);
/* Puts a check of many on the timeline as one note: how many were verified, and which are damaged.
 * Nothing is written where there is no check. */
gboolean iw_evidence_verify_record_all (IwStore *store,
                                        const char *incident,
                                        GPtrArray *checks,
                                        const char *author,
                                        GError **error);
/* "12 files verified: all are intact." or "12 files verified: 1 damaged, 2 missing."; the sentence
 * that the note begins with. (transfer full) */
char *iw_evidence_verify_words (GPtrArray *checks);

G_END_DECLS
