#include "iw-id.h"

#include <string.h>

static void
test_form (void)
{
  const gint64 now = G_GINT64_CONSTANT (0x0199a1b2c3d4) * 1000 + 500;
  g_autofree IwContext *context = iw_context_new_fake (now, 0, 1);
  g_autofree char *id = iw_id_new (context);

  /* 48 bits of milliseconds, the version, the part of the millisecond, the variant. */
  g_assert_true (g_str_has_prefix (id, "0199a1b2-c3d4-7800-"));
  g_assert_nonnull (strchr ("89ab", id[19]));
  g_assert_cmpuint (strlen (id), ==, 36);
  g_assert_true (iw_id_is_uuid (id));
  g_assert_true (g_uuid_string_is_valid (id));
}

static void
test_sorts_by_time (void)
{
  /* A microsecond apart, over many milliseconds. */
  g_autofree IwContext *context = iw_context_new_fake (G_GINT64_CONSTANT (1793588645678000), 1, 99);
  g_autofree char *last = iw_id_new (context);

  for (int i = 0; i < 20000; i++)
    {
      char *id = iw_id_new (context);

      g_assert_cmpstr (last, <, id);
      g_free (last);
      last = id;
    }
}

static void
test_unique (void)
{
  /* The clock stands still: only the random part differs. */
  g_autofree IwContext *context = iw_context_new_fake (0, 0, 5);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 20000; i++)
    g_assert_true (g_hash_table_add (seen, iw_id_new (context)));
  for (int i = 0; i < 20000; i++)
    g_assert_true (g_hash_table_add (seen, iw_id_new (iw_context_system ())));
}

static void
test_fake (void)
{
  g_autofree IwContext *a = iw_context_new_fake (100, 7, 1);
  g_autofree IwContext *b = iw_context_new_fake (100, 7, 1);
  g_autofree IwContext *other = iw_context_new_fake (100, 7, 2);

  g_assert_cmpint (iw_context_now (a), ==, 100);
  g_assert_cmpint (iw_context_now (a), ==, 107);
  iw_context_now (b);
  iw_context_now (b);
  iw_context_now (other);
  iw_context_now (other);
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *from_a = iw_id_new (a);
      g_autofree char *from_b = iw_id_new (b);
      g_autofree char *from_other = iw_id_new (other);

      g_assert_cmpstr (from_a, ==, from_b);
      g_assert_cmpstr (from_a, !=, from_other);
    }
}

static void
test_system (void)
{
  gint64 before = g_get_real_time ();
  gint64 now = iw_context_now (iw_context_system ());
  guint8 bytes[1000] = { 0 };
  guint zeros = 0;

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
  iw_context_system ()->random (bytes, sizeof bytes, NULL);
  for (guint i = 0; i < sizeof bytes; i++)
    zeros += bytes[i] == 0;
  g_assert_cmpuint (zeros, <, 50);
}

static void
test_early_clock (void)
{
  g_autofree IwContext *context = iw_context_new_fake (-5000000, 0, 1);
  g_autofree char *id = iw_id_new (context);

  g_assert_true (g_str_has_prefix (id, "00000000-0000-7000-"));
}

static void
test_documents (void)
{
  g_autofree IwContext *context = iw_context_new_fake (0, 1, 1);
  g_autofree char *incident = iw_id_new (context);
  g_autofree char *entry = iw_id_new_document (context, incident, "entry");
  g_autofree char *workspace = iw_id_new_document (context, NULL, "team");
  g_autofree char *own = iw_id_incident_document (incident);
  g_autofree char *of_entry = iw_id_incident_of (entry);
  g_autofree char *of_own = iw_id_incident_of (own);

  g_assert_cmpuint (strlen (entry), ==, 36 + 1 + 6 + 36);
  g_assert_cmpint (strncmp (entry, incident, 36), ==, 0);
  g_assert_cmpint (strncmp (entry + 36, ":entry-", 7), ==, 0);
  g_assert_true (iw_id_is_uuid (entry + 43));
  g_assert_true (g_str_has_prefix (workspace, "workspace:team-"));
  g_assert_true (iw_id_is_uuid (workspace + 15));
  g_assert_true (g_str_has_suffix (own, ":incident"));
  g_assert_cmpstr (of_entry, ==, incident);
  g_assert_cmpstr (of_own, ==, incident);
  g_assert_null (iw_id_incident_of (workspace));
}

static void
test_malformed (void)
{
  static const char *const not_uuids[] = {
    "",
    "0199a1b2-c3d4-7800-8000-00000000000",   /* one short */
    "0199a1b2-c3d4-7800-8000-0000000000000", /* one long */
    "0199A1B2-c3d4-7800-8000-000000000000",  /* upper case */
    "0199a1b2xc3d4-7800-8000-000000000000",
    "0199a1b2-c3d4-7800-8000-00000000000g",
    "{199a1b2-c3d4-7800-8000-00000000000}",
    "0199a1b2-c3d4-7800-8000 000000000000",
  };
  static const char *const not_documents[] = {
    "",
    ":",
    "workspace:team-0199a1b2-c3d4-7800-8000-000000000000",
    "0199a1b2-c3d4-7800-8000-000000000000",
    "0199a1b2-c3d4-7800-8000-000000000000:",
    "0199a1b2-c3d4-7800-8000-000000000000/entry",
    "0199a1b2-c3d4-7800-8000-00000000000:entry",
    "_design/x",
  };

  g_assert_false (iw_id_is_uuid (NULL));
  g_assert_null (iw_id_incident_of (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (not_uuids); i++)
    g_assert_false (iw_id_is_uuid (not_uuids[i]));
  for (guint i = 0; i < G_N_ELEMENTS (not_documents); i++)
    g_assert_null (iw_id_incident_of (not_documents[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/id/form", test_form);
  g_test_add_func ("/id/sorts-by-time", test_sorts_by_time);
  g_test_add_func ("/id/unique", test_unique);
  g_test_add_func ("/id/fake", test_fake);
  g_test_add_func ("/id/system", test_system);
  g_test_add_func ("/id/early-clock", test_early_clock);
  g_test_add_func ("/id/documents", test_documents);
  g_test_add_func ("/id/malformed", test_malformed);
  return g_test_run ();
}
