#include "world.h"

#include <signal.h>
#include <stdio.h>

#include "compare.h"
#include "person.h"
#include "process.h"

#define START G_GINT64_CONSTANT (1793674800000000) /* 2026-11-03T03:00:00Z */
#define HOUR (3600 * (gint64)G_USEC_PER_SEC)
#define FIRST_PORT 11000
#define N_PORTS 20000 /* below those that the system gives away */
#define ROUNDS 4
#define MAX_PASSES 12
#define PATIENCE_S 30
#define ROUND_US 120000 /* in which kills fall */

G_GNUC_PRINTF (2, 3)
static void
complain (World *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

static guint
roll (World *self, guint sides)
{
  return g_rand_int_range (self->rand, 0, sides);
}

/* ---- the server ---- */

static void
start_server (World *self)
{
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  const char *argv[] = { self->server_path,
                         "--data",
                         self->server_dir,
                         "serve",
                         "--listen",
                         "127.0.0.1",
                         "--port",
                         port,
                         self->tls ? NULL : "--http",
                         NULL };

  if (self->server > 0)
    return;
  self->server = conv_process_spawn (argv, self->server_log);
}

static void
await_server (World *self)
{
  start_server (self);
  if (!conv_process_answers (self->port, PATIENCE_S))
    complain (self, "the server does not answer; see %s", self->server_log);
}

static void
kill_server (World *self)
{
  if (self->server <= 0)
    return;
  conv_process_kill (self->server);
  self->server = 0;
  self->n_kills++;
}

/* ---- making ---- */

World *
world_new (const People *people, const char *server_path, const char *dir, guint32 seed)
{
  World *self = g_new0 (World, 1);

  self->seed = seed;
  self->people = people;
  self->server_path = server_path;
  self->dir = g_strdup (dir);
  self->rand = g_rand_new_with_seed (seed);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->tls = roll (self, 8) == 0;
  self->port = FIRST_PORT + seed % N_PORTS;
  self->url = g_strdup_printf ("%s://127.0.0.1:%u/", self->tls ? "https" : "http", self->port);
  self->server_dir = g_build_filename (dir, "server", NULL);
  self->server_log = g_build_filename (dir, "server.log", NULL);
  people_copy_dir (people, self->server_dir);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *notes = g_strconcat (people_names[i], ".notes", NULL);

      self->dirs[i] = g_build_filename (dir, people_names[i], NULL);
      self->notes[i] = g_build_filename (dir, notes, NULL);
      self->clocks[i] = START + (gint64)g_rand_int_range (self->rand, -12, 13) * HOUR;
    }
  return self;
}

void
world_free (World *self)
{
  conv_process_kill (self->server);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_free (self->dirs[i]);
      g_free (self->notes[i]);
    }
  g_rand_free (self->rand);
  g_ptr_array_unref (self->problems);
  g_free (self->url);
  g_free (self->server_log);
  g_free (self->server_dir);
  g_free (self->dir);
  g_free (self);
}

/* ---- living ---- */

static Life
new_life (World *self, guint person)
{
  Life life = {
    .dir = self->dirs[person],
    .url = self->url,
    .name = people_names[person],
    .token = self->people->tokens[person],
    .certificate = self->tls ? self->people->certificate : NULL,
    .notes = self->notes[person],
    .seed = g_rand_int (self->rand),
  };

  life.mark = g_strdup_printf ("tk-%u-%u", person, self->n_lives++);
  /* Each life begins later by its own clock, whatever the others say. */
  life.clock = self->clocks[person] += HOUR / 60;
  return life;
}

static pid_t
begin_life (World *self, guint person)
{
  Life life = new_life (self, person);
  pid_t pid;

  life.n_edits = 1 + roll (self, 8);
  /* Some are away for the whole round. */
  life.n_syncs = roll (self, 4) == 0 ? 0 : 1 + roll (self, 2);
  life.at_once = roll (self, 3) == 0;
  life.cut_after = roll (self, 3) == 0 ? 1 + roll (self, 30) : 0;
  pid = conv_process_fork (person_live, &life);
  g_free (life.mark);
  return pid;
}

/* Who dies (N_PEOPLE: the server; above: it comes back) and when. */
typedef struct
{
  guint at;
  guint who;
} Event;

static int
by_time (gconstpointer a, gconstpointer b)
{
  return (int)((const Event *)a)->at - (int)((const Event *)b)->at;
}

