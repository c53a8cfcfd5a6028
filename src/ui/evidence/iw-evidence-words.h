/* iw-evidence-words.h: evidence in words: what a row, a page and a chain of custody say. Pure; no
 * widgets.
 */
#pragma once

#include "iw-evidence-verify.h"
#include "iw-evidence.h"
#include "iw-fact.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* A symbolic icon for what kind of file it is; static. */
const char *iw_evidence_words_icon (IwEvidence *evidence);
/* When it was collected, to the second at most: "3 Nov 2026 03:14"; "" if nobody wrote that down.
 * (transfer full) */
char *iw_evidence_words_collected_at (IwEvidence *evidence, GTimeZone *zone);
/* "2.1 GB · collected 3 Nov 2026 03:14 by A. Sato · mail server"; what is not known is left out.
 * (transfer full) */
char *iw_evidence_words_summary (IwEvidence *evidence, GTimeZone *zone);
/* "e3b0c442…": the beginning of its hash. (transfer full) */
char *iw_evidence_words_short_hash (IwEvidence *evidence);
/* "Sensitive, Customer Data (release not approved)", "… (release approved for Contoso)"; NULL
 * where it bears no mark. (transfer full) */
char *iw_evidence_words_marks (IwSituation *situation, const char *docid);
/* Who has it now: the last that it was handed to; "" where it never was. (transfer none), lives as
 * long as the situation. */
const char *iw_evidence_words_holder (IwSituation *situation, const char *docid);

/* One link of the chain of custody: what happened, "Handed over from A. Sato to B. Kim". @docid:
 * whose chain it is. (transfer full) */
char *iw_evidence_words_step (IwEntry *entry, const char *docid);
/* When, who wrote it, where and why: the line under it. (transfer full) */
char *iw_evidence_words_step_details (IwEntry *entry, GTimeZone *zone);
const char *iw_evidence_words_step_icon (IwEntry *entry); /* static */

/* The icon and the tone of a check; static. */
const char *iw_evidence_words_condition_icon (IwEvidenceCondition condition);
IwTone iw_evidence_words_condition_tone (IwEvidenceCondition condition);

G_END_DECLS
