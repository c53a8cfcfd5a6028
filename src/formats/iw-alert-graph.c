/* Microsoft Graph security: incidents and alerts (resource types "incident" and "alert", API v1.0
 * /security/incidents and /security/alerts_v2). */
#include "iw-alert-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- evidence of an alert ---- */

static void
observe_file (IwAlert *alert, JsonObject *file)
{
  if (file == NULL)
    return;
  iw_alert_observe (alert, FALSE, "hash", iw_path_text (file, "sha256"));
  if (*iw_path_text (file, "sha256") == '\0')
    iw_alert_observe (alert, FALSE, "hash", iw_path_text (file, "sha1"));
  iw_alert_observe (alert, FALSE, "file", iw_path_text (file, "fileName"));
}

static void
observe_account (IwAlert *alert, JsonObject *account)
{
  const char *name = iw_path_text (account, "accountName");
  const char *domain = iw_path_text (account, "domainName");
  g_autofree char *whole = NULL;

  if (account == NULL)
    return;
  if (*iw_path_text (account, "userPrincipalName") != '\0')
    whole = g_strdup (iw_path_text (account, "userPrincipalName"));
  else if (*domain != '\0' && *name != '\0')
    whole = g_strdup_printf ("%s\\%s", domain, name);
  else
    whole = g_strdup (name);
  iw_alert_observe (alert, FALSE, "account", whole);
}

static void
observe_device (IwAlert *alert, JsonObject *evidence)
{
  const char *name = iw_path_text (evidence, "deviceDnsName");

  if (*name == '\0')
    name = iw_path_text (evidence, "hostName");
  iw_alert_observe (alert, TRUE, "workstation", name);
  iw_alert_observe (alert, FALSE, "host", name);
}

static void
read_evidence (IwAlert *alert, JsonObject *evidence)
{
  const char *type = strrchr (iw_path_text (evidence, "@odata.type"), '.');

  type = type != NULL ? type + 1 : "";
  if (strcmp (type, "deviceEvidence") == 0)
    observe_device (alert, evidence);
  else if (strcmp (type, "ipEvidence") == 0)
    iw_alert_observe (alert, FALSE, "ip", iw_path_text (evidence, "ipAddress"));
  else if (strcmp (type, "urlEvidence") == 0)
    iw_alert_observe (alert, FALSE, "url", iw_path_text (evidence, "url"));
  else if (strcmp (type, "fileEvidence") == 0)
    observe_file (alert, iw_path_object (evidence, "fileDetails"));
  else if (strcmp (type, "processEvidence") == 0)
    observe_file (alert, iw_path_object (evidence, "imageFile"));
  else if (strcmp (type, "userEvidence") == 0)
    observe_account (alert, iw_path_object (evidence, "userAccount"));
  else if (strcmp (type, "mailboxEvidence") == 0)
    iw_alert_observe (alert, FALSE, "mail", iw_path_text (evidence, "primaryAddress"));
  else if (strcmp (type, "analyzedMessageEvidence") == 0)
    {
      iw_alert_observe (alert, FALSE, "mail", iw_path_text (evidence, "p2Sender.emailAddress"));
      iw_alert_observe (alert, FALSE, "ip", iw_path_text (evidence, "senderIp"));
    }
}

/* ---- an alert ---- */

static char *
make_text (JsonObject *object)
{
  GString *text = g_string_new (iw_path_text (object, "description"));
  const char *category = iw_path_text (object, "category");
  const char *advice = iw_path_text (object, "recommendedActions");

  if (iw_path_tells (category))
    /* Translators: what kind of attack an alert is about */
    g_string_append_printf (text, _ ("\n- Category: %s"), category);
  if (iw_path_tells (advice))
    g_string_append_printf (text, "\n\n%s", advice);
  return g_string_free (text, FALSE);
}

static IwTime
first_time (JsonObject *object)
{
  IwTime time = iw_alert_time (iw_path_text (object, "firstActivityDateTime"));

  return iw_time_is_set (time) ? time : iw_alert_time (iw_path_text (object, "createdDateTime"));
}

