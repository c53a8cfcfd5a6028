#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-scope-items.h"
#include "iw-scope-page-private.h"
#include "iw-subject-page.h"
#include "iw-ui.h"

G_DEFINE_FINAL_TYPE (IwScopePage, iw_scope_page, ADW_TYPE_BIN)

/* ---- going somewhere ---- */

static const char *
page_of (IwSituation *situation, const char *docid)
{
  IwDocument *document = iw_situation_find (situation, docid);
  const char *type = document != NULL ? iw_document_get_type_name (document) : "";

  if (g_str_equal (type, "scope"))
    return "scope";
  if (g_str_equal (type, "indicator"))
    return "indicators";
  return g_str_equal (type, "asset") ? "assets" : NULL;
}

static void
open_subject (IwScopePage *self, const char *docid)
{
  AdwNavigationPage *shown = adw_navigation_view_get_visible_page (self->navigation);

  if (IW_IS_SUBJECT_PAGE (shown) &&
      g_str_equal (iw_subject_page_get_docid (IW_SUBJECT_PAGE (shown)), docid))
    return;
  adw_navigation_view_push (self->navigation, iw_subject_page_new (self->live, docid));
}

void
iw_scope_page_goto (IwScopePage *self, const char *place)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  const char *page;

  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    adw_navigation_view_pop_to_tag (self->navigation, "root");
  if (adw_view_stack_get_child_by_name (self->stack, place) != NULL)
    {
      adw_view_stack_set_visible_child_name (self->stack, place);
      return;
    }
  if (situation == NULL)
    {
      g_set_str (&self->wanted, place);
      return;
    }
  page = page_of (situation, place);
  if (page == NULL)
    return;
  adw_view_stack_set_visible_child_name (self->stack, page);
  open_subject (self, place);
}

static void
on_activated (IwScopePage *self, const char *docid)
{
  open_subject (self, docid);
}

/* ---- what is shown ---- */

static void
update_scope (IwScopePage *self, IwSituation *situation)
{
  guint n = iw_scope_n_unreachable (situation);
  g_autofree char *summary = iw_scope_summary (situation);
  g_autofree char *words = g_strdup_printf (
      ngettext ("%'u customer cannot be reached", "%'u customers cannot be reached", n), n);

  iw_item_model_set_rows (iw_item_list_get_model (self->scope), iw_situation_get_scope (situation),
                          iw_situation_ref (situation), (GDestroyNotify)iw_situation_unref);
  gtk_label_set_text (self->scope_summary, summary);
  gtk_label_set_text (self->unreachable_text, words);
  gtk_widget_set_visible (self->unreachable, n > 0);
}

static void
update_indicators (IwScopePage *self, IwSituation *situation)
{
  IwIndicators *indicators = iw_indicators_new (situation);
  g_autofree char *summary = iw_indicators_summary (indicators);

  gtk_label_set_text (self->indicators_summary, summary);
  iw_item_model_set_rows (iw_item_list_get_model (self->indicators),
                          iw_indicators_get_rows (indicators), indicators,
                          (GDestroyNotify)iw_indicators_free);
}

static void
update (IwScopePage *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  g_autoptr (GPtrArray) assets = NULL;

  if (situation == NULL)
    return;
  assets = iw_asset_rows (situation);
  update_scope (self, situation);
  update_indicators (self, situation);
  iw_item_model_set_rows (iw_item_list_get_model (self->assets), assets,
                          iw_situation_ref (situation), (GDestroyNotify)iw_situation_unref);
  iw_scope_page_update_actions (self);
  if (self->wanted != NULL)
    {
      g_autofree char *place = g_steal_pointer (&self->wanted);

      iw_scope_page_goto (self, place);
    }
}

static void
on_page_shown (IwScopePage *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);
  GMenuModel *menu = self->scope_menu;

  if (g_strcmp0 (name, "indicators") == 0)
    menu = self->indicators_menu;
  else if (g_strcmp0 (name, "assets") == 0)
    menu = self->assets_menu;
  gtk_menu_button_set_menu_model (self->add, menu);
}

static void
set_narrow (IwScopePage *self, gboolean narrow)
{
  iw_item_list_set_narrow (self->scope, narrow);
  iw_item_list_set_narrow (self->indicators, narrow);
  iw_item_list_set_narrow (self->assets, narrow);
}

static void
on_narrow (IwScopePage *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (IwScopePage *self)
{
  set_narrow (self, FALSE);
}

/* ---- the lists ---- */

static GtkWidget *
new_button (const char *label, const char *action, GVariant *target, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static GtkWidget *
new_status (const char *icon,
            const char *title,
            const char *description,
            GtkWidget *first,
            GtkWidget *second)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), first);
  if (second != NULL)
    gtk_box_append (GTK_BOX (box), second);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return page;
}

