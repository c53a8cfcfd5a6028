/* iw-alert-private.h: what the readers of the alert formats share. */
#pragma once

#include "iw-alert.h"
#include "iw-json-path.h"

G_BEGIN_DECLS

/* Without alerts, severity UNSET. (transfer full) */
IwAlertGroup *iw_alert_group_new (const char *id, const char *title, const char *summary);
/* Adds one with nothing but its id. (transfer none) */
IwAlert *iw_alert_group_add (IwAlertGroup *group, const char *id);
/* Tells of alerts past IW_ALERT_MAX, of @n, that are left out. */
void iw_alert_say_rest (GPtrArray *issues, guint n);
/* An empty @value adds nothing; of an asset's name, only a line of IW_ALERT_LINE_MAX is kept. */
void iw_alert_observe (IwAlert *alert, gboolean asset, const char *type, const char *value);
/* "critical", "high", "sev1", "error" …; UNSET where it is no such word. */
IwSeverity iw_alert_severity (const char *text);
/* RFC 3339, or seconds to nanoseconds since the epoch; unset where it is neither, or Go's zero
 * time. */
IwTime iw_alert_time (const char *text);
/* Those of an array of strings that look like ATT&CK techniques. (transfer full) */
char **iw_alert_techniques (JsonArray *array);

/* A reader appends groups; FALSE where @object is not of its format. */
gboolean iw_alert_read_alertmanager (JsonObject *object, GPtrArray *groups, GPtrArray *issues);
gboolean iw_alert_read_graph (JsonObject *object, gint64 row, GPtrArray *groups, GPtrArray *issues);
gboolean iw_alert_read_json (JsonObject *object,
                             const IwAlertMapping *mapping,
                             gint64 row,
                             GPtrArray *groups,
                             GPtrArray *issues);

G_END_DECLS
