#include "config.h"

#include "iw-sweep-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-apply.h"
#include "iw-form.h"
#include "iw-indicator-items.h"
#include "iw-sweep-item.h"
#include "iw-ui.h"

struct _IwSweepDialog
{
  AdwDialog parent_instance;

  GtkWidget *record;
  AdwEntryRow *where;
  AdwEntryRow *tool;
  AdwEntryRow *why;
  GtkSearchEntry *search;
  GtkLabel *summary;
  GtkListView *list;

  IwLiveIncident *live;
  GListStore *items; /* of IwSweepItem */
  GtkFilterListModel *shown;
  GtkCustomFilter *filter;
  char *needle; /* case-folded */
  IwForm *form; /* as it began */
  char *draft;  /* key */
  gboolean narrow;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (IwSweepDialog, iw_sweep_dialog, ADW_TYPE_DIALOG)

/* ---- the form ---- */

static char *
ids_with (IwSweepDialog *self, IwSweepOutcome outcome)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwSweepItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (iw_sweep_item_get_outcome (item) == outcome)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? "\n" : "",
                                iw_sweep_item_get_docid (item));
    }
  return g_strdup (ids->str);
}

static IwForm *
filled_form (IwSweepDialog *self)
{
  g_autofree char *found = ids_with (self, IW_SWEEP_FOUND);
  g_autofree char *clear = ids_with (self, IW_SWEEP_CLEAR);
  const char *values[][2] = {
    { "where", gtk_editable_get_text (GTK_EDITABLE (self->where)) },
    { "tool", gtk_editable_get_text (GTK_EDITABLE (self->tool)) },
    { "why", gtk_editable_get_text (GTK_EDITABLE (self->why)) },
    { "found", found },
    { "clear", clear },
  };
  IwForm *form = iw_form_ref (self->form);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      IwForm *next = iw_form_set (form, values[i][0], values[i][1]);

      iw_form_unref (form);
      form = next;
    }
  return form;
}

static guint
count (IwSweepDialog *self, IwSweepOutcome outcome)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items)), found = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwSweepItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      found += iw_sweep_item_get_outcome (item) == outcome;
    }
  return found;
}

static void
update (IwSweepDialog *self)
{
  g_autoptr (IwForm) form = filled_form (self);
  g_autoptr (GPtrArray) problems = iw_form_get_problems (form, g_get_real_time ());
  g_autofree char *draft = iw_form_is_changed (form) ? iw_form_to_draft (form) : NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint found = count (self, IW_SWEEP_FOUND), clear = count (self, IW_SWEEP_CLEAR);
  /* Translators: of the indicators in a sweep. */
  g_autofree char *words = g_strdup_printf (_ ("%'u found · %'u not found · %'u not searched for"),
                                            found, clear, n - found - clear);

  gtk_label_set_text (self->summary, words);
  gtk_widget_set_sensitive (self->record, problems->len == 0);
  iw_workspace_put_draft (iw_live_incident_get_workspace (self->live), self->draft, draft);
}

static void
on_changed (IwSweepDialog *self)
{
  if (!self->filling)
    update (self);
}

static void
on_record (IwSweepDialog *self)
{
  IwWorkspace *workspace = iw_live_incident_get_workspace (self->live);
  g_autoptr (IwForm) form = filled_form (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = iw_form_write (form, iw_context_system (), &error);

  if (documents == NULL)
    {
      gtk_label_set_text (self->summary, error->message);
      return;
    }
  iw_apply_documents (GTK_WIDGET (self), workspace, iw_form_get_action (form), documents, 1,
                      _ ("Sweep recorded"));
  iw_workspace_put_draft (workspace, self->draft, NULL);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_cancel (IwSweepDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* ---- rows ---- */

typedef struct
{
  GtkBox *box;
  GtkLabel *value;
  GtkToggleButton *found;
  GtkToggleButton *clear;
  IwSweepItem *item; /* NULL while it shows none; the list item has it */
  gboolean showing;
} Row;

static void
show_outcome (Row *row)
{
  IwSweepOutcome outcome = iw_sweep_item_get_outcome (row->item);

  row->showing = TRUE;
  gtk_toggle_button_set_active (row->found, outcome == IW_SWEEP_FOUND);
  gtk_toggle_button_set_active (row->clear, outcome == IW_SWEEP_CLEAR);
  row->showing = FALSE;
}

static void
on_toggled (GtkToggleButton *button, gpointer data)
{
  Row *row = data;
  IwSweepOutcome outcome = button == row->found ? IW_SWEEP_FOUND : IW_SWEEP_CLEAR;

  if (row->showing || row->item == NULL)
    return;
  iw_sweep_item_set_outcome (row->item,
                             gtk_toggle_button_get_active (button) ? outcome : IW_SWEEP_SKIPPED);
}

static GtkToggleButton *
new_toggle (Row *row, const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), row);
  return GTK_TOGGLE_BUTTON (button);
}

static void
set_orientation (IwSweepDialog *self, Row *row)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row->box), self->narrow
                                                                 ? GTK_ORIENTATION_VERTICAL
                                                                 : GTK_ORIENTATION_HORIZONTAL);
}

