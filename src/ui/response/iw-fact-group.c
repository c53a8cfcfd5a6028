#include "config.h"

#include "iw-fact-group.h"

#include "iw-fact-row.h"

struct _IwFactGroup
{
  AdwPreferencesGroup parent_instance;

  const char *place;
  GtkListBox *list;
  GtkBox *buttons; /* beside the title; NULL while there are none */
  GtkWidget *head; /* its row; NULL if there is none */
  GPtrArray *rows; /* (element-type GtkWidget), in order, without the head */
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (IwFactGroup, iw_fact_group, ADW_TYPE_PREFERENCES_GROUP)

/* ---- rows of each shape ---- */

static void
set_key (GtkWidget *row, const IwFact *fact)
{
  g_object_set_data_full (G_OBJECT (row), "iw-key", g_strdup (fact->key), g_free);
}

static gboolean
has_shape (GtkWidget *row, IwFactShape shape)
{
  switch (shape)
    {
    case IW_FACT_EXPANDER:
      return ADW_IS_EXPANDER_ROW (row);
    case IW_FACT_BUTTON:
      return ADW_IS_BUTTON_ROW (row);
    case IW_FACT_PLAIN:
    case IW_FACT_PROPERTY:
    default:
      return IW_IS_FACT_ROW (row);
    }
}

static GtkWidget *
make_row (IwFactShape shape)
{
  switch (shape)
    {
    case IW_FACT_EXPANDER:
      {
        GtkWidget *row = adw_expander_row_new ();

        adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
        g_object_set_data_full (G_OBJECT (row), "iw-rows", g_ptr_array_new (),
                                (GDestroyNotify)g_ptr_array_unref);
        return row;
      }
    case IW_FACT_BUTTON:
      return adw_button_row_new ();
    case IW_FACT_PLAIN:
    case IW_FACT_PROPERTY:
    default:
      return iw_fact_row_new ();
    }
}

static void
show_children (AdwExpanderRow *expander, const IwFact *fact, gboolean narrow)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (expander), "iw-rows");

  for (guint i = 0; i < fact->children->len; i++)
    {
      if (i == rows->len)
        {
          g_ptr_array_add (rows, iw_fact_row_new ());
          adw_expander_row_add_row (expander, rows->pdata[i]);
        }
      iw_fact_row_set_fact (rows->pdata[i], fact->children->pdata[i]);
      iw_fact_row_set_narrow (rows->pdata[i], narrow);
    }
  while (rows->len > fact->children->len)
    {
      adw_expander_row_remove (expander, rows->pdata[rows->len - 1]);
      g_ptr_array_set_size (rows, (int)rows->len - 1);
    }
}

static void
show_button (GtkWidget *row, const IwFact *fact)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fact->title);
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (row), fact->icon);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), fact->target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), fact->action);
}

static void
show_fact (IwFactGroup *self, GtkWidget *row, const IwFact *fact)
{
  set_key (row, fact);
  if (IW_IS_FACT_ROW (row))
    {
      iw_fact_row_set_fact (IW_FACT_ROW (row), fact);
      iw_fact_row_set_narrow (IW_FACT_ROW (row), self->narrow);
    }
  else if (ADW_IS_EXPANDER_ROW (row))
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fact->title);
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), fact->subtitle);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      fact->title, -1);
      show_children (ADW_EXPANDER_ROW (row), fact, self->narrow);
    }
  else
    show_button (row, fact);
}

/* ---- the list ---- */

static GtkWidget *
find_row (IwFactGroup *self, const IwFact *fact, guint from)
{
  for (guint i = from; i < self->rows->len; i++)
    if (g_strcmp0 (g_object_get_data (self->rows->pdata[i], "iw-key"), fact->key) == 0 &&
        has_shape (self->rows->pdata[i], fact->shape))
      return self->rows->pdata[i];
  return NULL;
}

/* Puts a row at a place; one that is there already is not touched. */
static void
place_row (IwFactGroup *self, GtkWidget *row, guint index)
{
  guint offset = self->head != NULL ? 1 : 0;
  guint now;

  if (g_ptr_array_find (self->rows, row, &now))
    {
      if (now == index)
        return;
      g_object_ref (row);
      gtk_list_box_remove (self->list, row);
      g_ptr_array_remove_index (self->rows, now);
      gtk_list_box_insert (self->list, row, (int)(index + offset));
      g_object_unref (row);
    }
  else
    gtk_list_box_insert (self->list, row, (int)(index + offset));
  g_ptr_array_insert (self->rows, (int)index, row);
}

void
iw_fact_group_set_facts (IwFactGroup *self, GPtrArray *facts)
{
  g_return_if_fail (IW_IS_FACT_GROUP (self));

  for (guint i = 0; i < facts->len; i++)
    {
      const IwFact *fact = facts->pdata[i];
      GtkWidget *row = find_row (self, fact, i);

      if (row == NULL)
        row = make_row (fact->shape);
      place_row (self, row, i);
      show_fact (self, row, fact);
    }
  while (self->rows->len > facts->len)
    {
      gtk_list_box_remove (self->list, self->rows->pdata[self->rows->len - 1]);
      g_ptr_array_set_size (self->rows, (int)self->rows->len - 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), facts->len > 0 || self->head != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          facts->len > 0 || self->head != NULL || self->buttons != NULL);
}

void
iw_fact_group_set_narrow (IwFactGroup *self, gboolean narrow)
{
  g_return_if_fail (IW_IS_FACT_GROUP (self));

  self->narrow = narrow;
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      GPtrArray *children = g_object_get_data (G_OBJECT (row), "iw-rows");

      if (IW_IS_FACT_ROW (row))
        iw_fact_row_set_narrow (IW_FACT_ROW (row), narrow);
      for (guint j = 0; children != NULL && j < children->len; j++)
        iw_fact_row_set_narrow (children->pdata[j], narrow);
    }
}

void
iw_fact_group_set_head (IwFactGroup *self, GtkWidget *head)
{
  g_return_if_fail (IW_IS_FACT_GROUP (self));
  g_return_if_fail (self->head == NULL);

  self->head = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", head, "activatable", FALSE,
                             "focusable", FALSE, NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  head, NULL, -1);
  gtk_list_box_prepend (self->list, self->head);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
}

void
iw_fact_group_add_button (IwFactGroup *self,
                          const char *icon,
                          const char *spoken,
                          const char *action,
                          GVariant *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  g_return_if_fail (IW_IS_FACT_GROUP (self));

  if (self->buttons == NULL)
    {
      self->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self),
                                               GTK_WIDGET (self->buttons));
    }
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->buttons, button);
}

/* ---- the object ---- */

static void
iw_fact_group_finalize (GObject *object)
{
  g_clear_pointer (&IW_FACT_GROUP (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_fact_group_parent_class)->finalize (object);
}

static void
iw_fact_group_class_init (IwFactGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_fact_group_finalize;
}

static void
iw_fact_group_init (IwFactGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
}

GtkWidget *
iw_fact_group_new (const char *place, const char *title)
{
  IwFactGroup *self = g_object_new (IW_TYPE_FACT_GROUP, "title", title, NULL);

  self->place = place;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  return GTK_WIDGET (self);
}
