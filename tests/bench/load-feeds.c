/* Each document's id says when its writer began to send it; each listener counts what it hears of,
 * once each. */
#include "load-feeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID "\"id\":\"w-"
#define SETTLE_US (3 * G_USEC_PER_SEC) /* in which listeners come in */
#define LINGER_US (5 * G_USEC_PER_SEC) /* in which the last changes may still come */
#define MAX_DELAY_MS 60000

typedef struct _Feeds Feeds;

typedef struct
{
  Feeds *feeds;
  LoadConnection *connection;
  gboolean longpoll;
  char *since;
  GString *text; /* a row that is not whole yet, or a longpoll's answer */
  guint n_heard;
  guint8 *heard; /* by number of the document */
} Listener;

typedef struct
{
  Feeds *feeds;
  LoadConnection *connection;
  char *body;
  gboolean busy;
  gint64 next;
} Writer;

struct _Feeds
{
  LoadLoop *loop;
  const LoadTarget *target;
  const char *db;
  guint n_listeners;
  guint n_writers;
  gint64 begin;
  gint64 end;
  gint64 every;
  Listener *listeners;
  Writer *writers;
  guint max_docs;
  guint n_docs; /* sent */
  guint n_written;
  guint n_errors;
  guint n_twice;
  guint delays[MAX_DELAY_MS * 10 + 1]; /* by tenths of a millisecond */
  guint64 n_delays;
  char *since;
};

static void
complain (Feeds *self, const char *what, const char *why)
{
  if (self->n_errors++ < 10)
    fprintf (stderr, "load: %s: %s\n", what, why);
}

/* ---- listeners ---- */

static void
hear (Listener *self, const char *id)
{
  Feeds *feeds = self->feeds;
  char *end;
  guint n = strtoul (id, &end, 10);
  gint64 sent = *end == '-' ? g_ascii_strtoll (end + 1, NULL, 10) : 0;
  gint64 delay = (g_get_monotonic_time () - sent) / 100;

  if (n >= feeds->max_docs || sent == 0)
    {
      complain (feeds, "a row", "of a document that nobody wrote");
      return;
    }
  feeds->n_twice += self->heard[n];
  self->n_heard += self->heard[n] ? 0 : 1;
  self->heard[n] = 1;
  feeds->delays[CLAMP (delay, 0, MAX_DELAY_MS * 10)]++;
  feeds->n_delays++;
}

/* Takes whole rows out of @text; the beginning of one stays. */
static void
read_rows (Listener *self)
{
  char *begin = self->text->str;
  char *end;

  while ((end = strchr (begin, '\n')) != NULL)
    {
      const char *id;

      *end = '\0';
      id = strstr (begin, ID);
      if (id != NULL)
        hear (self, id + strlen (ID));
      begin = end + 1;
    }
  g_string_erase (self->text, 0, begin - self->text->str);
}

static void
listen (Listener *self)
{
  g_autofree char *path =
      g_strdup_printf ("/%s/_changes?feed=%s&heartbeat=10000&since=%s", self->feeds->db,
                       self->longpoll ? "longpoll" : "continuous", self->since);

  load_connection_request (self->connection, "GET", path, NULL, 0);
}

static void
on_feed_body (LoadConnection *connection, const char *bytes, gsize length, gpointer data)
{
  Listener *self = data;

  g_string_append_len (self->text, bytes, length);
  if (!self->longpoll)
    read_rows (self);
}

static char *
read_last_seq (const char *text)
{
  const char *at = strstr (text, "\"last_seq\":");
  gboolean quoted;
  const char *end;

  if (at == NULL)
    return NULL;
  at += strlen ("\"last_seq\":");
  quoted = *at == '"';
  at += quoted ? 1 : 0;
  end = at + strcspn (at, quoted ? "\"" : ",}");
  return g_strndup (at, end - at);
}

static void
on_feed_done (LoadConnection *connection, guint status, gpointer data)
{
  Listener *self = data;
  g_autofree char *last = read_last_seq (self->text->str);

  if (!self->longpoll || status != 200 || last == NULL)
    {
      complain (self->feeds, "a feed ended", self->text->str);
      return;
    }
  g_string_append_c (self->text, '\n');
  read_rows (self);
  g_string_truncate (self->text, 0);
  g_free (self->since);
  self->since = g_uri_escape_string (last, NULL, FALSE);
  listen (self);
}

static void
on_feed_failed (LoadConnection *connection, const char *why, gpointer data)
{
  complain (((Listener *)data)->feeds, "a feed", why);
}

/* ---- writers ---- */

static void
write_one (Writer *self, gint64 now)
{
  Feeds *feeds = self->feeds;
  g_autofree char *path = NULL;

  if (feeds->n_docs >= feeds->max_docs)
    return;
  path = g_strdup_printf ("/%s/w-%u-%" G_GINT64_FORMAT, feeds->db, feeds->n_docs++, now);
  self->busy = TRUE;
  self->next += feeds->every;
  load_connection_request (self->connection, "PUT", path, self->body, strlen (self->body));
}

static void
on_written (LoadConnection *connection, guint status, gpointer data)
{
  Writer *self = data;
  g_autofree char *code = g_strdup_printf ("%u", status);

  self->busy = FALSE;
  if (status == 201 || status == 202)
    self->feeds->n_written++;
  else
    complain (self->feeds, "a write", code);
}

