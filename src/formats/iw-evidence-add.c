/* iw-evidence-add.c: files become evidence: copies first, then one action with all documents */
#include "iw-evidence-add.h"

#include "iw-entry.h"
#include "iw-evidence-names.h"
#include "iw-evidence-stage.h"
#include "iw-evidence.h"
#include "iw-queries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
iw_evidence_added_free (IwEvidenceAdded *added)
{
  if (added == NULL)
    return;
  g_free (added->name);
  g_free (added->docid);
  g_free (added->message);
  g_free (added);
}

typedef struct
{
  IwStore *store;
  const char *incident;
  const IwEvidenceDetails *details;
  gint64 now;
  GPtrArray *results; /* IwEvidenceAdded */
  GPtrArray *copies;  /* IwEvidenceStaged of each result; NULL where it was refused */
  GPtrArray *bodies;  /* JsonObject */
  GArray *changes;    /* IwChange; ids live in @ids */
  GPtrArray *ids;
  guint n_added;

  IwProgressFunc progress;
  gpointer data;
  gint64 done, total; /* bytes of the files before this one, and of all */
} Adding;

static void
free_copy (gpointer copy)
{
  iw_evidence_staged_free (copy);
}

static void
adding_clear (Adding *adding)
{
  g_clear_pointer (&adding->results, g_ptr_array_unref);
  g_clear_pointer (&adding->copies, g_ptr_array_unref);
  g_clear_pointer (&adding->bodies, g_ptr_array_unref);
  g_clear_pointer (&adding->ids, g_ptr_array_unref);
  g_clear_pointer (&adding->changes, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adding, adding_clear)

static void
adding_init (Adding *adding)
{
  adding->results = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_evidence_added_free);
  adding->copies = g_ptr_array_new_with_free_func (free_copy);
  adding->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  adding->ids = g_ptr_array_new_with_free_func (g_free);
  adding->changes = g_array_new (FALSE, FALSE, sizeof (IwChange));
  adding->now = iw_context_now (iw_store_get_context (adding->store));
}

/* ---- the copies ---- */

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  Adding *adding = data;

  if (adding->progress != NULL)
    adding->progress (adding->done + done, MAX (adding->total, adding->done + done), adding->data);
}

/* What one file can be blamed for does not keep the others out. */
static gboolean
is_of_the_file (const GError *error)
{
  return error->domain == IW_EVIDENCE_ERROR ||
         (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED &&
          error->code != G_IO_ERROR_NO_SPACE);
}

