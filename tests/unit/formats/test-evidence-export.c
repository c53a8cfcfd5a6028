/* test-evidence-export.c: what leaves, what stays, and what is written down of it */
#include "evidence-fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

typedef struct
{
  const char *recipient;
  const char *const *items;
  gboolean zip;
  gboolean replace;
  IwProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
} Wanted;

static IwEvidenceExportResult *
export_to (Workspace *w, const char *path, const Wanted *wanted, GError **error)
{
  const IwEvidenceExport export = { .items = wanted->items,
                                    .recipient = wanted->recipient,
                                    .purpose = "Analysis",
                                    .author = "A. Sato",
                                    .path = path,
                                    .zip = wanted->zip,
                                    .replace = wanted->replace };

  return iw_evidence_export (w->store, w->incident, &export, wanted->progress, wanted->data,
                             wanted->cancellable, error);
}

static char *
out_path (Workspace *w, const char *name)
{
  return g_build_filename (w->dir, name, NULL);
}

static char *
read_text (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static JsonObject *
read_manifest (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (root));
}

/* Every line of SHA256SUMS, against the files. */
static void
assert_sums (const char *folder, guint n)
{
  g_autofree char *sums = read_text (folder, "SHA256SUMS");
  g_auto (GStrv) lines = g_strsplit (sums, "\n", -1);
  guint found = 0;

  for (char **line = lines; *line != NULL && **line != '\0'; line++, found++)
    {
      g_autofree char *path = g_build_filename (folder, *line + 66, NULL);
      g_autofree char *content = NULL;
      g_autofree char *sum = NULL;
      gsize length;

      g_assert_true (strlen (*line) > 66 && (*line)[64] == ' ' && (*line)[65] == ' ');
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *)content, length);
      g_assert_true (g_str_has_prefix (*line, sum));
    }
  g_assert_cmpuint (found, ==, n);
}

static void
assert_no_litter (Workspace *w)
{
  g_autoptr (GDir) dir = g_dir_open (w->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".part"));
}

static guint
count_releases (Workspace *w)
{
  g_autoptr (GPtrArray) releases = evidence_entries (w, IW_ENTRY_RELEASE);

  return releases->len;
}

static void
test_folder (Workspace *w, gconstpointer data)
{
  g_autofree char *a = evidence_add_text (w, "mail.eml", "From: x\n");
  g_autofree char *b = evidence_add_text (w, "MAIL.eml", "From: y\n");
  g_autofree char *path = out_path (w, "out");
  g_autofree char *manifest = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *withheld = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  g_auto (GStrv) items = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEvidenceExportResult) result =
      export_to (w, path, &(Wanted){ .recipient = "Contoso" }, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->n_exported, ==, 2);
  assert_sums (path, 3);
  manifest = read_text (path, "manifest.json");
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, manifest, -1);
  g_assert_cmpstr (result->manifest_sha256, ==, sum);
  withheld = read_text (path, "WITHHELD.txt");
  g_assert_null (withheld);
  object = read_manifest (manifest);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "files")), ==, 2);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "release"), "id"), ==,
      result->release);
  releases = evidence_entries (w, IW_ENTRY_RELEASE);
  g_assert_cmpuint (releases->len, ==, 1);
  g_assert_cmpstr (iw_entry_get_id (releases->pdata[0]), ==, result->release);
  g_assert_cmpstr (iw_entry_get_field (releases->pdata[0], "manifest"), ==, sum);
  g_assert_cmpstr (iw_entry_get_field (releases->pdata[0], "recipient"), ==, "Contoso");
  items = iw_entry_get_list (releases->pdata[0], "items");
  g_assert_cmpuint (g_strv_length (items), ==, 2);
  assert_no_litter (w);
}

