/* Bundles: what goes along and what stays, merging, nothing by halves, limits. */
#include "../store/store-fixture.h"

#include <fcntl.h>
#include <unistd.h>

#include "iw-bundle-private.h"
#include "iw-conflicts.h"

#define TEAM "workspace:team-01900000-0000-7000-8000-0000000000aa"
#define OTHER_TEAM "workspace:team-01900000-0000-7000-8000-0000000000bb"
#define PERSON "workspace:person-01900000-0000-7000-8000-0000000000cc"
#define THING INCIDENT_A ":thing-01900000-0000-7000-8000-0000000000dd"

static char *
bundle_path (Fixture *f)
{
  return g_build_filename (f->dir, "x.iwbundle", NULL);
}

static void export (Fixture *f, IwStore *store, const char *incident)
{
  g_autofree char *path = bundle_path (f);
  const char *const incidents[] = { incident, NULL };
  IwBundleOptions options = { .incidents = incident != NULL ? incidents : NULL,
                              .made_by = "A. Sato" };
  g_autoptr (GError) error = NULL;

  iw_bundle_export (store, path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static guint
import (Fixture *f, IwStore *store)
{
  g_autofree char *path = bundle_path (f);
  g_autoptr (GError) error = NULL;
  guint n_new = 0;

  iw_bundle_import (store, path, NULL, TRUE, &n_new, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return n_new;
}

static IwStore *
open_other (Fixture *f)
{
  g_autofree char *dir = g_build_filename (f->dir, "other", NULL);

  return open_at (dir, IW_STORE_OPEN_DEFAULT, f->context);
}

static gboolean
collect (IwWireDoc *doc, gpointer data, GError **error)
{
  g_string_append_printf (data, "%s %s%s %s %u\n", doc->docid, doc->revs[0],
                          doc->deleted ? " deleted" : "", doc->body, g_strv_length (doc->revs));
  return TRUE;
}

/* The lines of the bundle. (transfer full) */
static char *
read_lines (Fixture *f)
{
  g_autofree char *path = bundle_path (f);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  IwBundleWork work = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (IwBundleReader) reader = iw_bundle_reader_new (fd, &work, &error);
  g_autoptr (IwBundleManifest) manifest = NULL;
  GString *lines = g_string_new (NULL);

  g_assert_no_error (error);
  manifest = iw_bundle_reader_manifest (reader, &error);
  g_assert_no_error (error);
  iw_bundle_reader_documents (reader, manifest, collect, lines, &error);
  g_assert_no_error (error);
  iw_bundle_reader_attachments (reader, manifest, NULL, NULL, &error);
  g_assert_no_error (error);
  close (fd);
  return g_string_free (lines, FALSE);
}

static void
assert_same (IwStore *a, IwStore *b, const char *docid)
{
  g_auto (GStrv) left = iw_store_get_leaves (a, docid, TRUE, NULL);
  g_auto (GStrv) right = iw_store_get_leaves (b, docid, TRUE, NULL);

  g_assert_cmpstrv (left, right);
}

/* ---- there and back ---- */

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_other (f);
  g_autofree char *incident = iw_id_incident_document (INCIDENT_A);
  g_autofree char *entry = NULL;

  put_incident (f->store, INCIDENT_A, "Phish");
  entry = put_text (f->store, INCIDENT_A, 1, "seen");
  export (f, f->store, INCIDENT_A);
  g_assert_cmpuint (import (f, other), >=, 2);
  assert_same (f->store, other, incident);
  assert_field (other, entry, "text", "seen");
  g_assert_cmpuint (import (f, other), ==, 0);
  export (f, other, NULL);
  g_assert_cmpuint (import (f, f->store), ==, 0);
}

/* Both edit on top of what the bundle brought, in different fields: ancestors' bodies make that
 * mergeable. */
static void
test_merge (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_other (f);
  guint open = 9;

  put_incident (f->store, INCIDENT_A, "Phish");
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"Block\",\"why\":\"old\"}");
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"Block it\",\"why\":\"old\"}");
  export (f, f->store, INCIDENT_A);
  import (f, other);
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"Block it now\",\"why\":\"old\"}");
  put (other, THING, "{\"type\":\"thing\",\"title\":\"Block it\",\"why\":\"new\"}");
  export (f, f->store, INCIDENT_A);
  import (f, other);
  export (f, other, INCIDENT_A);
  import (f, f->store);
  assert_field (other, THING, "title", "Block it now");
  assert_field (other, THING, "why", "new");
  assert_same (f->store, other, THING);
  iw_conflicts_merge_all (f->store, NULL, &open, NULL);
  g_assert_cmpuint (open, ==, 0);
}

