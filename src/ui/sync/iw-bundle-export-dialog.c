#include "config.h"

#include "iw-bundle-export-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-bundle-jobs.h"
#include "iw-bundle-words.h"
#include "iw-ui.h"
#include "iw-window.h"

enum
{
  ENCRYPT_NOT,
  ENCRYPT_BY_PASSPHRASE,
  ENCRYPT_FOR_KEYS,
};

struct _IwBundleExportDialog
{
  AdwDialog parent_instance;

  GtkWidget *export;
  AdwBanner *error_banner;
  GtkWidget *progress_group;
  GtkProgressBar *progress;
  GtkWidget *sign_group;
  AdwSwitchRow *sign;
  GtkEditable *signer;
  GtkWidget *encrypt_group;
  AdwComboRow *encryption;
  GtkEditable *passphrase;
  GtkEditable *again;
  GtkEditable *recipients;
  GtkLabel *hint;

  IwLiveIncident *live;
  GtkWidget *window; /* for the toast */
  GCancellable *cancellable;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (IwBundleExportDialog, iw_bundle_export_dialog, ADW_TYPE_DIALOG)

/* ---- the form ---- */

/* NULL where there is none. (transfer full) */
static char *
text_of (GtkEditable *editable)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  if (*text != '\0')
    return text;
  g_free (text);
  return NULL;
}

/* Separated by commas or spaces; a name with spaces is no address. (transfer full) */
static char **
read_recipients (IwBundleExportDialog *self)
{
  g_auto (GStrv) words = g_strsplit_set (gtk_editable_get_text (self->recipients), ",; ", -1);
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_strv_builder_add (found, *word);
  return g_strv_builder_end (found);
}

/* What is not yet right; NULL where all is. */
static const char *
find_problem (IwBundleExportDialog *self)
{
  const char *passphrase = gtk_editable_get_text (self->passphrase);
  g_auto (GStrv) recipients = NULL;

  switch (adw_combo_row_get_selected (self->encryption))
    {
    case ENCRYPT_BY_PASSPHRASE:
      if (*passphrase == '\0')
        return _ ("Whoever knows the passphrase can read the file. Tell it on another way than the "
                  "file goes.");
      if (strcmp (passphrase, gtk_editable_get_text (self->again)) != 0)
        return _ ("The passphrases are not the same.");
      return NULL;
    case ENCRYPT_FOR_KEYS:
      recipients = read_recipients (self);
      return *recipients == NULL ? _ ("Only the owners of these keys can read the file. Add your "
                                      "own to be able to read it yourself.")
                                 : NULL;
    default:
      return NULL;
    }
}

static const char *
find_hint (IwBundleExportDialog *self)
{
  if (adw_combo_row_get_selected (self->encryption) == ENCRYPT_NOT)
    return _ ("Whoever gets hold of the file can read it.");
  return "";
}

static void
update (IwBundleExportDialog *self)
{
  guint encryption = adw_combo_row_get_selected (self->encryption);
  const char *problem = find_problem (self);

  gtk_widget_set_visible (GTK_WIDGET (self->passphrase), encryption == ENCRYPT_BY_PASSPHRASE);
  gtk_widget_set_visible (GTK_WIDGET (self->again), encryption == ENCRYPT_BY_PASSPHRASE);
  gtk_widget_set_visible (GTK_WIDGET (self->recipients), encryption == ENCRYPT_FOR_KEYS);
  gtk_label_set_label (self->hint, problem != NULL ? problem : find_hint (self));
  gtk_widget_set_sensitive (self->export, self->cancellable == NULL && problem == NULL);
}

static void
on_changed (IwBundleExportDialog *self)
{
  if (self->live != NULL)
    update (self);
}

/* ---- the run ---- */

static void
set_busy (IwBundleExportDialog *self, gboolean busy)
{
  gtk_widget_set_visible (self->progress_group, busy);
  gtk_widget_set_sensitive (self->sign_group, !busy);
  gtk_widget_set_sensitive (self->encrypt_group, !busy);
  update (self);
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  IwBundleExportDialog *self = data;

  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / (double)total, 0, 1));
}

