#include "config.h"

#include "iw-places.h"

#include <string.h>

#include "iw-id.h"

static const char *const tabs[IW_N_TABS] = { "overview", "timeline", "response",
                                             "evidence", "notices",  "scope" };

static const struct
{
  const char *name; /* of a place, or the type of a document in its id */
  IwTab tab;
} places[] = {
  { "board", IW_TAB_RESPONSE },
  { "plan", IW_TAB_RESPONSE },
  { "detection", IW_TAB_RESPONSE },
  { "assessment", IW_TAB_RESPONSE },
  { "impact", IW_TAB_RESPONSE },
  { "classification", IW_TAB_RESPONSE },
  { "roles", IW_TAB_RESPONSE },
  { "clocks", IW_TAB_RESPONSE },
  { "escalations", IW_TAB_RESPONSE },
  { "liaison", IW_TAB_RESPONSE },
  { "indicators", IW_TAB_SCOPE },
  { "assets", IW_TAB_SCOPE },
  /* types */
  { "entry", IW_TAB_TIMELINE },
  { "task", IW_TAB_RESPONSE },
  { "notice", IW_TAB_NOTICES },
  { "indicator", IW_TAB_SCOPE },
  { "asset", IW_TAB_SCOPE },
  { "incident", IW_TAB_OVERVIEW },
};

const char *
iw_tab_to_string (IwTab tab)
{
  g_return_val_if_fail (tab < IW_N_TABS, NULL);

  return tabs[tab];
}

gboolean
iw_tab_from_string (const char *text, IwTab *out)
{
  for (IwTab i = 0; text != NULL && i < IW_N_TABS; i++)
    if (g_str_equal (tabs[i], text))
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find (const char *name, IwTab *out)
{
  if (iw_tab_from_string (name, out))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name))
      {
        *out = places[i].tab;
        return TRUE;
      }
  return FALSE;
}

gboolean
iw_place_find_tab (const char *place, IwTab *out)
{
  g_autofree char *incident = iw_id_incident_of (place);
  g_autofree char *type = NULL;
  const char *kind;

  if (incident == NULL)
    return find (place, out);
  kind = place + strlen (incident) + 1;
  type = g_strndup (kind, strcspn (kind, "-"));
  return find (type, out);
}
