/* The scales, and what risk to customer data forces. */
#include "iw-impact-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *value;
  const char *label;
} Value;

/* Translators: the labels of the scales stand in a list of reasons: "high functional impact,
 * recovery needs extended time". */
static const Value values[IW_N_SCALES][IW_SCALE_VALUES] = {
  [IW_SCALE_FUNCTIONAL] = { { "none", NC_ ("impact", "no functional impact") },
                            { "low", NC_ ("impact", "low functional impact") },
                            { "medium", NC_ ("impact", "medium functional impact") },
                            { "high", NC_ ("impact", "high functional impact") } },
  [IW_SCALE_INFORMATION] = { { "none", NC_ ("impact", "no information impact") },
                             { "privacy-breach", NC_ ("impact", "personal data breached") },
                             { "proprietary-breach", NC_ ("impact", "proprietary data breached") },
                             { "integrity-loss", NC_ ("impact", "integrity of data lost") } },
  [IW_SCALE_RECOVERABILITY] = { { "regular", NC_ ("impact", "recovery with what is at hand") },
                                { "supplemented", NC_ ("impact", "recovery needs more resources") },
                                { "extended",
                                  NC_ ("impact", "time of recovery cannot be foreseen") },
                                { "not-recoverable", NC_ ("impact", "recovery not possible") } },
  [IW_SCALE_RISK] = { { "none", NC_ ("impact", "no risk to customer data") },
                      { "imminent", NC_ ("impact", "imminent risk to customer data") },
                      { "confirmed", NC_ ("impact", "confirmed risk to customer data") } },
};

const char *
iw_scale_name (IwScale scale)
{
  static const char *const names[IW_N_SCALES] = { "functional", "information", "recoverability",
                                                  "risk" };

  return names[scale];
}

const char *
iw_scale_value (IwScale scale, guint value)
{
  return value < IW_SCALE_VALUES ? values[scale][value].value : NULL;
}

const char *
iw_scale_label (IwScale scale, guint value)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "impact", values[scale][value].label);
}

int
iw_scale_find (IwScale scale, const char *value)
{
  if (value == NULL || *value == '\0')
    return 0;
  for (guint i = 0; iw_scale_value (scale, i) != NULL; i++)
    if (g_str_equal (values[scale][i].value, value))
      return i;
  return -1;
}

static const char *
value_of (IwScale scale, const IwImpact *impact)
{
  switch (scale)
    {
    case IW_SCALE_FUNCTIONAL:
      return impact->functional;
    case IW_SCALE_INFORMATION:
      return impact->information;
    case IW_SCALE_RECOVERABILITY:
      return impact->recoverability;
    case IW_SCALE_RISK:
    case IW_N_SCALES:
    default:
      return impact->risk;
    }
}

guint
iw_scale_of (IwScale scale, const IwImpact *impact)
{
  int found = iw_scale_find (scale, value_of (scale, impact));
  guint last = IW_SCALE_VALUES - 1;

  if (found >= 0)
    return found;
  while (iw_scale_value (scale, last) == NULL)
    last--;
  return last;
}

gboolean
iw_impact_risk_is_urgent (const char *risk)
{
  return iw_scale_find (IW_SCALE_RISK, risk) != 0;
}
