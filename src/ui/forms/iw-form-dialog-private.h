/* iw-form-dialog-private.h: what the files of the form dialog share. Main thread. */
#pragma once

#include "iw-form-dialog.h"
#include "iw-form-row.h"
#include "iw-sync-rights.h"

G_BEGIN_DECLS

struct _IwFormDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *navigation;
  AdwNavigationPage *page;
  AdwWindowTitle *window_title;
  GtkButton *save;
  AdwBanner *banner;
  AdwBanner *error_banner;
  AdwBanner *meanwhile; /* says that others changed the document */
  GtkScrolledWindow *scroller;
  GtkBox *fields;
  GtkListBox *problems;
  GtkWidget *foot;
  GtkWidget *notes_box;
  GtkLabel *notes;
  GtkButton *missing;

  IwWorkspace *workspace;
  IwForm *pristine; /* as the caller gave it, before any draft */
  IwForm *form;
  IwSyncRights *rights; /* as they were when it opened; NULL: not known */
  IwFormContext context;
  GPtrArray *rows;     /* (element-type IwFormRow), in order */
  GPtrArray *groups;   /* (element-type GtkWidget), borrowed: lists of rows */
  GHashTable *touched; /* (utf8): fields that were changed and left */
  char *draft_key;
  gboolean tried;  /* to save with problems: all of them are shown */
  gboolean saving; /* under way, or done */
  gboolean reading;
  char *written;  /* the id of what was written */
  char *said;     /* what the toast says of it */
};

/* iw-form-dialog.c: takes @form and shows what follows from it. */
void iw_form_dialog_set_form (IwFormDialog *self, IwForm *form);
IwFormRow *iw_form_dialog_find_row (IwFormDialog *self, const char *field);
/* The id of the document that is decided upon; "" where there is none. */
const char *iw_form_dialog_get_subject (IwForm *form);
/* The incident's UUID; NULL for a document of the workspace. */
const char *iw_form_dialog_get_incident (IwFormDialog *self);

/* iw-form-dialog-problems.c */
void iw_form_dialog_show_problems (IwFormDialog *self);
/* Shows all problems and goes to the first. */
void iw_form_dialog_go_to_first (IwFormDialog *self);

/* iw-form-dialog-follow.c: reads what may be cited, and follows changes of the incident, so that
 * "from" and the clocks are those in force. */
void iw_form_dialog_follow (IwFormDialog *self);

/* iw-form-dialog-save.c: drafts, saving */
void iw_form_dialog_find_draft (IwFormDialog *self);
void iw_form_dialog_keep_draft (IwFormDialog *self);
void iw_form_dialog_discard_draft (IwFormDialog *self);
void iw_form_dialog_save (IwFormDialog *self);
G_END_DECLS
