/* Several lines, in a card that grows; for LINES a list, a line each. */
#include "config.h"

#include "iw-form-row-private.h"

typedef struct
{
  IwFormRow parent_instance;

  GtkWidget *view;
} IwTextFormRow;

typedef IwFormRowClass IwTextFormRowClass;

G_DEFINE_FINAL_TYPE (IwTextFormRow, iw_text_form_row, IW_TYPE_FORM_ROW)

static char *
get_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
on_changed (GtkTextBuffer *buffer, gpointer data)
{
  g_autofree char *text = get_text (buffer);

  iw_form_row_changed (data, text);
}

static GtkWidget *
make_view (IwFormRow *self)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextView *text_view = GTK_TEXT_VIEW (view);

  gtk_text_view_set_wrap_mode (text_view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (text_view, FALSE);
  gtk_text_view_set_top_margin (text_view, 12);
  gtk_text_view_set_bottom_margin (text_view, 12);
  gtk_text_view_set_left_margin (text_view, 12);
  gtk_text_view_set_right_margin (text_view, 12);
  gtk_widget_add_css_class (view, "iw-card-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  iw_form_field_label (iw_form_row_get_field (self)), -1);
  g_signal_connect_object (gtk_text_view_get_buffer (text_view), "changed", G_CALLBACK (on_changed),
                           self, 0);
  return view;
}

static GtkWidget *
make (IwFormRow *row)
{
  IwTextFormRow *self = (IwTextFormRow *)row;
  GtkWidget *frame = gtk_scrolled_window_new ();

  self->view = make_view (row);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 64);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (frame), 260);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (frame), TRUE);
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (frame, "card");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), self->view);
  return frame;
}

static void
set_value (IwFormRow *row, const char *value)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (((IwTextFormRow *)row)->view));
  g_autofree char *text = get_text (buffer);

  if (g_strcmp0 (text, value) != 0)
    gtk_text_buffer_set_text (buffer, value, -1);
}

static GtkWidget *
get_accessible (IwFormRow *row)
{
  return ((IwTextFormRow *)row)->view;
}

static GtkWidget *
get_focus (IwFormRow *row)
{
  return ((IwTextFormRow *)row)->view;
}

static void
iw_text_form_row_class_init (IwTextFormRowClass *klass)
{
  klass->block = TRUE;
  klass->make = make;
  klass->set_value = set_value;
  klass->get_accessible = get_accessible;
  klass->get_focus = get_focus;
}

static void
iw_text_form_row_init (IwTextFormRow *self)
{
}
