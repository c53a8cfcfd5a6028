/* iw-decision-text-private.h: how the kinds of decisions are put into words, each in the file of its topic. */
#pragma once

#include "iw-form-kind-private.h"

G_BEGIN_DECLS

/* What is at hand while one is described. */
typedef struct
{
  const IwFormKind *kind;
  IwFieldGetter get;
  gpointer source;
} IwDecisionWords;

/* What was decided, without the reason and without what it is about. (transfer full) */
typedef char *(*IwDecisionWording) (const IwDecisionWords *words);

/* The value of a field. */
const char *iw_decision_words_get (const IwDecisionWords *words, const char *field);
gboolean iw_decision_words_has (const IwDecisionWords *words, const char *field);
gboolean iw_decision_words_is (const IwDecisionWords *words, const char *field, const char *value);
/* The words of a choice. */
const char *iw_decision_words_label (const IwDecisionWords *words, const char *field);
guint iw_decision_words_count (const IwDecisionWords *words, const char *field);

/* iw-decision-text-state.c */
char *iw_decision_word_stage (const IwDecisionWords *words);
char *iw_decision_word_containment (const IwDecisionWords *words);
char *iw_decision_word_detection (const IwDecisionWords *words);
char *iw_decision_word_assessment (const IwDecisionWords *words);
char *iw_decision_word_classification (const IwDecisionWords *words);
char *iw_decision_word_declaration (const IwDecisionWords *words);
char *iw_decision_word_impact (const IwDecisionWords *words);
char *iw_decision_word_severity (const IwDecisionWords *words);
char *iw_decision_word_priority (const IwDecisionWords *words);

/* iw-decision-text-people.c */
char *iw_decision_word_role (const IwDecisionWords *words);
char *iw_decision_word_activity (const IwDecisionWords *words);
char *iw_decision_word_escalation (const IwDecisionWords *words);
char *iw_decision_word_acknowledgement (const IwDecisionWords *words);
char *iw_decision_word_liaison (const IwDecisionWords *words);
char *iw_decision_word_clock (const IwDecisionWords *words);
char *iw_decision_word_clock_end (const IwDecisionWords *words);

/* iw-decision-text-things.c */
char *iw_decision_word_notice (const IwDecisionWords *words);
char *iw_decision_word_scope (const IwDecisionWords *words);
char *iw_decision_word_custody (const IwDecisionWords *words);
char *iw_decision_word_marking (const IwDecisionWords *words);
char *iw_decision_word_approval (const IwDecisionWords *words);
char *iw_decision_word_release (const IwDecisionWords *words);
char *iw_decision_word_sweep (const IwDecisionWords *words);
char *iw_decision_word_task (const IwDecisionWords *words);
char *iw_decision_word_withdrawal (const IwDecisionWords *words);

G_END_DECLS
