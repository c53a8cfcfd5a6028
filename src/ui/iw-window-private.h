/* iw-window-private.h: what the files of IwWindow share. */
#pragma once

#include "iw-incident-page.h"
#include "iw-sidebar.h"
#include "iw-window.h"

G_BEGIN_DECLS

struct _IwWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwNavigationSplitView *split_view;
  AdwNavigationView *navigation;
  AdwNavigationPage *content_page;
  AdwBreakpoint *narrow;
  IwSidebar *sidebar;

  AdwToast *undo_toast;  /* weak: says what was undone */
  AdwToast *offer_toast; /* weak: offers to undo what was just done */
  GHashTable *tabs;      /* (utf8 utf8): incident -> the tab it was left at */
  GtkWidget *cover;      /* NULL where there is none */
  GSettings *settings;
  IwWorkspace *workspace;
  GQueue bundles;       /* of GFile: to be imported, before the files */
  gboolean bundle_open; /* one of them is shown */
  GQueue files;         /* of GFile: to be imported */
  char *files_incident; /* into which; NULL until it is known */
};

/* iw-window-actions.c */
void iw_window_class_init_actions (GtkWidgetClass *widget_class);
void iw_window_init_shortcuts (IwWindow *self);
/* Makes actions insensitive that could do nothing now. */
void iw_window_update_actions (IwWindow *self);
/* The page of an incident, where one is shown. */
IwIncidentPage *iw_window_get_incident_page (IwWindow *self);
/* iw-window-open.c: asks for a file, then imports it. */
void iw_window_choose_file (IwWindow *self);
/* Files may be dropped anywhere where nothing else takes them. */
void iw_window_init_drop (IwWindow *self);
void iw_window_forget_files (IwWindow *self);

G_END_DECLS