/* Unpacked by a reader that was not written with it. */
static void
unpack (const char *zip, const char *folder)
{
  struct archive *archive = archive_read_new ();
  locale_t utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  locale_t former = uselocale (utf8);
  struct archive_entry *entry;

  archive_read_support_format_zip (archive);
  g_assert_cmpint (archive_read_open_filename (archive, zip, 65536), ==, ARCHIVE_OK);
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      g_autofree char *path = g_build_filename (folder, archive_entry_pathname (entry), NULL);
      g_autofree char *parent = g_path_get_dirname (path);
      gint64 size = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : 1 << 20;
      g_autofree char *content = g_malloc (size + 1);
      la_ssize_t n = archive_read_data (archive, content, size);

      g_assert_cmpint (n, >=, 0);
      g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, content, n, NULL));
    }
  archive_read_free (archive);
  uselocale (former);
  freelocale (utf8);
}

static void
test_zip (Workspace *w, gconstpointer data)
{
  g_autofree char *a = evidence_add_text (w, "認証.log", "何か\n");
  g_autofree char *path = out_path (w, "out.zip");
  g_autofree char *folder = out_path (w, "unpacked");
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEvidenceExportResult) result =
      export_to (w, path, &(Wanted){ .recipient = "Contoso", .zip = TRUE }, &error);

  g_assert_no_error (error);
  unpack (path, folder);
  assert_sums (folder, 2);
  g_assert_cmpstr (((IwEvidenceExportItem *)result->items->pdata[0])->file, ==, "files/認証.log");
  assert_no_litter (w);
}

/* ---- marks ---- */

static void
assert_goes (Workspace *w, const char *docid, const char *recipient, gboolean goes)
{
  g_autoptr (IwSituation) situation = evidence_situation (w);
  g_autofree char *reason = iw_evidence_gate (situation, docid, recipient, NULL);

  g_test_message ("%s: %s", recipient, reason);
  g_assert_cmpint (reason == NULL, ==, goes);
}

static void
test_gate (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autofree char *marking = NULL;
  g_autofree char *approval = NULL;
  g_autofree char *again = NULL;
  g_autofree char *unmarked = NULL;

  assert_goes (w, docid, "Contoso", TRUE);
  marking = evidence_mark (w, docid, "customer-data");
  assert_goes (w, docid, "Contoso", FALSE);
  assert_goes (w, docid, NULL, FALSE);
  approval = evidence_approve (w, docid, "Contoso  Legal", "M. Ito");
  assert_goes (w, docid, "contoso legal", TRUE);
  assert_goes (w, docid, NULL, TRUE);
  assert_goes (w, docid, "Fabrikam", FALSE);
  again = evidence_mark (w, docid, "customer-data\nsensitive");
  assert_goes (w, docid, "Contoso Legal", FALSE);
  unmarked = evidence_mark (w, docid, "");
  assert_goes (w, docid, "Fabrikam", TRUE);
}

/* Two approvals, each for its own. */
static void
test_gate_two_recipients (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autofree char *marking = evidence_mark (w, docid, "confidential");
  g_autofree char *first = evidence_approve (w, docid, "Contoso", "M. Ito");
  g_autofree char *second = evidence_approve (w, docid, "Fabrikam", "M. Ito");

  assert_goes (w, docid, "Contoso", TRUE);
  assert_goes (w, docid, "Fabrikam", TRUE);
  assert_goes (w, docid, "Northwind", FALSE);
}

static void
apply_entry (Workspace *w, IwEntry *entry)
{
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (w->store), w->incident, "entry");
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);
  IwChange change = { docid, body };
  g_autoptr (GError) error = NULL;

  iw_store_apply (w->store, "Decide", &change, 1, 1, &error);
  g_assert_no_error (error);
}

