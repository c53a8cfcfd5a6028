#include "config.h"

#include "iw-apply.h"

#include <glib/gi18n-lib.h>

#include "iw-ui.h"
#include "iw-window.h"

typedef struct
{
  GtkWidget *window; /* (ref) NULL where the widget was in none */
  char *done;
} Apply;

static void
apply_free (Apply *apply)
{
  g_clear_object (&apply->window);
  g_free (apply->done);
  g_free (apply);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Apply, apply_free)

static void
tell (GtkWidget *window, const char *text, gboolean undo)
{
  AdwToast *toast = iw_ui_toast_new (text);

  if (undo)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
    }
  iw_window_add_toast (IW_WINDOW (window), toast);
}

void
iw_apply_toast (GtkWidget *widget, const char *done)
{
  GtkWidget *window = gtk_widget_get_ancestor (widget, IW_TYPE_WINDOW);

  if (window != NULL)
    tell (window, done, TRUE);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Apply) apply = data;
  g_autoptr (GError) error = NULL;
  gboolean good = iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error);
  g_autofree char *words = good ? NULL : iw_ui_describe_error (error);

  if (apply->window != NULL && gtk_widget_get_mapped (apply->window))
    tell (apply->window, good ? apply->done : words, good);
  else if (!good)
    g_warning ("It could not be written: %s", error->message);
}

static void
apply (GtkWidget *widget,
       IwWorkspace *workspace,
       const char *label,
       const IwChange *changes,
       guint n,
       guint n_objects,
       const char *done)
{
  Apply *data = g_new0 (Apply, 1);
  GtkWidget *window = gtk_widget_get_ancestor (widget, IW_TYPE_WINDOW);

  data->window = window != NULL ? g_object_ref (window) : NULL;
  data->done = g_strdup (done);
  iw_workspace_apply_async (workspace, label, changes, n, n_objects, on_applied, data);
}

void
iw_apply_body (GtkWidget *widget,
               IwWorkspace *workspace,
               const char *label,
               const char *docid,
               const char *rev,
               JsonObject *body,
               const char *done)
{
  IwChange change = { docid, body, rev };

  apply (widget, workspace, label, &change, 1, 1, done);
}

void
iw_apply_documents (GtkWidget *widget,
                    IwWorkspace *workspace,
                    const char *label,
                    GPtrArray *documents,
                    guint n_objects,
                    const char *done)
{
  g_autofree IwChange *changes = iw_store_changes_of (documents);

  if (documents->len > 0)
    apply (widget, workspace, label, changes, documents->len, n_objects, done);
}
