#include "config.h"

#include "iw-parked-page.h"

#include <glib/gi18n-lib.h>

#include "iw-entry-dialog.h"
#include "iw-form-dialog.h"
#include "iw-incident-dialog.h"
#include "iw-queries.h"
#include "iw-sync-words.h"
#include "iw-time-display.h"
#include "iw-time.h"
#include "iw-ui.h"

struct _IwParkedPage
{
  AdwNavigationPage parent_instance;

  AdwActionRow *what, *incident, *why, *words, *when;
  GtkLabel *advice;
  GtkWidget *edit, *again, *open, *export, *dismiss;
  GtkWidget *whole;
  GtkTextView *text;

  IwWorkspace *workspace;
  IwParkedItem *item;
};

enum
{
  DISMISSED,
  SEND_AGAIN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwParkedPage, iw_parked_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- what can be done ---- */

static void
edit_entry (IwParkedPage *self, GtkWidget *window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwTimeDisplay) display = iw_time_display_new (NULL);
  g_autoptr (IwEntry) entry =
      iw_query_entry (iw_workspace_get_store (self->workspace), self->item->parked->docid, &error);

  if (entry == NULL)
    iw_ui_toast (GTK_WIDGET (self), error->message);
  else
    adw_dialog_present (iw_entry_dialog_new (self->workspace, entry, display), window);
}

/* Over this dialog, which stays: the list is brought up to date when it is saved. */
static void
on_edit (IwParkedPage *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  switch (self->item->edit)
    {
    case IW_PARKED_EDIT_ENTRY:
      edit_entry (self, window);
      break;
    case IW_PARKED_EDIT_INCIDENT:
      adw_dialog_present (iw_incident_dialog_new_edit (self->workspace, self->item->incident),
                          window);
      break;
    case IW_PARKED_EDIT_FORM:
      iw_form_dialog_present_edit (window, self->workspace, self->item->parked->docid);
      break;
    case IW_PARKED_EDIT_NONE:
    case IW_PARKED_EDIT_DECISION:
    default:
      break;
    }
}

static void
on_again (IwParkedPage *self)
{
  g_signal_emit (self, signals[SEND_AGAIN], 0);
}

static void
on_dismiss (IwParkedPage *self)
{
  g_signal_emit (self, signals[DISMISSED], 0);
}

static void
on_open (IwParkedPage *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);
  g_autofree char *incident = g_strdup (self->item->incident);

  if (dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
  gtk_widget_activate_action (window, "win.show-incident", "(ss)", incident, "timeline");
}

/* ---- export ---- */

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwParkedPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    iw_ui_toast (GTK_WIDGET (self), error->message);
  else
    iw_ui_toast (GTK_WIDGET (self), _ ("Exported"));
}

static void
on_export_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwParkedPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (file == NULL || self->item == NULL)
    return;
  text = iw_parked_item_export (self->item);
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_exported, g_object_ref (self));
}

static void
on_export (IwParkedPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_initial_name (dialog, "document.json");
  gtk_file_dialog_save (dialog, GTK_WINDOW (root), NULL, on_export_chosen, g_object_ref (self));
}

/* ---- showing ---- */

static const char *
advice_for (IwParkedItem *item)
{
  if (item->parked->incoming)
    return _ (
        "The server has this document, and it was not taken in here. It is tried again when it "
        "changes there.");
  if (item->deleted)
    return _ ("What the server did not take is that this was deleted.");
  if (item->edit == IW_PARKED_EDIT_DECISION)
    return _ (
        "A decision is written once and cannot be edited. To put it right, withdraw it and "
        "decide again in the incident, or ask somebody who may to decide it; then dismiss this "
        "one.");
  if (item->edit == IW_PARKED_EDIT_NONE)
    return _ ("There is no form for this kind of document. It can be exported, and sent again once "
              "the server takes it.");
  return NULL;
}

static void
set_row (AdwActionRow *row, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
}

static void
show (IwParkedPage *self)
{
  IwParkedItem *item = self->item;
  const char *advice = advice_for (item);
  gboolean editable = item->edit > IW_PARKED_EDIT_DECISION;
  gboolean writable = !iw_workspace_get_read_only (self->workspace);
  g_autofree char *name = iw_parked_item_name (item);
  g_autofree char *when =
      iw_time_format ((IwTime){ item->parked->at, IW_PRECISION_SECOND }, NULL, TRUE);
  g_autofree char *in_utc = g_strdup_printf (_ ("%s UTC"), when);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), item->kind);
  set_row (self->what, name);
  set_row (self->incident, item->incident_title);
  set_row (self->why, item->reason);
  set_row (self->words,
           g_strcmp0 (item->reason, item->parked->reason) != 0 ? item->parked->reason : NULL);
  set_row (self->when, in_utc);
  gtk_label_set_text (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
  gtk_widget_set_visible (self->edit, editable && writable);
  gtk_widget_set_visible (self->again, !item->parked->incoming && writable);
  gtk_widget_set_visible (self->open, item->incident != NULL && *item->incident_title != '\0');
  gtk_widget_set_visible (self->whole, item->body != NULL);
  if (item->body != NULL)
    {
      g_autofree char *json = iw_sync_words_json (item->body);

      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), json, -1);
    }
}

/* ---- the object ---- */

static void
iw_parked_page_dispose (GObject *object)
{
  IwParkedPage *self = IW_PARKED_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_PARKED_PAGE);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->item, iw_parked_item_free);
  G_OBJECT_CLASS (iw_parked_page_parent_class)->dispose (object);
}

static void
iw_parked_page_class_init (IwParkedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_parked_page_dispose;
  signals[DISMISSED] = g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEND_AGAIN] = g_signal_new ("send-again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-parked-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, what);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, incident);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, why);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, words);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, when);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, advice);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, edit);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, again);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, open);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, export);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, dismiss);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, whole);
  gtk_widget_class_bind_template_child (widget_class, IwParkedPage, text);
  gtk_widget_class_bind_template_callback (widget_class, on_edit);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss);
}

static void
iw_parked_page_init (IwParkedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
iw_parked_page_new (IwWorkspace *workspace, IwParkedItem *item)
{
  IwParkedPage *self = g_object_new (IW_TYPE_PARKED_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->item = item;
  show (self);
  return ADW_NAVIGATION_PAGE (self);
}

IwParkedItem *
iw_parked_page_get_item (IwParkedPage *self)
{
  return self->item;
}
