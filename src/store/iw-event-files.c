#include "config.h"

#include "iw-event-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iw-blobs.h"
#include "iw-event-index.h"

#define MAX_NAME 128

static gboolean
set_errno_error (GError **error, const char *path, int code)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

/* Ids come from other people's copies too: nothing but letters, digits, - and _ may become a name.
 */
static gboolean
is_name (const char *text)
{
  gsize length = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_");

  return length > 0 && length <= MAX_NAME && text[length] == '\0';
}

char *
iw_event_files_path (const char *dir, const char *evidence_id, const char *suffix)
{
  const char *colon = strchr (evidence_id, ':');
  g_autofree char *name = NULL;

  if (colon == NULL || !is_name (colon + 1))
    return NULL;
  name = g_strconcat (colon + 1, suffix, NULL);
  return g_build_filename (dir, "events", name, NULL);
}

void
iw_event_index_remove (const char *dir, const char *evidence_id)
{
  static const char *const suffixes[] = { IW_EVENT_INDEX_SUFFIX, IW_EVENT_TEXT_SUFFIX };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = iw_event_files_path (dir, evidence_id, suffixes[i]);

      if (path != NULL)
        g_unlink (path);
    }
}

char *
iw_event_index_text_path (const char *dir, const char *evidence_id, const char *sha256)
{
  g_autofree char *text = iw_event_files_path (dir, evidence_id, IW_EVENT_TEXT_SUFFIX);

  if (text != NULL && g_file_test (text, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&text);
  return iw_blobs_path (dir, sha256);
}

char *
iw_event_files_stamp (const char *path)
{
  struct stat status;

  if (stat (path, &status) != 0)
    return NULL;
  return g_strdup_printf ("%ju:%ju:%jd:%jd.%09ld", (uintmax_t)status.st_dev,
                          (uintmax_t)status.st_ino, (intmax_t)status.st_size,
                          (intmax_t)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

/* ---- durability ---- */

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0), code;

  if (fd < 0)
    return set_errno_error (error, path, errno);
  code = fsync (fd) == 0 ? 0 : errno;
  close (fd);
  /* Some file systems cannot sync a folder and need not. */
  if (code != 0 && !(code == EINVAL && (flags & O_DIRECTORY)))
    return set_errno_error (error, path, code);
  return TRUE;
}

gboolean
iw_event_files_sync_folder (const char *folder, GError **error)
{
  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

gboolean
iw_event_files_sync (const char *path, GError **error)
{
  return sync_path (path, O_RDONLY, error);
}

gboolean
iw_event_files_move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0)
    return TRUE;
  return set_errno_error (error, to, errno);
}

/* ---- files in the making ---- */

/* Whether the locked file is still the one of that name: a collector may have removed it in
 * between. */
static gboolean
still_there (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && status.st_nlink > 0;
}

static int
make_locked (const char *folder, const char *prefix, char **path, GError **error)
{
  for (int tries = 0; tries < 10; tries++)
    {
      g_autofree char *name = g_strconcat (prefix, "-XXXXXX", NULL);
      g_autofree char *template = g_build_filename (folder, name, NULL);
      int fd = g_mkstemp_full (template, O_RDWR | O_CLOEXEC, 0600);

      if (fd < 0)
        {
          set_errno_error (error, template, errno);
          return -1;
        }
      if (flock (fd, LOCK_EX) == 0 && still_there (fd))
        {
          *path = g_steal_pointer (&template);
          return fd;
        }
      g_unlink (template);
      close (fd);
    }
  set_errno_error (error, folder, EBUSY);
  return -1;
}

IwStagedFile *
iw_staged_file_new (const char *dir, const char *prefix, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, "staging", NULL);
  char *path = NULL;
  IwStagedFile *staged;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_errno_error (error, folder, errno);
      return NULL;
    }
  fd = make_locked (folder, prefix, &path, error);
  if (fd < 0)
    return NULL;
  staged = g_new (IwStagedFile, 1);
  staged->path = path;
  staged->fd = fd;
  return staged;
}

void
iw_staged_file_free (IwStagedFile *staged)
{
  if (staged == NULL)
    return;
  g_unlink (staged->path);
  close (staged->fd);
  g_free (staged->path);
  g_free (staged);
}
