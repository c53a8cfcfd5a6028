#include "config.h"

#include "iw-import-preview.h"

#include <glib/gi18n-lib.h>

#define MAX_ROWS 6
#define CELL_CHARS 22

struct _IwImportPreview
{
  GtkWidget parent_instance;
  GtkWidget *scroller;
  GtkWidget *grid;
  GSimpleActionGroup *actions; /* "role-<column number>", its state the role */
  GStrv columns;
  GPtrArray *rows;    /* (element-type GStrv) */
  GArray *shown;      /* (element-type guint) numbers of columns */
  GPtrArray *buttons; /* (element-type GtkMenuButton) borrowed; of the shown columns */
  IwMapping *mapping;
};

G_DEFINE_FINAL_TYPE (IwImportPreview, iw_import_preview, GTK_TYPE_WIDGET)

enum
{
  ROLE_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ---- the menu of roles ---- */

static void
on_role (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  IwImportPreview *self = data;
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (action), "column"));
  IwRole role;

  if (iw_role_from_string (g_variant_get_string (parameter, NULL), &role))
    g_signal_emit (self, signals[ROLE_CHOSEN], 0, self->columns[column], (int)role);
}

static void
on_open_menu (GtkMenuButton *button, gpointer data)
{
  guint column = GPOINTER_TO_UINT (data);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *action = g_strdup_printf ("preview.role-%u", column);

  for (guint role = 0; role < IW_N_ROLES; role++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (iw_role_label (role), NULL);

      g_menu_item_set_action_and_target (item, action, "s", iw_role_to_string (role));
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
add_action (IwImportPreview *self, guint column)
{
  g_autofree char *name = g_strdup_printf ("role-%u", column);
  IwRole role = iw_mapping_get_role (self->mapping, self->columns[column]);
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (
      name, G_VARIANT_TYPE_STRING, g_variant_new_string (iw_role_to_string (role)));

  g_object_set_data (G_OBJECT (action), "column", GUINT_TO_POINTER (column));
  g_signal_connect (action, "activate", G_CALLBACK (on_role), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

/* ---- the table ---- */

static GtkWidget *
make_cell (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *line = NULL;

  /* a cell may hold twenty thousand characters over many lines */
  if (g_utf8_strlen (text, -1) > 200)
    line = g_utf8_substring (text, 0, 200);
  else
    line = g_strdup (text);
  g_strdelimit (line, "\r\n\t", ' ');
  gtk_label_set_text (GTK_LABEL (label), line);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_CHARS);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
show_role (IwImportPreview *self, guint which)
{
  guint column = g_array_index (self->shown, guint, which);
  GtkWidget *button = g_ptr_array_index (self->buttons, which);
  IwRole role = iw_mapping_get_role (self->mapping, self->columns[column]);
  g_autofree char *name = g_strdup_printf ("role-%u", column);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
  /* Translators: the accessible name of a menu that says what a column of a file means */
  g_autofree char *words =
      g_strdup_printf (_ ("Meaning of Column %s: %s"), self->columns[column], iw_role_label (role));

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (iw_role_to_string (role)));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), iw_role_label (role));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  if (role == IW_ROLE_NONE)
    gtk_widget_add_css_class (button, "dimmed");
  else
    gtk_widget_remove_css_class (button, "dimmed");
}

static void
add_shown (IwImportPreview *self, guint column)
{
  guint which = self->shown->len;
  GtkWidget *title = make_cell (self->columns[column], "heading");
  GtkWidget *button = gtk_menu_button_new ();

  gtk_widget_set_tooltip_text (title, self->columns[column]);
  gtk_widget_add_css_class (button, "flat");
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), on_open_menu,
                                         GUINT_TO_POINTER (column), NULL);
  gtk_grid_attach (GTK_GRID (self->grid), title, which, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), button, which, 1, 1, 1);
  for (guint i = 0; i < self->rows->len && i < MAX_ROWS; i++)
    {
      GStrv row = g_ptr_array_index (self->rows, i);

      gtk_grid_attach (GTK_GRID (self->grid),
                       make_cell (column < g_strv_length (row) ? row[column] : "", "numeric"),
                       which, 2 + i, 1, 1);
    }
  g_array_append_val (self->shown, column);
  g_ptr_array_add (self->buttons, button);
  add_action (self, column);
  show_role (self, which);
}

