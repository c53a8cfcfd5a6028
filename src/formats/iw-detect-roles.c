/* iw-detect-roles.c: what columns mean, by their names */
#include "iw-detect.h"

#include <string.h>

typedef struct
{
  IwRole role;
  const char *names[40]; /* lower case, the best first */
} Rule;

/* Names as each program writes them. */
static const Rule timesketch[] = {
  { IW_ROLE_TIME, { "datetime" } },
  { IW_ROLE_EPOCH, { "timestamp" } },
  { IW_ROLE_MESSAGE, { "message" } },
  { IW_ROLE_DESC, { "timestamp_desc" } },
  { IW_ROLE_KIND, { "entry_kind" } },
  { IW_ROLE_HOST, { "hostname", "computer_name", "host", "computer" } },
  { IW_ROLE_ACTOR, { "username", "user", "user_name", "actor", "uid" } },
  { IW_ROLE_SOURCE,
    { "channel", "source_name", "source_long", "source", "parser", "data_type", "tool" } },
  { IW_ROLE_TEAM, { "team" } },
  { IW_ROLE_CONFIDENCE, { "confidence" } },
  { IW_ROLE_KEY, { "key" } },
  { IW_ROLE_END_TIME, { "occurred_end" } },
  { IW_ROLE_TAGS, { "tags", "tag" } },
};

static const Rule iris_import[] = {
  { IW_ROLE_TIME, { "event_date" } },     { IW_ROLE_ZONE, { "event_tz" } },
  { IW_ROLE_TITLE, { "event_title" } },   { IW_ROLE_MESSAGE, { "event_content" } },
  { IW_ROLE_DESC, { "event_category" } }, { IW_ROLE_SOURCE, { "event_source" } },
  { IW_ROLE_TAGS, { "event_tags" } },
};

/* The export writes the time in UTC and beside it as it was in event_tz; "created_by" is who typed.
 */
static const Rule iris_export[] = {
  { IW_ROLE_TIME, { "event_date(utc)", "event_date" } },
  { IW_ROLE_TITLE, { "event_title" } },
  { IW_ROLE_MESSAGE, { "event_description", "event_content" } },
  { IW_ROLE_DESC, { "event_category" } },
  { IW_ROLE_SOURCE, { "event_source" } },
  { IW_ROLE_END_TIME, { "event_end_date" } },
  { IW_ROLE_TAGS, { "event_tags" } },
};

static const Rule l2tcsv[] = {
  { IW_ROLE_DATE, { "date" } },     { IW_ROLE_TIME_OF_DAY, { "time" } },
  { IW_ROLE_ZONE, { "timezone" } }, { IW_ROLE_MESSAGE, { "desc", "short" } },
  { IW_ROLE_DESC, { "type" } },     { IW_ROLE_SOURCE, { "sourcetype", "source" } },
  { IW_ROLE_HOST, { "host" } },     { IW_ROLE_ACTOR, { "user" } },
};

static const Rule dynamic[] = {
  { IW_ROLE_TIME, { "datetime" } },
  { IW_ROLE_MESSAGE, { "message", "description" } },
  { IW_ROLE_DESC, { "timestamp_desc" } },
  { IW_ROLE_SOURCE, { "source_long", "source", "parser" } },
  { IW_ROLE_HOST, { "hostname", "host" } },
  { IW_ROLE_ACTOR, { "username", "user" } },
  { IW_ROLE_TAGS, { "tag" } },
};

static const Rule tln[] = {
  { IW_ROLE_EPOCH, { "time" } },          { IW_ROLE_SOURCE, { "source" } },
  { IW_ROLE_HOST, { "host" } },           { IW_ROLE_ACTOR, { "user" } },
  { IW_ROLE_MESSAGE, { "description" } },
};

static const Rule plaso_json[] = {
  { IW_ROLE_EPOCH, { "timestamp" } },
  { IW_ROLE_TIME, { "datetime" } },
  { IW_ROLE_MESSAGE, { "message" } },
  { IW_ROLE_DESC, { "timestamp_desc" } },
  { IW_ROLE_SOURCE, { "source_long", "source_short", "parser", "data_type" } },
  { IW_ROLE_HOST, { "hostname", "computer_name" } },
  { IW_ROLE_ACTOR, { "username", "user" } },
};

