/* What is attached to revisions: by hash, as stubs, of evidence; and what is collected. */
#include "peer-fixture.h"

#include "iw-json.h"

#include <sys/stat.h>
#include <utime.h>

#define DOC "d:1"
#define EVIDENCE INCIDENT_A ":evidence-1"

/* Brings a text into blobs/ and tells of it. (transfer full) */
static IwAttachment *
attach (Fixture *f, const char *name, const char *text)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *staged = NULL;
  char sha256[65];
  char md5[25];
  gint64 length;

  staged = iw_blobs_stage_full (f->dir, input, 0, NULL, NULL, NULL, sha256, md5, &length, &error);
  g_assert_no_error (error);
  g_assert_true (iw_blobs_commit (f->dir, staged, sha256, &error));
  return iw_attachment_new (name, "text/plain", sha256, md5, length, 0);
}

static char *
md5_of (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize n = sizeof digest;

  g_checksum_update (checksum, (const guchar *)text, -1);
  g_checksum_get_digest (checksum, digest, &n);
  return g_base64_encode (digest, n);
}

static char *
edit_with (Fixture *f,
           const char *docid,
           const char *parent,
           IwAttachment *const *attachments,
           GError **error)
{
  char *rev = NULL;

  begin (f->store);
  iw_peer_edit (f->store, docid, parent, "{}", FALSE, attachments, &rev, error);
  commit (f->store);
  return rev;
}

/* "name:type:md5:length:revpos", one after another. (transfer full) */
static char *
attached_to (IwStore *store, const char *docid, const char *rev)
{
  g_auto (IwPeerDoc) doc = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  iw_peer_get (store, docid, rev, &doc, &error);
  g_assert_no_error (error);
  for (guint i = 0; doc.attachments != NULL && i < doc.attachments->len; i++)
    {
      const IwAttachment *attachment = doc.attachments->pdata[i];

      g_string_append_printf (out, "%s%s:%s:%s:%d:%d", i > 0 ? " " : "", attachment->name,
                              attachment->content_type, attachment->md5, (int)attachment->length,
                              (int)attachment->revpos);
    }
  return g_string_free_and_steal (g_steal_pointer (&out));
}

#define assert_attached(store, docid, rev, expected)                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *attached_ = attached_to (store, docid, rev);                                  \
    g_assert_cmpstr (attached_, ==, expected);                                                     \
  }                                                                                                \
  G_STMT_END

static guint
count_leaves_with_file (const IwPeerChange *change)
{
  return change->doc->attachments != NULL ? change->doc->attachments->len : 0;
}

static gboolean
add_attachments (const IwPeerChange *change, gpointer data)
{
  *(guint *)data += count_leaves_with_file (change);
  return TRUE;
}

/* ---- rows ---- */

static void
test_edit (Fixture *f, gconstpointer data)
{
  g_autoptr (IwAttachment) b = attach (f, "b.txt", "two");
  g_autoptr (IwAttachment) a = attach (f, "a.txt", "one");
  IwAttachment stub = { (char *)"a.txt", NULL, NULL, NULL, 0, 0 };
  IwAttachment *both[] = { b, a, NULL };
  IwAttachment *kept[] = { &stub, NULL };
  g_autofree char *md5_a = md5_of ("one");
  g_autofree char *md5_b = md5_of ("two");
  g_autofree char *expected =
      g_strdup_printf ("a.txt:text/plain:%s:3:1 b.txt:text/plain:%s:3:1", md5_a, md5_b);
  g_autofree char *expected_kept = g_strdup_printf ("a.txt:text/plain:%s:3:1", md5_a);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = edit_with (f, DOC, NULL, both, &error);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  guint n = 0;

  g_assert_no_error (error);
  assert_attached (f->store, DOC, NULL, expected);
  second = edit_with (f, DOC, first, kept, &error); /* a stub by its name alone */
  g_assert_no_error (error);
  assert_attached (f->store, DOC, NULL, expected_kept);
  assert_attached (f->store, DOC, first, expected);
  g_assert_true (iw_peer_foreach_change (f->store, 0, 0, IW_PEER_CHANGES_BODIES, add_attachments,
                                         &n, NULL, NULL));
  g_assert_cmpint (n, ==, 1);
  third = edit_with (f, DOC, second, NULL, &error);
  assert_attached (f->store, DOC, NULL, "");
  g_assert_null (edit_with (f, DOC, third, kept, &error)); /* no longer there */
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  assert_sound (f->store);
}

