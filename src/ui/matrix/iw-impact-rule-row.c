#include "config.h"

#include "iw-impact-rule-row.h"

#include <glib/gi18n-lib.h>

struct _IwImpactRuleRow
{
  AdwExpanderRow parent_instance;

  GPtrArray *rules;
  guint position;
  GtkWidget *wanted[IW_IMPACT_N_SCALES]; /* labels */
  GtkWidget *up;
  GtkWidget *down;
};

enum
{
  EDITED,
  MOVED,
  REMOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwImpactRuleRow, iw_impact_rule_row, ADW_TYPE_EXPANDER_ROW)

static IwImpactRule *
get_rule (IwImpactRuleRow *self)
{
  return self->rules->pdata[self->position];
}

static gboolean
is_last (IwImpactRuleRow *self)
{
  return self->position + 1 == self->rules->len;
}

void
iw_impact_rule_row_update (IwImpactRuleRow *self)
{
  IwImpactRule *rule = get_rule (self);
  g_autofree char *about = iw_impact_rules_describe (self->rules, self->position);
  g_autofree char *outcome = iw_impact_rule_outcome (rule);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  /* Translators: the number of a rule and what it is about. */
  title = g_strdup_printf (_ ("%1$u. %2$s"), self->position + 1, about);
  if (iw_impact_rules_is_shadowed (self->rules, self->position))
    /* Translators: what a rule would propose, and that it never gets to. */
    subtitle =
        g_strdup_printf (_ ("%s. A rule above takes all of this: it never applies."), outcome);
  else
    subtitle = g_steal_pointer (&outcome);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint scale = 0; scale < IW_IMPACT_N_SCALES && self->wanted[scale] != NULL; scale++)
    {
      g_autofree char *words = iw_impact_rule_wanted (rule, scale);

      gtk_label_set_text (GTK_LABEL (self->wanted[scale]), words);
    }
}

static void
edited (IwImpactRuleRow *self)
{
  iw_impact_rule_row_update (self);
  g_signal_emit (self, signals[EDITED], 0);
}

/* ---- conditions ---- */

static void
on_toggled (GtkCheckButton *button, gpointer data)
{
  IwImpactRuleRow *self = data;
  guint scale = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "scale"));
  guint bit = 1u << GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "value"));
  IwImpactRule *rule = get_rule (self);

  if (gtk_check_button_get_active (button))
    rule->wanted[scale] |= bit;
  else
    rule->wanted[scale] &= ~bit;
  edited (self);
}

static GtkWidget *
make_check (IwImpactRuleRow *self, guint scale, guint value, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               (get_rule (self)->wanted[scale] & (1u << value)) != 0);
  g_object_set_data (G_OBJECT (check), "scale", GUINT_TO_POINTER (scale));
  g_object_set_data (G_OBJECT (check), "value", GUINT_TO_POINTER (value));
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
  return check;
}

static GtkWidget *
make_popover (IwImpactRuleRow *self, guint scale)
{
  const IwFormField *field = iw_impact_scale_field (scale);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *hint = gtk_label_new (_ ("None chosen means any"));

  for (guint value = 0; field->choices[value].value != NULL; value++)
    gtk_box_append (GTK_BOX (box),
                    make_check (self, scale, value,
                                iw_form_field_choice_label (field, field->choices[value].value)));
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "dimmed");
  gtk_box_append (GTK_BOX (box), hint);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
add_condition (IwImpactRuleRow *self, guint scale)
{
  const char *name = iw_form_field_label (iw_impact_scale_field (scale));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  self->wanted[scale] = label;
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), make_popover (self, scale));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

/* ---- the outcome ---- */

static void
on_severity (AdwComboRow *row, GParamSpec *pspec, gpointer data)
{
  get_rule (data)->severity = IW_SEVERITY_LOW + adw_combo_row_get_selected (row);
  edited (data);
}

