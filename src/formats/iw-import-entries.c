/* iw-import-entries.c: the rows of a file become entries */
#include "iw-entry-parser.h"
#include "iw-queries.h"
#include "iw-timeline-import-private.h"

#include <glib/gi18n-lib.h>

#define NO_INCIDENT "00000000-0000-7000-8000-000000000000" /* until the incident is made */

/* ---- equal entries ---- */

/* Entries by what they say first of all; within a bucket they are compared in full. */
static char *
bucket_of (IwEntry *entry)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", iw_entry_get_occurred (entry).us,
                          iw_entry_get_text (entry));
}

static GHashTable *
known_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
}

/* Adds @entry; FALSE where an equal one is there. */
static gboolean
known_add (GHashTable *known, IwEntry *entry)
{
  char *bucket = bucket_of (entry);
  GPtrArray *equals = g_hash_table_lookup (known, bucket);
  gboolean new = TRUE;

  if (equals == NULL)
    {
      equals = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (known, bucket, equals);
    }
  else
    g_free (bucket);
  for (guint i = 0; i < equals->len && new; i++)
    new = !iw_entry_equal_content (g_ptr_array_index (equals, i), entry);
  if (new)
    g_ptr_array_add (equals, g_object_ref (entry));
  return new;
}

static gboolean
known_load (GHashTable *known, IwStore *store, const char *incident, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (incident == NULL)
    return TRUE;
  entries = iw_query_entries (store, incident, error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    known_add (known, g_ptr_array_index (entries, i));
  return TRUE;
}

/* ---- the dry run ---- */

/* Whether it counts for the incident. A decision of a kind that only a newer version knows does
 * not. */
static gboolean
is_decision (IwEntry *entry)
{
  IwEntryKind kind = iw_entry_get_kind (entry);

  return kind != IW_ENTRY_UNKNOWN && iw_entry_kind_is_decision (kind);
}

static void
count (IwTimelineImport *self, GHashTable *known, IwEntry *entry)
{
  IwImportCounts *counts = &self->counts;
  gint64 time = iw_entry_get_sort_time (entry);

  if (!known_add (known, entry))
    {
      counts->duplicates++;
      if (!self->keep_duplicates)
        return;
    }
  counts->first = counts->good == 0 ? time : MIN (counts->first, time);
  counts->last = counts->good == 0 ? time : MAX (counts->last, time);
  counts->good++;
  counts->decisions += is_decision (entry);
  g_ptr_array_add (self->entries, g_object_ref (entry));
}

static gboolean
take_record (IwTimelineImport *self,
             IwEntryParser *parser,
             GHashTable *known,
             const IwRecord *record,
             GError **error)
{
  IwReject reject = { 0 };
  gboolean naive = FALSE, ok;
  g_autoptr (IwEntry) entry = iw_entry_parser_parse (parser, record, &reject, &naive);

  self->counts.rows++;
  if (entry != NULL)
    {
      count (self, known, entry);
      return TRUE;
    }
  self->counts.rejected++;
  self->naive += naive;
  ok = iw_event_writer_reject (self->writer, &reject, error);
  iw_reject_clear_texts (&reject);
  return ok;
}

gboolean
iw_timeline_import_run_entries (IwTimelineImport *self,
                                const char *incident,
                                const IwPassControl *control,
                                GError **error)
{
  const char *path = iw_timeline_import_text_path (self);
  g_autoptr (IwRecordReader) reader = iw_record_reader_open (path, self->mapping, error);
  g_autoptr (IwEntryParser) parser = NULL;
  g_autoptr (GHashTable) known = known_new ();
  g_autoptr (GError) local = NULL;
  const IwRecord *record;

  if (reader == NULL || !known_load (known, self->store, incident, error))
    return FALSE;
  self->naive = 0;
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  parser = iw_entry_parser_new (self->mapping, reader, incident != NULL ? incident : NO_INCIDENT,
                                iw_context_now (iw_store_get_context (self->store)));
  while (iw_record_reader_next (reader, &record, &local))
    {
      if (!iw_pass_step (control, self->counts.rows, iw_record_reader_get_position (reader),
                         iw_record_reader_get_size (reader), error) ||
          !take_record (self, parser, known, record, error))
        return FALSE;
      if (self->counts.rows > IW_IMPORT_MAX_ENTRIES)
        {
          g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_TOO_MANY,
                       _ ("The file has more than %d rows, too many for entries. Import it as a "
                          "machine timeline."),
                       IW_IMPORT_MAX_ENTRIES);
          return FALSE;
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- the commit ---- */

gboolean
iw_timeline_import_commit_entries (IwTimelineImport *self,
                                   const char *incident,
                                   const IwPassControl *control,
                                   GError **error)
{
  guint n = self->entries->len;
  g_autofree IwChange *changes = g_new0 (IwChange, n);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  gboolean ok;

  for (guint i = 0; i < n; i++)
    {
      char *id = iw_id_new_document (iw_store_get_context (self->store), incident, "entry");
      JsonObject *body = iw_entry_to_json (g_ptr_array_index (self->entries, i));

      json_object_set_string_member (body, "incident", incident);
      g_ptr_array_add (ids, id);
      g_ptr_array_add (bodies, body);
      changes[i] = (IwChange){ id, body };
    }
  ok = iw_store_apply_full (self->store, n == 1 ? N_ ("Import Entry") : N_ ("Import %u Entries"),
                            changes, n, n, control->func, control->data, control->cancellable,
                            error);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  return ok;
}
