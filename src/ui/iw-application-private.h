/* iw-application-private.h: what the files of IwApplication share. */
#pragma once

#include "iw-application.h"
#include "iw-indexer.h"
#include "iw-reminder-service.h"
#include "iw-window.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

struct _IwApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  IwWorkspace *workspace;    /* the one that the window shows; NULL where it cannot be opened */
  IwIndexer *indexer;        /* of that workspace */
  char *own_dir;             /* the user's own workspace */
  char *dir;                 /* the one that the window shows or tries to */
  GCancellable *sample_work; /* making the sample; NULL where it is not being made */
  gboolean tidied;
  IwReminderService *reminders;
  IwWorkspace *reminded; /* the user's own, opened apart for reminders while the sample is shown */
  gboolean held;         /* stays without a window, for reminders */
  gboolean quitting;
};

/* The window, made where there is none yet. */
IwWindow *iw_application_get_window (IwApplication *self);
/* Shows the workspace in @dir, or why that is impossible. */
void iw_application_show_workspace (IwApplication *self, const char *dir);
/* Closes the workspace that is shown, so that its folder may be moved. */
void iw_application_close_workspace (IwApplication *self);

/* iw-application-reminders.c: the service for the user's own clocks, once the settings are there; stops and
 * finds its workspace again as workspaces come and go; lets the program end. */
void iw_application_init_reminders (IwApplication *self);
void iw_application_update_reminders (IwApplication *self);
void iw_application_stop_reminders (IwApplication *self);
void iw_application_quit_reminders (IwApplication *self);
/* Opens the user's own workspace without a window, where none is open. */
void iw_application_begin_hidden (IwApplication *self);

/* iw-application-sample.c */
void iw_application_open_sample (IwApplication *self);
void iw_application_remove_sample (IwApplication *self);
void iw_application_update_sample_actions (IwApplication *self);
/* iw-application-links.c: opens the incidents that links among @files lead to. The other files, which are to
 * be imported. (element-type GFile) (transfer full) */
GPtrArray *iw_application_open_links (IwApplication *self, GFile **files, guint n_files);
/* iw-application-recovery.c: says why @dir could not be opened, with what can be done about it. */
void iw_application_show_problem (IwApplication *self, const GError *error);

G_END_DECLS
