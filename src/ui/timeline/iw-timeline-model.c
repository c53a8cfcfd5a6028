#include "config.h"

#include "iw-timeline-model.h"

/* More selected rows than this are not found again after a change. */
#define MAX_REMEMBERED 500
/* How many rows of the same time are looked through for one of them. */
#define MAX_SAME_TIME 200
#define MAX_CACHED 1024
/* Up to so many selected rows are read one by one. */
#define FEW_SELECTED 200
/* No screen shows more rows than this. */
#define MAX_VISIBLE 200

typedef struct
{
  guint view_position;
  IwTimelineRow *row;
} Pin;

struct _IwTimelineModel
{
  GObject parent_instance;

  IwTimelineView *view;
  guint n_items;
  GHashTable *rows; /* position in the view -> IwTimelineRow */

  GtkBitset *selected;
  GPtrArray *selected_rows; /* (element-type IwTimelineRow), while changing */
  gboolean all_selected;    /* while changing */

  guint visible_first;
  guint visible_n;

  /* While changing, the model is a few single rows of the view, the pins, and then the view's rows
   * from @tail on. Otherwise there are no pins and @tail is 0. */
  gboolean changing;
  GArray *pins; /* (element-type Pin) */
  guint n_pins;
  guint tail;
};

enum
{
  PROP_0,
  PROP_N_ITEMS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void iw_timeline_model_list_init (GListModelInterface *iface);
static void iw_timeline_model_section_init (GtkSectionModelInterface *iface);
static void iw_timeline_model_selection_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
    IwTimelineModel,
    iw_timeline_model,
    G_TYPE_OBJECT,
    G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, iw_timeline_model_list_init)
        G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, iw_timeline_model_section_init)
            G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, iw_timeline_model_selection_init))

static void
pin_clear (gpointer data)
{
  g_clear_object (&((Pin *)data)->row);
}

/* ---- rows ---- */

static guint
to_view (IwTimelineModel *self, guint position)
{
  if (position < self->n_pins)
    return g_array_index (self->pins, Pin, position).view_position;
  return self->tail + (position - self->n_pins);
}

/* How many rows of the model stand before a position of the view. */
static guint
from_view (IwTimelineModel *self, guint view_position)
{
  guint n = 0;

  while (n < self->n_pins && g_array_index (self->pins, Pin, n).view_position < view_position)
    n++;
  if (view_position > self->tail)
    n += MIN (view_position - self->tail, self->n_items - self->n_pins);
  return n;
}

static IwTimelineRow *
get_row (IwTimelineModel *self, guint position)
{
  guint view_position = to_view (self, position);
  IwTimelineRow *row;

  if (position < self->n_pins)
    return g_object_ref (g_array_index (self->pins, Pin, position).row);
  row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (view_position));
  if (row != NULL)
    return g_object_ref (row);
  if (g_hash_table_size (self->rows) >= MAX_CACHED && !self->changing)
    g_hash_table_remove_all (self->rows);
  row = iw_timeline_view_get_row (self->view, view_position);
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (view_position), g_object_ref (row));
  return row;
}

static GType
iw_timeline_model_get_item_type (GListModel *model)
{
  return IW_TYPE_TIMELINE_ROW;
}

static guint
iw_timeline_model_get_n_items (GListModel *model)
{
  return IW_TIMELINE_MODEL (model)->n_items;
}

static gpointer
iw_timeline_model_get_item (GListModel *model, guint position)
{
  IwTimelineModel *self = IW_TIMELINE_MODEL (model);

  return position < self->n_items ? get_row (self, position) : NULL;
}

static void
iw_timeline_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = iw_timeline_model_get_item_type;
  iface->get_n_items = iw_timeline_model_get_n_items;
  iface->get_item = iw_timeline_model_get_item;
}

/* ---- days ---- */

static void
iw_timeline_model_get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  IwTimelineModel *self = IW_TIMELINE_MODEL (model);
  guint day_start, day_end;

  if (position >= self->n_items)
    {
      *start = self->n_items;
      *end = G_MAXUINT;
      return;
    }
  /* Between two states of the view there are no days to ask it for. */
  if (self->changing)
    {
      *start = 0;
      *end = self->n_items;
      return;
    }
  iw_timeline_view_get_day (self->view, to_view (self, position), &day_start, &day_end);
  *start = from_view (self, day_start);
  *end = from_view (self, day_end);
}

