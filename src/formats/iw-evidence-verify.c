#include "iw-evidence-verify.h"

#include "iw-entry.h"
#include "iw-evidence-names.h"
#include "iw-queries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (256 * 1024)

static const struct
{
  const char *nick;
  const char *label;
} conditions[] = {
  [IW_EVIDENCE_INTACT] = { "intact", NC_ ("evidence", "Intact") },
  [IW_EVIDENCE_DAMAGED] = { "damaged", NC_ ("evidence", "Damaged") },
  [IW_EVIDENCE_MISSING] = { "missing", NC_ ("evidence", "Missing") },
  [IW_EVIDENCE_UNREADABLE] = { "unreadable", NC_ ("evidence", "Unreadable") },
};

void
iw_evidence_check_free (IwEvidenceCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->docid);
  g_free (check->name);
  g_free (check->message);
  g_free (check);
}

const char *
iw_evidence_condition_label (IwEvidenceCondition condition)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "evidence", conditions[condition].label);
}

const char *
iw_evidence_condition_to_string (IwEvidenceCondition condition)
{
  return conditions[condition].nick;
}

/* ---- reading ---- */

typedef struct
{
  IwProgressFunc func;
  gpointer data;
  gint64 done, total;
} Progress;

/* Reads on where the file is longer than it should be: its hash is another then anyway. */
static gboolean
hash_stream (GInputStream *input,
             GChecksum *checksum,
             Progress *progress,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize n;

  while ((n = g_input_stream_read (input, piece, PIECE, cancellable, error)) > 0)
    {
      g_checksum_update (checksum, piece, n);
      progress->done += n;
      if (progress->func != NULL)
        progress->func (MIN (progress->done, progress->total), progress->total, progress->data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return n == 0;
}

static void
find (IwEvidenceCheck *check, IwEvidenceCondition condition, const char *message)
{
  check->condition = condition;
  check->message = g_strdup (message);
}

static void
look_at_error (IwEvidenceCheck *check, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    find (check, IW_EVIDENCE_MISSING,
          _ ("Its stored copy is missing. Add an intact copy of the file, which puts it back."));
  else
    find (check, IW_EVIDENCE_UNREADABLE, error->message);
}

/* FALSE only when cancelled. */
static gboolean
check_file (const char *dir,
            IwEvidence *evidence,
            IwEvidenceCheck *check,
            Progress *progress,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *path = iw_blobs_path (dir, iw_evidence_get_sha256 (evidence));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, &local);

  if (input == NULL ||
      !hash_stream (G_INPUT_STREAM (input), checksum, progress, cancellable, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      look_at_error (check, local);
    }
  else if (strcmp (g_checksum_get_string (checksum), iw_evidence_get_sha256 (evidence)) != 0)
    find (
        check, IW_EVIDENCE_DAMAGED,
        _ ("Its content no longer has the SHA-256 sum that was recorded. Add an intact copy of the "
           "file, which puts it back."));
  return TRUE;
}

static gboolean
is_wanted (IwEvidence *evidence, const char *const *items)
{
  return items == NULL || g_strv_contains (items, iw_evidence_get_id (evidence));
}

GPtrArray *
iw_evidence_verify (IwStore *store,
                    const char *incident,
                    const char *const *items,
                    IwProgressFunc progress,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) evidence = iw_query_evidence (store, incident, error);
  g_autoptr (GPtrArray) checks =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_evidence_check_free);
  Progress report = { progress, data, 0, 0 };

  if (evidence == NULL)
    return NULL;
  for (guint i = 0; i < evidence->len; i++)
    if (is_wanted (evidence->pdata[i], items))
      report.total += iw_evidence_get_length (evidence->pdata[i]);
  for (guint i = 0; i < evidence->len; i++)
    {
      IwEvidenceCheck *check;

      if (!is_wanted (evidence->pdata[i], items))
        continue;
      check = g_new0 (IwEvidenceCheck, 1);
      g_ptr_array_add (checks, check);
      check->docid = g_strdup (iw_evidence_get_id (evidence->pdata[i]));
      check->name = g_strdup (iw_evidence_get_name (evidence->pdata[i]));
      if (!check_file (iw_store_get_dir (store), evidence->pdata[i], check, &report, cancellable,
                       error))
        return NULL;
    }
  return g_steal_pointer (&checks);
}

/* ---- the record ---- */

