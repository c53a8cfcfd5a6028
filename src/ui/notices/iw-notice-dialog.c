#include "config.h"

#include "iw-notice-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-id.h"
#include "iw-notice-template-facts.h"
#include "iw-notice-words.h"
#include "iw-ui.h"

struct _IwNoticeDialog
{
  AdwDialog parent_instance;

  AdwBanner *error_banner;
  GtkWidget *create;
  AdwPreferencesGroup *audience_group;
  AdwPreferencesGroup *language_group;
  AdwComboRow *language;
  AdwEntryRow *name;
  GtkCheckButton *audiences[IW_N_AUDIENCES];

  IwWorkspace *workspace;
  IwSituation *situation;
  char *suggested; /* the title, as long as nobody wrote another */
  char *docid;     /* being written; NULL before */
};

G_DEFINE_FINAL_TYPE (IwNoticeDialog, iw_notice_dialog, ADW_TYPE_DIALOG)

enum
{
  CREATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static IwAudience
chosen_audience (IwNoticeDialog *self)
{
  for (IwAudience i = 0; i < IW_N_AUDIENCES; i++)
    if (gtk_check_button_get_active (self->audiences[i]))
      return i;
  return IW_AUDIENCE_CUSTOMERS;
}

static const char *
chosen_language (IwNoticeDialog *self)
{
  return iw_notice_languages ()[adw_combo_row_get_selected (self->language)];
}

static const char *
name_text (IwNoticeDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->name));
}

static void
update_create (IwNoticeDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (name_text (self)));

  gtk_widget_set_sensitive (self->create, *name != '\0' && self->docid == NULL);
}

static void
on_name_changed (IwNoticeDialog *self)
{
  update_create (self);
}

/* A title of one's own stays. */
static void
on_choice_changed (IwNoticeDialog *self)
{
  g_autofree char *before = NULL;

  if (self->situation == NULL)
    return;
  before = g_steal_pointer (&self->suggested);
  self->suggested = iw_notice_suggest_title (chosen_audience (self), chosen_language (self));
  if (before == NULL || g_str_equal (name_text (self), before))
    gtk_editable_set_text (GTK_EDITABLE (self->name), self->suggested);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwNoticeDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *docid = g_steal_pointer (&self->docid);

  if (iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error))
    {
      g_signal_emit (self, signals[CREATED], 0, docid);
      adw_dialog_force_close (ADW_DIALOG (self));
    }
  else
    {
      g_autofree char *words = iw_ui_describe_error (error);

      adw_banner_set_title (self->error_banner, words);
      adw_banner_set_revealed (self->error_banner, TRUE);
      update_create (self);
    }
}

static void
on_create (IwNoticeDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (name_text (self)));
  g_autoptr (JsonObject) notice = NULL;
  IwChange change;

  if (*name == '\0' || self->docid != NULL)
    return;
  notice = iw_notice_document_new (self->situation, chosen_audience (self), chosen_language (self),
                                   name);
  self->docid = iw_id_new_document (iw_context_system (),
                                    iw_situation_get_incident (self->situation), "notice");
  change = (IwChange){ self->docid, notice };
  update_create (self);
  iw_workspace_apply_async (self->workspace, N_ ("New Notice"), &change, 1, 1, on_applied,
                            g_object_ref (self));
}

static void
on_cancel (IwNoticeDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static gboolean
on_create_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  on_create (IW_NOTICE_DIALOG (widget));
  return TRUE;
}

/* ---- the object ---- */

static void
add_audiences (IwNoticeDialog *self)
{
  for (IwAudience i = 0; i < IW_N_AUDIENCES; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_audience_label (i));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), iw_audience_meaning (i));
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_check_button_set_group (GTK_CHECK_BUTTON (check), i > 0 ? self->audiences[0] : NULL);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_preferences_group_add (self->audience_group, row);
      self->audiences[i] = GTK_CHECK_BUTTON (check);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_choice_changed), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_check_button_set_active (self->audiences[0], TRUE);
  iw_ui_focus_in_dialog (ADW_DIALOG (self), GTK_WIDGET (self->audiences[0]));
}

static void
add_languages (IwNoticeDialog *self)
{
  const char *const *languages = iw_notice_languages ();
  const char *own = iw_notice_language_nearest (g_get_language_names ()[0]);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; languages[i] != NULL; i++)
    gtk_string_list_take (names, iw_notice_language_name (languages[i]));
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  for (guint i = 0; languages[i] != NULL; i++)
    if (g_str_equal (languages[i], own))
      adw_combo_row_set_selected (self->language, i);
}

static void
iw_notice_dialog_dispose (GObject *object)
{
  IwNoticeDialog *self = IW_NOTICE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_NOTICE_DIALOG);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->situation, iw_situation_unref);
  g_clear_pointer (&self->suggested, g_free);
  g_clear_pointer (&self->docid, g_free);
  G_OBJECT_CLASS (iw_notice_dialog_parent_class)->dispose (object);
}

static void
iw_notice_dialog_class_init (IwNoticeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_notice_dialog_dispose;
  /* As in every form. */
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, on_create_key,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, on_create_key,
                                NULL);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-notice-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwNoticeDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, IwNoticeDialog, create);
  gtk_widget_class_bind_template_child (widget_class, IwNoticeDialog, audience_group);
  gtk_widget_class_bind_template_child (widget_class, IwNoticeDialog, language_group);
  gtk_widget_class_bind_template_child (widget_class, IwNoticeDialog, language);
  gtk_widget_class_bind_template_child (widget_class, IwNoticeDialog, name);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_create);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  signals[CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
iw_notice_dialog_init (IwNoticeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_audiences (self);
  add_languages (self);
}

AdwDialog *
iw_notice_dialog_new (IwWorkspace *workspace, IwSituation *situation)
{
  IwNoticeDialog *self = g_object_new (IW_TYPE_NOTICE_DIALOG, NULL);
  g_autofree char *languages = iw_notice_languages_words (situation);

  self->workspace = g_object_ref (workspace);
  self->situation = iw_situation_ref (situation);
  adw_preferences_group_set_description (self->language_group, languages);
  on_choice_changed (self);
  return ADW_DIALOG (self);
}