/* A marking that claims to be older than the approval was still not known to who approved. */
static void
test_gate_backdated (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autofree char *marking = evidence_mark (w, docid, "confidential");
  g_autofree char *approval = evidence_approve (w, docid, "Contoso", "M. Ito");
  g_autoptr (IwEntry) entry = iw_entry_new (w->incident, IW_ENTRY_MARKING, "");
  const char *const marks[] = { "customer-data", NULL };
  gint64 now = g_get_real_time ();

  assert_goes (w, docid, "Contoso", TRUE);
  iw_entry_set_occurred (entry, (IwTime){ now - IW_USEC_PER_DAY, IW_PRECISION_SECOND });
  iw_entry_set_recorded (entry, (IwTime){ now, IW_PRECISION_MICROSECOND });
  iw_entry_set_field (entry, "subject", docid);
  iw_entry_set_field (entry, "why", "Looked again");
  iw_entry_set_list (entry, "marks", marks);
  apply_entry (w, entry);
  assert_goes (w, docid, "Contoso", FALSE);
}

/* Who is not the incident manager cannot approve, also by a road that no form guards. */
static void
test_gate_manager (Workspace *w, gconstpointer data)
{
  const char *const role[] = { "role", "incident-manager", "to", "M. Ito", NULL };
  g_autofree char *appointed = evidence_decide (w, "role", NULL, role);
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autofree char *marking = evidence_mark (w, docid, "confidential");
  g_autoptr (IwEntry) entry = iw_entry_new (w->incident, IW_ENTRY_APPROVAL, "");
  const char *const items[] = { docid, NULL };
  g_autofree char *real = NULL;
  gint64 now = g_get_real_time ();

  iw_entry_set_occurred (entry, (IwTime){ now, IW_PRECISION_MICROSECOND });
  iw_entry_set_recorded (entry, (IwTime){ now, IW_PRECISION_MICROSECOND });
  iw_entry_set_list (entry, "items", items);
  iw_entry_set_field (entry, "recipient", "Mallory");
  iw_entry_set_field (entry, "purpose", "None");
  iw_entry_set_field (entry, "approved_by", "Mallory");
  apply_entry (w, entry);
  assert_goes (w, docid, "Mallory", FALSE);
  real = evidence_approve (w, docid, "Contoso", "m. ito");
  assert_goes (w, docid, "Contoso", TRUE);
  assert_goes (w, docid, "Mallory", FALSE);
}

/* The same bytes under another document, or added again after the first was removed. */
static void
test_gate_same_content (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "secret");
  g_autofree char *marking = evidence_mark (w, docid, "customer-data");
  IwChange removal = { docid, NULL };
  g_autofree char *again = NULL;
  g_autofree char *approval = NULL;

  g_assert_true (iw_store_apply (w->store, "Remove Evidence", &removal, 1, 1, NULL));
  again = evidence_add_text (w, "b", "secret");
  g_assert_cmpstr (again, !=, docid);
  assert_goes (w, again, "Contoso", FALSE);
  approval = evidence_approve (w, again, "Contoso", "M. Ito");
  assert_goes (w, again, "Contoso", TRUE);
}

static void
test_withheld (Workspace *w, gconstpointer data)
{
  g_autofree char *open = evidence_add_text (w, "open.txt", "open");
  g_autofree char *secret = evidence_add_text (w, "secret.txt", "secret");
  g_autofree char *approved = evidence_add_text (w, "approved.txt", "approved");
  g_autofree char *m1 = evidence_mark (w, secret, "sensitive");
  g_autofree char *m2 = evidence_mark (w, approved, "confidential");
  g_autofree char *approval = evidence_approve (w, approved, "Contoso", "M. Ito");
  g_autofree char *path = out_path (w, "out");
  g_autofree char *text = NULL, *manifest = NULL, *leaked = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  g_auto (GStrv) withheld = NULL, approvals = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEvidenceExportResult) result =
      export_to (w, path, &(Wanted){ .recipient = "Contoso" }, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->n_exported, ==, 2);
  assert_sums (path, 4);
  leaked = read_text (path, "files/secret.txt");
  g_assert_null (leaked);
  text = read_text (path, "WITHHELD.txt");
  g_assert_nonnull (strstr (text, "secret.txt"));
  g_assert_null (strstr (text, "open.txt"));
  manifest = read_text (path, "manifest.json");
  object = read_manifest (manifest);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "withheld")), ==,
                    1);
  releases = evidence_entries (w, IW_ENTRY_RELEASE);
  withheld = iw_entry_get_list (releases->pdata[0], "withheld");
  approvals = iw_entry_get_list (releases->pdata[0], "approvals");
  g_assert_cmpuint (g_strv_length (withheld), ==, 1);
  g_assert_cmpstr (withheld[0], ==, secret);
  g_assert_cmpuint (g_strv_length (approvals), ==, 1);
  g_assert_cmpstr (approvals[0], ==, approval);
}

