/* iw-database-private.h: what the main thread and the threads of a database share. */
#pragma once

#include "iw-database.h"

G_BEGIN_DECLS

/* A job on its way. */
typedef struct
{
  IwDatabaseJob job;
  gpointer data;
  IwDatabaseDone done;
  GDestroyNotify free_data;
  gboolean alone;       /* without a transaction */
  IwDatabase *database; /* kept until it is answered */
  GError *error;
} IwDatabaseCall;

struct _IwDatabase
{
  GObject parent_instance;

  char *name;
  char *dir;
  char *uuid;
  GMainContext *context;
  IwSecurity *security;
  gint64 security_at; /* when its file was changed, ns */
  gint64 told_seq;
  gboolean announced; /* "closed" was emitted */
  gboolean closed;

  GThread *thread; /* NULL until the first write */
  IwStore *writer; /* the thread's once there is one */
  GAsyncQueue *queue;

  GMutex lock; /* of all below */
  GCond calm;  /* nobody reads any more */
  GQueue finished;
  gboolean answering; /* the main thread was told to look */
  gint64 seq;
  GQueue idle_readers;
  guint n_reading;
};

/* On the main thread, once it was answered: frees its data, lets go of the database. */
void iw_database_job_free (IwDatabaseCall *call);
/* Any thread: takes the calls of @calls, to be answered on the main thread. @read: from a reader's thread. */
void iw_database_give_back (IwDatabase *self, GQueue *calls, gint64 seq, gboolean read);

/* ---- iw-database-threads.c ---- */

gpointer iw_database_writer (gpointer database); /* a thread's function */
gpointer iw_database_quit (void);                /* what ends it when it comes out of the queue */
void iw_database_push_read (IwDatabase *self, IwDatabaseCall *call); /* to the readers that all databases share */

G_END_DECLS
