#include "config.h"

#include "iw-item.h"

#include <string.h>

struct _IwItem
{
  GObject parent_instance;

  char *id;
  IwItemText text;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwItem, iw_item, G_TYPE_OBJECT)

void
iw_item_text_clear (IwItemText *text)
{
  g_free (text->icon);
  g_free (text->title);
  g_free (text->subtitle);
  g_free (text->state);
  g_free (text->mark);
  g_free (text->warning);
  *text = (IwItemText){ 0 };
}

static gboolean
same (const IwItemText *a, const IwItemText *b)
{
  return g_strcmp0 (a->icon, b->icon) == 0 && g_strcmp0 (a->title, b->title) == 0 &&
         g_strcmp0 (a->subtitle, b->subtitle) == 0 && g_strcmp0 (a->state, b->state) == 0 &&
         g_strcmp0 (a->mark, b->mark) == 0 && g_strcmp0 (a->warning, b->warning) == 0 &&
         a->tone == b->tone;
}

static void
iw_item_finalize (GObject *object)
{
  IwItem *self = IW_ITEM (object);

  g_free (self->id);
  iw_item_text_clear (&self->text);
  G_OBJECT_CLASS (iw_item_parent_class)->finalize (object);
}

static void
iw_item_class_init (IwItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", IW_TYPE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
iw_item_init (IwItem *self)
{
}

IwItem *
iw_item_new (const char *id, IwItemText *text)
{
  IwItem *self = g_object_new (IW_TYPE_ITEM, NULL);

  self->id = g_strdup (id);
  self->text = *text;
  *text = (IwItemText){ 0 };
  return self;
}

const char *
iw_item_get_id (IwItem *self)
{
  return self->id;
}

const IwItemText *
iw_item_get_text (IwItem *self)
{
  return &self->text;
}

void
iw_item_take_text (IwItem *self, IwItemText *text)
{
  gboolean changed = !same (&self->text, text);

  iw_item_text_clear (&self->text);
  self->text = *text;
  *text = (IwItemText){ 0 };
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

char *
iw_item_dup_description (IwItem *self)
{
  const char *parts[] = { self->text.state, self->text.warning, self->text.subtitle };
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", parts[i]);
  return g_strdup (words->str);
}
