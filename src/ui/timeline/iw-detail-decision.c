/* What the detail pane says of a decision: its fields, and what can follow it. */
#include "config.h"

#include "iw-detail-pane-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-words.h"

static GtkWidget *
make_button (const char *label, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_problem (const char *problem)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("action-unavailable-symbolic");
  /* Translators: %s is a sentence that says why a decision does not count. */
  g_autofree char *words = g_strdup_printf (_ ("Not in force: %s"), problem);
  GtkWidget *label = iw_detail_make_text (words);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "warning");
  return box;
}

GtkWidget *
iw_detail_make_decision_head (IwDetailPane *self, IwEntry *entry, const char *problem)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = adw_wrap_box_new ();
  const IwFormKind *kind = iw_form_kind_of_entry (entry);
  const char *id = iw_entry_get_id (entry);

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 6);
  if (problem != NULL)
    gtk_box_append (GTK_BOX (box), make_problem (problem));
  if (problem == NULL && id != NULL)
    adw_wrap_box_append (
        ADW_WRAP_BOX (buttons),
        make_button (_ ("_Withdraw…"), "incident.form", g_variant_new ("(ss)", "withdrawal", id)));
  if (id != NULL && kind != NULL && kind->fields != NULL &&
      iw_entry_get_kind (entry) != IW_ENTRY_RELEASE &&
      iw_entry_get_kind (entry) != IW_ENTRY_WITHDRAWAL)
    adw_wrap_box_append (
        ADW_WRAP_BOX (buttons),
        make_button (_ ("_Decide Again…"), "incident.again", g_variant_new_string (id)));
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

/* Cited entries and files stand below, as links. */
void
iw_detail_add_decision (IwDetailPane *self, GtkListBox *facts, IwEntry *entry)
{
  const IwFormKind *kind = iw_form_kind_of_entry (entry);

  if (kind == NULL)
    iw_detail_add_fact (facts, _ ("Reason"), iw_entry_get_field (entry, "why"));
  for (guint i = 0; kind != NULL && i < kind->n_fields; i++)
    {
      const IwFormField *field = &kind->fields[i];
      g_autofree char *value = NULL;

      /* What a withdrawal is of is said with its subject. */
      if (field->input == IW_INPUT_LINKS || strcmp (field->name, "of") == 0)
        continue;
      value = iw_words_value (entry, field, iw_time_display_get_zone (self->display),
                              iw_detail_name, self);
      iw_detail_add_fact (facts, iw_form_field_label (field), value);
    }
}
