#include "iw-evidence-stage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SNIFF 4096 /* bytes that tell what a file is */
#define STATE                                                                                      \
  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED                                \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC
#define FACTS STATE "," G_FILE_ATTRIBUTE_STANDARD_TYPE

void
iw_evidence_staged_free (IwEvidenceStaged *staged)
{
  if (staged == NULL)
    return;
  g_clear_pointer (&staged->file, iw_staged_free);
  g_free (staged->name);
  g_free (staged->origin);
  g_free (staged->media_type);
  g_free (staged);
}

char *
iw_evidence_file_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);
}

/* ---- what the file is ---- */

/* A pipe would never end and a folder has no bytes. */
static GFileInfo *
query_regular (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = iw_evidence_file_name (file);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, FACTS, G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return NULL;
  switch (g_file_info_get_file_type (info))
    {
    case G_FILE_TYPE_REGULAR:
      return g_steal_pointer (&info);
    case G_FILE_TYPE_DIRECTORY:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _ ("“%s” is a folder. Add the files in it, or an archive of it."), name);
      return NULL;
    default:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("“%s” is not a regular file."), name);
      return NULL;
    }
}

gboolean
iw_evidence_file_size (GFile *file, gint64 *size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = query_regular (file, cancellable, error);

  if (info == NULL)
    return FALSE;
  *size = g_file_info_get_size (info);
  return TRUE;
}

/* ---- the copy ---- */

typedef struct
{
  IwProgressFunc func;
  gpointer data;
  gint64 size;        /* when it was opened */
  GCancellable *stop; /* of the copy alone */
  gboolean grown;
} Copy;

/* A log that is written faster than it is read would never end. */
static void
on_copied (gint64 done, gint64 total, gpointer data)
{
  Copy *copy = data;

  if (done > copy->size)
    {
      copy->grown = TRUE;
      g_cancellable_cancel (copy->stop);
    }
  else if (copy->func != NULL)
    copy->func (done, total, copy->data);
}

static void
on_cancelled (GCancellable *outer, gpointer stop)
{
  g_cancellable_cancel (stop);
}

static gboolean
is_same_state (GFileInfo *before, GFileInfo *after)
{
  return g_file_info_get_size (before) == g_file_info_get_size (after) &&
         g_file_info_get_attribute_uint64 (before, G_FILE_ATTRIBUTE_TIME_MODIFIED) ==
             g_file_info_get_attribute_uint64 (after, G_FILE_ATTRIBUTE_TIME_MODIFIED) &&
         g_file_info_get_attribute_uint32 (before, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC) ==
             g_file_info_get_attribute_uint32 (after, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
}

static void
fail_changed (const char *name, GError **error)
{
  g_clear_error (error);
  g_set_error (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_CHANGED,
               _ ("“%s” changed while it was read, so it was not kept. Make a copy of it that "
                  "nothing writes to, and add that."),
               name);
}

/* The open file is asked, so that one that was put in its place meanwhile does not answer. */
static gboolean
check_unchanged (IwEvidenceStaged *staged,
                 GFileInputStream *input,
                 GFileInfo *before,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GFileInfo) after = g_file_input_stream_query_info (input, STATE, cancellable, error);

  if (after == NULL)
    return FALSE;
  if (staged->length == g_file_info_get_size (before) && is_same_state (before, after))
    return TRUE;
  fail_changed (staged->name, error);
  return FALSE;
}

static gboolean
copy_file (IwEvidenceStaged *staged,
           const char *dir,
           GFileInputStream *input,
           Copy *copy,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  gulong id = cancellable == NULL
                  ? 0
                  : g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), stop, NULL);
  char *path;

  copy->stop = stop;
  path = iw_blobs_stage (dir, G_INPUT_STREAM (input), copy->size, on_copied, copy, stop,
                         staged->sha256, &staged->length, error);
  g_cancellable_disconnect (cancellable, id);
  if (path != NULL)
    staged->file = iw_staged_take (path);
  else if (copy->grown && !g_cancellable_is_cancelled (cancellable))
    fail_changed (staged->name, error);
  return path != NULL;
}

/* By its name and its first bytes. */
static gboolean
sniff (IwEvidenceStaged *staged, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (staged->file->path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *type = NULL;
  guint8 head[SNIFF];
  gsize n;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &n, NULL, error))
    return FALSE;
  type = g_content_type_guess (staged->name, head, n, NULL);
  staged->media_type = g_content_type_get_mime_type (type);
  return TRUE;
}

IwEvidenceStaged *
iw_evidence_stage (const char *dir,
                   GFile *file,
                   IwProgressFunc progress,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (IwEvidenceStaged) staged = g_new0 (IwEvidenceStaged, 1);
  g_autoptr (GFileInfo) regular = query_regular (file, cancellable, error);
  g_autoptr (GFileInputStream) input = NULL;
  g_autoptr (GFileInfo) before = NULL;
  Copy copy = { progress, data, 0, NULL, FALSE };

  if (regular == NULL)
    return NULL;
  staged->name = iw_evidence_file_name (file);
  staged->origin = g_file_get_parse_name (file);
  input = g_file_read (file, cancellable, error);
  before = input != NULL ? g_file_input_stream_query_info (input, STATE, cancellable, error) : NULL;
  if (before == NULL)
    return NULL;
  copy.size = g_file_info_get_size (before);
  if (!copy_file (staged, dir, input, &copy, cancellable, error) ||
      !check_unchanged (staged, input, before, cancellable, error) || !sniff (staged, error))
    return NULL;
  return g_steal_pointer (&staged);
}