static void
iw_timeline_model_section_init (GtkSectionModelInterface *iface)
{
  iface->get_section = iw_timeline_model_get_section;
}

void
iw_timeline_model_days_changed (IwTimelineModel *self)
{
  g_return_if_fail (IW_IS_TIMELINE_MODEL (self));

  if (self->n_items > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), 0, self->n_items);
}

/* ---- selection ---- */

static gboolean
iw_timeline_model_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (IW_TIMELINE_MODEL (model)->selected, position);
}

static GtkBitset *
iw_timeline_model_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (IW_TIMELINE_MODEL (model)->selected);
}

static void
replace_selection (IwTimelineModel *self, GtkBitset *selected)
{
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);

  gtk_bitset_difference (changed, selected);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  self->selected = gtk_bitset_copy (selected);
  if (!gtk_bitset_is_empty (changed))
    {
      guint first = gtk_bitset_get_minimum (changed);

      gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first,
                                             gtk_bitset_get_maximum (changed) - first + 1);
    }
}

static gboolean
iw_timeline_model_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  IwTimelineModel *self = IW_TIMELINE_MODEL (model);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) added = gtk_bitset_copy (selected);

  gtk_bitset_intersect (added, mask);
  gtk_bitset_subtract (wanted, mask);
  gtk_bitset_union (wanted, added);
  if (self->n_items < G_MAXUINT)
    gtk_bitset_remove_range_closed (wanted, self->n_items, G_MAXUINT);
  replace_selection (self, wanted);
  return TRUE;
}

static void
iw_timeline_model_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = iw_timeline_model_is_selected;
  iface->get_selection_in_range = iw_timeline_model_get_selection_in_range;
  iface->set_selection = iw_timeline_model_set_selection;
}

guint
iw_timeline_model_get_n_selected (IwTimelineModel *self)
{
  g_return_val_if_fail (IW_IS_TIMELINE_MODEL (self), 0);

  return gtk_bitset_get_size (self->selected);
}

guint
iw_timeline_model_get_single (IwTimelineModel *self)
{
  g_return_val_if_fail (IW_IS_TIMELINE_MODEL (self), GTK_INVALID_LIST_POSITION);

  if (gtk_bitset_get_size (self->selected) != 1)
    return GTK_INVALID_LIST_POSITION;
  return gtk_bitset_get_minimum (self->selected);
}

void
iw_timeline_model_select_only (IwTimelineModel *self, guint position)
{
  g_return_if_fail (IW_IS_TIMELINE_MODEL (self));

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self), position, TRUE);
}

static gboolean
is_editable (IwEntry *entry)
{
  IwEntryKind kind = iw_entry_get_kind (entry);

  return !iw_entry_kind_is_decision (kind) && kind != IW_ENTRY_UNKNOWN;
}

/* Few rows are read as they are. */
static void
add_from_rows (IwTimelineModel *self, GPtrArray *found, guint limit)
{
  GtkBitsetIter iter;
  guint position;

  if (!gtk_bitset_iter_init_first (&iter, self->selected, &position))
    return;
  do
    {
      g_autoptr (IwTimelineRow) row = get_row (self, position);
      IwEntry *entry = iw_timeline_row_get_entry (row);

      if (entry != NULL && is_editable (entry))
        g_ptr_array_add (found, g_object_ref (entry));
    }
  while (found->len < limit && gtk_bitset_iter_next (&iter, &position));
}

/* However many events are selected, only the entries are looked at. */
static void
add_from_entries (IwTimelineModel *self, GPtrArray *found, guint limit)
{
  GPtrArray *entries = iw_timeline_view_get_entries (self->view);

  for (guint i = 0; i < entries->len && found->len < limit; i++)
    {
      IwEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *key = NULL;
      guint position;

      if (!is_editable (entry))
        continue;
      key = g_strconcat ("entry:", iw_entry_get_id (entry), NULL);
      position = iw_timeline_view_find_key (self->view, key);
      if (position != G_MAXUINT && gtk_bitset_contains (self->selected, position))
        g_ptr_array_add (found, g_object_ref (entry));
    }
}

