/* Notices: where they stand, where they may go, and what an approval is about. */
#include "decision-fixture.h"

#include <string.h>

static GPtrArray *
fold_notices (Entries *entries)
{
  g_autoptr (IwDecisions) decisions = iw_decisions_new (entries);

  return iw_notices_fold (decisions);
}

static void
test_course (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) notices = NULL;
  const IwNoticeState *state;
  IwEntry *approved;

  put_notice (entries, 1, "n1", "in-review", NULL);
  approved = put_notice (entries, 2, "n1", "approved", NULL);
  put_notice (entries, 3, "n0", "draft", "regulator");
  notices = fold_notices (entries);
  g_assert_cmpuint (notices->len, ==, 2);
  state = notices->pdata[0];
  g_assert_cmpstr (state->notice, ==, "n0");
  g_assert_cmpint (state->audience, ==, IW_AUDIENCE_REGULATOR);
  g_assert_cmpint (state->status, ==, IW_NOTICE_DRAFT);
  state = notices->pdata[1];
  g_assert_cmpint (state->status, ==, IW_NOTICE_APPROVED);
  g_assert_cmpint (state->audience, ==, IW_AUDIENCE_CUSTOMERS);
  g_assert_cmpint (state->since, ==, minute (2));
  g_assert_cmpstr (state->by, ==, "M. Ito");
  g_assert_cmpint (strlen (state->digest), ==, 64);
  g_assert_true (state->entry == approved);
  g_assert_cmpint (state->first_sent, ==, 0);
}

/* What was sent stays sent, also if somebody elsewhere deferred it meanwhile. */
static void
test_sent (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) notices = NULL;
  const IwNoticeState *state;
  IwEntry *sent = put_notice (entries, 10, "n", "sent", NULL);

  put_notice (entries, 11, "n", "deferred", NULL);
  put_notice (entries, 12, "n", "sent", NULL);
  notices = fold_notices (entries);
  state = notices->pdata[0];
  g_assert_cmpint (state->status, ==, IW_NOTICE_SENT);
  g_assert_cmpint (state->first_sent, ==, minute (10));
  g_assert_true (state->entry == sent);
  g_clear_pointer (&notices, g_ptr_array_unref);

  put_withdrawal (entries, 13, id_of (sent)); /* it was not: then the next word holds */
  notices = fold_notices (entries);
  g_assert_cmpint (((IwNoticeState *)notices->pdata[0])->first_sent, ==, minute (12));
}

/* N3: not deferred without grounds, and without legal and executive by name. */
static void
test_deferral_without_vetting (void)
{
  static const char *const needed[] = { "grounds", "why", "legal", "executive" };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autoptr (Entries) entries = entries_new ();
      g_autoptr (GPtrArray) notices = NULL;

      put_notice (entries, 1, "n", "in-review", NULL);
      iw_entry_set_field (put_notice (entries, 2, "n", "deferred", NULL), needed[i], NULL);
      notices = fold_notices (entries);
      g_assert_cmpint (((IwNoticeState *)notices->pdata[0])->status, ==, IW_NOTICE_IN_REVIEW);
    }
}

static void
test_next (void)
{
  const guint draft = 1 << IW_NOTICE_DRAFT, review = 1 << IW_NOTICE_IN_REVIEW,
              approved = 1 << IW_NOTICE_APPROVED, sent = 1 << IW_NOTICE_SENT,
              deferred = 1 << IW_NOTICE_DEFERRED;

  g_assert_cmpuint (iw_notice_next (IW_NOTICE_DRAFT), ==, review | deferred);
  g_assert_cmpuint (iw_notice_next (IW_NOTICE_IN_REVIEW), ==, draft | approved | deferred);
  g_assert_cmpuint (iw_notice_next (IW_NOTICE_APPROVED), ==, draft | sent | deferred);
  g_assert_cmpuint (iw_notice_next (IW_NOTICE_DEFERRED), ==, draft | review);
  g_assert_cmpuint (iw_notice_next (IW_NOTICE_SENT), ==, 0);
}

