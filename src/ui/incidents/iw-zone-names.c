#include "config.h"

#include "iw-zone-names.h"

#include <string.h>

/* The third column of country codes, coordinates, zone, comments. */
void
iw_zone_names_parse_tab (const char *text, GStrvBuilder *builder)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) columns = NULL;

      if (**line == '#')
        continue;
      columns = g_strsplit (g_strchomp (*line), "\t", 4);
      if (g_strv_length (columns) >= 3 && *columns[2] != '\0')
        g_strv_builder_add (builder, columns[2]);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
iw_zone_local_name (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (local);

  /* A file name or a rule instead of a name is of no use to other people. */
  if (name == NULL || *name == '/' || *name == ':' || *name == '\0' ||
      g_str_equal (name, "Etc/UTC"))
    return g_strdup ("UTC");
  return g_strdup (name);
}

char **
iw_zone_names (void)
{
  static const char *const tables[] = { "/usr/share/zoneinfo/zone1970.tab",
                                        "/usr/share/zoneinfo/zone.tab" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *local = iw_zone_local_name ();
  g_auto (GStrv) found = NULL;
  g_autoptr (GStrvBuilder) unique = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (tables[i], &text, NULL, NULL))
        {
          iw_zone_names_parse_tab (text, builder);
          break;
        }
    }
  g_strv_builder_add (builder, local);
  found = g_strv_builder_end (builder);
  qsort (found, g_strv_length (found), sizeof (char *), compare_names);

  g_strv_builder_add (unique, "UTC");
  for (guint i = 0; found[i] != NULL; i++)
    if (!g_str_equal (found[i], "UTC") && (i == 0 || !g_str_equal (found[i], found[i - 1])))
      g_strv_builder_add (unique, found[i]);
  return g_strv_builder_end (unique);
}
