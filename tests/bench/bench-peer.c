/* How fast a store takes and gives documents of peers. Prints rates, and ratios against the sqlite3
 * shell that is given the same bytes as plain INSERTs, with the same durability, in one run.
 *
 * bench-peer FOLDER [DOCUMENTS]
 */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "iw-peer.h"
#include "iw-rev.h"

#define BATCH 1000
#define INCIDENT "01900000-0000-7000-8000-00000000000a"

typedef struct
{
  guint n;
  char **docids;
  char **bodies;
  char **revs;
} Documents;

static char *
make_body (guint i)
{
  g_autofree char *fill = g_strnfill (170, 'a' + i % 26);

  return g_strdup_printf (
      "{\"actor\":\"M. Ito\",\"created_at\":\"2026-11-03T03:%02u:%02u.%06uZ\",\"created_by\":\"A. "
      "Sato\","
      "\"incident\":\"" INCIDENT "\",\"kind\":\"observation\","
      "\"occurred_at\":\"2026-11-03T03:%02u:%02u.%06uZ\",\"source\":\"proxy\","
      "\"tags\":[\"network\"],\"text\":\"host-%u asked for page %u "
      "%s\",\"type\":\"entry\",\"v\":1}",
      i / 60 % 60, i % 60, i % 1000000, i / 60 % 60, i % 60, i % 1000000, i % 97, i, fill);
}

static void
make_documents (Documents *all, guint n)
{
  all->n = n;
  all->docids = g_new0 (char *, n + 1);
  all->bodies = g_new0 (char *, n + 1);
  all->revs = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      IwRev rev;

      all->docids[i] = g_strdup_printf (INCIDENT ":entry-01900000-0000-7000-8000-%012x", i * 7919u);
      all->bodies[i] = make_body (i);
      rev = iw_rev_make (NULL, FALSE, all->bodies[i]);
      all->revs[i] = iw_rev_format (rev.gen, rev.hash);
    }
}

/* Processor time is told beside the clock's, because a busy machine changes the one and hardly the
 * other. */
typedef struct
{
  double seconds;
  double processor;
} Taken;

static Taken
now (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (Taken){ g_get_monotonic_time () / 1e6,
                  usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
                      (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6 };
}

static Taken
since (Taken start, int who)
{
  Taken end = now (who);

  return (Taken){ end.seconds - start.seconds, end.processor - start.processor };
}

static void
check (gboolean ok, GError *error)
{
  if (ok)
    return;
  g_printerr ("bench-peer: %s\n", error->message);
  exit (1);
}

static IwStore *
open_store (const char *folder, const char *name, IwStoreOpenFlags flags)
{
  g_autofree char *dir = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  IwStore *store = iw_store_open (dir, flags, NULL, &error);

  check (store != NULL, error);
  return store;
}

/* ---- documents into a store ---- */

static Taken
put_all (IwStore *store, const Documents *all)
{
  Taken start = now (RUSAGE_SELF);
  GError *error = NULL;

  for (guint i = 0; i < all->n; i++)
    {
      const char *revs[] = { all->revs[i], NULL };
      IwPeerRev rev = { all->docids[i], revs, all->bodies[i], FALSE, NULL };

      if (i % BATCH == 0)
        check (iw_peer_begin (store, &error), error);
      check (iw_peer_put (store, &rev, NULL, &error), error);
      if (i % BATCH == BATCH - 1 || i == all->n - 1)
        check (iw_peer_commit (store, &error), error);
    }
  return since (start, RUSAGE_SELF);
}

/* ---- the same bytes into the sqlite3 shell ---- */

static void
write_sql (const char *path, const Documents *all)
{
  g_autoptr (GString) sql = g_string_new (
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;\n"
      "CREATE TABLE doc (docid TEXT PRIMARY KEY, rev TEXT NOT NULL, body TEXT NOT NULL);\n");

  for (guint i = 0; i < all->n; i++)
    {
      if (i % BATCH == 0)
        g_string_append (sql, "BEGIN;\n");
      g_string_append_printf (sql, "INSERT INTO doc VALUES ('%s', '%s', '%s');\n", all->docids[i],
                              all->revs[i], all->bodies[i]);
      if (i % BATCH == BATCH - 1 || i == all->n - 1)
        g_string_append (sql, "COMMIT;\n");
    }
  g_file_set_contents (path, sql->str, sql->len, NULL);
}

static Taken
insert_all (const char *folder, const Documents *all)
{
  g_autofree char *script = g_build_filename (folder, "plain.sql", NULL);
  g_autofree char *database = g_build_filename (folder, "plain.sqlite", NULL);
  g_autofree char *read = g_strdup_printf (".read %s", script);
  const char *argv[] = { "sqlite3", database, read, NULL };
  Taken start;

  write_sql (script, all);
  start = now (RUSAGE_CHILDREN);
  if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, NULL, NULL))
    return (Taken){ 0 };
  return since (start, RUSAGE_CHILDREN);
}

/* ---- documents out of a store ---- */

static gboolean
count_bytes (const IwPeerChange *change, gpointer data)
{
  *(gsize *)data += strlen (change->doc->body) + strlen (change->revs[0]);
  return TRUE;
}

static Taken
read_all (IwStore *store)
{
  Taken start = now (RUSAGE_SELF);
  GError *error = NULL;
  gsize n = 0;

  check (iw_peer_foreach_change (store, 0, 0, IW_PEER_CHANGES_ALL_LEAVES | IW_PEER_CHANGES_BODIES,
                                 count_bytes, &n, NULL, &error),
         error);
  return since (start, RUSAGE_SELF);
}

static void
report (const char *what, guint n, Taken taken, Taken plain)
{
  g_print ("%-42s %8.0f/s, %8.0f/s of processor time", what, n / taken.seconds,
           n / taken.processor);
  if (plain.seconds > 0)
    g_print (", %5.2f of plain INSERTs", plain.processor / taken.processor);
  g_print ("\n");
}

int
main (int argc, char **argv)
{
  guint n = argc > 2 ? strtoul (argv[2], NULL, 10) : 50000;
  g_autoptr (IwStore) peer = NULL;
  g_autoptr (IwStore) app = NULL;
  Documents all;
  Taken none = { 0 };
  Taken plain;

  if (argc < 2)
    return 2;
  g_mkdir_with_parents (argv[1], 0700);
  make_documents (&all, n);
  g_print ("%u documents of %zu bytes in batches of %d\n", n, strlen (all.bodies[n - 1]), BATCH);
  plain = insert_all (argv[1], &all);
  report ("sqlite3 shell, plain INSERTs", n, plain, none);
  peer = open_store (argv[1], "peer", IW_STORE_OPEN_PEER);
  report ("put, server's database", n, put_all (peer, &all), plain);
  report ("put again (nothing new)", n, put_all (peer, &all), plain);
  report ("changes with bodies", n, read_all (peer), none);
  app = open_store (argv[1], "app", IW_STORE_OPEN_DEFAULT);
  report ("put, workspace with all that is derived", n, put_all (app, &all), plain);
  return 0;
}
