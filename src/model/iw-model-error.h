/* iw-model-error.h: errors of values that are not what they should be. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IW_MODEL_ERROR (iw_model_error_quark ())
typedef enum
{
  IW_MODEL_ERROR_INVALID, /* a field of the wrong type or out of range; the message names it */
} IwModelError;

GQuark iw_model_error_quark (void); /* for IW_MODEL_ERROR alone */

G_END_DECLS