/* The digests are part of the revision's id, the order they are told in is not. */
static void
test_ids (Fixture *f, gconstpointer data)
{
  g_autoptr (IwAttachment) a = attach (f, "a", "one");
  g_autoptr (IwAttachment) b = attach (f, "b", "two");
  g_autoptr (IwAttachment) other = attach (f, "a", "three");
  IwAttachment *lists[][3] = { { NULL }, { a, b, NULL }, { b, a, NULL }, { other, b, NULL } };
  g_autofree char *revs[G_N_ELEMENTS (lists)] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *docid = g_strdup_printf ("d:%u", i);

      revs[i] = edit_with (f, docid, NULL, lists[i], NULL);
    }
  g_assert_cmpstr (revs[0], !=, revs[1]);
  g_assert_cmpstr (revs[1], ==, revs[2]);
  g_assert_cmpstr (revs[1], !=, revs[3]);
  for (guint i = 1; i < G_N_ELEMENTS (lists); i++)
    g_free (g_steal_pointer (&revs[i]));
}

/* Of several of one name the last one counts. */
static void
test_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (IwAttachment) first = attach (f, "a", "one");
  g_autoptr (IwAttachment) b = attach (f, "b", "two");
  g_autoptr (IwAttachment) second = attach (f, "a", "three");
  g_autoptr (IwAttachment) last = attach (f, "a", "four!");
  IwAttachment *given[] = { first, b, second, last, NULL };
  g_autofree char *md5_a = md5_of ("four!");
  g_autofree char *md5_b = md5_of ("two");
  g_autofree char *expected =
      g_strdup_printf ("a:text/plain:%s:5:1 b:text/plain:%s:3:1", md5_a, md5_b);
  g_autofree char *rev = edit_with (f, DOC, NULL, given, NULL);

  assert_attached (f->store, DOC, rev, expected);
  assert_sound (f->store);
}

static void
test_put_stubs (Fixture *f, gconstpointer data)
{
  g_autoptr (IwAttachment) a = attach (f, "a", "one");
  g_autofree char *md5 = md5_of ("one");
  IwAttachment stub = { (char *)"other name", (char *)"image/png", NULL, md5, 3, 2 };
  IwAttachment *given[] = { a, NULL };
  IwAttachment *stubs[] = { &stub, NULL };
  const char *revs[] = { "3-c", "2-b", "1-a", NULL };
  IwPeerRev rev = { "d:2", revs, "{}", FALSE, stubs };
  g_autofree char *first = edit_with (f, DOC, NULL, given, NULL);
  g_autofree char *expected = g_strdup_printf ("other name:image/png:%s:3:2", md5);
  g_autoptr (GError) error = NULL;

  begin (f->store);
  iw_peer_put (f->store, &rev, NULL, &error);
  g_assert_no_error (error);
  commit (f->store);
  assert_attached (f->store, "d:2", NULL, expected);
  assert_sound (f->store);
}

