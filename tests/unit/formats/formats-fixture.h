/* formats-fixture.h: small files for the tests of formats/ */
#pragma once

#include "iw-record-reader.h"
#include "iw-test-support.h"

#include <string.h>

/* Writes @length bytes (-1: to the zero) to a new file in @dir. (transfer full) */
static inline char *
fixture_file (const char *dir, const char *name, const char *bytes, gssize length)
{
  char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  return path;
}

/* The value of a column, "(none)" where the record does not have it. (transfer full) */
static inline char *
fixture_field (const IwRecord *record, guint column)
{
  if (column >= record->n_fields || record->fields[column].data == NULL)
    return g_strdup ("(none)");
  return g_strndup (record->fields[column].data, record->fields[column].length);
}

#define assert_field(record, column, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *field_ = fixture_field (record, column);                                      \
    g_assert_cmpstr (field_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END
