/* iw-import-error.c: why a file cannot be imported */
#include "iw-timeline-import.h"

G_DEFINE_QUARK (iw-import-error-quark, iw_import_error)
