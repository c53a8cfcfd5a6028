/* iw-incident-page-private.h: what the files of the incident page share. Main thread. */
#pragma once

#include "iw-incident-page.h"
#include "iw-live-incident.h"
#include "iw-places.h"
#include "iw-state-line.h"
#include "iw-workspace-banner.h"

G_BEGIN_DECLS

struct _IwIncidentPage
{
  AdwNavigationPage parent_instance;

  AdwViewSwitcher *switcher;
  AdwViewSwitcherBar *switcher_bar;
  AdwWindowTitle *window_title;
  GtkLabel *heading;
  GtkLabel *compartment;
  IwWorkspaceBanner *banner;
  IwStateLine *state;
  AdwViewStack *tabs;

  IwWorkspace *workspace;
  char *incident;
  IwLiveIncident *live;
  IwIncidentRow *row;          /* as it is shown; NULL where it could not be read */
  AdwBin *bins[IW_N_TABS];     /* one for each tab; empty until it is first shown */
  GtkWidget *pages[IW_N_TABS]; /* what is in it; NULL before */
  gboolean ready;              /* tabs that come up are what the person chose */
};

/* iw-incident-page-tabs.c */
void iw_incident_page_add_tabs (IwIncidentPage *self);
void iw_incident_page_show_tab (IwIncidentPage *self, IwTab tab);
IwTab iw_incident_page_get_tab (IwIncidentPage *self);
/* Makes what is in it, where it is not there yet. */
GtkWidget *iw_incident_page_get_page (IwIncidentPage *self, IwTab tab);

/* iw-incident-page-actions.c */
void iw_incident_page_class_init_actions (GtkWidgetClass *widget_class);
void iw_incident_page_update_actions (IwIncidentPage *self);

G_END_DECLS
