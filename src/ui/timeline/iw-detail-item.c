#include "config.h"

#include "iw-detail-item.h"

struct _IwDetailItem
{
  GObject parent_instance;
  IwDetailItemKind kind;
  char *name;
  char *value;
};

G_DEFINE_FINAL_TYPE (IwDetailItem, iw_detail_item, G_TYPE_OBJECT)

static void
iw_detail_item_finalize (GObject *object)
{
  IwDetailItem *self = IW_DETAIL_ITEM (object);

  g_free (self->name);
  g_free (self->value);
  G_OBJECT_CLASS (iw_detail_item_parent_class)->finalize (object);
}

static void
iw_detail_item_class_init (IwDetailItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_detail_item_finalize;
}

static void
iw_detail_item_init (IwDetailItem *self)
{
}

IwDetailItem *
iw_detail_item_new (IwDetailItemKind kind, const char *name, const char *value)
{
  IwDetailItem *self = g_object_new (IW_TYPE_DETAIL_ITEM, NULL);

  self->kind = kind;
  self->name = g_strdup (name != NULL ? name : "");
  self->value = g_strdup (value != NULL ? value : "");
  return self;
}

IwDetailItemKind
iw_detail_item_get_kind (IwDetailItem *self)
{
  return self->kind;
}

const char *
iw_detail_item_get_name (IwDetailItem *self)
{
  return self->name;
}

const char *
iw_detail_item_get_value (IwDetailItem *self)
{
  return self->value;
}
