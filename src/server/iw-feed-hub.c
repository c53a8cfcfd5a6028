#include "config.h"

#include "iw-feed-hub.h"

#define KEPT_BATCHES 64
#define KEPT_BYTES (512 * 1024) /* of a shape */
#define READ_BYTES (256 * 1024)
#define READ_ROWS 1000
#define N_SHAPES 4 /* all_leaves × include_docs */

typedef struct
{
  IwFeedHubFunc func;
  gpointer data;
  int shape; /* -1: reads by itself */
  gboolean removed;
} Listener;

typedef struct
{
  IwFeedHub *hub;
  IwChangesShape shape;
  GQueue batches; /* (IwChangesBatch), one after the other */
  gsize bytes;
  gint64 tip; /* the end of the last one; -1: nobody listens */
  guint n_listeners;
  gboolean reading;
} Variant;

struct _IwFeedHub
{
  IwDatabase *database; /* not kept: it keeps us */
  Variant variants[N_SHAPES];
  GPtrArray *listeners; /* (Listener) */
  guint telling;
};

static int
index_of (const IwChangesShape *shape)
{
  return (shape->all_leaves ? 1 : 0) + (shape->include_docs ? 2 : 0);
}

/* ---- telling ---- */

static void
drop_removed (IwFeedHub *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->listeners->len; i++)
    {
      Listener *listener = self->listeners->pdata[i];

      if (listener->removed)
        g_free (listener);
      else
        self->listeners->pdata[kept++] = listener;
    }
  self->listeners->len = kept;
}

/* Those who are added or removed meanwhile do not disturb. */
static void
tell (IwFeedHub *self, int shape, const GError *error)
{
  guint n = self->listeners->len;

  self->telling++;
  for (guint i = 0; i < n; i++)
    {
      Listener *listener = self->listeners->pdata[i];

      if (!listener->removed && listener->shape == shape)
        listener->func (listener->data, error);
    }
  if (--self->telling == 0)
    drop_removed (self);
}

/* ---- reading once for all ---- */

typedef struct
{
  Variant *variant;
  IwDatabase *database; /* kept, so that the variant is */
  gint64 since;
  IwChangesBatch *batch;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->batch, iw_changes_batch_unref);
  g_object_unref (self->database);
  g_free (self);
}

static gboolean
run_reading (IwStore *store, gpointer data, GError **error)
{
  Reading *self = data;

  self->batch =
      iw_changes_read (store, &self->variant->shape, self->since, READ_ROWS, READ_BYTES, error);
  return self->batch != NULL;
}

static void
forget_batches (Variant *variant)
{
  g_queue_clear_full (&variant->batches, (GDestroyNotify)iw_changes_batch_unref);
  variant->bytes = 0;
}

static void
keep_batch (Variant *variant, IwChangesBatch *batch)
{
  g_queue_push_tail (&variant->batches, iw_changes_batch_ref (batch));
  variant->bytes += g_bytes_get_size (batch->text);
  variant->tip = batch->to;
  while (variant->batches.length > 1 &&
         (variant->batches.length > KEPT_BATCHES || variant->bytes > KEPT_BYTES))
    {
      IwChangesBatch *oldest = g_queue_pop_head (&variant->batches);

      variant->bytes -= g_bytes_get_size (oldest->text);
      iw_changes_batch_unref (oldest);
    }
}

static void read_variant (Variant *variant);

static void
on_reading (IwDatabase *database, gpointer data, const GError *error)
{
  Reading *self = data;
  Variant *variant = self->variant;

  variant->reading = FALSE;
  if (variant->n_listeners == 0 || variant->tip != self->since)
    {
      read_variant (variant);
      return;
    }
  if (error == NULL && self->batch->to > self->since)
    keep_batch (variant, self->batch);
  tell (variant->hub, index_of (&variant->shape), error);
  if (error == NULL)
    read_variant (variant);
}

