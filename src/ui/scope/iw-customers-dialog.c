#include "config.h"

#include "iw-customers-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-customers-work.h"
#include "iw-fact-group.h"
#include "iw-import-words.h"
#include "iw-paste-reading.h"
#include "iw-scope-choice.h"
#include "iw-ui.h"

/* How many rows of each kind are shown; all are counted. */
#define MAX_PROBLEMS 100
#define MAX_SHOWN 10
#define PATIENCE_MS 600 /* what is done sooner shows no progress */

struct _IwCustomersDialog
{
  AdwDialog parent_instance;

  GtkButton *cancel;
  GtkButton *import;
  AdwBanner *banner;
  GtkProgressBar *progress;
  GtkStack *stack;
  AdwStatusPage *problem;
  AdwPreferencesPage *page;
  AdwPreferencesGroup *columns;
  AdwPreferencesGroup *choice;
  AdwSwitchRow *header;
  AdwComboRow *column[IW_N_CUSTOMER_FIELDS];
  IwScopeChoice *state;
  IwFactGroup *problems;
  IwFactGroup *rows;

  IwLiveIncident *live;
  GtkWidget *parent; /* (weak) whose window tells */
  IwCustomersWork *work;
  GCancellable *cancellable; /* of what runs; NULL while nothing does */
  guint patience_id;
  GtkWidget *pending; /* what was changed while it was read; NULL if nothing */
  gboolean filling;
  gboolean committing;
  guint n_new;
};

G_DEFINE_FINAL_TYPE (IwCustomersDialog, iw_customers_dialog, ADW_TYPE_DIALOG)

static void take_choice (IwCustomersDialog *self, GtkWidget *row);

/* ---- what was read ---- */

static void
fill_columns (IwCustomersDialog *self)
{
  const char *const *names = iw_customers_import_get_columns (self->work->import, NULL);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  /* Translators: no column of the file holds this. */
  gtk_string_list_append (model, C_ ("column", "None"));
  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (model, names[i]);
  self->filling = TRUE;
  for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
    {
      int column = iw_customers_import_get_column (self->work->import, f);

      adw_combo_row_set_model (self->column[f], G_LIST_MODEL (model));
      adw_combo_row_set_selected (self->column[f], (guint)(column + 1));
    }
  adw_switch_row_set_active (self->header, iw_customers_import_get_header (self->work->import));
  self->filling = FALSE;
}

static void
update_button (IwCustomersDialog *self)
{
  g_autofree char *words = g_strdup_printf (
      ngettext ("Import %'u Customer", "Import %'u Customers", self->n_new), self->n_new);

  gtk_button_set_label (self->import, self->n_new > 0 ? words : _ ("Import"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->import),
                            self->n_new > 0 && self->cancellable == NULL &&
                                iw_scope_choice_is_complete (self->state));
}

static void
fill_problems (IwCustomersDialog *self, GPtrArray *rows, guint n)
{
  g_autoptr (GPtrArray) facts = iw_facts_new ();
  g_autofree char *title =
      g_strdup_printf (ngettext ("%'u Row with a Problem", "%'u Rows with Problems", n), n);

  for (guint i = 0; i < rows->len && facts->len < MAX_PROBLEMS; i++)
    if (((IwCustomerRow *)rows->pdata[i])->problem != NULL)
      iw_paste_add_customer (facts, rows->pdata[i], TRUE);
  iw_fact_group_set_facts (self->problems, facts);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->problems), title);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->problems),
      n > facts->len ? _ ("These rows are left out; the first hundred are shown.")
                     : _ ("These rows are left out."));
}

static void
fill_rows (IwCustomersDialog *self, GPtrArray *rows, const IwCustomersCount *count)
{
  g_autoptr (GPtrArray) facts = iw_facts_new ();
  g_autofree char *title = g_strdup_printf (
      ngettext ("%'u New Customer", "%'u New Customers", count->n_new), count->n_new);
  g_autofree char *known =
      count->n_known > 0
          ? g_strdup_printf (ngettext ("%'u is already there and is left as it is.",
                                       "%'u are already there and are left as they are.",
                                       count->n_known),
                             count->n_known)
          : NULL;

  for (guint i = 0; i < rows->len && facts->len < MAX_SHOWN; i++)
    if (iw_customer_row_is_new (rows->pdata[i]))
      iw_paste_add_customer (facts, rows->pdata[i], TRUE);
  iw_fact_group_set_facts (self->rows, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), TRUE);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->rows), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->rows), known);
}

