#include "config.h"

#include "iw-directory-page.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-contact-page.h"
#include "iw-directory-items.h"
#include "iw-directory.h"
#include "iw-form-dialog.h"
#include "iw-item-list.h"
#include "iw-starter-teams.h"
#include "iw-subject-remove.h"
#include "iw-ui.h"
#include "iw-workspace-banner.h"

struct _IwDirectoryPage
{
  AdwNavigationPage parent_instance;

  IwWorkspaceBanner *banner;
  AdwViewStack *stack;
  IwItemList *teams;
  IwItemList *people;

  IwDirectory *directory;
};

G_DEFINE_FINAL_TYPE (IwDirectoryPage, iw_directory_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- what is shown ---- */

static void
show_rows (IwDirectoryPage *self, IwItemList *list, const char *type)
{
  IwSituation *situation = iw_directory_get_situation (self->directory);
  g_autoptr (GPtrArray) rows = iw_directory_rows (situation, type);

  iw_item_model_set_rows (
      iw_item_list_get_model (list), rows,
      iw_directory_data_new (situation, iw_directory_get_zone (self->directory)),
      (GDestroyNotify)iw_directory_data_free);
}

static void
update_actions (IwDirectoryPage *self)
{
  static const char *const actions[] = { "directory.new", "directory.add-starter-teams",
                                         "directory.edit", "directory.remove" };
  gboolean writable = iw_directory_get_situation (self->directory) != NULL &&
                      !iw_workspace_get_read_only (iw_directory_get_workspace (self->directory));

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], writable);
}

static void
update (IwDirectoryPage *self)
{
  update_actions (self);
  if (iw_directory_get_situation (self->directory) == NULL)
    return;
  show_rows (self, self->teams, "team");
  show_rows (self, self->people, "person");
}

/* The present has moved: who is on call may be another. */
static void
on_tick (IwDirectoryPage *self)
{
  iw_item_model_refresh (iw_item_list_get_model (self->teams));
}

static void
on_activated (IwDirectoryPage *self, const char *docid)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view),
                              iw_contact_page_new (self->directory, docid));
}

static void
on_narrow (IwDirectoryPage *self)
{
  iw_item_list_set_narrow (self->teams, TRUE);
  iw_item_list_set_narrow (self->people, TRUE);
}

static void
on_wide (IwDirectoryPage *self)
{
  iw_item_list_set_narrow (self->teams, FALSE);
  iw_item_list_set_narrow (self->people, FALSE);
}

/* ---- actions ---- */

static void
new_contact (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwDirectoryPage *self = IW_DIRECTORY_PAGE (widget);
  const char *kind = g_variant_get_string (parameter, NULL);

  adw_view_stack_set_visible_child_name (self->stack,
                                         g_str_equal (kind, "team") ? "teams" : "people");
  iw_form_dialog_present (widget, iw_directory_get_workspace (self->directory), NULL, kind, NULL,
                          NULL);
}

static char **
known_names (IwSituation *situation)
{
  g_autoptr (GPtrArray) teams = iw_situation_get_documents (situation, "team");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < teams->len; i++)
    g_strv_builder_add (names, iw_document_get_text (teams->pdata[i], "name"));
  return g_strv_builder_end (names);
}

static void
add_starter_teams (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwDirectoryPage *self = IW_DIRECTORY_PAGE (widget);
  g_auto (GStrv) known = known_names (iw_directory_get_situation (self->directory));
  g_autoptr (GPtrArray) teams = iw_starter_teams (iw_context_system (), (const char *const *)known);
  g_autofree char *done = NULL;

  if (teams->len == 0)
    {
      iw_ui_toast (widget, _ ("All starter teams are there already"));
      return;
    }
  adw_view_stack_set_visible_child_name (self->stack, "teams");
  done = g_strdup_printf (ngettext ("%u team added", "%u teams added", teams->len), teams->len);
  iw_apply_documents (widget, iw_directory_get_workspace (self->directory),
                      N_ ("Add Starter Teams"), teams, teams->len, done);
}

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_form_dialog_present_edit (widget,
                               iw_directory_get_workspace (IW_DIRECTORY_PAGE (widget)->directory),
                               g_variant_get_string (parameter, NULL));
}

static void
remove_row (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwDirectoryPage *self = IW_DIRECTORY_PAGE (widget);
  IwSituation *situation = iw_directory_get_situation (self->directory);
  IwDocument *document = iw_situation_find (situation, g_variant_get_string (parameter, NULL));

  if (document != NULL)
    iw_subject_remove (widget, iw_directory_get_workspace (self->directory), document);
}

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  iw_ui_toast (widget, _ ("Copied"));
}

