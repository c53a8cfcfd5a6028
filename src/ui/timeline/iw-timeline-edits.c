/* The actions of the timeline page that change entries. Each is one user action: one undo. */
#include "config.h"

#include "iw-timeline-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-entry-dialog.h"
#include "iw-timeline-row-text.h"

/* The entry of the only selected row as it is stored now. (transfer full) */
static IwEntry *
get_entry (IwTimelinePage *self)
{
  g_autoptr (IwTimelineRow) row = iw_timeline_page_get_single (self);
  g_autoptr (GError) error = NULL;
  IwEntry *entry = row != NULL ? iw_timeline_row_get_entry (row) : NULL;
  IwEntry *stored;

  if (entry == NULL)
    return NULL;
  stored =
      iw_query_entry (iw_workspace_get_store (self->workspace), iw_entry_get_id (entry), &error);
  if (stored == NULL)
    iw_timeline_page_toast (self, error->message, FALSE);
  return stored;
}

/* What was saved may have replaced the row that had the keyboard. */
static void
on_closed (IwTimelinePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
present_dialog (IwTimelinePage *self, AdwDialog *dialog)
{
  g_signal_connect_object (dialog, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
present (IwTimelinePage *self, IwEntry *entry)
{
  present_dialog (self, iw_entry_dialog_new (self->workspace, entry, self->display));
}

/* A new entry is written now by the person who sits here. */
static void
stamp (IwEntry *entry)
{
  iw_entry_set_id (entry, NULL);
  iw_entry_set_recorded (entry, (IwTime){ g_get_real_time (), IW_PRECISION_MILLISECOND });
}

void
iw_timeline_edits_add (IwTimelinePage *self)
{
  g_autoptr (IwEntry) entry = iw_entry_new (self->incident, IW_ENTRY_OBSERVATION, "");
  g_autofree char *actor = g_settings_get_string (self->settings, "author");
  g_autofree char *team = g_settings_get_string (self->settings, "team");

  stamp (entry);
  iw_entry_set_occurred (entry, (IwTime){ g_get_real_time (), IW_PRECISION_MINUTE });
  iw_entry_set_actor (entry, actor);
  iw_entry_set_team (entry, team);
  present (self, entry);
}

void
iw_timeline_edits_edit (IwTimelinePage *self)
{
  g_autoptr (IwEntry) entry = get_entry (self);

  if (entry != NULL)
    present (self, entry);
}

void
iw_timeline_edits_duplicate (IwTimelinePage *self)
{
  g_autoptr (IwEntry) entry = get_entry (self);
  g_autoptr (IwEntry) copy = entry != NULL ? iw_entry_copy (entry) : NULL;

  if (copy == NULL)
    return;
  stamp (copy);
  present (self, copy);
}

void
iw_timeline_edits_bulk (IwTimelinePage *self)
{
  g_autoptr (GPtrArray) entries = iw_timeline_model_get_editable (self->model, G_MAXUINT);

  present_dialog (self, iw_entry_dialog_new_bulk (self->workspace, entries, self->display));
}

void
iw_timeline_edits_promote (IwTimelinePage *self)
{
  g_autoptr (IwTimelineRow) row = iw_timeline_page_get_single (self);
  const IwEvent *event = row != NULL ? iw_timeline_row_get_event (row) : NULL;
  IwEvidence *evidence = event != NULL ? iw_timeline_row_get_evidence (row) : NULL;
  g_autoptr (IwEntry) entry = NULL;

  if (evidence == NULL)
    return;
  entry = iw_entry_new (self->incident, IW_ENTRY_OBSERVATION, event->message);
  stamp (entry);
  /* The corrected time: it is what the timeline shows; the cited row keeps what the source wrote.
   */
  iw_entry_set_occurred (
      entry, (IwTime){ iw_timeline_row_get_time (row), iw_timeline_row_get_precision (row) });
  iw_entry_set_source (entry, iw_evidence_get_name (evidence));
  iw_entry_set_actor (entry, event->actor);
  iw_entry_add_link (entry, iw_evidence_get_id (evidence), event->row);
  present (self, entry);
}

/* ---- without a dialog ---- */

typedef struct
{
  IwTimelinePage *page;
  char *done; /* what to say */
} Applied;

static void
on_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  Applied *applied = data;
  g_autoptr (IwTimelinePage) self = applied->page;
  g_autofree char *done = applied->done;
  g_autoptr (GError) error = NULL;
  gboolean good = iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error);

  g_free (applied);
  if (self->view != NULL)
    iw_timeline_page_toast (self, good ? done : error->message, good);
}

/* @done: (transfer full) */
static void
apply (IwTimelinePage *self, const char *label, GArray *changes, char *done)
{
  Applied *applied = g_new0 (Applied, 1);

  applied->page = g_object_ref (self);
  applied->done = done;
  iw_workspace_apply_async (self->workspace, label, (const IwChange *)(void *)changes->data,
                            changes->len, changes->len, on_applied, applied);
}

void
iw_timeline_edits_delete (IwTimelinePage *self)
{
  g_autoptr (GPtrArray) entries = iw_timeline_model_get_editable (self->model, G_MAXUINT);
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (IwChange));
  guint n = entries->len;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      IwEntry *entry = g_ptr_array_index (entries, i);
      IwChange change = { iw_entry_get_id (entry), NULL, iw_entry_get_rev (entry) };

      g_array_append_val (changes, change);
    }
  apply (self, n == 1 ? N_ ("Delete Entry") : N_ ("Delete %u Entries"), changes,
         g_strdup_printf (ngettext ("%u entry deleted", "%u entries deleted", n), n));
}

/* Sets the flag on all of them, or takes it off where all have it. */
void
iw_timeline_edits_toggle_key (IwTimelinePage *self)
{
  g_autoptr (GPtrArray) entries = iw_timeline_model_get_editable (self->model, G_MAXUINT);
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (IwChange));
  gboolean all = TRUE;

  for (guint i = 0; i < entries->len; i++)
    all = all && iw_entry_get_key (g_ptr_array_index (entries, i));
  for (guint i = 0; i < entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (IwEntry) copy = iw_entry_copy (entry);
      IwChange change = { iw_entry_get_id (entry), NULL, iw_entry_get_rev (entry) };

      if (iw_entry_get_key (entry) == !all)
        continue;
      iw_entry_set_key (copy, !all);
      change.body = iw_entry_to_json (copy);
      g_array_append_val (changes, change);
    }
  if (changes->len > 0)
    apply (self, all ? N_ ("Unmark Key Event") : N_ ("Mark Key Event"), changes,
           g_strdup (all ? _ ("No longer a key event") : _ ("Marked as a key event")));
  for (guint i = 0; i < changes->len; i++)
    json_object_unref (g_array_index (changes, IwChange, i).body);
}