static gboolean
stage_file (Adding *adding, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  IwEvidenceAdded *added = g_new0 (IwEvidenceAdded, 1);
  IwEvidenceStaged *copy = iw_evidence_stage (iw_store_get_dir (adding->store), file, on_progress,
                                              adding, cancellable, &local);

  g_ptr_array_add (adding->results, added);
  g_ptr_array_add (adding->copies, copy);
  added->name = iw_evidence_file_name (file);
  if (copy != NULL)
    {
      added->length = copy->length;
      g_strlcpy (added->sha256, copy->sha256, sizeof added->sha256);
      adding->done += copy->length;
      return TRUE;
    }
  if (!is_of_the_file (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  added->outcome = IW_EVIDENCE_REFUSED;
  added->message = g_strdup (local->message);
  return TRUE;
}

static gboolean
stage_all (Adding *adding, GPtrArray *files, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      gint64 size = 0;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (iw_evidence_file_size (files->pdata[i], &size, cancellable, NULL))
        adding->total += size;
    }
  for (guint i = 0; i < files->len; i++)
    if (!stage_file (adding, files->pdata[i], cancellable, error))
      return FALSE;
  /* From here on it is only put into place. */
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* ---- content that is there already ---- */

/* The evidence of the incident with the same content, not a copy of this one call. */
static IwEvidence *
find_known (GPtrArray *evidence, const char *sha256)
{
  for (guint i = 0; i < evidence->len; i++)
    if (strcmp (iw_evidence_get_sha256 (evidence->pdata[i]), sha256) == 0)
      return evidence->pdata[i];
  return NULL;
}

static gboolean
mark_known (Adding *adding, guint index, IwEvidence *known, GError **error)
{
  const char *dir = iw_store_get_dir (adding->store);
  IwEvidenceAdded *added = adding->results->pdata[index];
  IwEvidenceStaged *copy = adding->copies->pdata[index];
  gboolean intact = iw_blobs_verify (dir, copy->sha256, NULL, NULL);

  if (!intact && !iw_blobs_commit (dir, copy->file->path, copy->sha256, error))
    return FALSE;
  added->outcome = IW_EVIDENCE_KNOWN;
  added->docid = g_strdup (iw_evidence_get_id (known));
  added->message = g_strdup_printf (
      intact ? _ ("The incident has this very file already, as “%s”.")
             : _ ("The incident has this very file already, as “%s”. Its stored copy was damaged "
                  "or missing, and has been put back."),
      iw_evidence_get_name (known));
  return TRUE;
}

/* The same content twice among the files of this call. */
static gboolean
mark_twin (Adding *adding, guint index)
{
  IwEvidenceAdded *added = adding->results->pdata[index];

  for (guint i = 0; i < index; i++)
    {
      IwEvidenceAdded *other = adding->results->pdata[i];

      if (other->outcome != IW_EVIDENCE_ADDED || strcmp (other->sha256, added->sha256) != 0)
        continue;
      added->outcome = IW_EVIDENCE_KNOWN;
      added->docid = g_strdup (other->docid);
      added->message =
          g_strdup_printf (_ ("“%s” is the same file; it was added once."), other->name);
      return TRUE;
    }
  return FALSE;
}

/* ---- the documents ---- */

/* Takes @body. */
static const char *
add_change (Adding *adding, const char *kind, JsonObject *body)
{
  char *docid = iw_id_new_document (iw_store_get_context (adding->store), adding->incident, kind);
  IwChange change = { docid, body };

  g_ptr_array_add (adding->ids, docid);
  g_ptr_array_add (adding->bodies, body);
  g_array_append_val (adding->changes, change);
  return docid;
}

static const char *
origin_of (Adding *adding, IwEvidenceStaged *copy)
{
  const char *origin = adding->details != NULL ? adding->details->origin : NULL;

  return origin != NULL && *origin != '\0' ? origin : copy->origin;
}

static JsonObject *
make_document (Adding *adding, IwEvidenceStaged *copy, IwTime collected)
{
  g_autoptr (IwEvidence) evidence =
      iw_evidence_new (adding->incident, copy->name, copy->sha256, copy->length);

  iw_evidence_set_media_type (evidence, copy->media_type);
  iw_evidence_set_origin (evidence, origin_of (adding, copy));
  iw_evidence_set_collected_at (evidence, collected);
  if (adding->details != NULL)
    iw_evidence_set_collected_by (evidence, adding->details->collected_by);
  return iw_evidence_to_json (evidence);
}

/* The first link of the chain. It keeps the hash as well, so that the record stays whole should the
 * document ever be removed. */
static JsonObject *
make_custody (Adding *adding, IwEvidenceStaged *copy, IwTime collected, const char *docid)
{
  g_autofree char *name = iw_evidence_name_visible (copy->name);
  /* Translators: %s is the name of a file. */
  g_autofree char *text = g_strdup_printf (_ ("Evidence “%s” collected"), name);
  g_autoptr (IwEntry) entry = iw_entry_new (adding->incident, IW_ENTRY_CUSTODY, text);

  iw_entry_set_occurred (entry, collected);
  iw_entry_set_recorded (entry, (IwTime){ adding->now, IW_PRECISION_MICROSECOND });
  if (adding->details != NULL)
    iw_entry_set_actor (entry, adding->details->collected_by);
  iw_entry_set_field (entry, "subject", docid);
  iw_entry_set_field (entry, "to", "collected");
  iw_entry_set_field (entry, "place", origin_of (adding, copy));
  iw_entry_set_field (entry, "sha256", copy->sha256);
  iw_entry_add_link (entry, docid, 0);
  return iw_entry_to_json (entry);
}

static gboolean
add_file (Adding *adding, guint index, GError **error)
{
  IwEvidenceAdded *added = adding->results->pdata[index];
  IwEvidenceStaged *copy = adding->copies->pdata[index];
  IwTime collected = { adding->now, IW_PRECISION_SECOND };

  if (!iw_blobs_commit (iw_store_get_dir (adding->store), copy->file->path, copy->sha256, error))
    return FALSE;
  if (adding->details != NULL && iw_time_is_set (adding->details->collected_at))
    collected = adding->details->collected_at;
  added->docid =
      g_strdup (add_change (adding, "evidence", make_document (adding, copy, collected)));
  add_change (adding, "entry", make_custody (adding, copy, collected, added->docid));
  adding->n_added++;
  return TRUE;
}

static gboolean
add_all (Adding *adding, GError **error)
{
  g_autoptr (GPtrArray) evidence = iw_query_evidence (adding->store, adding->incident, error);

  if (evidence == NULL)
    return FALSE;
  for (guint i = 0; i < adding->results->len; i++)
    {
      IwEvidenceAdded *added = adding->results->pdata[i];
      IwEvidence *known;

      if (added->outcome == IW_EVIDENCE_REFUSED || mark_twin (adding, i))
        continue;
      known = find_known (evidence, added->sha256);
      if (known != NULL ? !mark_known (adding, i, known, error) : !add_file (adding, i, error))
        return FALSE;
    }
  return adding->n_added == 0 ||
         iw_store_apply (adding->store,
                         adding->n_added == 1 ? N_ ("Add Evidence") : N_ ("Add %u Evidence Files"),
                         (const IwChange *)(gpointer)adding->changes->data, adding->changes->len,
                         adding->n_added, error);
}

static gboolean
check_call (Adding *adding, GPtrArray *files, GError **error)
{
  /* There may be no document of it: an incident is what its entries say. */
  g_autoptr (IwIncidentRow) row = iw_query_incident (adding->store, adding->incident, error);

  if (row == NULL)
    return FALSE;
  if (files->len <= IW_EVIDENCE_MAX_FILES)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               ngettext ("At most %d file can be added at once.",
                         "At most %d files can be added at once.", IW_EVIDENCE_MAX_FILES),
               IW_EVIDENCE_MAX_FILES);
  return FALSE;
}

GPtrArray *
iw_evidence_add (IwStore *store,
                 const char *incident,
                 GPtrArray *files,
                 const IwEvidenceDetails *details,
                 IwProgressFunc progress,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (Adding) adding = {
    .store = store, .incident = incident, .details = details, .progress = progress, .data = data
  };

  g_return_val_if_fail (iw_id_is_uuid (incident), NULL);

  adding_init (&adding);
  if (!check_call (&adding, files, error) || !stage_all (&adding, files, cancellable, error) ||
      !add_all (&adding, error))
    return NULL;
  return g_steal_pointer (&adding.results);
}
