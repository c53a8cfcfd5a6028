#include "iw-experts.h"

#include "iw-form-private.h"
#include "iw-response-private.h"

/* Found by name in one step: who floods an incident with experts must not hold up who reads it. */
struct _IwExperts
{
  GQueue *order;     /* (element-type IwEntry) */
  GHashTable *links; /* (utf8 GList) name as it is compared -> its link of @order */
};

IwExperts *
iw_experts_new (void)
{
  IwExperts *self = g_new0 (IwExperts, 1);

  self->order = g_queue_new ();
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
iw_experts_free (IwExperts *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->links);
  g_queue_free_full (self->order, g_object_unref);
  g_free (self);
}

gboolean
iw_experts_is_about_one (IwEntry *entry)
{
  return g_str_equal (iw_response_field (entry, "role"), IW_ROLE_EXPERT) &&
         g_str_equal (iw_response_field (entry, "holders"), "several");
}

static void
relieve_all (IwExperts *self)
{
  g_hash_table_remove_all (self->links);
  g_queue_clear_full (self->order, g_object_unref);
}

/* Returns who stood behind; NULL where nobody did, or @name is no expert. */
static GList *
relieve (IwExperts *self, const char *name)
{
  g_autofree char *key = iw_form_fold_name (name);
  GList *link = g_hash_table_lookup (self->links, key);
  GList *behind = link != NULL ? link->next : NULL;

  if (link == NULL)
    return NULL;
  g_hash_table_remove (self->links, key);
  g_object_unref (link->data);
  g_queue_delete_link (self->order, link);
  return behind;
}

/* @behind: who comes after; NULL: nobody. */
static void
add (IwExperts *self, IwEntry *entry, GList *behind)
{
  g_autofree char *key = iw_form_fold_name (iw_response_field (entry, "to"));
  GList *link;

  if (g_hash_table_contains (self->links, key))
    return;
  g_queue_insert_before (self->order, behind, g_object_ref (entry));
  link = behind != NULL ? behind->prev : self->order->tail;
  g_hash_table_insert (self->links, g_steal_pointer (&key), link);
}

void
iw_experts_apply (IwExperts *self, IwEntry *entry)
{
  const char *gone = iw_response_field (entry, "instead_of");
  GList *behind = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (IW_IS_ENTRY (entry));

  if (!iw_experts_is_about_one (entry))
    relieve_all (self);
  else if (*gone != '\0')
    behind = relieve (self, gone);
  if (*iw_response_field (entry, "to") != '\0')
    add (self, entry, behind);
}

GPtrArray *
iw_experts_end (IwExperts *self)
{
  GPtrArray *entries;

  g_return_val_if_fail (self != NULL, NULL);

  entries = g_ptr_array_new_with_free_func (g_object_unref);
  for (GList *link = self->order->head; link != NULL; link = link->next)
    g_ptr_array_add (entries, g_object_ref (link->data));
  return entries;
}