static void
read_alert (JsonObject *object, IwAlertGroup *group)
{
  g_autofree char *id = g_strdup_printf ("graph-alert:%s", iw_path_text (object, "id"));
  IwAlert *alert = iw_alert_group_add (group, id);
  JsonArray *evidence = iw_path_array (object, "evidence");

  alert->title = g_strdup (iw_path_text (object, "title"));
  alert->text = make_text (object);
  alert->source = g_strdup (iw_path_text (object, "serviceSource"));
  alert->url = g_strdup (iw_path_text (object, "alertWebUrl"));
  if (g_ascii_strcasecmp (iw_path_text (object, "detectionSource"), "antivirus") == 0)
    alert->detection = "automated-signature";
  alert->started = first_time (object);
  alert->resolved = g_ascii_strcasecmp (iw_path_text (object, "status"), "resolved") == 0;
  if (alert->resolved)
    alert->ended = iw_alert_time (iw_path_text (object, "resolvedDateTime"));
  alert->severity = iw_alert_severity (iw_path_text (object, "severity"));
  if (alert->severity > group->severity)
    group->severity = alert->severity;
  g_strfreev (alert->techniques);
  alert->techniques = iw_alert_techniques (iw_path_array (object, "mitreTechniques"));
  for (guint i = 0; evidence != NULL && i < json_array_get_length (evidence); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (evidence, i)))
      read_evidence (alert, json_array_get_object_element (evidence, i));
}

/* ---- incidents ---- */

static gboolean
is_alert (JsonObject *object)
{
  return *iw_path_text (object, "title") != '\0' &&
         (*iw_path_text (object, "serviceSource") != '\0' ||
          *iw_path_text (object, "detectionSource") != '\0' ||
          strstr (iw_path_text (object, "@odata.type"), "security.alert") != NULL);
}

static gboolean
is_incident (JsonObject *object)
{
  return *iw_path_text (object, "displayName") != '\0' &&
         (iw_path_array (object, "alerts") != NULL ||
          *iw_path_text (object, "incidentWebUrl") != '\0' ||
          strstr (iw_path_text (object, "@odata.type"), "security.incident") != NULL);
}

static void
read_incident (JsonObject *object, gint64 row, GPtrArray *groups, GPtrArray *issues)
{
  g_autofree char *id = g_strdup_printf ("graph-incident:%s", iw_path_text (object, "id"));
  JsonArray *alerts = iw_path_array (object, "alerts");
  IwAlertGroup *group = iw_alert_group_new (id, iw_path_text (object, "displayName"),
                                            iw_path_text (object, "description"));

  group->severity = iw_alert_severity (iw_path_text (object, "severity"));
  iw_alert_say_rest (issues, alerts != NULL ? json_array_get_length (alerts) : 0);
  for (guint i = 0; alerts != NULL && i < json_array_get_length (alerts) && i < IW_ALERT_MAX; i++)
    {
      JsonNode *node = json_array_get_element (alerts, i);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          *iw_path_text (json_node_get_object (node), "id") != '\0')
        read_alert (json_node_get_object (node), group);
      else
        iw_import_issues_add (
            issues, row, 0, TRUE, "alerts.id",
            g_strdup (_ ("An alert without id cannot be told from others; it is left out.")), NULL);
    }
  g_ptr_array_add (groups, group);
}

/* Alerts that name the same incident come into the same one, also from several files. */
static IwAlertGroup *
group_of_alert (JsonObject *object, GPtrArray *groups)
{
  const char *incident = iw_path_text (object, "incidentId");
  g_autofree char *id = *incident != '\0'
                            ? g_strdup_printf ("graph-incident:%s", incident)
                            : g_strdup_printf ("graph-alert:%s", iw_path_text (object, "id"));

  for (guint i = 0; i < groups->len; i++)
    if (strcmp (((IwAlertGroup *)groups->pdata[i])->id, id) == 0)
      return groups->pdata[i];
  g_ptr_array_add (groups, iw_alert_group_new (id, iw_path_text (object, "title"),
                                               iw_path_text (object, "description")));
  return groups->pdata[groups->len - 1];
}

gboolean
iw_alert_read_graph (JsonObject *object, gint64 row, GPtrArray *groups, GPtrArray *issues)
{
  if (*iw_path_text (object, "id") == '\0')
    return FALSE;
  if (is_incident (object))
    read_incident (object, row, groups, issues);
  else if (is_alert (object))
    read_alert (object, group_of_alert (object, groups));
  else
    return FALSE;
  return TRUE;
}
