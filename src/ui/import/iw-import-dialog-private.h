/* iw-import-dialog-private.h: what the files of the import dialog share. Main thread. */
#pragma once

#include "iw-import-dialog.h"
#include "iw-import-preview.h"
#include "iw-import-work.h"
#include "iw-reject-list.h"

G_BEGIN_DECLS

typedef enum
{
  IW_STEP_READING,
  IW_STEP_SETUP,
  IW_STEP_CHECKING,
  IW_STEP_RESULT,
  IW_STEP_IMPORTING,
  IW_STEP_PROBLEM,
} IwImportStep;

struct _IwImportDialog
{
  AdwDialog parent_instance;

  AdwBanner *error_banner;
  GtkStack *stack;
  AdwStatusPage *progress_page, *problem_page;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkWidget *bottom, *back, *primary, *cancel, *choose_file;
  AdwActionRow *name_row, *length_row;
  GtkLabel *sha256;
  AdwComboRow *format, *encoding, *target, *more_columns;
  AdwEntryRow *zone;
  GtkWidget *zone_hint_row;
  GtkLabel *zone_hint;
  AdwSwitchRow *day_first, *keep_duplicates;
  GtkWidget *columns_group, *columns_box, *mapping_hint, *more_group;
  GtkLabel *result_title, *result_text, *rejects_more;
  GtkWidget *duplicates_group, *rejects_box, *export_rejects;
  IwImportPreview *preview;
  IwRejectList *reject_list;

  IwWorkspace *workspace;
  char *incident;
  IwImportWork *work;
  IwImportStep step;
  guint focus_idle;
  GtkWidget *setup_focus;    /* (weak): where the person was on that page */
  GCancellable *cancellable; /* of the running job; NULL while none runs */
  gboolean filling;
  gboolean zone_asked; /* a missing zone is told once it was looked for */
  gboolean closed;
};

/* iw-import-dialog.c */
void iw_import_dialog_run (IwImportDialog *self,
                           IwImportStep step,
                           IwWorkspaceJob job,
                           GAsyncReadyCallback callback);
void iw_import_dialog_set_step (IwImportDialog *self, IwImportStep step);
/* Ends a job: FALSE where the dialog is to do no more, since it failed, was cancelled (it then
 * stands at @otherwise), or was closed. */
gboolean iw_import_dialog_end (IwImportDialog *self, GAsyncResult *result, IwImportStep otherwise);

/* iw-import-dialog-setup.c: the page of what was detected */
void iw_import_dialog_init_setup (IwImportDialog *self);
void iw_import_dialog_fill_setup (IwImportDialog *self);
void iw_import_dialog_check_setup (IwImportDialog *self);
/* Puts what stands on the page into the mapping. */
void iw_import_dialog_take_setup (IwImportDialog *self);

/* iw-import-dialog-result.c: the page of what the dry run found */
void iw_import_dialog_init_result (IwImportDialog *self);
void iw_import_dialog_fill_result (IwImportDialog *self);
void iw_import_dialog_export_rejects (IwImportDialog *self);

G_END_DECLS
