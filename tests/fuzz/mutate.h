/* mutate.h: inputs made from a folder of tests/data (the small timelines) by chance, the same ones in every run.
 *
 * $IW_FUZZ_SEED takes another beginning, $IW_FUZZ_SECONDS another length. A failing input is left
 * in the temporary folder and named.
 */
#pragma once

#include <glib.h>
#include <string.h>

#include "iw-test-support.h"

typedef struct
{
  GRand *random;
  GPtrArray *corpus; /* (GBytes) */
  gint64 end;        /* monotonic */
} Mutator;

static inline void
mutator_init_from (Mutator *self, const char *data)
{
  g_autofree char *folder = iw_test_data_path (data);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *seed = g_getenv ("IW_FUZZ_SEED");
  const char *seconds = g_getenv ("IW_FUZZ_SECONDS");
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc)strcmp);
  self->corpus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  for (guint i = 0; i < names->len; i++)
    {
      char *bytes;
      gsize length;

      g_assert_true (g_file_get_contents (names->pdata[i], &bytes, &length, NULL));
      g_ptr_array_add (self->corpus, g_bytes_new_take (bytes, length));
    }
  g_assert_cmpuint (self->corpus->len, >, 5);
  self->random = g_rand_new_with_seed (seed != NULL ? atoi (seed) : 20261103);
  self->end = g_get_monotonic_time () + (seconds != NULL ? atoi (seconds) : 2) * G_USEC_PER_SEC;
}

static inline void
mutator_init (Mutator *self)
{
  mutator_init_from (self, "timelines");
}

static inline void
mutator_clear (Mutator *self)
{
  g_rand_free (self->random);
  g_ptr_array_unref (self->corpus);
}

static inline gboolean
mutator_goes_on (Mutator *self, guint n)
{
  /* At least so many, however slow the machine; valgrind and ASan runs stay bearable. */
  return n < 50 || g_get_monotonic_time () < self->end;
}

static inline guint
mutator_below (Mutator *self, guint n)
{
  return n == 0 ? 0 : (guint)g_rand_int_range (self->random, 0, n);
}

static inline const char *
mutator_token (Mutator *self)
{
  static const char *const tokens[] = {
    "\"",
    "\"\"",
    "\",\"",
    "\n",
    "\r",
    "\r\n",
    ",",
    ";",
    "|",
    "\t",
    "{",
    "}",
    "[",
    "]",
    ":",
    "\\",
    "\\u",
    "\\ud800",
    "\\u0000",
    "null",
    "true",
    "-",
    "1e999",
    "9223372036854775808",
    "-1",
    "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:60Z",
    "2026-10-28 06:12:44",
    "+99:99",
    "Z",
    "CEST",
    "{\"a\":",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "\xff",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "\xc3",
    "\xef\xbb\xbf",
    "\xff\xfe",
    "entry_kind",
    "event_raw",
    "datetime",
    "timestamp",
    "sep=;\n",
    "{\"entry\":{\"kind\":\"stage\",\"links\":[{\"row\":0}]}}",
    "\x1f\x8b",
    "認証",
    "\r\n--frontier",
    "\r\n\r\n",
    "_attachments",
    "_revisions",
    "\"_",
  };

  return tokens[mutator_below (self, G_N_ELEMENTS (tokens))];
}

static inline void
mutator_change (Mutator *self, GByteArray *bytes)
{
  guint at = mutator_below (self, bytes->len + 1);
  guint n = mutator_below (self, MIN (bytes->len - at, 64) + 1);
  g_autofree guint8 *tail = NULL;
  const char *token;
  guint rest;

  switch (mutator_below (self, 6))
    {
    case 0: /* another byte */
      if (at < bytes->len)
        bytes->data[at] = g_rand_int_range (self->random, 0, 256);
      return;
    case 1: /* less */
      if (n > 0)
        g_byte_array_remove_range (bytes, at, n);
      return;
    case 2: /* the end is missing */
      if (mutator_below (self, 4) == 0)
        g_byte_array_set_size (bytes, at);
      return;
    case 3: /* twice */
      tail = g_memdup2 (bytes->data + at, n);
      g_byte_array_append (bytes, tail, n);
      return;
    default: /* something that means something */
      token = mutator_token (self);
      rest = bytes->len - at;
      tail = g_memdup2 (bytes->data + at, rest);
      g_byte_array_set_size (bytes, at);
      g_byte_array_append (bytes, (const guint8 *)token, strlen (token));
      g_byte_array_append (bytes, tail, rest);
      if (mutator_below (self, 50) == 0 && at < bytes->len)
        bytes->data[at] = 0;
    }
}

/* The next input. (transfer full) */
static inline GByteArray *
mutator_next (Mutator *self)
{
  GByteArray *bytes = g_byte_array_new ();
  GBytes *base = self->corpus->pdata[mutator_below (self, self->corpus->len)];
  guint n = 1 + mutator_below (self, 8);

  g_byte_array_append (bytes, g_bytes_get_data (base, NULL), g_bytes_get_size (base));
  if (mutator_below (self, 10) == 0)
    {
      GBytes *other = self->corpus->pdata[mutator_below (self, self->corpus->len)];

      g_byte_array_append (bytes, g_bytes_get_data (other, NULL), g_bytes_get_size (other));
    }
  for (guint i = 0; i < n; i++)
    mutator_change (self, bytes);
  return bytes;
}

/* Writes an input where it can be found again if the program ends here. (transfer none) */
static inline void
mutator_write (GByteArray *bytes, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, (const char *)bytes->data, bytes->len, G_FILE_SET_CONTENTS_NONE,
                            0600, &error);
  g_assert_no_error (error);
}