static const Rule generic[] = {
  { IW_ROLE_TIME,
    { "datetime",
      "date_time",
      "date time",
      "date/time",
      "@timestamp",
      "timecreated",
      "time_created",
      "time created",
      "systemtime",
      "timegenerated",
      "timegenerated [utc]",
      "eventtime",
      "event_time",
      "event time",
      "event_date",
      "timestamp",
      "time_stamp",
      "utctime",
      "utc_time",
      "time (utc)",
      "timestamp (utc)",
      "time_utc",
      "creationtime",
      "creation_time",
      "occurred_at",
      "occurred",
      "created_at",
      "start",
      "start_time",
      "_time",
      "when",
      "ts" } },
  { IW_ROLE_DATE, { "date", "day" } },
  { IW_ROLE_TIME_OF_DAY, { "time", "clock", "time_of_day" } },
  { IW_ROLE_EPOCH, { "epoch", "epoch_time", "unixtime", "unix_time", "timestamp_us" } },
  { IW_ROLE_ZONE, { "timezone", "time_zone", "time zone", "tz", "zone" } },
  { IW_ROLE_END_TIME, { "end", "end_time", "endtime", "ended_at", "occurred_end" } },
  { IW_ROLE_MESSAGE,
    { "message", "msg", "description", "event", "details", "detail", "text", "summary", "content",
      "activity", "log", "payload", "mapdescription", "desc", "note", "notes" } },
  { IW_ROLE_TITLE, { "title", "subject", "name" } },
  { IW_ROLE_DESC,
    { "timestamp_desc", "timestamp description", "event_type", "eventtype", "type", "action",
      "operation", "operationname" } },
  { IW_ROLE_SOURCE,
    { "source", "source_name", "sourcename", "channel", "provider", "log_name", "logname", "origin",
      "parser", "facility", "data_type" } },
  { IW_ROLE_HOST,
    { "host", "hostname", "host_name", "computer", "computername", "computer_name", "machine",
      "device", "devicename", "host.name", "agent.hostname", "server" } },
  { IW_ROLE_ACTOR,
    { "user", "username", "user_name", "user.name", "account", "actor", "who", "person", "author",
      "initiatedby", "upn", "userprincipalname", "owner" } },
  { IW_ROLE_TEAM, { "team", "group", "department" } },
  { IW_ROLE_KIND, { "kind", "entry_kind", "category" } },
  { IW_ROLE_CONFIDENCE, { "confidence" } },
  { IW_ROLE_KEY, { "key", "key_event" } },
  { IW_ROLE_TAGS, { "tags", "tag", "labels" } },
};

#define RULES(table) table, G_N_ELEMENTS (table)

static const Rule *
rules_of (IwFormat format, guint *n)
{
  static const struct
  {
    const Rule *rules;
    guint n;
  } tables[] = {
    [IW_FORMAT_TIMESKETCH_CSV] = { RULES (timesketch) },
    [IW_FORMAT_TIMESKETCH_JSONL] = { RULES (timesketch) },
    [IW_FORMAT_IRIS_IMPORT_CSV] = { RULES (iris_import) },
    [IW_FORMAT_IRIS_EXPORT_CSV] = { RULES (iris_export) },
    [IW_FORMAT_PLASO_L2TCSV] = { RULES (l2tcsv) },
    [IW_FORMAT_PLASO_DYNAMIC] = { RULES (dynamic) },
    [IW_FORMAT_PLASO_TLN] = { RULES (tln) },
    [IW_FORMAT_PLASO_JSON] = { RULES (plaso_json) },
    [IW_FORMAT_PLASO_JSONL] = { RULES (plaso_json) },
    [IW_FORMAT_GENERIC_CSV] = { RULES (generic) },
    [IW_FORMAT_GENERIC_JSONL] = { RULES (generic) },
  };

  *n = tables[format].n;
  return tables[format].rules;
}

static const char *
find_column (const char *const *columns, const char *name)
{
  for (guint i = 0; columns[i] != NULL; i++)
    if (g_ascii_strcasecmp (columns[i], name) == 0)
      return columns[i];
  return NULL;
}

void
iw_detect_roles (IwMapping *mapping, const char *const *columns)
{
  guint n;
  const Rule *rules = rules_of (iw_mapping_get_format (mapping), &n);

  for (guint i = 0; i < n; i++)
    {
      if (iw_mapping_get_column (mapping, rules[i].role) != NULL)
        continue;
      for (guint j = 0; rules[i].names[j] != NULL; j++)
        {
          const char *column = find_column (columns, rules[i].names[j]);

          if (column == NULL || iw_mapping_get_role (mapping, column) != IW_ROLE_NONE)
            continue;
          iw_mapping_set_role (mapping, column, rules[i].role);
          break;
        }
    }
  /* "time" without a "date" beside it holds both. */
  if (iw_mapping_get_column (mapping, IW_ROLE_TIME) == NULL &&
      iw_mapping_get_column (mapping, IW_ROLE_DATE) == NULL &&
      iw_mapping_get_column (mapping, IW_ROLE_TIME_OF_DAY) != NULL)
    iw_mapping_set_role (mapping, iw_mapping_get_column (mapping, IW_ROLE_TIME_OF_DAY),
                         IW_ROLE_TIME);
  /* And "date" without a clock beside it may as well. */
  if (iw_mapping_get_column (mapping, IW_ROLE_TIME) == NULL &&
      iw_mapping_get_column (mapping, IW_ROLE_DATE) != NULL &&
      iw_mapping_get_column (mapping, IW_ROLE_TIME_OF_DAY) == NULL)
    iw_mapping_set_role (mapping, iw_mapping_get_column (mapping, IW_ROLE_DATE), IW_ROLE_TIME);
}
