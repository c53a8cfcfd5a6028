/* _changes: what changed since a sequence, once or as it happens. */
#include "config.h"

#include <string.h>

#include "iw-feed.h"
#include "iw-paged-answer.h"
#include "iw-route.h"
#include "iw-selector.h"
#include "iw-sequence.h"

#define DEFAULT_MS 60000
#define MAX_MS (10 * 60 * 1000)
#define MIN_HEARTBEAT_MS 1000
#define PAGE_ROWS 5000

/* ---- feed=normal ---- */

typedef struct
{
  IwPagedHead head;
  IwFeedQuery *query;
  gint64 since;
  gint64 n; /* rows so far */
  gboolean begun;
} Normal;

static void
normal_free (gpointer data)
{
  Normal *self = data;

  iw_feed_query_free (self->query);
  g_free (self);
}

static gboolean
begin (Normal *self, IwStore *store, IwPage *page, GError **error)
{
  const char *since = self->query->since;

  self->begun = TRUE;
  if (since != NULL && !iw_sequence_parse (since, iw_store_get_uuid (store), &self->since))
    return iw_refuse (error, 400, "Malformed sequence supplied in 'since' parameter.");
  g_string_append (page->text, "{\"results\":[\n");
  return TRUE;
}

static gint64
last_of (Normal *self, IwChangesBatch *batch)
{
  if (self->query->shape.descending && batch->rows->len > 0)
    return g_array_index (batch->rows, IwChangesRow, batch->rows->len - 1).seq;
  return batch->to;
}

static gboolean
make_page (IwStore *store, IwPage *page, gpointer data, GError **error)
{
  Normal *self = data;
  gboolean descending = self->query->shape.descending;
  gint64 left = self->query->limit >= 0 ? self->query->limit - self->n : G_MAXUINT;
  g_autoptr (IwChangesBatch) batch = NULL;

  if (!self->begun && !begin (self, store, page, error))
    return FALSE;
  /* The latest first cannot be gone on with by a sequence: all at once. */
  batch = iw_changes_read (store, &self->query->shape, self->since,
                           descending ? left : MIN (left, PAGE_ROWS),
                           descending ? G_MAXSIZE : IW_PAGE_BYTES, error);
  if (batch == NULL)
    return FALSE;
  if (batch->rows->len > 0 && self->n > 0)
    g_string_append (page->text, ",\n");
  iw_changes_append_elements (page->text, batch->text);
  self->n += batch->rows->len;
  self->since = batch->to;
  page->last = !batch->more || (self->query->limit >= 0 && self->n >= self->query->limit);
  if (!page->last)
    return TRUE;
  g_string_append (page->text, self->n > 0 ? "\n],\n\"last_seq\":" : "],\n\"last_seq\":");
  iw_sequence_append (page->text, last_of (self, batch), iw_store_get_uuid (store));
  g_string_append_printf (page->text, ",\"pending\":%" G_GINT64_FORMAT "}\n", batch->pending);
  return TRUE;
}

static void
answer_normal (IwRequest *request, IwFeedQuery *query)
{
  Normal *self = g_new0 (Normal, 1);

  self->query = query;
  self->head.status = 200;
  self->head.content_type = "application/json";
  iw_paged_answer_start (request, &self->head, make_page, self, normal_free);
}

/* ---- the question ---- */

static gboolean
refuse (IwRequest *request, const char *reason)
{
  iw_request_answer_error (request, 400, "bad_request", reason);
  return FALSE;
}

static gboolean
read_style (IwFeedQuery *query, IwRequest *request)
{
  const char *style = iw_request_get_query (request, "style");

  if (style != NULL && strcmp (style, "main_only") != 0 && strcmp (style, "all_docs") != 0)
    return refuse (request, "Invalid value for style");
  query->shape.all_leaves = style != NULL && *style == 'a';
  return iw_request_get_query_bool (request, "include_docs", FALSE, &query->shape.include_docs) &&
         iw_request_get_query_bool (request, "conflicts", FALSE, &query->shape.conflicts) &&
         iw_request_get_query_bool (request, "attachments", FALSE, &query->shape.attachments) &&
         iw_request_get_query_bool (request, "descending", FALSE, &query->shape.descending);
}

static gboolean
read_times (IwFeedQuery *query, IwRequest *request)
{
  const char *heartbeat = iw_request_get_query (request, "heartbeat");
  gint64 timeout;
  gint64 beat = 0;

  if (!iw_request_get_query_int (request, "timeout", 0, G_MAXINT64, DEFAULT_MS, &timeout))
    return FALSE;
  if (g_strcmp0 (heartbeat, "true") == 0)
    beat = DEFAULT_MS;
  else if (g_strcmp0 (heartbeat, "false") != 0 &&
           !iw_request_get_query_int (request, "heartbeat", 1, G_MAXINT64, 0, &beat))
    return FALSE;
  query->timeout_ms = MIN (timeout, MAX_MS);
  query->heartbeat_ms = beat > 0 ? CLAMP (beat, MIN_HEARTBEAT_MS, MAX_MS) : 0;
  return TRUE;
}

