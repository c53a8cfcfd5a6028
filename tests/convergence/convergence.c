/* convergence: five people with a workspace each, often offline, with clocks that are off by hours,
 * and one server. All work at random; networks are cut, clients and server are killed (SIGKILL) at
 * random moments. Then the network is whole again and all sync until nothing goes over. After that
 * all must have the same documents with the same leaves, histories and files; every edit that was
 * confirmed must be in each one's history, and every text that nobody took away must be there to be
 * read, once; workspaces must be without fault.
 *
 * convergence --server PROGRAM [--first SEED] [--seeds N] [--jobs N] [--keep]
 *
 * A world follows from its seed, but for where exactly a kill falls. Prints TAP. With --keep the
 * folders of worlds that failed stay.
 */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "process.h"
#include "world.h"

#define WORLD_S 300
#define MAX_JOBS 16

static char *server_path;
static int first_seed = 1;
static int n_seeds = 6;
static int n_jobs = 1;
static gboolean keep;

static People *people;
static char *base;

static char *
path_of (guint seed, const char *what)
{
  return g_strdup_printf ("%s/%u%s", base, seed, what);
}

static void
write_report (World *world)
{
  g_autofree char *path = path_of (world->seed, ".report");
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "# seed %u: %u edits confirmed, %u lives, %u killed%s\n",
                          world->seed, world->n_edits, world->n_lives, world->n_kills,
                          world->tls ? ", TLS" : "");
  for (guint i = 0; i < world->problems->len; i++)
    {
      g_auto (GStrv) lines = g_strsplit (world->problems->pdata[i], "\n", -1);

      for (guint j = 0; lines[j] != NULL; j++)
        g_string_append_printf (text, "# %s\n", lines[j]);
    }
  g_file_set_contents (path, text->str, text->len, NULL);
}

/* In a process of its own. */
static int
run_world (gpointer data)
{
  guint seed = GPOINTER_TO_UINT (data);
  g_autofree char *dir = path_of (seed, "");
  World *world;
  gboolean ok;

  g_mkdir (dir, 0700);
  world = world_new (people, server_path, dir, seed);
  world_live (world);
  if (world->problems->len == 0)
    world_heal (world);
  if (world->problems->len == 0)
    world_compare (world);
  ok = world->problems->len == 0;
  write_report (world);
  world_free (world);
  if (ok || !keep)
    people_remove_dir (dir);
  return ok ? 0 : 1;
}

/* ---- all of them ---- */

typedef struct
{
  pid_t pid;
  guint seed;
} Job;

static gboolean
finish (Job *job, guint n)
{
  int code = conv_process_wait (job->pid, WORLD_S);
  g_autofree char *path = path_of (job->seed, ".report");
  g_autofree char *report = NULL;

  g_file_get_contents (path, &report, NULL, NULL);
  printf ("%s%s %u - seed %u\n", report != NULL ? report : "", code == 0 ? "ok" : "not ok", n,
          job->seed);
  if (code != 0)
    printf ("# again: convergence --first %u --seeds 1 --keep (exit code %d)\n", job->seed, code);
  fflush (stdout);
  g_unlink (path);
  job->pid = 0;
  return code == 0;
}

static int
run_all (void)
{
  Job jobs[MAX_JOBS] = { 0 };
  int n_failed = 0;
  guint n_done = 0;

  printf ("1..%d\n", n_seeds);
  for (int i = 0; i < n_seeds + n_jobs; i++)
    {
      Job *job = &jobs[i % n_jobs];

      if (job->pid > 0)
        n_failed += finish (job, ++n_done) ? 0 : 1;
      if (i >= n_seeds)
        continue;
      job->seed = first_seed + i;
      job->pid = conv_process_fork (run_world, GUINT_TO_POINTER (job->seed));
    }
  return n_failed == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_FILENAME, &server_path, "The server's program", "PROGRAM" },
    { "first", 0, 0, G_OPTION_ARG_INT, &first_seed, "The first seed", "SEED" },
    { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "How many", "N" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &n_jobs, "How many at a time", "N" },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &keep, "Keep the folders of worlds that failed", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *template = NULL;
  int code;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || server_path == NULL ||
      n_seeds < 1 || n_jobs < 1 || n_jobs > MAX_JOBS)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "--server PROGRAM is needed");
      return 2;
    }
  base = g_dir_make_tmp ("iw-convergence-XXXXXX", &error);
  if (base == NULL)
    g_error ("no folder: %s", error->message);
  template = g_build_filename (base, "template", NULL);
  people = people_new (template);
  code = run_all ();
  people_free (people);
  if (code == 0 || !keep)
    people_remove_dir (base);
  else
    printf ("# kept in %s\n", base);
  return code;
}
