/* What is typed but not saved: kept by the writer thread, tried again where that fails. */
#include "config.h"

#include "iw-ui.h"
#include "iw-workspace-private.h"

/* Drafts wait this long for the next keystroke. */
#define DRAFT_DELAY_MS 300
/* Where it could not be written, the next try comes after this. */
#define DRAFT_RETRY_SECONDS 2

void
iw_workspace_flush_drafts (IwWorkspace *self)
{
  GHashTableIter iter;
  gpointer key, text;

  g_clear_handle_id (&self->drafts_id, g_source_remove);
  if (self->writer == NULL)
    return;
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      IwWorkspaceTask *job = iw_workspace_task_new (IW_WORKSPACE_DRAFT, NULL);

      g_hash_table_iter_steal (&iter);
      job->key = g_strdup (key);
      job->text = g_strdup (text);
      g_hash_table_replace (self->drafts_written, key, text);
      iw_workspace_push_task (self, job);
    }
}

static gboolean
on_drafts_timeout (gpointer data)
{
  IwWorkspace *self = data;

  self->drafts_id = 0;
  iw_workspace_flush_drafts (self);
  return G_SOURCE_REMOVE;
}

void
iw_workspace_draft_done (IwWorkspace *self, IwWorkspaceTask *job, const GError *error)
{
  if (g_strcmp0 (g_hash_table_lookup (self->drafts_written, job->key), job->text) == 0)
    g_hash_table_remove (self->drafts_written, job->key);
  if (error != NULL)
    {
      /* Tried again, unless something newer waits already. */
      if (!g_hash_table_contains (self->drafts, job->key))
        g_hash_table_insert (self->drafts, g_strdup (job->key), g_strdup (job->text));
      if (self->drafts_id == 0)
        self->drafts_id = g_timeout_add_seconds (DRAFT_RETRY_SECONDS, on_drafts_timeout, self);
      if (!self->draft_failing)
        {
          g_autofree char *words = iw_ui_describe_error (error);

          g_signal_emit_by_name (self, "draft-failed", words);
        }
    }
  self->draft_failing = error != NULL;
}

void
iw_workspace_rescue_drafts (IwWorkspace *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = NULL;
  GHashTableIter iter;
  gpointer key, text;

  if (g_hash_table_size (self->drafts) == 0)
    return;
  store = iw_store_open (self->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_hash_table_iter_init (&iter, self->drafts);
  while (store != NULL && error == NULL && g_hash_table_iter_next (&iter, &key, &text))
    iw_store_put_draft (store, key, text, &error);
  if (error != NULL)
    g_warning ("What was typed could not be kept: %s", error->message);
  g_hash_table_remove_all (self->drafts);
}

void
iw_workspace_put_draft (IwWorkspace *self, const char *key, const char *text)
{
  g_return_if_fail (key != NULL);

  if (self->read_only)
    return;
  g_hash_table_replace (self->drafts, g_strdup (key), g_strdup (text != NULL ? text : ""));
  /* Not put off by the next keystroke: a person who types without a pause loses no more either. */
  if (self->drafts_id == 0)
    self->drafts_id = g_timeout_add (DRAFT_DELAY_MS, on_drafts_timeout, self);
}

char *
iw_workspace_get_draft (IwWorkspace *self, const char *key)
{
  g_autoptr (GError) error = NULL;
  const char *text = g_hash_table_lookup (self->drafts, key);
  char *stored;

  if (text == NULL)
    text = g_hash_table_lookup (self->drafts_written, key);
  if (text != NULL)
    return *text != '\0' ? g_strdup (text) : NULL;

  stored = iw_store_get_draft (self->store, key, &error);
  if (error != NULL)
    g_warning ("A draft could not be read: %s", error->message);
  return stored;
}