GPtrArray *
iw_timeline_model_get_editable (IwTimelineModel *self, guint limit)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (IW_IS_TIMELINE_MODEL (self), found);

  if (gtk_bitset_get_size (self->selected) <= FEW_SELECTED)
    add_from_rows (self, found, limit);
  else
    add_from_entries (self, found, limit);
  return found;
}

/* ---- changes ---- */

static void
emit_changed (IwTimelineModel *self, guint position, guint removed, guint added)
{
  if (removed == 0 && added == 0)
    return;
  gtk_bitset_splice (self->selected, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

void
iw_timeline_model_set_visible (IwTimelineModel *self, guint first, guint n)
{
  g_return_if_fail (IW_IS_TIMELINE_MODEL (self));

  if (self->changing)
    return;
  self->visible_first = first;
  self->visible_n = MIN (n, MAX_VISIBLE);
}

void
iw_timeline_model_get_visible (IwTimelineModel *self, guint *first, guint *n)
{
  g_return_if_fail (IW_IS_TIMELINE_MODEL (self));

  *first = self->visible_first;
  *n = self->visible_n;
}

/* Until somebody looks again, the rows on screen are those that were left standing. */
static void
follow_pins (IwTimelineModel *self)
{
  guint n = self->n_pins;

  self->visible_first = n > 0 ? g_array_index (self->pins, Pin, 0).view_position : 0;
  self->visible_n =
      n > 0 ? g_array_index (self->pins, Pin, n - 1).view_position - self->visible_first + 1 : 0;
  self->visible_n = MIN (self->visible_n, MAX_VISIBLE);
}

static void
remember_selection (IwTimelineModel *self)
{
  GtkBitsetIter iter;
  guint position;

  g_ptr_array_set_size (self->selected_rows, 0);
  self->all_selected =
      self->n_items > MAX_REMEMBERED && gtk_bitset_get_size (self->selected) == self->n_items;
  if (self->all_selected || !gtk_bitset_iter_init_first (&iter, self->selected, &position))
    return;
  do
    g_ptr_array_add (self->selected_rows, get_row (self, position));
  while (self->selected_rows->len < MAX_REMEMBERED && gtk_bitset_iter_next (&iter, &position));
}

/* Whether the row at @position is that of @key. (transfer full), NULL if it is not */
static IwTimelineRow *
row_if (IwTimelineModel *self, guint position, const char *key)
{
  g_autoptr (IwTimelineRow) row = NULL;

  if (position >= iw_timeline_view_get_n_rows (self->view))
    return NULL;
  row = iw_timeline_view_get_row (self->view, position);
  return g_str_equal (iw_timeline_row_get_key (row), key) ? g_steal_pointer (&row) : NULL;
}

/* Finds a row of the view as it was in the view as it is. Events are looked for at their time: to
 * find one by its key alone means to read the whole index.
 * @hint: where it may well be; @position (out): where it is
 * (transfer full), NULL where it has gone */
static IwTimelineRow *
find_again (IwTimelineModel *self, IwTimelineRow *old, guint hint, guint *position)
{
  const char *key = iw_timeline_row_get_key (old);
  gint64 time = iw_timeline_row_get_time (old);
  guint n_rows = iw_timeline_view_get_n_rows (self->view);
  IwTimelineRow *row = row_if (self, hint, key);
  guint first;

  *position = hint;
  if (row != NULL)
    return row;
  if (iw_timeline_row_get_kind (old) == IW_ROW_ENTRY)
    {
      *position = iw_timeline_view_find_key (self->view, key);
      return *position != G_MAXUINT ? row_if (self, *position, key) : NULL;
    }
  first = iw_timeline_view_find_time (self->view, time);
  for (guint i = first; i < n_rows && i - first < MAX_SAME_TIME; i++)
    {
      g_autoptr (IwTimelineRow) candidate = iw_timeline_view_get_row (self->view, i);

      if (iw_timeline_row_get_time (candidate) > time)
        break;
      *position = i;
      if (g_str_equal (iw_timeline_row_get_key (candidate), key))
        return g_steal_pointer (&candidate);
    }
  return NULL;
}

static void
restore_selection (IwTimelineModel *self)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  guint hint = 0;

  if (self->all_selected && self->n_items > 0)
    gtk_bitset_add_range (selected, 0, self->n_items);
  for (guint i = 0; i < self->selected_rows->len; i++)
    {
      guint position;
      g_autoptr (IwTimelineRow) row =
          find_again (self, g_ptr_array_index (self->selected_rows, i), hint, &position);

      if (row == NULL)
        continue;
      gtk_bitset_add (selected, position);
      hint = position + 1;
    }
  g_ptr_array_set_size (self->selected_rows, 0);
  replace_selection (self, selected);
}

void
iw_timeline_model_begin_change (IwTimelineModel *self)
{
  guint first, n, before;

  g_return_if_fail (IW_IS_TIMELINE_MODEL (self));
  g_return_if_fail (!self->changing);

  remember_selection (self);
  before = self->n_items;
  first = MIN (self->visible_first, before);
  n = MIN (self->visible_n, before - first);

  for (guint i = 0; i < n; i++)
    {
      Pin pin = { first + i, get_row (self, first + i) };

      g_array_append_val (self->pins, pin);
    }
  /* What follows the rows on screen goes first, then what stands before them. */
  self->n_items = first + n;
  emit_changed (self, first + n, before - first - n, 0);
  self->n_items = n;
  self->tail = first;
  emit_changed (self, 0, first, 0);

  self->changing = TRUE;
  self->n_pins = n;
  self->tail = 0;
  iw_timeline_model_days_changed (self);
}

/* Whether a row that is shown need not be shown anew. */
static gboolean
rows_alike (IwTimelineRow *a, IwTimelineRow *b)
{
  IwEntry *entry_a = iw_timeline_row_get_entry (a), *entry_b = iw_timeline_row_get_entry (b);
  IwEvidence *evidence_a = iw_timeline_row_get_evidence (a);
  IwEvidence *evidence_b = iw_timeline_row_get_evidence (b);

  if (iw_timeline_row_get_time (a) != iw_timeline_row_get_time (b) ||
      iw_timeline_row_get_end (a) != iw_timeline_row_get_end (b) ||
      iw_timeline_row_get_gap (a) != iw_timeline_row_get_gap (b) ||
      iw_timeline_row_get_skew (a) != iw_timeline_row_get_skew (b) ||
      iw_timeline_row_get_run_count (a) != iw_timeline_row_get_run_count (b) ||
      iw_timeline_row_get_run_expanded (a) != iw_timeline_row_get_run_expanded (b))
    return FALSE;
  if (entry_a != NULL && entry_b != NULL && entry_a != entry_b &&
      !iw_entry_equal_content (entry_a, entry_b))
    return FALSE;
  return evidence_a == evidence_b ||
         (evidence_a != NULL && evidence_b != NULL &&
          g_str_equal (iw_evidence_get_name (evidence_a), iw_evidence_get_name (evidence_b)));
}

/* Finds the pins in the view as it is now: @at[i] is the new position, G_MAXUINT where the row has
 * gone; @rows[i] is the row as it is now. */
static void
find_pins (IwTimelineModel *self, guint *at, IwTimelineRow **rows)
{
  guint hint = 0;

  for (guint i = 0; i < self->n_pins; i++)
    {
      rows[i] = find_again (self, g_array_index (self->pins, Pin, i).row, hint, &at[i]);
      if (rows[i] == NULL)
        at[i] = G_MAXUINT;
      else
        hint = at[i] + 1;
    }
}

/* Leaves the longest run of pins whose order is still the same: a row that moved in time is taken
 * out and put in again. There are a few dozen, so the square of their number does no harm. */
static void
keep_order (guint *at, guint n)
{
  g_autofree guint *length = g_new0 (guint, n);
  g_autofree int *before = g_new (int, n);
  int best = -1;

  for (guint i = 0; i < n; i++)
    {
      before[i] = -1;
      if (at[i] == G_MAXUINT)
        continue;
      length[i] = 1;
      for (guint j = 0; j < i; j++)
        if (at[j] != G_MAXUINT && at[j] < at[i] && length[j] + 1 > length[i])
          {
            length[i] = length[j] + 1;
            before[i] = j;
          }
      if (best < 0 || length[i] > length[best])
        best = i;
    }
  for (int i = (int)n - 1; i >= 0; i--)
    if (i == best)
      best = before[i];
    else
      at[i] = G_MAXUINT;
}

/* Takes out the pins that have gone and puts in those that look different. */
static void
settle_pins (IwTimelineModel *self)
{
  guint n = self->n_pins;
  g_autofree guint *at = g_new (guint, n + 1);
  g_autofree IwTimelineRow **rows = g_new0 (IwTimelineRow *, n + 1);

  find_pins (self, at, rows);
  keep_order (at, n);
  for (int i = (int)n - 1; i >= 0; i--)
    {
      Pin *pin = &g_array_index (self->pins, Pin, i);
      g_autoptr (IwTimelineRow) row = rows[i];

      if (at[i] == G_MAXUINT)
        {
          g_array_remove_index (self->pins, i);
          self->n_pins--;
          self->n_items--;
          emit_changed (self, i, 1, 0);
          continue;
        }
      pin->view_position = at[i];
      if (!rows_alike (pin->row, row))
        {
          g_set_object (&pin->row, row);
          emit_changed (self, i, 1, 1);
        }
    }
}

/* Puts the view's other rows around the pins, from the end to the beginning. */
static void
fill_gaps (IwTimelineModel *self)
{
  guint n_rows = iw_timeline_view_get_n_rows (self->view);

  self->tail = n_rows;
  while (TRUE)
    {
      guint position = self->n_pins;
      guint start = position == 0 ? 0 : to_view (self, position - 1) + 1;
      guint gap = self->tail - start;

      self->tail = start;
      self->n_items += gap;
      emit_changed (self, position, 0, gap);
      if (position == 0)
        break;
      /* The pin before the gap is now one of the view's rows like the others. */
      self->n_pins--;
      self->tail--;
    }
}

gboolean
iw_timeline_model_end_change (IwTimelineModel *self)
{
  guint n_kept;

  g_return_val_if_fail (IW_IS_TIMELINE_MODEL (self), FALSE);
  g_return_val_if_fail (self->changing, FALSE);

  g_hash_table_remove_all (self->rows);
  settle_pins (self);
  n_kept = self->n_pins;
  follow_pins (self);
  for (guint i = 0; i < n_kept; i++)
    {
      Pin *pin = &g_array_index (self->pins, Pin, i);

      g_hash_table_insert (self->rows, GUINT_TO_POINTER (pin->view_position),
                           g_object_ref (pin->row));
    }

  self->changing = FALSE;
  self->tail = iw_timeline_view_get_n_rows (self->view);
  iw_timeline_model_days_changed (self);
  fill_gaps (self);
  g_array_set_size (self->pins, 0);
  restore_selection (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  return n_kept > 0;
}

/* ---- object ---- */

static void
iw_timeline_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_ITEMS)
    g_value_set_uint (value, IW_TIMELINE_MODEL (object)->n_items);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
iw_timeline_model_finalize (GObject *object)
{
  IwTimelineModel *self = IW_TIMELINE_MODEL (object);

  g_clear_object (&self->view);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  g_clear_pointer (&self->selected_rows, g_ptr_array_unref);
  g_clear_pointer (&self->pins, g_array_unref);
  G_OBJECT_CLASS (iw_timeline_model_parent_class)->finalize (object);
}

static void
iw_timeline_model_class_init (IwTimelineModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = iw_timeline_model_get_property;
  object_class->finalize = iw_timeline_model_finalize;
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
iw_timeline_model_init (IwTimelineModel *self)
{
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->selected = gtk_bitset_new_empty ();
  self->selected_rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->pins = g_array_new (FALSE, TRUE, sizeof (Pin));
  g_array_set_clear_func (self->pins, pin_clear);
}

IwTimelineModel *
iw_timeline_model_new (IwTimelineView *view)
{
  IwTimelineModel *self = g_object_new (IW_TYPE_TIMELINE_MODEL, NULL);

  self->view = g_object_ref (view);
  self->n_items = iw_timeline_view_get_n_rows (view);
  return self;
}