static void
ignore_body (LoadConnection *connection, const char *bytes, gsize length, gpointer data)
{
}

static void
on_write_failed (LoadConnection *connection, const char *why, gpointer data)
{
  complain (((Writer *)data)->feeds, "a writer", why);
}

static void
tick (gpointer data)
{
  Feeds *self = data;
  gint64 now = g_get_monotonic_time ();
  guint n_idle = 0;

  for (guint i = 0; now < self->end && i < self->n_writers; i++)
    if (!self->writers[i].busy && now >= self->writers[i].next)
      write_one (&self->writers[i], now);
  for (guint i = 0; now >= self->end && i < self->n_listeners; i++)
    n_idle += self->listeners[i].n_heard >= self->n_written ? 1 : 0;
  if (now >= self->end + LINGER_US ||
      (now >= self->end + G_USEC_PER_SEC && n_idle == self->n_listeners))
    load_loop_quit (self->loop);
}

/* ---- all ---- */

static void
on_info_body (LoadConnection *connection, const char *bytes, gsize length, gpointer data)
{
  g_string_append_len (data, bytes, length);
}

static LoadLoop *info_loop;

static void
on_info_done (LoadConnection *connection, guint status, gpointer data)
{
  load_loop_quit (info_loop);
}

static void
on_info_failed (LoadConnection *connection, const char *why, gpointer data)
{
  fprintf (stderr, "load: %s\n", why);
  exit (1);
}

/* From now on. */
static char *
ask_since (Feeds *self)
{
  static const LoadFuncs funcs = { NULL, on_info_body, on_info_done, on_info_failed };
  g_autoptr (GString) text = g_string_new (NULL);
  LoadConnection *connection = load_connection_new (self->loop, self->target, &funcs, text);
  g_autofree char *path = g_strdup_printf ("/%s/_changes?since=now", self->db);
  g_autofree char *last = NULL;

  info_loop = self->loop;
  load_connection_request (connection, "GET", path, NULL, 0);
  load_loop_run (self->loop, NULL, NULL);
  load_connection_free (connection);
  last = read_last_seq (text->str);
  if (last == NULL)
    on_info_failed (NULL, text->str, NULL);
  return g_uri_escape_string (last, NULL, FALSE);
}

static void
begin (Feeds *self)
{
  static const LoadFuncs feed_funcs = { NULL, on_feed_body, on_feed_done, on_feed_failed };
  static const LoadFuncs write_funcs = { NULL, ignore_body, on_written, on_write_failed };

  self->listeners = g_new0 (Listener, self->n_listeners);
  self->writers = g_new0 (Writer, self->n_writers);
  for (guint i = 0; i < self->n_listeners; i++)
    {
      Listener *listener = &self->listeners[i];

      *listener = (Listener){ self,
                              load_connection_new (self->loop, self->target, &feed_funcs, listener),
                              i % 2 == 1,
                              g_strdup (self->since),
                              g_string_new (NULL),
                              0,
                              g_malloc0 (self->max_docs) };
      listen (listener);
    }
  for (guint i = 0; i < self->n_writers; i++)
    {
      Writer *writer = &self->writers[i];

      writer->feeds = self;
      writer->connection = load_connection_new (self->loop, self->target, &write_funcs, writer);
      writer->body =
          g_strdup_printf ("{\"writer\":%u,\"text\":\"what a person has just typed\"}", i);
      writer->next = self->begin + self->every * i / self->n_writers;
    }
}

static double
quantile (Feeds *self, double part)
{
  guint64 wanted = MAX (self->n_delays, 1) * part;
  guint64 n = 0;

  for (guint i = 0; i <= MAX_DELAY_MS * 10; i++)
    if ((n += self->delays[i]) >= MAX (wanted, 1))
      return i / 10.0;
  return MAX_DELAY_MS;
}

int
load_run_feeds (const LoadTarget *target, char **argv)
{
  Feeds *self = g_new0 (Feeds, 1);
  gint64 seconds = atoi (argv[3]);
  guint64 missed = 0;

  self->loop = load_loop_new ();
  self->target = target;
  self->db = argv[0];
  self->n_listeners = atoi (argv[1]);
  self->n_writers = atoi (argv[2]);
  self->every = atoi (argv[4]) * 1000;
  self->since = ask_since (self);
  self->begin = g_get_monotonic_time () + SETTLE_US;
  self->end = self->begin + seconds * G_USEC_PER_SEC;
  self->max_docs = self->n_writers * (seconds * G_USEC_PER_SEC / MAX (self->every, 1) + 1);
  begin (self);
  load_loop_run (self->loop, tick, self);
  for (guint i = 0; i < self->n_listeners; i++)
    missed += self->n_written - MIN (self->n_written, self->listeners[i].n_heard);
  printf ("{\"written\":%u,\"delivered\":%" G_GUINT64_FORMAT ",\"missed\":%" G_GUINT64_FORMAT
          ",\"twice\":%u,\"errors\":%u,\"median_ms\":%.1f,\"p95_ms\":%.1f,\"p99_ms\":%.1f,\"max_"
          "ms\":%.1f}\n",
          self->n_written, self->n_delays, missed, self->n_twice, self->n_errors,
          quantile (self, .5), quantile (self, .95), quantile (self, .99), quantile (self, 1));
  return missed > 0 || self->n_twice > 0 || self->n_errors > 0;
}
