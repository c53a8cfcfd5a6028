/* iw-impact-private.h: the scales of an impact (NIST SP 800-61r2 section 3.2.6), for the matrix. */
#pragma once

#include "iw-impact.h"

G_BEGIN_DECLS

typedef enum
{
  IW_SCALE_FUNCTIONAL,
  IW_SCALE_INFORMATION,
  IW_SCALE_RECOVERABILITY,
  IW_SCALE_RISK,
  IW_N_SCALES
} IwScale;

#define IW_SCALE_VALUES 4 /* at most */

const char *iw_scale_name (IwScale scale);               /* "functional" */
const char *iw_scale_value (IwScale scale, guint value); /* "high"; NULL past the last */
const char *iw_scale_label (IwScale scale, guint value); /* "high functional impact", translated */
int iw_scale_find (IwScale scale, const char *value);    /* -1 if unknown; NULL and "": 0 */
/* The value that @impact has. An unknown one counts as the gravest: a newer version may have
 * written it. */
guint iw_scale_of (IwScale scale, const IwImpact *impact);

G_END_DECLS
