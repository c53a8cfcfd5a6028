/* iw-mapping.h: how the columns of a table become events or entries. An immutable-by-convention
 * value that is kept in the evidence document.
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Formats with a name of their own; everything else is GENERIC with a mapping by hand. */
typedef enum
{
  IW_FORMAT_TIMESKETCH_CSV,
  IW_FORMAT_TIMESKETCH_JSONL,
  IW_FORMAT_IRIS_IMPORT_CSV, /* event_date,event_tz,event_title,... */
  IW_FORMAT_IRIS_EXPORT_CSV,
  IW_FORMAT_PLASO_L2TCSV,
  IW_FORMAT_PLASO_DYNAMIC,
  IW_FORMAT_PLASO_TLN,  /* five fields; l2ttln has seven */
  IW_FORMAT_PLASO_JSON, /* one object of events */
  IW_FORMAT_PLASO_JSONL,
  IW_FORMAT_GENERIC_CSV, /* any delimiter */
  IW_FORMAT_GENERIC_JSONL,
  IW_N_FORMATS
} IwFormat;

const char *
iw_format_to_string (IwFormat format); /* "timesketch-csv", static */
gboolean
iw_format_from_string (const char *text, IwFormat *out); /* FALSE: none; @out stays */
const char *
iw_format_label (IwFormat format); /* translated, static */

/* What a column can mean. */
typedef enum
{
  IW_ROLE_NONE, /* kept, searched and shown in details, but in no column of the list */
  IW_ROLE_TIME, /* date and time in one */
  IW_ROLE_DATE, /* the date, with TIME_OF_DAY */
  IW_ROLE_TIME_OF_DAY,
  IW_ROLE_EPOCH, /* a number since 1970; used where TIME is empty */
  IW_ROLE_ZONE,
  IW_ROLE_END_TIME,
  IW_ROLE_MESSAGE,
  IW_ROLE_TITLE, /* entries: first line */
  IW_ROLE_DESC,  /* what the time means */
  IW_ROLE_SOURCE,
  IW_ROLE_HOST,
  IW_ROLE_ACTOR,
  IW_ROLE_TEAM,
  IW_ROLE_KIND,
  IW_ROLE_CONFIDENCE,
  IW_ROLE_KEY,
  IW_ROLE_TAGS,
  IW_N_ROLES
} IwRole;

const char *
iw_role_to_string (IwRole role); /* "time-of-day", static */
gboolean
iw_role_from_string (const char *text, IwRole *out); /* FALSE: none; @out stays */
const char *
iw_role_label (IwRole role); /* translated, static */

typedef struct _IwMapping IwMapping;

/* With the format's usual delimiter, a header, no zone and no roles. (transfer full) */
IwMapping *
iw_mapping_new (IwFormat format);
IwMapping *
iw_mapping_copy (const IwMapping *self); /* (transfer full) */
void
iw_mapping_free (IwMapping *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwMapping, iw_mapping_free)
/* As an evidence document keeps it, and back: NULL with IW_IMPORT_ERROR_MAPPING where the format is
 * unknown, the delimiter cannot be one, or a text or "roles" is of another type; roles that this version
 * does not know are left out. (transfer full) both. */
JsonObject *
iw_mapping_to_json (const IwMapping *self);
IwMapping *
iw_mapping_new_from_json (JsonObject *object, GError **error);
/* Setting it leaves delimiter and roles as they are. */
IwFormat
iw_mapping_get_format (const IwMapping *self);
void
iw_mapping_set_format (IwMapping *self, IwFormat format);
char
iw_mapping_get_delimiter (const IwMapping *self); /* ',', '\t', ';', '|'; 0 for JSON */
void
iw_mapping_set_delimiter (IwMapping *self, char delimiter); /* taken as it is */
/* Whether the first record of a table names the columns. Where it does not, columns are named by
 * position. Default TRUE. */
gboolean
iw_mapping_get_header (const IwMapping *self);
void
iw_mapping_set_header (IwMapping *self, gboolean header);
/* The zone of times without one: an IANA name, "UTC", "+01:00"; NULL: such rows are refused. */
const char *
iw_mapping_get_zone (const IwMapping *self);
void
iw_mapping_set_zone (IwMapping *self, const char *zone);
/* Whether 03/04/2026 is the third of April. */
gboolean
iw_mapping_get_day_first (const IwMapping *self);
void
iw_mapping_set_day_first (IwMapping *self, gboolean day_first);
/* Roles by column name. At most one column has a role other than NONE and TAGS; setting moves it.
 */
void
iw_mapping_set_role (IwMapping *self, const char *column, IwRole role);
IwRole
iw_mapping_get_role (const IwMapping *self, const char *column); /* NONE if it has none */
const char *
iw_mapping_get_column (const IwMapping *self, IwRole role); /* NULL if none */

/* Whether records are JSON objects. */
gboolean
iw_format_is_json (IwFormat format);
/* Whether a lone "-" stands for an empty field, as in what plaso writes. */
gboolean
iw_format_is_plaso (IwFormat format);

G_END_DECLS
