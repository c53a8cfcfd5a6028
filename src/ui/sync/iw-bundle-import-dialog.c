#include "config.h"

#include "iw-bundle-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-bundle-jobs.h"
#include "iw-bundle-words.h"
#include "iw-ui.h"
#include "iw-window.h"

struct _IwBundleImportDialog
{
  AdwDialog parent_instance;

  GtkButton *cancel;
  GtkButton *go;
  GtkWidget *anyway; /* instead, where nobody vouches for it: below what is said of it */
  AdwBanner *error_banner;
  GtkStack *stack;
  AdwStatusPage *working;
  GtkProgressBar *progress;
  GtkEditable *passphrase;
  AdwStatusPage *failed;
  AdwActionRow *signature;
  GtkImage *signature_icon;
  AdwActionRow *fingerprint;
  AdwPreferencesGroup *incidents;
  AdwActionRow *contents;
  AdwActionRow *maker;

  IwWorkspace *workspace;
  char *path;
  IwBundleTrust trust;
  gboolean by_passphrase;
  GtkWidget *window; /* for the toast */
  GCancellable *cancellable;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (IwBundleImportDialog, iw_bundle_import_dialog, ADW_TYPE_DIALOG)

/* ---- pages ---- */

static gboolean
is_at (IwBundleImportDialog *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

static void
show (IwBundleImportDialog *self, const char *page)
{
  gboolean info = g_str_equal (page, "info");
  gboolean passphrase = g_str_equal (page, "passphrase");

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (GTK_WIDGET (self->go),
                          passphrase || (info && self->trust == IW_BUNDLE_SIGNED));
  gtk_widget_set_visible (self->anyway, self->trust != IW_BUNDLE_SIGNED);
  gtk_button_set_label (self->cancel, g_str_equal (page, "failed") ? _ ("_Close") : _ ("_Cancel"));
  if (passphrase)
    {
      gtk_button_set_label (self->go, _ ("_Open"));
      gtk_widget_set_sensitive (GTK_WIDGET (self->go),
                                *gtk_editable_get_text (self->passphrase) != '\0');
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
      return;
    }
  gtk_button_set_label (self->go, _ ("_Import"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->go), TRUE);
}

static void
show_working (IwBundleImportDialog *self, const char *title)
{
  adw_status_page_set_title (self->working, title);
  gtk_progress_bar_set_fraction (self->progress, 0);
  adw_banner_set_revealed (self->error_banner, FALSE);
  show (self, "working");
}

static void
show_failed (IwBundleImportDialog *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->failed, markup);
  show (self, "failed");
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  IwBundleImportDialog *self = data;

  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / (double)total, 0, 1));
}

static void
on_changed (IwBundleImportDialog *self)
{
  if (is_at (self, "passphrase"))
    gtk_widget_set_sensitive (GTK_WIDGET (self->go),
                              *gtk_editable_get_text (self->passphrase) != '\0');
}

/* ---- what it says ---- */

static void
add_title (IwBundleImportDialog *self, const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (self->incidents, row);
}

static void
show_titles (IwBundleImportDialog *self, const IwBundleInfo *info)
{
  guint n = g_strv_length (info->titles);

  for (guint i = 0; i < n; i++)
    add_title (self, info->titles[i]);
  if (info->n_incidents > n)
    {
      guint more = info->n_incidents - n;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      add_title (self, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->incidents), n > 0);
}

static void
set_subtitle (AdwActionRow *row, const char *text)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
}

static void
show_signature (IwBundleImportDialog *self, const IwBundleInfo *info)
{
  g_autofree char *title = iw_bundle_words_signature (info);
  g_autofree char *trust = iw_bundle_words_trust (info);
  g_autofree char *fingerprint = iw_bundle_words_fingerprint (info->fingerprint);
  gboolean good = info->trust == IW_BUNDLE_SIGNED;

  self->trust = info->trust;
  set_subtitle (self->signature, trust);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->signature), title);
  gtk_image_set_from_icon_name (self->signature_icon,
                                good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->signature_icon), good ? "success" : "warning");
  set_subtitle (self->fingerprint, fingerprint);
}

static void
show_info (IwBundleImportDialog *self, const IwBundleInfo *info)
{
  g_autofree char *contents = NULL;
  g_autofree char *maker = NULL;

  if (info->trust == IW_BUNDLE_SIGNATURE_BAD)
    {
      g_autofree char *trust = iw_bundle_words_trust (info);

      show_failed (self, trust);
      return;
    }
  contents = iw_bundle_words_contents (info);
  maker = iw_bundle_words_maker (info);
  show_signature (self, info);
  show_titles (self, info);
  set_subtitle (self->contents, contents);
  set_subtitle (self->maker, maker);
  show (self, "info");
  gtk_widget_grab_focus (GTK_WIDGET (info->trust == IW_BUNDLE_SIGNED ? self->go : self->cancel));
}

/* ---- verifying ---- */

static IwBundleImportJob *
make_job (IwBundleImportDialog *self)
{
  IwBundleImportJob *job = g_new0 (IwBundleImportJob, 1);
  const char *passphrase = gtk_editable_get_text (self->passphrase);

  job->path = g_strdup (self->path);
  job->passphrase = *passphrase != '\0' ? g_strdup (passphrase) : NULL;
  return job;
}

/* A passphrase is asked for where no key opens it, and again where it is wrong; what else is wrong
 * stays wrong. */
