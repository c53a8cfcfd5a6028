#include "config.h"

#include "iw-notice-words.h"

#include <glib/gi18n-lib.h>

#include "iw-model-json.h"
#include "iw-notice-eml.h"
#include "iw-notice-template-facts.h"

const char *
iw_notice_status_icon (IwNoticeStatus status)
{
  switch (status)
    {
    case IW_NOTICE_IN_REVIEW:
      return "view-reveal-symbolic";
    case IW_NOTICE_APPROVED:
      return "object-select-symbolic";
    case IW_NOTICE_SENT:
      return "mail-send-symbolic";
    case IW_NOTICE_DEFERRED:
      return "media-playback-pause-symbolic";
    case IW_NOTICE_DRAFT:
    case IW_N_NOTICE_STATUSES:
    default:
      return "document-edit-symbolic";
    }
}

const char *
iw_check_state_icon (IwCheckState state)
{
  switch (state)
    {
    case IW_CHECK_PRESENT:
      return "object-select-symbolic";
    case IW_CHECK_NOT_SURE:
      return "dialog-question-symbolic";
    case IW_CHECK_MISSING:
    default:
      return "dialog-warning-symbolic";
    }
}

/* ---- steps ---- */

const char *
iw_notice_step_title (IwNoticeStatus to)
{
  switch (to)
    {
    case IW_NOTICE_IN_REVIEW:
      return _ ("Ask for Review…");
    case IW_NOTICE_APPROVED:
      return _ ("Approve…");
    case IW_NOTICE_SENT:
      return _ ("Record as Sent…");
    case IW_NOTICE_DEFERRED:
      return _ ("Defer…");
    case IW_NOTICE_DRAFT:
    case IW_N_NOTICE_STATUSES:
    default:
      return _ ("Back to Draft…");
    }
}

const char *
iw_notice_step_meaning (IwNoticeStatus to)
{
  switch (to)
    {
    case IW_NOTICE_IN_REVIEW:
      return _ ("Somebody else reads it before it is approved");
    case IW_NOTICE_APPROVED:
      return _ ("For the text as it is now: a later change needs another approval");
    case IW_NOTICE_SENT:
      return _ ("When, how and to whom it went. It cannot be changed afterwards");
    case IW_NOTICE_DEFERRED:
      /* process.md N3 */
      return _ (
          "Only where notifying would raise the risk to other customers, or in other extraordinary "
          "circumstances; vetted by legal and by the executive incident manager, both named");
    case IW_NOTICE_DRAFT:
    case IW_N_NOTICE_STATUSES:
    default:
      return _ ("To go on writing");
    }
}

int
iw_notice_usual_step (IwNoticeStatus from)
{
  switch (from)
    {
    case IW_NOTICE_DRAFT:
    case IW_NOTICE_DEFERRED:
      return IW_NOTICE_IN_REVIEW;
    case IW_NOTICE_IN_REVIEW:
      return IW_NOTICE_APPROVED;
    case IW_NOTICE_APPROVED:
      return IW_NOTICE_SENT;
    case IW_NOTICE_SENT:
    case IW_N_NOTICE_STATUSES:
    default:
      return -1;
    }
}

/* ---- notices ---- */

const char *
iw_audience_meaning (IwAudience audience)
{
  switch (audience)
    {
    case IW_AUDIENCE_CUSTOMERS:
      return _ ("Administrative contacts of the affected customers, and nobody else");
    case IW_AUDIENCE_DATA_SUBJECTS:
      return _ ("The people whose data it is (GDPR Article 34)");
    case IW_AUDIENCE_REGULATOR:
      return _ ("The supervisory authority (GDPR Article 33)");
    case IW_AUDIENCE_INTERNAL:
    case IW_N_AUDIENCES:
    default:
      return _ ("Customer service and account managers");
    }
}

char *
iw_notice_suggest_title (IwAudience audience, const char *language)
{
  g_autofree char *name = iw_notice_language_name (language);

  /* Translators: the title of a notice: to whom it goes (Customers, Regulator …), and its language.
   */
  return g_strdup_printf (C_ ("notice", "%s (%s)"), iw_audience_label (audience), name);
}

