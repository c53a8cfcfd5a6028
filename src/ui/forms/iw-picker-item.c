#include "config.h"

#include "iw-picker-item.h"

#include <string.h>

struct _IwPickerItem
{
  GObject parent_instance;

  char *id;
  char *title;
  char *subtitle;
  char *key; /* what is searched, casefolded */
  gboolean chosen;
};

enum
{
  PROP_0,
  PROP_CHOSEN,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (IwPickerItem, iw_picker_item, G_TYPE_OBJECT)

static void
iw_picker_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    g_value_set_boolean (value, IW_PICKER_ITEM (object)->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
iw_picker_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    iw_picker_item_set_chosen (IW_PICKER_ITEM (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
iw_picker_item_finalize (GObject *object)
{
  IwPickerItem *self = IW_PICKER_ITEM (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->key);
  G_OBJECT_CLASS (iw_picker_item_parent_class)->finalize (object);
}

static void
iw_picker_item_class_init (IwPickerItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = iw_picker_item_finalize;
  object_class->get_property = iw_picker_item_get_property;
  object_class->set_property = iw_picker_item_set_property;
  properties[PROP_CHOSEN] =
      g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
iw_picker_item_init (IwPickerItem *self)
{
}

IwPickerItem *
iw_picker_item_new (const char *id, const char *title, const char *subtitle)
{
  IwPickerItem *self = g_object_new (IW_TYPE_PICKER_ITEM, NULL);
  g_autofree char *all = g_strjoin (" ", title, subtitle, NULL);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->key = g_utf8_casefold (all, -1);
  return self;
}

const char *
iw_picker_item_get_id (IwPickerItem *self)
{
  return self->id;
}

const char *
iw_picker_item_get_title (IwPickerItem *self)
{
  return self->title;
}

const char *
iw_picker_item_get_subtitle (IwPickerItem *self)
{
  return self->subtitle;
}

gboolean
iw_picker_item_get_chosen (IwPickerItem *self)
{
  return self->chosen;
}

void
iw_picker_item_set_chosen (IwPickerItem *self, gboolean chosen)
{
  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

gboolean
iw_picker_item_matches (IwPickerItem *self, const char *folded)
{
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);

  for (char **word = words; *word != NULL; word++)
    if (strstr (self->key, *word) == NULL)
      return FALSE;
  return TRUE;
}
