/* iw-evidence-export.c: evidence leaves the workspace: choose, copy, record, put into place */
#include "iw-evidence-export.h"

#include "iw-evidence-export-private.h"
#include "iw-evidence-gate.h"
#include "iw-evidence-names.h"
#include "iw-incident.h"
#include "iw-queries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (256 * 1024)
#define REASONS_SAID 5

static void
file_free (gpointer data)
{
  IwEvidenceExportFile *file = data;

  g_clear_object (&file->evidence);
  g_clear_pointer (&file->approvals, g_ptr_array_unref);
  g_free (file->file);
  g_free (file->reason);
  g_free (file);
}

static void
item_free (gpointer data)
{
  IwEvidenceExportItem *item = data;

  g_free (item->docid);
  g_free (item->name);
  g_free (item->file);
  g_free (item->reason);
  g_free (item->sha256);
  g_free (item);
}

void
iw_evidence_export_result_free (IwEvidenceExportResult *result)
{
  if (result == NULL)
    return;
  g_clear_pointer (&result->items, g_ptr_array_unref);
  g_free (result->release);
  g_free (result);
}

static void
exporting_clear (IwEvidenceExporting *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->situation, iw_situation_unref);
  g_clear_pointer (&self->package, iw_evidence_package_free);
  g_clear_pointer (&self->release, g_free);
}
typedef IwEvidenceExporting Exporting;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exporting, exporting_clear)

/* ---- what is chosen, and what of it may go ---- */

static void
add_file (Exporting *self, IwEvidence *evidence)
{
  IwEvidenceExportFile *file = g_new0 (IwEvidenceExportFile, 1);

  file->evidence = g_object_ref (evidence);
  file->approvals = g_ptr_array_new ();
  g_ptr_array_add (self->files, file);
}

static IwEvidence *
find_evidence (GPtrArray *evidence, const char *docid)
{
  for (guint i = 0; i < evidence->len; i++)
    if (g_strcmp0 (iw_evidence_get_id (evidence->pdata[i]), docid) == 0)
      return evidence->pdata[i];
  return NULL;
}

static gboolean
choose (Exporting *self, GError **error)
{
  const char *const *items = self->options->items;
  g_autoptr (GPtrArray) evidence = iw_query_evidence (self->store, self->incident, error);

  if (evidence == NULL)
    return FALSE;
  for (guint i = 0; items != NULL && items[i] != NULL; i++)
    if (find_evidence (evidence, items[i]) == NULL)
      {
        g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
                     _ ("There is no evidence “%s” in this incident."), items[i]);
        return FALSE;
      }
  for (guint i = 0; i < evidence->len; i++)
    if (items == NULL || g_strv_contains (items, iw_evidence_get_id (evidence->pdata[i])))
      add_file (self, evidence->pdata[i]);
  return TRUE;
}

static void
ask_gate (Exporting *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];

      file->reason = iw_evidence_gate (self->situation, iw_evidence_get_id (file->evidence),
                                       self->options->recipient, file->approvals);
    }
}

static void
name_files (Exporting *self)
{
  g_autoptr (IwEvidenceNames) names = iw_evidence_names_new ();

  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];
      g_autofree char *name = NULL;

      if (file->reason != NULL)
        continue;
      name = iw_evidence_names_add (names, iw_evidence_get_name (file->evidence));
      file->file = g_strconcat ("files/", name, NULL);
    }
}

static guint
count_exported (Exporting *self)
{
  guint n = 0;

  for (guint i = 0; i < self->files->len; i++)
    n += ((IwEvidenceExportFile *)self->files->pdata[i])->reason == NULL;
  return n;
}

/* An error that says of a few files why they stay. */
static gboolean
check_some (Exporting *self, GError **error)
{
  g_autoptr (GString) text = NULL;

  if (count_exported (self) > 0)
    return TRUE;
  text = g_string_new (self->files->len > 0 ? _ ("None of the chosen files can be exported.")
                                            : _ ("The incident has no evidence to export."));
  for (guint i = 0; i < MIN (self->files->len, REASONS_SAID); i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];
      g_autofree char *name = iw_evidence_name_visible (iw_evidence_get_name (file->evidence));

      g_string_append_c (text, ' ');
      /* Translators: the name of a file, then a sentence that says why it was left out. */
      g_string_append_printf (text, _ ("“%s”: %s"), name, file->reason);
    }
  g_set_error_literal (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_NOTHING, text->str);
  return FALSE;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && text[strspn (text, " \t\r\n")] != '\0';
}

