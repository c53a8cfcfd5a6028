/* iw-writer-private.h: the thread that writes the user's edits, one short job after another.
 *
 * Made and freed by IwWorkspace on the main thread; a job's done function runs on the main thread.
 */
#pragma once

#include "iw-store.h"

G_BEGIN_DECLS

typedef struct _IwWriter IwWriter;

/* Runs on the writer thread with the writer's connection. FALSE with @error set on failure. */
typedef gboolean (*IwWriterFunc) (IwStore *store, gpointer data, GError **error);
/* Runs on the main thread afterwards; @error NULL where it went well. */
typedef void (*IwWriterDone) (gpointer data, const GError *error, gpointer user_data);

/* @store: (transfer full): from here on the writer thread's alone. @done gets @user_data, which must
 * outlive the writer. */
IwWriter *iw_writer_new (IwStore *store, IwWriterDone done, gpointer user_data);
/* @data is owned by the job until @free_data is called on the main thread, after @done. */
void iw_writer_push (IwWriter *self, IwWriterFunc func, gpointer data, GDestroyNotify free_data);
/* Waits for the jobs that were pushed, runs the done functions that are still to run, ends the thread and
 * closes its connection. */
void iw_writer_free (IwWriter *self);

G_END_DECLS
