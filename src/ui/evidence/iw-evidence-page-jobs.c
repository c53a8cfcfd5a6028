/* Long work of the evidence page, and verification. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-entry.h"
#include "iw-evidence-jobs.h"
#include "iw-evidence-page-private.h"
#include "iw-ui.h"

/* ---- progress ---- */

/* The keyboard goes to Cancel while there is one, and afterwards back to where it was. */
static void
take_focus (IwEvidencePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  g_set_weak_pointer (&self->former_focus, focus);
  gtk_widget_grab_focus (self->cancel);
}

static void
give_focus_back (IwEvidencePage *self)
{
  gboolean here = gtk_widget_has_focus (self->cancel);
  GtkWidget *former = self->former_focus;

  gtk_widget_set_visible (self->working, FALSE);
  if (here &&
      (former == NULL || !gtk_widget_get_mapped (former) || !gtk_widget_grab_focus (former)))
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  g_clear_weak_pointer (&self->former_focus);
}

void
iw_evidence_page_begin (IwEvidencePage *self, const char *doing)
{
  self->cancellable = g_cancellable_new ();
  self->doing = doing;
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_progress_bar_set_text (self->progress, doing);
  gtk_widget_set_visible (self->working, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "evidence.cancel", TRUE);
  take_focus (self);
  iw_evidence_page_update_actions (self);
}

void
iw_evidence_page_progress (gint64 done, gint64 total, gpointer data)
{
  IwEvidencePage *self = data;
  g_autofree char *part = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *text = NULL;

  if (self->gone || total <= 0)
    return;
  part = g_format_size ((guint64)done);
  whole = g_format_size ((guint64)total);
  /* Translators: what is being done, then sizes: "Adding files… 1.2 GB of 2.1 GB". */
  text = g_strdup_printf (_ ("%1$s %2$s of %3$s"), self->doing, part, whole);
  gtk_progress_bar_set_text (self->progress, text);
  gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / (double)total, 0, 1));
}

void
iw_evidence_page_end (IwEvidencePage *self)
{
  g_clear_object (&self->cancellable);
  if (self->gone)
    return;
  iw_evidence_page_update_actions (self);
  give_focus_back (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "evidence.cancel", FALSE);
}

/* ---- removing ---- */

typedef struct
{
  IwEvidencePage *page;
  char *done;
} Removal;

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  Removal *removal = data;
  g_autoptr (GError) error = NULL;

  if (iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error))
    iw_evidence_page_toast (removal->page, removal->done, TRUE);
  else
    iw_evidence_page_toast_error (removal->page, error);
  g_object_unref (removal->page);
  g_free (removal->done);
  g_free (removal);
}

/* The last link of its chain. The stored copy stays as long as this may be undone. */
static JsonObject *
make_disposal (IwEvidencePage *self, IwEvidence *evidence)
{
  /* Translators: %s is the name of a file. */
  g_autofree char *text = g_strdup_printf (_ ("Evidence “%s” removed from the incident"),
                                           iw_evidence_get_name (evidence));
  g_autoptr (IwEntry) entry =
      iw_entry_new (iw_live_incident_get_incident (self->live), IW_ENTRY_CUSTODY, text);
  g_autofree char *author = iw_ui_author ();
  gint64 now = g_get_real_time ();

  iw_entry_set_occurred (entry, (IwTime){ now, IW_PRECISION_SECOND });
  iw_entry_set_recorded (entry, (IwTime){ now, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (entry, author);
  iw_entry_set_field (entry, "subject", iw_evidence_get_id (evidence));
  iw_entry_set_field (entry, "to", "disposed");
  return iw_entry_to_json (entry);
}

void
iw_evidence_page_remove (IwEvidencePage *self, const char *docid)
{
  const char *incident = iw_live_incident_get_incident (self->live);
  g_autoptr (IwEvidence) evidence = iw_evidence_page_find (self, docid);
  g_autoptr (JsonObject) disposal = NULL;
  g_autofree char *entry = iw_id_new_document (iw_context_system (), incident, "entry");
  IwDocument *document;
  Removal *removal;

  if (evidence == NULL)
    return;
  disposal = make_disposal (self, evidence);
  removal = g_new0 (Removal, 1);
  removal->page = g_object_ref (self);
  /* Translators: %s is the name of a file. */
  removal->done = g_strdup_printf (_ ("“%s” removed"), iw_evidence_get_name (evidence));
  /* The page made it of this document. */
  document = iw_situation_find (iw_live_incident_get_situation (self->live), docid);
  {
    const IwChange changes[] = {
      { docid, NULL, document != NULL ? iw_document_get_rev (document) : NULL },
      { entry, disposal },
    };

    iw_workspace_apply_async (iw_live_incident_get_workspace (self->live), N_ ("Remove Evidence"),
                              changes, G_N_ELEMENTS (changes), 1, on_removed, removal);
  }
}

/* ---- verification ---- */

static void
keep_checks (IwEvidencePage *self, IwEvidenceVerifyJob *job)
{
  guint n = job->checks->len;

  while (n > 0)
    {
      IwEvidenceCheck *check = g_ptr_array_steal_index (job->checks, --n);

      g_hash_table_replace (self->conditions, check->docid, check);
    }
  iw_item_model_refresh (iw_item_list_get_model (self->list));
  g_signal_emit_by_name (self, "checked");
}

static char *
result_words (IwEvidenceVerifyJob *job)
{
  IwEvidenceCheck *check;

  if (job->docid == NULL || job->checks->len == 0)
    return iw_evidence_verify_words (job->checks);
  check = job->checks->pdata[0];
  /* Translators: %s is the name of a file. */
  if (check->condition == IW_EVIDENCE_INTACT)
    return g_strdup_printf (_ ("“%s” is intact."), check->name);
  /* Translators: the name of a file, then a sentence that says what is wrong with it. */
  return g_strdup_printf (_ ("“%1$s”: %2$s"), check->name, check->message);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEvidencePage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job, &error);

  iw_evidence_page_end (self);
  if (self->gone)
    return;
  if (done)
    {
      g_autofree char *words = result_words (job);

      keep_checks (self, job);
      iw_evidence_page_toast (self, words, FALSE);
    }
  else
    iw_evidence_page_toast_error (self, error);
}

void
iw_evidence_page_verify (IwEvidencePage *self, const char *docid)
{
  g_autofree char *author = iw_ui_author ();
  IwEvidenceVerifyJob *job =
      iw_evidence_verify_job_new (iw_live_incident_get_incident (self->live), docid, author);

  iw_evidence_page_begin (self, _ ("Verifying…"));
  iw_workspace_run_async (iw_live_incident_get_workspace (self->live), iw_evidence_verify_job_run,
                          job, iw_evidence_verify_job_free, iw_evidence_page_progress, self,
                          self->cancellable, on_verified, g_object_ref (self));
}
