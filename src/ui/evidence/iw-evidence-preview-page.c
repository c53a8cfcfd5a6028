#include "config.h"

#include "iw-evidence-preview-page.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "iw-evidence-jobs.h"
#include "iw-ui.h"

/* As much as fits into a part of a frame. */
#define SLICE (16 * 1024)

struct _IwEvidencePreviewPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *bytes;
  GtkStack *stack;
  AdwStatusPage *problem;
  GtkPicture *picture;
  GtkTextView *view;
  GtkSourceBuffer *buffer;
  GtkWidget *foot;
  GtkLabel *part;
  GtkWidget *more;

  IwWorkspace *workspace;
  char *path;
  char *name;
  IwPreviewFacts facts;
  gboolean looked;
  IwPreviewReader *reader; /* NULL while a job has it, or before the first page */
  guint pages;
  GCancellable *cancellable; /* of the running job */
  char *waiting;             /* text that is not shown yet */
  gsize shown;               /* bytes of @waiting that are */
  gboolean has_more;
  guint idle_id;
};

G_DEFINE_FINAL_TYPE (IwEvidencePreviewPage, iw_evidence_preview_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (IwEvidencePreviewPage *self);

static gboolean
shows_bytes (IwEvidencePreviewPage *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->bytes));
}

/* ---- the foot: what part of the file is seen ---- */

static char *
kind_words (IwEvidencePreviewPage *self)
{
  if (shows_bytes (self) || self->facts.kind == IW_PREVIEW_HEX)
    return g_strdup (_ ("Bytes"));
  if (self->facts.kind == IW_PREVIEW_IMAGE)
    /* Translators: the size of a picture. */
    return g_strdup_printf (_ ("%u × %u pixels"), self->facts.width, self->facts.height);
  /* Translators: %s is an encoding such as "UTF-8". */
  return g_strdup_printf (self->facts.kind == IW_PREVIEW_JSON ? _ ("JSON, %s") : _ ("Text, %s"),
                          self->facts.encoding);
}

static gint64
page_size (IwEvidencePreviewPage *self)
{
  return shows_bytes (self) || self->facts.kind == IW_PREVIEW_HEX ? IW_PREVIEW_HEX_BYTES
                                                                  : IW_PREVIEW_TEXT_BYTES;
}

static void
show_foot (IwEvidencePreviewPage *self)
{
  g_autofree char *kind = kind_words (self);
  g_autofree char *whole = g_format_size ((guint64)self->facts.length);
  g_autofree char *text = NULL;

  if (self->has_more)
    {
      g_autofree char *part = g_format_size ((guint64)(page_size (self) * self->pages));

      /* Translators: what is shown ("Text, UTF-8"), then sizes. */
      text = g_strdup_printf (_ ("%1$s · the first %2$s of %3$s"), kind, part, whole);
    }
  else
    text = g_strdup_printf ("%s · %s", kind, whole);
  gtk_label_set_text (self->part, text);
  gtk_widget_set_visible (self->more, self->has_more);
  gtk_widget_set_sensitive (self->more, self->waiting == NULL && self->cancellable == NULL);
  gtk_widget_set_visible (self->foot, TRUE);
}

/* ---- text: put in slice by slice, so that the window answers ---- */

static gboolean
insert_slice (gpointer data)
{
  IwEvidencePreviewPage *self = data;
  const char *start = self->waiting + self->shown;
  gsize n = strlen (start);
  GtkTextIter end;

  if (n > SLICE)
    for (n = SLICE; n > 0 && ((guchar)start[n] & 0xc0) == 0x80;)
      n--;
  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self->buffer), &end);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self->buffer), &end, start, (int)n);
  self->shown += n;
  if (self->waiting[self->shown] != '\0')
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->waiting, g_free);
  self->idle_id = 0;
  show_foot (self);
  return G_SOURCE_REMOVE;
}

static void
show_text (IwEvidencePreviewPage *self, char *text)
{
  gboolean first = self->pages == 1;
  GtkTextIter start;

  self->waiting = text;
  self->shown = 0;
  gtk_stack_set_visible_child_name (self->stack, "text");
  insert_slice (self);
  if (self->waiting != NULL)
    self->idle_id = g_idle_add_full (G_PRIORITY_LOW, insert_slice, self, NULL);
  if (!first)
    return;
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->buffer), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &start);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
clear_text (IwEvidencePreviewPage *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->waiting, g_free);
  g_clear_pointer (&self->reader, iw_preview_reader_free);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
  self->pages = 0;
  self->has_more = FALSE;
}

static void
set_language (IwEvidencePreviewPage *self)
{
  gboolean bytes = shows_bytes (self) || self->facts.kind == IW_PREVIEW_HEX;
  GtkSourceLanguage *json =
      gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "json");

  gtk_source_buffer_set_language (self->buffer,
                                  self->facts.kind == IW_PREVIEW_JSON && !bytes ? json : NULL);
  gtk_text_view_set_wrap_mode (self->view, bytes ? GTK_WRAP_NONE : GTK_WRAP_WORD_CHAR);
}

/* ---- what was read ---- */

