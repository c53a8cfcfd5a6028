#include "config.h"

#include "iw-conflict-field-row.h"

#include <glib/gi18n-lib.h>

#define BASE_LINES 4 /* of a long text: it is for a look, both versions are below in full */

struct _IwConflictFieldRow
{
  GtkBox parent_instance;

  GtkBox *pair;
  GtkCheckButton *winner, *other, *anew; /* the last NULL where it cannot be edited */
  GtkWidget *frame;
  GtkTextView *text;

  IwConflictField *field;
};

enum
{
  DECIDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwConflictFieldRow, iw_conflict_field_row, GTK_TYPE_BOX)

static void
keep_edited (IwConflictFieldRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  iw_conflict_field_pick (self->field, IW_PICK_EDITED, text);
}

static void
on_toggled (IwConflictFieldRow *self, GtkCheckButton *button)
{
  if (!gtk_check_button_get_active (button))
    return;
  if (self->frame != NULL)
    gtk_widget_set_visible (self->frame, button == self->anew);
  if (button == self->winner)
    iw_conflict_field_pick (self->field, IW_PICK_WINNER, NULL);
  else if (button == self->other)
    iw_conflict_field_pick (self->field, IW_PICK_OTHER, NULL);
  else
    {
      keep_edited (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->text));
    }
  g_signal_emit (self, signals[DECIDED], 0);
}

static void
on_text_changed (IwConflictFieldRow *self)
{
  if (!gtk_check_button_get_active (self->anew))
    return;
  keep_edited (self);
  g_signal_emit (self, signals[DECIDED], 0);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* What both changed, so that one sees who changed what. */
static void
add_base (IwConflictFieldRow *self, const char *base)
{
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (base == NULL || *base == '\0')
    return;
  /* Translators: %s is what a field said before two people changed it. */
  text = g_strdup_printf (_ ("Before: %s"), base);
  label = make_label (text, "dimmed");
  gtk_label_set_lines (GTK_LABEL (label), BASE_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self), label);
}

/* A version to pick, as a card: who and when, then what it says. */
static GtkCheckButton *
make_version (IwConflictFieldRow *self, const char *written, const char *value)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *words = make_label (value != NULL && *value != '\0' ? value : _ ("Nothing"), NULL);

  gtk_box_append (GTK_BOX (box), make_label (written, "caption-heading"));
  gtk_box_append (GTK_BOX (box), words);
  if (value == NULL || *value == '\0')
    gtk_widget_add_css_class (words, "dimmed");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "iw-version");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, written,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_text (GTK_LABEL (words)), -1);
  gtk_box_append (self->pair, button);
  return GTK_CHECK_BUTTON (button);
}

static void
make_anew (IwConflictFieldRow *self)
{
  const IwConflictField *field = self->field;
  const char *begin = field->winner != NULL ? field->winner : field->other;
  GtkTextBuffer *buffer;

  self->anew = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_ ("_Write It Anew")));
  gtk_check_button_set_group (self->anew, self->winner);
  gtk_widget_add_css_class (GTK_WIDGET (self->anew), "iw-version-anew");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->anew));

  self->text = GTK_TEXT_VIEW (gtk_text_view_new ());
  buffer = gtk_text_view_get_buffer (self->text);
  gtk_text_buffer_set_text (buffer, begin != NULL ? begin : "", -1);
  gtk_text_view_set_wrap_mode (self->text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->text, FALSE);
  gtk_text_view_set_top_margin (self->text, 12);
  gtk_text_view_set_bottom_margin (self->text, 12);
  gtk_text_view_set_left_margin (self->text, 12);
  gtk_text_view_set_right_margin (self->text, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "iw-card-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label, -1);
  self->frame = gtk_frame_new (NULL);
  gtk_widget_add_css_class (self->frame, "card");
  gtk_frame_set_child (GTK_FRAME (self->frame), GTK_WIDGET (self->text));
  gtk_widget_set_visible (self->frame, FALSE);
  gtk_box_append (GTK_BOX (self), self->frame);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_text_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->anew, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
}

static void
iw_conflict_field_row_class_init (IwConflictFieldRowClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
iw_conflict_field_row_init (IwConflictFieldRow *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
iw_conflict_field_row_new (IwConflictField *field, const char *winner, const char *other)
{
  IwConflictFieldRow *self = g_object_new (IW_TYPE_CONFLICT_FIELD_ROW, NULL);

  self->field = field;
  gtk_box_append (GTK_BOX (self), make_label (field->label, "heading"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label, -1);
  add_base (self, field->base);
  self->pair = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_box_set_homogeneous (self->pair, TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->pair));
  self->winner = make_version (self, winner, field->winner);
  self->other = make_version (self, other, field->other);
  gtk_check_button_set_group (self->other, self->winner);
  g_signal_connect_object (self->winner, "toggled", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->other, "toggled", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
  if (field->editable)
    make_anew (self);
  return GTK_WIDGET (self);
}

void
iw_conflict_field_row_set_narrow (IwConflictFieldRow *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->pair),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (self->pair, !narrow);
}
