/* iw-filter-choices.h: a row that opens to a list of values to tick: one set of a filter. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IW_TYPE_FILTER_CHOICES (iw_filter_choices_get_type ())
G_DECLARE_FINAL_TYPE (IwFilterChoices, iw_filter_choices, IW, FILTER_CHOICES, AdwExpanderRow)

/* Signal "changed": the person ticked something. */

/* What may be chosen. Values that are chosen stay in the list even where they are not among
 * @values.
 * @labels: what the person reads, as many as @values; NULL: the values themselves */
void iw_filter_choices_set_values (IwFilterChoices *self,
                                   const char *const *values,
                                   const char *const *labels);
/* Emits nothing. */
void iw_filter_choices_set_chosen (IwFilterChoices *self, const char *const *chosen);
const char *const *
iw_filter_choices_get_chosen (IwFilterChoices *self); /* (transfer none), never NULL */

G_END_DECLS
