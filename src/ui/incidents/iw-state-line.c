#include "config.h"

#include "iw-state-line.h"

#include <glib/gi18n-lib.h>

#include "iw-incident-item.h"
#include "iw-ui.h"

/* What may be shown, in this order: a button for each is made once. */
static const char *const ids[] = { "severity",   "priority", "classification", "urgent",
                                   "containing", "clock",    "clocks",         "manager",
                                   "customers",  "age" };
#define N_FACTS G_N_ELEMENTS (ids)

typedef struct
{
  GtkWidget *button; /* or what stands in its place where it does nothing */
  GtkWidget *icon;
  GtkWidget *label;
  const char *tone_class; /* the one it has; static */
} Word;

struct _IwStateLine
{
  GtkWidget parent_instance;

  GtkWidget *wrap;
  GtkWidget *path; /* the five steps */
  GtkWidget *steps[IW_N_STAGES];
  GtkWidget *signs[IW_N_STAGES]; /* before each but the first */
  Word words[N_FACTS];
  GtkWidget *more; /* the button for the rest, in narrow windows */
  GtkWidget *rest;
  gboolean narrow;
  gboolean shown[N_FACTS], first[N_FACTS];
};

G_DEFINE_FINAL_TYPE (IwStateLine, iw_state_line, GTK_TYPE_WIDGET)

/* ---- making ---- */

static GtkWidget *
make_step (IwStage stage)
{
  GtkWidget *button = gtk_button_new_with_label (iw_stage_short_label (stage));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "iw-state");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "incident.stage");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", iw_stage_to_string (stage));
  return button;
}

static void
make_path (IwStateLine *self)
{
  self->path = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->path), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Stages"), -1);
  for (IwStage i = 0; i < IW_N_STAGES; i++)
    {
      /* There and back, as often as it takes (P3). */
      self->signs[i] = g_object_new (GTK_TYPE_LABEL, "label", i == IW_STAGE_STABILISE ? "⇄" : "›",
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (self->signs[i], "dimmed");
      if (i > 0)
        gtk_box_append (GTK_BOX (self->path), self->signs[i]);
      else
        g_object_ref_sink (self->signs[i]);
      self->steps[i] = make_step (i);
      gtk_box_append (GTK_BOX (self->path), self->steps[i]);
    }
}

/* What it opens must not stand under the popover. */
static void
on_word_clicked (IwStateLine *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->more));
}

static void
make_word (IwStateLine *self, Word *word)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  word->icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  word->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (word->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (word->label), 0);
  gtk_widget_add_css_class (word->label, "numeric");
  gtk_box_append (GTK_BOX (box), word->icon);
  gtk_box_append (GTK_BOX (box), word->label);
  word->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (word->button), box);
  g_signal_connect_swapped (word->button, "clicked", G_CALLBACK (on_word_clicked), self);
  gtk_widget_add_css_class (word->button, "flat");
  gtk_widget_add_css_class (word->button, "iw-state");
}

static void
make_more (IwStateLine *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_popover_set_child (GTK_POPOVER (popover), self->rest);
  self->more = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->more), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->more), "view-more-horizontal-symbolic");
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "iw-state-more");
  gtk_widget_set_tooltip_text (self->more, _ ("More of the State"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More of the State"), -1);
  gtk_widget_set_visible (self->more, FALSE);
}

/* ---- placing ---- */

static void
move_to (GtkWidget *widget, GtkWidget *parent)
{
  GtkWidget *old = gtk_widget_get_parent (widget);

  g_object_ref (widget);
  if (ADW_IS_WRAP_BOX (old))
    adw_wrap_box_remove (ADW_WRAP_BOX (old), widget);
  else if (old != NULL)
    gtk_box_remove (GTK_BOX (old), widget);
  if (ADW_IS_WRAP_BOX (parent))
    adw_wrap_box_append (ADW_WRAP_BOX (parent), widget);
  else
    gtk_box_append (GTK_BOX (parent), widget);
  g_object_unref (widget);
}

static gboolean
is_clock (guint word)
{
  return g_str_equal (ids[word], "clock");
}

/* The steps stand in the line, or, all but the one in force, nowhere: the form has them. What is
 * due first is a long sentence, which ends a narrow line. */
static void
place (IwStateLine *self)
{
  gboolean rest = FALSE;

  for (guint i = 0; i < N_FACTS; i++)
    if (!self->narrow || !is_clock (i))
      move_to (self->words[i].button, self->narrow && !self->first[i] ? self->rest : self->wrap);
  move_to (self->more, self->wrap);
  for (guint i = 0; i < N_FACTS; i++)
    {
      if (self->narrow && is_clock (i))
        move_to (self->words[i].button, self->wrap);
      rest |= self->shown[i] && !self->first[i];
    }
  gtk_widget_set_visible (self->more, self->narrow && rest);
  for (guint i = 0; i < IW_N_STAGES; i++)
    {
      gboolean now = gtk_widget_has_css_class (self->steps[i], "iw-state-now");

      gtk_widget_set_visible (self->steps[i], !self->narrow || now);
      gtk_widget_set_visible (self->signs[i], !self->narrow);
    }
}

/* ---- showing ---- */

static void
show_steps (IwStateLine *self, IwStage stage, guint reachable)
{
  IwStateStep steps[IW_N_STAGES];

  iw_state_steps_fill (steps, stage, reachable);
  for (guint i = 0; i < IW_N_STAGES; i++)
    {
      iw_ui_set_css_class (self->steps[i], "iw-state-now", steps[i].now);
      iw_ui_set_css_class (self->steps[i], "dimmed", !steps[i].now);
      gtk_widget_set_sensitive (self->steps[i], steps[i].reachable);
      gtk_widget_set_tooltip_text (self->steps[i], steps[i].tip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->steps[i]),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, steps[i].tip, -1);
    }
  iw_state_steps_clear (steps);
}

