/* iw-workspace-private.h: what the files of IwWorkspace share. Main thread. */
#pragma once

#include "iw-workspace.h"
#include "iw-writer-private.h"

G_BEGIN_DECLS

struct _IwWorkspace
{
  GObject parent_instance;

  char *dir;
  char *author;
  IwStore *store; /* read connection of the main thread */
  IwWriter *writer;
  GFileMonitor *monitor;
  gint64 seq; /* of the last change that "changed" has told */
  guint check_id;
  char *undo_label;
  char *redo_label;
  GHashTable *drafts;         /* key -> text: typed, not handed to the writer yet */
  GHashTable *drafts_written; /* key -> text: handed over, not durable yet */
  guint drafts_id;
  gboolean draft_failing;
  guint pending; /* jobs that the writer has */
  char *read_only_reason;
  gboolean read_only;
};

/* What the writer thread is asked to do. */
typedef enum
{
  IW_WORKSPACE_APPLY,
  IW_WORKSPACE_UNDO,
  IW_WORKSPACE_REDO,
  IW_WORKSPACE_DRAFT,
  IW_WORKSPACE_AUTHOR,
} IwWorkspaceTaskKind;

typedef struct
{
  IwWorkspaceTaskKind kind;
  GTask *task; /* NULL where nobody waits */
  char *label; /* apply: the msgid; undo, redo: what was undone, translated */
  char **docids;
  char **bodies; /* JSON text, so that no JsonObject is shared by two threads; "" deletes */
  char **bases;  /* the revisions that they were made from; "": none */
  char *rev;     /* (out) that says the first of them now */
  guint n_objects;
  char *key; /* of a draft */
  char *text;
} IwWorkspaceTask;

/* @task: who waits for it (transfer full), or NULL. (transfer full) */
IwWorkspaceTask *iw_workspace_task_new (IwWorkspaceTaskKind kind, GTask *task);
/* @task: (transfer full) */
void iw_workspace_push_task (IwWorkspace *self, IwWorkspaceTask *task);
/* Looks for changes now and tells them. */
void iw_workspace_check_changes (IwWorkspace *self);
/* (transfer none), NULL if none was set */
const char *iw_workspace_get_author (IwWorkspace *self);

/* iw-workspace-drafts.c: what became of one that the writer was given. */
void iw_workspace_draft_done (IwWorkspace *self, IwWorkspaceTask *task, const GError *error);
/* The last try for what the writer thread could not keep, before the program ends. */
void iw_workspace_rescue_drafts (IwWorkspace *self);

G_END_DECLS