static gboolean
is_shown (IwImportPreview *self, guint column)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (g_array_index (self->shown, guint, i) == column)
      return TRUE;
  return FALSE;
}

static void
clear (IwImportPreview *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  g_array_set_size (self->shown, 0);
  g_ptr_array_set_size (self->buttons, 0);
}

void
iw_import_preview_set_content (IwImportPreview *self,
                               const char *const *columns,
                               GPtrArray *rows,
                               const IwMapping *mapping)
{
  guint n = g_strv_length ((GStrv)columns);
  guint n_free = IW_IMPORT_PREVIEW_COLUMNS;

  g_return_if_fail (IW_IS_IMPORT_PREVIEW (self));

  clear (self);
  g_strfreev (self->columns);
  self->columns = g_strdupv ((GStrv)columns);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < rows->len && i < MAX_ROWS; i++)
    g_ptr_array_add (self->rows, g_strdupv (g_ptr_array_index (rows, i)));
  g_clear_pointer (&self->mapping, iw_mapping_free);
  self->mapping = iw_mapping_copy (mapping);
  for (guint i = 0; i < n; i++)
    if (iw_mapping_get_role (mapping, columns[i]) != IW_ROLE_NONE && n_free > 0)
      n_free--;
  for (guint i = 0; i < n && self->shown->len < 2 * IW_IMPORT_PREVIEW_COLUMNS; i++)
    {
      gboolean has_role = iw_mapping_get_role (mapping, columns[i]) != IW_ROLE_NONE;

      if (!has_role && n_free == 0)
        continue;
      if (!has_role)
        n_free--;
      add_shown (self, i);
    }
}

void
iw_import_preview_set_mapping (IwImportPreview *self, const IwMapping *mapping)
{
  g_return_if_fail (IW_IS_IMPORT_PREVIEW (self));

  g_clear_pointer (&self->mapping, iw_mapping_free);
  self->mapping = iw_mapping_copy (mapping);
  for (guint i = 0; i < self->shown->len; i++)
    show_role (self, i);
}

void
iw_import_preview_show_column (IwImportPreview *self, const char *column)
{
  g_return_if_fail (IW_IS_IMPORT_PREVIEW (self));

  for (guint i = 0; self->columns != NULL && self->columns[i] != NULL; i++)
    if (g_strcmp0 (self->columns[i], column) == 0 && !is_shown (self, i))
      {
        add_shown (self, i);
        gtk_widget_grab_focus (g_ptr_array_index (self->buttons, self->buttons->len - 1));
        return;
      }
}

char **
iw_import_preview_get_hidden (IwImportPreview *self)
{
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();

  for (guint i = 0; self->columns != NULL && self->columns[i] != NULL; i++)
    if (!is_shown (self, i))
      g_strv_builder_add (hidden, self->columns[i]);
  return g_strv_builder_end (hidden);
}

static void
iw_import_preview_dispose (GObject *object)
{
  IwImportPreview *self = IW_IMPORT_PREVIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->mapping, iw_mapping_free);
  G_OBJECT_CLASS (iw_import_preview_parent_class)->dispose (object);
}

static void
iw_import_preview_class_init (IwImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_import_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[ROLE_CHOSEN] = g_signal_new ("role-chosen", IW_TYPE_IMPORT_PREVIEW, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
}

static void
iw_import_preview_init (IwImportPreview *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  self->buttons = g_ptr_array_new ();
  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "preview", G_ACTION_GROUP (self->actions));
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_set_margin_top (self->grid, 12);
  gtk_widget_set_margin_bottom (self->grid, 18);
  gtk_widget_set_margin_start (self->grid, 12);
  gtk_widget_set_margin_end (self->grid, 12);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->grid);
  gtk_widget_add_css_class (self->scroller, "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("First rows of the file"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
iw_import_preview_new (void)
{
  return g_object_new (IW_TYPE_IMPORT_PREVIEW, NULL);
}
