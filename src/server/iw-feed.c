#include "config.h"

#include "iw-feed.h"

#include "iw-feed-hub.h"
#include "iw-paged-answer.h"
#include "iw-sequence.h"
#include "iw-source.h"

#define READ_BYTES (256 * 1024)
#define READ_ROWS 1000

typedef struct
{
  gatomicrefcount refs;
  IwRequest *request;
  IwFeedQuery *query;
  IwFeedHub *hub;
  gpointer listener; /* NULL: is not registered */
  gint64 since;      /* all up to here was given */
  char *uuid;
  GSource *timer;
  gint64 active_at; /* when something was sent last */
  gboolean begun;   /* the answer */
  gboolean busy;    /* what was given is not with the socket yet */
  gboolean reading;
  gboolean behind; /* there is more than was read last */
  gboolean ended;
} Feed;

void
iw_feed_query_free (IwFeedQuery *query)
{
  g_free (query->since);
  g_clear_pointer (&query->shape.docids, g_hash_table_unref);
  g_clear_pointer (&query->json, yyjson_doc_free);
  g_free (query);
}

static Feed *
feed_ref (Feed *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
feed_unref (gpointer data)
{
  Feed *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  iw_feed_query_free (self->query);
  g_free (self->uuid);
  g_object_unref (self->request);
  g_free (self);
}

static void
stop (Feed *self)
{
  self->ended = TRUE;
  iw_source_drop (&self->timer);
  if (self->listener != NULL)
    iw_feed_hub_remove (self->hub, g_steal_pointer (&self->listener));
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Feed *self = data;

  g_signal_handlers_disconnect_by_func (cancellable, on_cancelled, data);
  stop (self);
  feed_unref (self);
}

/* ---- what is sent ---- */

GBytes *
iw_feed_render_longpoll (GBytes *lines, gint64 last, gint64 pending, const char *uuid)
{
  GString *out = g_string_sized_new ((lines != NULL ? g_bytes_get_size (lines) : 0) + 128);

  g_string_append (out, "{\"results\":[\n");
  if (lines != NULL)
    {
      iw_changes_append_elements (out, lines);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, "],\n\"last_seq\":");
  iw_sequence_append (out, last, uuid);
  g_string_append_printf (out, ",\"pending\":%" G_GINT64_FORMAT "}\n", pending);
  return g_string_free_to_bytes (out);
}

GBytes *
iw_feed_render_end (gint64 last, gint64 pending, const char *uuid)
{
  GString *out = g_string_new ("{\"last_seq\":");

  iw_sequence_append (out, last, uuid);
  g_string_append_printf (out, ",\"pending\":%" G_GINT64_FORMAT "}\n", pending);
  return g_string_free_to_bytes (out);
}

/* Each line begins with {"seq":"…": its id is there. */
GBytes *
iw_feed_render_events (GBytes *lines)
{
  gsize length;
  const char *text = g_bytes_get_data (lines, &length);
  const char *end = text + length;
  GString *out = g_string_sized_new (length + 64);

  while (text < end)
    {
      const char *stop = memchr (text, '\n', end - text);
      const char *seq = text + strlen ("{\"seq\":");
      const char *seq_end = memchr (seq, ',', stop - seq);

      g_string_append (out, "data: ");
      g_string_append_len (out, text, stop - text);
      g_string_append (out, "\nid: ");
      g_string_append_len (out, seq, seq_end - seq);
      g_string_append (out, "\n\n");
      text = stop + 1;
    }
  return g_string_free_to_bytes (out);
}

static void
send (Feed *self, GBytes *bytes)
{
  self->active_at = g_get_monotonic_time ();
  self->busy = TRUE;
  iw_request_stream_write (self->request, bytes);
}

static void go_on (Feed *self);

static void
on_drained (IwRequest *request, gpointer data)
{
  Feed *self = data;

  self->busy = FALSE;
  if (!self->ended)
    go_on (self);
}

static void
begin (Feed *self)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  iw_request_stream_begin (self->request, 200,
                           self->query->kind == IW_FEED_EVENTSOURCE ? "text/event-stream"
                                                                    : "application/json",
                           on_drained, self);
}

