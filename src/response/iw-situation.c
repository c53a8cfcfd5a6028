#include "iw-situation-private.h"

#include "iw-experts.h"
#include "iw-response-private.h"
#include "iw-zone.h"

/* ---- making ---- */

static GPtrArray *
keep_entries (GPtrArray *entries)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    g_ptr_array_add (kept, g_object_ref (entries->pdata[i]));
  return kept;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (iw_document_get_id (*(IwDocument *const *)a),
                    iw_document_get_id (*(IwDocument *const *)b));
}

static void
keep_documents (IwSituation *self, GPtrArray *documents)
{
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      IwDocument *document = documents->pdata[i];

      g_ptr_array_add (self->documents, iw_document_ref (document));
      g_hash_table_insert (self->by_id, (char *)iw_document_get_id (document), document);
    }
}

static void
index_entries (IwSituation *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      IwEntry *entry = self->entries->pdata[i];
      const char *id = iw_entry_get_id (entry);

      if (id != NULL)
        g_hash_table_insert (self->entry_ids, (char *)id, entry);
    }
}

static IwDocument *
incident_document (IwSituation *self)
{
  for (guint i = 0; i < self->documents->len; i++)
    if (g_str_equal (iw_document_get_type_name (self->documents->pdata[i]), "incident"))
      return self->documents->pdata[i];
  return NULL;
}

static GTimeZone *
read_zone (IwSituation *self)
{
  IwDocument *document = incident_document (self);
  const char *name = document != NULL ? iw_document_get_text (document, "zone") : "";
  GTimeZone *zone = *name != '\0' ? iw_zone_lookup (name) : NULL;

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/* A matrix that cannot be read is as good as none. */
static IwMatrix *
read_matrix (IwSituation *self)
{
  IwDocument *document = g_hash_table_lookup (self->by_id, IW_MATRIX_DOCID);
  IwMatrix *matrix =
      document != NULL ? iw_matrix_new_from_json (iw_document_get_body (document), NULL) : NULL;

  return matrix != NULL ? matrix : iw_matrix_new_default ();
}

static IwNoticeState *
new_draft (IwDocument *document)
{
  IwNoticeState *state = g_new0 (IwNoticeState, 1);

  state->notice = g_strdup (iw_document_get_id (document));
  state->audience = IW_AUDIENCE_INTERNAL;
  iw_audience_from_string (iw_document_get_text (document, "audience"), &state->audience);
  state->status = IW_NOTICE_DRAFT;
  state->digest = g_strdup ("");
  state->by = g_strdup ("");
  return state;
}

static void
index_notices (IwSituation *self)
{
  for (guint i = 0; i < self->notices->len; i++)
    {
      IwNoticeState *state = self->notices->pdata[i];

      g_hash_table_insert (self->all_notices, state->notice, state);
    }
  for (guint i = 0; i < self->documents->len; i++)
    {
      IwDocument *document = self->documents->pdata[i];
      IwNoticeState *draft;

      if (!g_str_equal (iw_document_get_type_name (document), "notice") ||
          g_hash_table_contains (self->all_notices, iw_document_get_id (document)))
        continue;
      draft = new_draft (document);
      g_ptr_array_add (self->drafts, draft);
      g_hash_table_insert (self->all_notices, draft->notice, draft);
    }
}

IwSituation *
iw_situation_new (const char *incident,
                  GPtrArray *entries,
                  GPtrArray *documents,
                  GPtrArray *directory,
                  gint64 now)
{
  IwSituation *self = g_new0 (IwSituation, 1);

  g_atomic_ref_count_init (&self->refs);
  self->incident = g_strdup (incident != NULL ? incident : "");
  self->now = now;
  self->entries = keep_entries (entries);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->entry_ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->all_notices = g_hash_table_new (g_str_hash, g_str_equal);
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_notice_state_free);
  keep_documents (self, documents);
  keep_documents (self, directory);
  g_ptr_array_sort (self->documents, compare_ids); /* one order, however they arrived */
  index_entries (self);
  self->zone = read_zone (self);
  self->matrix = read_matrix (self);
  self->decisions = iw_decisions_new (self->entries);
  self->state = iw_incident_fold (self->decisions);
  self->notices = iw_notices_fold (self->decisions);
  self->escalations = iw_escalations_fold (self->decisions);
  self->clocks = iw_clocks_fold (self->decisions, self->notices);
  self->scope = iw_scope_fold (self->documents, self->decisions);
  index_notices (self);
  iw_situation_fold_evidence (self);
  self->refused = g_new0 (char *, 1);
  return self;
}

