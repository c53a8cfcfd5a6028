#include "config.h"

#include "iw-problem-page.h"

#include <glib/gi18n-lib.h>

#include "iw-store.h"
#include "iw-ui.h"

typedef enum
{
  STATE_FAILED,
  STATE_DAMAGED,
  STATE_WORKING,
} State;

struct _IwProblemPage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkProgressBar *progress;
  GtkButton *primary;
  GtkButton *secondary;
  State state;
};

enum
{
  RETRY,
  RECOVER,
  CANCEL,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwProblemPage, iw_problem_page, ADW_TYPE_BIN)

static void
on_primary (IwProblemPage *self)
{
  g_signal_emit (self, signals[self->state == STATE_DAMAGED ? RECOVER : RETRY], 0);
}

static void
on_secondary (IwProblemPage *self)
{
  if (self->state == STATE_WORKING)
    g_signal_emit (self, signals[CANCEL], 0);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.quit", NULL);
}

static void
iw_problem_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), IW_TYPE_PROBLEM_PAGE);
  G_OBJECT_CLASS (iw_problem_page_parent_class)->dispose (object);
}

static void
iw_problem_page_map (GtkWidget *widget)
{
  IwProblemPage *self = IW_PROBLEM_PAGE (widget);

  GTK_WIDGET_CLASS (iw_problem_page_parent_class)->map (widget);
  if (gtk_widget_get_visible (GTK_WIDGET (self->primary)))
    gtk_widget_grab_focus (GTK_WIDGET (self->primary));
}

static void
iw_problem_page_class_init (IwProblemPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const char *const names[] = { "retry", "recover", "cancel" };

  G_OBJECT_CLASS (klass)->dispose = iw_problem_page_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
  widget_class->map = iw_problem_page_map;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-problem-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwProblemPage, status);
  gtk_widget_class_bind_template_child (widget_class, IwProblemPage, progress);
  gtk_widget_class_bind_template_child (widget_class, IwProblemPage, primary);
  gtk_widget_class_bind_template_child (widget_class, IwProblemPage, secondary);
  gtk_widget_class_bind_template_callback (widget_class, on_primary);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary);
}

static void
iw_problem_page_init (IwProblemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
iw_problem_page_new (void)
{
  return g_object_new (IW_TYPE_PROBLEM_PAGE, NULL);
}

static void
show_words (IwProblemPage *self, const char *icon, const char *title, const char *description)
{
  g_autofree char *markup = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_status_page_set_icon_name (self->status, icon);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, markup);
}

static void
show_damaged (IwProblemPage *self, const char *file, const GError *error)
{
  /* Translators: the first %s is what is wrong, in sentences; the second the path of a file. */
  g_autofree char *description =
      g_strdup_printf (_ ("%s\n\nThe file is “%s”. Recovering saves every document that can still "
                          "be read into a new "
                          "database; the damaged file is kept beside it."),
                       error->message, file);

  self->state = STATE_DAMAGED;
  show_words (self, "dialog-warning-symbolic", _ ("The Workspace Is Damaged"), description);
  gtk_button_set_label (self->primary, _ ("_Recover"));
}

static void
show_failed (IwProblemPage *self, const char *dir, const GError *error)
{
  g_autofree char *description = NULL;
  const char *title = _ ("The Workspace Cannot Be Opened");

  self->state = STATE_FAILED;
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_BUSY))
    {
      title = _ ("The Workspace Is in Use");
      /* Translators: %s is the path of a folder. */
      description = g_strdup_printf (
          _ ("Another program is working on “%s”. Wait until it is done, then try again."), dir);
    }
  else if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_FULL))
    {
      title = _ ("The Disk Is Full");
      /* Translators: %s is the path of a folder. */
      description = g_strdup_printf (
          _ ("There is no room left where “%s” is. Free some space, then try again."), dir);
    }
  else
    /* Translators: the first %s is the path of a folder, the second the reason. */
    description = g_strdup_printf (_ ("“%s”: %s"), dir, error->message);
  show_words (self, "dialog-error-symbolic", title, description);
  gtk_button_set_label (self->primary, _ ("_Try Again"));
}

void
iw_problem_page_show_error (IwProblemPage *self, const char *dir, const GError *error)
{
  g_autofree char *file = g_build_filename (dir, "workspace.sqlite", NULL);

  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT))
    show_damaged (self, file, error);
  else
    show_failed (self, dir, error);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->primary), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->secondary), TRUE);
  gtk_button_set_label (self->secondary, _ ("_Quit"));
  gtk_widget_grab_focus (GTK_WIDGET (self->primary));
}

void
iw_problem_page_show_work (IwProblemPage *self, const char *title, gboolean can_cancel)
{
  g_autoptr (AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (GTK_WIDGET (self->status));

  self->state = STATE_WORKING;
  show_words (self, NULL, title, NULL);
  adw_status_page_set_paintable (self->status, GDK_PAINTABLE (spinner));
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), can_cancel);
  gtk_widget_set_visible (GTK_WIDGET (self->primary), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->secondary), can_cancel);
  gtk_button_set_label (self->secondary, _ ("_Cancel"));
  if (can_cancel)
    gtk_widget_grab_focus (GTK_WIDGET (self->secondary));
}

void
iw_problem_page_set_progress (IwProblemPage *self, gint64 done, gint64 total)
{
  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}
