/* Edits made from a revision that others have gone on from since. */
#include "store-fixture.h"

#include "iw-conflicts.h"

#define TASK INCIDENT_A ":task-1"
#define TEXT(title, phase, note)                                                                   \
  "{\"type\":\"task\",\"title\":\"" title "\",\"phase\":\"" phase "\",\"note\":\"" note "\"}"
#define FIRST TEXT ("Block", "containment", "one\\ntwo\\nthree")

/* Writes @text (NULL deletes) as made from @base; gives the revision that this made, else what is
 * there. (transfer full) */
static char *
edit (IwStore *store, const char *base, const char *text)
{
  g_autoptr (JsonObject) body = text != NULL ? json (text) : NULL;
  IwChange change = { TASK, body, base };
  g_auto (GStrv) before = iw_store_get_leaves (store, TASK, TRUE, NULL);
  g_auto (GStrv) after = NULL;
  g_autoptr (GError) error = NULL;

  iw_store_apply (store, "Change", &change, 1, 1, &error);
  g_assert_no_error (error);
  after = iw_store_get_leaves (store, TASK, TRUE, NULL);
  for (guint i = 0; after[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *)before, after[i]))
      return g_strdup (after[i]);
  return g_strdup (after[0]);
}

/* What another wrote on top of @base, as sync brings it. (transfer full) */
static char *
receive (IwStore *store, const char *base, const char *name, const char *text)
{
  char *rev = g_strdup_printf ("%d-%s", atoi (base) + 1, name);
  const char *revs[] = { rev, base, NULL };
  g_autoptr (JsonObject) body = text != NULL ? json (text) : NULL;
  IwReplicatedRev replicated = { TASK, revs, body, text == NULL };
  g_autoptr (GError) error = NULL;

  iw_store_put_replicated (store, &replicated, 1, &error);
  g_assert_no_error (error);
  return rev;
}

/* Both looked at the same revision; the other was quicker. @base, @theirs: (out) (transfer full) */
static void
other_was_quicker (Fixture *f, const char *text, char **base, char **theirs)
{
  *base = edit (f->store, NULL, FIRST);
  *theirs = receive (f->store, *base, "b", text);
}

static guint
count_leaves (IwStore *store)
{
  g_auto (GStrv) leaves = iw_store_get_leaves (store, TASK, FALSE, NULL);

  return g_strv_length (leaves);
}

static void
assert_parent (IwStore *store, const char *rev, const char *parent)
{
  g_auto (GStrv) history = iw_store_get_history (store, TASK, rev, NULL);

  g_assert_cmpstr (history[0], ==, rev);
  g_assert_cmpstr (history[1], ==, parent);
}

static void
test_nobody_wrote (Fixture *f, gconstpointer data)
{
  g_autofree char *base = edit (f->store, NULL, FIRST);
  g_autofree char *mine = edit (f->store, base, TEXT ("Watch", "containment", "one"));
  g_autofree char *again = edit (f->store, mine, TEXT ("Watch", "containment", "one"));

  assert_parent (f->store, mine, base);
  g_assert_cmpstr (again, ==, mine);
  g_assert_cmpuint (count_leaves (f->store), ==, 1);
}

/* Other fields, and other lines of one text. */
static void
test_merged (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;

  other_was_quicker (f, TEXT ("Block", "recovery", "one, theirs\\ntwo\\nthree"), &base, &theirs);
  mine = edit (f->store, base, TEXT ("Watch", "containment", "one\\ntwo\\nthree, mine"));
  assert_parent (f->store, mine, theirs);
  g_assert_cmpuint (count_leaves (f->store), ==, 1);
  assert_field (f->store, TASK, "title", "Watch");
  assert_field (f->store, TASK, "phase", "recovery");
  assert_field (f->store, TASK, "note", "one, theirs\ntwo\nthree, mine");
  assert_field (f->store, TASK, "modified_by", "A. Sato");
  /* Undo takes back what was typed here alone. */
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  assert_field (f->store, TASK, "title", "Block");
  assert_field (f->store, TASK, "phase", "recovery");
  assert_field (f->store, TASK, "note", "one, theirs\ntwo\nthree");
}

