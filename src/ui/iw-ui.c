#include "config.h"

#include "iw-ui.h"

#include <glib/gi18n-lib.h>

#include "iw-store.h"

/* What to do about it; NULL where the message alone must do. */
static const char *
advice (const GError *error)
{
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_FULL) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ ("The disk is full. Free some space, then try again. Nothing was changed.");
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_BUSY))
    return _ (
        "Another program is writing to the workspace. Wait for it, then try again. Nothing was "
        "changed.");
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT))
    return _ ("The workspace is damaged. Start the application again to recover it. Nothing is "
              "deleted.");
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY))
    return _ ("This workspace can only be read here. Nothing was changed.");
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT))
    return _ ("Somebody else has changed this since. Look at the new version, then try again.");
  return NULL;
}

char *
iw_ui_describe_error (const GError *error)
{
  const char *words = advice (error);

  g_return_val_if_fail (error != NULL, NULL);

  return g_strdup (words != NULL ? words : error->message);
}

static gboolean
on_query_tooltip (GtkWidget *label,
                  int x,
                  int y,
                  gboolean keyboard,
                  GtkTooltip *tooltip,
                  gpointer data)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

void
iw_ui_tooltip_when_ellipsized (GtkLabel *label)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (label), TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}

GtkWidget *
iw_ui_find_toasts (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (ADW_IS_TOAST_OVERLAY (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = iw_ui_find_toasts (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
iw_ui_set_css_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* On a narrow window the words wrap early: a toast takes the room for one line from its buttons. */
static void
on_toast_mapped (GtkWidget *label)
{
  int width = gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (label)));

  gtk_label_set_max_width_chars (GTK_LABEL (label), width < 480 ? 18 : 60);
}

AdwToast *
iw_ui_toast_new (const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  g_signal_connect (label, "map", G_CALLBACK (on_toast_mapped), NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  return toast;
}

void
iw_ui_toast (GtkWidget *widget, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay == NULL)
    {
      GtkRoot *root = gtk_widget_get_root (widget);

      if (!ADW_IS_APPLICATION_WINDOW (root))
        return;
      overlay = adw_application_window_get_content (ADW_APPLICATION_WINDOW (root));
      if (!ADW_IS_TOAST_OVERLAY (overlay))
        return;
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), iw_ui_toast_new (text));
}

/* ---- the keyboard in a dialog ---- */

#define SETTLED_FRAMES 3
#define MAX_FRAMES 120

typedef struct
{
  GtkWidget *widget; /* (weak) */
  guint n_frames;    /* since the dialog was mapped */
  guint n_mapped;    /* of these, with the widget on screen */
} Focus;

static void
focus_free (gpointer data)
{
  Focus *focus = data;

  g_clear_weak_pointer (&focus->widget);
  g_free (focus);
}

/* A sheet puts the keyboard on its first button, which is Cancel, in the frame after it is open;
 * and a breakpoint takes what it lays out off screen for a frame, and the keyboard with it. */
static gboolean
on_focus_tick (GtkWidget *dialog, GdkFrameClock *clock, gpointer data)
{
  Focus *focus = data;

  if (focus->widget == NULL)
    return G_SOURCE_REMOVE;
  focus->n_frames++;
  focus->n_mapped += gtk_widget_get_mapped (focus->widget);
  if (focus->n_mapped < SETTLED_FRAMES && focus->n_frames < MAX_FRAMES)
    return G_SOURCE_CONTINUE;
  gtk_widget_grab_focus (focus->widget);
  return G_SOURCE_REMOVE;
}

/* Once: it is mapped again when the window gets wide or narrow meanwhile. */
static void
on_dialog_mapped (GtkWidget *dialog, gpointer widget)
{
  Focus *focus = g_new0 (Focus, 1);

  g_signal_handlers_disconnect_by_func (dialog, on_dialog_mapped, widget);
  g_set_weak_pointer (&focus->widget, widget);
  gtk_widget_add_tick_callback (dialog, on_focus_tick, focus, focus_free);
}

void
iw_ui_focus_in_dialog (AdwDialog *dialog, GtkWidget *widget)
{
  adw_dialog_set_focus (dialog, widget);
  if (!gtk_widget_get_mapped (GTK_WIDGET (dialog)))
    g_signal_connect_object (dialog, "map", G_CALLBACK (on_dialog_mapped), widget, 0);
}

char *
iw_ui_author (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autofree char *author = g_settings_get_string (settings, "author");
  const char *real_name = g_get_real_name ();

  if (*g_strstrip (author) != '\0')
    return g_steal_pointer (&author);
  return g_strdup (g_strcmp0 (real_name, "Unknown") != 0 ? real_name : g_get_user_name ());
}
