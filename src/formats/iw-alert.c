/* Alerts of other programs: which format it is, and what all have in common. */
#include "config.h"

#include "iw-alert-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-indicator.h"
#include "iw-timeline-import.h"

/* ---- values ---- */

static void
observable_free (gpointer data)
{
  IwObservable *observable = data;

  g_free (observable->value);
  g_free (observable);
}

static void
alert_free (gpointer data)
{
  IwAlert *alert = data;

  g_free (alert->id);
  g_free (alert->title);
  g_free (alert->text);
  g_free (alert->source);
  g_free (alert->url);
  g_strfreev (alert->techniques);
  g_ptr_array_unref (alert->observables);
  g_ptr_array_unref (alert->left_out);
  g_free (alert);
}

void
iw_alert_group_free (IwAlertGroup *group)
{
  if (group == NULL)
    return;
  g_free (group->id);
  g_free (group->title);
  g_free (group->summary);
  g_ptr_array_unref (group->alerts);
  g_free (group);
}

IwAlertGroup *
iw_alert_group_new (const char *id, const char *title, const char *summary)
{
  IwAlertGroup *group = g_new0 (IwAlertGroup, 1);

  group->id = g_strdup (id);
  group->title = g_strdup (title);
  group->summary = g_strdup (summary);
  group->alerts = g_ptr_array_new_with_free_func (alert_free);
  return group;
}

IwAlert *
iw_alert_group_add (IwAlertGroup *group, const char *id)
{
  IwAlert *alert = g_new0 (IwAlert, 1);

  alert->id = g_strdup (id);
  alert->detection = "automated-anomaly";
  alert->techniques = g_new0 (char *, 1);
  alert->observables = g_ptr_array_new_with_free_func (observable_free);
  alert->left_out = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (group->alerts, alert);
  return alert;
}

/* Titles and names are shown on one line. (transfer full) */
static char *
make_line (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n\v\f", -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);
  return g_utf8_strlen (line->str, -1) > IW_ALERT_LINE_MAX
             ? g_utf8_substring (line->str, 0, IW_ALERT_LINE_MAX)
             : g_strdup (line->str);
}

/* Values that are none of their type (a sensor writes "N/A" for an address) are left out, and told.
 */
void
iw_alert_observe (IwAlert *alert, gboolean asset, const char *type, const char *value)
{
  g_autofree char *normal = NULL;
  IwIndicatorType indicator;
  IwObservable *observable;

  if (*value == '\0')
    return;
  if (asset)
    normal = make_line (value);
  else if (iw_indicator_type_from_string (type, &indicator))
    normal = iw_indicator_normalise (indicator, value);
  if (normal == NULL || *normal == '\0')
    {
      g_ptr_array_add (alert->left_out, g_strdup (value));
      return;
    }
  observable = g_new0 (IwObservable, 1);
  observable->asset = asset;
  observable->type = type;
  observable->value = g_steal_pointer (&normal);
  g_ptr_array_add (alert->observables, observable);
}

IwSeverity
iw_alert_severity (const char *text)
{
  static const struct
  {
    const char *word;
    IwSeverity severity;
  } words[] = {
    { "critical", IW_SEVERITY_CRITICAL },  { "fatal", IW_SEVERITY_CRITICAL },
    { "emergency", IW_SEVERITY_CRITICAL }, { "page", IW_SEVERITY_HIGH },
    { "high", IW_SEVERITY_HIGH },          { "error", IW_SEVERITY_HIGH },
    { "major", IW_SEVERITY_HIGH },         { "medium", IW_SEVERITY_MEDIUM },
    { "moderate", IW_SEVERITY_MEDIUM },    { "warning", IW_SEVERITY_MEDIUM },
    { "warn", IW_SEVERITY_MEDIUM },        { "low", IW_SEVERITY_LOW },
    { "minor", IW_SEVERITY_LOW },          { "info", IW_SEVERITY_LOW },
    { "informational", IW_SEVERITY_LOW },  { "notice", IW_SEVERITY_LOW },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i].word, text) == 0)
      return words[i].severity;
  return IW_SEVERITY_UNSET;
}

IwTime
iw_alert_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  IwTime time = IW_TIME_NONE;

  if (g_str_has_prefix (text, "0001-01-01"))
    return time;
  if (!iw_time_parse_rfc3339 (text, utc, &time) && !iw_time_parse_epoch (text, &time))
    return IW_TIME_NONE;
  return time;
}

