/* A workspace that cannot be opened, and its recovery. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-application-private.h"
#include "iw-problem-page.h"
#include "iw-recovery.h"

typedef struct
{
  char *dir;
  IwRecoveryReport report;
} Recovery;

static void
recovery_free (gpointer data)
{
  Recovery *recovery = data;

  g_free (recovery->dir);
  iw_recovery_report_clear (&recovery->report);
  g_free (recovery);
}

static void
recovery_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Recovery *recovery = data;
  GError *error = NULL;

  if (iw_recovery_run (recovery->dir, iw_context_system (), &recovery->report, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
show_report (IwApplication *self, const IwRecoveryReport *report)
{
  g_autofree char *saved = g_strdup_printf (
      ngettext ("%u document was saved.", "%u documents were saved.", report->documents),
      report->documents);
  g_autofree char *lost = g_strdup_printf (
      ngettext ("%u row could not be read.", "%u rows could not be read.", report->lost),
      report->lost);
  /* Translators: %s is the path of a file. */
  g_autofree char *kept =
      g_strdup_printf (_ ("The damaged file is kept as “%s”."), report->kept_as);
  g_autofree char *body = g_strdup_printf ("%s %s\n\n%s", saved, lost, kept);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Workspace Recovered"), body);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (iw_application_get_window (self)));
}

static void
on_recovered (GObject *source, GAsyncResult *result, gpointer data)
{
  IwApplication *self = IW_APPLICATION (source);
  Recovery *recovery = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      iw_application_show_problem (self, error);
      return;
    }
  iw_application_show_workspace (self, recovery->dir);
  if (self->workspace != NULL)
    show_report (self, &recovery->report);
}

static void
on_recover (IwApplication *self, IwProblemPage *page)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_recovered, NULL);
  Recovery *recovery = g_new0 (Recovery, 1);

  recovery->dir = g_strdup (self->dir);
  g_task_set_task_data (task, recovery, recovery_free);
  iw_problem_page_show_work (page, _ ("Recovering the Workspace…"), FALSE);
  g_task_run_in_thread (task, recovery_thread);
}

static void
on_retry (IwApplication *self)
{
  iw_application_show_workspace (self, self->dir);
}

void
iw_application_show_problem (IwApplication *self, const GError *error)
{
  GtkWidget *page = iw_problem_page_new ();

  g_signal_connect_object (page, "recover", G_CALLBACK (on_recover), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "retry", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  iw_window_set_cover (iw_application_get_window (self), page);
  iw_problem_page_show_error (IW_PROBLEM_PAGE (page), self->dir, error);
}
