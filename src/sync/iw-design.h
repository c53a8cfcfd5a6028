/* iw-design.h: what makes any CouchDB hold to our write rules (sync.md "Write rules"; iw-write-rules.h). Any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IW_DESIGN_ID "_design/incident_workbench"

/* The design document as JSON, with its _id and without a _rev: what `server provision` PUTs into each database.
 * The same for one version of the program, so that it need not be written again. (transfer none) */
const char *iw_design_document (void);

G_END_DECLS
