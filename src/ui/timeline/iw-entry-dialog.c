#include "config.h"

#include "iw-entry-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "iw-meanwhile.h"
#include "iw-ui.h"

G_DEFINE_FINAL_TYPE (IwEntryDialog, iw_entry_dialog, ADW_TYPE_DIALOG)

/* ---- links ---- */

static char *
link_title (IwEntryDialog *self, const IwEntryLink *link)
{
  IwStore *store = iw_workspace_get_store (self->workspace);
  g_autoptr (JsonObject) body = iw_store_get (store, link->docid, NULL, NULL);
  const char *name = NULL;

  if (body == NULL)
    return g_strdup (_ ("Something that is no longer there"));
  if (json_object_has_member (body, "name"))
    name = json_object_get_string_member_with_default (body, "name", NULL);
  else if (json_object_has_member (body, "text"))
    name = json_object_get_string_member_with_default (body, "text", NULL);
  if (name == NULL)
    return g_strdup (link->docid);
  return g_strndup (name, strcspn (name, "\r\n"));
}

static void fill_links (IwEntryDialog *self);

static void
on_remove_link (GtkButton *button, gpointer data)
{
  IwEntryDialog *self = data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  g_autoptr (IwEntryForm) form = iw_entry_form_remove_link (self->form, index);

  iw_entry_dialog_set_form (self, form);
  fill_links (self);
}

static GtkWidget *
make_link_row (IwEntryDialog *self, const IwEntryLink *link, guint index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  g_autofree char *title = link_title (self, link);
  g_autofree char *words = g_strdup_printf (_ ("Remove Link to %s"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (link->row > 0)
    {
      g_autofree char *subtitle = g_strdup_printf (_ ("Row %'" G_GINT64_FORMAT), link->row);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    }
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_object_set_data (G_OBJECT (remove), "index", GUINT_TO_POINTER (index));
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_link), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  return row;
}

static void
fill_links (IwEntryDialog *self)
{
  g_autoptr (GArray) links = iw_entry_form_get_links (self->form);

  for (guint i = 0; i < self->link_rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->links_group),
                                  g_ptr_array_index (self->link_rows, i));
  g_ptr_array_set_size (self->link_rows, 0);
  for (guint i = 0; i < links->len; i++)
    {
      GtkWidget *row = make_link_row (self, &g_array_index (links, IwEntryLink, i), i);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->links_group), row);
      g_ptr_array_add (self->link_rows, row);
    }
  gtk_widget_set_visible (self->links_group, links->len > 0 && !iw_entry_form_is_bulk (self->form));
}

/* ---- the form ---- */

static gboolean
is_new (IwEntryDialog *self)
{
  return self->entries->len == 1 && iw_entry_get_id (g_ptr_array_index (self->entries, 0)) == NULL;
}

void
iw_entry_dialog_set_form (IwEntryDialog *self, IwEntryForm *form)
{
  IwEntryForm *old = self->form;
  gboolean can_save;

  self->form = iw_entry_form_ref (form);
  g_clear_pointer (&old, iw_entry_form_unref);
  can_save = iw_entry_form_is_valid (form) && (is_new (self) || iw_entry_form_is_changed (form)) &&
             !self->saved && !iw_workspace_get_read_only (self->workspace);
  gtk_widget_set_sensitive (self->save, can_save);
  iw_entry_dialog_show_problems (self);
  iw_entry_dialog_keep_draft (self);
}

static void
on_discard_draft (IwEntryDialog *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  iw_entry_dialog_set_form (self, self->pristine);
  iw_entry_dialog_fill (self);
  fill_links (self);
}

static void
on_cancel (IwEntryDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save (IwEntryDialog *self)
{
  iw_entry_dialog_save (self);
}

static gboolean
on_save_shortcut (GtkWidget *widget, GVariant *args, gpointer data)
{
  iw_entry_dialog_save (IW_ENTRY_DIALOG (widget));
  return TRUE;
}

/* ---- the dialog ---- */

static void
iw_entry_dialog_dispose (GObject *object)
{
  IwEntryDialog *self = IW_ENTRY_DIALOG (object);

  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  self->buffer = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_ENTRY_DIALOG);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->link_rows, g_ptr_array_unref);
  g_clear_pointer (&self->pristine, iw_entry_form_unref);
  g_clear_pointer (&self->form, iw_entry_form_unref);
  g_clear_pointer (&self->draft_key, g_free);
  G_OBJECT_CLASS (iw_entry_dialog_parent_class)->dispose (object);
}