static void
test_nothing_changed (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;

  other_was_quicker (f, TEXT ("Stop", "containment", "one\\ntwo\\nthree"), &base, &theirs);
  mine = edit (f->store, base, FIRST);
  g_assert_cmpstr (mine, ==, theirs);
  assert_field (f->store, TASK, "title", "Stop");
}

static void
test_open (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *more = NULL;
  g_autoptr (JsonObject) kept = NULL;
  g_autoptr (JsonObject) written = NULL;

  other_was_quicker (f, TEXT ("Stop", "containment", "one"), &base, &theirs);
  mine = edit (f->store, base, TEXT ("Watch", "containment", "two"));
  assert_parent (f->store, mine, base);
  g_assert_cmpuint (count_leaves (f->store), ==, 2);
  g_assert_cmpuint (iw_conflicts_count (f->store), ==, 1);
  kept = iw_store_get_rev (f->store, TASK, theirs, NULL, NULL);
  written = iw_store_get_rev (f->store, TASK, mine, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (kept, "title"), ==, "Stop");
  g_assert_cmpstr (json_object_get_string_member (written, "title"), ==, "Watch");
  /* The next words go on from there, whichever wins. */
  more = edit (f->store, mine, TEXT ("Watch it", "containment", "two"));
  assert_parent (f->store, more, mine);
  g_assert_cmpuint (count_leaves (f->store), ==, 2);
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  g_assert_cmpuint (count_leaves (f->store), ==, 2);
}

/* Undone, a branch says again what both come from, and the merge takes it away. */
static void
test_open_undone (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;
  guint merged, open;

  other_was_quicker (f, TEXT ("Stop", "containment", "one"), &base, &theirs);
  mine = edit (f->store, base, TEXT ("Watch", "containment", "two"));
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  g_assert_true (iw_conflicts_merge_all (f->store, &merged, &open, NULL));
  g_assert_cmpuint (merged, ==, 1);
  g_assert_cmpuint (open, ==, 0);
  assert_field (f->store, TASK, "title", "Stop");
}

static void
test_deleted_meanwhile (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;
  g_autoptr (IwConflict) conflict = NULL;

  other_was_quicker (f, NULL, &base, &theirs);
  mine = edit (f->store, base, TEXT ("Watch", "containment", "two"));
  assert_parent (f->store, mine, base);
  assert_field (f->store, TASK, "title", "Watch");
  conflict = iw_conflict_read (f->store, TASK, NULL);
  g_assert_nonnull (conflict);
  g_assert_true (iw_conflict_is_deletion (conflict));
}

static void
test_delete_what_was_edited (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;
  g_autoptr (IwConflict) conflict = NULL;

  other_was_quicker (f, TEXT ("Stop", "containment", "one"), &base, &theirs);
  mine = edit (f->store, base, NULL);
  assert_parent (f->store, mine, base);
  assert_field (f->store, TASK, "title", "Stop");
  conflict = iw_conflict_read (f->store, TASK, NULL);
  g_assert_nonnull (conflict);
  g_assert_true (iw_conflict_is_deletion (conflict));
}

/* Their edit was taken back before: nothing of theirs is deleted that was not seen. */
static void
test_delete_what_says_the_same (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *back = NULL;

  other_was_quicker (f, TEXT ("Stop", "containment", "one"), &base, &theirs);
  back = receive (f->store, theirs, "c", FIRST);
  mine = edit (f->store, base, NULL);
  assert_parent (f->store, mine, back);
  g_assert_cmpuint (count_leaves (f->store), ==, 0);
}