void
iw_situation_set_refused (IwSituation *self, const char *const *docids)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->refused);
  self->refused = g_strdupv ((char **)docids);
}

const char *const *
iw_situation_get_refused (IwSituation *self)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (self != NULL, none);

  return (const char *const *)self->refused;
}

IwSituation *
iw_situation_ref (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
iw_situation_unref (IwSituation *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->handling);
  g_hash_table_unref (self->approvals);
  g_hash_table_unref (self->all_notices);
  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->scope);
  g_ptr_array_unref (self->clocks);
  g_ptr_array_unref (self->escalations);
  g_ptr_array_unref (self->notices);
  iw_incident_state_free (self->state);
  iw_decisions_unref (self->decisions);
  iw_matrix_unref (self->matrix);
  g_time_zone_unref (self->zone);
  g_strfreev (self->refused);
  g_hash_table_unref (self->entry_ids);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->entries);
  g_free (self->incident);
  g_free (self);
}

/* ---- reading ---- */

const char *
iw_situation_get_incident (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->incident;
}

const char *
iw_situation_get_title (IwSituation *self)
{
  IwDocument *document;

  g_return_val_if_fail (self != NULL, "");

  document = incident_document (self);
  return document != NULL ? iw_document_get_text (document, "title") : "";
}

GTimeZone *
iw_situation_get_zone (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->zone;
}

gint64
iw_situation_get_now (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->now;
}

IwDecisions *
iw_situation_get_decisions (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->decisions;
}

const IwIncidentState *
iw_situation_get_state (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->state;
}

GPtrArray *
iw_situation_get_entries (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->entries;
}

GPtrArray *
iw_situation_get_clocks (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->clocks;
}

GPtrArray *
iw_situation_get_escalations (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->escalations;
}

GPtrArray *
iw_situation_get_notices (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->notices;
}

const IwNoticeState *
iw_situation_get_notice (IwSituation *self, const char *docid)
{
  g_return_val_if_fail (self != NULL && docid != NULL, NULL);

  return g_hash_table_lookup (self->all_notices, docid);
}

GPtrArray *
iw_situation_get_scope (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->scope;
}

IwMatrix *
iw_situation_get_matrix (IwSituation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->matrix;
}

const char *
iw_situation_get_role (IwSituation *self, const char *role)
{
  IwEntry *entry;

  g_return_val_if_fail (self != NULL && role != NULL, "");

  entry = g_hash_table_lookup (self->state->roles, role);
  return entry != NULL ? iw_response_field (entry, "to") : "";
}

GPtrArray *
iw_situation_get_holders (IwSituation *self, const char *role)
{
  GPtrArray *holders = g_ptr_array_new ();
  IwEntry *entry;

  g_return_val_if_fail (self != NULL && role != NULL, holders);

  if (g_str_equal (role, IW_ROLE_EXPERT))
    g_ptr_array_extend (holders, self->state->experts, NULL, NULL);
  else if ((entry = g_hash_table_lookup (self->state->roles, role)) != NULL)
    g_ptr_array_add (holders, entry);
  return holders;
}

GPtrArray *
iw_situation_get_documents (IwSituation *self, const char *type)
{
  GPtrArray *found = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL && type != NULL, found);

  for (guint i = 0; i < self->documents->len; i++)
    if (g_str_equal (iw_document_get_type_name (self->documents->pdata[i]), type))
      g_ptr_array_add (found, self->documents->pdata[i]);
  return found;
}

IwDocument *
iw_situation_find (IwSituation *self, const char *docid)
{
  g_return_val_if_fail (self != NULL, NULL);

  return docid != NULL ? g_hash_table_lookup (self->by_id, docid) : NULL;
}
