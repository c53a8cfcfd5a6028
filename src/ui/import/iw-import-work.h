/* iw-import-work.h: one import's state across its steps, and each step as a job of the workspace.
 *
 * An IwTimelineImport belongs to the connection it was probed with, which must outlive a single
 * job: the work brings its own and keeps both. It is used by one thread at a time: by the running
 * job, else by the main thread. Counted; a job holds a reference, so that a closed dialog leaves it
 * in peace.
 */
#pragma once

#include "iw-import-words.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount count;
  char *dir;
  char *author;
  char *incident;
  GFile *file;

  IwStore *store;
  IwTimelineImport *import; /* NULL before it was probed */

  /* what the next job is to use; the main thread's while none runs */
  char *encoding; /* NULL: as detected */
  IwMapping *mapping;
  IwImportTarget target;
  gboolean keep_duplicates;
  GFile *rejects_file;

  /* what jobs found */
  IwImportCounts counts;
  GPtrArray *rejects; /* (element-type IwReject) the first ones */
  char *docid;
} IwImportWork;

/* How many rejected rows are shown; all of them can be exported. */
#define IW_IMPORT_MAX_REJECTS 1000

IwImportWork *
iw_import_work_new (const char *dir, const char *author, const char *incident, GFile *file);
IwImportWork *iw_import_work_ref (IwImportWork *self);
void iw_import_work_unref (gpointer self);

/* IwWorkspaceJobs; job data is the work. The store they are handed is not used. */
gboolean iw_import_work_probe (IwStore *store,
                               gpointer self,
                               IwProgressFunc progress,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);
/* Takes another encoding or format, and reads the preview again. */
gboolean iw_import_work_adjust (IwStore *store,
                                gpointer self,
                                IwProgressFunc progress,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);
gboolean iw_import_work_dry_run (IwStore *store,
                                 gpointer self,
                                 IwProgressFunc progress,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean iw_import_work_commit (IwStore *store,
                                gpointer self,
                                IwProgressFunc progress,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);
gboolean iw_import_work_export_rejects (IwStore *store,
                                        gpointer self,
                                        IwProgressFunc progress,
                                        gpointer data,
                                        GCancellable *cancellable,
                                        GError **error);

G_END_DECLS
