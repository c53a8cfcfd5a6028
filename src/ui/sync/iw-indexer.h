/* iw-indexer.h: builds the indexes of machine timelines that came from elsewhere, one at a time in the
 * background, so that they are there when somebody opens the incident. Main thread.
 */
#pragma once

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_INDEXER (iw_indexer_get_type ())
G_DECLARE_FINAL_TYPE (IwIndexer, iw_indexer, IW, INDEXER, GObject)

/* Begins to watch @workspace, which is to outlive it or be closed before; stops with its last reference or when the
 * workspace is closed. (transfer full) */
IwIndexer *iw_indexer_new (IwWorkspace *workspace);

G_END_DECLS
