/* The incident's own document. */
#include "iw-incident.h"

#include "iw-model-json.h"

JsonObject *
iw_incident_new_document (const char *incident,
                          const char *title,
                          const char *summary,
                          const char *zone)
{
  JsonObject *object;

  g_return_val_if_fail (incident != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "type", "incident");
  json_object_set_int_member (object, "v", 1);
  json_object_set_string_member (object, "incident", incident);
  iw_model_json_set_string (object, "title", title);
  iw_model_json_set_string (object, "summary", summary);
  iw_model_json_set_string (object, "zone", zone);
  return object;
}