/* A longpoll is answered in one piece, unless a heartbeat had to be sent before. */
static void
answer_longpoll (Feed *self, GBytes *lines, gint64 last, gint64 pending)
{
  g_autoptr (GBytes) bytes = iw_feed_render_longpoll (lines, last, pending, self->uuid);

  stop (self);
  if (!self->begun)
    {
      iw_request_answer_bytes (self->request, 200, "application/json", bytes);
      return;
    }
  iw_request_stream_write (self->request, bytes);
  iw_request_stream_end (self->request);
}

static void
end_stream (Feed *self, gint64 pending)
{
  g_autoptr (GBytes) bytes = iw_feed_render_end (self->since, pending, self->uuid);

  stop (self);
  if (self->query->kind == IW_FEED_CONTINUOUS)
    iw_request_stream_write (self->request, bytes);
  iw_request_stream_end (self->request);
}

/* Gives what @batch has for it. */
static void
deliver (Feed *self, IwChangesBatch *batch)
{
  guint limit = self->query->limit >= 0 ? (guint)self->query->limit : G_MAXUINT;
  g_autoptr (GBytes) lines = NULL;
  g_autoptr (GBytes) events = NULL;
  guint n;
  gint64 last;

  lines = iw_changes_batch_slice (batch, self->since, limit, &n, &last);
  self->since = n == limit && n < batch->rows->len ? last : MAX (self->since, batch->to);
  if (n == 0)
    return;
  if (self->query->kind == IW_FEED_LONGPOLL)
    {
      answer_longpoll (self, lines, self->since, batch->pending);
      return;
    }
  if (self->query->kind == IW_FEED_EVENTSOURCE)
    events = iw_feed_render_events (lines);
  send (self, events != NULL ? events : lines);
  if (self->query->limit >= 0)
    self->query->limit -= n;
  if (self->query->limit == 0)
    end_stream (self, batch->pending);
}

/* ---- reading by itself ---- */

typedef struct
{
  Feed *feed;
  gint64 since;
  IwChangesBatch *batch;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->batch, iw_changes_batch_unref);
  feed_unref (self->feed);
  g_free (self);
}

static gboolean
run_reading (IwStore *store, gpointer data, GError **error)
{
  Reading *self = data;
  IwFeedQuery *query = self->feed->query;
  guint limit = query->limit >= 0 ? (guint)MIN (query->limit, READ_ROWS) : READ_ROWS;

  if (self->feed->uuid == NULL)
    {
      self->feed->uuid = g_strdup (iw_store_get_uuid (store));
      if (query->since != NULL && !iw_sequence_parse (query->since, self->feed->uuid, &self->since))
        return iw_refuse (error, 400, "Malformed sequence supplied in 'since' parameter.");
    }
  self->batch = iw_changes_read (store, &query->shape, self->since, limit, READ_BYTES, error);
  return self->batch != NULL;
}

/* Who was told that there will be an answer gets one, without rows, and hears why when it asks
 * again. */
static void
fail (Feed *self, const GError *error)
{
  if (self->begun && self->query->kind == IW_FEED_LONGPOLL)
    {
      answer_longpoll (self, NULL, self->since, 0);
      return;
    }
  stop (self);
  if (self->begun)
    iw_request_stream_end (self->request);
  else
    iw_answer_gerror (self->request, error);
}

static void
on_reading (IwDatabase *database, gpointer data, const GError *error)
{
  Reading *reading = data;
  Feed *self = reading->feed;

  self->reading = FALSE;
  if (self->ended)
    return;
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  /* Who waits is told at once that there is an answer. */
  if (self->query->kind != IW_FEED_LONGPOLL || reading->batch->rows->len == 0)
    begin (self);
  if (self->ended)
    return;
  self->behind = reading->batch->more;
  self->since = MAX (self->since, reading->batch->from);
  deliver (self, reading->batch);
  if (!self->ended)
    go_on (self);
}

static void
read_more (Feed *self)
{
  Reading *reading = g_new0 (Reading, 1);

  self->reading = TRUE;
  reading->feed = feed_ref (self);
  reading->since = self->since;
  iw_database_read (iw_request_get_database (self->request), run_reading, reading, on_reading,
                    reading_free);
}

