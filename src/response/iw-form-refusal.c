/* What a server will not take, said before it is written. */
#include "iw-form-private.h"

#include "iw-model-json.h"

/* As the store will stamp it (iw_store_apply()). (transfer full) */
static JsonObject *
with_stamps (JsonObject *body, JsonObject *before, const char *author, const char *now)
{
  JsonObject *copy = iw_model_json_copy (body);

  if (before == NULL)
    {
      json_object_set_string_member (copy, "created_at", now);
      json_object_set_string_member (copy, "created_by", author);
    }
  json_object_set_string_member (copy, "modified_at", now);
  json_object_set_string_member (copy, "modified_by", author);
  json_object_remove_member (copy, "merged");
  return copy;
}

char *
iw_form_get_refusal (IwForm *self,
                     const IwContext *context,
                     const char *author,
                     const IwAccount *account)
{
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree char *now = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (author != NULL, NULL);

  now = iw_time_to_rfc3339 ((IwTime){ iw_context_now (context), IW_PRECISION_MICROSECOND });
  documents = iw_form_write (self, context, NULL);
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      IwDocument *document = documents->pdata[i];
      gboolean edited = self->document != NULL && g_str_equal (iw_document_get_id (document),
                                                               iw_document_get_id (self->document));
      JsonObject *before = edited ? iw_document_get_body (self->document) : NULL;
      g_autoptr (JsonObject) after =
          with_stamps (iw_document_get_body (document), before, author, now);
      g_autofree char *reason =
          iw_write_rules_check (iw_document_get_id (document), before, after, FALSE, account);

      if (reason != NULL)
        return iw_write_rules_translate (reason);
    }
  return NULL;
}
