/* iw-workspace.h: the workspace as the window sees it: a read connection for the main thread, a writer
 * thread for the user's edits, threads for long work, and one "changed" signal.
 *
 * Main thread only, except inside an IwWorkspaceJob.
 */
#pragma once

#include "iw-queries.h"
#include "iw-store.h"
#include "iw-blobs.h"

G_BEGIN_DECLS

#define IW_TYPE_WORKSPACE (iw_workspace_get_type ())
G_DECLARE_FINAL_TYPE (IwWorkspace, iw_workspace, IW, WORKSPACE, GObject)

/* Signals: "changed" (GStrv docids): documents were changed here, by another program (seen through a
 *          file monitor on the database, no polling) or by sync; on the main thread.
 *          "closing": it is about to be closed; who works in its folder stops.
 *          "draft-failed" (char *message): what is typed could not be kept; once until it can again.
 * Properties: "undo-label", "redo-label": translated, NULL where there is nothing to undo.
 *             "busy": whether the writer has work. */

/* Opens (or makes) the workspace. Short: safe on the main thread. (transfer full) */
IwWorkspace *iw_workspace_open (const char *dir, GError **error);
/* The folder of the sample workspace: $XDG_DATA_HOME/incident-workbench/sample. (transfer full) */
char *iw_workspace_sample_dir (void);
/* Ends the writer thread after its last job and closes the connections, so that the folder may be
 * moved. Drafts that wait are written first. Nothing else may be called afterwards. */
void iw_workspace_close (IwWorkspace *self);
const char *iw_workspace_get_dir (IwWorkspace *self);
/* The main thread's connection, for reading only. (transfer none) */
IwStore *iw_workspace_get_store (IwWorkspace *self);
/* Whether this is the sample workspace. */
gboolean iw_workspace_is_sample (IwWorkspace *self);
/* Read-only (newer database): actions that write are insensitive. */
gboolean iw_workspace_get_read_only (IwWorkspace *self);
/* Why, as a sentence; NULL where it is not. (transfer none) */
const char *iw_workspace_get_read_only_reason (IwWorkspace *self);
void iw_workspace_set_author (IwWorkspace *self, const char *author);

/* One user action on the writer thread, in order. Changes are copied. The callback runs when it is
 * durable; "changed" has been emitted by then. */
void iw_workspace_apply_async (IwWorkspace *self, const char *label, const IwChange *changes, guint n_changes,
                               guint n_objects, GAsyncReadyCallback callback, gpointer data);
gboolean iw_workspace_apply_finish (IwWorkspace *self, GAsyncResult *result, GError **error);
/* The revision that says the first change now, for who goes on typing. (transfer full) NULL where it was not written. */
char *iw_workspace_apply_finish_rev (IwWorkspace *self, GAsyncResult *result, GError **error);
void iw_workspace_undo_async (IwWorkspace *self, GAsyncReadyCallback callback, gpointer data);
void iw_workspace_redo_async (IwWorkspace *self, GAsyncReadyCallback callback, gpointer data);
/* The labels of what undo and redo would do, translated; NULL where there is nothing. (transfer none) */
const char *iw_workspace_get_undo_label (IwWorkspace *self);
const char *iw_workspace_get_redo_label (IwWorkspace *self);
/* For both. @label (optional, transfer full): what was undone, translated. */
gboolean iw_workspace_undo_finish (IwWorkspace *self, GAsyncResult *result, char **label, GError **error);

/* Keeps what is typed: written by the writer thread within 300 ms, the latest text for a key wins. NULL
 * or "" removes it. */
void iw_workspace_put_draft (IwWorkspace *self, const char *key, const char *text);
/* Hands what waits to the writer thread at once: for a window that closes. */
void iw_workspace_flush_drafts (IwWorkspace *self);
char *iw_workspace_get_draft (IwWorkspace *self, const char *key); /* (transfer full), NULL if none */

/* Long work: @job runs in a thread of its own with a connection of its own. It reports progress with
 * iw_workspace_job_progress(), looks at @cancellable, and returns FALSE with @error set on failure. */
typedef gboolean (*IwWorkspaceJob) (IwStore *store, gpointer job_data, IwProgressFunc progress,
                                    gpointer progress_data, GCancellable *cancellable, GError **error);
/* @progress (optional) is called on the main thread, at most ten times a second. @job_data lives until
 * the callback has run, then @free_data frees it on the main thread. */
void iw_workspace_run_async (IwWorkspace *self, IwWorkspaceJob job, gpointer job_data, GDestroyNotify free_data,
                             IwProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
/* @job_data (optional, out, transfer none): valid during the callback. */
gboolean iw_workspace_run_finish (IwWorkspace *self, GAsyncResult *result, gpointer *job_data, GError **error);

G_END_DECLS
