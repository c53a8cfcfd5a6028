/* iw-title-order.h: the titles of incidents in the order of the user's language. Private to src/store.
 *
 * No index can hold that order, because it is another in each language; a rank for each title is kept with the
 * connection instead, and made anew only where titles were added.
 */
#pragma once

#include "iw-store.h"

G_BEGIN_DECLS

typedef struct _IwTitleOrder IwTitleOrder;

/* Makes iw_rank(title) right for the titles that there are now. Within a read transaction. */
gboolean iw_title_order_update (IwStore *store, GError **error);
void iw_title_order_free (IwTitleOrder *self);

G_END_DECLS
