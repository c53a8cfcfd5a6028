#include "config.h"

#include "iw-form-row-private.h"

#include "iw-hint-row.h"
#include "iw-ui.h"

/* From which length on the words of how many choices are shown as radio buttons. */
#define RADIO_MIN_LENGTH 30
#define RADIO_MAX_CHOICES 5

typedef struct
{
  const IwFormField *field;
  const IwFormContext *context;
  GtkWidget *control;  /* (ref) */
  GtkWidget *widget;   /* (ref): the control, or the group around it */
  GtkWidget *hint_row; /* (ref), NULL for a block */
  GtkWidget *hint_label;
  char *problem;
  char *hint;
  gboolean filling; /* the program sets the value */
  gboolean changed; /* since the keyboard came to it */
  gboolean shown;
  gboolean filled; /* a value was set */
  gboolean knows;  /* it began with a value: what it is for needs no words */
} IwFormRowPrivate;

enum
{
  CHANGED,
  LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (IwFormRow, iw_form_row, G_TYPE_OBJECT)

#define PRIVATE(self) ((IwFormRowPrivate *)iw_form_row_get_instance_private (self))

/* ---- what is said under it ---- */

static GtkWidget *
get_accessible (IwFormRow *self)
{
  IwFormRowClass *klass = IW_FORM_ROW_GET_CLASS (self);

  return klass->get_accessible != NULL ? klass->get_accessible (self) : PRIVATE (self)->control;
}

static void
show_words (IwFormRow *self)
{
  IwFormRowPrivate *priv = PRIVATE (self);
  const char *help =
      IW_FORM_ROW_GET_CLASS (self)->shows_help || priv->hint_row == NULL || priv->knows
          ? ""
          : iw_form_field_help (priv->field);
  const char *words = priv->problem != NULL ? priv->problem
                      : priv->hint != NULL  ? priv->hint
                                            : help;
  gboolean any = *words != '\0';

  gtk_label_set_text (GTK_LABEL (priv->hint_label), words);
  iw_ui_set_css_class (priv->hint_label, "error", priv->problem != NULL);
  iw_ui_set_css_class (priv->hint_label, "dimmed", priv->problem == NULL);
  if (priv->hint_row != NULL)
    {
      gtk_widget_set_visible (priv->hint_row, any && priv->shown);
      iw_ui_set_css_class (priv->control, "has-hint", any);
      iw_ui_set_css_class (priv->control, "error", priv->problem != NULL);
    }
  else
    gtk_widget_set_visible (priv->hint_label, any);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (get_accessible (self)), GTK_ACCESSIBLE_STATE_INVALID,
      priv->problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static GtkWidget *
make_hint_label (void)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  return label;
}

static void
make_hint_row (IwFormRowPrivate *priv)
{
  gtk_widget_set_margin_bottom (priv->hint_label, 8);
  priv->hint_row = g_object_ref_sink (iw_hint_row_new (priv->hint_label));
  gtk_widget_set_visible (priv->hint_row, FALSE);
}

/* ---- building ---- */

static GtkWidget *
make_block (IwFormRow *self)
{
  IwFormRowPrivate *priv = PRIVATE (self);
  GtkWidget *group = adw_preferences_group_new ();
  const char *help = iw_form_field_help (priv->field);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   iw_form_field_label (priv->field));
  if (*help != '\0' && !IW_FORM_ROW_GET_CLASS (self)->shows_help)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), help);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), priv->control);
  gtk_widget_set_margin_top (priv->hint_label, 6);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), priv->hint_label);
  return group;
}

static void
on_focus_left (IwFormRow *self)
{
  IwFormRowPrivate *priv = PRIVATE (self);

  if (!priv->changed)
    return;
  priv->changed = FALSE;
  g_signal_emit (self, signals[LEFT], 0);
}

