#include "config.h"

#include "iw-form-dialog-private.h"

#include "iw-ui.h"

enum
{
  WRITTEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwFormDialog, iw_form_dialog, ADW_TYPE_DIALOG)

const char *
iw_form_dialog_get_incident (IwFormDialog *self)
{
  IwSituation *situation = iw_form_get_situation (self->form);

  return iw_form_get_kind (self->form)->workspace || situation == NULL
             ? NULL
             : iw_situation_get_incident (situation);
}

IwFormRow *
iw_form_dialog_find_row (IwFormDialog *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (iw_form_row_get_field (self->rows->pdata[i])->name, field) == 0)
      return self->rows->pdata[i];
  return NULL;
}

/* ---- what follows from the form ---- */

static gboolean
is_asked_for (GPtrArray *fields, IwFormRow *row)
{
  for (guint i = 0; i < fields->len; i++)
    if (g_strcmp0 (((const IwFormField *)fields->pdata[i])->name,
                   iw_form_row_get_field (row)->name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_shown_row (IwFormDialog *self, GtkWidget *group)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (iw_form_row_get_shown (self->rows->pdata[i]) &&
        gtk_widget_is_ancestor (iw_form_row_get_widget (self->rows->pdata[i]), group))
      return TRUE;
  return FALSE;
}

/* A list with nothing in it would still be drawn. */
static void
show_groups (IwFormDialog *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    gtk_widget_set_visible (self->groups->pdata[i], has_shown_row (self, self->groups->pdata[i]));
}

static void
show_fields (IwFormDialog *self)
{
  g_autoptr (GPtrArray) fields = iw_form_get_fields (self->form);

  for (guint i = 0; i < self->rows->len; i++)
    {
      IwFormRow *row = self->rows->pdata[i];
      const IwFormField *field = iw_form_row_get_field (row);
      gboolean shown = is_asked_for (fields, row);

      if (field->input == IW_INPUT_CHOICE || field->input == IW_INPUT_HOLDER)
        {
          g_autofree IwChoice *choices = iw_form_get_choices (self->form, field);

          iw_form_row_set_choices (row, choices);
        }
      if (shown != iw_form_row_get_shown (row))
        iw_form_row_set_shown (row, shown);
    }
  show_groups (self);
}

/* A field that was set by what another one says, and all of them at first. */
static void
fill (IwFormDialog *self, IwForm *old)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      IwFormRow *row = self->rows->pdata[i];
      const char *name = iw_form_row_get_field (row)->name;
      const char *value = iw_form_get (self->form, name);

      if (old == NULL || g_strcmp0 (iw_form_get (old, name), value) != 0)
        iw_form_row_set_value (row, value);
    }
}

const char *
iw_form_dialog_get_subject (IwForm *form)
{
  const IwFormField *field = iw_form_kind_field (iw_form_get_kind (form), "subject");

  /* That of a notice is a line of text. */
  return field != NULL && field->input == IW_INPUT_SUBJECT ? iw_form_get (form, "subject") : "";
}

/* What is decided upon: which clock, which file. */
static char *
make_about (IwFormDialog *self)
{
  IwSituation *situation = iw_form_get_situation (self->form);
  const char *subject = iw_form_dialog_get_subject (self->form);

  if (situation == NULL)
    return g_strdup ("");
  return *subject != '\0' ? iw_situation_name (situation, subject) : g_strdup ("");
}

static gboolean
has_words (IwFormDialog *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
show_words (IwFormDialog *self)
{
  g_autofree char *about = make_about (self);
  g_autofree char *title = iw_form_get_title (self->form);
  g_autofree char *verb = iw_form_get_verb (self->form);

  adw_dialog_set_title (ADW_DIALOG (self), title);
  adw_navigation_page_set_title (self->page, title);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, about);
  if (g_strcmp0 (gtk_button_get_label (self->save), verb) != 0)
    gtk_button_set_label (self->save, verb);
}

static void
show_notes (IwFormDialog *self)
{
  g_auto (GStrv) notes = iw_form_get_notes (self->form, g_get_real_time (),
                                            iw_time_display_get_zone (self->context.display));
  g_autofree char *author = iw_ui_author ();
  g_autofree char *refusal = iw_sync_rights_describe_refusal (
      self->rights, self->form, iw_store_get_context (iw_workspace_get_store (self->workspace)),
      author);
  g_autofree char *said = g_strjoinv ("\n", notes);
  g_autofree char *text = g_strconcat (refusal != NULL ? refusal : "",
                                       refusal != NULL && *said != '\0' ? "\n" : "", said, NULL);

  if (g_strcmp0 (gtk_label_get_text (self->notes), text) != 0)
    gtk_label_set_text (self->notes, text);
  gtk_widget_set_visible (self->notes_box, *text != '\0');
}

void
iw_form_dialog_set_form (IwFormDialog *self, IwForm *form)
{
  g_autoptr (IwForm) old = self->form;

  self->form = iw_form_ref (form);
  self->context.situation = iw_form_get_situation (form);
  show_fields (self);
  fill (self, old);
  show_words (self);
  show_notes (self);
  iw_form_dialog_show_problems (self);
  iw_form_dialog_keep_draft (self);
}

/* ---- from the rows ---- */

