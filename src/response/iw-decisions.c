#include "iw-decisions-private.h"

#include "iw-form-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _IwDecisions
{
  gatomicrefcount refs;
  GArray *items;          /* (element-type IwDecision), in order */
  GHashTable *by_id;      /* (utf8 index) the first of each id */
  GHashTable *by_subject; /* (utf8 GArray of guint) in order */
};

static void
clear_decision (IwDecision *decision)
{
  g_clear_object (&decision->entry);
  g_clear_pointer (&decision->problem, g_free);
}

/* ---- order ---- */

gint64
iw_decision_time (IwEntry *entry)
{
  const char *created;
  IwTime time;

  g_return_val_if_fail (IW_IS_ENTRY (entry), 0);

  if (iw_entry_get_sort_precision (entry) != IW_PRECISION_UNKNOWN)
    return iw_entry_get_sort_time (entry);
  created = iw_entry_get_field (entry, "created_at");
  return created != NULL && iw_time_parse_rfc3339 (created, NULL, &time) ? time.us : 0;
}

static IwDecision
read_decision (IwEntry *entry)
{
  IwTime recorded = iw_entry_get_recorded (entry);
  const char *id = iw_entry_get_id (entry);
  const char *subject = iw_entry_get_field (entry, "subject");

  return (IwDecision){
    .entry = g_object_ref (entry),
    .id = id != NULL ? id : "",
    .subject = subject != NULL ? subject : "",
    .kind = iw_entry_get_kind (entry),
    .time = iw_decision_time (entry),
    .recorded = iw_time_is_set (recorded) ? recorded.us : 0,
    .withdrawal = -1,
  };
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* What they say comes last, so that even entries without ids have one order. */
static int
compare_decisions (gconstpointer a, gconstpointer b)
{
  const IwDecision *left = a, *right = b;
  g_autofree char *left_text = NULL;
  g_autofree char *right_text = NULL;
  int order = compare_numbers (left->time, right->time);

  if (order == 0)
    order = compare_numbers (left->recorded, right->recorded);
  if (order == 0)
    order = strcmp (left->id, right->id);
  if (order != 0 || left->entry == right->entry)
    return order;
  left_text = iw_decision_canonical_text (left->entry);
  right_text = iw_decision_canonical_text (right->entry);
  return strcmp (left_text, right_text);
}

/* ---- making ---- */

static GArray *
sorted_decisions (GPtrArray *entries)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (IwDecision));

  g_array_set_clear_func (items, (GDestroyNotify)clear_decision);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (entries, i);
      IwDecision decision;

      if (!iw_entry_kind_is_decision (iw_entry_get_kind (entry)))
        continue;
      decision = read_decision (entry);
      g_array_append_val (items, decision);
    }
  g_array_sort (items, compare_decisions);
  return items;
}

static gboolean
says_the_same (const IwDecision *a, const IwDecision *b)
{
  g_autofree char *left = iw_decision_canonical_text (a->entry);
  g_autofree char *right = iw_decision_canonical_text (b->entry);

  return strcmp (left, right) == 0;
}

/* Gives each id to the first decision that has it, and leaves out what was given twice. */
static void
index_ids (IwDecisions *self)
{
  g_autoptr (GArray) all = g_steal_pointer (&self->items);

  self->items = g_array_sized_new (FALSE, FALSE, sizeof (IwDecision), all->len);
  g_array_set_clear_func (self->items, (GDestroyNotify)clear_decision);
  for (guint i = 0; i < all->len; i++)
    {
      IwDecision *decision = &g_array_index (all, IwDecision, i);
      int known = iw_decisions_index_of (self, decision->id);
      IwDecision kept = *decision;

      if (known >= 0 && says_the_same (&g_array_index (self->items, IwDecision, known), decision))
        continue;
      if (known >= 0)
        kept.problem = g_strdup (_ ("Another decision has the same id."));
      else if (*kept.id != '\0')
        g_hash_table_insert (self->by_id, (char *)kept.id, GUINT_TO_POINTER (self->items->len));
      memset (decision, 0, sizeof *decision);
      g_array_append_val (self->items, kept);
    }
}

static void
check (IwDecision *decision)
{
  g_autoptr (GPtrArray) problems = NULL;

  if (decision->problem != NULL)
    return;
  problems = iw_problems_new ();
  if (!iw_decision_check (decision->entry, problems))
    decision->problem = iw_problems_to_text (problems);
}

