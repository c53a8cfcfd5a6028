/* The detail pane's page of an event: one list of its head, every field, and the raw row. A file
 * may have hundreds of columns and cells of twenty thousand characters: rows are made when shown,
 * and long values are cut until they are asked for. */
#include "config.h"

#include "iw-detail-pane-private.h"

#include <glib/gi18n-lib.h>

#include "iw-detail-item.h"
#include "iw-timeline-import.h"
#include "iw-ui.h"

#define MAX_CHARS 4000
#define REST_MS 60

/* ---- what the thread reads ---- */

typedef struct
{
  char *docid;
  IwEvent event; /* what is needed to find the row */
  GPtrArray *fields;
  char *raw;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->docid);
  iw_event_clear (&reading->event);
  g_clear_pointer (&reading->fields, g_ptr_array_unref);
  g_free (reading->raw);
  g_free (reading);
}

static gboolean
read_fields (IwStore *store,
             gpointer data,
             IwProgressFunc progress,
             gpointer progress_data,
             GCancellable *cancellable,
             GError **error)
{
  Reading *reading = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  reading->fields =
      iw_timeline_import_read_fields (store, reading->docid, &reading->event, &reading->raw, error);
  return reading->fields != NULL;
}

static void
append (IwDetailPane *self, IwDetailItemKind kind, const char *name, const char *value)
{
  g_autoptr (IwDetailItem) item = iw_detail_item_new (kind, name, value);

  g_list_store_append (self->event_model, item);
}

static void
drop_message (IwDetailPane *self)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (self->event_model)) > 1)
    g_list_store_remove (self->event_model, 1);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwDetailPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  gpointer job_data;
  Reading *reading;

  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->event_model != NULL &&
          self->cancellable != NULL)
        {
          g_autofree char *words = iw_ui_describe_error (error);

          drop_message (self);
          append (self, IW_DETAIL_MESSAGE, NULL, words);
        }
      return;
    }
  reading = job_data;
  /* the selection may have moved on, and this comes too late */
  if (self->row == NULL || iw_timeline_row_get_event (self->row) == NULL ||
      self->event_model == NULL ||
      iw_timeline_row_get_event (self->row)->row != reading->event.row ||
      g_strcmp0 (iw_evidence_get_id (iw_timeline_row_get_evidence (self->row)), reading->docid) !=
          0)
    return;
  g_clear_object (&self->cancellable);
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < reading->fields->len; i++)
    {
      const IwField *field = g_ptr_array_index (reading->fields, i);

      g_ptr_array_add (items, iw_detail_item_new (IW_DETAIL_FIELD, field->name, field->value));
    }
  g_ptr_array_add (items, iw_detail_item_new (IW_DETAIL_RAW, NULL, reading->raw));
  drop_message (self);
  g_list_store_splice (self->event_model, 1, 0, items->pdata, items->len);
}

static gboolean
on_rest (gpointer data)
{
  IwDetailPane *self = data;
  const IwEvent *event = iw_timeline_row_get_event (self->row);
  Reading *reading = g_new0 (Reading, 1);

  self->read_timeout = 0;
  reading->docid = g_strdup (iw_evidence_get_id (iw_timeline_row_get_evidence (self->row)));
  reading->event.rank = event->rank;
  reading->event.time = event->time;
  reading->event.row = event->row;
  reading->event.line = event->line;
  reading->event.offset = event->offset;
  reading->event.length = event->length;
  self->cancellable = g_cancellable_new ();
  iw_workspace_run_async (self->workspace, read_fields, reading, reading_free, NULL, NULL,
                          self->cancellable, on_read, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
iw_detail_show_event (IwDetailPane *self, IwTimelineRow *row)
{
  g_list_store_remove_all (self->event_model);
  append (self, IW_DETAIL_HEAD, NULL, NULL);
  append (self, IW_DETAIL_MESSAGE, NULL, _ ("Reading the fields…"));
  self->read_timeout = g_timeout_add (REST_MS, on_rest, self);
}

/* ---- rows of the list ---- */

static void
on_copy (GtkButton *button, gpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)),
                          iw_detail_item_get_value (data));
  iw_ui_toast (GTK_WIDGET (button), _ ("Copied"));
}

