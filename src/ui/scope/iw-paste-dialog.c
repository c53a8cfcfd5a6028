#include "config.h"

#include "iw-paste-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-fact-group.h"
#include "iw-scope-choice.h"
#include "iw-ui.h"

/* Between the last key and the reading. */
#define PATIENCE_MS 150

struct _IwPasteDialog
{
  AdwDialog parent_instance;

  GtkButton *add;
  GtkLabel *hint;
  GtkTextView *text;
  GtkBox *choice;
  GtkBox *preview;
  GtkLabel *summary;
  GtkLabel *more;
  IwFactGroup *facts;
  IwScopeChoice *state; /* NULL for indicators */

  IwLiveIncident *live;
  IwPasteWhat what;
  IwPasteReading *reading;  /* NULL before the first */
  IwIndicators *indicators; /* those there are; NULL for customers */
  GHashTable *known;        /* customers; NULL for indicators */
  char *draft;              /* key */
  guint read_id;
  GCancellable *cancellable; /* of the reading under way */
};

G_DEFINE_FINAL_TYPE (IwPasteDialog, iw_paste_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (IwPasteDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* ---- reading ---- */

typedef struct
{
  IwPasteWhat what;
  char *text;
  GHashTable *known;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_free (read->text);
  g_clear_pointer (&read->known, g_hash_table_unref);
  g_free (read);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Read *read = data;

  g_task_return_pointer (task, iw_paste_reading_new (read->what, read->text, read->known),
                         (GDestroyNotify)iw_paste_reading_free);
}

static void
update_button (IwPasteDialog *self)
{
  guint n = self->reading != NULL ? iw_paste_reading_n_new (self->reading, self->indicators) : 0;
  g_autofree char *words = iw_paste_button_words (self->what, n);

  gtk_button_set_label (self->add, n > 0 ? words : _ ("Add"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->add),
                            n > 0 && self->cancellable == NULL && self->read_id == 0 &&
                                (self->state == NULL || iw_scope_choice_is_complete (self->state)));
}

static guint
n_rows (IwPasteReading *reading)
{
  return reading->what == IW_PASTE_CUSTOMERS ? reading->customers->len
                                             : reading->found->len + (reading->rest->len > 0);
}

static void
show_reading (IwPasteDialog *self)
{
  g_autofree char *summary = iw_paste_reading_summary (self->reading, self->indicators);
  g_autoptr (GPtrArray) facts = iw_paste_reading_facts (self->reading, self->indicators);
  guint n = n_rows (self->reading);

  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), *summary != '\0');
  iw_fact_group_set_facts (self->facts, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > facts->len);
  if (n > facts->len)
    {
      g_autofree char *words = g_strdup_printf (
          ngettext ("%'u more is not shown.", "%'u more are not shown.", n - facts->len),
          n - facts->len);

      gtk_label_set_text (self->more, words);
    }
  update_button (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  IwPasteDialog *self = IW_PASTE_DIALOG (source);
  g_autoptr (IwPasteReading) reading = g_task_propagate_pointer (G_TASK (result), NULL);

  if (reading == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->reading, iw_paste_reading_free);
  self->reading = g_steal_pointer (&reading);
  show_reading (self);
}

static gboolean
start_reading (gpointer data)
{
  IwPasteDialog *self = data;
  g_autoptr (GTask) task = NULL;
  Read *read = g_new0 (Read, 1);

  self->read_id = 0;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_read, NULL);
  read->what = self->what;
  read->text = dup_text (self);
  read->known = self->known != NULL ? g_hash_table_ref (self->known) : NULL;
  g_task_set_task_data (task, read, read_free);
  g_task_run_in_thread (task, read_thread);
  return G_SOURCE_REMOVE;
}

/* A text beyond any honest list is cut, and that is said. */
static void
limit_text (IwPasteDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter limit, end;

  if (gtk_text_buffer_get_char_count (buffer) <= IW_CUSTOMERS_MAX_PASTE)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &limit, IW_CUSTOMERS_MAX_PASTE);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_delete (buffer, &limit, &end);
  iw_ui_toast (GTK_WIDGET (self), _ ("The text was too long: its end was left out."));
}

static void
on_text_changed (IwPasteDialog *self)
{
  g_autofree char *text = NULL;

  limit_text (self);
  text = dup_text (self);
  iw_workspace_put_draft (iw_live_incident_get_workspace (self->live), self->draft, text);
  g_clear_handle_id (&self->read_id, g_source_remove);
  self->read_id = g_timeout_add (PATIENCE_MS, start_reading, self);
  update_button (self);
}

/* ---- adding ---- */

static GPtrArray *
make_documents (IwPasteDialog *self)
{
  const char *incident = iw_live_incident_get_incident (self->live);
  g_autofree char *author = iw_ui_author ();

  if (self->what == IW_PASTE_INDICATORS)
    return iw_indicators_to_documents (self->reading->found, self->indicators, incident,
                                       iw_context_system ());
  return iw_customers_to_documents (
      self->reading->customers, incident, iw_scope_choice_get_state (self->state),
      iw_scope_choice_get_why (self->state), author, iw_context_system ());
}

