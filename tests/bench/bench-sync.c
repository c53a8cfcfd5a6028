/* bench-sync: our client by itself. Prints one line of JSON.
 *
 * bench-sync FOLDER fill N SIZE KIND    a workspace of N documents of SIZE bytes: KIND "entry"
 * (what people write) or "plain" (of no type) bench-sync FOLDER push|pull URL USER FINGERPRINT
 * DATABASE    BENCH_TOKEN: the account's
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "iw-replicator.h"
#include "iw-rev.h"

#define BATCH 1000
#define INCIDENT "01900000-0000-7000-8000-00000000000a"

static IwStore *
open_store (const char *dir)
{
  g_autoptr (GError) error = NULL;
  IwStore *store = iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

/* ---- fill ---- */

static char *
make_body (guint i, guint size, gboolean entry)
{
  static const char words[] =
      "the mail gateway asked the proxy for page and got an answer that nobody expected ";
  GString *text = g_string_new (NULL);
  const char *end = entry ? "\",\"type\":\"entry\",\"v\":1}" : "\"}";

  if (entry)
    g_string_append_printf (
        text,
        "{\"created_at\":\"2026-11-03T03:%02u:%02u.%06uZ\",\"created_by\":\"hana\",\"incident\":"
        "\"" INCIDENT "\",\"kind\":\"observation\",\"modified_by\":\"hana\",\"occurred_at\":\"2026-"
                      "11-03T03:%02u:%02u.%06uZ\","
        "\"source\":\"proxy\",\"text\":\"",
        i / 60 % 60, i % 60, i % 1000000, i / 60 % 60, i % 60, i % 1000000);
  else
    g_string_append_printf (text, "{\"n\":%u,\"text\":\"", i);
  while (text->len + strlen (end) < size)
    g_string_append_c (text, words[(i * 7 + text->len) % (sizeof words - 1)]);
  g_string_append (text, end);
  return g_string_free_and_steal (text);
}

static void
put (IwStore *store, guint i, guint size, gboolean entry)
{
  g_autofree char *docid = g_strdup_printf (INCIDENT ":%s-01900000-0000-7000-8000-%012x",
                                            entry ? "entry" : "note", i * 2654435761u);
  g_autofree char *body = make_body (i, size, entry);
  IwRev made = iw_rev_make (NULL, FALSE, body);
  g_autofree char *id = iw_rev_format (made.gen, made.hash);
  const char *revs[] = { id, NULL };
  IwPeerRev rev = { docid, revs, body, FALSE, NULL };
  g_autoptr (GError) error = NULL;

  if (!iw_peer_put (store, &rev, NULL, &error))
    g_error ("%s", error->message);
}

static int
fill (const char *dir, char **argv)
{
  g_autoptr (IwStore) store = open_store (dir);
  guint n = atoi (argv[0]);

  for (guint i = 0; i < n; i++)
    {
      if (i % BATCH == 0)
        iw_peer_begin (store, NULL);
      put (store, i, atoi (argv[1]), g_str_equal (argv[2], "entry"));
      if ((i % BATCH == BATCH - 1 || i == n - 1) && !iw_peer_commit (store, NULL))
        g_error ("nothing can be written");
    }
  return 0;
}

/* ---- sync ---- */

static double
processor (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int
run_sync (const char *dir, IwReplicatorFlags flags, char **argv)
{
  g_autoptr (IwStore) store = open_store (dir);
  IwSyncAccount account = {
    .url = argv[0], .user = argv[1], .certificate = argv[2], .compartment = argv[3], .bearer = TRUE
  };
  g_autoptr (IwRemote) remote = iw_remote_new (&account, g_getenv ("BENCH_TOKEN"));
  g_autoptr (IwReplicator) replicator = iw_replicator_new (store, remote, &account);
  IwReplicatorCounts counts;
  gint64 begin = g_get_monotonic_time ();
  double used = processor ();
  g_autoptr (GError) error = NULL;

  if (!iw_replicator_run (replicator, flags, NULL, &error))
    g_error ("%s", error->message);
  iw_replicator_get_counts (replicator, &counts);
  printf ("{\"seconds\":%.3f,\"processor\":%.3f,\"sent\":%" G_GUINT64_FORMAT
          ",\"received\":%" G_GUINT64_FORMAT ",\"refused\":%" G_GUINT64_FORMAT "}\n",
          (g_get_monotonic_time () - begin) / 1e6, processor () - used, counts.sent,
          counts.received, counts.refused);
  return 0;
}

int
main (int argc, char **argv)
{
  if (argc == 6 && g_str_equal (argv[2], "fill"))
    return fill (argv[1], argv + 3);
  if (argc == 7 && g_str_equal (argv[2], "push"))
    return run_sync (argv[1], IW_REPLICATOR_PUSH, argv + 3);
  if (argc == 7 && g_str_equal (argv[2], "pull"))
    return run_sync (argv[1], IW_REPLICATOR_PULL, argv + 3);
  fprintf (stderr, "usage: bench-sync FOLDER fill|push|pull ...; see its source\n");
  return 2;
}
