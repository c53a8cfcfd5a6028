/* iw-queries-private.h: what the files of the queries share. Private to src/store. */
#pragma once

#include "iw-queries.h"
#include "iw-store-private.h"

G_BEGIN_DECLS

/* The statement of a page of incidents; n is ?5, the offset ?6. (transfer full) */
char *iw_queries_incidents_sql (const IwIncidentsFilter *filter, IwIncidentsOrder order, gboolean descending);
/* All documents of an incident but its entries. (element-type IwDocument) (transfer full) */
GPtrArray *iw_queries_read_incident (IwStore *store, const char *incident, GError **error);
/* Teams, persons and the matrix. (element-type IwDocument) (transfer full) */
GPtrArray *iw_queries_read_directory (IwStore *store, GError **error);

G_END_DECLS