static void
say_error (IwBundleExportDialog *self, const char *text)
{
  adw_banner_set_title (self->error_banner, text);
  adw_banner_set_revealed (self->error_banner, TRUE);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwBundleExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, NULL, &error);

  g_clear_object (&self->cancellable);
  if (done && self->window != NULL && gtk_widget_get_mapped (self->window))
    iw_window_add_text_toast (IW_WINDOW (self->window), _ ("Bundle exported"));
  if (self->closed)
    return;
  if (done)
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  set_busy (self, FALSE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = iw_ui_describe_error (error);

      say_error (self, words);
    }
}

static IwBundleExportJob *
make_job (IwBundleExportDialog *self, const char *path)
{
  IwBundleExportJob *job = g_new0 (IwBundleExportJob, 1);
  guint encryption = adw_combo_row_get_selected (self->encryption);

  job->path = g_strdup (path);
  job->incident = g_strdup (iw_live_incident_get_incident (self->live));
  job->author = iw_ui_author ();
  job->sign = adw_switch_row_get_active (self->sign);
  job->signer = job->sign ? text_of (self->signer) : NULL;
  if (encryption == ENCRYPT_BY_PASSPHRASE)
    job->passphrase = g_strdup (gtk_editable_get_text (self->passphrase));
  if (encryption == ENCRYPT_FOR_KEYS)
    job->recipients = read_recipients (self);
  return job;
}

static void
start (IwBundleExportDialog *self, const char *path)
{
  IwBundleExportJob *job = make_job (self, path);

  self->cancellable = g_cancellable_new ();
  adw_banner_set_revealed (self->error_banner, FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_progress_bar_set_text (self->progress, _ ("Exporting…"));
  set_busy (self, TRUE);
  iw_workspace_run_async (iw_live_incident_get_workspace (self->live), iw_bundle_export_job_run,
                          job, iw_bundle_export_job_free, on_progress, self, self->cancellable,
                          on_exported, g_object_ref (self));
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwBundleExportDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (file == NULL || self->closed || self->cancellable != NULL)
    return;
  if (path != NULL)
    start (self, path);
  else
    say_error (self, _ ("Bundles can only be exported to this computer. Choose a place here."));
}

static void
on_export (IwBundleExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  g_autofree char *name =
      iw_bundle_words_file_name (situation != NULL ? iw_situation_get_title (situation) : "");

  gtk_file_dialog_set_title (dialog, _ ("Export Bundle"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        on_file_chosen, g_object_ref (self));
}

/* While it is written, Cancel stops that; else it closes. */
static void
on_cancel (IwBundleExportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* ---- the object ---- */

static void
iw_bundle_export_dialog_closed (AdwDialog *dialog)
{
  IwBundleExportDialog *self = IW_BUNDLE_EXPORT_DIALOG (dialog);

  self->closed = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (ADW_DIALOG_CLASS (iw_bundle_export_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (iw_bundle_export_dialog_parent_class)->closed (dialog);
}

static void
iw_bundle_export_dialog_map (GtkWidget *widget)
{
  IwBundleExportDialog *self = IW_BUNDLE_EXPORT_DIALOG (widget);

  GTK_WIDGET_CLASS (iw_bundle_export_dialog_parent_class)->map (widget);
  g_set_object (&self->window, gtk_widget_get_ancestor (widget, IW_TYPE_WINDOW));
}

static void
iw_bundle_export_dialog_dispose (GObject *object)
{
  IwBundleExportDialog *self = IW_BUNDLE_EXPORT_DIALOG (object);

  self->closed = TRUE;
  g_clear_object (&self->live);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_BUNDLE_EXPORT_DIALOG);
  g_clear_object (&self->window);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (iw_bundle_export_dialog_parent_class)->dispose (object);
}

static void
iw_bundle_export_dialog_class_init (IwBundleExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_bundle_export_dialog_dispose;
  widget_class->map = iw_bundle_export_dialog_map;
  ADW_DIALOG_CLASS (klass)->closed = iw_bundle_export_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-bundle-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, export);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, progress_group);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, sign_group);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, sign);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, signer);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, encrypt_group);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, encryption);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, passphrase);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, again);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, recipients);
  gtk_widget_class_bind_template_child (widget_class, IwBundleExportDialog, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
iw_bundle_export_dialog_init (IwBundleExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
iw_bundle_export_dialog_new (IwLiveIncident *live)
{
  IwBundleExportDialog *self = g_object_new (IW_TYPE_BUNDLE_EXPORT_DIALOG, NULL);

  self->live = g_object_ref (live);
  update (self);
  return ADW_DIALOG (self);
}
