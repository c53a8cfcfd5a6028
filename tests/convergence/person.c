#include "person.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "edits.h"
#include "iw-replicator.h"

typedef struct
{
  const Life *life;
  const IwContext *context;
  int notes;
  int n_requests;
} Person;

static IwStore *
open_store (Person *self)
{
  g_autoptr (GError) error = NULL;
  IwStore *store = iw_store_open (self->life->dir, IW_STORE_OPEN_DEFAULT, self->context, &error);

  if (store == NULL)
    {
      conv_note (self->notes, "!\tthe workspace cannot be opened: %s", error->message);
      return NULL;
    }
  iw_store_set_author (store, self->life->name);
  return store;
}

/* ---- sync ---- */

static gboolean
guard (const char *method, const char *path, gpointer data, GError **error)
{
  Person *self = data;

  if (self->life->cut_after == 0 ||
      (guint)g_atomic_int_add (&self->n_requests, 1) < self->life->cut_after)
    return TRUE;
  g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE, "the cable is out");
  return FALSE;
}

static IwReplicator *
make_replicator (Person *self, IwStore *store)
{
  const Life *life = self->life;
  IwSyncAccount account = {
    .url = (char *)life->url,
    .user = (char *)life->name,
    .certificate = (char *)life->certificate,
    .compartment = (char *)"incidents",
    .bearer = TRUE,
  };
  g_autoptr (IwRemote) remote = iw_remote_new (&account, life->token);

  iw_remote_set_guard (remote, guard, self);
  return iw_replicator_new (store, remote, &account);
}

static void
write_result (const Life *life, IwReplicator *replicator, const GError *error)
{
  IwReplicatorCounts counts;
  g_autofree char *text = NULL;

  if (life->result == NULL)
    return;
  iw_replicator_get_counts (replicator, &counts);
  text = g_strdup_printf ("%d %u %u %u %u %u\n%s", error == NULL, (guint)counts.sent,
                          (guint)counts.received, (guint)counts.refused, (guint)counts.merged,
                          counts.open, error != NULL ? error->message : "");
  g_file_set_contents (life->result, text, -1, NULL);
}

gboolean
person_read_result (const char *path, LifeResult *result)
{
  g_autofree char *text = NULL;
  const char *end;

  memset (result, 0, sizeof *result);
  if (!g_file_get_contents (path, &text, NULL, NULL) ||
      sscanf (text, "%d %u %u %u %u %u", &result->ok, &result->sent, &result->received,
              &result->refused, &result->merged, &result->open) != 6)
    return FALSE;
  end = strchr (text, '\n');
  result->error = g_strdup (end != NULL ? end + 1 : "");
  return TRUE;
}

static gpointer
sync_all (gpointer data)
{
  Person *self = data;
  g_autoptr (IwStore) store = open_store (self);
  g_autoptr (IwReplicator) replicator = store != NULL ? make_replicator (self, store) : NULL;

  for (guint i = 0; replicator != NULL && i < self->life->n_syncs; i++)
    {
      g_autoptr (GError) error = NULL;

      /* A server that is killed is away, and nothing worse. */
      if (!iw_replicator_run (replicator, IW_REPLICATOR_BOTH, NULL, &error) &&
          !iw_remote_error_is_passing (error) &&
          !g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_BUSY))
        conv_note (self->notes, "!\tsync: %s", error->message);
      write_result (self->life, replicator, error);
    }
  return NULL;
}

/* ---- work ---- */

static void
work (Person *self, IwStore *store, gboolean alone, guint n, guint part)
{
  Editor editor;
  GRand *rand = g_rand_new_with_seed (self->life->seed + part);
  g_autofree char *mark = g_strdup_printf ("%s-%u", self->life->mark, part);

  editor_init (&editor, store, self->life->seed + 7 * part + 1, self->notes, mark, alone);
  for (guint i = 0; i < n; i++)
    {
      editor_act (&editor);
      g_usleep (g_rand_int_range (rand, 0, alone ? 500 : 4000));
    }
  editor_clear (&editor);
  g_rand_free (rand);
}

static int
work_while_syncing (Person *self, IwStore *store)
{
  GThread *thread = self->life->n_syncs > 0 ? g_thread_new ("sync", sync_all, self) : NULL;

  work (self, store, FALSE, self->life->n_edits, 0);
  if (thread != NULL)
    g_thread_join (thread);
  return 0;
}

int
person_live (gpointer data)
{
  const Life *life = data;
  Person self = { life, conv_clock_new (life->clock, life->seed), -1, 0 };
  g_autoptr (IwStore) store = NULL;

  self.notes = open (life->notes, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  store = open_store (&self);
  if (store == NULL)
    return 1;
  if (life->at_once)
    return work_while_syncing (&self, store);
  if (life->n_edits > 0)
    work (&self, store, TRUE, (life->n_edits + 1) / 2, 0);
  sync_all (&self);
  if (life->n_edits > 1)
    {
      work (&self, store, TRUE, life->n_edits / 2, 1);
      sync_all (&self);
    }
  return 0;
}
