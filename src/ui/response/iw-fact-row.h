/* iw-fact-row.h: a fact in a boxed list, which can be told another one. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-fact.h"

G_BEGIN_DECLS

#define IW_TYPE_FACT_ROW (iw_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (IwFactRow, iw_fact_row, IW, FACT_ROW, AdwPreferencesRow)

/* A row of any shape but EXPANDER and BUTTON. */
GtkWidget *iw_fact_row_new (void);
/* Says @fact from now on; what it can keep of its widgets it keeps. */
void iw_fact_row_set_fact (IwFactRow *self, const IwFact *fact);
/* Buttons below the words instead of beside them. */
void iw_fact_row_set_narrow (IwFactRow *self, gboolean narrow);

G_END_DECLS