static void
on_setup (IwSweepDialog *self, GtkListItem *list_item)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *toggles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  row->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  row->value = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (row->value, 0);
  gtk_label_set_wrap (row->value, TRUE);
  gtk_label_set_wrap_mode (row->value, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (row->value), TRUE);
  row->found = new_toggle (row, C_ ("sweep", "Found"));
  row->clear = new_toggle (row, C_ ("sweep", "Not Found"));
  gtk_widget_add_css_class (toggles, "linked");
  gtk_widget_set_valign (toggles, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (toggles), GTK_WIDGET (row->found));
  gtk_box_append (GTK_BOX (toggles), GTK_WIDGET (row->clear));
  gtk_box_append (row->box, GTK_WIDGET (row->value));
  gtk_box_append (row->box, toggles);
  set_orientation (self, row);
  g_object_set_data_full (G_OBJECT (row->box), "row", row, g_free);
  gtk_list_item_set_child (list_item, GTK_WIDGET (row->box));
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
name_toggle (GtkToggleButton *toggle, const char *value)
{
  const char *label = gtk_button_get_label (GTK_BUTTON (toggle));
  /* Translators: an indicator, and whether it was found: "evil.example: Found". */
  g_autofree char *words = g_strdup_printf (_ ("%s: %s"), value, label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
on_bind (IwSweepDialog *self, GtkListItem *list_item)
{
  Row *row = g_object_get_data (G_OBJECT (gtk_list_item_get_child (list_item)), "row");

  row->item = gtk_list_item_get_item (list_item);
  gtk_label_set_text (row->value, iw_sweep_item_get_value (row->item));
  gtk_list_item_set_accessible_label (list_item, iw_sweep_item_get_value (row->item));
  name_toggle (row->found, iw_sweep_item_get_value (row->item));
  name_toggle (row->clear, iw_sweep_item_get_value (row->item));
  set_orientation (self, row);
  g_signal_connect_swapped (row->item, "changed", G_CALLBACK (show_outcome), row);
  show_outcome (row);
}

static void
on_unbind (IwSweepDialog *self, GtkListItem *list_item)
{
  Row *row = g_object_get_data (G_OBJECT (gtk_list_item_get_child (list_item)), "row");

  g_signal_handlers_disconnect_by_func (row->item, show_outcome, row);
  row->item = NULL;
}

static void
init_list (IwSweepDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
}

/* Rows are made again with the other orientation. */
static void
set_narrow (IwSweepDialog *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_list_view_set_factory (self->list, NULL);
  init_list (self);
}

static void
on_narrow (IwSweepDialog *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (IwSweepDialog *self)
{
  set_narrow (self, FALSE);
}

/* ---- many at once ---- */

static gboolean
is_shown (gpointer item, gpointer data)
{
  IwSweepDialog *self = data;
  g_autofree char *value = NULL;

  if (self->needle == NULL || *self->needle == '\0')
    return TRUE;
  value = g_utf8_casefold (iw_sweep_item_get_value (item), -1);
  return strstr (value, self->needle) != NULL;
}

static void
on_search_changed (IwSweepDialog *self)
{
  g_free (self->needle);
  self->needle = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static IwSweepOutcome
outcome_named (const char *name)
{
  if (g_str_equal (name, "found"))
    return IW_SWEEP_FOUND;
  return g_str_equal (name, "clear") ? IW_SWEEP_CLEAR : IW_SWEEP_SKIPPED;
}

/* All that the search shows. */
static void
set_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwSweepDialog *self = IW_SWEEP_DIALOG (widget);
  IwSweepOutcome outcome = outcome_named (g_variant_get_string (parameter, NULL));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  self->filling = TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwSweepItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      iw_sweep_item_set_outcome (item, outcome);
    }
  self->filling = FALSE;
  update (self);
}

/* ---- the object ---- */

static void
iw_sweep_dialog_dispose (GObject *object)
{
  IwSweepDialog *self = IW_SWEEP_DIALOG (object);

  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_SWEEP_DIALOG);
  g_clear_object (&self->shown);
  g_clear_object (&self->items);
  g_clear_object (&self->live);
  g_clear_pointer (&self->form, iw_form_unref);
  g_clear_pointer (&self->needle, g_free);
  g_clear_pointer (&self->draft, g_free);
  G_OBJECT_CLASS (iw_sweep_dialog_parent_class)->dispose (object);
}

static void
iw_sweep_dialog_class_init (IwSweepDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_sweep_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-sweep-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwSweepDialog, record);
  gtk_widget_class_bind_template_child (widget_class, IwSweepDialog, where);
  gtk_widget_class_bind_template_child (widget_class, IwSweepDialog, tool);
  gtk_widget_class_bind_template_child (widget_class, IwSweepDialog, why);
  gtk_widget_class_bind_template_child (widget_class, IwSweepDialog, search);
  gtk_widget_class_bind_template_child (widget_class, IwSweepDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, IwSweepDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_record);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_install_action (widget_class, "sweep.all", "s", set_all);
}