static void
show_reading (IwCustomersDialog *self)
{
  GPtrArray *rows = iw_customers_import_get_rows (self->work->import);
  IwCustomersCount count;

  iw_customers_count (rows, &count);
  self->n_new = count.n_new;
  fill_problems (self, rows, count.n_problems);
  fill_rows (self, rows, &count);
  if (iw_customers_import_get_column (self->work->import, IW_CUSTOMER_NAME) < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->column[IW_CUSTOMER_NAME]), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->column[IW_CUSTOMER_NAME]), "error");
  gtk_stack_set_visible_child_name (self->stack, "setup");
}

/* ---- jobs ---- */

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  IwCustomersDialog *self = data;

  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / (double)total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static gboolean
on_patience_over (gpointer data)
{
  IwCustomersDialog *self = data;

  self->patience_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  return G_SOURCE_REMOVE;
}

static void
begin (IwCustomersDialog *self, IwWorkspaceJob job, GAsyncReadyCallback callback)
{
  self->cancellable = g_cancellable_new ();
  adw_banner_set_revealed (self->banner, FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->patience_id = g_timeout_add (PATIENCE_MS, on_patience_over, self);
  update_button (self);
  iw_workspace_run_async (iw_live_incident_get_workspace (self->live), job,
                          iw_customers_work_ref (self->work), iw_customers_work_unref, on_progress,
                          self, self->cancellable, callback, g_object_ref (self));
}

/* FALSE where it failed (shown), was cancelled, or the dialog is closed. */
static gboolean
end (IwCustomersDialog *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gboolean good = iw_workspace_run_finish (IW_WORKSPACE (source), result, NULL, &error);
  g_autofree char *words = NULL;

  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->live == NULL)
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  if (good)
    return TRUE;
  update_button (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  words = iw_import_words_error (error);
  if (self->work->import == NULL)
    {
      g_autofree char *markup = g_markup_escape_text (words, -1);

      adw_status_page_set_description (self->problem, markup);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return FALSE;
    }
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_title (self->banner, words);
  adw_banner_set_revealed (self->banner, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "setup");
  return FALSE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwCustomersDialog) self = data;
  gboolean good = end (self, source, result);

  if (self->live == NULL)
    return;
  if (self->pending != NULL)
    {
      take_choice (self, g_steal_pointer (&self->pending));
      return;
    }
  if (!good)
    return;
  fill_columns (self);
  show_reading (self);
  update_button (self);
}

static void
start_reading (IwCustomersDialog *self)
{
  begin (self, iw_customers_work_read, on_read);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwCustomersDialog) self = data;
  g_autofree char *done = NULL;
  gboolean good = end (self, source, result);

  self->committing = FALSE;
  if (self->live == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), TRUE);
  if (!good)
    return;
  done = g_strdup_printf (ngettext ("%'u customer imported", "%'u customers imported", self->n_new),
                          self->n_new);
  if (self->parent != NULL)
    iw_apply_toast (self->parent, done);
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* ---- what the person does ---- */

static void
on_import (IwCustomersDialog *self)
{
  self->work->state = iw_scope_choice_get_state (self->state);
  g_set_str (&self->work->why, iw_scope_choice_get_why (self->state));
  self->committing = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), FALSE);
  begin (self, iw_customers_work_commit, on_committed);
}

/* Stops what is being written; else the dialog goes. */
static void
on_cancel (IwCustomersDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (!self->committing)
    adw_dialog_close (ADW_DIALOG (self));
}

static void
take_header (IwCustomersDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (iw_customers_import_set_header (self->work->import, adw_switch_row_get_active (self->header),
                                      &error))
    return;
  words = iw_import_words_error (error);
  iw_ui_toast (GTK_WIDGET (self), words);
}