/* T1566, T1566.002, TA0001 */
static gboolean
is_technique (const char *text)
{
  return g_regex_match_simple ("^TA?[0-9]{4}(\\.[0-9]{3})?$", text, 0, 0);
}

char **
iw_alert_techniques (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (is_technique (iw_path_element (array, i)))
      g_strv_builder_add (builder, iw_path_element (array, i));
  return g_strv_builder_end (builder);
}

/* ---- reading ---- */

void
iw_alert_say_rest (GPtrArray *issues, guint n)
{
  if (n > IW_ALERT_MAX)
    iw_import_issues_add (issues, IW_ALERT_MAX + 1, 0, TRUE, "",
                          g_strdup (_ ("A list may hold 10,000 alerts; the rest is left out.")),
                          NULL);
}

static void
read_object (JsonObject *object,
             const IwAlertMapping *mapping,
             gint64 row,
             GPtrArray *groups,
             GPtrArray *issues)
{
  if (iw_alert_read_alertmanager (object, groups, issues) ||
      iw_alert_read_graph (object, row, groups, issues))
    return;
  iw_alert_read_json (object, mapping, row, groups, issues);
}

static void
read_array (JsonArray *array, const IwAlertMapping *mapping, GPtrArray *groups, GPtrArray *issues)
{
  guint n = json_array_get_length (array);

  iw_alert_say_rest (issues, n);
  for (guint i = 0; i < n && i < IW_ALERT_MAX; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_object (json_node_get_object (node), mapping, i + 1, groups, issues);
      else
        iw_import_issues_add (issues, i + 1, 0, TRUE, "",
                              g_strdup (_ ("An alert is a JSON object.")), NULL);
    }
}

/* ---- what all have in common ---- */

/* Takes a line from @title, else from @other, else @last. */
static void
make_title (char **title, const char *other, const char *last)
{
  g_autofree char *own = make_line (*title);
  g_autofree char *others = make_line (other);

  g_free (*title);
  *title = g_strdup (*own != '\0' ? own : *others != '\0' ? others : last);
}

static void
tidy_text (IwAlert *alert, gint64 row, GPtrArray *issues)
{
  if (strlen (alert->text) <= IW_ALERT_TEXT_MAX)
    return;
  iw_import_issues_add (
      issues, row, 0, FALSE, "text",
      g_strdup (_ ("The text is longer than 1 MiB; its beginning alone is kept.")), alert->title);
  *g_utf8_find_prev_char (alert->text, alert->text + IW_ALERT_TEXT_MAX + 1) = '\0';
}

static void
say_left_out (const IwAlert *alert, gint64 row, GPtrArray *issues)
{
  for (guint i = 0; i < alert->left_out->len; i++)
    iw_import_issues_add (
        issues, row, 0, FALSE, "evidence",
        g_strdup (_ ("This is no such indicator or asset; the alert is taken without it.")),
        alert->left_out->pdata[i]);
}

static void
tidy_group (IwAlertGroup *group, GPtrArray *issues)
{
  const IwAlert *first = group->alerts->len > 0 ? group->alerts->pdata[0] : NULL;

  make_title (&group->title, first != NULL ? first->title : "", group->id);
  for (guint i = 0; i < group->alerts->len; i++)
    {
      IwAlert *alert = group->alerts->pdata[i];

      make_title (&alert->title, group->title, alert->id);
      tidy_text (alert, i + 1, issues);
      say_left_out (alert, i + 1, issues);
    }
}

GPtrArray *
iw_alert_read (const char *text,
               gsize length,
               const IwAlertMapping *mapping,
               GPtrArray *issues,
               GError **error)
{
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_alert_group_free);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  JsonNode *root = NULL;

  if (length > IW_ALERT_MAX_LENGTH)
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                           _ ("A file of alerts may have 32 MiB."));
      return NULL;
    }
  if (length > 0 && json_parser_load_from_data (parser, text, (gssize)length, &local))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    read_array (json_node_get_array (root), mapping, groups, issues);
  else if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonArray *value = iw_path_array (json_node_get_object (root), "value");

      if (value != NULL)
        read_array (value, mapping, groups, issues);
      else
        read_object (json_node_get_object (root), mapping, 1, groups, issues);
    }
  for (guint i = 0; i < groups->len; i++)
    tidy_group (groups->pdata[i], issues);
  if (groups->len > 0)
    return g_steal_pointer (&groups);
  if (local != NULL)
    g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE, _ ("This is no JSON: %s"),
                 local->message);
  else
    g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                         _ ("There is no alert in this file."));
  return NULL;
}