static void
iw_sweep_dialog_init (IwSweepDialog *self)
{
  self->items = g_list_store_new (IW_TYPE_SWEEP_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What was filled in before it was closed. */
static void
restore (IwSweepDialog *self)
{
  g_autofree char *draft =
      iw_workspace_get_draft (iw_live_incident_get_workspace (self->live), self->draft);
  g_autoptr (IwForm) form = iw_form_restore_draft (self->form, draft != NULL ? draft : "");
  g_auto (GStrv) found = g_strsplit (iw_form_get (form, "found"), "\n", -1);
  g_auto (GStrv) clear = g_strsplit (iw_form_get (form, "clear"), "\n", -1);
  g_autoptr (GHashTable) outcomes = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; clear[i] != NULL; i++)
    g_hash_table_insert (outcomes, clear[i], GINT_TO_POINTER (IW_SWEEP_CLEAR));
  for (guint i = 0; found[i] != NULL; i++)
    g_hash_table_insert (outcomes, found[i], GINT_TO_POINTER (IW_SWEEP_FOUND));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwSweepItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      iw_sweep_item_set_outcome (
          item, GPOINTER_TO_INT (g_hash_table_lookup (outcomes, iw_sweep_item_get_docid (item))));
    }
  gtk_editable_set_text (GTK_EDITABLE (self->where), iw_form_get (form, "where"));
  gtk_editable_set_text (GTK_EDITABLE (self->tool), iw_form_get (form, "tool"));
  gtk_editable_set_text (GTK_EDITABLE (self->why), iw_form_get (form, "why"));
}

static void
load (IwSweepDialog *self, IwSituation *situation)
{
  g_autoptr (IwIndicators) indicators = iw_indicators_new (situation);
  GPtrArray *rows = iw_indicators_get_rows (indicators);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkNoSelection *selection;

  for (guint i = 0; i < rows->len; i++)
    {
      IwSweepItem *item = iw_sweep_item_new (iw_document_get_id (rows->pdata[i]),
                                             iw_document_get_text (rows->pdata[i], "value"));

      g_signal_connect_object (item, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                           GTK_FILTER (self->filter));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

AdwDialog *
iw_sweep_dialog_new (IwLiveIncident *live)
{
  IwSweepDialog *self = g_object_new (IW_TYPE_SWEEP_DIALOG, NULL);
  IwSituation *situation = iw_live_incident_get_situation (live);
  g_autofree char *author = iw_ui_author ();

  g_return_val_if_fail (situation != NULL, NULL);
  self->live = g_object_ref (live);
  self->draft = g_strdup_printf ("sweep:%s", iw_live_incident_get_incident (live));
  self->form = iw_form_new (iw_form_kind_find ("sweep"), situation, NULL, author);
  self->filling = TRUE;
  init_list (self);
  load (self, situation);
  restore (self);
  self->filling = FALSE;
  update (self);
  iw_ui_focus_in_dialog (ADW_DIALOG (self), GTK_WIDGET (self->where));
  return ADW_DIALOG (self);
}
