/* iw-event-parser.c: a record and a mapping become an event */
#include "iw-event-parser-private.h"

#include "iw-zone.h"

#include <string.h>

IwEventParser *
iw_event_parser_new (const IwMapping *mapping, IwRecordReader *reader)
{
  IwEventParser *self = g_new0 (IwEventParser, 1);
  IwFormat format = iw_mapping_get_format (mapping);

  self->mapping = iw_mapping_copy (mapping);
  self->reader = reader;
  self->n_columns = G_MAXUINT;
  self->plaso = iw_format_is_plaso (format);
  self->micros = format == IW_FORMAT_PLASO_JSON || format == IW_FORMAT_PLASO_JSONL;
  self->zone = iw_zone_lookup (iw_mapping_get_zone (mapping));
  self->zones =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_time_zone_unref);
  self->message = g_string_new (NULL);
  self->desc = g_string_new (NULL);
  self->origin = g_string_new (NULL);
  self->host = g_string_new (NULL);
  self->actor = g_string_new (NULL);
  self->text = g_string_new (NULL);
  return self;
}

void
iw_event_parser_free (IwEventParser *self)
{
  if (self == NULL)
    return;
  iw_mapping_free (self->mapping);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_hash_table_unref (self->zones);
  g_string_free (self->message, TRUE);
  g_string_free (self->desc, TRUE);
  g_string_free (self->origin, TRUE);
  g_string_free (self->host, TRUE);
  g_string_free (self->actor, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* Columns of JSON appear while reading, so roles are resolved again when there are more. */
void
iw_event_parser_resolve (IwEventParser *self)
{
  guint n;

  iw_record_reader_get_columns (self->reader, &n);
  if (n == self->n_columns)
    return;
  self->n_columns = n;
  for (guint role = 0; role < IW_N_ROLES; role++)
    self->columns[role] = iw_record_reader_find_column (
        self->reader, role == IW_ROLE_NONE ? NULL : iw_mapping_get_column (self->mapping, role));
}

IwSlice
iw_event_parser_get (IwEventParser *self, const IwRecord *record, IwRole role)
{
  int column = self->columns[role];
  IwSlice none = { "", 0 };

  if (column < 0 || (guint)column >= record->n_fields || record->fields[column].data == NULL)
    return none;
  return record->fields[column];
}

gboolean
iw_event_parser_is_dash (IwEventParser *self, IwSlice slice)
{
  return self->plaso && slice.length == 1 && slice.data[0] == '-';
}

gboolean
iw_slice_is_blank (IwSlice slice)
{
  for (gsize i = 0; i < slice.length; i++)
    if (!g_ascii_isspace (slice.data[i]))
      return FALSE;
  return TRUE;
}

/* ---- texts ---- */

static const char *
put (IwEventParser *self, const IwRecord *record, IwRole role, GString *out)
{
  IwSlice slice = iw_event_parser_get (self, record, role);

  g_string_truncate (out, 0);
  if (!iw_event_parser_is_dash (self, slice))
    g_string_append_len (out, slice.data, slice.length);
  return out->str;
}

/* Where no column is the message: what no other column of the list shows. */
static void
put_best_message (IwEventParser *self, const IwRecord *record)
{
  const char *const *columns = iw_record_reader_get_columns (self->reader, NULL);

  for (guint i = 0; i < record->n_fields && self->message->len < 2000; i++)
    {
      IwSlice slice = record->fields[i];

      if (slice.data == NULL || iw_slice_is_blank (slice) ||
          iw_event_parser_is_dash (self, slice) ||
          iw_mapping_get_role (self->mapping, columns[i]) != IW_ROLE_NONE)
        continue;
      if (self->message->len > 0)
        g_string_append (self->message, " · ");
      g_string_append_len (self->message, slice.data, slice.length);
    }
}

/* The title stands above the message, unless the message begins with it anyway. */
static void
put_message (IwEventParser *self, const IwRecord *record)
{
  IwSlice title = iw_event_parser_get (self, record, IW_ROLE_TITLE);

  put (self, record, IW_ROLE_MESSAGE, self->message);
  if (title.length > 0 && !iw_event_parser_is_dash (self, title) &&
      (self->message->len < title.length ||
       memcmp (self->message->str, title.data, title.length) != 0))
    {
      if (self->message->len > 0)
        g_string_prepend (self->message, "\n");
      g_string_prepend_len (self->message, title.data, title.length);
    }
  if (self->message->len == 0)
    put_best_message (self, record);
}

char *
iw_event_parser_dup (IwEventParser *self, const IwRecord *record, IwRole role)
{
  IwSlice slice;

  iw_event_parser_resolve (self);
  slice = iw_event_parser_get (self, record, role);
  return iw_event_parser_is_dash (self, slice) ? g_strdup ("")
                                               : g_strndup (slice.data, slice.length);
}

void
iw_event_parser_texts (IwEventParser *self, const IwRecord *record, IwEventTexts *texts)
{
  iw_event_parser_resolve (self);
  put_message (self, record);
  texts->message = self->message->str;
  texts->desc = put (self, record, IW_ROLE_DESC, self->desc);
  texts->origin = put (self, record, IW_ROLE_SOURCE, self->origin);
  texts->host = put (self, record, IW_ROLE_HOST, self->host);
  texts->actor = put (self, record, IW_ROLE_ACTOR, self->actor);
  g_string_truncate (self->text, 0);
  for (guint i = 0; i < record->n_fields; i++)
    {
      IwSlice slice = record->fields[i];

      if (slice.data == NULL || slice.length == 0)
        continue;
      if (self->text->len > 0)
        g_string_append_c (self->text, '\n');
      g_string_append_len (self->text, slice.data, slice.length);
    }
  texts->text = self->text->str;
}