/* ---- what goes wrong ---- */

static void
assert_failed (Workspace *w, const char *path, GError *error, GQuark domain, int code)
{
  g_assert_error (error, domain, code);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_releases (w), ==, 0);
  assert_no_litter (w);
}

static void
test_nothing (Workspace *w, gconstpointer data)
{
  g_autofree char *path = out_path (w, "out");
  g_autofree char *docid = NULL, *marking = NULL;
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) marked = NULL;
  g_autoptr (GError) nobody = NULL;
  g_autoptr (GError) unknown = NULL;
  const char *const items[] = { "nonsense", NULL };

  g_assert_null (export_to (w, path, &(Wanted){ .recipient = "Contoso" }, &empty));
  assert_failed (w, path, empty, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_NOTHING);
  docid = evidence_add_text (w, "a.txt", "a");
  marking = evidence_mark (w, docid, "sensitive");
  g_assert_null (export_to (w, path, &(Wanted){ .recipient = "Contoso" }, &marked));
  assert_failed (w, path, marked, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_NOTHING);
  g_assert_nonnull (strstr (marked->message, "a.txt"));
  g_assert_null (export_to (w, path, &(Wanted){ .recipient = " " }, &nobody));
  assert_failed (w, path, nobody, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_RECIPIENT);
  g_assert_null (
      export_to (w, path, &(Wanted){ .recipient = "Contoso", .items = items }, &unknown));
  assert_failed (w, path, unknown, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

/* Found while the archive is written: it is begun again without them. */
static void
test_damaged (Workspace *w, gconstpointer zip)
{
  g_autofree char *first = evidence_add_text (w, "first", "first");
  g_autofree char *bad = evidence_add_text (w, "bad", "bad");
  g_autofree char *lost = evidence_add_text (w, "lost", "lost");
  g_autofree char *last = evidence_add_text (w, "last", "last");
  g_autofree char *sha256 = evidence_sha256 (w, lost);
  g_autofree char *blob = iw_blobs_path (w->dir, sha256);
  g_autofree char *path = out_path (w, "out");
  g_autofree char *folder = zip != NULL ? out_path (w, "unpacked") : g_strdup (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEvidenceExportResult) result = NULL;

  evidence_flip (w, bad);
  g_assert_cmpint (g_unlink (blob), ==, 0);
  result = export_to (w, path, &(Wanted){ .recipient = "Contoso", .zip = zip != NULL }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_exported, ==, 2);
  if (zip != NULL)
    unpack (path, folder);
  assert_sums (folder, 4);
  text = read_text (folder, "WITHHELD.txt");
  g_assert_nonnull (strstr (text, "bad: "));
  g_assert_nonnull (strstr (text, "damaged"));
  g_assert_nonnull (strstr (text, "missing"));
  assert_no_litter (w);
}

static void
test_all_damaged (Workspace *w, gconstpointer data)
{
  g_autofree char *bad = evidence_add_text (w, "bad", "bad");
  g_autofree char *path = out_path (w, "out.zip");
  g_autoptr (GError) error = NULL;

  evidence_flip (w, bad);
  g_assert_null (export_to (w, path, &(Wanted){ .recipient = "Contoso", .zip = TRUE }, &error));
  assert_failed (w, path, error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_NOTHING);
}

typedef struct
{
  Workspace *w;
  char *docid;
  GCancellable *cancellable;
} During;

static void
mark_meanwhile (gint64 done, gint64 total, gpointer data)
{
  During *during = data;

  if (during->docid != NULL)
    g_free (evidence_mark (during->w, during->docid, "sensitive"));
  during->docid = NULL;
}

static void
test_marked_meanwhile (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autofree char *path = out_path (w, "out");
  During during = { w, docid, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (export_to (
      w, path, &(Wanted){ .recipient = "Contoso", .progress = mark_meanwhile, .data = &during },
      &error));
  g_assert_null (during.docid);
  assert_failed (w, path, error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_CHANGED);
}

static void
cancel_meanwhile (gint64 done, gint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autofree char *path = out_path (w, "out.zip");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (export_to (w, path,
                            &(Wanted){ .recipient = "Contoso",
                                       .zip = TRUE,
                                       .progress = cancel_meanwhile,
                                       .data = cancellable,
                                       .cancellable = cancellable },
                            &error));
  assert_failed (w, path, error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is there stays, but for an archive that was said to be replaced. */
static void
test_taken (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autofree char *path = fixture_file (w->dir, "out.zip", "precious", -1);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (IwEvidenceExportResult) result = NULL;
  Wanted wanted = { .recipient = "Contoso", .zip = TRUE };

  g_assert_null (export_to (w, path, &wanted, &error));
  g_assert_error (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_PLACE);
  wanted.replace = TRUE;
  g_assert_null (export_to (w, w->dir, &wanted, &folder));
  g_assert_error (folder, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_PLACE);
  g_assert_cmpuint (count_releases (w), ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
  result = export_to (w, path, &wanted, NULL);
  g_assert_nonnull (result);
  g_assert_cmpuint (count_releases (w), ==, 1);
}

/* Something comes into its place after the release is on record: that is withdrawn. */
static void
take_place (gint64 done, gint64 total, gpointer path)
{
  g_assert_true (g_file_set_contents (path, "first", -1, NULL));
}

static void
test_place_taken_meanwhile (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = evidence_add_text (w, "a", "a");
  g_autofree char *path = out_path (w, "out.zip");
  g_autoptr (GPtrArray) withdrawals = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  int index;

  g_assert_null (export_to (
      w, path,
      &(Wanted){ .recipient = "Contoso", .zip = TRUE, .progress = take_place, .data = path },
      &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "first");
  releases = evidence_entries (w, IW_ENTRY_RELEASE);
  withdrawals = evidence_entries (w, IW_ENTRY_WITHDRAWAL);
  g_assert_cmpuint (releases->len, ==, 1);
  g_assert_cmpuint (withdrawals->len, ==, 1);
  situation = evidence_situation (w);
  index = iw_decisions_index_of (iw_situation_get_decisions (situation),
                                 iw_entry_get_id (releases->pdata[0]));
  g_assert_nonnull (iw_decisions_get_problem (iw_situation_get_decisions (situation), index));
  assert_no_litter (w);
}

/* ---- machine timelines ---- */

#define TIMELINE                                                                                   \
  "datetime,timestamp_desc,message\n"                                                              \
  "2026-11-02T03:04:11Z,Event,first login\n"                                                       \
  "2026-11-02T03:05:11Z,Event,second login\n"

static char *
import_timeline (Workspace *w)
{
  g_autoptr (IwTimelineImport) import = workspace_probe_text (w, "sign-in.csv", TIMELINE);

  iw_timeline_import_set_target (import, IW_IMPORT_AS_EVIDENCE);
  workspace_dry_run (w, import, w->incident);
  return workspace_commit (w, import, w->incident);
}

static char *
export_timeline (Workspace *w, IwExportFormat format, IwTimelineExportCounts *counts)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  iw_timeline_export_counted (w->store, w->incident, NULL, format, NULL, output, counts, NULL, NULL,
                              NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (output, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* What a person wrote of an event is an entry, and goes. */
static void
promote (Workspace *w, const char *docid)
{
  g_autoptr (IwEntry) entry = iw_entry_new (w->incident, IW_ENTRY_OBSERVATION, "quoted login");

  iw_entry_set_occurred (entry, (IwTime){ G_USEC_PER_SEC, IW_PRECISION_SECOND });
  iw_entry_add_link (entry, docid, 1);
  apply_entry (w, entry);
}

static void
test_timeline (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = import_timeline (w);
  g_auto (IwTimelineExportCounts) before = { 0 };
  g_auto (IwTimelineExportCounts) marked = { 0 };
  g_auto (IwTimelineExportCounts) words = { 0 };
  g_auto (IwTimelineExportCounts) after = { 0 };
  g_autofree char *all = export_timeline (w, IW_EXPORT_TIMESKETCH_CSV, &before);
  g_autofree char *some = NULL, *markdown = NULL, *again = NULL;
  g_autofree char *marking = NULL, *approval = NULL;

  g_assert_nonnull (strstr (all, "second login"));
  g_assert_null (before.withheld);
  promote (w, docid);
  marking = evidence_mark (w, docid, "customer-data");
  some = export_timeline (w, IW_EXPORT_TIMESKETCH_CSV, &marked);
  g_assert_null (strstr (some, "first login"));
  g_assert_null (strstr (some, "second login"));
  g_assert_nonnull (strstr (some, "quoted login"));
  g_assert_cmpint (marked.n_withheld, ==, 2);
  g_assert_nonnull (strstr (marked.withheld, "sign-in.csv"));
  markdown = export_timeline (w, IW_EXPORT_MARKDOWN, &words);
  g_assert_nonnull (strstr (markdown, marked.withheld));
  g_assert_null (strstr (markdown, "second login"));
  approval = evidence_approve (w, docid, "Contoso", "M. Ito");
  again = export_timeline (w, IW_EXPORT_TIMESKETCH_CSV, &after);
  g_assert_nonnull (strstr (again, "second login"));
  g_assert_cmpint (after.n_withheld, ==, 0);
}

static void
test_name (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *zip = iw_evidence_export_name ("A/B: \"C\"", TRUE, 0, utc);
  g_autofree char *folder = iw_evidence_export_name ("A", FALSE, 0, utc);

  g_assert_cmpstr (zip, ==, "A_B_ _C_ evidence 1970-01-01.zip");
  g_assert_cmpstr (folder, ==, "A evidence 1970-01-01");
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/evidence-export/" path, Workspace, data, workspace_set_up, func,                   \
              workspace_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("folder", NULL, test_folder);
  ADD ("zip", NULL, test_zip);
  ADD ("gate", NULL, test_gate);
  ADD ("gate-two-recipients", NULL, test_gate_two_recipients);
  ADD ("gate-backdated", NULL, test_gate_backdated);
  ADD ("gate-manager", NULL, test_gate_manager);
  ADD ("gate-same-content", NULL, test_gate_same_content);
  ADD ("withheld", NULL, test_withheld);
  ADD ("nothing", NULL, test_nothing);
  ADD ("damaged-folder", NULL, test_damaged);
  ADD ("damaged-zip", "zip", test_damaged);
  ADD ("all-damaged", NULL, test_all_damaged);
  ADD ("marked-meanwhile", NULL, test_marked_meanwhile);
  ADD ("cancel", NULL, test_cancel);
  ADD ("taken", NULL, test_taken);
  ADD ("place-taken-meanwhile", NULL, test_place_taken_meanwhile);
  ADD ("timeline", NULL, test_timeline);
  g_test_add_func ("/evidence-export/name", test_name);
  return g_test_run ();
}
