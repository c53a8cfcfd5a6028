#include "config.h"

#include "iw-database-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECURITY_FILE "security.json"

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CLOSED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwDatabase, iw_database, G_TYPE_OBJECT)

static void end_threads (IwDatabase *self);

static void
iw_database_finalize (GObject *object)
{
  IwDatabase *self = IW_DATABASE (object);

  end_threads (self);
  g_clear_pointer (&self->security, iw_security_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->calm);
  g_queue_clear (&self->finished);
  g_free (self->name);
  g_free (self->dir);
  g_free (self->uuid);
  G_OBJECT_CLASS (iw_database_parent_class)->finalize (object);
}

static void
iw_database_class_init (IwDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_database_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", IW_TYPE_DATABASE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", IW_TYPE_DATABASE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
iw_database_init (IwDatabase *self)
{
  self->queue = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->calm);
  g_queue_init (&self->finished);
  g_queue_init (&self->idle_readers);
}

/* ---- names ---- */

gboolean
iw_database_is_name (const char *name)
{
  gsize length = strlen (name);

  if (g_str_equal (name, "_users"))
    return TRUE;
  return length > 0 && length <= 128 && g_ascii_islower (*name) &&
         strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_$()+/-") == length;
}

char *
iw_database_dir (const char *root, const char *name)
{
  g_autofree char *folder = g_uri_escape_string (name, "$()+", FALSE);

  return g_build_filename (root, "databases", folder, NULL);
}

char *
iw_database_name_of (const char *folder)
{
  g_autofree char *name = g_uri_unescape_string (folder, NULL);

  return name != NULL && iw_database_is_name (name) ? g_steal_pointer (&name) : NULL;
}

/* ---- opening ---- */

static gint64
changed_at (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0
             ? info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec
             : 0;
}

static gboolean
read_security (IwDatabase *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, SECURITY_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  IwSecurity *security;

  self->security_at = changed_at (path);
  if (!g_file_get_contents (path, &text, NULL, &local) &&
      !g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  security = iw_security_parse (text, error);
  if (security == NULL)
    return FALSE;
  g_clear_pointer (&self->security, iw_security_free);
  self->security = security;
  return TRUE;
}

void
iw_database_look_again (IwDatabase *self)
{
  g_autofree char *path = g_build_filename (self->dir, SECURITY_FILE, NULL);
  g_autoptr (GError) error = NULL;

  if (changed_at (path) != self->security_at && !read_security (self, &error))
    g_warning ("the members of “%s” stay as they were: %s", self->name, error->message);
}

IwDatabase *
iw_database_open (const char *root, const char *name, gboolean create, GError **error)
{
  g_autoptr (IwDatabase) self = g_object_new (IW_TYPE_DATABASE, NULL);

  if (!iw_database_is_name (name))
    {
      g_set_error (
          error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID,
          "Name: '%s'. Only lowercase characters (a-z), digits (0-9), and any of the characters "
          "_, $, (, ), +, -, and / are allowed. Must begin with a letter.",
          name);
      return NULL;
    }
  self->name = g_strdup (name);
  self->dir = iw_database_dir (root, name);
  if (!create && !g_file_test (self->dir, G_FILE_TEST_IS_DIR))
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
                           "Database does not exist.");
      return NULL;
    }
  self->writer = iw_store_open (self->dir, IW_STORE_OPEN_PEER, NULL, error);
  if (self->writer == NULL || !read_security (self, error))
    return NULL;
  if (iw_store_get_read_only (self->writer))
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY,
                           iw_store_get_read_only_reason (self->writer));
      return NULL;
    }
  self->uuid = g_strdup (iw_store_get_uuid (self->writer));
  self->seq = self->told_seq = iw_store_get_seq (self->writer);
  return g_steal_pointer (&self);
}

const char *
iw_database_get_name (IwDatabase *self)
{
  return self->name;
}

const char *
iw_database_get_uuid (IwDatabase *self)
{
  return self->uuid;
}

const char *
iw_database_get_dir (IwDatabase *self)
{
  return self->dir;
}

gint64
iw_database_get_seq (IwDatabase *self)
{
  return self->told_seq;
}

/* ---- coming back to the main thread ---- */

void
iw_database_job_free (IwDatabaseCall *call)
{
  if (call->free_data != NULL)
    call->free_data (call->data);
  g_clear_error (&call->error);
  g_object_unref (call->database);
  g_free (call);
}

static void
answer_all (IwDatabase *self)
{
  GQueue calls = G_QUEUE_INIT;
  IwDatabaseCall *call;
  gint64 seq;

  g_object_ref (self);
  g_mutex_lock (&self->lock);
  calls = self->finished;
  g_queue_init (&self->finished);
  self->answering = FALSE;
  seq = self->seq;
  g_mutex_unlock (&self->lock);
  while ((call = g_queue_pop_head (&calls)) != NULL)
    {
      if (call->done != NULL)
        call->done (self, call->data, call->error);
      iw_database_job_free (call);
    }
  if (seq > self->told_seq)
    {
      self->told_seq = seq;
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0, seq);
    }
  g_object_unref (self);
}

