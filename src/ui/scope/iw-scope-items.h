/* iw-scope-items.h: what is affected, and assets, as rows of a list: words, marks, menus.
 *
 * From a situation, without widgets. Main thread.
 */
#pragma once

#include "iw-item-model.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* What the list of the scope can be narrowed to: the numbers that IwItemSource.matches gets. */
typedef enum
{
  IW_SCOPE_SHOW_ALL,
  IW_SCOPE_SHOW_UNSET,
  IW_SCOPE_SHOW_SUSPECTED,
  IW_SCOPE_SHOW_CONFIRMED,
  IW_SCOPE_SHOW_RULED_OUT,
  IW_SCOPE_SHOW_NO_CONTACT,
  IW_N_SCOPE_SHOWN
} IwScopeShown;

/* Rows: IwScopeItem; data: the IwSituation. Sections are the kinds. */
extern const IwItemSource iw_scope_source;
/* Rows: IwDocument of type "asset"; data: the IwSituation. */
extern const IwItemSource iw_asset_source;

char **iw_scope_dup_choices (void); /* of IwScopeShown, translated (transfer full) */
char *iw_scope_heading (guint kind, gpointer unused); /* "Customers" (transfer full) */
const char *iw_scope_state_icon (IwScopeState state);
IwTone iw_scope_state_tone (IwScopeState state);
/* "Not Decided" for UNSET. Static. */
const char *iw_scope_state_words (IwScopeState state);
/* "Customers: 3 confirmed, 2 suspected. Systems: 1 confirmed." Only kinds that there are; "" for
 * none. (transfer full) */
char *iw_scope_summary (IwSituation *situation);
/* How many customers that would be notified cannot be reached (N4). */
guint iw_scope_n_unreachable (IwSituation *situation);
/* "Ada Stone · ada@example.com · +1 555 0100" (transfer full) */
char *iw_scope_contact_words (const IwScopeItem *item);

/* By name. (element-type IwDocument) (transfer container) */
GPtrArray *iw_asset_rows (IwSituation *situation);

G_END_DECLS
