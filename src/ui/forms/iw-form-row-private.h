/* iw-form-row-private.h: for the kinds of rows. */
#pragma once

#include "iw-form-row.h"

G_BEGIN_DECLS

struct _IwFormRowClass
{
  GObjectClass parent_class;

  gboolean block;      /* see iw_form_row_is_block() */
  gboolean shows_help; /* the control itself does */
  /* The control: of a block what stands in the group, else an AdwPreferencesRow with its title.
   * (transfer floating) */
  GtkWidget *(*make) (IwFormRow *self);
  void (*set_value) (IwFormRow *self, const char *value);
  void (*set_choices) (IwFormRow *self, const IwChoice *choices);
  /* Where the keyboard goes; NULL: the control. */
  GtkWidget *(*get_focus) (IwFormRow *self);
  /* The shape changed: what a screen reader reads of the control. NULL: the control. */
  GtkWidget *(*get_accessible) (IwFormRow *self);
};

/* Tells that the person changed the value; nothing while the program sets it. */
void iw_form_row_changed (IwFormRow *self, const char *value);
/* How a value was understood, in place of the help; NULL for none. */
void iw_form_row_set_hint (IwFormRow *self, const char *hint);
GtkWidget *iw_form_row_get_control (IwFormRow *self);

/* One type for each file iw-form-row-*.c. */
GType iw_entry_form_row_get_type (void);     /* TEXT, DURATION, PERSON, TEAM */
GType iw_time_form_row_get_type (void);      /* TIME */
GType iw_text_form_row_get_type (void);      /* LONG, LINES */
GType iw_combo_form_row_get_type (void);     /* CHOICE */
GType iw_radio_form_row_get_type (void);     /* CHOICE of a few with long words */
GType iw_set_form_row_get_type (void);       /* SET */
GType iw_tick_form_row_get_type (void);      /* TICK */
GType iw_number_form_row_get_type (void);    /* NUMBER */
GType iw_documents_form_row_get_type (void); /* ITEMS, LINKS */

G_END_DECLS
