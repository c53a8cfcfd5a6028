#include "iw-model-error.h"

/* clang-format off: it takes the name for a subtraction. */
G_DEFINE_QUARK (iw - model - error - quark, iw_model_error)
/* clang-format on */
