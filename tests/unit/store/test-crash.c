/* kill -9 at any moment: what was confirmed is there, and the database is whole. */
#include "store-fixture.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 20

static void
write_line (int fd, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  if (write (fd, line, strlen (line)) < 0)
    _exit (1);
}

/* Writes entries and a draft, and says so once they are durable. Never returns. */
static void
work (const char *dir, int round, int fd)
{
  g_autoptr (IwStore) store = open_at (dir, IW_STORE_OPEN_DEFAULT, NULL);

  for (guint i = 0;; i++)
    {
      g_autofree char *text = g_strdup_printf ("round %d entry %u", round, i);
      g_autofree char *docid = NULL;
      g_autofree char *draft = NULL;

      if (!iw_store_put_draft (store, "quick", text, NULL))
        _exit (1);
      draft = g_strconcat ("draft ", text, NULL);
      write_line (fd, draft);
      docid = put_text (store, INCIDENT_A, i, text);
      write_line (fd, docid);
      if (i % 7 == 3 && !iw_store_undo (store, NULL, NULL))
        _exit (1);
      if (i % 7 == 3)
        {
          g_autofree char *undone = g_strconcat ("undone ", docid, NULL);

          write_line (fd, undone);
        }
    }
}

/* What a child said until it was killed; a line that was cut is not a confirmation. */
static void
note_lines (int fd, GHashTable *confirmed, char **draft)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  char buffer[4096];
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  lines = g_strsplit (text->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    if (g_str_has_prefix (lines[i], "draft "))
      {
        g_free (*draft);
        *draft = g_strdup (lines[i] + strlen ("draft "));
      }
    else if (g_str_has_prefix (lines[i], "undone "))
      g_hash_table_remove (confirmed, lines[i] + strlen ("undone "));
    else
      g_hash_table_add (confirmed, g_strdup (lines[i]));
}

static void
wait_for_output (int fd)
{
  struct pollfd poll_fd = { fd, POLLIN, 0 };

  g_assert_cmpint (poll (&poll_fd, 1, 60000), ==, 1);
}

static void
run_and_kill (Fixture *f, int round, GHashTable *confirmed, char **draft)
{
  int fds[2];
  int status;
  pid_t child;

  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (fds[0]);
      work (f->dir, round, fds[1]);
    }
  close (fds[1]);
  /* Every other one is killed at work, the rest perhaps while it opens the workspace. */
  if (round % 2 == 0)
    wait_for_output (fds[0]);
  g_usleep (g_test_rand_int_range (1000, 120000));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  note_lines (fds[0], confirmed, draft);
  close (fds[0]);
}

/* An undo may have been done and not yet confirmed: then it can be redone. */
static void
assert_present (Fixture *f, const char *docid)
{
  g_autoptr (JsonObject) body = iw_store_get (f->store, docid, NULL, NULL);

  if (body == NULL)
    {
      g_assert_true (iw_store_redo (f->store, NULL, NULL));
      body = iw_store_get (f->store, docid, NULL, NULL);
    }
  g_assert_nonnull (body);
}

static void
test_kill (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) confirmed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *draft = NULL;
  GHashTableIter iter;
  gpointer docid;

  put_incident (f->store, INCIDENT_A, "Crash");
  g_clear_object (&f->store);
  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *kept = NULL;

      run_and_kill (f, round, confirmed, &draft);
      f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, NULL);
      g_assert_true (iw_store_check (f->store, FALSE, problems, NULL, NULL));
      g_assert_cmpint (problems->len, ==, 0);
      g_hash_table_iter_init (&iter, confirmed);
      while (g_hash_table_iter_next (&iter, &docid, NULL))
        assert_present (f, docid);
      /* The draft may be one ahead of what was confirmed, never behind. */
      kept = iw_store_get_draft (f->store, "quick", NULL);
      g_assert_true (draft == NULL || kept != NULL);
      if (draft != NULL && g_str_has_prefix (kept, "round ") && atoi (kept + 6) == atoi (draft + 6))
        g_assert_cmpint (atoi (strrchr (kept, ' ')), >=, atoi (strrchr (draft, ' ')));
      g_clear_object (&f->store);
    }
  g_test_message ("%u entries confirmed in %d rounds", g_hash_table_size (confirmed), ROUNDS);
  g_assert_cmpint (g_hash_table_size (confirmed), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/crash/kill", test_kill);
  return g_test_run ();
}
