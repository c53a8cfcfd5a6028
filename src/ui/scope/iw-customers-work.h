/* iw-customers-work.h: the import of customers across its steps, each a job of the workspace.
 * Counted; one thread at a time: the running job's, else the main thread's.
 */
#pragma once

#include "iw-customers-import.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount count;
  GFile *file;
  char *incident;
  char *author;
  IwCustomersImport *import; /* NULL before it was opened */
  GHashTable *known;
  /* what the last step is to write */
  IwScopeState state;
  char *why;
} IwCustomersWork;

IwCustomersWork *iw_customers_work_new (GFile *file, const char *incident, const char *author);
IwCustomersWork *iw_customers_work_ref (IwCustomersWork *self);
void iw_customers_work_unref (gpointer self);

/* IwWorkspaceJobs; job data is the work. */
/* Opens the file where it is not open, then reads all rows with the columns that are set. Where no
 * column is the name's, there are no rows: that is no error here. */
gboolean iw_customers_work_read (IwStore *store,
                                 gpointer self,
                                 IwProgressFunc progress,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);
/* Writes what is new as one action. */
gboolean iw_customers_work_commit (IwStore *store,
                                   gpointer self,
                                   IwProgressFunc progress,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