static gboolean
write_entry (IwStore *store,
             const char *incident,
             IwEntry *entry,
             const char *author,
             GError **error)
{
  const IwContext *context = iw_store_get_context (store);
  g_autofree char *docid = iw_id_new_document (context, incident, "entry");
  g_autoptr (JsonObject) body = NULL;
  gint64 now = iw_context_now (context);
  IwChange change = { docid, NULL };

  iw_entry_set_occurred (entry, (IwTime){ now, IW_PRECISION_SECOND });
  iw_entry_set_recorded (entry, (IwTime){ now, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (entry, author);
  body = iw_entry_to_json (entry);
  change.body = body;
  return iw_store_apply (store, N_ ("Verify Evidence"), &change, 1, 1, error);
}

/* As code, so that nothing in a name is read as Markdown. */
static char *
quote_name (const char *name)
{
  g_autofree char *visible = iw_evidence_name_visible (name);

  g_strdelimit (visible, "`", '\'');
  return g_strdup_printf ("`%s`", visible);
}

gboolean
iw_evidence_verify_record_one (IwStore *store,
                               const char *incident,
                               IwEvidenceCheck *check,
                               const char *author,
                               GError **error)
{
  g_autoptr (IwEntry) entry = NULL;
  g_autofree char *name = quote_name (check->name);
  g_autofree char *text = NULL;

  if (check->condition == IW_EVIDENCE_INTACT)
    {
      /* Translators: %s is the name of a file. */
      text = g_strdup_printf (_ ("Evidence %s verified: it is intact"), name);
      entry = iw_entry_new (incident, IW_ENTRY_CUSTODY, text);
      iw_entry_set_field (entry, "subject", check->docid);
      iw_entry_set_field (entry, "to", "verified");
    }
  else
    {
      /* Translators: the name of a file, then a sentence that says what is wrong with it. */
      text = g_strdup_printf (_ ("Evidence %s does not verify. %s"), name, check->message);
      entry = iw_entry_new (incident, IW_ENTRY_NOTE, text);
    }
  iw_entry_add_link (entry, check->docid, 0);
  return write_entry (store, incident, entry, author, error);
}

static void
append_count (GString *words, GPtrArray *checks, IwEvidenceCondition condition)
{
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    n += ((IwEvidenceCheck *)checks->pdata[i])->condition == condition;
  if (n == 0)
    return;
  if (words->len > 0)
    /* Translators: between counts: "1 damaged, 2 missing". */
    g_string_append (words, C_ ("between counts", ", "));
  switch (condition)
    {
    case IW_EVIDENCE_DAMAGED:
      g_string_append_printf (words, ngettext ("%u damaged", "%u damaged", n), n);
      break;
    case IW_EVIDENCE_MISSING:
      g_string_append_printf (words, ngettext ("%u missing", "%u missing", n), n);
      break;
    case IW_EVIDENCE_UNREADABLE:
    case IW_EVIDENCE_INTACT:
    default:
      g_string_append_printf (words, ngettext ("%u unreadable", "%u unreadable", n), n);
      break;
    }
}

char *
iw_evidence_verify_words (GPtrArray *checks)
{
  g_autoptr (GString) bad = g_string_new (NULL);

  append_count (bad, checks, IW_EVIDENCE_DAMAGED);
  append_count (bad, checks, IW_EVIDENCE_MISSING);
  append_count (bad, checks, IW_EVIDENCE_UNREADABLE);
  if (bad->len == 0)
    return g_strdup_printf (ngettext ("%u file verified: it is intact.",
                                      "%u files verified: all are intact.", checks->len),
                            checks->len);
  /* Translators: %2$s: "1 damaged, 2 missing". */
  return g_strdup_printf (
      ngettext ("%1$u file verified: %2$s.", "%1$u files verified: %2$s.", checks->len),
      checks->len, bad->str);
}

gboolean
iw_evidence_verify_record_all (IwStore *store,
                               const char *incident,
                               GPtrArray *checks,
                               const char *author,
                               GError **error)
{
  g_autofree char *words = iw_evidence_verify_words (checks);
  g_autoptr (GString) text = g_string_new (words);
  g_autoptr (IwEntry) entry = NULL;

  if (checks->len == 0)
    return TRUE;
  entry = iw_entry_new (incident, IW_ENTRY_NOTE, "");
  for (guint i = 0; i < checks->len; i++)
    {
      IwEvidenceCheck *check = checks->pdata[i];
      g_autofree char *name = quote_name (check->name);

      if (check->condition == IW_EVIDENCE_INTACT)
        continue;
      /* Translators: in a list: the name of a file, then "Damaged" or "Missing". */
      g_string_append_printf (text, "\n- ");
      g_string_append_printf (text, C_ ("condition", "%s: %s"), name,
                              iw_evidence_condition_label (check->condition));
      iw_entry_add_link (entry, check->docid, 0);
    }
  iw_entry_set_text (entry, text->str);
  return write_entry (store, incident, entry, author, error);
}