static void
on_row_changed (IwFormDialog *self, const char *value, IwFormRow *row)
{
  const char *name = iw_form_row_get_field (row)->name;
  IwInput input = iw_form_row_get_field (row)->input;
  g_autoptr (IwForm) form = NULL;

  if (self->saving || g_strcmp0 (iw_form_get (self->form, name), value) == 0)
    return;
  /* What is chosen is done with; what is typed only when the keyboard leaves it. */
  if (input == IW_INPUT_CHOICE || input == IW_INPUT_SET || input == IW_INPUT_ITEMS ||
      input == IW_INPUT_LINKS)
    g_hash_table_add (self->touched, g_strdup (name));
  form = iw_form_set (self->form, name, value);
  adw_banner_set_revealed (self->error_banner, FALSE);
  iw_form_dialog_set_form (self, form);
}

static void
on_row_left (IwFormDialog *self, IwFormRow *row)
{
  g_hash_table_add (self->touched, g_strdup (iw_form_row_get_field (row)->name));
  iw_form_dialog_show_problems (self);
}

/* ---- building ---- */

static GtkWidget *
add_group (IwFormDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  gtk_box_append (self->fields, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
add_row (IwFormDialog *self, const IwFormField *field, GtkWidget **group)
{
  IwFormRow *row;

  if ((field->flags & IW_FORM_FIELD_HIDDEN) != 0 || field->input == IW_INPUT_SUBJECT)
    return;
  row = iw_form_row_new (field, &self->context);
  g_ptr_array_add (self->rows, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "left", G_CALLBACK (on_row_left), self, G_CONNECT_SWAPPED);
  if (iw_form_row_is_block (row))
    {
      gtk_box_append (self->fields, iw_form_row_get_widget (row));
      *group = NULL;
      return;
    }
  if (*group == NULL)
    *group = add_group (self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (*group), iw_form_row_get_widget (row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (*group), iw_form_row_get_hint_row (row));
}

static void
add_rows (IwFormDialog *self, const IwFormKind *kind)
{
  GtkWidget *group = NULL;
  guint n_common;
  const IwFormField *common = iw_form_common_fields (&n_common);

  for (guint i = 0; i < kind->n_fields; i++)
    add_row (self, &kind->fields[i], &group);
  group = NULL;
  for (guint i = 0; kind->doc_type == NULL && i < n_common; i++)
    add_row (self, &common[i], &group);
}

static void
make_context (IwFormDialog *self, IwForm *form)
{
  IwSituation *situation = iw_form_get_situation (form);
  const char *zone =
      situation != NULL ? g_time_zone_get_identifier (iw_situation_get_zone (situation)) : NULL;

  self->context.situation = situation;
  self->context.display = iw_time_display_new (zone);
  self->context.navigation = self->navigation;
}

static IwFormRow *
first_row (IwFormDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (iw_form_row_get_shown (self->rows->pdata[i]))
      return self->rows->pdata[i];
  return NULL;
}

/* ---- actions ---- */

static void
on_save (IwFormDialog *self)
{
  iw_form_dialog_save (self);
}

static void
on_discard_draft (IwFormDialog *self)
{
  iw_form_dialog_discard_draft (self);
  if (first_row (self) != NULL)
    iw_form_row_focus (first_row (self));
}

static void
on_missing (IwFormDialog *self)
{
  iw_form_dialog_go_to_first (self);
}

/* Ctrl+Enter saves from wherever one types: before the text field, which would begin a new line. */
static gboolean
on_save_shortcut (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  IwFormDialog *self = IW_FORM_DIALOG (widget);

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    iw_form_dialog_save (self);
  else if (!self->saving)
    iw_form_dialog_go_to_first (self);
  return TRUE;
}

static void
add_save_shortcut (IwFormDialog *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_callback_action_new (on_save_shortcut, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* ---- the object ---- */

static void
iw_form_dialog_dispose (GObject *object)
{
  IwFormDialog *self = IW_FORM_DIALOG (object);

  if (self->rows != NULL)
    for (guint i = 0; i < self->rows->len; i++)
      g_signal_handlers_disconnect_by_data (self->rows->pdata[i], self);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_FORM_DIALOG);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->rights, iw_sync_rights_free);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->pristine, iw_form_unref);
  g_clear_pointer (&self->form, iw_form_unref);
  g_clear_pointer (&self->draft_key, g_free);
  g_clear_pointer (&self->written, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_object (&self->context.display);
  g_clear_pointer (&self->context.entries, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (iw_form_dialog_parent_class)->dispose (object);
}

static void
iw_form_dialog_class_init (IwFormDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_form_dialog_dispose;
  signals[WRITTEN] = g_signal_new ("written", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-form-dialog.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, IwFormDialog, name)
  BIND (navigation);
  BIND (page);
  BIND (window_title);
  BIND (save);
  BIND (banner);
  BIND (error_banner);
  BIND (meanwhile);
  BIND (scroller);
  BIND (fields);
  BIND (problems);
  BIND (foot);
  BIND (notes_box);
  BIND (notes);
  BIND (missing);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, has_words);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_discard_draft);
  gtk_widget_class_bind_template_callback (widget_class, on_missing);
}

static void
iw_form_dialog_init (IwFormDialog *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_ptr_array_new ();
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_save_shortcut (self);
}

AdwDialog *
iw_form_dialog_new (IwWorkspace *workspace, IwForm *form)
{
  IwFormDialog *self = g_object_new (IW_TYPE_FORM_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->rights = iw_sync_rights_load (iw_workspace_get_store (workspace));
  self->pristine = iw_form_ref (form);
  make_context (self, form);
  add_rows (self, iw_form_get_kind (form));
  iw_form_dialog_set_form (self, form);
  iw_form_dialog_find_draft (self);
  iw_form_dialog_follow (self);
  if (first_row (self) != NULL)
    iw_ui_focus_in_dialog (ADW_DIALOG (self), iw_form_row_get_focus (first_row (self)));
  return ADW_DIALOG (self);
}
