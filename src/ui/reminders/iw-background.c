#include "config.h"

#include "iw-background.h"

#include <glib/gi18n-lib.h>
#include <libportal/portal.h>

/* What an error of the portal means. */
static IwBackground
answer_of (const GError *error)
{
  g_autofree char *remote =
      g_dbus_error_is_remote_error (error) ? g_dbus_error_get_remote_error (error) : NULL;

  if (remote != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return IW_BACKGROUND_NO_PORTAL;
  return IW_BACKGROUND_REFUSED;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (xdp_portal_request_background_finish (XDP_PORTAL (source), result, &error))
    g_task_return_int (task, IW_BACKGROUND_ALLOWED);
  else if (error == NULL)
    g_task_return_int (task, IW_BACKGROUND_REFUSED);
  else
    {
      g_info ("The background portal said: %s", error->message);
      g_task_return_int (task, answer_of (error));
    }
}

void
iw_background_request_async (gboolean wanted,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  g_autoptr (GError) error = NULL;
  g_autoptr (XdpPortal) portal = xdp_portal_initable_new (&error);
  g_autoptr (GPtrArray) command = g_ptr_array_new ();

  g_task_set_source_tag (task, iw_background_request_async);
  if (portal == NULL)
    {
      g_task_return_int (task, IW_BACKGROUND_NO_PORTAL);
      g_object_unref (task);
      return;
    }
  /* Without a window, until there is something to show. */
  g_ptr_array_add (command, (gpointer) "incident-workbench");
  g_ptr_array_add (command, (gpointer) "--gapplication-service");
  xdp_portal_request_background (portal, NULL, _ ("Remind you of legal clocks that run"), command,
                                 wanted ? XDP_BACKGROUND_FLAG_AUTOSTART : XDP_BACKGROUND_FLAG_NONE,
                                 cancellable, on_answered, task);
}

gboolean
iw_background_request_finish (GAsyncResult *result, IwBackground *out, GError **error)
{
  gssize answer;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  answer = g_task_propagate_int (G_TASK (result), error);
  if (answer < 0)
    return FALSE;
  *out = (IwBackground)answer;
  return TRUE;
}

gboolean
iw_background_may_stay (IwBackground answer)
{
  return answer == IW_BACKGROUND_ALLOWED ||
         (answer == IW_BACKGROUND_NO_PORTAL && !xdp_portal_running_under_sandbox ());
}