static void
on_show_all (GtkButton *button, gpointer data)
{
  gtk_label_set_text (data, g_object_get_data (G_OBJECT (button), "value"));
  gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
}

static void
add_value (GtkBox *box, const char *value, gboolean monospace)
{
  GtkWidget *label = iw_detail_make_text (NULL);
  glong n = g_utf8_strlen (value, -1);
  g_autofree char *words = NULL;
  g_autofree char *cut = NULL;
  GtkWidget *more;

  if (monospace)
    gtk_widget_add_css_class (label, "monospace");
  gtk_box_append (box, label);
  if (n <= MAX_CHARS)
    {
      gtk_label_set_text (GTK_LABEL (label), value);
      return;
    }
  cut = g_utf8_substring (value, 0, MAX_CHARS);
  gtk_label_set_text (GTK_LABEL (label), cut);
  words = g_strdup_printf (_ ("Show All %'ld Characters"), n);
  more = gtk_button_new_with_label (words);
  gtk_widget_set_halign (more, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (more), "value", g_strdup (value), g_free);
  g_signal_connect (more, "clicked", G_CALLBACK (on_show_all), label);
  gtk_box_append (box, more);
}

static GtkWidget *
make_field (IwDetailItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (iw_detail_item_get_name (item));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dimmed");
  gtk_box_append (GTK_BOX (box), name);
  if (*iw_detail_item_get_value (item) == '\0')
    {
      /* Translators: a field of an event without a value */
      GtkWidget *empty = gtk_label_new (C_ ("field", "empty"));

      gtk_label_set_xalign (GTK_LABEL (empty), 0);
      gtk_widget_add_css_class (empty, "dimmed");
      gtk_box_append (GTK_BOX (box), empty);
    }
  else
    add_value (GTK_BOX (box), iw_detail_item_get_value (item), FALSE);
  return box;
}

static GtkWidget *
make_raw (IwDetailItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *heading = iw_detail_make_heading (_ ("Raw Row"));
  GtkWidget *copy = iw_detail_make_button ("edit-copy-symbolic", _ ("Copy Raw Row"), NULL);

  gtk_widget_set_hexpand (heading, TRUE);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy), item, 0);
  gtk_box_append (GTK_BOX (head), heading);
  gtk_box_append (GTK_BOX (head), copy);
  gtk_box_append (GTK_BOX (box), head);
  add_value (GTK_BOX (box), iw_detail_item_get_value (item), TRUE);
  return box;
}

static GtkWidget *
make_message (IwDetailItem *item)
{
  GtkWidget *label = gtk_label_new (iw_detail_item_get_value (item));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  IwDetailPane *self = data;
  IwDetailItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *child;

  switch (iw_detail_item_get_kind (item))
    {
    case IW_DETAIL_HEAD:
      child = iw_detail_make_event_head (self, self->row);
      break;
    case IW_DETAIL_FIELD:
      child = make_field (item);
      gtk_list_item_set_accessible_label (list_item, iw_detail_item_get_name (item));
      gtk_list_item_set_accessible_description (list_item, iw_detail_item_get_value (item));
      break;
    case IW_DETAIL_RAW:
      child = make_raw (item);
      gtk_list_item_set_accessible_label (list_item, _ ("Raw row"));
      break;
    case IW_DETAIL_MESSAGE:
    default:
      child = make_message (item);
      break;
    }
  gtk_widget_set_margin_top (child, 6);
  gtk_widget_set_margin_bottom (child, 6);
  gtk_widget_set_margin_start (child, 12);
  gtk_widget_set_margin_end (child, 12);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, child);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  gtk_list_item_set_child (list_item, NULL);
}

void
iw_detail_init_event (IwDetailPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection;

  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  self->event_model = g_list_store_new (IW_TYPE_DETAIL_ITEM);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->event_model)));
  gtk_list_view_set_factory (self->event_list, factory);
  gtk_list_view_set_model (self->event_list, GTK_SELECTION_MODEL (selection));
  g_object_unref (factory);
  g_object_unref (selection);
}
