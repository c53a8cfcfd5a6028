/* fuzz-timeline-import.c: any file through all of an import: every row is counted once, every event
 * and every entry can be read back, and nothing stays behind. */
#include "iw-incident.h"
#include "iw-queries.h"
#include "iw-timeline-import.h"
#include "mutate.h"

typedef struct
{
  char *dir;
  IwStore *store;
  char *incident;
} World;

static void
world_init (World *world)
{
  g_autofree char *docid = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;
  IwChange change;

  world->dir = iw_test_make_dir ();
  world->store = iw_store_open (world->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  world->incident = iw_id_new (iw_context_system ());
  docid = iw_id_incident_document (world->incident);
  body = iw_incident_new_document (world->incident, "Fuzz", "", "UTC");
  change = (IwChange){ docid, body };
  g_assert_true (iw_store_apply (world->store, "New Incident", &change, 1, 1, &error));
}

static void
world_clear (World *world)
{
  g_clear_object (&world->store);
  iw_test_remove_dir (world->dir);
  g_free (world->incident);
  g_free (world->dir);
}

static void
check_counts (IwTimelineImport *import, const IwImportCounts *counts)
{
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (GError) error = NULL;

  if (iw_timeline_import_get_target (import) == IW_IMPORT_AS_EVIDENCE)
    g_assert_cmpint (counts->rows, ==, counts->good + counts->rejected);
  else
    g_assert_cmpint (counts->rows, ==, counts->good + counts->duplicates + counts->rejected);
  rejects = iw_timeline_import_get_rejects (import, 0, 100000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rejects->len, ==, counts->rejected);
}

static void
check_events (World *world, const char *docid, const IwImportCounts *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventIndex) index = iw_event_index_open (world->dir, docid, &error);
  g_autoptr (GPtrArray) events = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (iw_event_index_get_n (index), ==, counts->good);
  events = iw_event_index_read (index, 1, counts->good, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    {
      g_autoptr (GPtrArray) fields =
          iw_timeline_import_read_fields (world->store, docid, events->pdata[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (fields->len, >, 0);
    }
}

static void
run (World *world, IwTimelineImport *import, IwImportTarget target)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *docid = NULL;
  IwImportCounts counts;

  iw_timeline_import_set_target (import, target);
  if (!iw_timeline_import_dry_run (import, world->incident, &counts, NULL, NULL, NULL, &error))
    {
      g_assert_cmpuint (error->domain, ==, IW_IMPORT_ERROR);
      return;
    }
  check_counts (import, &counts);
  if (!iw_timeline_import_commit (import, world->incident, &docid, NULL, NULL, NULL, &error))
    {
      g_assert_cmpuint (error->domain, ==, IW_IMPORT_ERROR);
      return;
    }
  if (docid != NULL)
    check_events (world, docid, &counts);
  g_assert_true (iw_store_undo (world->store, NULL, &error));
  g_assert_no_error (error);
}

static void
import_one (World *world, const char *path, guint choice)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwTimelineImport) import =
      iw_timeline_import_probe (world->store, file, NULL, NULL, NULL, &error);

  if (import == NULL)
    {
      g_assert_cmpuint (error->domain, ==, IW_IMPORT_ERROR);
      return;
    }
  if (choice & 1)
    {
      g_autoptr (IwMapping) mapping = iw_mapping_copy (iw_timeline_import_get_mapping (import));

      iw_mapping_set_zone (mapping, "Europe/Berlin");
      iw_timeline_import_set_mapping (import, mapping);
    }
  run (world, import, choice & 2 ? IW_IMPORT_AS_ENTRIES : IW_IMPORT_AS_EVIDENCE);
}

static void
fuzz (void)
{
  Mutator mutator;
  World world;
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "input", NULL);
  g_autofree char *staging = NULL;
  g_autoptr (GDir) left = NULL;
  guint n = 0;

  mutator_init (&mutator);
  world_init (&world);
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GByteArray) bytes = mutator_next (&mutator);

      mutator_write (bytes, path);
      import_one (&world, path, mutator_below (&mutator, 4));
    }
  g_test_message ("%u inputs", n);
  staging = g_build_filename (world.dir, "staging", NULL);
  left = g_dir_open (staging, 0, NULL);
  g_assert_null (left != NULL ? g_dir_read_name (left) : NULL);
  world_clear (&world);
  iw_test_remove_dir (dir);
  mutator_clear (&mutator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/timeline-import", fuzz);
  return g_test_run ();
}