static void
test_history_comes_first (Fixture *f, gconstpointer data)
{
  g_autofree char *lines = NULL;
  const char *one, *two, *three;

  put_incident (f->store, INCIDENT_A, "Phish");
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"one\"}");
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"two\"}");
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"three\"}");
  export (f, f->store, INCIDENT_A);
  lines = read_lines (f);
  one = strstr (lines, "\"one\"");
  two = strstr (lines, "\"two\"");
  three = strstr (lines, "\"three\"");
  g_assert_true (one != NULL && two != NULL && three != NULL && one < two && two < three);
}

/* ---- what stays ---- */

static void
test_deleted_content_stays (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_other (f);
  g_autofree char *lines = NULL;

  put_incident (f->store, INCIDENT_A, "Phish");
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"secret\"}");
  export (f, f->store, INCIDENT_A);
  import (f, other);
  put (f->store, THING, NULL);
  export (f, f->store, INCIDENT_A);
  lines = read_lines (f);
  g_assert_null (strstr (lines, "secret"));
  g_assert_nonnull (strstr (lines, " deleted"));
  import (f, other);
  assert_field (other, THING, "title", NULL);
}

static void
test_directory_that_is_named (Fixture *f, gconstpointer data)
{
  g_autofree char *lines = NULL;

  put (f->store, PERSON, "{\"type\":\"person\",\"name\":\"Noa\"}");
  put (f->store, TEAM, "{\"type\":\"team\",\"name\":\"Legal\",\"members\":[\"" PERSON "\"]}");
  put (f->store, OTHER_TEAM, "{\"type\":\"team\",\"name\":\"Sales\"}");
  put_incident (f->store, INCIDENT_A, "Phish");
  put_incident (f->store, INCIDENT_B, "Another");
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"Ask\",\"team\":\"" TEAM "\"}");
  export (f, f->store, INCIDENT_A);
  lines = read_lines (f);
  g_assert_nonnull (strstr (lines, "Legal"));
  g_assert_nonnull (strstr (lines, "Noa"));
  g_assert_null (strstr (lines, "Sales"));
  g_assert_null (strstr (lines, "Another"));
  g_free (lines);
  export (f, f->store, NULL);
  lines = read_lines (f);
  g_assert_nonnull (strstr (lines, "Sales"));
  g_assert_nonnull (strstr (lines, "Another"));
}

static IwAttachment *
attach (const char *dir, const char *text)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *staged = NULL;
  char sha256[65], md5[25];
  gint64 length;

  staged = iw_blobs_stage_full (dir, input, 0, NULL, NULL, NULL, sha256, md5, &length, &error);
  g_assert_no_error (error);
  g_assert_true (iw_blobs_commit (dir, staged, sha256, &error));
  return iw_attachment_new ("file", "text/plain", sha256, md5, length, 0);
}

