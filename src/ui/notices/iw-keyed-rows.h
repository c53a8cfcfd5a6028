/* iw-keyed-rows.h: the rows of a boxed list, each known by a key, so that the widget and the focus
 * stay when what it says changes. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _IwKeyedRows IwKeyedRows;

/* Makes the row for a key; what it says is set afterwards. (transfer floating) */
typedef GtkWidget *(*IwKeyedRowsMake) (const char *key, gpointer data);

/* @group: rows go to its end; must outlive this. */
IwKeyedRows *iw_keyed_rows_new (AdwPreferencesGroup *group, IwKeyedRowsMake make, gpointer data);
void iw_keyed_rows_free (IwKeyedRows *self);
/* Makes and removes rows so that there is one for each of @keys, in their order. Those that stay
 * are the same widgets. */
void iw_keyed_rows_set (IwKeyedRows *self, const char *const *keys);
/* (transfer none), NULL if there is none */
GtkWidget *iw_keyed_rows_get (IwKeyedRows *self, const char *key);

G_END_DECLS