/* The job has the import while it runs: what is chosen then is taken afterwards. */
static void
take_choice (IwCustomersDialog *self, GtkWidget *row)
{
  if (self->filling || self->work == NULL || self->work->import == NULL)
    return;
  if (self->cancellable != NULL)
    {
      self->pending = row;
      return;
    }
  if (row == GTK_WIDGET (self->header))
    take_header (self);
  for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
    if (GTK_WIDGET (self->column[f]) == row)
      iw_customers_import_set_column (self->work->import, f,
                                      (int)adw_combo_row_get_selected (self->column[f]) - 1);
  start_reading (self);
}

static void
on_column_changed (GtkWidget *row, GParamSpec *pspec, gpointer data)
{
  take_choice (data, row);
}

static void
on_header_changed (IwCustomersDialog *self)
{
  take_choice (self, GTK_WIDGET (self->header));
}

/* ---- the object ---- */

static void
iw_customers_dialog_dispose (GObject *object)
{
  IwCustomersDialog *self = IW_CUSTOMERS_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_CUSTOMERS_DIALOG);
  g_clear_pointer (&self->work, iw_customers_work_unref);
  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->live);
  G_OBJECT_CLASS (iw_customers_dialog_parent_class)->dispose (object);
}

static void
iw_customers_dialog_closed (AdwDialog *dialog)
{
  IwCustomersDialog *self = IW_CUSTOMERS_DIALOG (dialog);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->live);
}

static void
iw_customers_dialog_class_init (IwCustomersDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_customers_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = iw_customers_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-customers-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, import);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, page);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, choice);
  gtk_widget_class_bind_template_child (widget_class, IwCustomersDialog, header);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_import);
  gtk_widget_class_bind_template_callback (widget_class, on_header_changed);
}

static void
iw_customers_dialog_init (IwCustomersDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
    {
      self->column[f] = ADW_COMBO_ROW (adw_combo_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->column[f]),
                                     iw_customer_field_label (f));
      adw_preferences_group_add (self->columns, GTK_WIDGET (self->column[f]));
      g_signal_connect_object (self->column[f], "notify::selected", G_CALLBACK (on_column_changed),
                               self, 0);
    }
  self->state = IW_SCOPE_CHOICE (iw_scope_choice_new ());
  adw_preferences_page_remove (self->page, self->choice);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (self->state));
  g_signal_connect_object (self->state, "changed", G_CALLBACK (update_button), self,
                           G_CONNECT_SWAPPED);
  self->problems = IW_FACT_GROUP (iw_fact_group_new ("problems", _ ("Problems")));
  self->rows = IW_FACT_GROUP (iw_fact_group_new ("rows", _ ("New Customers")));
  gtk_widget_set_visible (GTK_WIDGET (self->problems), FALSE);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (self->problems));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (self->rows));
}

AdwDialog *
iw_customers_dialog_new (IwLiveIncident *live, GFile *file)
{
  IwCustomersDialog *self = g_object_new (IW_TYPE_CUSTOMERS_DIALOG, NULL);
  g_autofree char *author = iw_ui_author ();

  self->live = g_object_ref (live);
  self->work = iw_customers_work_new (file, iw_live_incident_get_incident (live), author);
  start_reading (self);
  return ADW_DIALOG (self);
}

/* ---- choosing a file ---- */

typedef struct
{
  GtkWidget *parent;
  IwLiveIncident *live;
} Choice;

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GtkWidget) parent = choice->parent;
  g_autoptr (IwLiveIncident) live = choice->live;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  AdwDialog *dialog;

  g_free (choice);
  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        iw_ui_toast (parent, error->message);
      return;
    }
  dialog = iw_customers_dialog_new (live, file);
  g_set_weak_pointer (&IW_CUSTOMERS_DIALOG (dialog)->parent, parent);
  adw_dialog_present (dialog, parent);
}

void
iw_customers_dialog_choose (GtkWidget *parent, IwLiveIncident *live)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  Choice *choice = g_new0 (Choice, 1);
  GtkRoot *root = gtk_widget_get_root (parent);

  gtk_file_filter_set_name (tables, _ ("Tables"));
  for (guint i = 0; i < 5; i++)
    gtk_file_filter_add_suffix (tables,
                                ((const char *[]){ "csv", "tsv", "txt", "json", "jsonl" })[i]);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, _ ("Import Customers"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  choice->parent = g_object_ref (parent);
  choice->live = g_object_ref (live);
  gtk_file_dialog_open (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_chosen,
                        choice);
}