static void
on_add (IwPasteDialog *self)
{
  guint n = iw_paste_reading_n_new (self->reading, self->indicators);
  IwWorkspace *workspace = iw_live_incident_get_workspace (self->live);
  g_autoptr (GPtrArray) documents = make_documents (self);
  g_autofree char *done = NULL;
  const char *label;

  if (self->what == IW_PASTE_CUSTOMERS)
    {
      label = n == 1 ? N_ ("Add Customer") : N_ ("Add %u Customers");
      done = g_strdup_printf (ngettext ("%u customer added", "%u customers added", n), n);
    }
  else
    {
      label = n == 1 ? N_ ("Add Indicator") : N_ ("Add %u Indicators");
      done = g_strdup_printf (ngettext ("%u indicator added", "%u indicators added", n), n);
    }
  iw_apply_documents (GTK_WIDGET (self), workspace, label, documents, n, done);
  iw_workspace_put_draft (workspace, self->draft, NULL);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_cancel (IwPasteDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* ---- the object ---- */

static void
iw_paste_dialog_dispose (GObject *object)
{
  IwPasteDialog *self = IW_PASTE_DIALOG (object);

  g_clear_handle_id (&self->read_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_PASTE_DIALOG);
  g_clear_pointer (&self->reading, iw_paste_reading_free);
  g_clear_pointer (&self->indicators, iw_indicators_free);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->draft, g_free);
  g_clear_object (&self->live);
  G_OBJECT_CLASS (iw_paste_dialog_parent_class)->dispose (object);
}

static void
iw_paste_dialog_class_init (IwPasteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_paste_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-paste-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwPasteDialog, add);
  gtk_widget_class_bind_template_child (widget_class, IwPasteDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, IwPasteDialog, text);
  gtk_widget_class_bind_template_child (widget_class, IwPasteDialog, choice);
  gtk_widget_class_bind_template_child (widget_class, IwPasteDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, IwPasteDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, IwPasteDialog, more);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
iw_paste_dialog_init (IwPasteDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->facts = IW_FACT_GROUP (iw_fact_group_new ("reading", ""));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->facts), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How it was understood"), -1);
  gtk_box_append (self->preview, GTK_WIDGET (self->facts));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed",
                           G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);
}

static void
set_words (IwPasteDialog *self)
{
  gboolean customers = self->what == IW_PASTE_CUSTOMERS;
  const char *title = customers ? _ ("Add Customers") : _ ("Add Indicators");

  adw_dialog_set_title (ADW_DIALOG (self), title);
  gtk_label_set_text (self->hint, customers
                                      ? _ ("One customer a line: name, then mail address, phone "
                                           "number and contact, parted by commas.")
                                      : _ ("Paste a report or a list: IP and web addresses, domains, "
                                           "hashes, files and accounts are picked out. "
                                           "Defanged forms such as hxxp and [.] are understood."));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
      customers ? _ ("Customers, one a line") : _ ("Text with indicators"), -1);
}

static void
load_known (IwPasteDialog *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);

  if (situation == NULL)
    return;
  if (self->what == IW_PASTE_INDICATORS)
    {
      g_clear_pointer (&self->indicators, iw_indicators_free);
      self->indicators = iw_indicators_new (situation);
    }
  else
    {
      g_autoptr (GPtrArray) documents = iw_situation_get_documents (situation, "scope");

      g_clear_pointer (&self->known, g_hash_table_unref);
      self->known = iw_customers_known_new (documents);
    }
}

AdwDialog *
iw_paste_dialog_new (IwLiveIncident *live, IwPasteWhat what)
{
  IwPasteDialog *self = g_object_new (IW_TYPE_PASTE_DIALOG, NULL);
  g_autofree char *draft = NULL;

  self->live = g_object_ref (live);
  self->what = what;
  self->draft =
      g_strdup_printf ("%s:%s", what == IW_PASTE_CUSTOMERS ? "paste-customers" : "paste-indicators",
                       iw_live_incident_get_incident (live));
  if (what == IW_PASTE_CUSTOMERS)
    {
      self->state = IW_SCOPE_CHOICE (iw_scope_choice_new ());
      gtk_widget_set_hexpand (GTK_WIDGET (self->state), TRUE);
      gtk_box_append (self->choice, GTK_WIDGET (self->state));
      gtk_widget_set_visible (GTK_WIDGET (self->choice), TRUE);
      g_signal_connect_object (self->state, "changed", G_CALLBACK (update_button), self,
                               G_CONNECT_SWAPPED);
    }
  load_known (self);
  set_words (self);
  update_button (self);
  draft = iw_workspace_get_draft (iw_live_incident_get_workspace (live), self->draft);
  if (draft != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), draft, -1);
  iw_ui_focus_in_dialog (ADW_DIALOG (self), GTK_WIDGET (self->text));
  return ADW_DIALOG (self);
}
