#include "config.h"

#include "iw-sweep-item.h"

struct _IwSweepItem
{
  GObject parent_instance;

  char *docid;
  char *value;
  IwSweepOutcome outcome;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwSweepItem, iw_sweep_item, G_TYPE_OBJECT)

static void
iw_sweep_item_finalize (GObject *object)
{
  IwSweepItem *self = IW_SWEEP_ITEM (object);

  g_free (self->docid);
  g_free (self->value);
  G_OBJECT_CLASS (iw_sweep_item_parent_class)->finalize (object);
}

static void
iw_sweep_item_class_init (IwSweepItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_sweep_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", IW_TYPE_SWEEP_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
iw_sweep_item_init (IwSweepItem *self)
{
}

IwSweepItem *
iw_sweep_item_new (const char *docid, const char *value)
{
  IwSweepItem *self = g_object_new (IW_TYPE_SWEEP_ITEM, NULL);

  self->docid = g_strdup (docid);
  self->value = g_strdup (value);
  return self;
}

const char *
iw_sweep_item_get_docid (IwSweepItem *self)
{
  return self->docid;
}

const char *
iw_sweep_item_get_value (IwSweepItem *self)
{
  return self->value;
}

IwSweepOutcome
iw_sweep_item_get_outcome (IwSweepItem *self)
{
  return self->outcome;
}

void
iw_sweep_item_set_outcome (IwSweepItem *self, IwSweepOutcome outcome)
{
  if (self->outcome == outcome)
    return;
  self->outcome = outcome;
  g_signal_emit (self, signals[CHANGED], 0);
}
