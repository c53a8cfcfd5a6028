/* iw-selector.h: a small part of CouchDB's selectors, for filter=_selector: fields (also "a.b") that are equal to a
 * value, $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, and $and, $or, $not of those. Any thread.
 */
#pragma once

#include <gio/gio.h>
#include <yyjson.h>

G_BEGIN_DECLS

/* FALSE with IW_REQUEST_ERROR 400 where @selector asks for more than this. */
gboolean iw_selector_check (yyjson_val *selector, GError **error);
/* @body: canonical, without _id. @selector has been checked. */
gboolean iw_selector_matches (yyjson_val *selector, const char *docid, const char *body);

G_END_DECLS
