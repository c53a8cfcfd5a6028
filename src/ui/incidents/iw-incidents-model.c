#include "config.h"

#include "iw-incidents-model.h"

#define PAGE_SIZE 64
/* Pages kept; the one read longest ago is dropped first. */
#define MAX_PAGES 32

typedef struct
{
  guint number;
  GPtrArray *items; /* (element-type IwIncidentItem) */
} Page;

struct _IwIncidentsModel
{
  GObject parent_instance;

  IwWorkspace *workspace;
  IwIncidentsFilter filter;
  char *text;
  char *source;
  IwIncidentsOrder order;
  gboolean descending;
  guint n;
  GQueue pages; /* of Page, newest first */
};

static GType
iw_incidents_model_get_item_type (GListModel *model)
{
  return IW_TYPE_INCIDENT_ITEM;
}

static guint
iw_incidents_model_get_n_items (GListModel *model)
{
  return IW_INCIDENTS_MODEL (model)->n;
}

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->items);
  g_free (page);
}

/* (element-type IwIncidentRow) (transfer full); empty where they cannot be read. */
static GPtrArray *
read_rows (IwIncidentsModel *self, guint number)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows =
      iw_query_incidents (iw_workspace_get_store (self->workspace), &self->filter, self->order,
                          self->descending, number * PAGE_SIZE, PAGE_SIZE, &error);

  if (rows != NULL)
    return rows;
  g_warning ("The incidents could not be read: %s", error->message);
  return g_ptr_array_new ();
}

static Page *
get_page (IwIncidentsModel *self, guint number)
{
  g_autoptr (GPtrArray) rows = NULL;
  Page *page;

  for (GList *l = self->pages.head; l != NULL; l = l->next)
    if (((Page *)l->data)->number == number)
      return l->data;

  rows = read_rows (self, number);
  page = g_new0 (Page, 1);
  page->number = number;
  page->items = g_ptr_array_new_full (rows->len, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (page->items, iw_incident_item_new (rows->pdata[i]));
  g_queue_push_head (&self->pages, page);
  if (g_queue_get_length (&self->pages) > MAX_PAGES)
    page_free (g_queue_pop_tail (&self->pages));
  return page;
}

static gpointer
iw_incidents_model_get_item (GListModel *model, guint position)
{
  IwIncidentsModel *self = IW_INCIDENTS_MODEL (model);
  Page *page;

  if (position >= self->n)
    return NULL;
  page = get_page (self, position / PAGE_SIZE);
  /* Another program may have removed one since it was counted: "changed" is under way. */
  if (position % PAGE_SIZE >= page->items->len)
    {
      IwIncidentRow gone = { .incident = (char *)"", .title = (char *)"" };

      return iw_incident_item_new (&gone);
    }
  return g_object_ref (page->items->pdata[position % PAGE_SIZE]);
}

static void
iw_incidents_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = iw_incidents_model_get_item_type;
  iface->get_n_items = iw_incidents_model_get_n_items;
  iface->get_item = iw_incidents_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (IwIncidentsModel,
                               iw_incidents_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      iw_incidents_model_iface_init))

/* How many there are; as many as before where that cannot be read. */
static guint
count (IwIncidentsModel *self)
{
  guint n = self->n;
  g_autoptr (GError) error = NULL;

  if (!iw_query_count_incidents (iw_workspace_get_store (self->workspace), &self->filter, &n,
                                 &error))
    g_warning ("The incidents could not be counted: %s", error->message);
  return n;
}

/* Everything is another now. */
static void
reset (IwIncidentsModel *self)
{
  guint before = self->n;

  g_queue_clear_full (&self->pages, page_free);
  self->n = count (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n);
}

/* Reads a page again; FALSE where an incident is not in its place any more. */
static gboolean
refresh_page (IwIncidentsModel *self, Page *page)
{
  g_autoptr (GPtrArray) rows = read_rows (self, page->number);

  if (rows->len != page->items->len)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      IwIncidentRow *row = rows->pdata[i];

      if (g_strcmp0 (row->incident, iw_incident_item_get_incident (page->items->pdata[i])) != 0)
        return FALSE;
    }
  for (guint i = 0; i < rows->len; i++)
    iw_incident_item_set_row (page->items->pdata[i], rows->pdata[i]);
  return TRUE;
}

void
iw_incidents_model_reload (IwIncidentsModel *self)
{
  guint n = count (self);

  if (n != self->n)
    {
      reset (self);
      return;
    }
  for (GList *l = self->pages.head; l != NULL; l = l->next)
    if (!refresh_page (self, l->data))
      {
        reset (self);
        return;
      }
}

static void
iw_incidents_model_finalize (GObject *object)
{
  IwIncidentsModel *self = IW_INCIDENTS_MODEL (object);

  g_queue_clear_full (&self->pages, page_free);
  g_clear_object (&self->workspace);
  g_free (self->text);
  g_free (self->source);
  G_OBJECT_CLASS (iw_incidents_model_parent_class)->finalize (object);
}

static void
iw_incidents_model_class_init (IwIncidentsModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_incidents_model_finalize;
}

static void
iw_incidents_model_init (IwIncidentsModel *self)
{
  self->filter = (IwIncidentsFilter){ .stage = -1, .severity = -1, .classification = -1 };
  g_queue_init (&self->pages);
}

IwIncidentsModel *
iw_incidents_model_new (IwWorkspace *workspace)
{
  IwIncidentsModel *self = g_object_new (IW_TYPE_INCIDENTS_MODEL, NULL);

  self->workspace = g_object_ref (workspace);
  self->n = count (self);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (iw_incidents_model_reload), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
iw_incidents_model_set_filter (IwIncidentsModel *self, const IwIncidentsFilter *filter)
{
  g_set_str (&self->text, filter->text);
  g_set_str (&self->source, filter->source);
  self->filter = *filter;
  self->filter.text = self->text;
  self->filter.source = self->source;
  reset (self);
}

void
iw_incidents_model_set_order (IwIncidentsModel *self, IwIncidentsOrder order, gboolean descending)
{
  if (order == self->order && descending == self->descending)
    return;
  self->order = order;
  self->descending = descending;
  reset (self);
}

void
iw_incidents_model_tick (IwIncidentsModel *self)
{
  for (GList *l = self->pages.head; l != NULL; l = l->next)
    {
      Page *page = l->data;

      for (guint i = 0; i < page->items->len; i++)
        iw_incident_item_tick (page->items->pdata[i]);
    }
}
