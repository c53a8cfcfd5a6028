#include "config.h"

#include "iw-incidents-columns.h"

#include <glib/gi18n-lib.h>

#include "iw-incident-item.h"
#include "iw-ui.h"

/* A title can be told from the others by that much. */
#define TITLE_CHARS 18

typedef char *(*TextFunc) (const IwIncidentRow *row); /* (transfer full) */

typedef struct
{
  const char *id;
  const char *title;
  IwIncidentsOrder order;
  gboolean sortable;
  guint chars; /* that are left where there is no room for all; 0: never less than all */
  TextFunc text;
  TextFunc hint; /* what the text leaves out; NULL where that is nothing */
} Column;

static char *
title_text (const IwIncidentRow *row)
{
  return g_strdup (row->title);
}

static char *
severity_text (const IwIncidentRow *row)
{
  return g_strdup (iw_incident_severity_words (row->severity));
}

static char *
stage_text (const IwIncidentRow *row)
{
  return g_strdup (iw_stage_label (row->stage));
}

static char *
classification_text (const IwIncidentRow *row)
{
  return g_strdup (iw_incident_classification_words (row->classification));
}

/* Local time, as a calendar on the wall shows it; the timeline is the place for exact ones. */
static char *
format_time (gint64 us, gboolean clock)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (us == 0 || local == NULL)
    return g_strdup ("");
  if (clock)
    return iw_time_format ((IwTime){ us, IW_PRECISION_MINUTE }, zone, TRUE);
  /* A day is the same in each zone: this one is the local one. */
  return iw_time_format ((IwTime){ us + g_date_time_get_utc_offset (local), IW_PRECISION_DAY },
                         NULL, TRUE);
}

static char *
opened_text (const IwIncidentRow *row)
{
  return format_time (row->opened_at, FALSE);
}

static char *
modified_text (const IwIncidentRow *row)
{
  return format_time (row->modified_at, FALSE);
}

static char *
opened_hint (const IwIncidentRow *row)
{
  return format_time (row->opened_at, TRUE);
}

static char *
modified_hint (const IwIncidentRow *row)
{
  return format_time (row->modified_at, TRUE);
}

static char *
entries_text (const IwIncidentRow *row)
{
  return g_strdup_printf ("%'u", row->n_entries);
}

/* Not an empty cell, which nobody could tell from one that is still to be drawn. */
#define NOTHING "–"

static char *
priority_text (const IwIncidentRow *row)
{
  return g_strdup (row->priority == IW_PRIORITY_UNSET ? NOTHING
                                                      : iw_priority_label (row->priority));
}

static char *
source_text (const IwIncidentRow *row)
{
  gboolean known = row->source != NULL && *row->source != '\0';

  return g_strdup (known ? iw_incident_source_words (row->source) : NOTHING);
}

static char *
due_text (const IwIncidentRow *row)
{
  char *words = iw_incident_due_words (row, g_get_real_time ());

  if (*words != '\0')
    return words;
  g_free (words);
  return g_strdup (NOTHING);
}

static char *
due_hint (const IwIncidentRow *row)
{
  g_autofree char *words = iw_incident_due_hint (row, g_get_real_time ());
  g_autofree char *time = format_time (row->due_at, TRUE);

  if (*words == '\0')
    return g_steal_pointer (&words);
  /* Translators: what is due, how that stands, and the time: "Customer notice: 41 h left, 5 Nov
   * 2026 09:00". */
  return g_strdup_printf (_ ("%1$s, %2$s"), words, time);
}

static char *
customers_text (const IwIncidentRow *row)
{
  return row->n_customers > 0 ? g_strdup_printf ("%'u", row->n_customers) : g_strdup (NOTHING);
}

static const Column columns[] = {
  { "severity", N_ ("Severity"), IW_INCIDENTS_BY_SEVERITY, TRUE, 0, severity_text },
  { "priority", N_ ("Priority"), IW_INCIDENTS_BY_PRIORITY, TRUE, 0, priority_text },
  { "title", N_ ("Title"), IW_INCIDENTS_BY_TITLE, TRUE, TITLE_CHARS, title_text },
  { "due", N_ ("Due"), IW_INCIDENTS_BY_DUE, TRUE, 0, due_text, due_hint },
  { "stage", N_ ("Stage"), IW_INCIDENTS_BY_STAGE, TRUE, 8, stage_text },
  { "classification", N_ ("Classification"), IW_INCIDENTS_BY_CLASSIFICATION, TRUE, 9,
    classification_text },
  { "source", N_ ("Source"), IW_INCIDENTS_BY_SOURCE, TRUE, 8, source_text },
  { "customers", N_ ("Customers"), IW_INCIDENTS_BY_CUSTOMERS, TRUE, 0, customers_text },
  { "opened", N_ ("Opened"), IW_INCIDENTS_BY_OPENED, TRUE, 0, opened_text, opened_hint },
  { "modified", N_ ("Last Change"), IW_INCIDENTS_BY_MODIFIED, TRUE, 0, modified_text,
    modified_hint },
  { "entries", N_ ("Entries"), IW_INCIDENTS_BY_URGENCY, FALSE, 0, entries_text },
};

