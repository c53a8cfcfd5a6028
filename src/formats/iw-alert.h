/* iw-alert.h: alerts of other programs: read, and made into an incident or added to one.
 *
 * Read are the webhook of Prometheus Alertmanager (version 4), Microsoft Graph security incidents
 * and alerts (alerts_v2), alone or in a "value" list, and any JSON object or array of objects by a
 * mapping. The same alert twice changes nothing. Synchronous; any one thread.
 */
#pragma once

#include <gio/gio.h>

#include "iw-import-issue.h"
#include "iw-incident.h"
#include "iw-store.h"

G_BEGIN_DECLS

#define IW_ALERT_MAX_LENGTH (32 * 1024 * 1024) /* bytes of a file */
#define IW_ALERT_MAX 10000                     /* alerts in a list */
#define IW_ALERT_LINE_MAX 500                  /* characters of a title */
#define IW_ALERT_TEXT_MAX (1024 * 1024)        /* bytes of a text */

/* Something that an alert names: an indicator or, with @asset, a thing of ours. */
typedef struct
{
  gboolean asset;
  const char *type; /* an indicator type (iw-indicator.h) or asset type; static */
  char *value;
} IwObservable;

typedef struct
{
  char *id;              /* "graph-alert:da637…": the same alert has the same */
  char *title;           /* one line, never empty */
  char *text;            /* Markdown; "" if none */
  char *source;          /* the program or sensor that says so */
  char *url;             /* "" if none */
  const char *detection; /* process.md D1: "automated-signature" or "automated-anomaly"; static */
  IwTime started;        /* unset if not told */
  IwTime ended;          /* set where it is over */
  gboolean resolved;
  IwSeverity severity;    /* UNSET if not told */
  char **techniques;      /* "T1566.002"; never NULL */
  GPtrArray *observables; /* (element-type IwObservable) */
  GPtrArray *left_out;    /* (element-type utf8) what it names that is no such value */
} IwAlert;

/* Alerts that belong to one incident. */
typedef struct
{
  char *id;    /* "alertmanager:{}/{job=…}": the same incident has the same */
  char *title; /* one line, never empty */
  char *summary;
  IwSeverity severity;
  GPtrArray *alerts; /* (element-type IwAlert) */
} IwAlertGroup;
void iw_alert_group_free (IwAlertGroup *group);

/* Where the parts of an alert stand in plain JSON, each a path "event.created" or NULL. */
typedef struct
{
  char *id, *incident, *title, *text, *time, *severity, *source, *techniques;
} IwAlertMapping;
void iw_alert_mapping_clear (IwAlertMapping *mapping);
/* "id=event.id"; FALSE where the part is unknown. */
gboolean iw_alert_mapping_set (IwAlertMapping *mapping, const char *pair);

/* Reads a text; NULL where @length is 0. @mapping: for plain JSON, NULL or empty takes the usual names
 * (id, title or name, description or message, time or timestamp, severity, source). What cannot be used
 * is told in @issues and left out. IW_IMPORT_ERROR_UNREADABLE where the text is no JSON or nothing in it
 * is an alert. (element-type IwAlertGroup) (transfer full) */
GPtrArray *iw_alert_read (const char *text,
                          gsize length,
                          const IwAlertMapping *mapping,
                          GPtrArray *issues,
                          GError **error);

typedef struct
{
  guint made;    /* incidents */
  guint updated; /* incidents that got something new */
  guint known;   /* alerts that were here already */
  guint added;   /* alerts written */
} IwAlertCounts;

/* Writes what is new, each group as one user action: into the open incident with the same id, else
 * into a new one with its detection (D1). Severity is set from the alert only where a new incident
 * is made; afterwards people decide. One at a time over all programs (a lock in the workspace), so
 * that two at once do not make two incidents. @incidents (out, optional, transfer full): their
 * UUIDs, in the order of @groups. */
gboolean iw_alert_take (IwStore *store,
                        GPtrArray *groups,
                        const char *author,
                        IwAlertCounts *counts,
                        char ***incidents,
                        GError **error);

G_END_DECLS