static void
test_bad (Fixture *f, gconstpointer data)
{
  char *hash = (char *)"0123456789012345678901234567890123456789012345678901234567890123";
  IwAttachment bad[] = {
    { (char *)"", NULL, hash, NULL, 1, 1 },
    { NULL, NULL, hash, NULL, 1, 1 },
    { (char *)"a\xff", NULL, hash, NULL, 1, 1 },
    { (char *)"a", NULL, (char *)"../../x", NULL, 1, 1 },
    { (char *)"a", NULL, hash, NULL, -1, 1 },
    { (char *)"a", (char *)"\xff", hash, NULL, 1, 1 },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      IwAttachment *given[] = { &bad[i], NULL };

      g_assert_null (edit_with (f, DOC, NULL, given, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_cmpint (iw_store_get_seq (f->store), ==, 0);
}

/* ---- evidence ---- */

static char *
put_evidence (Fixture *f, const char *text, const char *name)
{
  g_autoptr (IwAttachment) blob = attach (f, "x", text);
  g_autofree char *body = g_strdup_printf (
      "{\"type\":\"evidence\",\"v\":1,\"incident\":\"" INCIDENT_A "\",\"name\":\"%s\","
      "\"sha256\":\"%s\",\"length\":%d,\"media_type\":\"text/csv\"}",
      name, blob->sha256, (int)blob->length);

  put (f->store, EVIDENCE, body);
  return g_strdup (blob->sha256);
}

static void
test_evidence (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = put_evidence (f, "rows", "proxy.csv");
  g_autofree char *md5 = md5_of ("rows");
  g_autofree char *expected = g_strdup_printf ("file:text/csv:%s:4:1", md5);
  g_autofree char *again = NULL;
  g_autoptr (IwAttachment) note = attach (f, "note", "by a peer");
  g_autofree char *note_md5 = md5_of ("by a peer");
  g_autofree char *both = g_strdup_printf ("%s note:text/plain:%s:9:3", expected, note_md5);
  g_autofree char *winner = NULL;
  g_autofree char *made = NULL;
  IwAttachment stub = { (char *)"file", NULL, NULL, md5, 4, 0 };
  IwAttachment *given[] = { &stub, note, NULL };
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;

  /* The MD5 sum is made when somebody asks for it, and kept. */
  g_assert_cmpint (
      iw_db_query_int (f->store->db, "SELECT count (*) FROM blob WHERE md5 IS NULL", 0), ==, 1);
  assert_attached (f->store, EVIDENCE, NULL, expected);
  g_assert_cmpint (
      iw_db_query_int (f->store->db, "SELECT count (*) FROM blob WHERE md5 IS NULL", 9), ==, 0);
  again = put_evidence (f, "rows", "proxy-2.csv"); /* its note changes, its file does not */
  assert_attached (f->store, EVIDENCE, NULL, expected);
  /* What a peer attaches stays when the document is edited here, and comes back with undo. */
  winner = winner_of (f->store, EVIDENCE);
  body = iw_store_get (f->store, EVIDENCE, NULL, NULL);
  text = iw_json_to_canonical (body, NULL);
  begin (f->store);
  g_assert_true (iw_peer_edit (f->store, EVIDENCE, winner, text, FALSE, given, &made, NULL));
  commit (f->store);
  assert_attached (f->store, EVIDENCE, NULL, both);
  g_free (put_evidence (f, "rows", "proxy-3.csv"));
  assert_attached (f->store, EVIDENCE, NULL, both);
  put (f->store, EVIDENCE, NULL);
  assert_attached (f->store, EVIDENCE, NULL, "");
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  assert_attached (f->store, EVIDENCE, NULL, both);
  assert_sound (f->store);
}

/* An edit from a revision that others have gone on from since has what they attached; what cannot
 * be merged goes on beside it, and has what was attached where it was made. */
static void
test_rebased (Fixture *f, gconstpointer data)
{
  const char *task = INCIDENT_A ":task-1";
  g_autoptr (IwAttachment) a = attach (f, "a.txt", "one");
  g_autoptr (IwAttachment) b = attach (f, "b.txt", "two");
  IwAttachment *first[] = { a, NULL };
  IwAttachment kept = { (char *)"a.txt", NULL, NULL, NULL, 0, 0 };
  IwAttachment *both[] = { &kept, b, NULL };
  const char *const bodies[] = {
    "{\"type\":\"task\",\"phase\":\"recovery\",\"title\":\"Block\",\"owner\":\"A. Sato\"}",
    "{\"type\":\"task\",\"phase\":\"recovery\",\"title\":\"Block\",\"owner\":\"B. Kim\"}",
    "{\"type\":\"task\",\"phase\":\"recovery\",\"title\":\"Watch\",\"owner\":\"A. Sato\"}",
    "{\"type\":\"task\",\"phase\":\"recovery\",\"title\":\"Block\",\"owner\":\"M. Ito\"}",
  };
  g_autofree char *md5_a = md5_of ("one");
  g_autofree char *md5_b = md5_of ("two");
  g_autofree char *expected =
      g_strdup_printf ("a.txt:text/plain:%s:3:1 b.txt:text/plain:%s:3:2", md5_a, md5_b);
  g_autofree char *expected_first = g_strdup_printf ("a.txt:text/plain:%s:3:1", md5_a);
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;

  begin (f->store);
  g_assert_true (iw_peer_edit (f->store, task, NULL, bodies[0], FALSE, first, &base, NULL));
  g_assert_true (iw_peer_edit (f->store, task, base, bodies[1], FALSE, both, &theirs, NULL));
  commit (f->store);
  for (guint i = 2; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (JsonObject) body = json (bodies[i]);
      g_autofree char *rev = NULL;
      IwChange change = { task, body, base, &rev };
      g_autoptr (GError) error = NULL;

      iw_store_apply (f->store, "Change", &change, 1, 1, &error);
      g_assert_no_error (error);
      assert_attached (f->store, task, rev, i == 2 ? expected : expected_first);
    }
  assert_sound (f->store);
}

/* A file that is not in this workspace cannot be told by its digest. */
static void
test_evidence_missing (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = put_evidence (f, "rows", "proxy.csv");
  g_autofree char *path = iw_blobs_path (f->dir, sha256);

  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_attached (f->store, EVIDENCE, NULL, "");
}

/* A reader makes the sum too, and keeps it for itself. */
static void
test_reader (Fixture *f, gconstpointer data)
{
  g_autofree char *sha256 = put_evidence (f, "rows", "proxy.csv");
  g_autofree char *md5 = md5_of ("rows");
  g_autofree char *expected = g_strdup_printf ("file:text/csv:%s:4:1", md5);
  g_autoptr (IwStore) reader = open_at (f->dir, IW_STORE_OPEN_READ_ONLY, NULL);
  g_autofree char *path = iw_blobs_path (f->dir, sha256);

  assert_attached (reader, EVIDENCE, NULL, expected);
  g_assert_cmpint (iw_db_query_int (reader->db, "SELECT count (*) FROM blob WHERE md5 IS NULL", 0),
                   ==, 1);
  g_unlink (path);
  assert_attached (reader, EVIDENCE, NULL, expected);
}

/* ---- cleaning up ---- */

static void
make_old (Fixture *f, const char *sha256)
{
  g_autofree char *path = iw_blobs_path (f->dir, sha256);
  struct utimbuf old = { TEST_START / G_USEC_PER_SEC - 100000,
                         TEST_START / G_USEC_PER_SEC - 100000 };

  g_assert_cmpint (utime (path, &old), ==, 0);
}

static void
test_garbage (Fixture *f, gconstpointer data)
{
  g_autoptr (IwAttachment) kept = attach (f, "a", "kept by the winner");
  g_autoptr (IwAttachment) loser = attach (f, "b", "kept by a losing leaf");
  g_autoptr (IwAttachment) gone = attach (f, "c", "of an earlier revision alone");
  IwAttachment *first[] = { kept, gone, NULL };
  IwAttachment *second[] = { kept, NULL };
  IwAttachment *other[] = { loser, NULL };
  const char *revs[] = { "1-0", NULL };
  IwPeerRev conflict = { DOC, revs, "{}", FALSE, other };
  IwAttachment stub = { (char *)"c", NULL, NULL, gone->md5, 0, 0 };
  IwAttachment *stubs[] = { &stub, NULL };
  g_autofree char *before = edit_with (f, DOC, NULL, first, NULL);
  g_autofree char *after = edit_with (f, DOC, before, second, NULL);
  g_autoptr (GError) error = NULL;

  begin (f->store);
  g_assert_true (iw_peer_put (f->store, &conflict, NULL, NULL));
  commit (f->store);
  g_assert_true (iw_store_collect_garbage (f->store, &error)); /* too young */
  g_assert_true (iw_blobs_exists (f->dir, gone->sha256));
  make_old (f, kept->sha256);
  make_old (f, loser->sha256);
  make_old (f, gone->sha256);
  iw_store_collect_garbage (f->store, &error);
  g_assert_no_error (error);
  g_assert_true (iw_blobs_exists (f->dir, kept->sha256));
  g_assert_true (iw_blobs_exists (f->dir, loser->sha256));
  g_assert_false (iw_blobs_exists (f->dir, gone->sha256));
  g_assert_cmpint (iw_db_query_int (f->store->db, "SELECT count (*) FROM blob", 0), ==, 2);
  g_assert_null (edit_with (f, "d:2", NULL, stubs, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  assert_sound (f->store);
}

static void
test_check (Fixture *f, gconstpointer data)
{
  g_autoptr (IwAttachment) a = attach (f, "a", "one");
  IwAttachment *given[] = { a, NULL };
  g_autofree char *rev = edit_with (f, DOC, NULL, given, NULL);
  g_autofree char *path = iw_blobs_path (f->dir, a->sha256);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_unlink (path);
  g_assert_true (iw_store_check (f->store, FALSE, problems, NULL, NULL));
  g_assert_cmpint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], "missing"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_peer_test ("/peer-attachments/edit", test_edit);
  add_peer_test ("/peer-attachments/ids", test_ids);
  add_peer_test ("/peer-attachments/twice", test_twice);
  add_peer_test ("/peer-attachments/put-stubs", test_put_stubs);
  add_peer_test ("/peer-attachments/bad", test_bad);
  add_test ("/peer-attachments/rebased", test_rebased);
  add_test ("/peer-attachments/evidence", test_evidence);
  add_test ("/peer-attachments/evidence-missing", test_evidence_missing);
  add_test ("/peer-attachments/reader", test_reader);
  add_peer_test ("/peer-attachments/garbage", test_garbage);
  add_peer_test ("/peer-attachments/check", test_check);
  return g_test_run ();
}
