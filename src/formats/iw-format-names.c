/* iw-format-names.c: formats and roles, as documents and as people call them */
#include "iw-mapping.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *nick;
  const char *label;
} formats[] = {
  [IW_FORMAT_TIMESKETCH_CSV] = { "timesketch-csv", N_ ("Timesketch CSV") },
  [IW_FORMAT_TIMESKETCH_JSONL] = { "timesketch-jsonl", N_ ("Timesketch JSON Lines") },
  [IW_FORMAT_IRIS_IMPORT_CSV] = { "iris-import-csv", N_ ("DFIR-IRIS CSV (Import Form)") },
  [IW_FORMAT_IRIS_EXPORT_CSV] = { "iris-export-csv", N_ ("DFIR-IRIS CSV (Export Form)") },
  [IW_FORMAT_PLASO_L2TCSV] = { "plaso-l2tcsv", N_ ("Plaso l2tcsv") },
  [IW_FORMAT_PLASO_DYNAMIC] = { "plaso-dynamic", N_ ("Plaso Dynamic") },
  [IW_FORMAT_PLASO_TLN] = { "plaso-tln", N_ ("TLN") },
  [IW_FORMAT_PLASO_JSON] = { "plaso-json", N_ ("Plaso JSON") },
  [IW_FORMAT_PLASO_JSONL] = { "plaso-jsonl", N_ ("Plaso JSON Lines") },
  [IW_FORMAT_GENERIC_CSV] = { "csv", N_ ("Table") },
  [IW_FORMAT_GENERIC_JSONL] = { "jsonl", N_ ("JSON") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (formats) == IW_N_FORMATS);

static const struct
{
  const char *nick;
  const char *label;
} roles[] = {
  [IW_ROLE_NONE] = { "none", N_ ("Details Only") },
  [IW_ROLE_TIME] = { "time", N_ ("Date and Time") },
  [IW_ROLE_DATE] = { "date", N_ ("Date") },
  [IW_ROLE_TIME_OF_DAY] = { "time-of-day", N_ ("Time of Day") },
  [IW_ROLE_EPOCH] = { "epoch", N_ ("Time as a Number") },
  [IW_ROLE_ZONE] = { "zone", N_ ("Time Zone") },
  [IW_ROLE_END_TIME] = { "end-time", N_ ("End Time") },
  [IW_ROLE_MESSAGE] = { "message", N_ ("Message") },
  [IW_ROLE_TITLE] = { "title", N_ ("Title") },
  [IW_ROLE_DESC] = { "desc", N_ ("Meaning of the Time") },
  [IW_ROLE_SOURCE] = { "source", N_ ("Source") },
  [IW_ROLE_HOST] = { "host", N_ ("Host") },
  [IW_ROLE_ACTOR] = { "actor", N_ ("User or Actor") },
  [IW_ROLE_TEAM] = { "team", N_ ("Team") },
  [IW_ROLE_KIND] = { "kind", N_ ("Kind") },
  [IW_ROLE_CONFIDENCE] = { "confidence", N_ ("Confidence") },
  [IW_ROLE_KEY] = { "key", N_ ("Key Event") },
  [IW_ROLE_TAGS] = { "tags", N_ ("Tags") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (roles) == IW_N_ROLES);

const char *
iw_format_to_string (IwFormat format)
{
  g_return_val_if_fail (format < IW_N_FORMATS, NULL);
  return formats[format].nick;
}

gboolean
iw_format_from_string (const char *text, IwFormat *out)
{
  for (guint i = 0; i < IW_N_FORMATS; i++)
    if (g_strcmp0 (text, formats[i].nick) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
iw_format_label (IwFormat format)
{
  g_return_val_if_fail (format < IW_N_FORMATS, NULL);
  return _ (formats[format].label);
}

gboolean
iw_format_is_json (IwFormat format)
{
  switch (format)
    {
    case IW_FORMAT_TIMESKETCH_JSONL:
    case IW_FORMAT_PLASO_JSON:
    case IW_FORMAT_PLASO_JSONL:
    case IW_FORMAT_GENERIC_JSONL:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
iw_format_is_plaso (IwFormat format)
{
  switch (format)
    {
    case IW_FORMAT_PLASO_L2TCSV:
    case IW_FORMAT_PLASO_DYNAMIC:
    case IW_FORMAT_PLASO_TLN:
    case IW_FORMAT_PLASO_JSON:
    case IW_FORMAT_PLASO_JSONL:
      return TRUE;
    default:
      return FALSE;
    }
}

const char *
iw_role_to_string (IwRole role)
{
  g_return_val_if_fail (role < IW_N_ROLES, NULL);
  return roles[role].nick;
}

gboolean
iw_role_from_string (const char *text, IwRole *out)
{
  for (guint i = 0; i < IW_N_ROLES; i++)
    if (g_strcmp0 (text, roles[i].nick) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
iw_role_label (IwRole role)
{
  g_return_val_if_fail (role < IW_N_ROLES, NULL);
  return _ (roles[role].label);
}
