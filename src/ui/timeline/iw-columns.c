#include "config.h"

#include "iw-columns.h"

#include <glib/gi18n-lib.h>

struct _IwColumns
{
  GObject parent_instance;

  IwTimeDisplay *display;
  GSettings *settings;
  gboolean shown[IW_N_COLUMNS];
  int width[IW_N_COLUMNS];
  guint width_source;
  char **search;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwColumns, iw_columns, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  const char *label;
} column_names[IW_N_COLUMNS] = {
  [IW_COLUMN_TIME] = { "time", NC_ ("column", "Time") },
  [IW_COLUMN_GAP] = { "gap", NC_ ("column", "Gap Since the Row Before") },
  [IW_COLUMN_KIND] = { "kind", NC_ ("column", "Kind") },
  [IW_COLUMN_TEXT] = { "text", NC_ ("column", "Text") },
  [IW_COLUMN_SOURCE] = { "source", NC_ ("column", "Source") },
  [IW_COLUMN_ACTOR] = { "actor", NC_ ("column", "Actor") },
  [IW_COLUMN_TEAM] = { "team", NC_ ("column", "Team") },
  [IW_COLUMN_CONFIDENCE] = { "confidence", NC_ ("column", "Confidence") },
  [IW_COLUMN_HOST] = { "host", NC_ ("column", "Host") },
  [IW_COLUMN_TAGS] = { "tags", NC_ ("column", "Tags") },
};

const char *
iw_column_to_string (IwColumn column)
{
  g_return_val_if_fail (column < IW_N_COLUMNS, NULL);

  return column_names[column].name;
}

gboolean
iw_column_from_string (const char *text, IwColumn *out)
{
  for (guint i = 0; i < IW_N_COLUMNS; i++)
    if (g_strcmp0 (text, column_names[i].name) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
iw_column_label (IwColumn column)
{
  g_return_val_if_fail (column < IW_N_COLUMNS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "column", column_names[column].label);
}

gboolean
iw_columns_can_hide (IwColumn column)
{
  return column != IW_COLUMN_TIME && column != IW_COLUMN_KIND && column != IW_COLUMN_TEXT;
}

/* ---- settings ---- */

static void
read_settings (IwColumns *self)
{
  g_auto (GStrv) names = g_settings_get_strv (self->settings, "timeline-columns");

  for (guint i = 0; i < IW_N_COLUMNS; i++)
    self->shown[i] = !iw_columns_can_hide (i) ||
                     g_strv_contains ((const char *const *)names, column_names[i].name);
}

static void
on_settings_changed (IwColumns *self)
{
  read_settings (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
iw_columns_set_shown (IwColumns *self, IwColumn column, gboolean shown)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) value = NULL;

  g_return_if_fail (IW_IS_COLUMNS (self));
  g_return_if_fail (column < IW_N_COLUMNS && iw_columns_can_hide (column));

  self->shown[column] = shown;
  for (guint i = 0; i < IW_N_COLUMNS; i++)
    if (self->shown[i])
      g_strv_builder_add (names, column_names[i].name);
  value = g_strv_builder_end (names);
  g_settings_set_strv (self->settings, "timeline-columns", (const char *const *)value);
}

gboolean
iw_columns_get_shown (IwColumns *self, IwColumn column)
{
  g_return_val_if_fail (IW_IS_COLUMNS (self), FALSE);
  g_return_val_if_fail (column < IW_N_COLUMNS, FALSE);

  return self->shown[column];
}

/* ---- what rows need to know ---- */

GTimeZone *
iw_columns_get_zone (IwColumns *self)
{
  g_return_val_if_fail (IW_IS_COLUMNS (self), NULL);

  return iw_time_display_get_zone (self->display);
}

int
iw_columns_get_width (IwColumns *self, IwColumn column)
{
  g_return_val_if_fail (IW_IS_COLUMNS (self), 0);
  g_return_val_if_fail (column < IW_N_COLUMNS, 0);

  return self->width[column];
}

static gboolean
announce_width (gpointer data)
{
  IwColumns *self = IW_COLUMNS (data);

  self->width_source = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
iw_columns_need_width (IwColumns *self, IwColumn column, int width)
{
  g_return_if_fail (IW_IS_COLUMNS (self));
  g_return_if_fail (column < IW_N_COLUMNS);

  if (width <= self->width[column])
    return;
  self->width[column] = width;
  /* A row says so while it is drawn: the others follow after that frame. */
  if (self->width_source == 0)
    self->width_source = g_idle_add (announce_width, self);
}

void
iw_columns_set_search (IwColumns *self, const char *text)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  g_return_if_fail (IW_IS_COLUMNS (self));

  parts = g_strsplit_set (text != NULL ? text : "", " \t\"*", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_take (words, g_utf8_casefold (parts[i], -1));
  g_strfreev (self->search);
  self->search = g_strv_builder_end (words);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *const *
iw_columns_get_search_words (IwColumns *self)
{
  g_return_val_if_fail (IW_IS_COLUMNS (self), NULL);

  return (const char *const *)self->search;
}

/* ---- the menu ---- */

static void
on_change_state (GSimpleAction *action, GVariant *state, gpointer data)
{
  IwColumns *self = IW_COLUMNS (data);
  IwColumn column;

  if (iw_column_from_string (g_action_get_name (G_ACTION (action)) + strlen ("show-"), &column))
    iw_columns_set_shown (self, column, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

GActionGroup *
iw_columns_create_actions (IwColumns *self)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_return_val_if_fail (IW_IS_COLUMNS (self), G_ACTION_GROUP (group));

  for (guint i = 0; i < IW_N_COLUMNS; i++)
    {
      g_autofree char *name = g_strconcat ("show-", column_names[i].name, NULL);
      g_autoptr (GSimpleAction) action = NULL;

      if (!iw_columns_can_hide (i))
        continue;
      action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (self->shown[i]));
      g_signal_connect_object (action, "change-state", G_CALLBACK (on_change_state), self, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  return G_ACTION_GROUP (group);
}

GMenuModel *
iw_columns_create_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < IW_N_COLUMNS; i++)
    {
      g_autofree char *action = g_strconcat ("columns.show-", column_names[i].name, NULL);

      if (iw_columns_can_hide (i))
        g_menu_append (menu, iw_column_label (i), action);
    }
  return G_MENU_MODEL (menu);
}

/* ---- object ---- */

static void
on_display_changed (IwColumns *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
iw_columns_finalize (GObject *object)
{
  IwColumns *self = IW_COLUMNS (object);

  g_clear_handle_id (&self->width_source, g_source_remove);
  g_clear_object (&self->display);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->search, g_strfreev);
  G_OBJECT_CLASS (iw_columns_parent_class)->finalize (object);
}

static void
iw_columns_class_init (IwColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_columns_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
iw_columns_init (IwColumns *self)
{
  self->settings = g_settings_new (APP_ID);
  self->search = g_new0 (char *, 1);
  read_settings (self);
  g_signal_connect_object (self->settings, "changed::timeline-columns",
                           G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);
}

IwColumns *
iw_columns_new (IwTimeDisplay *display)
{
  IwColumns *self = g_object_new (IW_TYPE_COLUMNS, NULL);

  self->display = g_object_ref (display);
  g_signal_connect_object (display, "changed", G_CALLBACK (on_display_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}
