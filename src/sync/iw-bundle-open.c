/* What a bundle says of itself before anything of it is read. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iw-bundle-private.h"

#define MAX_TITLE 300
/* A message that is packed again and again is no bundle: ours hold a zip, which does not shrink. */
#define MAX_RATIO 20
#define MAX_SMALL (64 * 1024 * 1024)

static gboolean
look (int fd, const char *path, IwBundlePackets *packets, gint64 *length, GError **error)
{
  guint8 beginning[64 * 1024];
  struct stat info;
  gssize n;

  if (fstat (fd, &info) != 0)
    return iw_bundle_fail_errno (error, path);
  if (!S_ISREG (info.st_mode))
    return iw_bundle_fail (error, IW_BUNDLE_ERROR_NOT_A_BUNDLE, _ ("This file is no bundle."));
  n = pread (fd, beginning, sizeof beginning, 0);
  if (n < 0)
    return iw_bundle_fail_errno (error, path);
  *length = info.st_size;
  iw_bundle_look_at_packets (beginning, n, packets);
  return TRUE;
}

gboolean
iw_bundle_peek (const char *path, gboolean *encrypted, gboolean *by_passphrase, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  IwBundlePackets packets = { 0 };
  gint64 length;
  gboolean ok;

  if (fd < 0)
    return iw_bundle_fail_errno (error, path);
  ok = look (fd, path, &packets, &length, error);
  close (fd);
  *encrypted = packets.encrypted;
  *by_passphrase = packets.by_passphrase;
  return ok;
}

static int
unseal (int from,
        const IwBundlePackets *packets,
        gint64 length,
        const char *dir,
        const char *passphrase,
        IwBundleInfo *info,
        IwBundleWork *work,
        GError **error)
{
  gint64 max = MIN (MAX_SMALL + length * MAX_RATIO, IW_BUNDLE_MAX_TOTAL);
  int to = iw_bundle_open_nameless (dir, error);

  if (to >= 0 && iw_bundle_unseal (from, to, packets, passphrase, max, info, work, error))
    return to;
  if (to >= 0)
    close (to);
  return -1;
}

int
iw_bundle_open (const char *path,
                const char *dir,
                const char *passphrase,
                guint goes,
                IwBundleInfo *info,
                IwBundleWork *work,
                GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  IwBundlePackets packets = { 0 };
  gint64 length;
  int plain;

  if (fd < 0)
    {
      iw_bundle_fail_errno (error, path);
      return -1;
    }
  if (!look (fd, path, &packets, &length, error))
    {
      close (fd);
      return -1;
    }
  work->total = length * (goes + (packets.openpgp ? 1 : 0));
  info->trust = IW_BUNDLE_UNSIGNED;
  info->encrypted = packets.encrypted;
  if (!packets.openpgp)
    return fd;
  plain = unseal (fd, &packets, length, dir, passphrase, info, work, error);
  work->base = length;
  close (fd);
  return plain;
}

/* ---- what is in it ---- */

/* Revisions of a document stand together, so that the one at hand is all that need be known: a
 * million documents take no memory. */
typedef struct
{
  char *docid;
  char *title; /* of an incident, as the last revision so far has it: the winner comes last; NULL */
  GStrvBuilder *titles;
  guint n_documents;
  guint n_incidents;
} Contents;

static char *
read_title (const IwWireDoc *doc)
{
  g_autoptr (yyjson_doc) json = iw_canonical_read (doc->body, strlen (doc->body), NULL);
  const char *title = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (json), "title"));
  g_autofree char *valid = g_utf8_make_valid (title != NULL ? title : "", -1);

  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_TITLE));
}

static void
end_document (Contents *contents)
{
  if (contents->title != NULL && contents->n_incidents++ < IW_BUNDLE_MAX_TITLES)
    g_strv_builder_add (contents->titles, contents->title);
  g_clear_pointer (&contents->title, g_free);
}

static gboolean
on_doc (IwWireDoc *doc, gpointer data, GError **error)
{
  Contents *contents = data;

  if (g_strcmp0 (contents->docid, doc->docid) != 0)
    {
      end_document (contents);
      g_set_str (&contents->docid, doc->docid);
      contents->n_documents++;
    }
  if (!g_str_has_suffix (doc->docid, ":incident"))
    return TRUE;
  g_free (contents->title);
  contents->title = doc->deleted ? NULL : read_title (doc);
  return TRUE;
}

static void
tell_contents (Contents *contents, IwBundleManifest *manifest, IwBundleInfo *info)
{
  info->titles = g_strv_builder_end (contents->titles);
  info->n_incidents = contents->n_incidents;
  info->n_documents = contents->n_documents;
  info->n_attachments = g_hash_table_size (manifest->by_name) - 1;
  info->n_bytes = manifest->attached;
  info->made_by = g_strdup (manifest->made_by);
  info->made_at = manifest->made_at;
}

static gboolean
read_parts (int fd, Contents *contents, IwBundleInfo *info, IwBundleWork *work, GError **error)
{
  g_autoptr (IwBundleReader) reader = iw_bundle_reader_new (fd, work, error);
  g_autoptr (IwBundleManifest) manifest = NULL;

  if (reader == NULL || (manifest = iw_bundle_reader_manifest (reader, error)) == NULL ||
      !iw_bundle_reader_documents (reader, manifest, on_doc, contents, error) ||
      !iw_bundle_reader_attachments (reader, manifest, NULL, NULL, error))
    return FALSE;
  end_document (contents);
  tell_contents (contents, manifest, info);
  return TRUE;
}

static gboolean
read_contents (int fd, IwBundleInfo *info, IwBundleWork *work, GError **error)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  Contents contents = { .titles = titles };
  gboolean ok = read_parts (fd, &contents, info, work, error);

  g_free (contents.docid);
  g_free (contents.title);
  return ok;
}

IwBundleInfo *
iw_bundle_verify (const char *path,
                  const char *dir,
                  const char *passphrase,
                  IwProgressFunc progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  IwBundleWork work = { progress, data, cancellable };
  g_autoptr (IwBundleInfo) info = g_new0 (IwBundleInfo, 1);
  int fd = iw_bundle_open (path, dir, passphrase, 1, info, &work, error);
  gboolean ok;

  if (fd < 0)
    return NULL;
  ok = info->trust == IW_BUNDLE_SIGNATURE_BAD || read_contents (fd, info, &work, error);
  close (fd);
  return ok ? g_steal_pointer (&info) : NULL;
}
