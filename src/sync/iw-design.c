/* The design document, built from data/couchdb/validate.js by iw-design-build.c. */
#include "config.h"

#include "iw-design.h"

#include "iw-design-resources.h"

#define PATH "/io/github/incident_workbench/IncidentWorkbench/sync/design.json"

static gpointer
load (gpointer data)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_resource_lookup_data (iw_design_get_resource (), PATH,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL)
    g_error ("%s", error->message);
  return bytes;
}

const char *
iw_design_document (void)
{
  static GOnce once = G_ONCE_INIT;
  GBytes *bytes = g_once (&once, load, NULL);

  /* Text in a resource is followed by a NUL. */
  return g_bytes_get_data (bytes, NULL);
}