static char *
digest_of (const char *subject, const char *body, const char *first, const char *second)
{
  g_autoptr (JsonObject) notice = json_object_new ();
  JsonArray *recipients = json_array_new ();

  json_object_set_string_member (notice, "subject", subject);
  json_object_set_string_member (notice, "body", body);
  json_object_set_string_member (notice, "modified_at", body);
  if (first != NULL)
    json_array_add_string_element (recipients, first);
  if (second != NULL)
    json_array_add_string_element (recipients, second);
  json_object_set_array_member (notice, "recipients", recipients);
  return iw_notice_digest (notice);
}

/* No two texts have one digest, however their parts are put together. */
static void
test_digest (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonObject) empty = json_object_new ();
  g_autoptr (JsonObject) odd = json_object_new ();
  char *first = digest_of ("Notice", "Dear", "a", "b");
  g_autofree char *again = digest_of ("Notice", "Dear", "a", "b");

  g_assert_cmpuint (strlen (first), ==, 64);
  g_assert_cmpstr (first, ==, again);
  g_assert_true (g_hash_table_add (seen, first));
  g_assert_true (g_hash_table_add (seen, digest_of ("Notic", "eDear", "a", "b")));
  g_assert_true (g_hash_table_add (seen, digest_of ("Notice", "Dear ", "a", "b")));
  g_assert_true (g_hash_table_add (seen, digest_of ("Notice", "Dear", "ab", NULL)));
  g_assert_true (g_hash_table_add (seen, digest_of ("Notice", "Dear", "b", "a")));
  g_assert_true (g_hash_table_add (seen, digest_of ("Notice", "Dear", NULL, NULL)));
  g_assert_true (g_hash_table_add (seen, digest_of ("Notice", "Dear1:a", NULL, NULL)));
  g_assert_true (g_hash_table_add (seen, iw_notice_digest (empty)));

  json_object_set_int_member (odd, "subject", 5);
  json_object_set_string_member (odd, "recipients", "a");
  json_object_set_null_member (odd, "body");
  g_assert_false (g_hash_table_add (seen, iw_notice_digest (odd)));

  /* Approved for one audience is not approved for another. */
  json_object_set_string_member (empty, "audience", "internal");
  g_assert_true (g_hash_table_add (seen, iw_notice_digest (empty)));
  json_object_set_string_member (empty, "audience", "customers");
  g_assert_true (g_hash_table_add (seen, iw_notice_digest (empty)));
}

static void
test_words (void)
{
  for (int i = 0; i < IW_N_NOTICE_STATUSES; i++)
    {
      IwNoticeStatus status = IW_N_NOTICE_STATUSES;

      g_assert_true (iw_notice_status_from_string (iw_notice_status_to_string (i), &status));
      g_assert_cmpint (status, ==, i);
      g_assert_cmpstr (iw_notice_status_label (i), !=, "");
    }
  for (int i = 0; i < IW_N_AUDIENCES; i++)
    {
      IwAudience audience = IW_N_AUDIENCES;

      g_assert_true (iw_audience_from_string (iw_audience_to_string (i), &audience));
      g_assert_cmpint (audience, ==, i);
      g_assert_cmpstr (iw_audience_label (i), !=, "");
    }
  g_assert_false (iw_notice_status_from_string ("x", &(IwNoticeStatus){ 0 }));
  g_assert_false (iw_audience_from_string (NULL, &(IwAudience){ 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/notice/course", test_course);
  g_test_add_func ("/notice/sent", test_sent);
  g_test_add_func ("/notice/deferral-without-vetting", test_deferral_without_vetting);
  g_test_add_func ("/notice/next", test_next);
  g_test_add_func ("/notice/digest", test_digest);
  g_test_add_func ("/notice/words", test_words);
  return g_test_run ();
}