/* ---- waiting ---- */

static void
on_hub (gpointer data, const GError *error)
{
  Feed *self = data;

  if (error != NULL)
    fail (self, error);
  else
    go_on (self);
}

/* Whoever may not read here any more hears nothing more. */
static gboolean
may_read (Feed *self)
{
  if (iw_database_admits (iw_request_get_database (self->request),
                          iw_request_get_account (self->request)))
    return TRUE;
  if (self->begun)
    end_stream (self, 0);
  else
    answer_longpoll (self, NULL, self->since, 0);
  return FALSE;
}

/* Serves from the batches that others get; reads where they do not reach back to it. */
static void
go_on_shared (Feed *self)
{
  IwChangesBatch *batch;

  if (self->behind)
    {
      read_more (self);
      return;
    }
  if (self->listener == NULL)
    self->listener = iw_feed_hub_add (self->hub, &self->query->shape, self->since, on_hub, self);
  while (!self->ended && !self->busy &&
         (batch = iw_feed_hub_find (self->hub, &self->query->shape, self->since)) != NULL)
    deliver (self, batch);
  if (!self->ended && !self->busy &&
      !iw_feed_hub_is_current (self->hub, &self->query->shape, self->since))
    read_more (self);
}

static void
go_on (Feed *self)
{
  g_autoptr (GError) end = NULL;

  if (self->ended || self->busy || self->reading || !may_read (self))
    return;
  end = iw_feed_hub_dup_end (self->hub);
  if (end != NULL)
    {
      fail (self, end);
      return;
    }
  if (iw_changes_shape_is_shared (&self->query->shape))
    {
      go_on_shared (self);
      return;
    }
  if (self->listener == NULL)
    self->listener = iw_feed_hub_add (self->hub, NULL, self->since, on_hub, self);
  if (self->behind || iw_database_get_seq (iw_request_get_database (self->request)) > self->since)
    read_more (self);
}

/* ---- time ---- */

static void
beat (Feed *self)
{
  static const char event[] = "event: heartbeat\ndata: \n\n";
  g_autoptr (GBytes) bytes = self->query->kind == IW_FEED_EVENTSOURCE
                                 ? g_bytes_new_static (event, sizeof event - 1)
                                 : g_bytes_new_static ("\n", 1);

  begin (self);
  if (!self->busy && !self->ended)
    send (self, bytes);
}

static void
time_out (Feed *self)
{
  if (self->query->kind == IW_FEED_LONGPOLL)
    answer_longpoll (self, NULL, self->since, 0);
  else
    {
      begin (self);
      end_stream (self, 0);
    }
}

static gboolean on_timer (gpointer data);

static void
arm (Feed *self, gint64 ms)
{
  self->timer = g_timeout_source_new (MAX (ms, 1));
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static gboolean
on_timer (gpointer data)
{
  g_autoptr (IwRequest) request = NULL;
  Feed *self = data;
  gint64 interval =
      self->query->heartbeat_ms > 0 ? self->query->heartbeat_ms : self->query->timeout_ms;
  gint64 left = interval - (g_get_monotonic_time () - self->active_at) / 1000;

  request = g_object_ref (self->request);
  iw_source_drop (&self->timer);
  feed_ref (self);
  if (left <= 0 && self->query->heartbeat_ms > 0)
    beat (self);
  else if (left <= 0 && !self->reading && !self->busy)
    time_out (self);
  if (!self->ended)
    arm (self, left > 0 ? left : interval);
  feed_unref (self);
  return G_SOURCE_REMOVE;
}

void
iw_feed_listen (IwRequest *request, IwFeedQuery *query)
{
  Feed *self = g_new0 (Feed, 1);

  g_atomic_ref_count_init (&self->refs);
  self->request = request;
  self->query = query;
  self->hub = iw_feed_hub_of (iw_request_get_database (request));
  self->active_at = g_get_monotonic_time ();
  g_signal_connect (iw_request_get_cancellable (request), "cancelled", G_CALLBACK (on_cancelled),
                    self);
  arm (self, query->heartbeat_ms > 0 ? query->heartbeat_ms : query->timeout_ms);
  read_more (self);
}