static void
iw_entry_dialog_class_init (IwEntryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_entry_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-entry-dialog.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, IwEntryDialog, name)
  BIND (banner);
  BIND (error_banner);
  BIND (meanwhile);
  BIND (page);
  BIND (bulk_group);
  BIND (text_group);
  BIND (text_frame);
  BIND (text_hint);
  BIND (links_group);
  BIND (save);
  BIND (kind);
  BIND (confidence);
  BIND (key_combo);
  BIND (key);
  BIND (occurred);
  BIND (end);
  BIND (discovered);
  BIND (zone);
  BIND (actor);
  BIND (team);
  BIND (source);
  BIND (tags);
  BIND (occurred_hint);
  BIND (end_hint);
  BIND (discovered_hint);
  BIND (zone_hint);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_discard_draft);
}

/* Ctrl+Enter saves from wherever one types: before the text field, which would begin a new line. */
static void
add_save_shortcut (IwEntryDialog *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_callback_action_new (on_save_shortcut, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
iw_entry_dialog_init (IwEntryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->link_rows = g_ptr_array_new ();
  iw_entry_dialog_init_fields (self);
  add_save_shortcut (self);
}

static void
start (IwEntryDialog *self)
{
  iw_entry_dialog_bind_fields (self);
  iw_entry_dialog_set_form (self, self->pristine);
  iw_entry_dialog_find_draft (self);
  iw_entry_dialog_fill (self);
  fill_links (self);
}

/* Others may change it while it is open here. */
static void
watch_others (IwEntryDialog *self, IwEntry *entry)
{
  g_autoptr (JsonObject) base = NULL;

  if (iw_entry_get_id (entry) == NULL)
    return;
  base = iw_entry_to_json (entry);
  iw_meanwhile_watch (self->meanwhile, self->workspace, iw_entry_get_id (entry), base);
}

AdwDialog *
iw_entry_dialog_new (IwWorkspace *workspace, IwEntry *entry, IwTimeDisplay *display)
{
  IwEntryDialog *self = g_object_new (IW_TYPE_ENTRY_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->entries, iw_entry_copy (entry));
  self->pristine =
      iw_entry_form_new (entry, iw_time_display_get_zone (display), g_get_real_time ());
  adw_dialog_set_title (ADW_DIALOG (self), is_new (self) ? _ ("New Entry") : _ ("Edit Entry"));
  gtk_button_set_label (GTK_BUTTON (self->save),
                        is_new (self) ? _ ("_Add Entry") : _ ("_Save Changes"));
  start (self);
  watch_others (self, entry);
  iw_ui_focus_in_dialog (ADW_DIALOG (self), self->text_view);
  return ADW_DIALOG (self);
}

static void
describe_bulk (IwEntryDialog *self, guint n_left_out)
{
  GString *words = g_string_new (_ ("Fields that you leave alone stay as they are in each entry."));
  g_autofree char *text = NULL;

  if (n_left_out > 0)
    {
      g_string_append_c (words, ' ');
      g_string_append_printf (
          words,
          ngettext ("%u decision is left out: decisions stay on the record as they were made.",
                    "%u decisions are left out: decisions stay on the record as they were made.",
                    n_left_out),
          n_left_out);
    }
  text = g_string_free (words, FALSE);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->bulk_group), text);
  gtk_widget_set_visible (self->bulk_group, TRUE);
  gtk_widget_set_visible (self->text_group, FALSE);
}

AdwDialog *
iw_entry_dialog_new_bulk (IwWorkspace *workspace, GPtrArray *entries, IwTimeDisplay *display)
{
  IwEntryDialog *self = g_object_new (IW_TYPE_ENTRY_DIALOG, NULL);
  g_autofree char *title = NULL;
  guint n;

  self->workspace = g_object_ref (workspace);
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < entries->len; i++)
    if (!iw_entry_kind_is_decision (iw_entry_get_kind (g_ptr_array_index (entries, i))))
      g_ptr_array_add (self->entries, iw_entry_copy (g_ptr_array_index (entries, i)));
  n = self->entries->len;
  g_return_val_if_fail (n > 0, ADW_DIALOG (self));
  self->pristine = iw_entry_form_new_bulk (self->entries, iw_time_display_get_zone (display),
                                           g_get_real_time ());
  title = g_strdup_printf (ngettext ("Edit %u Entry", "Edit %u Entries", n), n);
  adw_dialog_set_title (ADW_DIALOG (self), title);
  gtk_button_set_label (GTK_BUTTON (self->save), _ ("_Save Changes"));
  describe_bulk (self, entries->len - n);
  start (self);
  return ADW_DIALOG (self);
}
