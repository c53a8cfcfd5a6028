#include "config.h"

#include "iw-task-row.h"

#include <glib/gi18n-lib.h>

#include "iw-board-facts.h"
#include "iw-fact-row.h"

struct _IwTaskRow
{
  AdwExpanderRow parent_instance;

  char *docid;
  guint position;
  char *state;
  GtkImage *handle;
  GtkCheckButton *done;
  GtkImage *urgent;
  GtkImage *mark;
  GtkMenuButton *menu;
  GPtrArray *facts; /* (element-type GtkWidget): rows below */
  const char *tone_class;
  gboolean showing;
  gboolean writable;
};

enum
{
  DROPPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwTaskRow, iw_task_row, ADW_TYPE_EXPANDER_ROW)

/* ---- what it says ---- */

static void
show_state (IwTaskRow *self, const IwTaskText *text)
{
  IwTone tone;
  const char *icon = iw_board_state_icon (text->state, &tone);

  g_set_str (&self->state, text->state);
  gtk_image_set_from_icon_name (self->mark, icon);
  if (self->tone_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->mark), self->tone_class);
  self->tone_class = iw_tone_css_class (tone);
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), self->tone_class);
  self->showing = TRUE;
  gtk_check_button_set_active (self->done, g_str_equal (text->state, "done"));
  self->showing = FALSE;
}

static void
show_facts (IwTaskRow *self, GPtrArray *facts)
{
  gboolean open = adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self));

  for (guint i = 0; i < facts->len; i++)
    {
      if (i == self->facts->len)
        {
          g_ptr_array_add (self->facts, iw_fact_row_new ());
          adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->facts->pdata[i]);
        }
      iw_fact_row_set_fact (self->facts->pdata[i], facts->pdata[i]);
    }
  while (self->facts->len > facts->len)
    {
      adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->facts->pdata[self->facts->len - 1]);
      g_ptr_array_set_size (self->facts, (int)self->facts->len - 1);
    }
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), facts->len > 0);
  /* A row that can be opened for the first time would open by itself. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), open);
}

static void
set_label (GtkWidget *widget, const char *format, const char *title)
{
  g_autoptr (GString) words = g_string_new (format);

  g_string_replace (words, "%s", title, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words->str, -1);
}

void
iw_task_row_set_text (IwTaskRow *self, const IwTaskText *text, GPtrArray *facts)
{
  /* Where it has room at 360 px too, and is read aloud. */
  g_autofree char *subtitle =
      g_strconcat (text->words, *text->subtitle != '\0' ? " · " : "", text->subtitle, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), text->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->urgent), text->emergency || text->overdue);
  gtk_image_set_from_icon_name (self->urgent, text->overdue ? "dialog-warning-symbolic"
                                                            : "emblem-important-symbolic");
  show_state (self, text);
  show_facts (self, facts);
  /* Translators: %s is a task. */
  set_label (GTK_WIDGET (self->done), _ ("Done: %s"), text->title);
  /* Translators: %s is a task. */
  set_label (GTK_WIDGET (self->menu), _ ("Menu of %s"), text->title);
}

/* ---- deciding ---- */

static void
on_done (IwTaskRow *self)
{
  gboolean done = gtk_check_button_get_active (self->done);

  if (self->showing)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "plan.state", "(ss)", self->docid,
                              done ? "done" : "in-progress");
}

static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
on_create_menu (GtkMenuButton *button, gpointer data)
{
  static const struct
  {
    const char *state;
    const char *label;
  } states[] = {
    { "planned", N_ ("_Plan") },
    { "in-progress", N_ ("_Start") },
    { "done", N_ ("_Done") },
    { "dropped", N_ ("Dro_p…") },
  };
  IwTaskRow *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) state = g_menu_new ();
  g_autoptr (GMenu) cite = g_menu_new ();
  g_autoptr (GMenu) move = g_menu_new ();
  g_autoptr (GMenu) change = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, self->state) != 0)
      append (state, _ (states[i].label), "plan.state",
              g_variant_new ("(ss)", self->docid, states[i].state));
  append (cite, _ ("Cite E_vidence…"), "plan.cite", g_variant_new_string (self->docid));
  append (move, _ ("Move _Up"), "plan.move", g_variant_new ("(si)", self->docid, -1));
  append (move, _ ("Move Do_wn"), "plan.move", g_variant_new ("(si)", self->docid, 1));
  append (change, _ ("_Edit…"), "plan.edit", g_variant_new_string (self->docid));
  append (change, _ ("_Remove"), "plan.remove", g_variant_new_string (self->docid));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (state));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (cite));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (move));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static gboolean