static void
append (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, g_variant_new_string (target));
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (IwItem *item, gpointer data)
{
  IwDirectoryPage *self = data;
  IwSituation *situation = iw_directory_get_situation (self->directory);
  const char *docid = iw_item_get_id (item);
  IwDocument *document = iw_situation_find (situation, docid);
  g_autoptr (GMenu) contact = g_menu_new ();
  g_autoptr (GMenu) change = g_menu_new ();
  GMenu *menu = g_menu_new ();
  const struct
  {
    const char *member;
    const char *label;
  } copies[] = {
    { "mail", _ ("Copy _Mail Address") },
    { "phone", _ ("Copy _Phone Number") },
    { "chat", _ ("Copy C_hat") },
  };

  for (guint i = 0; document != NULL && i < G_N_ELEMENTS (copies); i++)
    {
      const char *text = iw_document_get_text (document, copies[i].member);

      if (*text != '\0')
        append (contact, copies[i].label, "directory.copy", text);
    }
  append (change, _ ("_Edit…"), "directory.edit", docid);
  append (change, _ ("_Remove"), "directory.remove", docid);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (contact));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  return G_MENU_MODEL (menu);
}

/* ---- the lists ---- */

static GtkWidget *
new_button (const char *label, const char *action, const char *target, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_string (target));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static GtkWidget *
new_status (const char *icon, const char *title, const char *description)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return page;
}

static void
add_to_status (GtkWidget *page, GtkWidget *button)
{
  gtk_box_append (GTK_BOX (adw_status_page_get_child (ADW_STATUS_PAGE (page))), button);
}

static void
init_lists (IwDirectoryPage *self)
{
  GtkWidget *no_teams =
      new_status ("system-users-symbolic", _ ("No Teams Yet"),
                  _ ("Who can be called, for what, and how. Begin with the usual teams and fill in "
                     "how to reach them."));
  GtkWidget *no_people = new_status ("avatar-default-symbolic", _ ("No People Yet"),
                                     _ ("Names, contacts and languages of those who respond."));

  add_to_status (no_teams,
                 new_button (_ ("Add _Starter Teams"), "directory.add-starter-teams", NULL, TRUE));
  add_to_status (no_teams, new_button (_ ("New _Team…"), "directory.new", "team", FALSE));
  add_to_status (no_people, new_button (_ ("New _Person…"), "directory.new", "person", TRUE));
  self->teams =
      IW_ITEM_LIST (iw_item_list_new (&iw_team_source, _ ("Teams"), make_menu, NULL, self));
  self->people =
      IW_ITEM_LIST (iw_item_list_new (&iw_person_source, _ ("People"), make_menu, NULL, self));
  iw_item_list_set_empty (self->teams, no_teams);
  iw_item_list_set_empty (self->people, no_people);
  adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->teams), "teams", _ ("Teams"));
  adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->people), "people", _ ("People"));
  g_signal_connect_object (self->teams, "activated", G_CALLBACK (on_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "activated", G_CALLBACK (on_activated), self,
                           G_CONNECT_SWAPPED);
}

/* ---- the object ---- */

static void
iw_directory_page_dispose (GObject *object)
{
  IwDirectoryPage *self = IW_DIRECTORY_PAGE (object);

  if (self->directory != NULL)
    g_signal_handlers_disconnect_by_data (self->directory, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_DIRECTORY_PAGE);
  g_clear_object (&self->directory);
  G_OBJECT_CLASS (iw_directory_page_parent_class)->dispose (object);
}

static void
iw_directory_page_class_init (IwDirectoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_directory_page_dispose;
  g_type_ensure (IW_TYPE_WORKSPACE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-directory-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwDirectoryPage, banner);
  gtk_widget_class_bind_template_child (widget_class, IwDirectoryPage, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_install_action (widget_class, "directory.new", "s", new_contact);
  gtk_widget_class_install_action (widget_class, "directory.add-starter-teams", NULL,
                                   add_starter_teams);
  gtk_widget_class_install_action (widget_class, "directory.edit", "s", edit);
  gtk_widget_class_install_action (widget_class, "directory.remove", "s", remove_row);
  gtk_widget_class_install_action (widget_class, "directory.copy", "s", copy);
}

static void
iw_directory_page_init (IwDirectoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  init_lists (self);
}

AdwNavigationPage *
iw_directory_page_new (IwWorkspace *workspace)
{
  IwDirectoryPage *self = g_object_new (IW_TYPE_DIRECTORY_PAGE, NULL);

  self->directory = iw_directory_new (workspace);
  iw_workspace_banner_set_workspace (self->banner, workspace);
  g_signal_connect_object (self->directory, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->directory, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  update (self);
  return ADW_NAVIGATION_PAGE (self);
}

void
iw_directory_page_focus_find (IwDirectoryPage *self)
{
  gboolean teams = g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "teams") == 0;

  iw_item_list_focus_find (teams ? self->teams : self->people);
}
