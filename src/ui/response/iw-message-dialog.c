#include "config.h"

#include "iw-message-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-message.h"
#include "iw-ui.h"

struct _IwMessageDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  AdwActionRow *recipient;
  AdwComboRow *language;
  AdwEntryRow *subject;
  GtkTextView *body;

  IwSituation *situation;
  const IwEscalation *escalation; /* the situation's */
  char *mail;                     /* "" if none is known */
};

G_DEFINE_FINAL_TYPE (IwMessageDialog, iw_message_dialog, ADW_TYPE_DIALOG)

/* ---- the text ---- */

/* As an edit of the user's, so that Ctrl+Z brings back what stood there. */
static void
replace_body (IwMessageDialog *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->body);
  GtkTextIter start, end;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

static void
on_language (IwMessageDialog *self)
{
  const char *const *languages = iw_message_languages ();
  guint selected = adw_combo_row_get_selected (self->language);
  g_autoptr (IwMessage) message = NULL;

  if (self->escalation == NULL || selected >= g_strv_length ((char **)languages))
    return;
  message = iw_message_new_escalation (self->situation, self->escalation, languages[selected]);
  gtk_editable_set_text (GTK_EDITABLE (self->subject), message->subject);
  replace_body (self, message->body);
}

/* What stands in the fields now. (transfer full) */
static IwMessage *
get_message (IwMessageDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->body);
  IwMessage *message = g_new0 (IwMessage, 1);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  message->subject = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->subject)));
  message->body = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return message;
}

/* ---- where it goes ---- */

static void
copy (IwMessageDialog *self)
{
  g_autoptr (IwMessage) message = get_message (self);
  g_autofree char *text = g_strjoin ("\n\n", message->subject, message->body, NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
on_copy (IwMessageDialog *self)
{
  copy (self);
  adw_toast_overlay_add_toast (self->toasts, iw_ui_toast_new (_ ("Message copied")));
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwMessageDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  copy (self);
  adw_toast_overlay_add_toast (
      self->toasts,
      iw_ui_toast_new (_ ("No mail program could be opened. The message is on the clipboard.")));
}

static void
on_mail (IwMessageDialog *self)
{
  g_autoptr (IwMessage) message = get_message (self);
  gboolean was_cut;
  g_autofree char *address =
      iw_message_to_mailto (message, self->mail, IW_MESSAGE_MAILTO_MAX, &was_cut);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (address);

  if (was_cut)
    {
      copy (self);
      adw_toast_overlay_add_toast (
          self->toasts,
          iw_ui_toast_new (_ ("The message is too long for a mail program’s link. The "
                              "whole of it is on the clipboard.")));
    }
  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                           on_launched, g_object_ref (self));
}

/* ---- the dialog ---- */

static void
show_recipient (IwMessageDialog *self, IwDocument *recipient)
{
  const char *mail = recipient != NULL ? iw_document_get_text (recipient, "mail") : "";
  g_autofree char *words = NULL;

  self->mail = g_strdup (mail);
  if (*mail != '\0')
    /* Translators: who a message is for, and the mail address. */
    words = g_strdup_printf (_ ("%1$s\n%2$s"), self->escalation->to, mail);
  else
    /* Translators: %s is who a message is for. */
    words = g_strdup_printf (_ ("%s\nNo mail address in the directory"), self->escalation->to);
  adw_action_row_set_subtitle (self->recipient, words);
}

static void
show_languages (IwMessageDialog *self, IwDocument *recipient)
{
  const char *const *languages = iw_message_languages ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *wanted = iw_message_language_for (
      recipient != NULL ? iw_document_get_text (recipient, "languages") : NULL);
  guint selected = 0;

  for (guint i = 0; languages[i] != NULL; i++)
    {
      gtk_string_list_append (names, iw_message_language_name (languages[i]));
      if (g_str_equal (languages[i], wanted))
        selected = i;
    }
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->language, selected);
}

static void
iw_message_dialog_dispose (GObject *object)
{
  IwMessageDialog *self = IW_MESSAGE_DIALOG (object);

  self->escalation = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_MESSAGE_DIALOG);
  g_clear_pointer (&self->situation, iw_situation_unref);
  g_clear_pointer (&self->mail, g_free);
  G_OBJECT_CLASS (iw_message_dialog_parent_class)->dispose (object);
}

static void
iw_message_dialog_class_init (IwMessageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_message_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-message-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwMessageDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, IwMessageDialog, recipient);
  gtk_widget_class_bind_template_child (widget_class, IwMessageDialog, language);
  gtk_widget_class_bind_template_child (widget_class, IwMessageDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, IwMessageDialog, body);
  gtk_widget_class_bind_template_callback (widget_class, on_language);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_mail);
}

static void
iw_message_dialog_init (IwMessageDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  iw_ui_focus_in_dialog (ADW_DIALOG (self), GTK_WIDGET (self->body));
}

AdwDialog *
iw_message_dialog_new (IwSituation *situation, const IwEscalation *escalation)
{
  IwMessageDialog *self = g_object_new (IW_TYPE_MESSAGE_DIALOG, NULL);
  IwDocument *recipient = iw_message_recipient (situation, escalation->to);

  self->situation = iw_situation_ref (situation);
  show_languages (self, recipient);
  self->escalation = escalation;
  show_recipient (self, recipient);
  on_language (self);
  return ADW_DIALOG (self);
}
