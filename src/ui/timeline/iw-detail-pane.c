#include "config.h"

#include "iw-detail-pane-private.h"

#include <glib/gi18n-lib.h>

#include "iw-ui.h"

G_DEFINE_FINAL_TYPE (IwDetailPane, iw_detail_pane, GTK_TYPE_WIDGET)

enum
{
  JUMP,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ---- pieces ---- */

char *
iw_detail_format_time (IwDetailPane *self, IwTime time)
{
  return iw_time_format_with_zone (time, iw_time_display_get_zone (self->display));
}

/* Hyphens where a line is broken would look like part of a path, a hash or a command. */
GtkWidget *
iw_detail_make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

GtkListBox *
iw_detail_make_facts (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return GTK_LIST_BOX (list);
}

void
iw_detail_add_fact (GtkListBox *list, const char *title, const char *value)
{
  GtkWidget *row, *box, *name, *text;

  if (value == NULL || *value == '\0')
    return;
  row = gtk_list_box_row_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  name = gtk_label_new (title);
  text = iw_detail_make_text (value);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dimmed");
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name,
                                  text, NULL, -1);
  gtk_list_box_append (list, row);
}

GtkWidget *
iw_detail_make_button (const char *icon, const char *words, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  if (action != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

GtkWidget *
iw_detail_make_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 6);
  return label;
}

/* ---- which page ---- */

static void
stop_reading (IwDetailPane *self)
{
  g_clear_handle_id (&self->read_timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_run (IwDetailPane *self)
{
  gint64 n = iw_timeline_row_get_run_count (self->row);
  IwEvidence *evidence = iw_timeline_row_get_evidence (self->row);
  g_autofree char *title = g_strdup_printf (
      ngettext ("%'" G_GINT64_FORMAT " Event", "%'" G_GINT64_FORMAT " Events", (gulong)n), n);
  g_autofree char *start = iw_detail_format_time (
      self, (IwTime){ iw_timeline_row_get_time (self->row), IW_PRECISION_SECOND });
  g_autofree char *end = iw_detail_format_time (
      self, (IwTime){ iw_timeline_row_get_end (self->row), IW_PRECISION_SECOND });
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (evidence != NULL)
    /* Translators: a run of events: the file they are from, the first and the last time */
    text = g_strdup_printf (_ ("From %s, %s to %s"), iw_evidence_get_name (evidence), start, end);
  else
    text = g_strdup_printf (_ ("From several sources, %s to %s"), start, end);
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->run_page, title);
  adw_status_page_set_description (self->run_page, escaped);
  gtk_button_set_label (self->run_button, iw_timeline_row_get_run_expanded (self->row)
                                              ? _ ("_Collapse")
                                              : _ ("_Show Them in the List"));
  gtk_stack_set_visible_child_name (self->stack, "run");
}

static void
show (IwDetailPane *self)
{
  stop_reading (self);
  if (self->row == NULL || self->workspace == NULL || self->display == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  switch (iw_timeline_row_get_kind (self->row))
    {
    case IW_ROW_ENTRY:
      gtk_scrolled_window_set_child (
          self->entry_scroller, iw_detail_make_entry (self, iw_timeline_row_get_entry (self->row)));
      gtk_stack_set_visible_child_name (self->stack, "entry");
      break;
    case IW_ROW_EVENT:
      iw_detail_show_event (self, self->row);
      gtk_stack_set_visible_child_name (self->stack, "event");
      break;
    case IW_ROW_RUN:
    default:
      show_run (self);
      break;
    }
}

void
iw_detail_pane_set_context (IwDetailPane *self, IwWorkspace *workspace, IwTimeDisplay *display)
{
  g_return_if_fail (IW_IS_DETAIL_PANE (self));

  if (self->display != NULL)
    g_signal_handlers_disconnect_by_func (self->display, show, self);
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->display, display);
  if (display != NULL)
    g_signal_connect_object (display, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
iw_detail_pane_show_row (IwDetailPane *self, IwTimelineRow *row)
{
  g_return_if_fail (IW_IS_DETAIL_PANE (self));

  if (row == self->row)
    return;
  g_set_object (&self->row, row);
  show (self);
}

/* ---- the widget ---- */

static void
iw_detail_pane_dispose (GObject *object)
{
  IwDetailPane *self = IW_DETAIL_PANE (object);

  stop_reading (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_DETAIL_PANE);
  g_clear_object (&self->event_model);
  g_clear_object (&self->row);
  g_clear_object (&self->display);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (iw_detail_pane_parent_class)->dispose (object);
}

static void
iw_detail_pane_class_init (IwDetailPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_detail_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-detail-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, IwDetailPane, stack);
  gtk_widget_class_bind_template_child (widget_class, IwDetailPane, run_page);
  gtk_widget_class_bind_template_child (widget_class, IwDetailPane, run_button);
  gtk_widget_class_bind_template_child (widget_class, IwDetailPane, entry_scroller);
  gtk_widget_class_bind_template_child (widget_class, IwDetailPane, event_list);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[JUMP] = g_signal_new ("jump", IW_TYPE_DETAIL_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
iw_detail_pane_init (IwDetailPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  iw_detail_init_event (self);
}
