#include "iw-customers-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-decode.h"
#include "iw-detect.h"
#include "iw-import-passes.h"
#include "iw-record-reader.h"
#include "iw-staged.h"
#include "iw-timeline-import.h"

#define PREVIEW_RECORDS 20

struct _IwCustomersImport
{
  char *name;
  IwStaged *file;     /* as it came */
  IwStaged *inflated; /* NULL where it was not compressed */
  IwStaged *text;     /* NULL where it was UTF-8 */
  IwMapping *mapping; /* format, delimiter and header */
  char **columns;
  int column[IW_N_CUSTOMER_FIELDS];
  GPtrArray *preview; /* (element-type GStrv) */
  GPtrArray *rows;    /* (element-type IwCustomerRow) */
};

static const char *
text_path (IwCustomersImport *self)
{
  if (self->text != NULL)
    return self->text->path;
  return self->inflated != NULL ? self->inflated->path : self->file->path;
}

/* ---- guessing ---- */

/* How columns are usually called, in letters and digits alone. */
static const char *const usual_names[IW_N_CUSTOMER_FIELDS][16] = {
  [IW_CUSTOMER_NAME] = { "name", "customer", "customername", "company", "companyname",
                         "organization", "organisation", "account", "accountname", "tenant",
                         "tenantname", "client", "displayname" },
  [IW_CUSTOMER_CONTACT] = { "contact", "contactname", "contactperson", "person", "admin",
                            "administrator", "admincontact", "administrativecontact", "attention" },
  [IW_CUSTOMER_MAIL] = { "mail", "email", "emailaddress", "mailaddress", "contactmail",
                         "contactemail", "adminemail", "adminmail", "securitycontact", "e" },
  [IW_CUSTOMER_PHONE] = { "phone", "phonenumber", "telephone", "tel", "mobile", "contactphone",
                          "adminphone" },
  [IW_CUSTOMER_LANGUAGE] = { "language", "lang", "locale", "preferredlanguage" },
  [IW_CUSTOMER_NOTE] = { "note", "notes", "comment", "comments", "remark", "remarks",
                         "description" },
};

static char *
bare_name (const char *column)
{
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *c = column; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (bare, g_ascii_tolower (*c));
  return g_strdup (bare->str);
}

static int
find_usual (char **columns, IwCustomerField field)
{
  for (guint n = 0; n < 16 && usual_names[field][n] != NULL; n++)
    for (guint i = 0; columns[i] != NULL; i++)
      {
        g_autofree char *bare = bare_name (columns[i]);

        if (g_str_equal (bare, usual_names[field][n]))
          return i;
      }
  return -1;
}

static gboolean
is_taken (IwCustomersImport *self, guint column)
{
  for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
    if (self->column[f] == (int)column)
      return TRUE;
  return FALSE;
}

typedef gboolean (*CellTest) (const char *cell);

static gboolean
has_at_sign (const char *cell)
{
  return strchr (cell, '@') != NULL;
}

