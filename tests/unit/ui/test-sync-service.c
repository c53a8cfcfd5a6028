#include "workspace-fixture.h"

#include "iw-compartment.h"
#include "iw-meanwhile.h"
#include "iw-sync-service.h"

static void
keep_account (Fixture *fixture, const IwSyncAccount *account)
{
  IwSyncService *service = iw_sync_service_of (fixture->workspace);
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  iw_sync_service_set_account_async (service, account, on_result, fixture);
  g_assert_true (iw_sync_service_set_account_finish (service, wait_result (fixture), &error));
  g_assert_no_error (error);
}

/* Nothing of it reaches for a network. */
static void
work_offline (Fixture *fixture, const char *const *excluded)
{
  IwSyncAccount account = { .url = (char *)"https://127.0.0.1:6984/",
                            .user = (char *)"hana",
                            .compartment = (char *)"incidents",
                            .excluded = (char **)excluded,
                            .offline = TRUE };

  iw_sync_service_start (iw_sync_service_of (fixture->workspace));
  keep_account (fixture, &account);
}

static void
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  iw_workspace_close (fixture->workspace);
  g_clear_object (&fixture->workspace);
  fixture->workspace = iw_workspace_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
test_off (Fixture *fixture, gconstpointer data)
{
  IwSyncService *service = iw_sync_service_of (fixture->workspace);

  g_assert_true (iw_sync_service_of (fixture->workspace) == service);
  iw_sync_service_start (service);
  g_assert_null (iw_sync_service_get_account (service));
  g_assert_cmpint (iw_sync_service_get_status (service)->phase, ==, IW_SYNC_OFF);
  iw_sync_service_sync_now (service);
  g_assert_cmpint (iw_sync_service_get_status (service)->phase, ==, IW_SYNC_OFF);
}

static void
test_sample (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sample = iw_workspace_sample_dir ();
  g_autoptr (IwWorkspace) workspace = iw_workspace_open (sample, NULL);

  g_assert_false (iw_sync_service_can_sync (iw_sync_service_of (workspace)));
  g_assert_true (iw_sync_service_can_sync (iw_sync_service_of (fixture->workspace)));
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  IwSyncService *service = iw_sync_service_of (fixture->workspace);
  guint before;
  g_autofree char *incident = NULL;

  work_offline (fixture, NULL);
  g_assert_cmpstr (iw_sync_service_get_account (service)->user, ==, "hana");
  g_assert_cmpint (iw_sync_service_get_status (service)->phase, ==, IW_SYNC_OFFLINE_BY_CHOICE);
  before = iw_sync_service_get_status (service)->n_waiting;
  incident = add_incident (fixture, "Leaked storage", IW_SEVERITY_HIGH);
  /* The incident, its stage and its severity. */
  g_assert_cmpuint (iw_sync_service_get_status (service)->n_waiting, ==, before + 3);

  /* The app that is started offline tells the same. */
  reopen (fixture);
  service = iw_sync_service_of (fixture->workspace);
  iw_sync_service_start (service);
  g_assert_cmpint (iw_sync_service_get_status (service)->phase, ==, IW_SYNC_OFFLINE_BY_CHOICE);
  g_assert_cmpuint (iw_sync_service_get_status (service)->n_waiting, ==, before + 3);

  keep_account (fixture, NULL);
  g_assert_null (iw_sync_service_get_account (service));
  g_assert_cmpint (iw_sync_service_get_status (service)->phase, ==, IW_SYNC_OFF);
}

static void
test_compartments (Fixture *fixture, gconstpointer data)
{
  const char *const excluded[] = { "postmortems", NULL };
  IwSyncService *service = iw_sync_service_of (fixture->workspace);
  g_autofree char *incident = NULL;
  g_autofree char *before = NULL;
  g_autofree char *usual = NULL;
  g_autofree char *own = NULL;
  g_auto (GStrv) names = NULL;

  incident = add_incident (fixture, "Leaked storage", IW_SEVERITY_HIGH);
  before = iw_compartment_of_incident (fixture->workspace, incident);
  g_assert_null (before);
  work_offline (fixture, excluded);
  names = iw_sync_service_list_compartments (service);
  g_assert_cmpstrv (names, ((const char *const[]){ "incidents", "postmortems", NULL }));
  /* One that is not wanted is no choice. */
  g_assert_null (iw_compartment_choices (fixture->workspace));
  usual = iw_compartment_of_incident (fixture->workspace, incident);
  g_assert_cmpstr (usual, ==, "incidents");

  g_clear_object (&fixture->result);
  iw_compartment_set_async (fixture->workspace, incident, "postmortems", on_result, fixture);
  g_assert_true (iw_compartment_set_finish (fixture->workspace, wait_result (fixture), NULL));
  own = iw_compartment_of_incident (fixture->workspace, incident);
  g_assert_cmpstr (own, ==, "postmortems");
}

/* The title was typed here while another wrote the summary: what the form saves names what it saw.
 */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *incident = add_incident (fixture, "Leaked storage", IW_SEVERITY_HIGH);
  g_autofree char *docid = iw_id_incident_document (incident);
  IwStore *reading = iw_workspace_get_store (fixture->workspace);
  g_autoptr (IwStore) other = iw_store_open (fixture->dir, IW_STORE_OPEN_DEFAULT, NULL, NULL);
  g_autofree char *rev = NULL;
  g_autoptr (JsonObject) mine = iw_store_get (reading, docid, &rev, NULL);
  g_autoptr (JsonObject) theirs = iw_store_get (other, docid, NULL, NULL);
  g_autoptr (JsonObject) both = NULL;
  g_autofree char *words = NULL;
  IwChange change = { docid, theirs, rev };

  json_object_set_string_member (theirs, "summary", "It was in a public image.");
  iw_store_set_author (other, "Akira Sato");
  g_assert_true (iw_store_apply (other, "Edit Incident Details", &change, 1, 1, NULL));
  both = iw_store_get (reading, docid, NULL, NULL);
  words = iw_meanwhile_words (both);
  g_assert_cmpstr (words, ==, "Changed meanwhile by Akira Sato; what you typed is kept");

  json_object_set_string_member (mine, "title", "Leaked key");
  change.body = mine;
  g_clear_object (&fixture->result);
  iw_workspace_apply_async (fixture->workspace, "Edit Incident Details", &change, 1, 1, on_result,
                            fixture);
  g_assert_true (iw_workspace_apply_finish (fixture->workspace, wait_result (fixture), NULL));
  g_clear_pointer (&both, json_object_unref);
  both = iw_store_get (reading, docid, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (both, "title"), ==, "Leaked key");
  g_assert_cmpstr (json_object_get_string_member (both, "summary"), ==,
                   "It was in a public image.");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync-service/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("off", test_off);
  ADD ("sample", test_sample);
  ADD ("offline", test_offline);
  ADD ("compartments", test_compartments);
  ADD ("meanwhile", test_meanwhile);
  return g_test_run ();
}
