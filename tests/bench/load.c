/* load: what a server takes and gives. Prints one line of JSON.
 *
 * load URL bulk DB N SIZE BATCH      _bulk_docs of N new documents of SIZE bytes, on one connection
 * load URL changes DB N              _changes?include_docs=true, all of it; N rows are expected
 * load URL feeds DB N WRITERS S MS   N listeners, every other one by longpoll; each writer puts a
 * document every MS milliseconds for S seconds load URL burst N                   N clients that
 * connect at once
 *
 * LOAD_AUTHORIZATION: the header's value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load-feeds.h"

typedef struct
{
  LoadLoop *loop;
  const char *db;
  GPtrArray *bodies; /* (element-type GString) */
  guint at;
  GString *answer;
  guint n_bad;
} Work;

static double
now (void)
{
  return g_get_monotonic_time () / 1e6;
}

static void
on_failed (LoadConnection *connection, const char *why, gpointer data)
{
  fprintf (stderr, "load: the connection %s\n", why);
  exit (1);
}

static void
on_body (LoadConnection *connection, const char *bytes, gsize length, gpointer data)
{
  g_string_append_len (((Work *)data)->answer, bytes, length);
}

/* ---- bulk ---- */

static void
send_next (Work *self, LoadConnection *connection)
{
  g_autofree char *path = g_strdup_printf ("/%s/_bulk_docs", self->db);
  const GString *body;

  if (self->at == self->bodies->len)
    {
      load_loop_quit (self->loop);
      return;
    }
  body = self->bodies->pdata[self->at++];
  load_connection_request (connection, "POST", path, body->str, body->len);
}

static void
on_bulk_done (LoadConnection *connection, guint status, gpointer data)
{
  Work *self = data;

  if (status != 201 || strstr (self->answer->str, "\"error\"") != NULL)
    {
      self->n_bad++;
      fprintf (stderr, "load: %u %.300s\n", status, self->answer->str);
    }
  g_string_truncate (self->answer, 0);
  send_next (self, connection);
}

static void
make_bodies (Work *self, guint n, guint size, guint batch)
{
  self->bodies = g_ptr_array_new ();
  for (guint i = 0; i < n;)
    {
      GString *body = g_string_new ("{\"docs\":[");

      for (guint j = 0; j < batch && i < n; j++, i++)
        {
          gsize begin;
          static const char words[] =
              "the mail gateway asked the proxy for page and got an answer that nobody expected ";

          if (j > 0)
            g_string_append_c (body, ',');
          begin = body->len;
          g_string_append_printf (body, "{\"_id\":\"doc-%08x\",\"n\":%u,\"text\":\"",
                                  i * 2654435761u, i);
          while (body->len - begin + 2 < size)
            g_string_append_c (body, words[(i * 7 + body->len - begin) % (sizeof words - 1)]);
          g_string_append (body, "\"}");
        }
      g_string_append (body, "]}");
      g_ptr_array_add (self->bodies, body);
    }
}

static int
run_bulk (const LoadTarget *target, char **argv)
{
  static const LoadFuncs funcs = { NULL, on_body, on_bulk_done, on_failed };
  guint n = atoi (argv[1]);
  Work self = { .loop = load_loop_new (), .db = argv[0], .answer = g_string_new (NULL) };
  double begin;

  make_bodies (&self, n, atoi (argv[2]), atoi (argv[3]));
  begin = now ();
  send_next (&self, load_connection_new (self.loop, target, &funcs, &self));
  load_loop_run (self.loop, NULL, NULL);
  printf ("{\"seconds\":%.3f,\"errors\":%u}\n", now () - begin, self.n_bad);
  return self.n_bad > 0;
}

/* ---- changes ---- */

static void
on_changes_done (LoadConnection *connection, guint status, gpointer data)
{
  Work *self = data;

  self->n_bad += status == 200 ? 0 : 1;
  load_loop_quit (self->loop);
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + strlen (word), word))
    n++;
  return n;
}

static int
run_changes (const LoadTarget *target, char **argv)
{
  static const LoadFuncs funcs = { NULL, on_body, on_changes_done, on_failed };
  Work self = { .loop = load_loop_new (), .answer = g_string_sized_new (64 << 20) };
  g_autofree char *path = g_strdup_printf ("/%s/_changes?include_docs=true", argv[0]);
  double begin = now (), seconds;
  guint n;

  load_connection_request (load_connection_new (self.loop, target, &funcs, &self), "GET", path,
                           NULL, 0);
  load_loop_run (self.loop, NULL, NULL);
  seconds = now () - begin;
  n = count (self.answer->str, "\"changes\":[");
  printf ("{\"seconds\":%.3f,\"rows\":%u,\"bytes\":%" G_GSIZE_FORMAT "}\n", seconds, n,
          self.answer->len);
  return self.n_bad > 0 || n < (guint)atoi (argv[1]);
}

/* ---- burst ---- */

typedef struct
{
  LoadLoop *loop;
  guint n;
  guint n_served;
  guint n_failed;
} Burst;

static void
count_one (Burst *self, gboolean served)
{
  self->n_served += served ? 1 : 0;
  self->n_failed += served ? 0 : 1;
  if (self->n_served + self->n_failed == self->n)
    load_loop_quit (self->loop);
}

static void
on_served (LoadConnection *connection, guint status, gpointer data)
{
  count_one (data, status == 200);
}

static void
on_not_served (LoadConnection *connection, const char *why, gpointer data)
{
  fprintf (stderr, "load: a client of the burst: %s\n", why);
  count_one (data, FALSE);
}

static void
ignore_body (LoadConnection *connection, const char *bytes, gsize length, gpointer data)
{
}

static int
run_burst (const LoadTarget *target, char **argv)
{
  static const LoadFuncs funcs = { NULL, ignore_body, on_served, on_not_served };
  Burst self = { .loop = load_loop_new (), .n = atoi (argv[0]) };
  double begin = now ();

  for (guint i = 0; i < self.n; i++)
    load_connection_request (load_connection_new (self.loop, target, &funcs, &self), "GET",
                             "/_session", NULL, 0);
  load_loop_run (self.loop, NULL, NULL);
  printf ("{\"seconds\":%.3f,\"served\":%u,\"failed\":%u}\n", now () - begin, self.n_served,
          self.n_failed);
  return self.n_failed > 0;
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    int n_args;
    int (*run) (const LoadTarget *target, char **argv);
  } modes[] = {
    { "bulk", 4, run_bulk },
    { "changes", 2, run_changes },
    { "feeds", 5, load_run_feeds },
    { "burst", 1, run_burst },
  };

  for (guint i = 0; argc > 2 && i < G_N_ELEMENTS (modes); i++)
    if (g_str_equal (argv[2], modes[i].name) && argc == 3 + modes[i].n_args)
      return modes[i].run (load_target_new (argv[1], g_getenv ("LOAD_AUTHORIZATION")), argv + 3);
  fprintf (stderr, "usage: load URL bulk|changes|feeds|burst ...; see its source\n");
  return 2;
}