static void
test_both_deleted (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autoptr (GError) error = NULL;
  IwChange change = { TASK, NULL, NULL };

  other_was_quicker (f, NULL, &base, &theirs);
  change.base = base;
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

/* Each holds, both together do not: no text is an address. */
static void
test_merged_does_not_hold (Fixture *f, gconstpointer data)
{
#define INDICATOR(type, value)                                                                     \
  "{\"type\":\"indicator\",\"indicator_type\":\"" type "\",\"value\":\"" value "\"}"
  const char *docid = INCIDENT_A ":indicator-1";
  g_autoptr (JsonObject) theirs = json (INDICATOR ("ip", "192.0.2.1"));
  g_autoptr (JsonObject) mine = json (INDICATOR ("file", "srv-1.txt"));
  g_autofree char *base = NULL;
  const char *revs[] = { "2-b", NULL, NULL };
  IwReplicatedRev other = { docid, revs, theirs };
  IwChange change = { docid, mine };
  g_autoptr (GError) error = NULL;

  put (f->store, docid, INDICATOR ("file", "192.0.2.1"));
  change.base = revs[1] = base = winner_of (f->store, docid);
  iw_store_put_replicated (f->store, &other, 1, &error);
  g_assert_no_error (error);
  iw_store_apply (f->store, "Change", &change, 1, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (iw_conflicts_count (f->store), ==, 1);
}

/* The screen had not caught up with what was written here a moment ago. */
static void
test_own (Fixture *f, gconstpointer data)
{
  g_autofree char *base = edit (f->store, NULL, FIRST);
  g_autofree char *first = edit (f->store, base, TEXT ("Stop", "containment", "one"));
  g_autofree char *second =
      edit (f->store, base, TEXT ("Watch", "containment", "one\\ntwo\\nthree"));
  g_autofree char *third = NULL;
  g_autofree char *again = NULL;

  assert_parent (f->store, second, first);
  assert_field (f->store, TASK, "title", "Watch");
  assert_field (f->store, TASK, "note", "one");
  third = edit (f->store, base, NULL);
  assert_parent (f->store, third, second);
  again = edit (f->store, base, TEXT ("Block it", "containment", "one"));
  assert_parent (f->store, again, third);
  assert_field (f->store, TASK, "title", "Block it");
  g_assert_cmpuint (count_leaves (f->store), ==, 1);
  g_assert_cmpuint (iw_conflicts_count (f->store), ==, 0);
}

/* One's own words and theirs on top of them: theirs were not seen. */
static void
test_own_and_theirs (Fixture *f, gconstpointer data)
{
  g_autofree char *base = edit (f->store, NULL, FIRST);
  g_autofree char *first = edit (f->store, base, TEXT ("Stop", "containment", "one"));
  g_autofree char *theirs = receive (f->store, first, "b", TEXT ("Go", "containment", "one"));
  g_autofree char *second = edit (f->store, base, TEXT ("Watch", "containment", "one"));

  assert_parent (f->store, second, base);
  g_assert_cmpuint (iw_conflicts_count (f->store), ==, 1);
}

/* Nor with what undo and redo wrote. */
static void
test_own_undone (Fixture *f, gconstpointer data)
{
  g_autofree char *base = edit (f->store, NULL, FIRST);
  g_autofree char *first = edit (f->store, base, TEXT ("Stop", "containment", "one"));
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  second = edit (f->store, first, TEXT ("Watch", "containment", "one"));
  g_assert_cmpuint (count_leaves (f->store), ==, 1);
  assert_field (f->store, TASK, "title", "Watch");
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  g_assert_true (iw_store_redo (f->store, NULL, NULL));
  third = edit (f->store, first, NULL);
  g_assert_cmpuint (count_leaves (f->store), ==, 0);
  g_assert_cmpuint (iw_conflicts_count (f->store), ==, 0);
}

static void
test_three_times_at_once (Fixture *f, gconstpointer data)
{
  g_autofree char *base = edit (f->store, NULL, FIRST);
  g_autoptr (JsonObject) a = json (TEXT ("a", "containment", "one"));
  g_autoptr (JsonObject) b = json (TEXT ("b", "containment", "one"));
  g_autoptr (JsonObject) c = json (TEXT ("c", "containment", "one"));
  IwChange changes[] = { { TASK, a, base }, { TASK, b, base }, { TASK, c, base } };
  g_autoptr (GError) error = NULL;

  iw_store_apply (f->store, "Change", changes, 3, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_leaves (f->store), ==, 1);
  assert_field (f->store, TASK, "title", "c");
}

/* Another program of the same person is somebody else: it cannot know what this screen showed. */
static void
test_other_store (Fixture *f, gconstpointer data)
{
  g_autofree char *base = edit (f->store, NULL, FIRST);
  g_autoptr (IwStore) other = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
  g_autofree char *theirs = edit (other, base, TEXT ("Stop", "containment", "one"));
  g_autofree char *mine = edit (f->store, base, TEXT ("Watch", "containment", "one"));

  assert_parent (f->store, mine, base);
  g_assert_cmpuint (iw_conflicts_count (f->store), ==, 1);
}

/* What lies beside theirs is undone, done and undone again beside it, also after theirs went on. */
static void
test_undo_on_a_branch (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *more = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;
  guint merged, open;

  other_was_quicker (f, TEXT ("Stop", "containment", "one"), &base, &theirs);
  mine = edit (f->store, base, TEXT ("Watch", "containment", "two"));
  more = receive (f->store, theirs, "c", TEXT ("Stop it", "containment", "one"));
  last = receive (f->store, more, "d", TEXT ("Stop it now", "containment", "one"));
  for (guint i = 0; i < 2; i++)
    {
      iw_store_undo (f->store, NULL, &error);
      g_assert_no_error (error);
      iw_store_redo (f->store, NULL, &error);
      g_assert_no_error (error);
    }
  assert_field (f->store, TASK, "title", "Watch"); /* by now the longer branch */
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  g_assert_true (iw_conflicts_merge_all (f->store, &merged, &open, NULL));
  g_assert_cmpuint (open, ==, 0);
  assert_field (f->store, TASK, "title", "Stop it now");
}

/* What an older version or a stranger wrote may not hold: that is not said to who changed nothing.
 */
static void
test_theirs_does_not_hold (Fixture *f, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;

  other_was_quicker (f, "{\"type\":\"task\",\"phase\":\"nowhere\"}", &base, &theirs);
  mine = edit (f->store, base, FIRST);
  g_assert_cmpstr (mine, ==, theirs);
}

static void
test_erased (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json (FIRST);
  IwChange change = { TASK, body, "1-0123456789abcdef0123456789abcdef" };
  g_autoptr (GError) error = NULL;

  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
}

/* The base is so old that nobody keeps it: it overwrites nothing. */
static void
test_forgotten_base (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json (TEXT ("Watch", "containment", "two"));
  IwChange change = { TASK, body, "1-0123456789abcdef0123456789abcdef" };
  g_autoptr (GError) error = NULL;

  put (f->store, TASK, FIRST);
  put (f->store, TASK, TEXT ("Stop", "containment", "one"));
  iw_store_apply (f->store, "Change", &change, 1, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_leaves (f->store), ==, 2);
  assert_field (f->store, TASK, "title", "Stop");
  g_assert_true (iw_store_undo (f->store, NULL, NULL));
  g_assert_cmpuint (count_leaves (f->store), ==, 1);
  change.base = "nothing";
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/rebase/nobody-wrote", test_nobody_wrote);
  add_test ("/rebase/merged", test_merged);
  add_test ("/rebase/nothing-changed", test_nothing_changed);
  add_test ("/rebase/open", test_open);
  add_test ("/rebase/open-undone", test_open_undone);
  add_test ("/rebase/deleted-meanwhile", test_deleted_meanwhile);
  add_test ("/rebase/delete-what-was-edited", test_delete_what_was_edited);
  add_test ("/rebase/delete-what-says-the-same", test_delete_what_says_the_same);
  add_test ("/rebase/both-deleted", test_both_deleted);
  add_test ("/rebase/merged-does-not-hold", test_merged_does_not_hold);
  add_test ("/rebase/own", test_own);
  add_test ("/rebase/own-and-theirs", test_own_and_theirs);
  add_test ("/rebase/own-undone", test_own_undone);
  add_test ("/rebase/three-times-at-once", test_three_times_at_once);
  add_test ("/rebase/other-store", test_other_store);
  add_test ("/rebase/undo-on-a-branch", test_undo_on_a_branch);
  add_test ("/rebase/theirs-does-not-hold", test_theirs_does_not_hold);
  add_test ("/rebase/erased", test_erased);
  add_test ("/rebase/forgotten-base", test_forgotten_base);
  return g_test_run ();
}