/* ---- cells ---- */

static void
update_cell (GtkColumnViewCell *cell)
{
  IwIncidentItem *item = gtk_column_view_cell_get_item (cell);
  const Column *column = g_object_get_data (G_OBJECT (cell), "column");
  GtkWidget *box = gtk_column_view_cell_get_child (cell);
  GtkWidget *label = gtk_widget_get_last_child (box);
  const IwIncidentRow *row = iw_incident_item_get_row (item);
  g_autofree char *text = column->text (row);

  gtk_label_set_text (GTK_LABEL (label), text);
  if (column->hint != NULL)
    {
      g_autofree char *hint = column->hint (row);

      gtk_widget_set_tooltip_text (label, hint);
    }
  if (column->text == severity_text)
    {
      const char *classes[] = { iw_incident_severity_class (row->severity), NULL };
      GtkWidget *icon = gtk_widget_get_first_child (box);

      gtk_image_set_from_icon_name (GTK_IMAGE (icon), iw_incident_severity_icon (row->severity));
      gtk_widget_set_css_classes (icon, classes);
    }
  else if (column->text == due_text)
    gtk_widget_set_visible (gtk_widget_get_first_child (box),
                            iw_incident_is_overdue (row, g_get_real_time ()));
}

static gboolean
is_number (const Column *column)
{
  return column->text == entries_text || column->text == customers_text;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, const Column *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  if (column->text == severity_text)
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  else if (column->text == due_text)
    {
      GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "alarm-symbolic",
                                      "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_widget_add_css_class (icon, "error");
      gtk_box_append (GTK_BOX (box), icon);
    }
  gtk_label_set_xalign (GTK_LABEL (label), is_number (column) ? 1 : 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (column->chars > 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), (int)column->chars);
      iw_ui_tooltip_when_ellipsized (GTK_LABEL (label));
    }
  else
    gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  g_object_set_data (G_OBJECT (cell), "column", (gpointer)column);
  gtk_column_view_cell_set_child (cell, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell)
{
  g_signal_connect_object (gtk_column_view_cell_get_item (cell), "changed",
                           G_CALLBACK (update_cell), cell, G_CONNECT_SWAPPED);
  update_cell (cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell)
{
  g_signal_handlers_disconnect_by_func (gtk_column_view_cell_get_item (cell), update_cell, cell);
}

/* ---- order ---- */

void
iw_incidents_columns_add (GtkColumnView *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column =
          gtk_column_view_column_new (g_dgettext (GETTEXT_PACKAGE, columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), (gpointer)&columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
      gtk_column_view_column_set_id (column, columns[i].id);
      gtk_column_view_column_set_expand (column, columns[i].text == title_text);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (columns[i].sortable)
        {
          g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));

          gtk_column_view_column_set_sorter (column, sorter);
        }
      gtk_column_view_append_column (table, column);
    }
}

void
iw_incidents_columns_sort (GtkColumnView *table, const char *id, gboolean descending)
{
  GListModel *list = gtk_column_view_get_columns (table);
  GtkColumnViewColumn *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);

      if (g_strcmp0 (gtk_column_view_column_get_id (column), id) == 0)
        found = column; /* the table keeps it */
    }
  gtk_column_view_sort_by_column (table, found,
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

const char *
iw_incidents_columns_get_sorted (GtkColumnView *table)
{
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (table));
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);

  return column != NULL ? gtk_column_view_column_get_id (column) : "";
}

guint
iw_incidents_columns_get_n_sorted (GtkColumnView *table)
{
  return gtk_column_view_sorter_get_n_sort_columns (
      GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (table)));
}

IwIncidentsOrder
iw_incidents_columns_get_order (GtkColumnView *table, gboolean *descending)
{
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (table));
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);

  *descending = gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING;
  for (guint i = 0; column != NULL && i < G_N_ELEMENTS (columns); i++)
    if (g_strcmp0 (columns[i].id, gtk_column_view_column_get_id (column)) == 0)
      return columns[i].order;
  *descending = FALSE;
  return IW_INCIDENTS_BY_URGENCY;
}

void
iw_incidents_columns_set_room (GtkColumnView *table, guint room)
{
  static const char *const first_gone[] = { "entries", "modified", "opened" };
  GListModel *list = gtk_column_view_get_columns (table);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);
      const char *id = gtk_column_view_column_get_id (column);
      gboolean visible = TRUE;

      for (guint j = room; j < G_N_ELEMENTS (first_gone); j++)
        visible = visible && g_strcmp0 (id, first_gone[G_N_ELEMENTS (first_gone) - 1 - j]) != 0;
      gtk_column_view_column_set_visible (column, visible);
    }
}