static GtkLabel *
new_summary (IwItemList *list)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "numeric");
  iw_item_list_set_summary (list, label);
  return GTK_LABEL (label);
}

/* Customers without a contact are told where nobody looks for them. */
static void
add_unreachable (IwScopePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("S_how"));

  self->unreachable = box;
  self->unreachable_text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->unreachable_text, TRUE);
  gtk_label_set_xalign (self->unreachable_text, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show customers that cannot be reached"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "scope.show-unreachable");
  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->unreachable_text));
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_visible (box, FALSE);
  iw_item_list_set_summary (self->scope, box);
}

static void
add_list (IwScopePage *self, IwItemList *list, const char *name, const char *title)
{
  adw_view_stack_add_titled (self->stack, GTK_WIDGET (list), name, title);
  g_signal_connect_object (list, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
}

static void
init_lists (IwScopePage *self)
{
  g_auto (GStrv) scope_choices = iw_scope_dup_choices ();
  g_auto (GStrv) indicator_choices = iw_indicators_dup_choices ();

  self->scope = IW_ITEM_LIST (iw_item_list_new (
      &iw_scope_source, _ ("Scope"), iw_scope_page_make_scope_menu, iw_scope_heading, self));
  self->indicators = IW_ITEM_LIST (iw_item_list_new (&iw_indicator_source, _ ("Indicators"),
                                                     iw_scope_page_make_indicator_menu,
                                                     iw_indicator_heading, self));
  self->assets = IW_ITEM_LIST (
      iw_item_list_new (&iw_asset_source, _ ("Assets"), iw_scope_page_make_asset_menu, NULL, self));
  iw_item_list_set_choices (self->scope, _ ("State"), (const char *const *)scope_choices);
  iw_item_list_set_choices (self->indicators, _ ("Result of Sweeps"),
                            (const char *const *)indicator_choices);
  iw_item_list_set_empty (
      self->scope,
      new_status (
          "find-location-symbolic", _ ("Nothing in Scope Yet"),
          _ ("Say which customers, services, systems and kinds of data are affected, or ruled "
             "out."),
          new_button (_ ("Add _Customer…"), "scope.add", g_variant_new_string ("customer"), TRUE),
          new_button (_ ("_Import Customers…"), "scope.import-customers", NULL, FALSE)));
  iw_item_list_set_empty (
      self->indicators,
      new_status ("edit-find-symbolic", _ ("No Indicators Yet"),
                  _ ("Addresses, domains, hashes, files and accounts that tell the attacker, to "
                     "search for everywhere."),
                  new_button (_ ("_Paste Indicators…"), "scope.paste-indicators", NULL, TRUE),
                  NULL));
  iw_item_list_set_empty (
      self->assets,
      new_status ("network-server-symbolic", _ ("No Assets Yet"),
                  _ ("Machines, applications and accounts that the incident touches."),
                  new_button (_ ("Add _Asset…"), "scope.add", g_variant_new_string ("asset"), TRUE),
                  NULL));
  self->scope_summary = new_summary (self->scope);
  add_unreachable (self);
  self->indicators_summary = new_summary (self->indicators);
  add_list (self, self->scope, "scope", _ ("Scope"));
  add_list (self, self->indicators, "indicators", _ ("Indicators"));
  add_list (self, self->assets, "assets", _ ("Assets"));
}

/* ---- the object ---- */

static void
iw_scope_page_dispose (GObject *object)
{
  IwScopePage *self = IW_SCOPE_PAGE (object);

  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_SCOPE_PAGE);
  g_clear_object (&self->live);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (iw_scope_page_parent_class)->dispose (object);
}

static void
iw_scope_page_class_init (IwScopePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_scope_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-scope-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwScopePage, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwScopePage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwScopePage, switcher);
  gtk_widget_class_bind_template_child (widget_class, IwScopePage, add);
  gtk_widget_class_bind_template_child (widget_class, IwScopePage, scope_menu);
  gtk_widget_class_bind_template_child (widget_class, IwScopePage, indicators_menu);
  gtk_widget_class_bind_template_child (widget_class, IwScopePage, assets_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_page_shown);
  iw_scope_page_class_init_actions (widget_class);
}

static void
iw_scope_page_init (IwScopePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  init_lists (self);
  on_page_shown (self);
}

GtkWidget *
iw_scope_page_new (IwLiveIncident *live)
{
  IwScopePage *self = g_object_new (IW_TYPE_SCOPE_PAGE, NULL);

  self->live = g_object_ref (live);
  g_signal_connect_object (live, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  iw_scope_page_update_actions (self);
  update (self);
  return GTK_WIDGET (self);
}
