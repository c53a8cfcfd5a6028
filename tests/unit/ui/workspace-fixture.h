/* workspace-fixture.h: a workspace in a folder of its own, and waiting for what it does. */
#pragma once

#include "iw-new-incident.h"
#include "iw-test-support.h"
#include "iw-workspace.h"

typedef struct
{
  char *dir;
  IwWorkspace *workspace;
  GAsyncResult *result; /* of the last call */
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = iw_test_make_dir ();
  fixture->workspace = iw_workspace_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  if (fixture->workspace != NULL)
    {
      GWeakRef left;
      gboolean gone = FALSE;

      iw_workspace_close (fixture->workspace);
      g_weak_ref_init (&left, fixture->workspace);
      g_clear_object (&fixture->workspace);
      /* A thread that has just ended may still be letting go of it. */
      for (guint i = 0; i < 2000 && !gone; i++)
        {
          g_autoptr (IwWorkspace) still = NULL;

          while (g_main_context_iteration (NULL, FALSE))
            ;
          g_usleep (1000);
          still = g_weak_ref_get (&left);
          gone = still == NULL;
        }
      g_assert_true (gone);
      g_weak_ref_clear (&left);
    }
  iw_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
}

static void G_GNUC_UNUSED
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_set_object (&fixture->result, result);
}

static GAsyncResult *G_GNUC_UNUSED
wait_result (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fixture->result;
}

/* Starts to make an incident; (transfer full): its UUID. */
static char *G_GNUC_UNUSED
begin_incident (Fixture *fixture, const char *title, IwSeverity severity)
{
  const IwContext *context = iw_context_system ();
  char *incident = iw_id_new (context);
  IwNewIncident fields = { .title = title, .summary = "", .zone = "UTC", .severity = severity };
  g_autoptr (GPtrArray) documents = iw_new_incident_documents (&fields, incident, context);
  g_autofree IwChange *changes = g_new0 (IwChange, documents->len);

  for (guint i = 0; i < documents->len; i++)
    {
      IwNewDocument *document = documents->pdata[i];

      changes[i] = (IwChange){ document->docid, document->body };
    }
  g_clear_object (&fixture->result);
  iw_workspace_apply_async (fixture->workspace, "New Incident", changes, documents->len, 1, on_result,
                            fixture);
  return incident;
}

static char *G_GNUC_UNUSED
add_incident (Fixture *fixture, const char *title, IwSeverity severity)
{
  char *incident = begin_incident (fixture, title, severity);
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_workspace_apply_finish (fixture->workspace, wait_result (fixture), &error));
  g_assert_no_error (error);
  return incident;
}
