/* bench-timeline.c: the store's part of what a person waits for, with a timeline of any size.
 *
 * usage: bench-timeline build DIR EVENTS      makes a workspace with one incident
 *        bench-timeline measure LARGE SMALL   prints a line a measure: its name, the median and the
 *                                             worst of the large one, the median of the small one,
 *                                             all in ms, and the median of their ratios
 *        bench-timeline resident DIR          does all the same once, and prints the resident MiB
 *
 * Both sizes are measured in turns, step by step, either one first every other time, and each step
 * of one is held against that of the other beside it: so the machine's moods hit them alike.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iw-event-writer.h"
#include "iw-queries.h"
#include "iw-timeline-view.h"

#define START G_GINT64_CONSTANT (1793674800000000) /* 2026-11-03T03:00:00Z */
#define SPAN (30 * IW_USEC_PER_DAY)
#define N_ENTRIES 40
#define SCREEN 60 /* rows that a list asks for at a jump */

static void
check (GError *error)
{
  if (error == NULL)
    return;
  fprintf (stderr, "bench-timeline: %s\n", error->message);
  exit (1);
}

/* ---- building ---- */

static guint32 seed = 42;

static guint32
random_below (guint32 n)
{
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % n;
}

static const char *const programs[] = { "svchost.exe",  "lsass.exe",   "powershell.exe",
                                        "explorer.exe", "chrome.exe",  "services.exe",
                                        "wmiprvse.exe", "rundll32.exe" };
static const char *const people[] = { "SYSTEM",     "a.sato",          "b.meyer",
                                      "svc-backup", "NETWORK SERVICE", "c.okafor" };

/* A line as a Windows log has it, the same for the same row. */
static void
make_text (GString *text, gint64 row)
{
  seed = (guint32)row * 2654435761u;
  g_string_printf (text,
                   "Process %s (%u) was created by %s on WS%03u.corp.example. Parent: "
                   "C:\\Windows\\System32\\%s, "
                   "logon id 0x%x, integrity %s, hash SHA256=%08X%08X, session %u, event %u",
                   programs[random_below (8)], 1000 + random_below (9000), people[random_below (6)],
                   random_below (200), programs[random_below (8)], random_below (1 << 20),
                   random_below (2) ? "High" : "Medium", random_below (1 << 24),
                   random_below (1 << 24), random_below (8), 4600 + random_below (100));
  if (random_below (1000) == 0)
    g_string_append (text, " mimikatz sekurlsa::logonpasswords");
}

static void
scan (IwEventWriter *writer, gint64 n)
{
  g_autoptr (GError) error = NULL;

  for (gint64 row = 1; row <= n; row++)
    {
      IwScanned scanned = { { START + SPAN / n * row, IW_PRECISION_MICROSECOND },
                            row,
                            row + 1,
                            row * 300,
                            299,
                            { 0 },
                            FALSE };

      memcpy (scanned.fingerprint, &row, sizeof row);
      iw_event_writer_scan (writer, &scanned, &error);
      check (error);
    }
}

static void
build_index (const char *dir, const char *evidence_id, gint64 n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 unused;
  IwScanned scanned;

  check (error);
  scan (writer, n);
  iw_event_writer_end_scan (writer, &unused, &unused, &unused, &unused, &unused, &error);
  while (error == NULL && iw_event_writer_next (writer, &scanned, &error))
    {
      make_text (text, scanned.row);
      iw_event_writer_add (writer, text->str, "Process Created", "Security", "WS001",
                           people[scanned.row % 6], text->str, &error);
    }
  check (error);
  iw_event_writer_finish (writer, evidence_id, NULL, &error);
  check (error);
}

static void
put (IwStore *store, const char *docid, JsonObject *body)
{
  g_autoptr (GError) error = NULL;
  IwChange change = { docid, body };

  iw_store_apply (store, "Add Entry", &change, 1, 1, &error);
  check (error);
}

static void
put_entry (IwStore *store, const char *incident, guint i)
{
  g_autofree char *id = iw_id_new_document (iw_store_get_context (store), incident, "entry");
  g_autofree char *text = g_strdup_printf ("Isolated host WS%03u and reset the account.", i);
  g_autoptr (IwEntry) entry = iw_entry_new (incident, IW_ENTRY_ACTION, text);
  g_autoptr (JsonObject) body = NULL;

  iw_entry_set_occurred (entry, (IwTime){ START + SPAN / N_ENTRIES * i, IW_PRECISION_MINUTE });
  body = iw_entry_to_json (entry);
  put (store, id, body);
}