static void
show_problem (IwEvidencePreviewPage *self, const GError *error)
{
  g_autofree char *words = iw_ui_describe_error (error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_status_page_set_description (self->problem, escaped);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  gtk_widget_set_visible (self->foot, FALSE);
}

static void
show_image (IwEvidencePreviewPage *self, GdkTexture *texture)
{
  /* Translators: %s is the name of a file. */
  g_autofree char *words = g_strdup_printf (_ ("The picture “%s”"), self->name);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_stack_set_visible_child_name (self->stack, "image");
  show_foot (self);
}

static void
take (IwEvidencePreviewPage *self, IwEvidencePreviewJob *job)
{
  self->facts = job->facts;
  self->looked = TRUE;
  self->reader = g_steal_pointer (&job->reader);
  gtk_widget_set_visible (self->bytes,
                          job->facts.kind != IW_PREVIEW_EMPTY && job->facts.kind != IW_PREVIEW_HEX);
  if (job->facts.kind == IW_PREVIEW_EMPTY)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (job->texture != NULL)
    show_image (self, job->texture);
  else if (job->text != NULL)
    {
      self->pages++;
      self->has_more = job->more;
      if (self->pages == 1)
        set_language (self);
      show_text (self, g_steal_pointer (&job->text));
      show_foot (self);
    }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEvidencePreviewPage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job_data;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error);
  IwEvidencePreviewJob *job = job_data;

  /* The page is gone, or was asked for something else meanwhile. */
  if (self->workspace == NULL || job->bytes != shows_bytes (self))
    {
      g_clear_object (&self->cancellable);
      if (self->workspace != NULL)
        load (self);
      return;
    }
  g_clear_object (&self->cancellable);
  if (done)
    take (self, job);
  else if (job->looked && job->facts.kind == IW_PREVIEW_IMAGE && !job->bytes)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->bytes), TRUE); /* no image after all */
  else
    show_problem (self, error);
}

static void
load (IwEvidencePreviewPage *self)
{
  IwEvidencePreviewJob *job;

  if (self->cancellable != NULL)
    return;
  job = g_new0 (IwEvidencePreviewJob, 1);
  job->path = g_strdup (self->path);
  job->bytes = shows_bytes (self);
  job->looked = self->looked;
  job->facts = self->facts;
  job->reader = g_steal_pointer (&self->reader);
  self->cancellable = g_cancellable_new ();
  iw_workspace_run_async (self->workspace, iw_evidence_preview_job_run, job,
                          iw_evidence_preview_job_free, NULL, NULL, self->cancellable, on_loaded,
                          g_object_ref (self));
}

static void
on_more (IwEvidencePreviewPage *self)
{
  load (self);
  gtk_widget_set_sensitive (self->more, FALSE);
}

static void
on_bytes_toggled (IwEvidencePreviewPage *self)
{
  if (self->workspace == NULL)
    return;
  clear_text (self);
  gtk_widget_set_visible (self->foot, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

/* ---- the page ---- */

static void
follow_style (IwEvidencePreviewPage *self)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_source_buffer_set_style_scheme (
      self->buffer,
      gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

static void
iw_evidence_preview_page_dispose (GObject *object)
{
  IwEvidencePreviewPage *self = IW_EVIDENCE_PREVIEW_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->waiting, g_free);
  g_clear_pointer (&self->reader, iw_preview_reader_free);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_EVIDENCE_PREVIEW_PAGE);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (iw_evidence_preview_page_parent_class)->dispose (object);
}

static void
iw_evidence_preview_page_finalize (GObject *object)
{
  g_clear_object (&IW_EVIDENCE_PREVIEW_PAGE (object)->cancellable);
  G_OBJECT_CLASS (iw_evidence_preview_page_parent_class)->finalize (object);
}

static void
iw_evidence_preview_page_class_init (IwEvidencePreviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_evidence_preview_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = iw_evidence_preview_page_finalize;
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-evidence-preview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, bytes);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, problem);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, picture);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, view);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, buffer);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, foot);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, part);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePreviewPage, more);
  gtk_widget_class_bind_template_callback (widget_class, on_bytes_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
}

/* The text view would move words by these keys, which it cannot change here. */
static void
init_back_key (IwEvidencePreviewPage *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (rtl ? GDK_KEY_Right : GDK_KEY_Left, GDK_ALT_MASK),
                        gtk_named_action_new ("navigation.pop")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
iw_evidence_preview_page_init (IwEvidencePreviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->bytes, FALSE);
  init_back_key (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_style), self, G_CONNECT_SWAPPED);
  follow_style (self);
}

AdwNavigationPage *
iw_evidence_preview_page_new (IwWorkspace *workspace, IwEvidence *evidence)
{
  IwEvidencePreviewPage *self = g_object_new (IW_TYPE_EVIDENCE_PREVIEW_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->name = g_strdup (iw_evidence_get_name (evidence));
  self->path = iw_blobs_path (iw_workspace_get_dir (workspace), iw_evidence_get_sha256 (evidence));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), self->name);
  adw_window_title_set_title (self->window_title, self->name);
  load (self);
  return ADW_NAVIGATION_PAGE (self);
}
