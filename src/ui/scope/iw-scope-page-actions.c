/* What can be done on the scope page: to a row, or by adding. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-customers-dialog.h"
#include "iw-form-dialog.h"
#include "iw-paste-dialog.h"
#include "iw-scope-items.h"
#include "iw-scope-page-private.h"
#include "iw-subject-remove.h"
#include "iw-sweep-dialog.h"
#include "iw-ui.h"

static void
copy_text (GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  iw_ui_toast (widget, _ ("Copied"));
}

/* ---- rows ---- */

static void
set_state (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwScopePage *self = IW_SCOPE_PAGE (widget);
  const char *docid, *state;
  const char *values[] = { "to", NULL, NULL };

  g_variant_get (parameter, "(&s&s)", &docid, &state);
  values[1] = state;
  iw_form_dialog_present (widget, iw_live_incident_get_workspace (self->live),
                          iw_live_incident_get_incident (self->live), "scope-state", docid, values);
}

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_form_dialog_present_edit (widget,
                               iw_live_incident_get_workspace (IW_SCOPE_PAGE (widget)->live),
                               g_variant_get_string (parameter, NULL));
}

static void
remove_row (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwScopePage *self = IW_SCOPE_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  IwDocument *document = situation != NULL
                             ? iw_situation_find (situation, g_variant_get_string (parameter, NULL))
                             : NULL;

  if (document != NULL)
    iw_subject_remove (widget, iw_live_incident_get_workspace (self->live), document);
}

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  copy_text (widget, g_variant_get_string (parameter, NULL));
}

static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_edit_remove (GMenu *menu, const char *docid)
{
  g_autoptr (GMenu) section = g_menu_new ();

  append (section, _ ("_Edit…"), "scope.edit", g_variant_new_string (docid));
  append (section, _ ("_Remove"), "scope.remove", g_variant_new_string (docid));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static const IwScopeItem *
find_item (IwScopePage *self, const char *docid)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  GPtrArray *items = situation != NULL ? iw_situation_get_scope (situation) : NULL;

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (g_str_equal (((IwScopeItem *)items->pdata[i])->docid, docid))
      return items->pdata[i];
  return NULL;
}

GMenuModel *
iw_scope_page_make_scope_menu (IwItem *row, gpointer data)
{
  static const struct
  {
    IwScopeState state;
    const char *label;
  } states[] = {
    { IW_SCOPE_CONFIRMED, N_ ("_Confirm…") },
    { IW_SCOPE_SUSPECTED, N_ ("_Suspect…") },
    { IW_SCOPE_RULED_OUT, N_ ("Rule _Out…") },
  };
  const char *docid = iw_item_get_id (row);
  const IwScopeItem *item = find_item (data, docid);
  g_autoptr (GMenu) section = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (item == NULL || item->state != states[i].state)
      append (section, _ (states[i].label), "scope.state",
              g_variant_new ("(ss)", docid, iw_scope_state_to_string (states[i].state)));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  if (item != NULL && item->mail != NULL && *item->mail != '\0')
    {
      g_autoptr (GMenu) contact = g_menu_new ();

      append (contact, _ ("Copy _Mail Address"), "scope.copy", g_variant_new_string (item->mail));
      g_menu_append_section (menu, NULL, G_MENU_MODEL (contact));
    }
  append_edit_remove (menu, docid);
  return G_MENU_MODEL (menu);
}

