/* Alerts as plain JSON: by a mapping, or under the usual names. */
#include "iw-alert-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
iw_alert_mapping_clear (IwAlertMapping *mapping)
{
  g_free (mapping->id);
  g_free (mapping->incident);
  g_free (mapping->title);
  g_free (mapping->text);
  g_free (mapping->time);
  g_free (mapping->severity);
  g_free (mapping->source);
  g_free (mapping->techniques);
  memset (mapping, 0, sizeof *mapping);
}

gboolean
iw_alert_mapping_set (IwAlertMapping *mapping, const char *pair)
{
  const struct
  {
    const char *name;
    char **slot;
  } parts[] = {
    { "id", &mapping->id },         { "incident", &mapping->incident },
    { "title", &mapping->title },   { "text", &mapping->text },
    { "time", &mapping->time },     { "severity", &mapping->severity },
    { "source", &mapping->source }, { "techniques", &mapping->techniques },
  };
  const char *equals = strchr (pair, '=');

  if (equals == NULL || equals[1] == '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strlen (parts[i].name) == (gsize)(equals - pair) &&
        strncmp (parts[i].name, pair, equals - pair) == 0)
      {
        g_free (*parts[i].slot);
        *parts[i].slot = g_strdup (equals + 1);
        return TRUE;
      }
  return FALSE;
}

/* By the mapping, else the first of the usual names that is there. (transfer full) */
static char *
part (JsonObject *object, const char *path, const char *const *usual)
{
  if (path != NULL)
    return iw_path_scalar (object, path);
  for (guint i = 0; usual[i] != NULL; i++)
    {
      g_autofree char *value = iw_path_scalar (object, usual[i]);

      if (*value != '\0')
        return g_steal_pointer (&value);
    }
  return g_strdup ("");
}

static const char *const ids[] = { "id", "alert_id", "uuid", "event_id", NULL };
static const char *const incidents[] = { "incident_id", "incident", "case_id", NULL };
static const char *const titles[] = { "title", "name", "rule", "summary", NULL };
static const char *const texts[] = { "description", "message", "text", NULL };
static const char *const times[] = {
  "time", "timestamp", "@timestamp", "created_at", "date", NULL
};
static const char *const severities[] = { "severity", "level", "priority", NULL };
static const char *const sources[] = { "source", "product", "sensor", NULL };

gboolean
iw_alert_read_json (JsonObject *object,
                    const IwAlertMapping *mapping,
                    gint64 row,
                    GPtrArray *groups,
                    GPtrArray *issues)
{
  static const IwAlertMapping usual = { 0 };
  const IwAlertMapping *map = mapping != NULL ? mapping : &usual;
  g_autofree char *id = part (object, map->id, ids);
  g_autofree char *title = part (object, map->title, titles);
  g_autofree char *text = part (object, map->text, texts);
  g_autofree char *incident = part (object, map->incident, incidents);
  g_autofree char *time = part (object, map->time, times);
  g_autofree char *severity = part (object, map->severity, severities);
  g_autofree char *alert_id = g_strdup_printf ("alert:%s", id);
  g_autofree char *group_id =
      g_strdup_printf ("alert-incident:%s", *incident != '\0' ? incident : id);
  IwAlertGroup *group = NULL;
  IwAlert *alert;

  if (*id == '\0' || *title == '\0')
    {
      iw_import_issues_add (
          issues, row, 0, TRUE, *id == '\0' ? "id" : "title",
          g_strdup (_ ("An alert needs an id and a title; say with --map where they stand.")),
          NULL);
      return FALSE;
    }
  for (guint i = 0; i < groups->len && group == NULL; i++)
    if (strcmp (((IwAlertGroup *)groups->pdata[i])->id, group_id) == 0)
      group = groups->pdata[i];
  if (group == NULL)
    {
      group = iw_alert_group_new (group_id, title, text);
      g_ptr_array_add (groups, group);
    }
  alert = iw_alert_group_add (group, alert_id);
  alert->title = g_strdup (title);
  alert->text = g_steal_pointer (&text);
  alert->source = part (object, map->source, sources);
  alert->url = g_strdup (iw_path_text (object, "url"));
  alert->started = iw_alert_time (time);
  alert->severity = iw_alert_severity (severity);
  if (alert->severity > group->severity)
    group->severity = alert->severity;
  g_strfreev (alert->techniques);
  alert->techniques = iw_alert_techniques (
      iw_path_array (object, map->techniques != NULL ? map->techniques : "techniques"));
  if (*time != '\0' && !iw_time_is_set (alert->started))
    iw_import_issues_add (issues, row, 0, FALSE, map->time != NULL ? map->time : "time",
                          g_strdup (_ ("This is no time; the alert stands at the present.")), time);
  return TRUE;
}