static void
on_priority (AdwComboRow *row, GParamSpec *pspec, gpointer data)
{
  get_rule (data)->priority = IW_PRIORITY_P4 + adw_combo_row_get_selected (row);
  edited (data);
}

static void
add_combo (IwImpactRuleRow *self,
           const char *title,
           GtkStringList *labels,
           guint selected,
           GCallback changed)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect (row, "notify::selected", changed, self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_outcome (IwImpactRuleRow *self)
{
  IwImpactRule *rule = get_rule (self);
  g_autoptr (GtkStringList) severities = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) priorities = gtk_string_list_new (NULL);

  for (IwSeverity i = IW_SEVERITY_LOW; i < IW_N_SEVERITIES; i++)
    gtk_string_list_append (severities, iw_severity_label (i));
  for (IwPriority i = IW_PRIORITY_P4; i < IW_N_PRIORITIES; i++)
    gtk_string_list_append (priorities, iw_priority_label (i));
  add_combo (self, _ ("Severity"), severities, rule->severity - IW_SEVERITY_LOW,
             G_CALLBACK (on_severity));
  add_combo (self, _ ("Priority"), priorities, rule->priority - IW_PRIORITY_P4,
             G_CALLBACK (on_priority));
}

static void
on_why_applied (AdwEntryRow *row, gpointer data)
{
  g_set_str (&get_rule (data)->why, gtk_editable_get_text (GTK_EDITABLE (row)));
  edited (data);
}

static void
add_why (IwImpactRuleRow *self)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Reason in Your Words"));
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (row), 300);
  gtk_editable_set_text (GTK_EDITABLE (row), get_rule (self)->why);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect (row, "apply", G_CALLBACK (on_why_applied), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

/* ---- order ---- */

static void
on_up (IwImpactRuleRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, -1);
}

static void
on_down (IwImpactRuleRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, 1);
}

static void
on_remove (IwImpactRuleRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static GtkWidget *
add_button (IwImpactRuleRow *self,
            GtkWidget *box,
            const char *icon,
            const char *words,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
add_order (IwImpactRuleRow *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Order"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("The first rule that fits counts"));
  self->up = add_button (self, box, "go-up-symbolic", _ ("Move Up"), G_CALLBACK (on_up));
  self->down = add_button (self, box, "go-down-symbolic", _ ("Move Down"), G_CALLBACK (on_down));
  add_button (self, box, "user-trash-symbolic", _ ("Remove Rule"), G_CALLBACK (on_remove));
  gtk_widget_set_sensitive (self->up, self->position > 0);
  gtk_widget_set_sensitive (self->down, self->position + 2 < self->rules->len);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

void
iw_impact_rule_row_focus_move (IwImpactRuleRow *self, int step)
{
  GtkWidget *button = step < 0 ? self->up : self->down;

  if (button != NULL && gtk_widget_get_sensitive (button))
    gtk_widget_grab_focus (button);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* ---- the object ---- */

static void
iw_impact_rule_row_finalize (GObject *object)
{
  g_ptr_array_unref (IW_IMPACT_RULE_ROW (object)->rules);
  G_OBJECT_CLASS (iw_impact_rule_row_parent_class)->finalize (object);
}

static void
iw_impact_rule_row_class_init (IwImpactRuleRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = iw_impact_rule_row_finalize;
  signals[EDITED] =
      g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
  signals[REMOVED] =
      g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
iw_impact_rule_row_init (IwImpactRuleRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
iw_impact_rule_row_new (GPtrArray *rules, guint position)
{
  IwImpactRuleRow *self = g_object_new (IW_TYPE_IMPACT_RULE_ROW, NULL);

  self->rules = g_ptr_array_ref (rules);
  self->position = position;
  for (guint scale = 0; scale < IW_IMPACT_N_SCALES && !is_last (self); scale++)
    add_condition (self, scale);
  add_outcome (self);
  add_why (self);
  if (!is_last (self))
    add_order (self);
  iw_impact_rule_row_update (self);
  return GTK_WIDGET (self);
}
