/* The text of a notice and what others make of it meanwhile: merged where that can be, else beside
 * theirs. */
#include "config.h"

#include "iw-notice-page-private.h"

#include "iw-merge.h"
#include "iw-model-json.h"

static gboolean
says_the_same (JsonObject *a, JsonObject *b)
{
  return g_str_equal (iw_model_json_get_text (a, "subject"),
                      iw_model_json_get_text (b, "subject")) &&
         g_str_equal (iw_model_json_get_text (a, "body"), iw_model_json_get_text (b, "body"));
}

static void
set_base (IwNoticePage *self, const char *rev, JsonObject *body)
{
  JsonObject *base = json_object_ref (body);

  g_clear_pointer (&self->base, json_object_unref);
  self->base = base;
  g_set_str (&self->rev, rev);
}

/* What others wrote comes into what is typed, where both can be one. Else it goes on from what it
 * went on from, beside theirs, and that is said. */
static void
take_theirs (IwNoticePage *self, const char *rev, JsonObject *body)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) both = iw_merge_objects (self->base, self->notice, body, open);

  if (open->len > 0)
    {
      adw_banner_set_revealed (self->conflict_banner, !says_the_same (self->notice, body));
      return;
    }
  g_clear_pointer (&self->notice, json_object_unref);
  self->notice = g_steal_pointer (&both);
  set_base (self, rev, body);
  iw_notice_page_show_fields (self, FALSE);
  adw_banner_set_revealed (self->conflict_banner, FALSE);
}

/* Whether what was written here lies beside what is shown, for a review. */
static gboolean
is_branch (IwNoticePage *self)
{
  IwStore *store = iw_workspace_get_store (iw_notice_page_get_workspace (self));
  g_auto (GStrv) leaves = iw_store_get_leaves (store, self->docid, FALSE, NULL);

  return leaves != NULL && g_strv_contains ((const char *const *)leaves, self->rev);
}

/* The document as the store shows it now. */
static void
take_stored (IwNoticePage *self, const char *rev, JsonObject *body)
{
  g_set_str (&self->seen, rev);
  g_free (self->stored);
  self->stored = iw_notice_page_to_text (body);
  if (g_str_equal (rev, self->rev))
    adw_banner_set_revealed (self->conflict_banner, FALSE);
  else if (is_branch (self))
    adw_banner_set_revealed (self->conflict_banner, TRUE);
  else if (self->dirty)
    take_theirs (self, rev, body);
  else
    {
      g_clear_pointer (&self->notice, json_object_unref);
      self->notice = iw_model_json_copy (body);
      set_base (self, rev, body);
      iw_notice_page_show_fields (self, FALSE);
      adw_banner_set_revealed (self->conflict_banner, FALSE);
    }
}

void
iw_notice_page_look_again (IwNoticePage *self)
{
  IwStore *store = iw_workspace_get_store (iw_notice_page_get_workspace (self));
  g_autofree char *rev = NULL;
  g_autoptr (JsonObject) body = iw_store_get (store, self->docid, &rev, NULL);

  if (body != NULL)
    take_stored (self, rev, body);
}

/* A draft goes on from the revision that it was typed on; only what is typed comes from it. */
static void
take_draft (IwNoticePage *self, const char *rev, JsonObject *typed)
{
  IwStore *store = iw_workspace_get_store (iw_notice_page_get_workspace (self));
  g_autoptr (JsonObject) theirs = g_steal_pointer (&self->notice);
  g_autoptr (JsonObject) base = iw_store_get_rev (store, self->docid, rev, NULL, NULL);

  self->notice = iw_model_json_copy (base != NULL ? base : theirs);
  json_object_set_string_member (self->notice, "subject",
                                 iw_model_json_get_text (typed, "subject"));
  json_object_set_string_member (self->notice, "body", iw_model_json_get_text (typed, "body"));
  if (*rev == '\0' || g_str_equal (rev, self->rev))
    return;
  set_base (self, rev, base != NULL ? base : theirs);
  if (base != NULL)
    take_theirs (self, self->seen, theirs);
  else
    adw_banner_set_revealed (self->conflict_banner, TRUE);
}

/* What the draft says, where there is one that says something else. */
static void
restore_draft (IwNoticePage *self)
{
  g_autofree char *key = iw_notice_page_draft_key (self);
  g_autofree char *text = iw_workspace_get_draft (iw_notice_page_get_workspace (self), key);
  g_autoptr (JsonObject) draft = text != NULL ? iw_notice_page_from_text (text) : NULL;
  g_autoptr (JsonObject) typed = NULL;

  if (draft == NULL || !iw_notice_page_is_editable (self))
    return;
  typed = iw_notice_page_from_text (iw_model_json_get_text (draft, "notice"));
  if (typed == NULL)
    return;
  take_draft (self, iw_model_json_get_text (draft, "rev"), typed);
  iw_notice_page_touch (self, FALSE);
}

void
iw_notice_page_adopt (IwNoticePage *self, IwDocument *document)
{
  JsonObject *body = iw_document_get_body (document);
  const char *rev = iw_document_get_rev (document);

  if (self->notice == NULL)
    {
      self->notice = iw_model_json_copy (body);
      set_base (self, rev, body);
      take_stored (self, rev, body);
      iw_notice_page_show_fields (self, TRUE);
      restore_draft (self);
      iw_notice_page_show_fields (self, TRUE);
    }
  else if (!self->saving && g_strcmp0 (self->seen, rev) != 0)
    take_stored (self, rev, body);
  iw_notice_page_say_saved (self);
}

void
iw_notice_page_use_theirs (IwNoticePage *self)
{
  g_autoptr (JsonObject) theirs =
      self->stored != NULL ? iw_notice_page_from_text (self->stored) : NULL;

  if (theirs == NULL)
    return;
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_pointer (&self->notice, json_object_unref);
  self->notice = iw_model_json_copy (theirs);
  set_base (self, self->seen, theirs);
  self->dirty = FALSE;
  iw_notice_page_keep_draft (self);
  iw_notice_page_show_fields (self, FALSE);
  adw_banner_set_revealed (self->conflict_banner, FALSE);
  iw_notice_page_say_saved (self);
  iw_notice_page_update (self);
}