static gboolean
has_mostly_digits (const char *cell)
{
  guint digits = 0, others = 0;

  for (const char *c = cell; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      digits++;
    else if (strchr ("+-()./ ", *c) == NULL)
      others++;
  return digits >= 5 && others == 0;
}

static gboolean
has_letters (const char *cell)
{
  for (const char *c = cell; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalpha (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/* The free column in which most cells are such. */
static int
find_by_content (IwCustomersImport *self, CellTest test)
{
  int best = -1;
  guint most = 0;

  for (guint i = 0; self->columns[i] != NULL; i++)
    {
      guint n = 0;

      for (guint r = 0; r < self->preview->len && !is_taken (self, i); r++)
        n += test (((char **)self->preview->pdata[r])[i]);
      if (n > most)
        {
          most = n;
          best = i;
        }
    }
  return best;
}

static void
guess_columns (IwCustomersImport *self)
{
  for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
    self->column[f] = -1;
  if (iw_customers_import_get_header (self))
    for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
      {
        int column = find_usual (self->columns, f);

        if (column >= 0 && !is_taken (self, column))
          self->column[f] = column;
      }
  if (self->column[IW_CUSTOMER_MAIL] < 0)
    self->column[IW_CUSTOMER_MAIL] = find_by_content (self, has_at_sign);
  if (self->column[IW_CUSTOMER_PHONE] < 0)
    self->column[IW_CUSTOMER_PHONE] = find_by_content (self, has_mostly_digits);
  if (self->column[IW_CUSTOMER_NAME] < 0)
    self->column[IW_CUSTOMER_NAME] = find_by_content (self, has_letters);
}

/* ---- the beginning of the file ---- */

static char **
dup_values (const IwRecord *record, guint n_columns)
{
  char **values = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *bytes = NULL;

      if (i < record->n_fields && record->fields[i].data != NULL)
        bytes = g_strndup (record->fields[i].data,
                           MIN (record->fields[i].length, IW_CUSTOMER_MAX_TEXT));
      values[i] = bytes != NULL ? g_utf8_make_valid (bytes, -1) : g_strdup ("");
    }
  return values;
}

static gboolean
load_preview (IwCustomersImport *self, GError **error)
{
  g_autoptr (IwRecordReader) reader =
      iw_record_reader_open (text_path (self), self->mapping, error);
  g_autoptr (GError) local = NULL;
  const IwRecord *record;
  guint n;

  if (reader == NULL)
    return FALSE;
  /* The columns of JSON come with its records. */
  for (guint i = 0; i < PREVIEW_RECORDS && iw_record_reader_next (reader, &record, NULL); i++)
    ;
  iw_record_reader_get_columns (reader, &n);
  g_strfreev (self->columns);
  self->columns = iw_pass_dup_columns (reader);
  g_ptr_array_set_size (self->preview, 0);
  g_clear_pointer (&reader, iw_record_reader_free);
  reader = iw_record_reader_open (text_path (self), self->mapping, error);
  if (reader == NULL)
    return FALSE;
  while (self->preview->len < PREVIEW_RECORDS && iw_record_reader_next (reader, &record, &local))
    if (record->problem == NULL)
      g_ptr_array_add (self->preview, dup_values (record, n));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A first row with an address in it is a customer and names nothing. */
static gboolean
names_are_values (char **columns)
{
  for (guint i = 0; columns[i] != NULL; i++)
    if (has_at_sign (columns[i]) || has_mostly_digits (columns[i]))
      return TRUE;
  return FALSE;
}

static gboolean
look (IwCustomersImport *self, GError **error)
{
  self->mapping = iw_detect_mapping (text_path (self), error);
  if (self->mapping == NULL)
    return FALSE;
  /* Timelines have formats of their own; as a table of customers they are plain. */
  iw_mapping_set_format (self->mapping, iw_format_is_json (iw_mapping_get_format (self->mapping))
                                            ? IW_FORMAT_GENERIC_JSONL
                                            : IW_FORMAT_GENERIC_CSV);
  if (!load_preview (self, error))
    return FALSE;
  if (iw_mapping_get_header (self->mapping) && names_are_values (self->columns))
    return iw_customers_import_set_header (self, FALSE, error);
  guess_columns (self);
  return TRUE;
}

/* ---- opening ---- */

static gboolean
check_size (gint64 size, GError **error)
{
  if (size <= IW_CUSTOMERS_MAX_FILE)
    return TRUE;
  g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_TOO_MANY,
               _ ("The file is larger than %d MiB."), IW_CUSTOMERS_MAX_FILE / (1024 * 1024));
  return FALSE;
}

static gboolean
stage (IwCustomersImport *self,
       GFile *file,
       const char *dir,
       const IwPassControl *control,
       GError **error)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file,
                         G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                        "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
                         G_FILE_QUERY_INFO_NONE, control->cancellable, error);
  g_autoptr (GFileInputStream) input = NULL;
  char sha256[65];
  gint64 length;
  char *path;

  if (info == NULL)
    return FALSE;
  self->name = g_utf8_make_valid (g_file_info_get_display_name (info), -1);
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("“%s” is not a regular file."), self->name);
      return FALSE;
    }
  if (!check_size (g_file_info_get_size (info), error))
    return FALSE;
  input = g_file_read (file, control->cancellable, error);
  if (input == NULL)
    return FALSE;
  path = iw_blobs_stage (dir, G_INPUT_STREAM (input), g_file_info_get_size (info), control->func,
                         control->data, control->cancellable, sha256, &length, error);
  if (path == NULL)
    return FALSE;
  self->file = iw_staged_take (path);
  return check_size (length, error);
}

/* A small archive can hold a large file: it is not inflated beyond the limit. */
static void
stop_at_limit (gint64 done, gint64 total, gpointer data)
{
  if (done > IW_CUSTOMERS_MAX_FILE)
    g_cancellable_cancel (data);
}

static IwStaged *
inflate (const char *path, const char *staging, GCancellable *cancellable, GError **error)
{
  g_autoptr (GCancellable) limit = g_cancellable_new ();
  g_autoptr (GError) local = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (IwStaged) staged =
      iw_decode_gunzip (path, staging, stop_at_limit, limit, limit, &local);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (staged == NULL && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (staged != NULL)
    {
      file = g_file_new_for_path (staged->path);
      info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                                error);
      if (info == NULL)
        return NULL;
    }
  if (!check_size (info != NULL ? g_file_info_get_size (info) : G_MAXINT64, error))
    return NULL;
  return g_steal_pointer (&staged);
}

static gboolean
decode (IwCustomersImport *self, const char *dir, const IwPassControl *control, GError **error)
{
  g_autofree char *staging = g_build_filename (dir, "staging", NULL);
  gboolean gzip;
  IwEncoding guess;

  if (!iw_decode_is_gzip (self->file->path, &gzip, error))
    return FALSE;
  if (gzip)
    {
      self->inflated = inflate (self->file->path, staging, control->cancellable, error);
      if (self->inflated == NULL)
        return FALSE;
    }
  if (!iw_decode_guess (text_path (self), &guess, error))
    return FALSE;
  if (g_str_equal (guess.encoding, "UTF-8"))
    return TRUE;
  self->text = iw_decode_convert (text_path (self), guess.encoding, staging, control->func,
                                  control->data, control->cancellable, error);
  return self->text != NULL;
}

