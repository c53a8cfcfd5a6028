/* iw-meanwhile.h: what others write while somebody has the same document open in a form: the form keeps
 * what is typed and says whose change came in; saving keeps both (IwChange.base).
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

/* Watches @docid for @banner's sake, as long as that is: reveals it with "Changed meanwhile by Hana Levi; what
 * you typed is kept" once the document is another than @base. @base: as the form began; kept. */
void iw_meanwhile_watch (AdwBanner *banner, IwWorkspace *workspace, const char *docid, JsonObject *base);

/* While what is typed is being saved, the change is the person's own, and nothing is said. */
void iw_meanwhile_hold (AdwBanner *banner, gboolean hold);

/* "Changed meanwhile by Hana Levi; what you typed is kept". (transfer full) */
char *iw_meanwhile_words (JsonObject *now);

G_END_DECLS