static gboolean
read_docids (IwFeedQuery *query, IwRequest *request, yyjson_val *array)
{
  gsize i, max;
  yyjson_val *value;

  if (!yyjson_is_arr (array))
    return refuse (request, "`doc_ids` filter parameter is not a list.");
  query->shape.docids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  yyjson_arr_foreach (array, i, max, value)
  {
    if (!yyjson_is_str (value))
      return refuse (request, "`doc_ids` must be strings.");
    g_hash_table_add (query->shape.docids, g_strdup (yyjson_get_str (value)));
  }
  return TRUE;
}

static gboolean
read_docids_filter (IwFeedQuery *query, IwRequest *request)
{
  g_autoptr (yyjson_doc) json = NULL;

  if (query->json != NULL)
    return read_docids (query, request,
                        yyjson_obj_get (yyjson_doc_get_root (query->json), "doc_ids"));
  if (!iw_request_get_query_json (request, "doc_ids", &json))
    return FALSE;
  return read_docids (query, request, yyjson_doc_get_root (json));
}

static gboolean
read_selector_filter (IwFeedQuery *query, IwRequest *request)
{
  yyjson_val *selector = yyjson_obj_get (yyjson_doc_get_root (query->json), "selector");
  g_autoptr (GError) error = NULL;

  if (selector == NULL)
    return refuse (request, "Selector must be specified in POST payload");
  if (!iw_selector_check (selector, &error))
    return refuse (request, error->message);
  query->shape.selector = selector;
  return TRUE;
}

static gboolean
read_filter (IwFeedQuery *query, IwRequest *request)
{
  const char *filter = iw_request_get_query (request, "filter");

  if (filter == NULL || *filter == '\0')
    return TRUE;
  if (strcmp (filter, "_doc_ids") == 0)
    return read_docids_filter (query, request);
  if (strcmp (filter, "_selector") == 0)
    return read_selector_filter (query, request);
  query->shape.design = strcmp (filter, "_design") == 0;
  if (query->shape.design)
    return TRUE;
  if (strcmp (filter, "_view") == 0 && iw_request_get_query (request, "view") == NULL)
    return refuse (request, "`view` filter parameter is not provided.");
  iw_request_answer_error (request, 404, "not_found",
                           "Functions of design documents are not run here: filter by _doc_ids, "
                           "_selector or _design.");
  return FALSE;
}

static gboolean
read_body (IwFeedQuery *query, IwRequest *request)
{
  g_autoptr (GBytes) body = NULL;

  if (!g_str_equal (soup_server_message_get_method (iw_request_get_message (request)), "POST"))
    return TRUE;
  body = iw_request_get_body (request);
  if (g_bytes_get_size (body) == 0)
    return TRUE;
  query->json = iw_request_read_json (request);
  return query->json != NULL;
}

static gboolean
read_query (IwFeedQuery *query, IwRequest *request)
{
  const char *since = iw_request_get_query (request, "since");
  const char *last = iw_request_get_header (request, "Last-Event-ID");

  if (last == NULL)
    last = iw_request_get_query (request, "last-event-id");
  query->since = g_strdup (last != NULL ? last : since);
  return read_body (query, request) && read_style (query, request) && read_times (query, request) &&
         iw_request_get_query_int (request, "limit", 0, G_MAXINT32, -1, &query->limit) &&
         read_filter (query, request);
}

static void
handle (IwRequest *request)
{
  g_autoptr (IwRequest) mine = request;
  g_autoptr (IwFeedQuery) query = g_new0 (IwFeedQuery, 1);
  const char *feed = iw_request_get_query (request, "feed");

  if (!read_query (query, request))
    return;
  query->limit = query->limit == 0 ? 1 : query->limit; /* as CouchDB has it */
  if (feed == NULL || strcmp (feed, "normal") == 0 || iw_request_is_head (request))
    {
      answer_normal (g_steal_pointer (&mine), g_steal_pointer (&query));
      return;
    }
  query->shape.descending = FALSE;
  if (strcmp (feed, "longpoll") == 0)
    query->kind = IW_FEED_LONGPOLL;
  else if (strcmp (feed, "continuous") == 0 || strcmp (feed, "live") == 0)
    query->kind = IW_FEED_CONTINUOUS;
  else if (strcmp (feed, "eventsource") == 0)
    query->kind = IW_FEED_EVENTSOURCE;
  else
    {
      refuse (request, "Supported `feed` types: normal, continuous, longpoll, eventsource");
      return;
    }
  iw_feed_listen (g_steal_pointer (&mine), g_steal_pointer (&query));
}

const IwRoute iw_routes_changes[] = {
  { "GET", "/{db}/_changes", IW_NEEDS_MEMBER, IW_BODY_NONE, handle },
  { "POST", "/{db}/_changes", IW_NEEDS_MEMBER, IW_BODY_LARGE, handle },
  { NULL },
};