static void
read_variant (Variant *variant)
{
  Reading *reading;

  if (variant->reading || variant->n_listeners == 0 ||
      iw_database_get_seq (variant->hub->database) <= variant->tip)
    return;
  variant->reading = TRUE;
  reading = g_new0 (Reading, 1);
  reading->variant = variant;
  reading->database = g_object_ref (variant->hub->database);
  reading->since = variant->tip;
  iw_database_read (reading->database, run_reading, reading, on_reading, reading_free);
}

/* ---- the hub ---- */

static void
on_changed (IwDatabase *database, gint64 seq, IwFeedHub *self)
{
  for (guint i = 0; i < N_SHAPES; i++)
    read_variant (&self->variants[i]);
  tell (self, -1, NULL);
}

GError *
iw_feed_hub_dup_end (IwFeedHub *self)
{
  if (iw_database_is_closed (self->database))
    return g_error_new_literal (IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
                                "Database does not exist.");
  if (iw_database_has_ended_feeds (self->database))
    return g_error_new_literal (IW_STORE_ERROR, IW_STORE_ERROR_BUSY, "The server is stopping.");
  return NULL;
}

static void
on_closed (IwDatabase *database, IwFeedHub *self)
{
  g_autoptr (GError) error = iw_feed_hub_dup_end (self);

  for (int shape = -1; shape < N_SHAPES; shape++)
    tell (self, shape, error);
}

static void
hub_free (gpointer data)
{
  IwFeedHub *self = data;

  for (guint i = 0; i < N_SHAPES; i++)
    forget_batches (&self->variants[i]);
  for (guint i = 0; i < self->listeners->len; i++)
    g_free (self->listeners->pdata[i]);
  g_ptr_array_unref (self->listeners);
  g_free (self);
}

IwFeedHub *
iw_feed_hub_of (IwDatabase *database)
{
  IwFeedHub *self = g_object_get_data (G_OBJECT (database), "iw-feed-hub");

  if (self != NULL)
    return self;
  self = g_new0 (IwFeedHub, 1);
  self->database = database;
  self->listeners = g_ptr_array_new ();
  for (guint i = 0; i < N_SHAPES; i++)
    {
      self->variants[i].hub = self;
      self->variants[i].shape.all_leaves = (i & 1) != 0;
      self->variants[i].shape.include_docs = (i & 2) != 0;
      g_queue_init (&self->variants[i].batches);
    }
  g_signal_connect (database, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (database, "closed", G_CALLBACK (on_closed), self);
  g_object_set_data_full (G_OBJECT (database), "iw-feed-hub", self, hub_free);
  return self;
}

gpointer
iw_feed_hub_add (IwFeedHub *self,
                 const IwChangesShape *shape,
                 gint64 since,
                 IwFeedHubFunc func,
                 gpointer data)
{
  Listener *listener = g_new0 (Listener, 1);
  Variant *variant;

  listener->func = func;
  listener->data = data;
  listener->shape = shape != NULL ? index_of (shape) : -1;
  g_ptr_array_add (self->listeners, listener);
  if (shape == NULL)
    return listener;
  variant = &self->variants[listener->shape];
  if (variant->n_listeners++ == 0)
    {
      forget_batches (variant);
      variant->tip = since;
    }
  read_variant (variant);
  return listener;
}

void
iw_feed_hub_remove (IwFeedHub *self, gpointer data)
{
  Listener *listener = data;

  listener->removed = TRUE;
  if (listener->shape >= 0 && --self->variants[listener->shape].n_listeners == 0)
    forget_batches (&self->variants[listener->shape]);
  if (self->telling == 0)
    drop_removed (self);
}

IwChangesBatch *
iw_feed_hub_find (IwFeedHub *self, const IwChangesShape *shape, gint64 since)
{
  Variant *variant = &self->variants[index_of (shape)];

  for (GList *l = variant->batches.tail; l != NULL; l = l->prev)
    {
      IwChangesBatch *batch = l->data;

      if (batch->from <= since)
        return batch->to > since ? batch : NULL;
    }
  return NULL;
}

gboolean
iw_feed_hub_is_current (IwFeedHub *self, const IwChangesShape *shape, gint64 since)
{
  return since >= self->variants[index_of (shape)].tip;
}