static void
build (const char *dir, gint64 n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_autofree char *incident = NULL, *incident_id = NULL, *evidence_id = NULL;
  g_autoptr (IwEvidence) evidence = NULL;
  g_autoptr (JsonObject) document = NULL, timeline = json_object_new (), body = NULL;

  check (error);
  incident = iw_id_new (iw_store_get_context (store));
  incident_id = iw_id_incident_document (incident);
  document = iw_incident_new_document (incident, "A phished administrator", "", "UTC");
  put (store, incident_id, document);
  for (guint i = 0; i < N_ENTRIES; i++)
    put_entry (store, incident, i);
  evidence = iw_evidence_new (
      incident, "hosts.csv", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0);
  json_object_set_string_member (timeline, "format", "timesketch-csv");
  iw_evidence_set_timeline (evidence, timeline);
  iw_evidence_set_skew (evidence, 5 * IW_USEC_PER_SEC);
  body = iw_evidence_to_json (evidence);
  evidence_id = iw_id_new_document (iw_store_get_context (store), incident, "evidence");
  build_index (dir, evidence_id, n);
  put (store, evidence_id, body);
}

/* ---- measuring ---- */

typedef struct
{
  IwStore *store;
  char *incident;
  IwTimelineView *view;
} Bench;

typedef void (*Step) (Bench *bench, guint round);

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
time_step (Bench *bench, Step step, guint round)
{
  gint64 start = g_get_monotonic_time ();

  step (bench, round);
  return (g_get_monotonic_time () - start) / 1000.0;
}

static void
show_screen (IwTimelineView *view, guint position)
{
  guint n = iw_timeline_view_get_n_rows (view);

  for (guint i = position; i < n && i < position + SCREEN; i++)
    {
      g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (view, i);

      g_assert (iw_timeline_row_get_key (row) != NULL);
    }
}

static void
open_incident (Bench *bench, guint round)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&bench->view); /* nothing of it is kept: this is a first look */
  bench->view = iw_timeline_view_new (bench->store, bench->incident, &error);
  check (error);
  show_screen (bench->view, 0);
}

/* What follows each change of the incident. */
static void
reload (Bench *bench, guint round)
{
  g_autoptr (GError) error = NULL;

  iw_timeline_view_reload (bench->view, &error);
  check (error);
  show_screen (bench->view, 0);
}

static IwFilter *
shown (void)
{
  IwFilter *filter = iw_filter_new ();

  iw_filter_set_events_mode (filter, IW_EVENTS_SHOWN);
  return filter;
}

static void
show_all (Bench *bench, guint round)
{
  g_autoptr (IwFilter) filter = shown ();

  iw_timeline_view_set_filter (bench->view, filter, NULL);
}

static void
jump_to_position (Bench *bench, guint round)
{
  show_screen (bench->view, g_random_int_range (0, iw_timeline_view_get_n_rows (bench->view)));
}

static void
jump_to_time (Bench *bench, guint round)
{
  show_screen (bench->view, iw_timeline_view_find_time (
                                bench->view, START + (gint64)(g_random_double () * SPAN)));
}

static void
filter_by_time (Bench *bench, guint round)
{
  g_autoptr (IwFilter) filter = shown ();
  gint64 start = START + (gint64)(g_random_double () * SPAN);

  iw_filter_set_range (filter, start, start + SPAN / 10);
  iw_timeline_view_set_filter (bench->view, filter, NULL);
  show_screen (bench->view, 0);
}

static void
search_text (Bench *bench, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwFilter) filter = shown ();
  g_autoptr (IwTimelineMatch) match = NULL;

  iw_filter_set_text (filter, text);
  match = iw_timeline_match_new (bench->store, bench->incident, filter, NULL, &error);
  check (error);
  iw_timeline_view_set_filter (bench->view, filter, match);
  show_screen (bench->view, 0);
}

static void
search (Bench *bench, guint round)
{
  static const char *const texts[] = { "mimikatz", "lsass.exe", "powershell b.meyer",
                                       "\"created by SYSTEM\"", "0x1f2" };

  search_text (bench, texts[round % G_N_ELEMENTS (texts)]);
}

/* A word that every event has. */
static void
search_everywhere (Bench *bench, guint round)
{
  search_text (bench, "process ");
}

static void
draw_histogram (Bench *bench, guint round)
{
  guint32 bins[2000];

  iw_timeline_view_histogram (bench->view, START, START + SPAN, G_N_ELEMENTS (bins), bins);
}