static void
build (IwFormRow *self)
{
  IwFormRowPrivate *priv = PRIVATE (self);
  IwFormRowClass *klass = IW_FORM_ROW_GET_CLASS (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  priv->shown = TRUE;
  priv->hint_label = make_hint_label ();
  priv->control = g_object_ref_sink (klass->make (self));
  if (klass->block)
    priv->widget = g_object_ref_sink (make_block (self));
  else
    {
      priv->widget = g_object_ref (priv->control);
      make_hint_row (priv);
    }
  gtk_accessible_update_relation (GTK_ACCESSIBLE (get_accessible (self)),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, priv->hint_label, NULL, -1);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (priv->widget, focus);
  show_words (self);
}

/* Whole sentences do not fit into a drop-down; a few of them are read at once. */
static gboolean
wants_radio (const IwFormField *field)
{
  const IwChoice *choice = field->choices;
  guint n = 0;
  glong longest = 0;

  for (; choice != NULL && choice->value != NULL; choice++, n++)
    longest = MAX (longest, g_utf8_strlen (iw_form_field_choice_label (field, choice->value), -1));
  return n <= RADIO_MAX_CHOICES && longest > RADIO_MIN_LENGTH;
}

static GType
type_for (const IwFormField *field)
{
  switch (field->input)
    {
    case IW_INPUT_LONG:
    case IW_INPUT_LINES:
      return iw_text_form_row_get_type ();
    case IW_INPUT_HOLDER:
      return iw_combo_form_row_get_type ();
    case IW_INPUT_CHOICE:
      return wants_radio (field) ? iw_radio_form_row_get_type () : iw_combo_form_row_get_type ();
    case IW_INPUT_SET:
      return iw_set_form_row_get_type ();
    case IW_INPUT_TICK:
      return iw_tick_form_row_get_type ();
    case IW_INPUT_TIME:
      return iw_time_form_row_get_type ();
    case IW_INPUT_NUMBER:
      return iw_number_form_row_get_type ();
    case IW_INPUT_ITEMS:
    case IW_INPUT_LINKS:
      return iw_documents_form_row_get_type ();
    case IW_INPUT_TEXT:
    case IW_INPUT_DURATION:
    case IW_INPUT_PERSON:
    case IW_INPUT_TEAM:
    case IW_INPUT_SUBJECT:
    default:
      return iw_entry_form_row_get_type ();
    }
}

IwFormRow *
iw_form_row_new (const IwFormField *field, const IwFormContext *context)
{
  IwFormRow *self = g_object_new (type_for (field), NULL);
  IwFormRowPrivate *priv = PRIVATE (self);

  priv->field = field;
  priv->context = context;
  build (self);
  return self;
}

/* ---- the object ---- */

static void
iw_form_row_dispose (GObject *object)
{
  IwFormRowPrivate *priv = PRIVATE (IW_FORM_ROW (object));

  g_clear_object (&priv->control);
  g_clear_object (&priv->widget);
  g_clear_object (&priv->hint_row);
  g_clear_pointer (&priv->problem, g_free);
  g_clear_pointer (&priv->hint, g_free);
  G_OBJECT_CLASS (iw_form_row_parent_class)->dispose (object);
}

static void
iw_form_row_class_init (IwFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_form_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
iw_form_row_init (IwFormRow *self)
{
}

void
iw_form_row_changed (IwFormRow *self, const char *value)
{
  IwFormRowPrivate *priv = PRIVATE (self);

  if (priv->filling)
    return;
  priv->changed = TRUE;
  g_signal_emit (self, signals[CHANGED], 0, value);
}

void
iw_form_row_set_hint (IwFormRow *self, const char *hint)
{
  if (g_set_str (&PRIVATE (self)->hint, hint) && PRIVATE (self)->control != NULL)
    show_words (self);
}

GtkWidget *
iw_form_row_get_control (IwFormRow *self)
{
  return PRIVATE (self)->control;
}

/* ---- public ---- */

const IwFormField *
iw_form_row_get_field (IwFormRow *self)
{
  return PRIVATE (self)->field;
}

const IwFormContext *
iw_form_row_get_context (IwFormRow *self)
{
  return PRIVATE (self)->context;
}

gboolean
iw_form_row_is_block (IwFormRow *self)
{
  return IW_FORM_ROW_GET_CLASS (self)->block;
}

GtkWidget *
iw_form_row_get_widget (IwFormRow *self)
{
  return PRIVATE (self)->widget;
}

GtkWidget *
iw_form_row_get_hint_row (IwFormRow *self)
{
  return PRIVATE (self)->hint_row;
}

void
iw_form_row_set_value (IwFormRow *self, const char *value)
{
  IwFormRowPrivate *priv = PRIVATE (self);

  priv->filling = TRUE;
  IW_FORM_ROW_GET_CLASS (self)->set_value (self, value);
  priv->filling = FALSE;
  if (priv->filled)
    return;
  priv->filled = TRUE;
  priv->knows = *value != '\0' && ADW_IS_ENTRY_ROW (priv->control);
  show_words (self);
}

void
iw_form_row_set_choices (IwFormRow *self, const IwChoice *choices)
{
  IwFormRowPrivate *priv = PRIVATE (self);
  IwFormRowClass *klass = IW_FORM_ROW_GET_CLASS (self);

  if (klass->set_choices == NULL)
    return;
  priv->filling = TRUE;
  klass->set_choices (self, choices);
  priv->filling = FALSE;
}

void
iw_form_row_set_problem (IwFormRow *self, const char *problem)
{
  if (g_set_str (&PRIVATE (self)->problem, problem))
    show_words (self);
}

void
iw_form_row_set_shown (IwFormRow *self, gboolean shown)
{
  IwFormRowPrivate *priv = PRIVATE (self);

  priv->shown = shown;
  gtk_widget_set_visible (priv->widget, shown);
  show_words (self);
}

gboolean
iw_form_row_get_shown (IwFormRow *self)
{
  return PRIVATE (self)->shown;
}

GtkWidget *
iw_form_row_get_focus (IwFormRow *self)
{
  IwFormRowClass *klass = IW_FORM_ROW_GET_CLASS (self);

  return klass->get_focus != NULL ? klass->get_focus (self) : PRIVATE (self)->control;
}

void
iw_form_row_focus (IwFormRow *self)
{
  gtk_widget_grab_focus (iw_form_row_get_focus (self));
}
