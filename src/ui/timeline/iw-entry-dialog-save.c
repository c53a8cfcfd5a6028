/* The entry dialog: drafts, and saving as one user action. */
#include "config.h"

#include "iw-entry-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "iw-meanwhile.h"
#include "iw-ui.h"

/* ---- drafts ---- */

/* What is typed into a plain new entry must not turn up in one that was promoted from an event: the
 * key says what the dialog began with. */
static char *
make_draft_key (IwEntryDialog *self)
{
  IwEntry *first = g_ptr_array_index (self->entries, 0);
  g_autoptr (GString) begun = g_string_new (NULL);
  g_autofree char *sum = NULL;

  if (self->entries->len == 1 && iw_entry_get_id (first) != NULL)
    return g_strconcat ("entry:", iw_entry_get_id (first), NULL);
  if (self->entries->len == 1 && *iw_entry_get_text (first) == '\0')
    return g_strconcat ("entry:new:", iw_entry_get_incident (first), NULL);
  for (guint i = 0; i < self->entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (self->entries, i);
      const char *id = iw_entry_get_id (entry);

      g_string_append_printf (begun, "%s\n", id != NULL ? id : iw_entry_get_text (entry));
    }
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, begun->str, -1);
  return g_strdup_printf ("entry:%s:%s:%.16s", self->entries->len > 1 ? "bulk" : "new",
                          iw_entry_get_incident (first), sum);
}

void
iw_entry_dialog_find_draft (IwEntryDialog *self)
{
  g_autofree char *draft = NULL;
  g_autofree char *rev = NULL;
  g_autoptr (IwEntryForm) restored = NULL;

  self->draft_key = make_draft_key (self);
  draft = iw_workspace_get_draft (self->workspace, self->draft_key);
  restored = iw_entry_form_restore_draft (self->pristine, draft);
  if (!iw_entry_form_is_changed (restored))
    return;
  /* What others wrote since it was typed is not overwritten. */
  rev = iw_entry_form_get_draft_rev (draft);
  if (rev != NULL && self->entries->len == 1)
    iw_entry_set_rev (self->entries->pdata[0], rev);
  iw_entry_dialog_set_form (self, restored);
  adw_banner_set_title (self->banner, _ ("What you typed here before is back"));
  adw_banner_set_revealed (self->banner, TRUE);
}

void
iw_entry_dialog_keep_draft (IwEntryDialog *self)
{
  g_autofree char *draft = NULL;

  if (self->draft_key == NULL || self->saved)
    return;
  if (iw_entry_form_is_changed (self->form))
    draft = iw_entry_form_to_draft (
        self->form, self->entries->len == 1 ? iw_entry_get_rev (self->entries->pdata[0]) : NULL);
  iw_workspace_put_draft (self->workspace, self->draft_key, draft);
}

/* ---- saving ---- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEntryDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error))
    {
      iw_workspace_put_draft (self->workspace, self->draft_key, NULL);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  else
    {
      g_autofree char *words = iw_ui_describe_error (error);

      self->saved = FALSE;
      iw_meanwhile_hold (self->meanwhile, FALSE);
      gtk_widget_set_sensitive (self->page, TRUE);
      adw_banner_set_title (self->error_banner, words);
      adw_banner_set_revealed (self->error_banner, TRUE);
      iw_entry_dialog_set_form (self, self->form);
    }
}

static void
change_clear (gpointer data)
{
  IwChange *change = data;

  g_free ((char *)change->docid);
  json_object_unref (change->body);
}

static GArray *
make_changes (IwEntryDialog *self)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (IwChange));

  g_array_set_clear_func (changes, change_clear);
  for (guint i = 0; i < self->entries->len; i++)
    {
      IwEntry *before = g_ptr_array_index (self->entries, i);
      g_autoptr (IwEntry) entry = iw_entry_form_apply (self->form, before);
      IwChange change;

      if (iw_entry_get_id (before) != NULL && iw_entry_equal_content (before, entry))
        continue;
      if (iw_entry_get_id (before) == NULL)
        {
          IwTime now = { iw_context_now (iw_context_system ()), IW_PRECISION_SECOND };

          now.us -= now.us % IW_USEC_PER_SEC;
          if (!iw_time_is_set (iw_entry_get_recorded (entry)))
            iw_entry_set_recorded (entry, now);
        }
      change.docid =
          iw_entry_get_id (before) != NULL
              ? g_strdup (iw_entry_get_id (before))
              : iw_id_new_document (iw_context_system (), iw_entry_get_incident (before), "entry");
      change.body = iw_entry_to_json (entry);
      change.base = iw_entry_get_rev (before);
      g_array_append_val (changes, change);
    }
  return changes;
}

static const char *
action_label (IwEntryDialog *self, guint n)
{
  if (self->entries->len > 1)
    return n == 1 ? N_ ("Edit Entry") : N_ ("Edit %u Entries");
  return iw_entry_get_id (g_ptr_array_index (self->entries, 0)) == NULL ? N_ ("Add Entry")
                                                                        : N_ ("Edit Entry");
}

void
iw_entry_dialog_save (IwEntryDialog *self)
{
  g_autoptr (GArray) changes = NULL;

  if (self->saved || !gtk_widget_get_sensitive (self->save))
    return;
  changes = make_changes (self);
  self->saved = TRUE;
  iw_meanwhile_hold (self->meanwhile, TRUE);
  if (changes->len == 0)
    {
      iw_workspace_put_draft (self->workspace, self->draft_key, NULL);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  adw_banner_set_revealed (self->error_banner, FALSE);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_sensitive (self->page, FALSE);
  iw_workspace_apply_async (self->workspace, action_label (self, changes->len),
                            (const IwChange *)(void *)changes->data, changes->len, changes->len,
                            on_saved, g_object_ref (self));
}
