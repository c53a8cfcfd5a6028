/* The sample workspace: made, opened, left, removed. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-application-private.h"
#include "iw-problem-page.h"
#include "iw-sample-folder.h"
#include "iw-sample.h"
#include "iw-ui.h"

void
iw_application_update_sample_actions (IwApplication *self)
{
  gboolean sample = self->workspace != NULL && iw_workspace_is_sample (self->workspace);
  GActionMap *map = G_ACTION_MAP (self);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "open-sample")),
                               !sample && self->sample_work == NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "leave-sample")),
                               sample);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "remove-sample")),
                               sample);
}

/* ---- making it ---- */

/* Shared with the thread that makes it; the bar looks at it in a timer. */
typedef struct
{
  gint done, total; /* atomic */
} Steps;

static void
on_step (gint64 done, gint64 total, gpointer data)
{
  Steps *steps = data;

  g_atomic_int_set (&steps->total, (gint)total);
  g_atomic_int_set (&steps->done, (gint)done);
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *dir = iw_workspace_sample_dir ();
  GError *error = NULL;

  if (iw_sample_create (dir, iw_context_system (), on_step, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  IwApplication *self = IW_APPLICATION (source);
  g_autofree char *dir = iw_workspace_sample_dir ();
  g_autoptr (GError) error = NULL;
  gboolean made = g_task_propagate_boolean (G_TASK (result), &error);

  g_clear_object (&self->sample_work);
  if (gtk_application_get_windows (GTK_APPLICATION (self)) == NULL)
    return;
  iw_application_show_workspace (self, made ? dir : self->own_dir);
  if (!made && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = iw_ui_describe_error (error);
      /* Translators: %s is the reason, a sentence. */
      g_autofree char *text = g_strdup_printf (_ ("The sample could not be made: %s"), words);

      iw_window_add_text_toast (iw_application_get_window (self), text);
    }
}

typedef struct
{
  GTask *task;
  IwProblemPage *page;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_object_unref (watch->task);
  g_object_unref (watch->page);
  g_free (watch);
}

static gboolean
on_watch (gpointer data)
{
  Watch *watch = data;
  Steps *steps = g_task_get_task_data (watch->task);

  if (g_task_get_completed (watch->task) ||
      gtk_widget_get_parent (GTK_WIDGET (watch->page)) == NULL)
    return G_SOURCE_REMOVE;
  iw_problem_page_set_progress (watch->page, g_atomic_int_get (&steps->done),
                                g_atomic_int_get (&steps->total));
  return G_SOURCE_CONTINUE;
}

static void
on_cancel (IwApplication *self)
{
  g_cancellable_cancel (self->sample_work);
}

static void
make_sample (IwApplication *self)
{
  GtkWidget *page = iw_problem_page_new ();
  g_autoptr (GTask) task = NULL;
  Watch *watch = g_new0 (Watch, 1);

  self->sample_work = g_cancellable_new ();
  task = g_task_new (self, self->sample_work, on_made, NULL);
  g_task_set_task_data (task, g_new0 (Steps, 1), g_free);
  iw_application_close_workspace (self);
  iw_window_set_cover (iw_application_get_window (self), page);
  iw_problem_page_show_work (IW_PROBLEM_PAGE (page), _ ("Making the Sample Workspace…"), TRUE);
  g_signal_connect_object (page, "cancel", G_CALLBACK (on_cancel), self, G_CONNECT_SWAPPED);
  iw_application_update_sample_actions (self);

  watch->task = g_object_ref (task);
  watch->page = g_object_ref (IW_PROBLEM_PAGE (page));
  g_timeout_add_full (G_PRIORITY_DEFAULT, 100, on_watch, watch, watch_free);
  g_task_run_in_thread (task, make_thread);
}

void
iw_application_open_sample (IwApplication *self)
{
  g_autofree char *dir = iw_workspace_sample_dir ();

  if (self->sample_work != NULL)
    return;
  if (iw_sample_folder_exists ())
    iw_application_show_workspace (self, dir);
  else
    make_sample (self);
}

/* ---- removing it ---- */

typedef struct
{
  IwApplication *app;
  char *aside; /* NULL once it is back */
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_free (removal->aside);
  g_free (removal);
}

static void
on_undo_removal (AdwToast *toast, gpointer data)
{
  Removal *removal = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = iw_workspace_sample_dir ();

  if (!iw_sample_folder_put_back (removal->aside, &error))
    {
      iw_window_add_text_toast (iw_application_get_window (removal->app), error->message);
      return;
    }
  g_clear_pointer (&removal->aside, g_free);
  iw_application_show_workspace (removal->app, dir);
}

static void
on_removal_dismissed (AdwToast *toast, gpointer data)
{
  Removal *removal = data;

  if (removal->aside != NULL)
    iw_sample_folder_delete_async (removal->aside, NULL, NULL);
}

void
iw_application_remove_sample (IwApplication *self)
{
  AdwToast *toast = adw_toast_new (_ ("Sample workspace removed"));
  Removal *removal = g_new0 (Removal, 1);
  g_autoptr (GError) error = NULL;

  iw_application_close_workspace (self);
  removal->app = self;
  removal->aside = iw_sample_folder_set_aside (&error);
  iw_application_show_workspace (self, self->own_dir);
  if (removal->aside == NULL)
    {
      adw_toast_set_use_markup (toast, FALSE);
      adw_toast_set_title (toast, error->message);
    }
  else
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      g_signal_connect (toast, "button-clicked", G_CALLBACK (on_undo_removal), removal);
    }
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (on_removal_dismissed), removal,
                         removal_free, 0);
  /* The way back must not go with a page. */
  iw_window_add_lasting_toast (iw_application_get_window (self), toast);
}