static void
tell_error (IwBundleImportDialog *self, const GError *error)
{
  g_autofree char *words = iw_ui_describe_error (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (self->by_passphrase && g_error_matches (error, IW_BUNDLE_ERROR, IW_BUNDLE_ERROR_LOCKED))
    {
      adw_banner_set_title (self->error_banner, words);
      adw_banner_set_revealed (self->error_banner,
                               *gtk_editable_get_text (self->passphrase) != '\0');
      show (self, "passphrase");
      return;
    }
  show_failed (self, words);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwBundleImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job = NULL;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job, &error);

  g_clear_object (&self->cancellable);
  if (self->closed)
    return;
  self->by_passphrase = job != NULL && ((IwBundleImportJob *)job)->by_passphrase;
  if (done)
    show_info (self, ((IwBundleImportJob *)job)->info);
  else
    tell_error (self, error);
}

static void
verify (IwBundleImportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  show_working (self, _ ("Checking the Bundle…"));
  iw_workspace_run_async (self->workspace, iw_bundle_verify_job_run, make_job (self),
                          iw_bundle_import_job_free, on_progress, self, self->cancellable,
                          on_verified, g_object_ref (self));
}

/* ---- importing ---- */

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwBundleImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job_data;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error);

  g_clear_object (&self->cancellable);
  if (done && self->window != NULL && gtk_widget_get_mapped (self->window))
    {
      IwBundleImportJob *job = job_data;
      g_autofree char *words = iw_bundle_words_imported (job->n_new, job->n_open);

      iw_window_add_text_toast (IW_WINDOW (self->window), words);
    }
  if (self->closed)
    return;
  if (done)
    adw_dialog_force_close (ADW_DIALOG (self));
  else
    tell_error (self, error);
}

static void
import (IwBundleImportDialog *self)
{
  IwBundleImportJob *job = make_job (self);

  /* What is said of it was read, and accepted. */
  job->allow_unsigned = self->trust != IW_BUNDLE_SIGNED;
  self->cancellable = g_cancellable_new ();
  show_working (self, _ ("Importing…"));
  iw_workspace_run_async (self->workspace, iw_bundle_import_job_run, job, iw_bundle_import_job_free,
                          on_progress, self, self->cancellable, on_imported, g_object_ref (self));
}

static void
on_go (IwBundleImportDialog *self)
{
  if (self->cancellable != NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->go)))
    return;
  if (is_at (self, "passphrase"))
    verify (self);
  else
    import (self);
}

/* While something runs, Cancel stops that, and then closes. */
static void
on_cancel (IwBundleImportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* ---- the object ---- */

static void
iw_bundle_import_dialog_closed (AdwDialog *dialog)
{
  IwBundleImportDialog *self = IW_BUNDLE_IMPORT_DIALOG (dialog);

  self->closed = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (ADW_DIALOG_CLASS (iw_bundle_import_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (iw_bundle_import_dialog_parent_class)->closed (dialog);
}

static void
iw_bundle_import_dialog_map (GtkWidget *widget)
{
  IwBundleImportDialog *self = IW_BUNDLE_IMPORT_DIALOG (widget);

  GTK_WIDGET_CLASS (iw_bundle_import_dialog_parent_class)->map (widget);
  g_set_object (&self->window, gtk_widget_get_ancestor (widget, IW_TYPE_WINDOW));
}

static void
iw_bundle_import_dialog_dispose (GObject *object)
{
  IwBundleImportDialog *self = IW_BUNDLE_IMPORT_DIALOG (object);

  self->closed = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_BUNDLE_IMPORT_DIALOG);
  g_clear_object (&self->workspace);
  g_clear_object (&self->window);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (iw_bundle_import_dialog_parent_class)->dispose (object);
}

static void
iw_bundle_import_dialog_class_init (IwBundleImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_bundle_import_dialog_dispose;
  widget_class->map = iw_bundle_import_dialog_map;
  ADW_DIALOG_CLASS (klass)->closed = iw_bundle_import_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-bundle-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, go);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, anyway);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, working);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, passphrase);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, signature);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, signature_icon);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, fingerprint);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, incidents);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, contents);
  gtk_widget_class_bind_template_child (widget_class, IwBundleImportDialog, maker);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
iw_bundle_import_dialog_init (IwBundleImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
iw_bundle_import_dialog_new (IwWorkspace *workspace, const char *path)
{
  IwBundleImportDialog *self = g_object_new (IW_TYPE_BUNDLE_IMPORT_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->path = g_strdup (path);
  verify (self);
  return ADW_DIALOG (self);
}

/* ---- which file ---- */

gboolean
iw_bundle_import_takes (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folded = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  return folded != NULL && g_str_has_suffix (folded, IW_BUNDLE_SUFFIX);
}

AdwDialog *
iw_bundle_import_open (GtkWidget *window, IwWorkspace *workspace, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  AdwDialog *dialog;

  if (path == NULL)
    {
      iw_ui_toast (window, _ ("Copy the bundle to this computer first"));
      return NULL;
    }
  dialog = iw_bundle_import_dialog_new (workspace, path);
  adw_dialog_present (dialog, window);
  return dialog;
}

typedef struct
{
  GtkWidget *window;
  IwWorkspace *workspace;
} Choice;

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && gtk_widget_get_mapped (choice->window))
    iw_bundle_import_open (choice->window, choice->workspace, file);
  g_object_unref (choice->window);
  g_object_unref (choice->workspace);
  g_free (choice);
}

void
iw_bundle_import_choose (GtkWidget *window, IwWorkspace *workspace)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) bundles = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  Choice *choice = g_new0 (Choice, 1);

  gtk_file_filter_set_name (bundles, _ ("Bundles"));
  gtk_file_filter_add_suffix (bundles, IW_BUNDLE_SUFFIX + 1);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, bundles);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, _ ("Import Bundle"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  choice->window = g_object_ref (window);
  choice->workspace = g_object_ref (workspace);
  gtk_file_dialog_open (dialog, GTK_WINDOW (window), NULL, on_file_chosen, choice);
}