static char *
edit (IwStore *store, const char *parent, IwAttachment *attachment)
{
  IwAttachment *const attachments[] = { attachment, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *body = g_strdup_printf ("{\"after\":\"%s\"}", parent != NULL ? parent : "");
  char *rev = NULL;

  g_assert_true (iw_peer_begin (store, &error));
  iw_peer_edit (store, INCIDENT_A ":file", parent, body, FALSE, attachments, &rev, &error);
  g_assert_no_error (error);
  g_assert_true (iw_peer_commit (store, &error));
  return rev;
}

static void
test_attachments (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_other (f);
  g_autoptr (IwAttachment) old = attach (f->dir, "the old content");
  g_autoptr (IwAttachment) new = attach (f->dir, "the new content");
  g_autofree char *first = edit (f->store, NULL, old);
  g_autofree char *second = edit (f->store, first, new);
  g_autofree char *path = bundle_path (f);
  g_autoptr (IwBundleInfo) info = NULL;
  g_auto (IwPeerDoc) doc = { 0 };

  put_incident (f->store, INCIDENT_A, "Phish");
  export (f, f->store, INCIDENT_A);
  info = iw_bundle_verify (path, f->dir, NULL, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (info->n_attachments, ==, 1);
  import (f, other);
  g_assert_true (iw_peer_get (other, INCIDENT_A ":file", NULL, &doc, NULL));
  g_assert_cmpstr (doc.rev, ==, second);
  g_assert_cmpstr (((IwAttachment *)doc.attachments->pdata[0])->sha256, ==, new->sha256);
  g_assert_true (iw_blobs_verify (iw_store_get_dir (other), new->sha256, NULL, NULL));
  g_assert_false (iw_blobs_exists (iw_store_get_dir (other), old->sha256));
}

static void
test_damaged_attachment (Fixture *f, gconstpointer data)
{
  g_autoptr (IwAttachment) file = attach (f->dir, "content");
  g_autofree char *rev = edit (f->store, NULL, file);
  g_autofree char *blob = iw_blobs_path (f->dir, file->sha256);
  g_autofree char *path = bundle_path (f);
  g_autoptr (GError) error = NULL;

  g_chmod (blob, 0600);
  g_assert_true (g_file_set_contents (blob, "kontent", -1, NULL));
  g_assert_false (
      iw_bundle_export (f->store, path, &(IwBundleOptions){ 0 }, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_DAMAGED_BLOB);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_purged_stays_away (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_other (f);
  g_autoptr (GError) error = NULL;

  put_incident (f->store, INCIDENT_A, "Phish");
  put (f->store, THING, "{\"type\":\"thing\",\"title\":\"personal\"}");
  export (f, f->store, INCIDENT_A);
  import (f, other);
  g_assert_true (iw_peer_begin (other, &error));
  g_assert_true (iw_peer_purge (other, THING, NULL, "noa", NULL, &error));
  g_assert_true (iw_peer_commit (other, &error));
  import (f, other);
  assert_field (other, THING, "title", NULL);
}

/* ---- nothing by halves ---- */

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (done, <=, total);
  g_cancellable_cancel (data);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_other (f);
  g_autofree char *path = bundle_path (f);
  g_autofree char *incident = iw_id_incident_document (INCIDENT_A);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  put_incident (f->store, INCIDENT_A, "Phish");
  export (f, f->store, INCIDENT_A);
  g_assert_false (iw_bundle_import (other, path, NULL, TRUE, NULL, on_progress, cancellable,
                                    cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_field (other, incident, "title", NULL);
  g_clear_error (&error);
  g_cancellable_reset (cancellable);
  g_unlink (path);
  g_assert_false (iw_bundle_export (f->store, path, &(IwBundleOptions){ 0 }, on_progress,
                                    cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_unsigned_is_asked_about (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_other (f);
  g_autofree char *path = bundle_path (f);
  g_autoptr (IwBundleInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  gboolean encrypted = TRUE, by_passphrase = TRUE;

  put_incident (f->store, INCIDENT_A, "Phish");
  export (f, f->store, INCIDENT_A);
  g_assert_false (iw_bundle_import (other, path, NULL, FALSE, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_BUNDLE_ERROR, IW_BUNDLE_ERROR_UNSIGNED);
  info = iw_bundle_verify (path, f->dir, NULL, NULL, NULL, NULL, NULL);
  g_assert_cmpint (info->trust, ==, IW_BUNDLE_UNSIGNED);
  g_assert_cmpstr (info->titles[0], ==, "Phish");
  g_assert_cmpstr (info->made_by, ==, "A. Sato");
  g_assert_cmpint (info->made_at, >=, TEST_START);
  g_assert_cmpuint (info->n_incidents, ==, 1);
  g_assert_true (iw_bundle_peek (path, &encrypted, &by_passphrase, NULL));
  g_assert_false (encrypted || by_passphrase);
}

static void
test_place (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->dir, "folder", NULL);
  g_autofree char *link = g_build_filename (f->dir, "link", NULL);
  g_autoptr (GError) error = NULL;

  put_incident (f->store, INCIDENT_A, "Phish");
  g_mkdir (folder, 0700);
  g_assert_false (
      iw_bundle_export (f->store, folder, &(IwBundleOptions){ 0 }, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  g_assert_cmpint (symlink (folder, link), ==, 0);
  g_assert_false (
      iw_bundle_export (f->store, link, &(IwBundleOptions){ 0 }, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

/* ---- parts ---- */

#define SUM "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define MANIFEST(version, members)                                                                 \
  "{\"format\":\"incident-workbench-bundle\",\"version\":" version                                 \
  ",\"documents\":0,\"revisions\":0,\"members\":[" members "]}"
#define MEMBER(name, length, sum)                                                                  \
  "{\"name\":\"" name "\",\"length\":" length ",\"sha256\":\"" sum "\"}"
#define DOCUMENTS MEMBER ("documents.jsonl", "0", SUM)

static void
test_manifest (void)
{
  static const struct
  {
    const char *text;
    int code; /* -1: fine */
  } cases[] = {
    { MANIFEST ("1", DOCUMENTS), -1 },
    { MANIFEST ("1", DOCUMENTS "," MEMBER ("attachments/" SUM, "5", SUM)), -1 },
    { MANIFEST ("2", DOCUMENTS), IW_BUNDLE_ERROR_NEWER },
    { MANIFEST ("0", DOCUMENTS), IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("\"1\"", DOCUMENTS), IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", ""), IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", DOCUMENTS "," DOCUMENTS), IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", DOCUMENTS "," MEMBER ("attachments/../x", "5", SUM)),
      IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", DOCUMENTS "," MEMBER ("manifest.json", "5", SUM)),
      IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", DOCUMENTS "," MEMBER ("/etc/passwd", "5", SUM)),
      IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", DOCUMENTS "," MEMBER ("attachments/" SUM, "-1", SUM)),
      IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", DOCUMENTS "," MEMBER ("attachments/" SUM, "1e9", SUM)),
      IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", DOCUMENTS "," MEMBER ("attachments/" SUM, "9223372036854775807", SUM)),
      IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { MANIFEST ("1", MEMBER ("documents.jsonl", "4398046511104",
                             SUM) "," MEMBER ("attachments/" SUM, "1", SUM)),
      IW_BUNDLE_ERROR_TOO_LARGE },
    { MANIFEST ("1", MEMBER ("documents.jsonl", "0", "ABC")), IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { "{}", IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { "[]", IW_BUNDLE_ERROR_NOT_A_BUNDLE },
    { "", IW_BUNDLE_ERROR_NOT_A_BUNDLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (IwBundleManifest) manifest =
          iw_bundle_manifest_read (cases[i].text, strlen (cases[i].text), &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, IW_BUNDLE_ERROR, cases[i].code);
      g_assert_true ((manifest == NULL) == (error != NULL));
    }
}

static void
test_manifest_is_read_as_written (void)
{
  g_autoptr (IwBundleManifest) manifest = iw_bundle_manifest_new ();
  g_autoptr (IwBundleManifest) again = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  manifest->made_by = g_strdup ("A \"quoted\"\nname");
  manifest->made_at = TEST_START;
  g_ptr_array_add (manifest->incidents, g_strdup (INCIDENT_A));
  g_ptr_array_add (manifest->incidents, g_strdup ("Title \\ \x01"));
  iw_bundle_manifest_add (manifest, IW_BUNDLE_DOCUMENTS, SUM, 7);
  iw_bundle_manifest_add (manifest, IW_BUNDLE_ATTACHMENTS SUM, SUM, 5);
  text = iw_bundle_manifest_write (manifest);
  again = iw_bundle_manifest_read (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->made_by, ==, manifest->made_by);
  g_assert_cmpint (again->made_at, ==, TEST_START);
  g_assert_cmpint (again->total, ==, 12);
  g_assert_cmpint (again->attached, ==, 5);
}

static void
test_packets (void)
{
  static const struct
  {
    const char *bytes;
    gsize n;
    gboolean openpgp, encrypted, for_keys, by_passphrase;
  } cases[] = {
    { "PK\x03\x04", 4, FALSE, FALSE, FALSE, FALSE },
    { "", 0, FALSE, FALSE, FALSE, FALSE },
    { "\x80", 1, FALSE, FALSE, FALSE, FALSE },
    { "\xa3\x01\x02", 3, TRUE, FALSE, FALSE, FALSE },            /* compressed */
    { "\x90\x0d\x03", 3, TRUE, FALSE, FALSE, FALSE },            /* signed */
    { "\x8c\x02\x04\x09\xd2\x40", 6, TRUE, TRUE, FALSE, TRUE },  /* by passphrase */
    { "\x84\x01x\xd2\x40", 5, TRUE, TRUE, TRUE, FALSE },         /* for a key */
    { "\xc1\x01x\xc3\x01x\xd4\x40", 8, TRUE, TRUE, TRUE, TRUE }, /* for both, new headers */
    { "\x85\x00\x01x\x8c\x01x\xd2", 7, TRUE, TRUE, TRUE, TRUE }, /* a length of two bytes */
    { "\xc1\xff\xff\xff\xff\xff", 6, TRUE, TRUE, TRUE, FALSE },  /* longer than anything */
    { "\xca\x03PGP\x8c\x01x", 8, TRUE, TRUE, FALSE, TRUE },      /* a marker before it */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IwBundlePackets packets = { 0 };

      g_test_message ("%u", i);
      iw_bundle_look_at_packets ((const guint8 *)cases[i].bytes, cases[i].n, &packets);
      g_assert_cmpint (packets.openpgp, ==, cases[i].openpgp);
      g_assert_cmpint (packets.encrypted, ==, cases[i].encrypted);
      g_assert_cmpint (packets.for_keys, ==, cases[i].for_keys);
      g_assert_cmpint (packets.by_passphrase, ==, cases[i].by_passphrase);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/bundle/round-trip", test_round_trip);
  add_test ("/bundle/merge", test_merge);
  add_test ("/bundle/history-comes-first", test_history_comes_first);
  add_test ("/bundle/deleted-content-stays", test_deleted_content_stays);
  add_test ("/bundle/directory-that-is-named", test_directory_that_is_named);
  add_test ("/bundle/attachments", test_attachments);
  add_test ("/bundle/damaged-attachment", test_damaged_attachment);
  add_test ("/bundle/purged-stays-away", test_purged_stays_away);
  add_test ("/bundle/cancel", test_cancel);
  add_test ("/bundle/unsigned-is-asked-about", test_unsigned_is_asked_about);
  add_test ("/bundle/place", test_place);
  g_test_add_func ("/bundle/manifest", test_manifest);
  g_test_add_func ("/bundle/manifest-is-read-as-written", test_manifest_is_read_as_written);
  g_test_add_func ("/bundle/packets", test_packets);
  return g_test_run ();
}