on_move_key (GtkWidget *widget, GVariant *step, gpointer data)
{
  IwTaskRow *self = IW_TASK_ROW (widget);

  if (self->writable)
    gtk_widget_activate_action (widget, "plan.move", "(si)", self->docid,
                                g_variant_get_int32 (step));
  return TRUE;
}

/* ---- dragging ---- */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, IwTaskRow *self)
{
  return gdk_content_provider_new_typed (IW_TYPE_TASK_ROW, self);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, IwTaskRow *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

static gboolean
on_drop (IwTaskRow *self, const GValue *value)
{
  IwTaskRow *other = g_value_get_object (value);

  if (other == NULL || other == self)
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, other->docid);
  return TRUE;
}

static void
init_dragging (IwTaskRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (IW_TYPE_TASK_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->handle), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- the object ---- */

static void
iw_task_row_finalize (GObject *object)
{
  IwTaskRow *self = IW_TASK_ROW (object);

  g_free (self->docid);
  g_free (self->state);
  g_ptr_array_unref (self->facts);
  G_OBJECT_CLASS (iw_task_row_parent_class)->finalize (object);
}

static void
iw_task_row_class_init (IwTaskRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = iw_task_row_finalize;
  signals[DROPPED] = g_signal_new ("dropped", IW_TYPE_TASK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, on_move_key, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, on_move_key, "i", 1);
}

static GtkImage *
new_image (const char *icon)
{
  return GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_CENTER,
                                  NULL));
}

static void
init_prefix (IwTaskRow *self)
{
  self->handle = new_image ("list-drag-handle-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->handle), "dimmed");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->handle), _ ("Drag to Reorder"));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->handle), "grab");
  self->done = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->done), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->done), _ ("Done"));
  self->urgent = new_image ("emblem-important-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->urgent), "error");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->handle));
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->done));
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->urgent));
  g_signal_connect_object (self->done, "toggled", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
}

static void
init_suffix (IwTaskRow *self)
{
  self->mark = new_image (NULL);
  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), _ ("Actions"));
  gtk_widget_set_valign (GTK_WIDGET (self->menu), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->menu), "flat");
  gtk_menu_button_set_create_popup_func (self->menu, on_create_menu, self, NULL);
  /* Each comes before the one added earlier; the menus stand below one another. */
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->menu));
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->mark));
}

static void
iw_task_row_init (IwTaskRow *self)
{
  self->facts = g_ptr_array_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_expander_row_set_title_lines (ADW_EXPANDER_ROW (self), 0);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (self), 0);
  init_prefix (self);
  init_suffix (self);
}

GtkWidget *
iw_task_row_new (const char *docid, gboolean writable)
{
  IwTaskRow *self = g_object_new (IW_TYPE_TASK_ROW, NULL);

  self->docid = g_strdup (docid);
  self->writable = writable;
  gtk_widget_set_sensitive (GTK_WIDGET (self->done), writable);
  gtk_widget_set_visible (GTK_WIDGET (self->handle), writable);
  gtk_widget_set_visible (GTK_WIDGET (self->menu), writable);
  if (writable)
    init_dragging (self);
  return GTK_WIDGET (self);
}

const char *
iw_task_row_get_docid (IwTaskRow *self)
{
  return self->docid;
}

guint
iw_task_row_get_position (IwTaskRow *self)
{
  return self->position;
}

void
iw_task_row_set_position (IwTaskRow *self, guint position)
{
  self->position = position;
}