/* ---- the programs ---- */

static const struct
{
  const char *name;
  Step step;
  guint rounds;
  Step prepare;
} measures[] = {
  { "open", open_incident, 200 },
  { "reload", reload, 200 },
  { "jump", jump_to_position, 500, show_all },
  { "jump-time", jump_to_time, 500 },
  { "histogram", draw_histogram, 100 },
  { "filter", filter_by_time, 300 },
  { "search", search, 50 },
  { "search-all", search_everywhere, 15 },
};

/* Whoever else works on this machine may have pushed the files out of the system's cache, of which
 * the large one loses more. */
static void
warm_files (Bench *bench)
{
  g_autofree char *folder = g_build_filename (iw_store_get_dir (bench->store), "events", NULL);
  g_autofree char *buffer = g_malloc (1 << 20);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      FILE *file = fopen (path, "rb");

      while (file != NULL && fread (buffer, 1, 1 << 20, file) > 0)
        ;
      g_clear_pointer (&file, fclose);
    }
}

static void
prepare (Bench *bench, guint i)
{
  warm_files (bench);
  if (measures[i].prepare != NULL)
    measures[i].prepare (bench, 0);
  measures[i].step (bench, 0); /* warm, as it is for a person who has just used it */
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof (double), compare_doubles);
  return values[n / 2];
}

static void
measure (Bench *large, Bench *small, guint i)
{
  guint rounds = measures[i].rounds;
  g_autofree double *large_times = g_new (double, rounds), *small_times = g_new (double, rounds),
                    *ratios = g_new (double, rounds);
  double of_large, of_small;

  prepare (large, i);
  prepare (small, i);
  for (guint round = 0; round < rounds; round++)
    {
      gboolean large_first = round % 2 == 0;

      if (large_first)
        large_times[round] = time_step (large, measures[i].step, round);
      small_times[round] = time_step (small, measures[i].step, round);
      if (!large_first)
        large_times[round] = time_step (large, measures[i].step, round);
      ratios[round] = large_times[round] / MAX (small_times[round], 0.001);
    }
  of_large = median (large_times, rounds);
  of_small = median (small_times, rounds);
  printf ("%s %.4f %.4f %.4f %.4f\n", measures[i].name, of_large, large_times[rounds - 1], of_small,
          median (ratios, rounds));
}

static void
bench_open (Bench *bench, const char *dir)
{
  g_autoptr (GError) error = NULL;
  const IwIncidentsFilter filter = { .stage = -1, .severity = -1, .classification = -1 };
  g_autoptr (GPtrArray) incidents = NULL;

  bench->store = iw_store_open (dir, IW_STORE_OPEN_READ_ONLY, NULL, &error);
  check (error);
  incidents =
      iw_query_incidents (bench->store, &filter, IW_INCIDENTS_BY_OPENED, FALSE, 0, 1, &error);
  check (error);
  bench->incident = g_strdup (((IwIncidentRow *)g_ptr_array_index (incidents, 0))->incident);
}

static void
bench_close (Bench *bench)
{
  g_clear_object (&bench->view);
  g_clear_object (&bench->store);
  g_free (bench->incident);
}

static void
measure_all (const char *large_dir, const char *small_dir)
{
  Bench large = { 0 }, small = { 0 };

  bench_open (&large, large_dir);
  bench_open (&small, small_dir);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    measure (&large, &small, i);
  bench_close (&large);
  bench_close (&small);
}

static void
print_resident (const char *dir)
{
  g_autofree char *status = NULL;
  Bench bench = { 0 };
  const char *line;

  bench_open (&bench, dir);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    for (guint round = 0; round < measures[i].rounds; round++)
      if (round == 0)
        prepare (&bench, i);
      else
        measures[i].step (&bench, round);
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = strstr (status, "VmRSS:");
  printf ("%.2f\n", g_ascii_strtoll (line + strlen ("VmRSS:"), NULL, 10) / 1024.0);
  bench_close (&bench);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "build") == 0)
    build (argv[2], MAX (g_ascii_strtoll (argv[3], NULL, 10), 1));
  else if (argc == 4 && strcmp (argv[1], "measure") == 0)
    measure_all (argv[2], argv[3]);
  else if (argc == 3 && strcmp (argv[1], "resident") == 0)
    print_resident (argv[2]);
  else
    {
      fprintf (stderr,
               "usage: bench-timeline build DIR EVENTS | measure LARGE SMALL | resident DIR\n");
      return 2;
    }
  return 0;
}
