#include "iw-model-error.h"

G_DEFINE_QUARK (iw-model-error-quark, iw_model_error)
