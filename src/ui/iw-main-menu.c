#include "config.h"

#include "iw-main-menu.h"

#include <glib/gi18n-lib.h>

static void
append (GMenu *menu, const char *label, const char *action, const char *accel)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  if (accel != NULL)
    g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (menu, item);
}

static void
append_named (GMenu *menu,
              const char *verb,
              const char *what,
              const char *action,
              const char *accel)
{
  g_autofree char *label = NULL;
  g_auto (GStrv) parts = NULL;

  if (what != NULL)
    {
      g_autofree char *escaped = NULL;

      /* An underscore in a name is no mnemonic. */
      parts = g_strsplit (what, "_", -1);
      escaped = g_strjoinv ("__", parts);
      /* Translators: a menu item: "Undo" or "Redo", then the action: "Undo Add Entry". */
      label = g_strdup_printf (C_ ("undo", "%s %s"), verb, escaped);
    }
  append (menu, label != NULL ? label : verb, action, accel);
}

/* The keys are handled by the window after the text fields had them, so they are no accelerators of
 * the application, and the menu is told them. */
static void
fill_undo_section (GMenu *section, IwWorkspace *workspace)
{
  g_menu_remove_all (section);
  append_named (section, _ ("_Undo"), workspace ? iw_workspace_get_undo_label (workspace) : NULL,
                "win.undo", "<Control>z");
  append_named (section, _ ("_Redo"), workspace ? iw_workspace_get_redo_label (workspace) : NULL,
                "win.redo", "<Control><Shift>z");
}

static void
on_labels_changed (IwWorkspace *workspace, GParamSpec *pspec, gpointer section)
{
  fill_undo_section (section, workspace);
}

GMenuModel *
iw_main_menu_new (IwWorkspace *workspace)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) incident = g_menu_new ();
  g_autoptr (GMenu) undo = g_menu_new ();
  g_autoptr (GMenu) sample = g_menu_new ();
  g_autoptr (GMenu) app = g_menu_new ();

  append (incident, _ ("_New Incident…"), "win.new-incident", NULL);
  append (incident, _ ("_Import Timeline…"), "win.import", NULL);
  append (incident, _ ("Import _Bundle…"), "win.import-bundle", NULL);
  append (incident, _ ("_Search All Incidents"), "win.search", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (incident));

  fill_undo_section (undo, workspace);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (undo));
  if (workspace != NULL)
    {
      g_signal_connect_object (workspace, "notify::undo-label", G_CALLBACK (on_labels_changed),
                               undo, 0);
      g_signal_connect_object (workspace, "notify::redo-label", G_CALLBACK (on_labels_changed),
                               undo, 0);
    }

  if (workspace != NULL && iw_workspace_is_sample (workspace))
    append (sample, _ ("_Leave Sample Workspace"), "app.leave-sample", NULL);
  else
    append (sample, _ ("_Open Sample Workspace"), "app.open-sample", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sample));

  append (app, _ ("_Preferences"), "app.preferences", NULL);
  append (app, _ ("_Keyboard Shortcuts"), "app.shortcuts", NULL);
  append (app, _ ("_About Incident Workbench"), "app.about", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (app));
  return G_MENU_MODEL (menu);
}