static void
index_subjects (IwDecisions *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const IwDecision *decision = &g_array_index (self->items, IwDecision, i);
      GArray *indices;

      if (*decision->subject == '\0')
        continue;
      indices = g_hash_table_lookup (self->by_subject, decision->subject);
      if (indices == NULL)
        {
          indices = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (self->by_subject, (char *)decision->subject, indices);
        }
      g_array_append_val (indices, i);
    }
}

IwDecisions *
iw_decisions_new (GPtrArray *entries)
{
  IwDecisions *self = g_new0 (IwDecisions, 1);

  g_atomic_ref_count_init (&self->refs);
  self->items = sorted_decisions (entries);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_subject =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
  index_ids (self);
  for (guint i = 0; i < self->items->len; i++)
    check (&g_array_index (self->items, IwDecision, i));
  iw_decisions_settle_withdrawals (self->items, self->by_id);
  index_subjects (self);
  return self;
}

IwDecisions *
iw_decisions_ref (IwDecisions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
iw_decisions_unref (IwDecisions *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->by_subject);
  g_hash_table_unref (self->by_id);
  g_array_unref (self->items);
  g_free (self);
}

/* ---- reading ---- */

static const IwDecision *
get (IwDecisions *self, guint index)
{
  return &g_array_index (self->items, IwDecision, index);
}

guint
iw_decisions_get_n (IwDecisions *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

IwEntry *
iw_decisions_get (IwDecisions *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->items->len, NULL);

  return get (self, index)->entry;
}

gint64
iw_decisions_get_time (IwDecisions *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->items->len, 0);

  return get (self, index)->time;
}

const char *
iw_decisions_get_problem (IwDecisions *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->items->len, NULL);

  return get (self, index)->problem;
}

IwEntry *
iw_decisions_get_withdrawal (IwDecisions *self, guint index)
{
  int withdrawal;

  g_return_val_if_fail (self != NULL && index < self->items->len, NULL);

  withdrawal = get (self, index)->withdrawal;
  return withdrawal >= 0 ? get (self, withdrawal)->entry : NULL;
}

int
iw_decisions_index_of (IwDecisions *self, const char *docid)
{
  gpointer index;

  g_return_val_if_fail (self != NULL, -1);

  if (docid == NULL || !g_hash_table_lookup_extended (self->by_id, docid, NULL, &index))
    return -1;
  return GPOINTER_TO_UINT (index);
}

IwEntry *
iw_decisions_find (IwDecisions *self, const char *docid)
{
  int index = iw_decisions_index_of (self, docid);

  return index >= 0 ? get (self, index)->entry : NULL;
}

static gboolean
counts (const IwDecision *decision, IwEntryKind kind)
{
  return decision->problem == NULL && (kind == IW_ENTRY_UNKNOWN || decision->kind == kind);
}

/* The place in @indices, which ascend, of the first that is not below @index. */
static guint
find_place (GArray *indices, guint index)
{
  guint low = 0, high = indices->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (indices, guint, middle) < index)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static IwEntry *
next_about (IwDecisions *self, guint *index, IwEntryKind kind, const char *subject)
{
  GArray *indices = g_hash_table_lookup (self->by_subject, subject);

  for (guint i = indices != NULL ? find_place (indices, *index) : 0;
       indices != NULL && i < indices->len; i++)
    {
      const IwDecision *decision = get (self, g_array_index (indices, guint, i));

      if (!counts (decision, kind))
        continue;
      *index = g_array_index (indices, guint, i) + 1;
      return decision->entry;
    }
  *index = self->items->len;
  return NULL;
}

IwEntry *
iw_decisions_next (IwDecisions *self, guint *index, IwEntryKind kind, const char *subject)
{
  g_return_val_if_fail (self != NULL && index != NULL, NULL);

  if (subject != NULL)
    return next_about (self, index, kind, subject);
  while (*index < self->items->len)
    {
      const IwDecision *decision = get (self, (*index)++);

      if (counts (decision, kind))
        return decision->entry;
    }
  return NULL;
}

IwEntry *
iw_decisions_last (IwDecisions *self, IwEntryKind kind, const char *subject)
{
  GArray *indices;

  g_return_val_if_fail (self != NULL, NULL);

  indices = subject != NULL ? g_hash_table_lookup (self->by_subject, subject) : NULL;
  if (subject != NULL && indices == NULL)
    return NULL;
  for (guint i = indices != NULL ? indices->len : self->items->len; i > 0; i--)
    {
      const IwDecision *decision =
          get (self, indices != NULL ? g_array_index (indices, guint, i - 1) : i - 1);

      if (counts (decision, kind))
        return decision->entry;
    }
  return NULL;
}