static gboolean
check_call (Exporting *self, GError **error)
{
  if (has_text (self->options->recipient))
    return TRUE;
  g_set_error_literal (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_RECIPIENT,
                       _ ("Say who the evidence is for: that is recorded with it."));
  return FALSE;
}

char **
iw_evidence_exporting_ids (IwEvidenceExporting *self, gboolean withheld)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];

      if ((file->reason != NULL) == withheld)
        g_strv_builder_add (ids, iw_evidence_get_id (file->evidence));
    }
  return g_strv_builder_end (ids);
}

char **
iw_evidence_exporting_approvals (IwEvidenceExporting *self)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];

      for (guint k = 0; file->reason == NULL && k < file->approvals->len; k++)
        if (!g_ptr_array_find (seen, file->approvals->pdata[k], NULL))
          {
            g_ptr_array_add (seen, file->approvals->pdata[k]);
            g_strv_builder_add (ids, iw_entry_get_id (file->approvals->pdata[k]));
          }
    }
  return g_strv_builder_end (ids);
}

/* ---- copying ---- */

typedef enum
{
  COPIED,
  DAMAGED, /* the file cannot go; the package must be begun again */
  FAILED,
} Copied;

static gint64
time_of (Exporting *self, IwEvidence *evidence)
{
  IwTime collected = iw_evidence_get_collected_at (evidence);

  return iw_time_is_set (collected) ? collected.us : self->now;
}

/* Writes no more than the document says that there is: a file that is longer is another one. */
static gboolean
copy_bytes (Exporting *self,
            IwEvidence *evidence,
            GInputStream *input,
            GChecksum *checksum,
            gint64 *length,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize n;

  while ((n = g_input_stream_read (input, piece, PIECE, cancellable, error)) > 0)
    {
      *length += n;
      if (*length > iw_evidence_get_length (evidence))
        return TRUE;
      g_checksum_update (checksum, piece, n);
      if (!iw_evidence_package_write (self->package, piece, n, error))
        return FALSE;
      if (self->progress != NULL)
        self->progress (self->done + *length, self->total, self->data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return n == 0;
}

static Copied
withhold (IwEvidenceExportFile *file, const char *reason)
{
  g_set_str (&file->reason, reason);
  g_ptr_array_set_size (file->approvals, 0);
  g_clear_pointer (&file->file, g_free);
  return DAMAGED;
}

static Copied
copy_file (Exporting *self, IwEvidenceExportFile *file, GCancellable *cancellable, GError **error)
{
  IwEvidence *evidence = file->evidence;
  g_autofree char *path =
      iw_blobs_path (iw_store_get_dir (self->store), iw_evidence_get_sha256 (evidence));
  g_autoptr (GFile) blob = g_file_new_for_path (path);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) input = g_file_read (blob, cancellable, &local);
  gint64 length = 0;

  if (input == NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return withhold (file, _ ("Its stored copy is missing."));
  if (input == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FAILED;
    }
  if (!iw_evidence_package_begin (self->package, file->file, iw_evidence_get_length (evidence),
                                  time_of (self, evidence), error) ||
      !copy_bytes (self, evidence, G_INPUT_STREAM (input), checksum, &length, cancellable, error))
    return FAILED;
  if (length != iw_evidence_get_length (evidence) ||
      strcmp (g_checksum_get_string (checksum), iw_evidence_get_sha256 (evidence)) != 0)
    return withhold (file, _ ("Its stored copy is damaged: it no longer has its SHA-256 sum."));
  if (!iw_evidence_package_end (self->package, error))
    return FAILED;
  self->done += length;
  return COPIED;
}

/* A damaged file is only known when half of it is in the package. */
static gboolean
copy_files (Exporting *self, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];

      if (file->reason != NULL)
        continue;
      switch (copy_file (self, file, cancellable, error))
        {
        case COPIED:
          break;
        case DAMAGED:
          self->done = 0;
          if (!check_some (self, error) || !iw_evidence_package_restart (self->package, error))
            return FALSE;
          return copy_files (self, cancellable, error);
        case FAILED:
        default:
          return FALSE;
        }
    }
  return TRUE;
}

