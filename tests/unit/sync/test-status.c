#include "iw-sync-status.h"

#include "iw-test-support.h"

#define NOW G_GINT64_CONSTANT (1793674800000000)
#define SECOND G_GINT64_CONSTANT (1000000)

#define assert_says(status, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text_ = iw_sync_status_describe (status, NOW);                                \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_synced (void)
{
  const struct
  {
    gint64 ago;
    const char *text;
  } cases[] = {
    { -3600, "Synced just now" }, /* a clock that was put back */
    { 0, "Synced just now" },      { 4, "Synced just now" },
    { 5, "Synced 5 seconds ago" }, { 59, "Synced 59 seconds ago" },
    { 60, "Synced 1 minute ago" }, { 3599, "Synced 59 minutes ago" },
    { 3600, "Synced 1 hour ago" }, { 86399, "Synced 23 hours ago" },
    { 86400, "Synced 1 day ago" }, { 40 * 86400, "Synced 40 days ago" },
  };
  g_autoptr (IwSyncStatus) status = iw_sync_status_new (IW_SYNC_IDLE);

  assert_says (status, "Connected");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      status->synced_at = NOW - cases[i].ago * SECOND;
      assert_says (status, cases[i].text);
    }
}

static void
test_waiting (void)
{
  g_autoptr (IwSyncStatus) status = iw_sync_status_new (IW_SYNC_WAITING);

  assert_says (status, "Waiting for a connection");
  status->retry_at = NOW - SECOND;
  assert_says (status, "Waiting for a connection");
  status->retry_at = NOW + SECOND;
  assert_says (status, "No connection, next try in 1 second");
  status->retry_at = NOW + 119 * SECOND;
  assert_says (status, "No connection, next try in 119 seconds");
  status->retry_at = NOW + 120 * SECOND;
  assert_says (status, "No connection, next try in 2 minutes");
}

static void
test_progress (void)
{
  g_autoptr (IwSyncStatus) up = iw_sync_status_new (IW_SYNC_PUSHING);
  g_autoptr (IwSyncStatus) down = iw_sync_status_new (IW_SYNC_PULLING);

  assert_says (up, "Sending…");
  assert_says (down, "Receiving…");
  up->done = down->done = 1;
  assert_says (up, "1 document sent");
  assert_says (down, "1 document received");
  up->done = down->done = 3;
  assert_says (down, "3 documents received");
  up->total = down->total = 40;
  assert_says (up, "3 of 40 sent");
  assert_says (down, "3 of 40 received");
  /* More came than the server had said. */
  down->done = 41;
  assert_says (down, "41 of 41 received");
  down->done = -1;
  down->total = G_MAXINT64;
  assert_says (down, "0 of 9223372036854775807 received");

  up->bytes_done = 12400000;
  up->bytes_total = 2100000000;
  assert_says (up, "Sending a file, 12.4\302\240MB of 2.1\302\240GB");
  down->bytes_done = 12000000;
  down->bytes_total = 10000000;
  assert_says (down, "Receiving a file, 10.0\302\240MB of 10.0\302\240MB");
}

static void
test_others (void)
{
  g_autoptr (IwSyncStatus) off = iw_sync_status_new (IW_SYNC_OFF);
  g_autoptr (IwSyncStatus) chosen = iw_sync_status_new (IW_SYNC_OFFLINE_BY_CHOICE);
  g_autoptr (IwSyncStatus) connecting = iw_sync_status_new (IW_SYNC_CONNECTING);
  g_autoptr (IwSyncStatus) refused = iw_sync_status_new (IW_SYNC_REFUSED);
  g_autoptr (IwSyncStatus) certificate = iw_sync_status_new (IW_SYNC_CERTIFICATE);
  g_autoptr (IwSyncStatus) failed = iw_sync_status_new (IW_SYNC_FAILED);

  assert_says (off, "Sync is not set up");
  assert_says (chosen, "Working offline");
  chosen->n_waiting = 1;
  assert_says (chosen, "Working offline, 1 document to send");
  chosen->n_waiting = 12;
  assert_says (chosen, "Working offline, 12 documents to send");
  assert_says (connecting, "Connecting…");
  assert_says (refused, "The server refused access");
  assert_says (certificate, "The server’s certificate is not trusted");
  assert_says (failed, "Sync failed");
  failed->message = g_strdup ("The disk is full");
  assert_says (failed, "The disk is full");
}

static void
test_copy (void)
{
  g_autoptr (IwSyncStatus) status = iw_sync_status_new (IW_SYNC_PULLING);
  g_autoptr (IwSyncStatus) copy = NULL;
  GValue value = G_VALUE_INIT;

  status->compartment = g_strdup ("incidents");
  status->message = g_strdup ("Something");
  status->done = 1;
  status->total = 2;
  status->synced_at = 3;
  status->retry_at = 4;
  status->n_waiting = 5;
  status->n_parked = 6;
  status->n_conflicts = 7;
  status->compartments = g_strdupv ((char *[]){ (char *)"a", (char *)"b", NULL });
  copy = iw_sync_status_copy (status);
  g_assert_cmpint (copy->phase, ==, IW_SYNC_PULLING);
  g_assert_cmpstr (copy->compartment, ==, "incidents");
  g_assert_cmpstr (copy->message, ==, "Something");
  g_assert_cmpint (copy->done, ==, 1);
  g_assert_cmpint (copy->total, ==, 2);
  g_assert_cmpint (copy->synced_at, ==, 3);
  g_assert_cmpint (copy->retry_at, ==, 4);
  g_assert_cmpuint (copy->n_waiting, ==, 5);
  g_assert_cmpuint (copy->n_parked, ==, 6);
  g_assert_cmpuint (copy->n_conflicts, ==, 7);
  g_assert_cmpstrv (copy->compartments, status->compartments);
  g_assert_true (copy->message != status->message);

  /* Boxed values are counted, not copied. */
  g_value_init (&value, IW_TYPE_SYNC_STATUS);
  g_value_set_boxed (&value, status);
  g_assert_true (g_value_get_boxed (&value) == status);
  g_value_unset (&value);
  g_assert_cmpstr (status->message, ==, "Something");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync-status/synced", test_synced);
  g_test_add_func ("/sync-status/waiting", test_waiting);
  g_test_add_func ("/sync-status/progress", test_progress);
  g_test_add_func ("/sync-status/others", test_others);
  g_test_add_func ("/sync-status/copy", test_copy);
  return g_test_run ();
}
