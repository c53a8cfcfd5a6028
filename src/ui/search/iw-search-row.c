#include "config.h"

#include "iw-search-row.h"

#include <glib/gi18n-lib.h>

#include "iw-search-job.h"
#include "iw-time.h"
#include "iw-ui.h"

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* An icon beside two lines: the text, then when and where. */
static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *text = new_label (NULL);
  GtkWidget *where = new_label ("caption");

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (text), 3);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (where), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (where), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (where, "dimmed");
  gtk_widget_add_css_class (where, "numeric");
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), text);
  gtk_box_append (GTK_BOX (lines), where);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_item_set_child (item, box);
}

/* "2 Nov 2026 03:04 · sign-in-log.csv" */
static char *
where_words (IwSearchResult *result, IwTimeDisplay *display)
{
  g_autofree char *time = NULL;
  const char *what = *result->source != '\0' ? result->source : _ ("Entry");

  if (*result->key == '\0')
    return g_strdup (_ ("Incident"));
  if (result->time == 0)
    return g_strdup (what);
  time = iw_time_format ((IwTime){ result->time, IW_PRECISION_SECOND },
                         iw_time_display_get_zone (display), TRUE);
  /* Translators: a time, then what it is of: "2 Nov 2026 03:04:11 · sign-in-log.csv". */
  return g_strdup_printf (C_ ("search result", "%s · %s"), time, what);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, IwTimeDisplay *display)
{
  IwSearchResult *result = gtk_list_item_get_item (item);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *lines = gtk_widget_get_next_sibling (icon);
  GtkWidget *text = gtk_widget_get_first_child (lines);
  GtkWidget *where = gtk_widget_get_last_child (lines);
  g_autofree char *words = where_words (result, display);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), result->event ? "iw-machine-event-symbolic"
                                                  : *result->key == '\0' ? "iw-incidents-symbolic"
                                                                         : "iw-entry-symbolic");
  gtk_label_set_markup (GTK_LABEL (text), result->markup);
  gtk_label_set_text (GTK_LABEL (where), words);
  gtk_list_item_set_accessible_label (item, result->text);
  gtk_list_item_set_accessible_description (item, words);
}

GtkListItemFactory *
iw_search_row_factory_new (IwTimeDisplay *display)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), display, 0);
  return factory;
}

static void
on_header_setup (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = new_label ("heading");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  iw_ui_tooltip_when_ellipsized (GTK_LABEL (label));
  gtk_list_header_set_child (header, label);
}

static void
on_header_bind (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  IwSearchResult *result = gtk_list_header_get_item (header);
  GtkWidget *label = gtk_list_header_get_child (header);

  gtk_label_set_text (GTK_LABEL (label), result->title);
}

GtkListItemFactory *
iw_search_header_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_header_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_header_bind), NULL);
  return factory;
}
