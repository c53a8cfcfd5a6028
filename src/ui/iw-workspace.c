#include "config.h"

#include "iw-workspace.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-workspace-private.h"
#include "iw-writer-private.h"

/* A burst of writes by another program is looked at once. */
#define MONITOR_DELAY_MS 50

enum
{
  PROP_0,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_BUSY,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  DRAFT_FAILED,
  CLOSING,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwWorkspace, iw_workspace, G_TYPE_OBJECT)

/* ---- a job of the writer ---- */

static void
job_free (gpointer data)
{
  IwWorkspaceTask *job = data;

  g_clear_object (&job->task);
  g_free (job->label);
  g_strfreev (job->docids);
  g_strfreev (job->bodies);
  g_strfreev (job->bases);
  g_free (job->rev);
  g_free (job->key);
  g_free (job->text);
  g_free (job);
}

IwWorkspaceTask *
iw_workspace_task_new (IwWorkspaceTaskKind kind, GTask *task)
{
  IwWorkspaceTask *job = g_new0 (IwWorkspaceTask, 1);

  job->kind = kind;
  job->task = task;
  return job;
}

static gboolean
job_apply (IwStore *store, IwWorkspaceTask *job, GError **error)
{
  guint n = g_strv_length (job->docids);
  g_autofree IwChange *changes = g_new0 (IwChange, n);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);

  for (guint i = 0; i < n; i++)
    {
      changes[i].docid = job->docids[i];
      changes[i].rev_out = i == 0 ? &job->rev : NULL;
      changes[i].base = *job->bases[i] != '\0' ? job->bases[i] : NULL;
      if (*job->bodies[i] != '\0')
        {
          JsonNode *node = json_from_string (job->bodies[i], error);

          if (node == NULL)
            return FALSE;
          g_ptr_array_add (nodes, node);
          changes[i].body = json_node_get_object (node);
        }
    }
  return iw_store_apply (store, job->label, changes, n, job->n_objects, error);
}

