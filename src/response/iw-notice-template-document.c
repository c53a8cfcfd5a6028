/* Notice documents that are made from a template, and filled in again. */
#include "config.h"

#include "iw-notice-template-facts.h"

#include "iw-model-json.h"

IwAudience
iw_notice_document_audience (JsonObject *notice)
{
  IwAudience audience = IW_AUDIENCE_INTERNAL;

  iw_audience_from_string (iw_model_json_get_text (notice, "audience"), &audience);
  return audience;
}

/* Whether a notice in @language is for a customer: the one that comes nearest to what it reads. */
static gboolean
is_readable (const IwScopeItem *item, const char *language)
{
  return *item->language == '\0' ||
         g_str_equal (iw_notice_language_nearest (item->language), language);
}

/* Customers that are affected, and those alone (process.md N4), in the language that they read
 * (N5). */
static void
set_recipients (JsonObject *notice, IwSituation *situation, const char *language)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GPtrArray *scope = iw_situation_get_scope (situation);
  g_auto (GStrv) docids = NULL;

  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = g_ptr_array_index (scope, i);

      if (iw_scope_item_is_notified (item) && is_readable (item, language))
        g_strv_builder_add (builder, item->docid);
    }
  docids = g_strv_builder_end (builder);
  iw_model_json_set_strings (notice, "recipients", (const char *const *)docids);
}

JsonObject *
iw_notice_document_new (IwSituation *situation,
                        IwAudience audience,
                        const char *language,
                        const char *title)
{
  g_autoptr (IwNoticeTemplate) template = iw_notice_template_load (audience, language);
  g_autoptr (GHashTable) facts =
      iw_notice_facts_new (situation, iw_notice_template_get_language (template));
  g_autofree char *subject = iw_notice_template_subject (template, facts);
  g_autofree char *body = iw_notice_template_body (template, facts);
  JsonObject *notice = json_object_new ();

  json_object_set_string_member (notice, "type", "notice");
  json_object_set_int_member (notice, "v", 1);
  json_object_set_string_member (notice, "incident", iw_situation_get_incident (situation));
  json_object_set_string_member (notice, "title", title);
  json_object_set_string_member (notice, "audience", iw_audience_to_string (audience));
  json_object_set_string_member (notice, "language", iw_notice_template_get_language (template));
  json_object_set_string_member (notice, "template", iw_audience_to_string (audience));
  json_object_set_string_member (notice, "subject", subject);
  json_object_set_string_member (notice, "body", body);
  json_object_set_object_member (notice, "facts", iw_notice_facts_to_json (facts));
  if (audience == IW_AUDIENCE_CUSTOMERS)
    set_recipients (notice, situation, iw_notice_template_get_language (template));
  return notice;
}

/* The template that a notice was made from; NULL where it was made otherwise. */
static IwNoticeTemplate *
template_of (JsonObject *notice)
{
  IwAudience audience;

  if (!iw_audience_from_string (iw_model_json_get_text (notice, "template"), &audience) ||
      !json_object_has_member (notice, "facts"))
    return NULL;
  return iw_notice_template_load (audience, iw_model_json_get_text (notice, "language"));
}

static GHashTable *
facts_of (JsonObject *notice)
{
  JsonNode *node = json_object_get_member (notice, "facts");

  return iw_notice_facts_from_json (
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL);
}

static void
refill_member (JsonObject *notice,
               IwNoticeTemplate *template,
               gboolean body,
               GHashTable *before,
               GHashTable *now,
               guint *n_updated,
               guint *n_edited)
{
  const char *member = body ? "body" : "subject";
  IwNoticeRefill refill;

  iw_notice_template_refill (template, body, iw_model_json_get_text (notice, member), before, now,
                             &refill);
  json_object_set_string_member (notice, member, refill.text);
  *n_updated += refill.n_updated;
  *n_edited += refill.n_edited;
  iw_notice_refill_clear (&refill);
}

JsonObject *
iw_notice_document_refill (JsonObject *notice,
                           IwSituation *situation,
                           guint *n_updated,
                           guint *n_edited)
{
  g_autoptr (IwNoticeTemplate) template = template_of (notice);
  JsonObject *copy = iw_model_json_copy (notice);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) now = NULL;

  *n_updated = *n_edited = 0;
  if (template == NULL)
    return copy;
  before = facts_of (notice);
  now = iw_notice_facts_new (situation, iw_notice_template_get_language (template));
  refill_member (copy, template, FALSE, before, now, n_updated, n_edited);
  refill_member (copy, template, TRUE, before, now, n_updated, n_edited);
  json_object_set_object_member (copy, "facts", iw_notice_facts_to_json (now));
  return copy;
}

gboolean
iw_notice_document_is_behind (JsonObject *notice, IwSituation *situation)
{
  guint n_updated, n_edited;
  JsonObject *refilled = iw_notice_document_refill (notice, situation, &n_updated, &n_edited);

  json_object_unref (refilled);
  return n_updated > 0;
}
