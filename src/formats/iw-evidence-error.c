#include "iw-evidence-error.h"

G_DEFINE_QUARK (iw-evidence-error-quark, iw_evidence_error)