/* The names or addresses of those who are no customers: a few, or the authority. */
static char *
name_others (char **others)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; others[i] != NULL; i++)
    {
      g_autoptr (IwNoticeAddress) address = iw_notice_address_parse (others[i]);

      if (address == NULL)
        g_strv_builder_add (builder, others[i]);
      else
        g_strv_builder_add (builder, *address->name != '\0' ? address->name : address->mail);
    }
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static char *
count_recipients (guint n)
{
  return n > 0 ? g_strdup_printf (ngettext ("%u recipient", "%u recipients", n), n)
               : g_strdup (_ ("No recipient"));
}

/* What was sent went to those who were recorded then, whatever became known of them since. */
static char *
describe_recipients (JsonObject *notice, const IwNoticeState *state, IwSituation *situation)
{
  gboolean sent = state->status == IW_NOTICE_SENT;
  gboolean authority = iw_notice_document_audience (notice) == IW_AUDIENCE_REGULATOR;
  g_auto (GStrv) others = sent ? iw_entry_get_list (state->entry, "recipients")
                               : iw_model_json_get_strings (notice, "internal");
  g_autoptr (GPtrArray) customers =
      sent ? g_ptr_array_new () : iw_notice_recipients (notice, situation);

  if (!authority)
    return count_recipients (customers->len + g_strv_length (others));
  return others[0] != NULL ? name_others (others) : g_strdup (_ ("No address of the authority"));
}

char *
iw_notice_summary (JsonObject *notice, const IwNoticeState *state, IwSituation *situation)
{
  g_autofree char *language = iw_notice_language_name (iw_model_json_get_text (notice, "language"));
  g_autofree char *recipients = describe_recipients (notice, state, situation);

  return g_strjoin (" · ", iw_audience_label (iw_notice_document_audience (notice)), language,
                    recipients, NULL);
}

static gboolean
is_approved_text (const IwNoticeState *state, JsonObject *notice)
{
  g_autofree char *digest = iw_notice_digest (notice);

  return g_strcmp0 (state->digest, digest) == 0;
}

gboolean
iw_notice_is_cleared (const IwNoticeState *state, JsonObject *notice)
{
  return state->status == IW_NOTICE_SENT ||
         (state->status == IW_NOTICE_APPROVED && is_approved_text (state, notice));
}

gboolean
iw_notice_is_stale (const IwNoticeState *state, JsonObject *notice)
{
  return state->status == IW_NOTICE_APPROVED && !is_approved_text (state, notice);
}

char *
iw_notice_state_words (const IwNoticeState *state, JsonObject *notice)
{
  if (iw_notice_is_stale (state, notice))
    return g_strdup (_ ("Changed since it was approved"));
  return g_strdup (iw_notice_status_label (state->status));
}

/* ---- recipients ---- */

char *
iw_notice_contact_words (const IwScopeItem *item)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const parts[] = { item->contact, item->mail, item->phone };
  g_auto (GStrv) words = NULL;

  if (iw_scope_item_lacks_contact (item))
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);
  words = g_strv_builder_end (builder);
  return g_strjoinv (" · ", words);
}

GPtrArray *
iw_notice_recipients (JsonObject *notice, IwSituation *situation)
{
  g_auto (GStrv) docids = iw_model_json_get_strings (notice, "recipients");
  GPtrArray *scope = iw_situation_get_scope (situation);
  GPtrArray *recipients = g_ptr_array_new ();

  for (guint i = 0; i < scope->len; i++)
    {
      IwScopeItem *item = g_ptr_array_index (scope, i);

      if (iw_scope_item_is_notified (item) &&
          g_strv_contains ((const char *const *)docids, item->docid))
        g_ptr_array_add (recipients, item);
    }
  return recipients;
}

char *
iw_notice_languages_words (IwSituation *situation)
{
  const char *const *languages = iw_notice_languages ();
  GPtrArray *scope = iw_situation_get_scope (situation);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *name = iw_notice_language_name (languages[i]);
      guint n = 0;

      for (guint j = 0; j < scope->len; j++)
        {
          const IwScopeItem *item = g_ptr_array_index (scope, j);

          n += iw_scope_item_is_notified (item) && *item->language != '\0' &&
               g_str_equal (iw_notice_language_nearest (item->language), languages[i]);
        }
      if (n > 0)
        g_strv_builder_take (builder, g_strdup_printf ("%s %u", name, n));
    }
  parts = g_strv_builder_end (builder);
  if (parts[0] == NULL)
    return NULL;
  list = g_strjoinv (", ", parts);
  /* Translators: %s is a list of languages, each with a number: “English 3, Deutsch 1”. */
  return g_strdup_printf (_ ("Affected customers read: %s"), list);
}