static void
add_total (Exporting *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];

      if (file->reason == NULL)
        self->total += iw_evidence_get_length (file->evidence);
    }
}

/* ---- what goes with them ---- */

static void
add_sum (GString *sums, const char *sha256, const char *file)
{
  g_string_append_printf (sums, "%s  %s\n", sha256, file);
}

static gboolean
add_text (Exporting *self, GString *sums, const char *name, const char *text, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  add_sum (sums, sha256, name);
  return iw_evidence_package_add (self->package, name, text, self->now, error);
}

static gboolean
add_papers (Exporting *self, GError **error)
{
  g_autoptr (GString) sums = g_string_new (NULL);
  g_autofree char *manifest = iw_evidence_manifest (self);
  g_autofree char *withheld = iw_evidence_withheld_text (self);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, manifest, -1);

  g_strlcpy (self->manifest_sha256, sha256, sizeof self->manifest_sha256);
  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];

      if (file->reason == NULL)
        add_sum (sums, iw_evidence_get_sha256 (file->evidence), file->file);
    }
  return add_text (self, sums, "manifest.json", manifest, error) &&
         (withheld == NULL || add_text (self, sums, "WITHHELD.txt", withheld, error)) &&
         iw_evidence_package_add (self->package, "SHA256SUMS", sums->str, self->now, error);
}

/* ---- the record ---- */

