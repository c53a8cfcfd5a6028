#include "config.h"

#include "iw-impact-rules-page.h"

#include <glib/gi18n-lib.h>

#include "iw-impact-rule-row.h"
#include "iw-ui.h"

struct _IwImpactRulesPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *list;
  AdwPreferencesGroup *more;
  GPtrArray *rows; /* (element-type IwImpactRuleRow), borrowed */

  IwWorkspace *workspace;
  JsonObject *body; /* the document; NULL where the built-in rules hold */
  char *rev;        /* its revision, that the rules go on from */
  gboolean saving;
  gboolean again; /* they were changed meanwhile */
  GPtrArray *rules;
  AdwToast *toast; /* weak */
};

G_DEFINE_FINAL_TYPE (IwImpactRulesPage, iw_impact_rules_page, ADW_TYPE_PREFERENCES_PAGE)

static void show_rules (IwImpactRulesPage *self, int expanded);

/* ---- messages ---- */

static void
add_toast (IwImpactRulesPage *self, AdwToast *toast)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

static void
show_error (IwImpactRulesPage *self, const GError *error)
{
  g_autofree char *words = iw_ui_describe_error (error);

  add_toast (self, iw_ui_toast_new (words));
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImpactRulesPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!iw_workspace_undo_finish (IW_WORKSPACE (source), result, NULL, &error))
    show_error (self, error);
}

static void
on_undo (IwImpactRulesPage *self)
{
  iw_workspace_undo_async (self->workspace, on_undone, g_object_ref (self));
}

/* ---- keeping ---- */

static void load (IwImpactRulesPage *self);
static void refresh (IwImpactRulesPage *self);
static void keep (IwImpactRulesPage *self);

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImpactRulesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = iw_workspace_apply_finish_rev (IW_WORKSPACE (source), result, &error);
  gboolean again = self->again;
  AdwToast *toast;

  self->saving = self->again = FALSE;
  if (self->workspace == NULL)
    return;
  if (error != NULL)
    {
      show_error (self, error);
      load (self);
      show_rules (self, -1);
      return;
    }
  if (again)
    {
      g_set_str (&self->rev, rev);
      keep (self);
      return;
    }
  refresh (self);
  toast = adw_toast_new (_ ("Impact rules changed"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, G_CONNECT_SWAPPED);
  add_toast (self, toast);
}

/* One at a time: what follows goes on from what was written. */
static void
keep (IwImpactRulesPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  IwChange change = { IW_MATRIX_DOCID, NULL, self->rev };

  if (!iw_impact_rules_check (self->rules, &error))
    {
      show_error (self, error);
      return;
    }
  if (self->saving)
    {
      self->again = TRUE;
      return;
    }
  self->saving = TRUE;
  body = iw_impact_rules_to_json (self->rules, self->body);
  change.body = body;
  iw_workspace_apply_async (self->workspace, N_ ("Edit Impact Rules"), &change, 1, 1, on_saved,
                            g_object_ref (self));
}

/* Without a document the built-in ones hold. */
static void
restore (IwImpactRulesPage *self)
{
  IwChange change = { IW_MATRIX_DOCID, NULL, self->rev };

  if (self->body != NULL)
    iw_workspace_apply_async (self->workspace, N_ ("Restore Impact Rules"), &change, 1, 1, on_saved,
                              g_object_ref (self));
}

/* ---- the rows ---- */

static void
on_edited (IwImpactRulesPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    iw_impact_rule_row_update (self->rows->pdata[i]);
  keep (self);
}

static int
position_of (IwImpactRulesPage *self, IwImpactRuleRow *row)
{
  guint position;

  return g_ptr_array_find (self->rows, row, &position) ? (int)position : -1;
}

static void
on_moved (IwImpactRulesPage *self, int step, IwImpactRuleRow *row)
{
  int position = position_of (self, row);

  if (!iw_impact_rules_move (self->rules, (guint)position, step))
    return;
  show_rules (self, position + step);
  iw_impact_rule_row_focus_move (self->rows->pdata[position + step], step);
  keep (self);
}

