#include "config.h"

#include "iw-scope-choice.h"

#include <glib/gi18n-lib.h>

struct _IwScopeChoice
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *state;
  AdwEntryRow *why;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* In the order of the choices. */
static const IwScopeState states[] = { IW_SCOPE_UNSET, IW_SCOPE_SUSPECTED, IW_SCOPE_CONFIRMED };

G_DEFINE_FINAL_TYPE (IwScopeChoice, iw_scope_choice, ADW_TYPE_PREFERENCES_GROUP)

static void
on_changed (IwScopeChoice *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->why),
                          iw_scope_choice_get_state (self) != IW_SCOPE_UNSET);
  if (iw_scope_choice_is_complete (self))
    gtk_widget_remove_css_class (GTK_WIDGET (self->why), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->why), "error");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
iw_scope_choice_class_init (IwScopeChoiceClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", IW_TYPE_SCOPE_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
iw_scope_choice_init (IwScopeChoice *self)
{
  const char *choices[] = { _ ("Decide Later"), iw_scope_state_label (IW_SCOPE_SUSPECTED),
                            iw_scope_state_label (IW_SCOPE_CONFIRMED), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (choices);

  self->state = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), _ ("Affected"));
  adw_combo_row_set_model (self->state, G_LIST_MODEL (model));
  self->why = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->why),
                                 _ ("What Shows It, for All of Them (Required)"));
  gtk_widget_set_visible (GTK_WIDGET (self->why), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->state));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->why));
  g_signal_connect_object (self->state, "notify::selected", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->why, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
iw_scope_choice_new (void)
{
  return g_object_new (IW_TYPE_SCOPE_CHOICE, NULL);
}

IwScopeState
iw_scope_choice_get_state (IwScopeChoice *self)
{
  guint selected = adw_combo_row_get_selected (self->state);

  return selected < G_N_ELEMENTS (states) ? states[selected] : IW_SCOPE_UNSET;
}

const char *
iw_scope_choice_get_why (IwScopeChoice *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->why));
}

gboolean
iw_scope_choice_is_complete (IwScopeChoice *self)
{
  g_autofree char *why = g_strstrip (g_strdup (iw_scope_choice_get_why (self)));

  return iw_scope_choice_get_state (self) == IW_SCOPE_UNSET || *why != '\0';
}
