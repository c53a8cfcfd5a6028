/* The webhook of Prometheus Alertmanager, version 4 (its documentation: "webhook_config"). */
#include "iw-alert-private.h"

#include "iw-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "- key: value" for each label or annotation, in order of name. */
static void
add_members (GString *text, JsonObject *object)
{
  g_autoptr (GList) names =
      object != NULL ? g_list_sort (json_object_get_members (object), (GCompareFunc)strcmp) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *value = iw_model_json_get_string (object, name->data);

      if (value != NULL)
        g_string_append_printf (text, "\n- %s: %s", (const char *)name->data, value);
    }
}

static const char *
first_of (const char *a, const char *b)
{
  return *a != '\0' ? a : b;
}

static char *
make_text (JsonObject *object, JsonObject *labels, JsonObject *annotations)
{
  GString *text = g_string_new (first_of (iw_model_json_get_text (annotations, "description"),
                                          iw_model_json_get_text (annotations, "message")));

  add_members (text, labels);
  return g_string_free (text, FALSE);
}

/* What the labels call a machine may carry a port: "web-3:9100". */
static void
observe_instance (IwAlert *alert, const char *instance)
{
  const char *colon = strrchr (instance, ':');
  g_autofree char *host = colon != NULL && strchr (instance, ':') == colon
                              ? g_strndup (instance, colon - instance)
                              : g_strdup (instance);

  iw_alert_observe (alert, TRUE, "server", host);
}

static void
read_alert (JsonObject *object, IwAlertGroup *group)
{
  JsonObject *labels = iw_path_object (object, "labels");
  JsonObject *annotations = iw_path_object (object, "annotations");
  const char *started = iw_path_text (object, "startsAt");
  g_autofree char *id =
      g_strdup_printf ("alertmanager:%s@%s", iw_path_text (object, "fingerprint"), started);
  IwAlert *alert = iw_alert_group_add (group, id);

  alert->title = g_strdup (first_of (iw_model_json_get_text (annotations, "summary"),
                                     iw_model_json_get_text (labels, "alertname")));
  alert->text = make_text (object, labels, annotations);
  alert->source = g_strdup ("Alertmanager");
  alert->url = g_strdup (iw_path_text (object, "generatorURL"));
  alert->started = iw_alert_time (started);
  alert->resolved = g_ascii_strcasecmp (iw_path_text (object, "status"), "resolved") == 0;
  if (alert->resolved)
    alert->ended = iw_alert_time (iw_path_text (object, "endsAt"));
  alert->severity = iw_alert_severity (iw_model_json_get_text (labels, "severity"));
  if (alert->severity > group->severity)
    group->severity = alert->severity;
  observe_instance (alert, iw_model_json_get_text (labels, "instance"));
}

gboolean
iw_alert_read_alertmanager (JsonObject *object, GPtrArray *groups, GPtrArray *issues)
{
  JsonArray *alerts = iw_path_array (object, "alerts");
  const char *key = iw_path_text (object, "groupKey");
  g_autofree char *id = g_strdup_printf ("alertmanager:%s", key);
  IwAlertGroup *group;

  if (alerts == NULL || *key == '\0')
    return FALSE;
  group = iw_alert_group_new (
      id,
      first_of (iw_model_json_get_text (iw_path_object (object, "commonAnnotations"), "summary"),
                iw_model_json_get_text (iw_path_object (object, "commonLabels"), "alertname")),
      iw_model_json_get_text (iw_path_object (object, "commonAnnotations"), "description"));
  iw_alert_say_rest (issues, json_array_get_length (alerts));
  for (guint i = 0; i < json_array_get_length (alerts) && i < IW_ALERT_MAX; i++)
    {
      JsonNode *node = json_array_get_element (alerts, i);
      JsonObject *alert = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (alert != NULL && *iw_path_text (alert, "fingerprint") != '\0')
        read_alert (alert, group);
      else
        iw_import_issues_add (
            issues, i + 1, 0, TRUE, "alerts.fingerprint",
            g_strdup (
                _ ("An alert without fingerprint cannot be told from others; it is left out.")),
            NULL);
    }
  g_ptr_array_add (groups, group);
  return TRUE;
}