static const char *
class_of (IwStateTone tone, IwSeverity severity)
{
  switch (tone)
    {
    case IW_STATE_SEVERITY:
      return iw_incident_severity_class (severity);
    case IW_STATE_WARNING:
      return "warning";
    case IW_STATE_OVERDUE:
      return "error";
    case IW_STATE_PLAIN:
    case IW_STATE_MUTED:
    default:
      return NULL;
    }
}

static void
show_word (Word *word, const IwStateFact *fact, IwSeverity severity)
{
  const char *tone_class = class_of (fact->tone, severity);
  GtkWidget *toned = word->icon;

  gtk_label_set_text (GTK_LABEL (word->label), fact->text);
  gtk_widget_set_visible (word->icon, fact->icon != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (word->icon), fact->icon);
  if (word->tone_class != NULL)
    gtk_widget_remove_css_class (toned, word->tone_class);
  word->tone_class = tone_class;
  if (tone_class != NULL)
    gtk_widget_add_css_class (toned, tone_class);
  iw_ui_set_css_class (word->label, "heading", fact->tone == IW_STATE_OVERDUE);
  iw_ui_set_css_class (word->label, "dimmed", fact->tone == IW_STATE_MUTED);
  gtk_widget_set_tooltip_text (word->button, fact->tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (word->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fact->text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  fact->tip != NULL ? fact->tip : "", -1);
  gtk_widget_set_can_focus (word->button, fact->action != NULL);
  gtk_widget_set_can_target (word->button, fact->action != NULL);
  if (fact->action == NULL)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (word->button), "s", fact->target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (word->button), fact->action);
}

static const IwStateFact *
find_fact (GPtrArray *facts, const char *id)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_str_equal (((const IwStateFact *)facts->pdata[i])->id, id))
      return facts->pdata[i];
  return NULL;
}

void
iw_state_line_set (IwStateLine *self,
                   IwStage stage,
                   guint reachable,
                   IwSeverity severity,
                   GPtrArray *facts)
{
  show_steps (self, stage, reachable);
  for (guint i = 0; i < N_FACTS; i++)
    {
      const IwStateFact *fact = find_fact (facts, ids[i]);

      self->shown[i] = fact != NULL;
      self->first[i] = fact != NULL && fact->first;
      gtk_widget_set_visible (self->words[i].button, fact != NULL);
      if (fact != NULL)
        show_word (&self->words[i], fact, severity);
    }
  if (self->narrow)
    place (self);
}

void
iw_state_line_set_narrow (IwStateLine *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  place (self);
}

/* ---- the object ---- */

static void
iw_state_line_dispose (GObject *object)
{
  IwStateLine *self = IW_STATE_LINE (object);

  g_clear_object (&self->signs[0]);
  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  G_OBJECT_CLASS (iw_state_line_parent_class)->dispose (object);
}

static void
iw_state_line_class_init (IwStateLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_state_line_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
iw_state_line_init (IwStateLine *self)
{
  self->wrap = adw_wrap_box_new ();
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->wrap), 0);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("State of the incident"), -1);
  make_path (self);
  adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), self->path);
  for (guint i = 0; i < N_FACTS; i++)
    {
      make_word (self, &self->words[i]);
      gtk_widget_set_visible (self->words[i].button, FALSE);
      adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), self->words[i].button);
    }
  make_more (self);
  adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), self->more);
}