/* A journal label as the user reads it: the store keeps the English msgid and a number. */
static char *
translate_label (const char *msgid, guint n_objects)
{
  g_autofree char *number = g_strdup_printf ("%u", n_objects);
  g_autoptr (GString) text = NULL;

  if (msgid == NULL)
    return NULL;
  text = g_string_new (g_dgettext (GETTEXT_PACKAGE, msgid));
  g_string_replace (text, "%u", number, 1);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
job_undo (IwStore *store, IwWorkspaceTask *job, GError **error)
{
  guint n_objects = 1;
  g_autofree char *label = job->kind == IW_WORKSPACE_UNDO
                               ? iw_store_get_undo_label (store, &n_objects)
                               : iw_store_get_redo_label (store, &n_objects);

  job->label = translate_label (label, n_objects);
  return job->kind == IW_WORKSPACE_UNDO ? iw_store_undo (store, NULL, error)
                                        : iw_store_redo (store, NULL, error);
}

static gboolean
run_job (IwStore *store, gpointer data, GError **error)
{
  IwWorkspaceTask *job = data;

  switch (job->kind)
    {
    case IW_WORKSPACE_APPLY:
      return job_apply (store, job, error);
    case IW_WORKSPACE_UNDO:
    case IW_WORKSPACE_REDO:
      return job_undo (store, job, error);
    case IW_WORKSPACE_DRAFT:
      return iw_store_put_draft (store, job->key, job->text, error);
    case IW_WORKSPACE_AUTHOR:
      iw_store_set_author (store, job->text);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

/* ---- what changed ---- */

static void
collect_change (gint64 seq, const char *docid, const char *rev, gboolean deleted, gpointer data)
{
  g_strv_builder_add (data, docid);
}

static void
update_label (IwWorkspace *self, char **label, char *now, guint prop)
{
  if (g_strcmp0 (*label, now) == 0)
    {
      g_free (now);
      return;
    }
  g_free (*label);
  *label = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
update_labels (IwWorkspace *self)
{
  guint n_undo = 1, n_redo = 1;
  g_autofree char *undo = iw_store_get_undo_label (self->store, &n_undo);
  g_autofree char *redo = iw_store_get_redo_label (self->store, &n_redo);

  update_label (self, &self->undo_label, translate_label (undo, n_undo), PROP_UNDO_LABEL);
  update_label (self, &self->redo_label, translate_label (redo, n_redo), PROP_REDO_LABEL);
}

/* Tells what is new since the last look. */
void
iw_workspace_check_changes (IwWorkspace *self)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) docids = NULL;

  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->store == NULL || iw_store_get_seq (self->store) == self->seq)
    return;

  builder = g_strv_builder_new ();
  self->seq = iw_store_foreach_change (self->store, self->seq, 0, collect_change, builder, &error);
  if (error != NULL)
    g_warning ("The list of changes could not be read: %s", error->message);
  update_labels (self);
  docids = g_strv_builder_end (builder);
  if (docids[0] != NULL)
    g_signal_emit (self, signals[CHANGED], 0, docids);
}

static gboolean
on_check_timeout (gpointer data)
{
  IwWorkspace *self = data;

  self->check_id = 0;
  iw_workspace_check_changes (self);
  return G_SOURCE_REMOVE;
}

static void
on_file_changed (IwWorkspace *self)
{
  if (self->check_id == 0)
    self->check_id = g_timeout_add (MONITOR_DELAY_MS, on_check_timeout, self);
}

static void
set_pending (IwWorkspace *self, guint pending)
{
  gboolean was_busy = self->pending > 0;

  self->pending = pending;
  if (was_busy != (pending > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
on_job_done (gpointer data, const GError *error, gpointer user_data)
{
  IwWorkspaceTask *job = data;
  g_autoptr (IwWorkspace) self = g_object_ref (user_data); /* a handler may drop the last one */

  set_pending (self, self->pending - 1);
  if (job->kind == IW_WORKSPACE_DRAFT)
    iw_workspace_draft_done (self, job, error);
  else if (job->kind != IW_WORKSPACE_AUTHOR)
    {
      iw_workspace_check_changes (self);
      /* A refused undo leaves the journal without it, and no new sequence. */
      if (error != NULL && self->store != NULL)
        update_labels (self);
    }

  if (job->task == NULL)
    return;
  if (error != NULL)
    g_task_return_error (job->task, g_error_copy (error));
  else
    {
      g_task_set_task_data (job->task, g_steal_pointer (&job->rev), g_free);
      g_task_return_pointer (job->task, g_strdup (job->label), g_free);
    }
}

void
iw_workspace_push_task (IwWorkspace *self, IwWorkspaceTask *job)
{
  set_pending (self, self->pending + 1);
  iw_writer_push (self->writer, run_job, job, job_free);
}

/* ---- the object ---- */

static void
iw_workspace_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  IwWorkspace *self = IW_WORKSPACE (object);

  switch (id)
    {
    case PROP_UNDO_LABEL:
      g_value_set_string (value, self->undo_label);
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, self->redo_label);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->pending > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

void
iw_workspace_close (IwWorkspace *self)
{
  g_return_if_fail (IW_IS_WORKSPACE (self));

  if (self->store != NULL)
    g_signal_emit (self, signals[CLOSING], 0);
  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->writer != NULL)
    {
      iw_workspace_flush_drafts (self);
      iw_writer_free (self->writer);
      self->writer = NULL;
      iw_workspace_rescue_drafts (self);
    }
  g_clear_object (&self->monitor);
  g_clear_object (&self->store);
}

static void
iw_workspace_dispose (GObject *object)
{
  iw_workspace_close (IW_WORKSPACE (object));
  G_OBJECT_CLASS (iw_workspace_parent_class)->dispose (object);
}

static void
iw_workspace_finalize (GObject *object)
{
  IwWorkspace *self = IW_WORKSPACE (object);

  g_clear_handle_id (&self->drafts_id, g_source_remove);
  g_hash_table_unref (self->drafts);
  g_hash_table_unref (self->drafts_written);
  g_free (self->dir);
  g_free (self->author);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_free (self->read_only_reason);
  G_OBJECT_CLASS (iw_workspace_parent_class)->finalize (object);
}

static void
iw_workspace_class_init (IwWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = iw_workspace_dispose;
  object_class->finalize = iw_workspace_finalize;
  object_class->get_property = iw_workspace_get_property;
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[CLOSING] = g_signal_new ("closing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DRAFT_FAILED] =
      g_signal_new ("draft-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
iw_workspace_init (IwWorkspace *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->drafts_written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
watch_database (IwWorkspace *self)
{
  g_autofree char *path = g_build_filename (self->dir, "workspace.sqlite-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL)
    {
      g_warning ("Changes by other programs will show late: %s", error->message);
      return;
    }
  g_file_monitor_set_rate_limit (self->monitor, MONITOR_DELAY_MS);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_file_changed), self,
                           G_CONNECT_SWAPPED);
}

IwWorkspace *
iw_workspace_open (const char *dir, GError **error)
{
  g_autoptr (IwWorkspace) self = g_object_new (IW_TYPE_WORKSPACE, NULL);
  g_autoptr (IwStore) writing = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  /* The one that may write comes first: it makes or migrates the database. */
  writing = iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, error);
  if (writing == NULL)
    return NULL;
  self->dir = g_strdup (dir);
  self->read_only = iw_store_get_read_only (writing);
  self->read_only_reason = g_strdup (iw_store_get_read_only_reason (writing));
  self->store = iw_store_open (dir, IW_STORE_OPEN_READ_ONLY, NULL, error);
  if (self->store == NULL)
    return NULL;

  self->writer = iw_writer_new (g_steal_pointer (&writing), on_job_done, self);
  self->seq = iw_store_get_seq (self->store);
  update_labels (self);
  watch_database (self);
  return g_steal_pointer (&self);
}

char *
iw_workspace_sample_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "incident-workbench", "sample", NULL);
}

const char *
iw_workspace_get_author (IwWorkspace *self)
{
  return self->author;
}

const char *
iw_workspace_get_dir (IwWorkspace *self)
{
  return self->dir;
}

IwStore *
iw_workspace_get_store (IwWorkspace *self)
{
  return self->store;
}

gboolean
iw_workspace_is_sample (IwWorkspace *self)
{
  g_autofree char *sample = iw_workspace_sample_dir ();
  g_autoptr (GFile) a = g_file_new_for_path (sample);
  g_autoptr (GFile) b = g_file_new_for_path (self->dir);

  return g_file_equal (a, b);
}

gboolean
iw_workspace_get_read_only (IwWorkspace *self)
{
  return self->read_only;
}

const char *
iw_workspace_get_read_only_reason (IwWorkspace *self)
{
  return self->read_only_reason;
}

void
iw_workspace_set_author (IwWorkspace *self, const char *author)
{
  IwWorkspaceTask *job = iw_workspace_task_new (IW_WORKSPACE_AUTHOR, NULL);

  g_set_str (&self->author, author);
  job->text = g_strdup (author);
  iw_workspace_push_task (self, job);
}

/* ---- user actions ---- */

void
iw_workspace_apply_async (IwWorkspace *self,
                          const char *label,
                          const IwChange *changes,
                          guint n_changes,
                          guint n_objects,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  IwWorkspaceTask *job = iw_workspace_task_new (IW_WORKSPACE_APPLY, task);

  g_task_set_source_tag (task, iw_workspace_apply_async);
  job->label = g_strdup (label);
  job->n_objects = n_objects;
  job->docids = g_new0 (char *, n_changes + 1);
  job->bodies = g_new0 (char *, n_changes + 1);
  job->bases = g_new0 (char *, n_changes + 1);
  for (guint i = 0; i < n_changes; i++)
    {
      job->docids[i] = g_strdup (changes[i].docid);
      job->bases[i] = g_strdup (changes[i].base != NULL ? changes[i].base : "");
      if (changes[i].body != NULL)
        {
          g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

          json_node_set_object (node, changes[i].body);
          job->bodies[i] = json_to_string (node, FALSE);
        }
      else
        job->bodies[i] = g_strdup ("");
    }
  iw_workspace_push_task (self, job);
}

gboolean
iw_workspace_apply_finish (IwWorkspace *self, GAsyncResult *result, GError **error)
{
  g_autofree char *label = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  label = g_task_propagate_pointer (G_TASK (result), error);
  return label != NULL;
}

char *
iw_workspace_apply_finish_rev (IwWorkspace *self, GAsyncResult *result, GError **error)
{
  return iw_workspace_apply_finish (self, result, error)
             ? g_strdup (g_task_get_task_data (G_TASK (result)))
             : NULL;
}

void
iw_workspace_undo_async (IwWorkspace *self, GAsyncReadyCallback callback, gpointer data)
{
  iw_workspace_push_task (
      self, iw_workspace_task_new (IW_WORKSPACE_UNDO, g_task_new (self, NULL, callback, data)));
}

void
iw_workspace_redo_async (IwWorkspace *self, GAsyncReadyCallback callback, gpointer data)
{
  iw_workspace_push_task (
      self, iw_workspace_task_new (IW_WORKSPACE_REDO, g_task_new (self, NULL, callback, data)));
}

const char *
iw_workspace_get_undo_label (IwWorkspace *self)
{
  return self->undo_label;
}

const char *
iw_workspace_get_redo_label (IwWorkspace *self)
{
  return self->redo_label;
}

gboolean
iw_workspace_undo_finish (IwWorkspace *self, GAsyncResult *result, char **label, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  what = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (label != NULL)
    *label = g_steal_pointer (&what);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
