/* iw-entry-parser.c: a record and a mapping become an entry */
#include "iw-entry-parser.h"

#include "iw-entry-columns.h"
#include "iw-form-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RAW_COLUMN "event_raw" /* DFIR-IRIS keeps the original of an event there */

struct _IwEntryParser
{
  IwMapping *mapping;
  IwRecordReader *reader;
  IwEventParser *events;
  char *incident;
  gint64 now;
};

IwEntryParser *
iw_entry_parser_new (const IwMapping *mapping,
                     IwRecordReader *reader,
                     const char *incident,
                     gint64 now)
{
  IwEntryParser *self = g_new0 (IwEntryParser, 1);

  self->mapping = iw_mapping_copy (mapping);
  self->reader = reader;
  self->events = iw_event_parser_new (mapping, reader);
  self->incident = g_strdup (incident);
  self->now = now;
  return self;
}

void
iw_entry_parser_free (IwEntryParser *self)
{
  if (self == NULL)
    return;
  iw_mapping_free (self->mapping);
  iw_event_parser_free (self->events);
  g_free (self->incident);
  g_free (self);
}

static char *
dup_named (IwEntryParser *self, const IwRecord *record, const char *name)
{
  int column = iw_record_reader_find_column (self->reader, name);

  if (column < 0 || (guint)column >= record->n_fields || record->fields[column].data == NULL)
    return g_strdup ("");
  return g_strndup (record->fields[column].data, record->fields[column].length);
}

/* ---- entries that were exported here ---- */

gboolean
iw_entry_parser_is_entry (IwEntryParser *self, const IwRecord *record)
{
  g_autofree char *kind = dup_named (self, record, IW_COLUMN_KIND);

  return *kind != '\0';
}

static IwEntry *
parse_own (IwEntryParser *self, const IwRecord *record, IwTime time, GError **error)
{
  guint n;
  const char *const *names = iw_entry_columns (&n);
  g_auto (GStrv) values = g_new0 (char *, n + 1);
  g_autofree char *text = dup_named (self, record, "message");
  g_autofree char *desc = dup_named (self, record, "timestamp_desc");

  for (guint i = 0; i < n; i++)
    values[i] = dup_named (self, record, names[i]);
  return iw_entry_from_columns (self->incident, (const char *const *)values, text, time, desc,
                                error);
}

/* The entry within event_raw of our DFIR-IRIS export, unless somebody has changed the row since:
 * what a person sees in the table counts. NULL without error where it is not one. */
static IwEntry *
parse_iris_original (IwEntryParser *self, const IwRecord *record, IwTime time)
{
  g_autofree char *raw = dup_named (self, record, RAW_COLUMN);
  g_autofree char *text = iw_event_parser_dup (self->events, record, IW_ROLE_MESSAGE);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (IwEntry) entry = NULL;
  JsonNode *content;
  const char *desc;

  if (!g_str_has_prefix (raw, "{\"entry\":"))
    return NULL;
  node = json_from_string (raw, NULL);
  content = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                ? json_object_get_member (json_node_get_object (node), "entry")
                : NULL;
  if (content == NULL || !JSON_NODE_HOLDS_OBJECT (content))
    return NULL;
  entry = iw_entry_from_content_json (self->incident, json_node_get_object (content), NULL);
  if (entry == NULL || strcmp (iw_entry_get_text (entry), text) != 0 ||
      iw_entry_time_and_desc (entry, &desc).us != time.us)
    return NULL;
  return g_steal_pointer (&entry);
}

/* ---- entries of other programs ---- */

/* The kinds that people choose among; decisions are made here, not imported by a word in a column.
 */
static gboolean
read_kind (const char *text, IwEntryKind *kind)
{
  g_autofree char *folded = g_ascii_strdown (text, -1);
  IwEntryKind found = iw_entry_kind_from_string (folded);

  if (found > IW_ENTRY_NOTE)
    return FALSE;
  *kind = found;
  return TRUE;
}

static gboolean
read_confidence (const char *text, IwConfidence *confidence)
{
  g_autofree char *folded = g_ascii_strdown (text, -1);

  *confidence = iw_confidence_from_string (folded);
  return *confidence != IW_CONFIDENCE_UNSET;
}

static gboolean
read_boolean (const char *text, gboolean *value)
{
  static const char *const yes[] = { "true", "yes", "y", "x", "1", NULL };
  static const char *const no[] = { "false", "no", "n", "0", NULL };
  g_autofree char *folded = g_ascii_strdown (text, -1);

  *value = g_strv_contains (yes, folded);
  return *value || g_strv_contains (no, folded);
}

/* Fills the field of a role. FALSE where the value means nothing to it, and is to be kept as it is.
 */