/* Somebody may have marked a file, or withdrawn an approval, while gigabytes were copied. */
static gboolean
ask_gate_again (Exporting *self, GError **error)
{
  g_autoptr (IwSituation) situation = iw_query_situation (self->store, self->incident, 0, error);

  if (situation == NULL)
    return FALSE;
  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];
      g_autofree char *reason = NULL;

      if (file->reason != NULL)
        continue;
      reason = iw_evidence_gate (situation, iw_evidence_get_id (file->evidence),
                                 self->options->recipient, NULL);
      if (reason == NULL)
        continue;
      g_set_error (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_CHANGED,
                   _ ("What may be done with “%s” changed while the files were copied, so nothing "
                      "was exported. %s"),
                   iw_evidence_get_name (file->evidence), reason);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_entry (Exporting *self, const char *label, const char *docid, IwEntry *entry, GError **error)
{
  IwTime now = { self->now, IW_PRECISION_SECOND };
  g_autoptr (JsonObject) body = NULL;
  IwChange change = { docid, NULL };

  iw_entry_set_occurred (entry, now);
  iw_entry_set_recorded (entry, (IwTime){ self->now, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (entry, self->options->author);
  body = iw_entry_to_json (entry);
  change.body = body;
  return iw_store_apply (self->store, label, &change, 1, 1, error);
}

/* "2 files released to Contoso, 1 withheld" */
static char *
describe (Exporting *self, guint n, guint n_withheld)
{
  g_autofree char *released = g_strdup_printf (
      /* Translators: a number of files, and who gets them. */
      ngettext ("%1$u file released to %2$s", "%1$u files released to %2$s", n), n,
      self->options->recipient);

  if (n_withheld == 0)
    return g_steal_pointer (&released);
  /* Translators: what was released, and how many files were not. */
  return g_strdup_printf (ngettext ("%1$s, %2$u withheld", "%1$s, %2$u withheld", n_withheld),
                          released, n_withheld);
}

static gboolean
record (Exporting *self, GError **error)
{
  g_auto (GStrv) items = iw_evidence_exporting_ids (self, FALSE);
  g_auto (GStrv) withheld = iw_evidence_exporting_ids (self, TRUE);
  g_autofree char *text = describe (self, g_strv_length (items), g_strv_length (withheld));
  g_autoptr (IwEntry) entry = iw_entry_new (self->incident, IW_ENTRY_RELEASE, text);
  g_auto (GStrv) approvals = iw_evidence_exporting_approvals (self);
  g_autofree char *name = g_path_get_basename (self->options->path);
  g_autofree char *shown = g_filename_display_name (name);

  iw_entry_set_list (entry, "items", (const char *const *)items);
  iw_entry_set_list (entry, "withheld", (const char *const *)withheld);
  iw_entry_set_list (entry, "approvals", (const char *const *)approvals);
  iw_entry_set_field (entry, "recipient", self->options->recipient);
  iw_entry_set_field (entry, "why", self->options->purpose);
  iw_entry_set_field (entry, "package", shown);
  iw_entry_set_field (entry, "manifest", self->manifest_sha256);
  for (char **item = items; *item != NULL; item++)
    iw_entry_add_link (entry, *item, 0);
  return write_entry (self, N_ ("Export Evidence"), self->release, entry, error);
}

/* It was recorded and did not happen: both stay on the record. */
static void
take_back (Exporting *self)
{
  g_autoptr (IwEntry) entry =
      iw_decision_new (self->incident, "withdrawal", "subject", self->release, "of",
                       iw_entry_kind_to_string (IW_ENTRY_RELEASE), "why",
                       _ ("The export could not be put into its place"), NULL);
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (self->store), self->incident, "entry");
  g_autoptr (GError) error = NULL;

  self->now = iw_context_now (iw_store_get_context (self->store));
  if (!write_entry (self, N_ ("Export Evidence"), docid, entry, &error))
    g_warning ("The release of an export that failed could not be withdrawn: %s", error->message);
}

/* ---- the run ---- */

static gboolean
prepare (Exporting *self, GError **error)
{
  const IwContext *context = iw_store_get_context (self->store);

  self->now = iw_context_now (context);
  self->files = g_ptr_array_new_with_free_func (file_free);
  if (!check_call (self, error))
    return FALSE;
  self->situation = iw_query_situation (self->store, self->incident, 0, error);
  if (self->situation == NULL || !choose (self, error))
    return FALSE;
  ask_gate (self);
  if (!check_some (self, error))
    return FALSE;
  name_files (self);
  add_total (self);
  self->release = iw_id_new_document (context, self->incident, "entry");
  self->package = iw_evidence_package_new (self->options->path, self->options->zip,
                                           self->options->replace, error);
  return self->package != NULL;
}

static IwEvidenceExportResult *
make_result (Exporting *self)
{
  IwEvidenceExportResult *result = g_new0 (IwEvidenceExportResult, 1);

  result->items = g_ptr_array_new_with_free_func (item_free);
  result->n_exported = count_exported (self);
  result->release = g_strdup (self->release);
  g_strlcpy (result->manifest_sha256, self->manifest_sha256, sizeof result->manifest_sha256);
  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];
      IwEvidenceExportItem *item = g_new0 (IwEvidenceExportItem, 1);

      item->docid = g_strdup (iw_evidence_get_id (file->evidence));
      item->name = g_strdup (iw_evidence_get_name (file->evidence));
      item->file = g_strdup (file->file);
      item->reason = g_strdup (file->reason);
      item->length = iw_evidence_get_length (file->evidence);
      item->sha256 = g_strdup (iw_evidence_get_sha256 (file->evidence));
      g_ptr_array_add (result->items, item);
    }
  return result;
}

IwEvidenceExportResult *
iw_evidence_export (IwStore *store,
                    const char *incident,
                    const IwEvidenceExport *export,
                    IwProgressFunc progress,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_auto (Exporting) self = {
    .store = store, .incident = incident, .options = export, .progress = progress, .data = data
  };

  if (!prepare (&self, error) || !copy_files (&self, cancellable, error) ||
      !add_papers (&self, error) || !iw_evidence_package_close (self.package, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) || !ask_gate_again (&self, error) ||
      !record (&self, error))
    return NULL;
  if (!iw_evidence_package_place (self.package, error))
    {
      take_back (&self);
      return NULL;
    }
  return make_result (&self);
}

char *
iw_evidence_export_name (const char *title, gboolean zip, gint64 now, GTimeZone *zone)
{
  g_autoptr (IwEvidenceNames) names = iw_evidence_names_new ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) then = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (then, "%Y-%m-%d");
  /* Translators: the name of a folder or an archive: the incident's title, then a date. */
  g_autofree char *stem = g_strdup_printf (_ ("%s evidence %s"), title, day);
  g_autofree char *name = iw_evidence_names_add (names, stem);

  return g_strconcat (name, zip ? ".zip" : NULL, NULL);
}
