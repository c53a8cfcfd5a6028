/* The tabs of an incident: each is made when it is first shown, so that opening one stays fast. */
#include "config.h"

#include "iw-incident-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-briefing-page.h"
#include "iw-evidence-page.h"
#include "iw-notices-page.h"
#include "iw-response-page.h"
#include "iw-scope-page.h"

static const struct
{
  const char *title;
  const char *icon;
} tabs[IW_N_TABS] = {
  [IW_TAB_OVERVIEW] = { NC_ ("tab", "Overview"), "iw-overview-symbolic" },
  [IW_TAB_TIMELINE] = { NC_ ("tab", "Timeline"), "iw-timeline-symbolic" },
  [IW_TAB_RESPONSE] = { NC_ ("tab", "Response"), "iw-response-symbolic" },
  [IW_TAB_EVIDENCE] = { NC_ ("tab", "Evidence"), "iw-evidence-symbolic" },
  [IW_TAB_NOTICES] = { NC_ ("tab", "Notices"), "iw-notices-symbolic" },
  [IW_TAB_SCOPE] = { NC_ ("tab", "Scope"), "iw-scope-symbolic" },
};

void
iw_incident_page_add_tabs (IwIncidentPage *self)
{
  for (IwTab i = 0; i < IW_N_TABS; i++)
    {
      self->bins[i] = ADW_BIN (adw_bin_new ());
      adw_view_stack_add_titled_with_icon (self->tabs, GTK_WIDGET (self->bins[i]),
                                           iw_tab_to_string (i),
                                           g_dpgettext2 (NULL, "tab", tabs[i].title), tabs[i].icon);
    }
}

static GtkWidget *
make_page (IwIncidentPage *self, IwTab tab)
{
  switch (tab)
    {
    case IW_TAB_OVERVIEW:
      return iw_briefing_page_new (self->live);
    case IW_TAB_RESPONSE:
      return iw_response_page_new (self->live);
    case IW_TAB_EVIDENCE:
      return iw_evidence_page_new (self->live);
    case IW_TAB_NOTICES:
      return iw_notices_page_new (self->live);
    case IW_TAB_SCOPE:
      return iw_scope_page_new (self->live);
    case IW_TAB_TIMELINE:
    case IW_N_TABS:
    default:
      return iw_timeline_page_new (self->workspace, self->incident);
    }
}

GtkWidget *
iw_incident_page_get_page (IwIncidentPage *self, IwTab tab)
{
  if (self->pages[tab] == NULL)
    {
      self->pages[tab] = make_page (self, tab);
      adw_bin_set_child (self->bins[tab], self->pages[tab]);
    }
  return self->pages[tab];
}

void
iw_incident_page_show_tab (IwIncidentPage *self, IwTab tab)
{
  iw_incident_page_get_page (self, tab);
  adw_view_stack_set_visible_child (self->tabs, GTK_WIDGET (self->bins[tab]));
}

IwTab
iw_incident_page_get_tab (IwIncidentPage *self)
{
  IwTab tab = IW_TAB_TIMELINE;

  iw_tab_from_string (adw_view_stack_get_visible_child_name (self->tabs), &tab);
  return tab;
}

/* ---- places ---- */

static void
goto_in_page (IwIncidentPage *self, IwTab tab, const char *place)
{
  GtkWidget *page = iw_incident_page_get_page (self, tab);
  g_autofree char *key = NULL;

  switch (tab)
    {
    case IW_TAB_OVERVIEW:
      iw_briefing_page_goto (IW_BRIEFING_PAGE (page), place);
      break;
    case IW_TAB_RESPONSE:
      iw_response_page_goto (IW_RESPONSE_PAGE (page), place);
      break;
    case IW_TAB_EVIDENCE:
      iw_evidence_page_goto (IW_EVIDENCE_PAGE (page), place);
      break;
    case IW_TAB_NOTICES:
      iw_notices_page_goto (IW_NOTICES_PAGE (page), place);
      break;
    case IW_TAB_SCOPE:
      iw_scope_page_goto (IW_SCOPE_PAGE (page), place);
      break;
    case IW_TAB_TIMELINE:
    case IW_N_TABS:
    default:
      if (g_str_equal (place, iw_tab_to_string (IW_TAB_TIMELINE)))
        return;
      key = g_strconcat ("entry:", place, NULL);
      iw_timeline_page_show_key (IW_TIMELINE_PAGE (page), key);
      break;
    }
}

void
iw_incident_page_goto (IwIncidentPage *self, const char *place)
{
  IwTab tab;

  if (!iw_place_find_tab (place, &tab))
    return;
  iw_incident_page_show_tab (self, tab);
  goto_in_page (self, tab, place);
}

void
iw_incident_page_show (IwIncidentPage *self, const char *tab)
{
  IwTab found;

  if (iw_tab_from_string (tab, &found))
    iw_incident_page_show_tab (self, found);
}

IwTimelinePage *
iw_incident_page_get_timeline (IwIncidentPage *self)
{
  iw_incident_page_show_tab (self, IW_TAB_TIMELINE);
  return IW_TIMELINE_PAGE (self->pages[IW_TAB_TIMELINE]);
}

void
iw_incident_page_show_key (IwIncidentPage *self, const char *key)
{
  iw_timeline_page_show_key (iw_incident_page_get_timeline (self), key);
}

static GtkWidget *
find_search (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_SEARCH_ENTRY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL && gtk_widget_get_mapped (widget);
       child = gtk_widget_get_next_sibling (child))
    found = find_search (child);
  return found != NULL && gtk_widget_get_mapped (found) ? found : NULL;
}

void
iw_incident_page_focus_find (IwIncidentPage *self)
{
  IwTab tab = iw_incident_page_get_tab (self);
  GtkWidget *search =
      tab != IW_TAB_TIMELINE ? find_search (iw_incident_page_get_page (self, tab)) : NULL;

  if (search == NULL)
    {
      iw_timeline_page_focus_find (iw_incident_page_get_timeline (self));
      return;
    }
  gtk_widget_grab_focus (search);
  gtk_editable_select_region (GTK_EDITABLE (search), 0, -1);
}

void
iw_incident_page_focus_quick_entry (IwIncidentPage *self)
{
  iw_timeline_page_focus_quick_entry (iw_incident_page_get_timeline (self));
}
