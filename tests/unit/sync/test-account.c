#include "iw-sync-account.h"

#include "iw-peer.h"
#include "iw-test-support.h"

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

typedef struct
{
  char *dir;
  IwStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = iw_test_make_dir ();
  fixture->store = iw_store_open (fixture->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->store);
  iw_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
}

static void
save (Fixture *fixture, const IwSyncAccount *account)
{
  g_autoptr (GError) error = NULL;

  iw_sync_account_save (fixture->store, account, &error);
  g_assert_no_error (error);
}

static IwSyncAccount *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  IwSyncAccount *account = iw_sync_account_load (fixture->store, &error);

  g_assert_no_error (error);
  return account;
}

/* What a session leaves behind: a parked document and a checkpoint; and a _local document that is
 * not ours. */
static void
leave_traces (Fixture *fixture)
{
  IwParked parked = { .compartment = (char *)"incidents",
                      .docid = (char *)"a:entry:b",
                      .rev = (char *)"1-a",
                      .incoming = TRUE,
                      .error = (char *)"forbidden",
                      .reason = (char *)"no",
                      .at = 1 };
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_peer_begin (fixture->store, &error));
  iw_peer_park (fixture->store, &parked, &error);
  g_assert_no_error (error);
  g_assert_true (
      iw_peer_put_local (fixture->store, IW_SYNC_CHECKPOINT_PREFIX "1", "{}", NULL, NULL, &error));
  g_assert_true (iw_peer_put_local (fixture->store, "other", "{}", NULL, NULL, &error));
  g_assert_true (iw_peer_commit (fixture->store, &error));
  g_assert_no_error (error);
}

static void
assert_traces (Fixture *fixture, gboolean expected)
{
  g_autoptr (GPtrArray) parked = iw_peer_list_parked (fixture->store, NULL);
  g_autofree char *checkpoint =
      iw_peer_get_local (fixture->store, IW_SYNC_CHECKPOINT_PREFIX "1", NULL, NULL);
  g_autofree char *other = iw_peer_get_local (fixture->store, "other", NULL, NULL);

  g_assert_cmpuint (parked->len, ==, expected);
  g_assert_cmpstr (checkpoint, ==, expected ? "{}" : NULL);
  g_assert_cmpstr (other, ==, "{}");
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  char *excluded[] = { (char *)"legal", (char *)"hr", NULL };
  IwSyncAccount account = { .url = (char *)"https://host:6984/",
                            .user = (char *)"hana",
                            .certificate = (char *)HASH,
                            .compartment = (char *)"incidents",
                            .excluded = excluded,
                            .bearer = TRUE,
                            .offline = TRUE };
  g_autoptr (IwSyncAccount) read = NULL;
  g_autoptr (IwSyncAccount) copy = NULL;

  g_assert_null (load (fixture));
  save (fixture, &account);
  read = load (fixture);
  copy = iw_sync_account_copy (read);
  g_assert_cmpstr (copy->url, ==, account.url);
  g_assert_cmpstr (copy->user, ==, account.user);
  g_assert_cmpstr (copy->certificate, ==, account.certificate);
  g_assert_cmpstr (copy->compartment, ==, account.compartment);
  g_assert_cmpstrv (copy->excluded, excluded);
  g_assert_true (copy->bearer && copy->offline);
}

static void
test_least (Fixture *fixture, gconstpointer data)
{
  IwSyncAccount account = { .url = (char *)"http://localhost:5984/", .user = (char *)"hana" };
  g_autoptr (IwSyncAccount) read = NULL;

  save (fixture, &account);
  read = load (fixture);
  g_assert_null (read->certificate);
  g_assert_null (read->compartment);
  g_assert_nonnull (read->excluded);
  g_assert_null (read->excluded[0]);
  g_assert_false (read->bearer || read->offline);
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  IwSyncAccount account = { .url = (char *)"https://host/", .user = (char *)"hana" };
  g_autoptr (IwSyncAccount) read = NULL;

  save (fixture, &account);
  leave_traces (fixture);
  account.offline = TRUE;
  account.certificate = (char *)HASH;
  save (fixture, &account);
  assert_traces (fixture, TRUE);
  save (fixture, NULL);
  assert_traces (fixture, FALSE);
  g_assert_null (load (fixture));
  save (fixture, NULL);
}

/* What one account was refused another may be allowed. */
static void
test_other_user (Fixture *fixture, gconstpointer data)
{
  IwSyncAccount account = { .url = (char *)"https://host/", .user = (char *)"hana" };
  g_autoptr (IwSyncAccount) read = NULL;

  save (fixture, &account);
  leave_traces (fixture);
  account.user = (char *)"omar";
  save (fixture, &account);
  assert_traces (fixture, FALSE);
  read = load (fixture);
  g_assert_cmpstr (read->user, ==, "omar");
}

static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  const IwSyncAccount cases[] = {
    { .user = (char *)"hana" },
    { .url = (char *)"host", .user = (char *)"hana" },
    { .url = (char *)"http://host/", .user = (char *)"hana" },
    { .url = (char *)"https://a:b@host/", .user = (char *)"hana" },
    { .url = (char *)"https://host/" },
    { .url = (char *)"https://host/", .user = (char *)"" },
    { .url = (char *)"https://host/", .user = (char *)"hana", .certificate = (char *)"abc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (iw_sync_account_save (fixture->store, &cases[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
  g_assert_null (load (fixture));
}

/* A file that somebody else has written into. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node =
      json_from_string ("{\"url\":7,\"user\":[],\"excluded\":{\"a\":1},\"bearer\":\"x\"}", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_store_put_local (fixture->store, "sync", json_node_get_object (node), NULL));
  g_assert_null (iw_sync_account_load (fixture->store, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  save (fixture, NULL);
  g_assert_null (load (fixture));
}

#define add_test(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/sync-account/round-trip", test_round_trip);
  add_test ("/sync-account/least", test_least);
  add_test ("/sync-account/forget", test_forget);
  add_test ("/sync-account/other-user", test_other_user);
  add_test ("/sync-account/invalid", test_invalid);
  add_test ("/sync-account/foreign", test_foreign);
  return g_test_run ();
}