static void
on_removed (IwImpactRulesPage *self, IwImpactRuleRow *row)
{
  int position = position_of (self, row);

  if (!iw_impact_rules_remove (self->rules, (guint)position))
    return;
  show_rules (self, -1);
  gtk_widget_child_focus (self->rows->pdata[position], GTK_DIR_TAB_FORWARD);
  keep (self);
}

static void
on_add (IwImpactRulesPage *self)
{
  guint position = iw_impact_rules_add (self->rules);

  show_rules (self, (int)position);
  gtk_widget_child_focus (self->rows->pdata[position], GTK_DIR_TAB_FORWARD);
  keep (self);
}

/* @expanded: the one that stands open; -1: none */
static void
show_rules (IwImpactRulesPage *self, int expanded)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->list, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->rules->len; i++)
    {
      GtkWidget *row = iw_impact_rule_row_new (self->rules, i);

      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), (int)i == expanded);
      g_signal_connect_object (row, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "removed", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->list, row);
      g_ptr_array_add (self->rows, row);
    }
}

/* ---- reading ---- */

static void
load (IwImpactRulesPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwMatrix) matrix = NULL;

  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->rev, g_free);
  self->body =
      iw_store_get (iw_workspace_get_store (self->workspace), IW_MATRIX_DOCID, &self->rev, NULL);
  if (self->body != NULL)
    matrix = iw_matrix_new_from_json (self->body, &error);
  if (error != NULL)
    g_warning ("The impact rules could not be read: %s", error->message);
  if (matrix == NULL)
    matrix = iw_matrix_new_default ();
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  self->rules = iw_impact_rules_new (matrix);
}

/* What was changed here is shown already, and the keyboard is in it. */
static void
refresh (IwImpactRulesPage *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_ref (self->rules);

  load (self);
  if (iw_impact_rules_equal (shown, self->rules))
    {
      g_ptr_array_unref (self->rules);
      self->rules = g_steal_pointer (&shown);
    }
  else
    show_rules (self, -1);
}

static void
on_changed (IwImpactRulesPage *self, char **docids)
{
  if (g_strv_contains ((const char *const *)docids, IW_MATRIX_DOCID) && !self->saving)
    refresh (self);
}

/* ---- the object ---- */

static void
iw_impact_rules_page_dispose (GObject *object)
{
  IwImpactRulesPage *self = IW_IMPACT_RULES_PAGE (object);

  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->rev, g_free);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_impact_rules_page_parent_class)->dispose (object);
}

static void
iw_impact_rules_page_class_init (IwImpactRulesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_impact_rules_page_dispose;
}

static GtkWidget *
add_button (IwImpactRulesPage *self, const char *title, const char *icon, GCallback activated)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (row), icon);
  g_signal_connect_object (row, "activated", activated, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->more, row);
  return row;
}

static AdwPreferencesGroup *
add_group (IwImpactRulesPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
iw_impact_rules_page_init (IwImpactRulesPage *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);

  self->rows = g_ptr_array_new ();
  adw_preferences_page_set_title (page, _ ("Impact Rules"));
  adw_preferences_page_set_icon_name (page, "iw-severity-high-symbolic");
  adw_preferences_page_set_description (
      page, _ ("The first rule that fits an incident’s impact proposes its severity and priority. "
               "Risk to "
               "customer data makes it at least High and P1, whatever the rules say."));
  self->list = add_group (self);
  self->more = add_group (self);
  add_button (self, _ ("_Add Rule"), "list-add-symbolic", G_CALLBACK (on_add));
  add_button (self, _ ("_Restore Built-in Rules"), "edit-undo-symbolic", G_CALLBACK (restore));
}

AdwPreferencesPage *
iw_impact_rules_page_new (IwWorkspace *workspace)
{
  IwImpactRulesPage *self = g_object_new (IW_TYPE_IMPACT_RULES_PAGE, NULL);
  gboolean writable = !iw_workspace_get_read_only (workspace);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  load (self);
  show_rules (self, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->more), writable);
  return ADW_PREFERENCES_PAGE (self);
}
