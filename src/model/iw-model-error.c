#include "iw-model-error.h"

/* The formatter would take the name for a subtraction. */
/* clang-format off */
G_DEFINE_QUARK (iw-model-error-quark, iw_model_error)
/* clang-format on */
