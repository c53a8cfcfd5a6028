/* Links to incidents ("incident-workbench:UUID"), as messages carry them. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-application-private.h"
#include "iw-message.h"

static void
open_link (IwApplication *self, const char *uri)
{
  IwWindow *window = iw_application_get_window (self);
  g_autofree char *incident = iw_message_incident_of_link (uri);
  g_autoptr (IwIncidentRow) row = NULL;

  if (incident == NULL)
    {
      iw_window_add_text_toast (window, _ ("The link leads to no incident"));
      return;
    }
  /* Where the workspace cannot be opened, the window says why. */
  if (self->workspace == NULL)
    return;
  row = iw_query_incident (iw_workspace_get_store (self->workspace), incident, NULL);
  if (row == NULL)
    iw_window_add_text_toast (window, _ ("The incident of the link is not in this workspace"));
  else
    iw_window_show_incident (window, row->incident, FALSE);
}

GPtrArray *
iw_application_open_links (IwApplication *self, GFile **files, guint n_files)
{
  GPtrArray *rest = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);

      if (iw_message_is_link (uri))
        open_link (self, uri);
      else
        g_ptr_array_add (rest, g_object_ref (files[i]));
    }
  return rest;
}