GMenuModel *
iw_scope_page_make_indicator_menu (IwItem *row, gpointer data)
{
  IwScopePage *self = data;
  const char *docid = iw_item_get_id (row);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  IwDocument *document = situation != NULL ? iw_situation_find (situation, docid) : NULL;
  g_autoptr (GMenu) section = g_menu_new ();
  GMenu *menu = g_menu_new ();

  if (document != NULL)
    {
      const char *value = iw_document_get_text (document, "value");
      g_autofree char *harmless = iw_indicator_defang (iw_indicator_type_of (document), value);

      append (section, _ ("Copy _Defanged"), "scope.copy", g_variant_new_string (harmless));
      append (section, _ ("_Copy"), "scope.copy", g_variant_new_string (value));
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  append_edit_remove (menu, docid);
  return G_MENU_MODEL (menu);
}

GMenuModel *
iw_scope_page_make_asset_menu (IwItem *row, gpointer data)
{
  GMenu *menu = g_menu_new ();

  append_edit_remove (menu, iw_item_get_id (row));
  return G_MENU_MODEL (menu);
}

/* ---- adding ---- */

/* A kind of scope, or a form. */
static void
add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwScopePage *self = IW_SCOPE_PAGE (widget);
  const char *what = g_variant_get_string (parameter, NULL);
  const char *values[] = { "scope_kind", what, NULL };
  IwScopeKind kind;
  gboolean scope = iw_scope_kind_from_string (what, &kind);

  iw_form_dialog_present (widget, iw_live_incident_get_workspace (self->live),
                          iw_live_incident_get_incident (self->live), scope ? "scope-item" : what,
                          NULL, scope ? values : NULL);
}

static void
paste_customers (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (iw_paste_dialog_new (IW_SCOPE_PAGE (widget)->live, IW_PASTE_CUSTOMERS),
                      widget);
}

static void
import_customers (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_customers_dialog_choose (widget, IW_SCOPE_PAGE (widget)->live);
}

static void
paste_indicators (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (iw_paste_dialog_new (IW_SCOPE_PAGE (widget)->live, IW_PASTE_INDICATORS),
                      widget);
}

static void
sweep (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (iw_sweep_dialog_new (IW_SCOPE_PAGE (widget)->live), widget);
}

static void
copy_indicators (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwScopePage *self = IW_SCOPE_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  g_autoptr (IwIndicators) indicators = situation != NULL ? iw_indicators_new (situation) : NULL;
  g_autofree char *text = NULL;

  if (indicators == NULL)
    return;
  text = iw_indicators_to_text (indicators,
                                g_str_equal (g_variant_get_string (parameter, NULL), "true"));
  copy_text (widget, text);
}

static void
show_unreachable (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_item_list_set_choice (IW_SCOPE_PAGE (widget)->scope, IW_SCOPE_SHOW_NO_CONTACT);
}

void
iw_scope_page_class_init_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "scope.state", "(ss)", set_state);
  gtk_widget_class_install_action (widget_class, "scope.edit", "s", edit);
  gtk_widget_class_install_action (widget_class, "scope.remove", "s", remove_row);
  gtk_widget_class_install_action (widget_class, "scope.copy", "s", copy);
  gtk_widget_class_install_action (widget_class, "scope.add", "s", add);
  gtk_widget_class_install_action (widget_class, "scope.paste-customers", NULL, paste_customers);
  gtk_widget_class_install_action (widget_class, "scope.import-customers", NULL, import_customers);
  gtk_widget_class_install_action (widget_class, "scope.paste-indicators", NULL, paste_indicators);
  gtk_widget_class_install_action (widget_class, "scope.sweep", NULL, sweep);
  gtk_widget_class_install_action (widget_class, "scope.copy-indicators", "s", copy_indicators);
  gtk_widget_class_install_action (widget_class, "scope.show-unreachable", NULL, show_unreachable);
}

void
iw_scope_page_update_actions (IwScopePage *self)
{
  static const char *const writing[] = { "scope.state",           "scope.edit",
                                         "scope.remove",          "scope.add",
                                         "scope.paste-customers", "scope.import-customers",
                                         "scope.paste-indicators" };
  GtkWidget *widget = GTK_WIDGET (self);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  gboolean writable = situation != NULL &&
                      !iw_workspace_get_read_only (iw_live_incident_get_workspace (self->live));
  gboolean any = iw_item_model_get_n_rows (iw_item_list_get_model (self->indicators)) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (widget, writing[i], writable);
  gtk_widget_action_set_enabled (widget, "scope.sweep", writable && any);
  gtk_widget_action_set_enabled (widget, "scope.copy-indicators", any);
}