static gboolean
on_answer (gpointer data)
{
  answer_all (data);
  return G_SOURCE_REMOVE;
}

/* With the lock: after that is given back, a reader's thread must touch nothing of @self any more.
 */
static void
wake_main (IwDatabase *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  self->answering = TRUE;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_answer, g_object_ref (self), g_object_unref);
  g_source_set_static_name (source, "iw-database");
  g_source_attach (source, self->context);
}

void
iw_database_give_back (IwDatabase *self, GQueue *calls, gint64 seq, gboolean read)
{
  IwDatabaseCall *call;

  g_mutex_lock (&self->lock);
  while ((call = g_queue_pop_head (calls)) != NULL)
    g_queue_push_tail (&self->finished, call);
  self->seq = MAX (self->seq, seq);
  if (!self->answering)
    wake_main (self);
  if (read && --self->n_reading == 0)
    g_cond_broadcast (&self->calm);
  g_mutex_unlock (&self->lock);
}

/* ---- jobs ---- */

static IwDatabaseCall *
call_new (IwDatabase *self,
          IwDatabaseJob job,
          gpointer data,
          IwDatabaseDone done,
          GDestroyNotify free_data)
{
  IwDatabaseCall *call = g_new0 (IwDatabaseCall, 1);

  call->database = g_object_ref (self);
  call->job = job;
  call->data = data;
  call->done = done;
  call->free_data = free_data;
  return call;
}

static gboolean
refuse_if_closed (IwDatabase *self, IwDatabaseCall *call)
{
  GQueue calls = G_QUEUE_INIT;

  if (!self->closed)
    return FALSE;
  g_set_error_literal (&call->error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
                       "Database does not exist.");
  g_queue_push_tail (&calls, call);
  iw_database_give_back (self, &calls, 0, FALSE);
  return TRUE;
}

static void
push_write (IwDatabase *self, IwDatabaseCall *call)
{
  if (refuse_if_closed (self, call))
    return;
  if (self->thread == NULL)
    self->thread = g_thread_new ("iw-database", iw_database_writer, self);
  g_async_queue_push (self->queue, call);
}

void
iw_database_write (IwDatabase *self,
                   IwDatabaseJob job,
                   gpointer data,
                   IwDatabaseDone done,
                   GDestroyNotify free_data)
{
  push_write (self, call_new (self, job, data, done, free_data));
}

void
iw_database_maintain (IwDatabase *self,
                      IwDatabaseJob job,
                      gpointer data,
                      IwDatabaseDone done,
                      GDestroyNotify free_data)
{
  IwDatabaseCall *call = call_new (self, job, data, done, free_data);

  call->alone = TRUE;
  push_write (self, call);
}

void
iw_database_read (IwDatabase *self,
                  IwDatabaseJob job,
                  gpointer data,
                  IwDatabaseDone done,
                  GDestroyNotify free_data)
{
  IwDatabaseCall *call = call_new (self, job, data, done, free_data);

  if (!refuse_if_closed (self, call))
    iw_database_push_read (self, call);
}

static void
end_threads (IwDatabase *self)
{
  IwStore *reader;

  self->closed = TRUE;
  if (self->thread != NULL)
    {
      g_async_queue_push (self->queue, iw_database_quit ());
      g_thread_join (g_steal_pointer (&self->thread));
    }
  g_mutex_lock (&self->lock);
  while (self->n_reading > 0)
    g_cond_wait (&self->calm, &self->lock);
  g_mutex_unlock (&self->lock);
  while ((reader = g_queue_pop_head (&self->idle_readers)) != NULL)
    g_object_unref (reader);
  g_clear_object (&self->writer);
}

void
iw_database_end_feeds (IwDatabase *self)
{
  if (self->announced)
    return;
  self->announced = TRUE;
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

gboolean
iw_database_has_ended_feeds (IwDatabase *self)
{
  return self->announced;
}

gboolean
iw_database_is_closed (IwDatabase *self)
{
  return self->closed;
}

void
iw_database_close (IwDatabase *self)
{
  if (self->closed)
    return;
  g_object_ref (self);
  self->closed = TRUE;
  iw_database_end_feeds (self);
  end_threads (self);
  answer_all (self);
  g_object_unref (self);
}

/* ---- who may ---- */

const char *
iw_database_get_security (IwDatabase *self)
{
  return iw_security_get_json (self->security);
}

gboolean
iw_database_set_security (IwDatabase *self, const char *json, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, SECURITY_FILE, NULL);
  g_autoptr (IwSecurity) security = iw_security_parse (json, error);

  if (security == NULL ||
      !g_file_set_contents_full (path, iw_security_get_json (security), -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return FALSE;
  g_clear_pointer (&self->security, iw_security_free);
  self->security = g_steal_pointer (&security);
  self->security_at = changed_at (path);
  return TRUE;
}

gboolean
iw_database_admits (IwDatabase *self, const IwAccount *account)
{
  return iw_security_admits (self->security, account);
}

gboolean
iw_database_is_admin (IwDatabase *self, const IwAccount *account)
{
  return iw_security_is_admin (self->security, account);
}
