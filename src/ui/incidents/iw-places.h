/* iw-places.h: which tab of an incident a place is in. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  IW_TAB_OVERVIEW,
  IW_TAB_TIMELINE,
  IW_TAB_RESPONSE,
  IW_TAB_EVIDENCE,
  IW_TAB_NOTICES,
  IW_TAB_SCOPE,
  IW_N_TABS
} IwTab;

const char *iw_tab_to_string (IwTab tab); /* "overview" */
/* FALSE, and @out left alone, where there is no such tab. @text may be NULL. */
gboolean iw_tab_from_string (const char *text, IwTab *out);
/* @place: one of iw-gap.h, or the id of a document: entries are in the timeline, others where their
 * type is shown. FALSE where it is neither. */
gboolean iw_place_find_tab (const char *place, IwTab *out);

G_END_DECLS
