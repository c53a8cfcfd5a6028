#include "iw-notice.h"

#include "iw-model-json.h"
#include "iw-nicks-private.h"
#include "iw-response-private.h"

#include <string.h>

static const IwNick statuses[IW_N_NOTICE_STATUSES] = {
  [IW_NOTICE_DRAFT] = { "draft", NC_ ("notice", "Draft") },
  [IW_NOTICE_IN_REVIEW] = { "in-review", NC_ ("notice", "In Review") },
  [IW_NOTICE_APPROVED] = { "approved", NC_ ("notice", "Approved") },
  [IW_NOTICE_SENT] = { "sent", NC_ ("notice", "Sent") },
  [IW_NOTICE_DEFERRED] = { "deferred", NC_ ("notice", "Deferred") },
};

static const IwNick audiences[IW_N_AUDIENCES] = {
  [IW_AUDIENCE_CUSTOMERS] = { "customers", NC_ ("audience", "Customers") },
  /* Translators: the people whose personal data it is (GDPR). */
  [IW_AUDIENCE_DATA_SUBJECTS] = { "data-subjects", NC_ ("audience", "Data Subjects") },
  [IW_AUDIENCE_REGULATOR] = { "regulator", NC_ ("audience", "Regulator") },
  [IW_AUDIENCE_INTERNAL] = { "internal", NC_ ("audience", "Internal") },
};

IW_DEFINE_NICKS (IwNoticeStatus, iw_notice_status, statuses, IW_NOTICE_DRAFT, "notice")
IW_DEFINE_NICKS (IwAudience, iw_audience, audiences, IW_AUDIENCE_INTERNAL, "audience")

guint
iw_notice_next (IwNoticeStatus from)
{
  static const guint next[IW_N_NOTICE_STATUSES] = {
    [IW_NOTICE_DRAFT] = 1 << IW_NOTICE_IN_REVIEW | 1 << IW_NOTICE_DEFERRED,
    [IW_NOTICE_IN_REVIEW] =
        1 << IW_NOTICE_DRAFT | 1 << IW_NOTICE_APPROVED | 1 << IW_NOTICE_DEFERRED,
    [IW_NOTICE_APPROVED] = 1 << IW_NOTICE_DRAFT | 1 << IW_NOTICE_SENT | 1 << IW_NOTICE_DEFERRED,
    [IW_NOTICE_SENT] = 0,
    [IW_NOTICE_DEFERRED] = 1 << IW_NOTICE_DRAFT | 1 << IW_NOTICE_IN_REVIEW,
  };

  g_return_val_if_fail ((guint)from < IW_N_NOTICE_STATUSES, 0);

  return next[from];
}

/* ---- the fold ---- */

void
iw_notice_state_free (IwNoticeState *state)
{
  if (state == NULL)
    return;
  g_clear_object (&state->entry);
  g_free (state->notice);
  g_free (state->digest);
  g_free (state->by);
  g_free (state);
}

/* Internal where nothing is said: no clock stops for it. */
static IwAudience
audience_of (IwEntry *entry)
{
  IwAudience audience = IW_AUDIENCE_INTERNAL;

  iw_audience_from_string (iw_response_field (entry, "audience"), &audience);
  return audience;
}

/* What was sent stays sent, whatever somebody elsewhere decided about it meanwhile. */
static void
apply (IwNoticeState *state, IwEntry *entry, IwNoticeStatus status, gint64 time)
{
  if (state->first_sent != 0)
    return;
  state->status = status;
  state->since = time;
  state->audience = audience_of (entry);
  g_set_str (&state->digest, iw_response_field (entry, "digest"));
  g_set_str (&state->by, iw_entry_get_actor (entry));
  g_set_object (&state->entry, entry);
  if (status == IW_NOTICE_SENT)
    state->first_sent = time != 0 ? time : 1; /* 0 says never */
}

static int
compare_states (gconstpointer a, gconstpointer b)
{
  const IwNoticeState *left = *(IwNoticeState *const *)a, *right = *(IwNoticeState *const *)b;

  return g_strcmp0 (left->notice, right->notice);
}

GPtrArray *
iw_notices_fold (IwDecisions *decisions)
{
  GPtrArray *states = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_notice_state_free);
  g_autoptr (GHashTable) by_notice = g_hash_table_new (g_str_hash, g_str_equal);
  IwEntry *entry;

  g_return_val_if_fail (decisions != NULL, states);

  for (guint i = 0; (entry = iw_decisions_next (decisions, &i, IW_ENTRY_NOTICE, NULL)) != NULL;)
    {
      const char *notice = iw_response_field (entry, "subject");
      IwNoticeState *state = g_hash_table_lookup (by_notice, notice);
      IwNoticeStatus status;

      if (*notice == '\0' ||
          !iw_notice_status_from_string (iw_response_field (entry, "to"), &status))
        continue;
      if (state == NULL)
        {
          state = g_new0 (IwNoticeState, 1);
          state->notice = g_strdup (notice);
          g_ptr_array_add (states, state);
          g_hash_table_insert (by_notice, state->notice, state);
        }
      apply (state, entry, status, iw_decisions_get_time (decisions, i - 1));
    }
  g_ptr_array_sort (states, compare_states);
  return states;
}

/* ---- the text ---- */

/* Each part with its length, so that no text can be read as another's parts. */
static void
feed (GChecksum *sum, const char *text)
{
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (text));

  g_checksum_update (sum, (const guchar *)length, -1);
  g_checksum_update (sum, (const guchar *)text, -1);
}

static void
feed_list (GChecksum *sum, JsonObject *notice, const char *member)
{
  JsonNode *node = json_object_get_member (notice, member);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    feed (sum, iw_model_json_text_of (json_array_get_element (array, i), ""));
}

char *
iw_notice_digest (JsonObject *notice)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_val_if_fail (notice != NULL, NULL);

  feed (sum, iw_model_json_get_text (notice, "audience"));
  feed (sum, iw_model_json_get_text (notice, "language"));
  feed (sum, iw_model_json_get_text (notice, "subject"));
  feed (sum, iw_model_json_get_text (notice, "body"));
  feed_list (sum, notice, "recipients");
  feed_list (sum, notice, "internal");
  return g_strdup (g_checksum_get_string (sum));
}
