#include "config.h"

#include "iw-indexer.h"

#include <string.h>

#include "iw-event-index.h"
#include "iw-evidence.h"
#include "iw-timeline-import.h"

/* A page that is open builds what it shows itself, with progress and Cancel: it goes first. */
#define DELAY_SECONDS 3

struct _IwIndexer
{
  GObject parent_instance;

  IwWorkspace *workspace;    /* NULL once it is closed */
  GQueue waiting;            /* (element-type utf8): evidence that may lack an index */
  GCancellable *cancellable; /* of the one that is built; NULL where none is */
  guint start_id;
};

G_DEFINE_FINAL_TYPE (IwIndexer, iw_indexer, G_TYPE_OBJECT)

static void next (IwIndexer *self);

/* Whether there is something to do, and it can be done: the file has arrived. */
static gboolean
lacks_index (IwStore *store, const char *docid)
{
  g_autoptr (JsonObject) body = iw_store_get (store, docid, NULL, NULL);
  g_autoptr (IwEvidence) evidence =
      body != NULL ? iw_evidence_new_from_json (docid, body, NULL) : NULL;
  g_autoptr (IwEventIndex) index = NULL;

  if (evidence == NULL || !iw_evidence_is_timeline (evidence) ||
      !iw_blobs_exists (iw_store_get_dir (store), iw_evidence_get_sha256 (evidence)))
    return FALSE;
  index = iw_event_index_open (iw_store_get_dir (store), docid, NULL);
  return index == NULL;
}

static gboolean
index_job (IwStore *store,
           gpointer docid,
           IwProgressFunc progress,
           gpointer progress_data,
           GCancellable *cancellable,
           GError **error)
{
  return !lacks_index (store, docid) ||
         iw_timeline_import_rebuild (store, docid, progress, progress_data, cancellable, error);
}

static void
on_indexed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwIndexer) self = data;
  g_autoptr (GError) error = NULL;
  gpointer docid = NULL;

  /* The page of the incident says it where somebody looks for the events. */
  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &docid, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("No index of %s: %s", (const char *)docid, error->message);
  g_clear_object (&self->cancellable);
  next (self);
}

static void
next (IwIndexer *self)
{
  char *docid;

  if (self->workspace == NULL || self->cancellable != NULL)
    return;
  docid = g_queue_pop_head (&self->waiting);
  if (docid == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  iw_workspace_run_async (self->workspace, index_job, docid, g_free, NULL, NULL, self->cancellable,
                          on_indexed, g_object_ref (self));
}

static gboolean
on_start (gpointer data)
{
  IwIndexer *self = data;

  self->start_id = 0;
  next (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (IwIndexer *self, char **docids)
{
  for (guint i = 0; docids[i] != NULL; i++)
    if (strstr (docids[i], ":evidence-") != NULL &&
        g_queue_find_custom (&self->waiting, docids[i], (GCompareFunc)strcmp) == NULL)
      g_queue_push_tail (&self->waiting, g_strdup (docids[i]));
  if (!g_queue_is_empty (&self->waiting) && self->start_id == 0)
    self->start_id = g_timeout_add_seconds (DELAY_SECONDS, on_start, self);
}

static void
stop (IwIndexer *self)
{
  g_clear_handle_id (&self->start_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  self->workspace = NULL;
}

static void
iw_indexer_finalize (GObject *object)
{
  IwIndexer *self = IW_INDEXER (object);

  stop (self);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->waiting, g_free);
  G_OBJECT_CLASS (iw_indexer_parent_class)->finalize (object);
}

static void
iw_indexer_class_init (IwIndexerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_indexer_finalize;
}

static void
iw_indexer_init (IwIndexer *self)
{
  g_queue_init (&self->waiting);
}

IwIndexer *
iw_indexer_new (IwWorkspace *workspace)
{
  IwIndexer *self = g_object_new (IW_TYPE_INDEXER, NULL);

  self->workspace = workspace;
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "closing", G_CALLBACK (stop), self, G_CONNECT_SWAPPED);
  return self;
}
