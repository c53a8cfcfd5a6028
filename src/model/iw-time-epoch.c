/* Times as numbers since the epoch. */
#include "iw-time.h"

/* How many units of an epoch number make a second, told by its magnitude. The seconds of any year
 * to 5138 have at most eleven digits, and so on by thousands. */
static gint64
epoch_units_per_second (guint64 magnitude)
{
  if (magnitude < G_GUINT64_CONSTANT (100000000000))
    return 1;
  if (magnitude < G_GUINT64_CONSTANT (100000000000000))
    return 1000;
  if (magnitude < G_GUINT64_CONSTANT (100000000000000000))
    return 1000000;
  return 1000000000;
}

/* The decimals after @p as billionths, FALSE where there is anything but digits. */
static gboolean
read_decimals (const char *p, gint64 *billionths, int *n)
{
  gint64 value = 0;

  for (*n = 0; g_ascii_isdigit (*p); p++, (*n)++)
    if (*n < 9)
      value = value * 10 + (*p - '0');
  for (int i = *n; i < 9; i++)
    value *= 10;
  *billionths = value;
  return *n > 0 && *p == '\0';
}

static IwPrecision
epoch_precision (gint64 units, int decimals)
{
  if (units == 1 && decimals == 0)
    return IW_PRECISION_SECOND;
  if ((units == 1 && decimals <= 3) || (units == 1000 && decimals == 0))
    return IW_PRECISION_MILLISECOND;
  return IW_PRECISION_MICROSECOND;
}

gboolean
iw_time_parse_epoch (const char *text, IwTime *out)
{
  gboolean negative;
  const char *p, *start;
  guint64 magnitude = 0;
  gint64 units, us, billionths = 0, nanoseconds;
  int decimals = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  negative = *text == '-';
  start = p = negative ? text + 1 : text;
  for (; g_ascii_isdigit (*p); p++)
    {
      if (p - start >= 19) /* more than 64 bits hold in any unit */
        return FALSE;
      magnitude = magnitude * 10 + (*p - '0');
    }
  if (p == start)
    return FALSE;
  if (*p == '.' ? !read_decimals (p + 1, &billionths, &decimals) : *p != '\0')
    return FALSE;

  /* Exact in integers: whole units first, what is left below a unit as nanoseconds. */
  units = epoch_units_per_second (magnitude);
  us = units == 1000000000 ? magnitude / 1000 : magnitude * (1000000 / units);
  nanoseconds = billionths / units + (units == 1000000000 ? (magnitude % 1000) : 0);
  us += nanoseconds / 1000;
  if (negative)
    us = -us - (nanoseconds % 1000 != 0 ? 1 : 0);
  if (us < IW_TIME_MIN || us > IW_TIME_MAX)
    return FALSE;
  *out = (IwTime){ us, epoch_precision (units, decimals) };
  return TRUE;
}
