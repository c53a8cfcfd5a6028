#include "config.h"

#include "iw-filter-saved.h"

#include <glib/gi18n-lib.h>

struct _IwFilterSaved
{
  GtkWidget parent_instance;

  IwWorkspace *workspace;
  IwFilter *filter;
  GtkListBox *list;
  AdwEntryRow *entry;
};

enum
{
  APPLIED,
  MESSAGE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwFilterSaved, iw_filter_saved, GTK_TYPE_WIDGET)

/* ---- writing, in a thread ---- */

typedef struct
{
  char *name;
  JsonObject *filter; /* NULL: delete */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_free (save->name);
  g_clear_pointer (&save->filter, json_object_unref);
  g_free (save);
}

static gboolean
save_job (IwStore *store,
          gpointer job_data,
          IwProgressFunc progress,
          gpointer progress_data,
          GCancellable *cancellable,
          GError **error)
{
  Save *save = job_data;

  return iw_store_save_filter (store, save->name, save->filter, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwFilterSaved) self = IW_FILTER_SAVED (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  gpointer job_data = NULL;
  Save *save;

  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error))
    {
      /* Translators: %s is the reason. */
      message = g_strdup_printf (_ ("The filter could not be saved: %s"), error->message);
      g_signal_emit (self, signals[MESSAGE], 0, message, FALSE);
      return;
    }
  save = job_data;
  /* Translators: %s is the name of a filter. */
  message = g_strdup_printf (
      save->filter != NULL ? _ ("Filter “%s” saved") : _ ("Filter “%s” deleted"), save->name);
  iw_filter_saved_refresh (self);
  g_signal_emit (self, signals[MESSAGE], 0, message, TRUE);
}

static void
write_filter (IwFilterSaved *self, const char *name, JsonObject *filter)
{
  Save *save = g_new0 (Save, 1);

  save->name = g_strdup (name);
  save->filter = filter != NULL ? json_object_ref (filter) : NULL;
  iw_workspace_run_async (self->workspace, save_job, save, save_free, NULL, NULL, NULL, on_saved,
                          g_object_ref (self));
}

static void
on_entry_apply (IwFilterSaved *self)
{
  g_autofree char *name =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr (JsonObject) json = NULL;

  if (*name == '\0' || self->filter == NULL)
    return;
  json = iw_filter_to_json (self->filter);
  write_filter (self, name, json);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

/* ---- the list ---- */

static void
on_delete (GtkButton *button, gpointer data)
{
  write_filter (IW_FILTER_SAVED (data), g_object_get_data (G_OBJECT (button), "name"), NULL);
}

static void
on_row_activated (IwFilterSaved *self, GtkListBoxRow *row)
{
  const char *name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) json =
      iw_query_filter (iw_workspace_get_store (self->workspace), name, &error);
  g_autoptr (IwFilter) filter = json != NULL ? iw_filter_new_from_json (json, &error) : NULL;

  if (filter != NULL)
    {
      g_signal_emit (self, signals[APPLIED], 0, filter);
      return;
    }
  {
    g_autofree char *message
        /* Translators: %s is the reason. */
        = g_strdup_printf (_ ("The filter could not be read: %s"),
                           error != NULL ? error->message : "");

    g_signal_emit (self, signals[MESSAGE], 0, message, FALSE);
  }
}

static GtkWidget *
make_row (IwFilterSaved *self, const char *name)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is the name of a filter. */
  g_autofree char *label = g_strdup_printf (_ ("Delete Filter “%s”"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_sensitive (button, !iw_workspace_get_read_only (self->workspace));
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_delete), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

void
iw_filter_saved_refresh (IwFilterSaved *self)
{
  g_auto (GStrv) names = NULL;

  g_return_if_fail (IW_IS_FILTER_SAVED (self));

  if (self->workspace == NULL)
    return;
  names = iw_query_filter_names (iw_workspace_get_store (self->workspace), NULL);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    gtk_list_box_append (self->list, make_row (self, names[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), names != NULL && names[0] != NULL);
}

void
iw_filter_saved_set_workspace (IwFilterSaved *self, IwWorkspace *workspace)
{
  g_return_if_fail (IW_IS_FILTER_SAVED (self));

  g_set_object (&self->workspace, workspace);
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), !iw_workspace_get_read_only (workspace));
}

void
iw_filter_saved_set_filter (IwFilterSaved *self, const IwFilter *filter)
{
  g_return_if_fail (IW_IS_FILTER_SAVED (self));

  g_clear_pointer (&self->filter, iw_filter_free);
  self->filter = iw_filter_copy (filter);
}

void
iw_filter_saved_focus_entry (IwFilterSaved *self)
{
  g_return_if_fail (IW_IS_FILTER_SAVED (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* ---- object ---- */

static void
iw_filter_saved_dispose (GObject *object)
{
  IwFilterSaved *self = IW_FILTER_SAVED (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->filter, iw_filter_free);
  G_OBJECT_CLASS (iw_filter_saved_parent_class)->dispose (object);
}

static void
iw_filter_saved_class_init (IwFilterSavedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_filter_saved_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static GtkListBox *
make_list (IwFilterSaved *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Saved Filters"), -1);
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  return GTK_LIST_BOX (list);
}

static void
iw_filter_saved_init (IwFilterSaved *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkListBox *entry_list;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->list = make_list (self);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);
  entry_list = make_list (self);
  self->entry = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _ ("Save This Filter As"));
  adw_entry_row_set_show_apply_button (self->entry, TRUE);
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (on_entry_apply), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (entry_list, GTK_WIDGET (self->entry));
}