static gboolean
take_role (IwEntryParser *self,
           IwEntry *entry,
           const IwRecord *record,
           IwRole role,
           const char *value)
{
  g_auto (GStrv) tags = NULL;
  IwEntryKind kind;
  IwConfidence confidence;
  gboolean key;
  IwTime end;

  switch (role)
    {
    case IW_ROLE_TIME:
    case IW_ROLE_DATE:
    case IW_ROLE_TIME_OF_DAY:
    case IW_ROLE_EPOCH:
    case IW_ROLE_MESSAGE:
    case IW_ROLE_TITLE:
      return TRUE;
    case IW_ROLE_ZONE:
      iw_entry_set_zone (entry, value);
      return TRUE;
    case IW_ROLE_END_TIME:
      end = iw_event_parser_end_time (self->events, record);
      iw_entry_set_occurred_end (entry, end);
      return iw_time_is_set (end);
    case IW_ROLE_SOURCE:
      iw_entry_set_source (entry, value);
      return TRUE;
    case IW_ROLE_ACTOR:
      iw_entry_set_actor (entry, value);
      return TRUE;
    case IW_ROLE_TEAM:
      iw_entry_set_team (entry, value);
      return TRUE;
    case IW_ROLE_KIND:
      if (!read_kind (value, &kind))
        return FALSE;
      iw_entry_set_kind (entry, kind);
      return TRUE;
    case IW_ROLE_CONFIDENCE:
      if (!read_confidence (value, &confidence))
        return FALSE;
      iw_entry_set_confidence (entry, confidence);
      return TRUE;
    case IW_ROLE_KEY:
      if (!read_boolean (value, &key))
        return FALSE;
      iw_entry_set_key (entry, key);
      return TRUE;
    case IW_ROLE_TAGS:
      tags = iw_tags_from_cell (value);
      iw_entry_set_tags (entry, (const char *const *)tags);
      return TRUE;
    default:
      return FALSE;
    }
}

/* A column's value under the column's name, or beside it where that is a field of our own. */
static void
keep_field (IwEntry *entry, const char *column, const char *value)
{
  static const char *const reserved[] = {
    "type",       "v",          "incident",      "kind",        "occurred_at",   "occurred_end",
    "text",       "key",        "discovered_at", "recorded_at", "occurred_zone", "actor",
    "team",       "source",     "confidence",    "stage",       "links",         "tags",
    "created_at", "created_by", "modified_at",   "modified_by", "from",          "to",
    "why",        NULL
  };
  g_autofree char *name = NULL;

  if (*column == '_' || g_strv_contains (reserved, column))
    name = g_strdup_printf ("column_%s", column);
  iw_entry_set_field (entry, name != NULL ? name : column, value);
}

static IwEntry *
parse_foreign (IwEntryParser *self, const IwRecord *record, IwTime time, GError **error)
{
  const char *const *columns = iw_record_reader_get_columns (self->reader, NULL);
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (JsonObject) body = NULL;
  IwEventTexts texts;

  iw_event_parser_texts (self->events, record, &texts);
  entry = iw_entry_new (self->incident, IW_ENTRY_OBSERVATION, texts.message);
  iw_entry_set_occurred (entry, time);
  if (iw_mapping_get_zone (self->mapping) != NULL)
    iw_entry_set_zone (entry, iw_mapping_get_zone (self->mapping));
  for (guint i = 0; i < record->n_fields; i++)
    {
      IwSlice slice = record->fields[i];
      g_autofree char *value = NULL;

      if (slice.data == NULL || slice.length == 0)
        continue;
      value = g_strndup (slice.data, slice.length);
      if (iw_format_is_plaso (iw_mapping_get_format (self->mapping)) && strcmp (value, "-") == 0)
        continue;
      if (!take_role (self, entry, record, iw_mapping_get_role (self->mapping, columns[i]), value))
        keep_field (entry, columns[i], value);
    }
  body = iw_entry_to_json (entry);
  return iw_entry_new_from_json (NULL, body, error);
}

/* (transfer full) of the texts */
static void
fill_reject (IwReject *reject, const IwRecord *record, const char *field, char *reason)
{
  reject->row = record->row;
  reject->line = record->line;
  reject->field = g_strdup (field);
  reject->reason = reason;
  reject->value = g_strdup ("");
}

/* A decision that no form would let through does not come in by a file either. */
static gboolean
check_decision (IwEntry *entry, const IwRecord *record, IwReject *reject)
{
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  const IwProblem *first;

  if (iw_decision_check (entry, problems))
    return TRUE;
  first = problems->pdata[0];
  fill_reject (reject, record, first->field != NULL ? first->field : "",
               iw_problems_to_text (problems));
  return FALSE;
}

IwEntry *
iw_entry_parser_parse (IwEntryParser *self,
                       const IwRecord *record,
                       IwReject *reject,
                       gboolean *naive)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEntry) entry = NULL;
  IwTime time;

  if (!iw_event_parser_time (self->events, record, &time, reject, naive))
    return NULL;
  if (iw_entry_parser_is_entry (self, record))
    entry = parse_own (self, record, time, &error);
  else
    entry = parse_iris_original (self, record, time);
  if (entry == NULL && error == NULL)
    entry = parse_foreign (self, record, time, &error);
  if (entry == NULL)
    {
      fill_reject (reject, record, "", g_strdup (error->message));
      return NULL;
    }
  if (!check_decision (entry, record, reject))
    return NULL;
  if (!iw_time_is_set (iw_entry_get_recorded (entry)))
    iw_entry_set_recorded (entry, (IwTime){ self->now, IW_PRECISION_MICROSECOND });
  return g_steal_pointer (&entry);
}