IwCustomersImport *
iw_customers_import_open (GFile *file,
                          const char *dir,
                          IwProgressFunc progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (IwCustomersImport) self = g_new0 (IwCustomersImport, 1);
  IwPassControl control = { progress, data, cancellable };

  self->preview = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_customer_row_free);
  if (!stage (self, file, dir, &control, error) || !decode (self, dir, &control, error) ||
      !look (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
iw_customers_import_free (IwCustomersImport *self)
{
  g_free (self->name);
  g_clear_pointer (&self->text, iw_staged_free);
  g_clear_pointer (&self->inflated, iw_staged_free);
  g_clear_pointer (&self->file, iw_staged_free);
  g_clear_pointer (&self->mapping, iw_mapping_free);
  g_strfreev (self->columns);
  g_ptr_array_unref (self->preview);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* ---- what was found, and what the person says ---- */

const char *
iw_customers_import_get_name (IwCustomersImport *self)
{
  return self->name;
}

const char *const *
iw_customers_import_get_columns (IwCustomersImport *self, guint *n)
{
  if (n != NULL)
    *n = g_strv_length (self->columns);
  return (const char *const *)self->columns;
}

gboolean
iw_customers_import_get_header (IwCustomersImport *self)
{
  return iw_format_is_json (iw_mapping_get_format (self->mapping)) ||
         iw_mapping_get_header (self->mapping);
}

gboolean
iw_customers_import_set_header (IwCustomersImport *self, gboolean header, GError **error)
{
  iw_mapping_set_header (self->mapping, header);
  if (!load_preview (self, error))
    return FALSE;
  guess_columns (self);
  return TRUE;
}

int
iw_customers_import_get_column (IwCustomersImport *self, IwCustomerField field)
{
  return self->column[field];
}

void
iw_customers_import_set_column (IwCustomersImport *self, IwCustomerField field, int column)
{
  g_return_if_fail (column < (int)g_strv_length (self->columns));
  for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
    if (column >= 0 && self->column[f] == column)
      self->column[f] = -1;
  self->column[field] = column;
}

GPtrArray *
iw_customers_import_get_preview (IwCustomersImport *self)
{
  return self->preview;
}

GPtrArray *
iw_customers_import_get_rows (IwCustomersImport *self)
{
  return self->rows;
}

/* ---- reading ---- */

static IwCustomerRow *
read_record (IwCustomersImport *self, const int *columns, const IwRecord *record)
{
  IwCustomerRow *row = iw_customer_row_new (record->row);

  if (record->problem != NULL)
    {
      row->problem = g_strdup (record->problem);
      iw_customer_row_set (row, IW_CUSTOMER_NAME, record->raw,
                           (gssize)MIN (record->raw_length, (gsize)200));
      return row;
    }
  for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
    {
      int column = columns[f];

      if (column >= 0 && column < (int)record->n_fields && record->fields[column].data != NULL)
        iw_customer_row_set (row, f, record->fields[column].data,
                             (gssize)record->fields[column].length);
    }
  iw_customer_row_check (row);
  return row;
}

static gboolean
read_all (IwCustomersImport *self,
          IwRecordReader *reader,
          const IwPassControl *control,
          GError **error)
{
  g_autoptr (GError) local = NULL;
  const IwRecord *record;

  /* What was named from the first records keeps its number. */
  for (guint i = 0; iw_format_is_json (iw_mapping_get_format (self->mapping)) && self->columns[i];
       i++)
    iw_record_reader_add_column (reader, self->columns[i]);
  while (iw_record_reader_next (reader, &record, &local))
    {
      if (!iw_pass_step (control, self->rows->len, iw_record_reader_get_position (reader),
                         iw_record_reader_get_size (reader), error))
        return FALSE;
      if (self->rows->len == IW_CUSTOMERS_MAX)
        {
          g_set_error (
              error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_TOO_MANY,
              _ ("The file has more than %d rows. Split it, or leave out who is not affected."),
              IW_CUSTOMERS_MAX);
          return FALSE;
        }
      g_ptr_array_add (self->rows, read_record (self, self->column, record));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
iw_customers_import_read (IwCustomersImport *self,
                          GHashTable *known,
                          IwProgressFunc progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error)
{
  IwPassControl control = { progress, data, cancellable };
  g_autoptr (IwRecordReader) reader = NULL;

  g_ptr_array_set_size (self->rows, 0);
  if (self->column[IW_CUSTOMER_NAME] < 0)
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
                           _ ("No column holds the customer’s name."));
      return FALSE;
    }
  reader = iw_record_reader_open (text_path (self), self->mapping, error);
  if (reader == NULL || !read_all (self, reader, &control, error))
    return FALSE;
  iw_customers_mark_known (self->rows, known);
  return TRUE;
}
