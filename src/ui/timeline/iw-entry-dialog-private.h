/* iw-entry-dialog-private.h: what the files of the entry dialog share. Main thread. */
#pragma once

#include "iw-entry-dialog.h"
#include "iw-entry-form.h"

G_BEGIN_DECLS

struct _IwEntryDialog
{
  AdwDialog parent_instance;

  AdwBanner *banner;
  AdwBanner *error_banner;
  AdwBanner *meanwhile;
  GtkWidget *page;
  GtkWidget *bulk_group;
  GtkWidget *text_group;
  GtkWidget *text_frame;
  GtkLabel *text_hint;
  GtkWidget *links_group;
  GtkWidget *save;
  AdwComboRow *kind;
  AdwComboRow *confidence;
  AdwComboRow *key_combo;
  AdwSwitchRow *key;
  AdwEntryRow *occurred, *end, *discovered, *zone, *actor, *team, *source, *tags;
  GtkWidget *occurred_hint, *end_hint, *discovered_hint, *zone_hint;

  GtkTextBuffer *buffer;
  GtkWidget *text_view;
  GPtrArray *link_rows; /* (element-type GtkWidget), borrowed */
  GtkLabel *hint_labels[IW_N_FIELDS];
  gboolean filling; /* widgets are being set from the form */
  gboolean saved;

  IwWorkspace *workspace;
  GPtrArray *entries;    /* (element-type IwEntry) what is edited: one, or several in bulk */
  IwEntryForm *pristine; /* before any draft */
  IwEntryForm *form;
  char *draft_key;
};

/* iw-entry-dialog.c: takes @form and shows what follows from it. */
void iw_entry_dialog_set_form (IwEntryDialog *self, IwEntryForm *form);

/* iw-entry-dialog-save.c */
void iw_entry_dialog_find_draft (IwEntryDialog *self);
void iw_entry_dialog_keep_draft (IwEntryDialog *self);
void iw_entry_dialog_save (IwEntryDialog *self);

/* iw-entry-dialog-fields.c: widgets from and to the form */
void iw_entry_dialog_init_fields (IwEntryDialog *self);
void iw_entry_dialog_bind_fields (IwEntryDialog *self);
void iw_entry_dialog_fill (IwEntryDialog *self);
void iw_entry_dialog_show_problems (IwEntryDialog *self);

G_END_DECLS
