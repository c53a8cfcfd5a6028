/* iw-form-row.h: one field of a form on screen: a value in and out, and what is wrong with it.
 *
 * Each kind of input (IwInput) is a subclass in a file of its own; iw_form_row_new() picks it. A
 * row is either a line of a boxed list or a block with a title of its own. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-form-kind.h"
#include "iw-situation.h"
#include "iw-time-display.h"

G_BEGIN_DECLS

#define IW_TYPE_FORM_ROW (iw_form_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (IwFormRow, iw_form_row, IW, FORM_ROW, GObject)

/* What the rows of one form share. It outlives them. */
typedef struct
{
  IwSituation *situation; /* may be replaced by a newer one */
  GPtrArray *entries; /* (element-type IwEntry) all of the incident; NULL until they were read */
  IwTimeDisplay *display;
  AdwNavigationView *navigation; /* where a picker is pushed */
} IwFormContext;

/* Signals: "changed" (char *value): by the person, not by iw_form_row_set_value().
 *          "left": the keyboard went elsewhere, after it was changed. */

/* (transfer full) */
IwFormRow *iw_form_row_new (const IwFormField *field, const IwFormContext *context);
const IwFormField *iw_form_row_get_field (IwFormRow *self);
const IwFormContext *iw_form_row_get_context (IwFormRow *self);
/* A block stands by itself (an AdwPreferencesGroup); else the widget belongs into a boxed list. */
gboolean iw_form_row_is_block (IwFormRow *self);
GtkWidget *iw_form_row_get_widget (IwFormRow *self); /* (transfer none) */
/* The line to be put right after it in the list; NULL for a block. (transfer none) */
GtkWidget *iw_form_row_get_hint_row (IwFormRow *self);

void iw_form_row_set_value (IwFormRow *self, const char *value);
/* @choices: ended by a NULL value; copied. For CHOICE; does nothing for others. */
void iw_form_row_set_choices (IwFormRow *self, const IwChoice *choices);
/* A sentence, or NULL. It is announced where it is new. */
void iw_form_row_set_problem (IwFormRow *self, const char *problem);
void iw_form_row_set_shown (IwFormRow *self, gboolean shown);
gboolean iw_form_row_get_shown (IwFormRow *self);
/* What takes the keyboard. (transfer none) */
GtkWidget *iw_form_row_get_focus (IwFormRow *self);
void iw_form_row_focus (IwFormRow *self);

G_END_DECLS
