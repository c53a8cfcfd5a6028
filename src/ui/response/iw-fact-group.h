/* iw-fact-group.h: a titled boxed list of facts that keeps its rows, and so focus and scroll
 * position, over changes. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-fact.h"

G_BEGIN_DECLS

#define IW_TYPE_FACT_GROUP (iw_fact_group_get_type ())
G_DECLARE_FINAL_TYPE (IwFactGroup, iw_fact_group, IW, FACT_GROUP, AdwPreferencesGroup)

/* @place: its name for "incident.goto"; kept as it is, so static. */
GtkWidget *iw_fact_group_new (const char *place, const char *title);
/* A widget above the facts, in a row of its own that has no focus. @head: (transfer floating) */
void iw_fact_group_set_head (IwFactGroup *self, GtkWidget *head);
/* An icon button beside the title. @target: (transfer floating) (nullable) */
void iw_fact_group_add_button (IwFactGroup *self,
                               const char *icon,
                               const char *spoken,
                               const char *action,
                               GVariant *target);
/* Shows these; without any, and without a head, the group is hidden. @facts: (element-type IwFact)
 */
void iw_fact_group_set_facts (IwFactGroup *self, GPtrArray *facts);
void iw_fact_group_set_narrow (IwFactGroup *self, gboolean narrow);

G_END_DECLS
