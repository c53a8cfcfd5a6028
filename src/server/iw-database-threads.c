/* The threads of a database: one that writes, and those that read for all databases. */
#include "config.h"

#include "iw-database-private.h"

#include "iw-savepoint.h"

/* Writers that wait are committed together, but nobody waits for others for long. */
#define MAX_GROUP 500
#define MAX_GROUP_US (30 * 1000)

#define CALM_US (2 * (gint64)G_USEC_PER_SEC)
#define MAX_COMPACTIONS 5

#define N_READERS 4
#define MAX_IDLE_READERS 2 /* connections that a database keeps open */

static IwDatabaseCall quit_call;

gpointer
iw_database_quit (void)
{
  return &quit_call;
}

/* ---- writing ---- */

/* After these the transaction goes on; after others SQLite may have ended it. */
static gboolean
is_harmless (const GError *error)
{
  return error->domain != IW_STORE_ERROR || error->code == IW_STORE_ERROR_NOT_FOUND ||
         error->code == IW_STORE_ERROR_CONFLICT || error->code == IW_STORE_ERROR_INVALID;
}

static gboolean
run_job (IwStore *store, IwDatabaseCall *call, GError **error)
{
  if (call->job (store, call->data, error))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, "no reason given");
  return FALSE;
}

/* FALSE where the whole transaction is lost, with why. A refused job keeps its reason and is TRUE.
 */
static gboolean
run_in_savepoint (IwStore *store, IwDatabaseCall *call, GError **error)
{
  IwSavepoint savepoint;

  if (!iw_savepoint_begin (store, &savepoint, error))
    return FALSE;
  if (run_job (store, call, &call->error))
    return iw_savepoint_release (store, &savepoint, error);
  if (is_harmless (call->error) && iw_savepoint_undo (store, &savepoint, NULL))
    return TRUE;
  g_propagate_error (error, g_error_copy (call->error));
  return FALSE;
}

static void
fail_all (GQueue *calls, const GError *error)
{
  for (GList *l = calls->head; l != NULL; l = l->next)
    {
      IwDatabaseCall *call = l->data;

      if (call->error == NULL)
        call->error = g_error_copy (error);
    }
}

/* Runs @call and those that wait behind it in one transaction. Returns what came out of the queue
 * and has no place in it. */
static IwDatabaseCall *
run_group (IwDatabase *self, IwDatabaseCall *call, GQueue *done)
{
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + MAX_GROUP_US;
  gboolean ok = iw_peer_begin (self->writer, &error);

  if (!ok)
    g_queue_push_tail (done, g_steal_pointer (&call));
  while (ok && call != NULL && call != &quit_call && !call->alone)
    {
      g_queue_push_tail (done, call);
      ok = run_in_savepoint (self->writer, call, &error);
      call = NULL;
      if (ok && done->length < MAX_GROUP && g_get_monotonic_time () < end)
        call = g_async_queue_try_pop (self->queue);
    }
  if (ok)
    ok = iw_peer_commit (self->writer, &error);
  else
    iw_peer_rollback (self->writer);
  if (!ok)
    fail_all (done, error);
  return call;
}

static void
run_alone (IwDatabase *self, IwDatabaseCall *call, GQueue *done)
{
  run_job (self->writer, call, &call->error);
  g_queue_push_tail (done, call);
}

/* What was erased is freed as soon as nobody writes for a moment. A reader may keep that from being
 * whole: then it is tried again, but not for ever. */
static IwDatabaseCall *
next_call (IwDatabase *self)
{
  for (guint i = 0; i < MAX_COMPACTIONS && iw_peer_wants_compact (self->writer); i++)
    {
      IwDatabaseCall *call = g_async_queue_timeout_pop (self->queue, CALM_US);
      g_autoptr (GError) error = NULL;

      if (call != NULL)
        return call;
      if (!iw_peer_compact (self->writer, NULL, &error))
        {
          g_warning ("the database “%s” was not compacted: %s", self->name, error->message);
          break;
        }
    }
  return g_async_queue_pop (self->queue);
}

gpointer
iw_database_writer (gpointer database)
{
  IwDatabase *self = database;
  IwDatabaseCall *call = g_async_queue_pop (self->queue);

  while (call != &quit_call)
    {
      GQueue done = G_QUEUE_INIT;
      IwDatabaseCall *next = NULL;

      if (call->alone)
        run_alone (self, call, &done);
      else
        next = run_group (self, call, &done);
      iw_database_give_back (self, &done, iw_store_get_seq (self->writer), FALSE);
      call = next != NULL ? next : next_call (self);
    }
  return NULL;
}

/* ---- reading ---- */

static IwStore *
take_reader (IwDatabase *self, GError **error)
{
  IwStore *reader;

  g_mutex_lock (&self->lock);
  reader = g_queue_pop_tail (&self->idle_readers);
  g_mutex_unlock (&self->lock);
  return reader != NULL
             ? reader
             : iw_store_open (self->dir, IW_STORE_OPEN_PEER | IW_STORE_OPEN_READ_ONLY, NULL, error);
}

static void
give_reader (IwDatabase *self, IwStore *reader)
{
  g_mutex_lock (&self->lock);
  if (self->idle_readers.length < MAX_IDLE_READERS)
    g_queue_push_tail (&self->idle_readers, g_steal_pointer (&reader));
  g_mutex_unlock (&self->lock);
  g_clear_object (&reader);
}

static void
read_one (gpointer data, gpointer user_data)
{
  IwDatabaseCall *call = data;
  IwDatabase *self = call->database;
  GQueue done = G_QUEUE_INIT;
  IwStore *reader = take_reader (self, &call->error);

  if (reader != NULL)
    {
      run_job (reader, call, &call->error);
      give_reader (self, reader);
    }
  g_queue_push_tail (&done, call);
  iw_database_give_back (self, &done, 0, TRUE);
}

/* Threads wait for no database, so one pool does for all. */
static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool, g_thread_pool_new (read_one, NULL, N_READERS, FALSE, NULL));
  return pool;
}

void
iw_database_push_read (IwDatabase *self, IwDatabaseCall *call)
{
  g_mutex_lock (&self->lock);
  self->n_reading++;
  g_mutex_unlock (&self->lock);
  g_thread_pool_push (get_pool (), call, NULL);
}
