/* iw-reminder-work.h: what the reminder service does in threads: reads what runs, keeps what was
 * said. */
#pragma once

#include "iw-reminder.h"
#include "iw-store.h"

G_BEGIN_DECLS

/* What a reading brings. */
typedef struct
{
  gboolean with_memory;     /* asked for what was said before, too */
  GPtrArray *clocks;        /* (element-type IwReminderClock), of all incidents */
  IwReminderMemory *memory; /* NULL where it was not asked for */
} IwReminderReading;

IwReminderReading *iw_reminder_reading_new (gboolean with_memory);
void iw_reminder_reading_free (gpointer self);
/* An IwWorkspaceJob; its data is the reading. */
gboolean iw_reminder_work_read (IwStore *store,
                                gpointer reading,
                                IwProgressFunc progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GError **error);
/* An IwWorkspaceJob; its data is the memory as a JsonObject. It goes into a document that does not
 * replicate: each machine reminds its own people. */
gboolean iw_reminder_work_keep (IwStore *store,
                                gpointer json,
                                IwProgressFunc progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
