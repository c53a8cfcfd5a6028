/* iw-event-files.h: where the files of event indexes lie, and files in the making. Private to
 * src/store. Any thread.
 *
 * A staged file is held with flock() (LOCK_EX) while it is in use: who collects garbage takes the
 * lock without waiting before removing one, and leaves it where that fails. A process that is
 * killed lets go of its locks.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* events/<what stands after the colon of @evidence_id><suffix> of the workspace folder. NULL where
 * the id is none that could name a file. (transfer full) */
char *iw_event_files_path (const char *dir, const char *evidence_id, const char *suffix);

#define IW_EVENT_INDEX_SUFFIX ".sqlite"
#define IW_EVENT_TEXT_SUFFIX ".text"

/* What tells a file from every other that stood or will stand at @path: another one after it was
 * replaced, even by one of equal bytes. NULL where there is no file. (transfer full) */
char *iw_event_files_stamp (const char *path);

/* Makes what is renamed or unlinked in @folder durable. */
gboolean iw_event_files_sync_folder (const char *folder, GError **error);
/* Makes the bytes of @path durable. */
gboolean iw_event_files_sync (const char *path, GError **error);
/* rename() with words. */
gboolean iw_event_files_move (const char *from, const char *to, GError **error);

typedef struct
{
  char *path;
  int fd; /* holds the lock; never read or written */
} IwStagedFile;

/* A new empty file in staging/ of @dir, which is made where it is not there. (transfer full) */
IwStagedFile *iw_staged_file_new (const char *dir, const char *prefix, GError **error);
/* Unlinks it, if it still bears its staged name, and lets go of it. Close the database first. */
void iw_staged_file_free (IwStagedFile *staged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwStagedFile, iw_staged_file_free)

G_END_DECLS
