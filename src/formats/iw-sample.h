/* iw-sample.h: the sample workspace: three made-up incidents with their machine timelines.
 *
 * The texts and logs are in data/sample/, carried by the program as a resource. Their times count
 * from the midnight (UTC) before the sample is made, so that it always looks like this week.
 */
#pragma once

#include "iw-blobs.h"
#include "iw-id.h"

G_BEGIN_DECLS

/* Makes the sample workspace in @dir, which must not exist or be empty. It is built in "@dir.part"
 * and renamed, so that it is whole or absent; what an interrupted run left there is removed first.
 *
 * @context: ids and the time that the sample is laid around; NULL for the system's
 * @progress: optional; steps done of all steps, in the caller's thread
 * Errors: G_IO_ERROR_EXISTS where @dir holds something, G_IO_ERROR_CANCELLED, those of the store
 * and of the import. Synchronous, about a second; any thread. */
gboolean
iw_sample_create (const char *dir,
                  const IwContext *context,
                  IwProgressFunc progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error);

G_END_DECLS