static GArray *
make_events (World *self)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (Event));

  for (guint i = 0; i < N_PEOPLE; i++)
    if (roll (self, 3) == 0)
      g_array_append_val (events, ((Event){ roll (self, ROUND_US), i }));
  for (guint n = roll (self, 3); n > 0; n--)
    {
      guint at = roll (self, ROUND_US);

      g_array_append_val (events, ((Event){ at, N_PEOPLE }));
      g_array_append_val (events, ((Event){ at + roll (self, 30000), N_PEOPLE + 1 }));
    }
  g_array_sort (events, by_time);
  return events;
}

static void
run_events (World *self, pid_t *pids)
{
  g_autoptr (GArray) events = make_events (self);
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < events->len; i++)
    {
      const Event *event = &g_array_index (events, Event, i);
      gint64 wait = begin + event->at - g_get_monotonic_time ();

      if (wait > 0)
        g_usleep (wait);
      if (event->who == N_PEOPLE)
        kill_server (self);
      else if (event->who > N_PEOPLE)
        start_server (self);
      else
        {
          conv_process_kill (pids[event->who]);
          pids[event->who] = 0;
          self->n_kills++;
        }
    }
}

static void
live_round (World *self)
{
  pid_t pids[N_PEOPLE];

  if (roll (self, 4) > 0)
    await_server (self);
  else
    start_server (self);
  for (guint i = 0; i < N_PEOPLE; i++)
    pids[i] = begin_life (self, i);
  run_events (self, pids);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      int code = pids[i] > 0 ? conv_process_wait (pids[i], PATIENCE_S) : 0;

      if (code == -1)
        complain (self, "%s does not end", people_names[i]);
      else if (code != 0)
        complain (self, "%s ended with %d", people_names[i], code);
    }
}

void
world_live (World *self)
{
  for (guint i = 0; i < ROUNDS && self->problems->len == 0; i++)
    live_round (self);
}

/* ---- healing ---- */

/* Whether anything went over. */
static gboolean
sync_one (World *self, guint person)
{
  g_autofree char *path = g_build_filename (self->dir, "result", NULL);
  Life life = new_life (self, person);
  LifeResult result;
  int code;

  remove (path);
  life.result = path;
  life.n_syncs = 1;
  code = conv_process_wait (conv_process_fork (person_live, &life), PATIENCE_S);
  g_free (life.mark);
  if (code != 0 || !person_read_result (path, &result))
    {
      complain (self, "%s cannot sync: exit code %d", people_names[person], code);
      return FALSE;
    }
  if (!result.ok)
    complain (self, "%s cannot sync: %s", people_names[person], result.error);
  g_free (result.error);
  return result.sent + result.received + result.refused + result.merged > 0;
}

void
world_heal (World *self)
{
  gboolean busy = TRUE;

  await_server (self);
  for (guint pass = 0; busy && pass < MAX_PASSES && self->problems->len == 0; pass++)
    {
      busy = FALSE;
      for (guint i = 0; i < N_PEOPLE && self->problems->len == 0; i++)
        busy = sync_one (self, i) || busy;
    }
  if (busy && self->problems->len == 0)
    complain (self, "it does not come to rest");
}

/* ---- comparing ---- */

static void
stop_server (World *self)
{
  int code;

  if (roll (self, 4) == 0)
    kill_server (self);
  if (self->server <= 0)
    return;
  kill (self->server, SIGTERM);
  code = conv_process_wait (self->server, PATIENCE_S);
  self->server = 0;
  if (code != 0)
    complain (self, "the server ended with %d", code);
}

void
world_compare (World *self)
{
  g_autofree char *dir = g_build_filename (self->server_dir, "databases", "incidents", NULL);
  Notes *notes = notes_read (self->notes);
  Copy *server;
  Copy *first = NULL;

  stop_server (self);
  server = copy_read ("server", dir, FALSE, self->problems);
  notes_check (notes, server, self->problems);
  for (guint i = 0; i < notes->lines->len; i++)
    self->n_edits += g_str_equal (*(char **)notes->lines->pdata[i], "+") ? 1 : 0;
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      Copy *copy = copy_read (people_names[i], self->dirs[i], TRUE, self->problems);

      copy_compare (server, copy, self->problems);
      if (first != NULL)
        copy_compare (first, copy, self->problems);
      notes_check (notes, copy, self->problems);
      if (first == NULL)
        first = copy;
      else
        copy_free (copy);
    }
  copy_free (first);
  copy_free (server);
  notes_free (notes);
}
