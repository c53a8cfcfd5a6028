/* Taking a decision back: it stays on the record and counts for nothing. */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>

static const IwFormField withdrawal_fields[] = {
  { .name = "subject",
    .input = IW_INPUT_SUBJECT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Decision") },
  { .name = "of",
    .input = IW_INPUT_TEXT,
    .flags = IW_HIDDEN,
    /* Translators: of what kind a withdrawn decision is. */
    .label = NC_ ("field", "Kind of Decision") },
  { .name = "why", .input = IW_INPUT_LONG, .flags = IW_REQUIRED, .label = NC_ ("field", "Reason") },
};

const IwFormKind iw_kind_withdrawal = {
  .name = "withdrawal",
  .entry_kind = IW_ENTRY_WITHDRAWAL,
  .title = NC_ ("form", "Withdraw Decision"),
  /* Translators: the button that takes a decision back. */
  .verb = NC_ ("form", "Withdraw"),
  .action = N_ ("Withdraw Decision"),
  .fields = withdrawal_fields,
  .n_fields = G_N_ELEMENTS (withdrawal_fields),
};
