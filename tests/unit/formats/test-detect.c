/* test-detect.c: formats, delimiters and columns, by content */
#include "formats-fixture.h"
#include "iw-detect.h"

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = iw_test_make_dir ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  iw_test_remove_dir (f->dir);
  g_free (f->dir);
}

static IwMapping *
detect (Fixture *f, const char *text, IwFormat format, char delimiter)
{
  g_autofree char *path = fixture_file (f->dir, "in", text, -1);
  g_autoptr (GError) error = NULL;
  IwMapping *mapping = iw_detect_mapping (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (iw_format_to_string (iw_mapping_get_format (mapping)), ==,
                   iw_format_to_string (format));
  if (delimiter != 0)
    g_assert_cmpint (iw_mapping_get_delimiter (mapping), ==, delimiter);
  return mapping;
}

#define assert_column(mapping, role, expected)                                                     \
  g_assert_cmpstr (iw_mapping_get_column (mapping, role), ==, expected)

static void
test_timesketch (Fixture *f, gconstpointer data)
{
  g_autoptr (IwMapping) a =
      detect (f, "datetime,timestamp_desc,message,hostname,channel,username\n2026,a,b,c,d,e\n",
              IW_FORMAT_TIMESKETCH_CSV, ',');
  g_autoptr (IwMapping) b =
      detect (f, "\"message\",\"timestamp\",\"timestamp_desc\"\n\"a\",1,\"x\"\n",
              IW_FORMAT_TIMESKETCH_CSV, ',');
  g_autoptr (IwMapping) c =
      detect (f, "{\"message\": \"a\", \"timestamp\": 1, \"timestamp_desc\": \"d\", \"o\": {}}\n",
              IW_FORMAT_TIMESKETCH_JSONL, 0);

  assert_column (a, IW_ROLE_TIME, "datetime");
  assert_column (a, IW_ROLE_EPOCH, NULL);
  assert_column (a, IW_ROLE_MESSAGE, "message");
  assert_column (a, IW_ROLE_DESC, "timestamp_desc");
  assert_column (a, IW_ROLE_HOST, "hostname");
  assert_column (a, IW_ROLE_ACTOR, "username");
  assert_column (a, IW_ROLE_SOURCE, "channel");
  assert_column (b, IW_ROLE_EPOCH, "timestamp");
  assert_column (c, IW_ROLE_EPOCH, "timestamp");
}

static void
test_iris (Fixture *f, gconstpointer data)
{
  g_autoptr (IwMapping) import =
      detect (f,
              "event_date,event_tz,event_title,event_category,event_content,event_raw,"
              "event_source,event_assets,event_iocs,event_tags\n",
              IW_FORMAT_IRIS_IMPORT_CSV, ',');
  g_autoptr (IwMapping) export =
      detect (f,
              "event_date(UTC),event_title,event_description,event_tz,event_date_wtz,"
              "event_category,event_tags,linked_assets,linked_iocs\n",
              IW_FORMAT_IRIS_EXPORT_CSV, ',');

  assert_column (import, IW_ROLE_TIME, "event_date");
  assert_column (import, IW_ROLE_ZONE, "event_tz");
  assert_column (import, IW_ROLE_TITLE, "event_title");
  assert_column (import, IW_ROLE_TAGS, "event_tags");
  assert_column (export, IW_ROLE_TIME, "event_date(UTC)");
  assert_column (export, IW_ROLE_ZONE, NULL);
  g_assert_cmpstr (iw_mapping_get_zone (export), ==, "UTC");
}

static void
test_plaso (Fixture *f, gconstpointer data)
{
  g_autoptr (IwMapping) l2tcsv =
      detect (f,
              "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,"
              "filename,inode,notes,format,extra\n"
              "01/22/2012,08:52:33,CET,M...,LOG,Log File,Written,-,h,s,d,2,f,-,-,x,y\n",
              IW_FORMAT_PLASO_L2TCSV, ',');
  g_autoptr (IwMapping) dynamic =
      detect (f, "datetime,timestamp_desc,source,source_long,message,parser,display_name,tag\n",
              IW_FORMAT_PLASO_DYNAMIC, ',');
  g_autoptr (IwMapping) tln = detect (f,
                                      "Time|Source|Host|User|Description\n"
                                      "1327218753|LOG|h|-|text, with; commas\n",
                                      IW_FORMAT_PLASO_TLN, '|');
  g_autoptr (IwMapping) bare =
      detect (f, "1327218753|LOG|h|-|text\n1327218754|LOG|h|-|more\n", IW_FORMAT_PLASO_TLN, '|');
  g_autoptr (IwMapping) json =
      detect (f, "{\"event_0\": {\"__container_type__\": \"event\", \"timestamp\": 1}}\n",
              IW_FORMAT_PLASO_JSON, 0);
  g_autoptr (IwMapping) jsonl =
      detect (f, "{\"__container_type__\": \"event\", \"timestamp\": 1, \"message\": \"m\"}\n",
              IW_FORMAT_PLASO_JSONL, 0);

  assert_column (l2tcsv, IW_ROLE_DATE, "date");
  assert_column (l2tcsv, IW_ROLE_TIME_OF_DAY, "time");
  assert_column (l2tcsv, IW_ROLE_ZONE, "timezone");
  assert_column (l2tcsv, IW_ROLE_MESSAGE, "desc");
  assert_column (dynamic, IW_ROLE_TIME, "datetime");
  assert_column (tln, IW_ROLE_EPOCH, "Time");
  g_assert_true (iw_mapping_get_header (tln));
  assert_column (bare, IW_ROLE_EPOCH, "Time");
  assert_column (bare, IW_ROLE_MESSAGE, "Description");
  g_assert_false (iw_mapping_get_header (bare));
  assert_column (json, IW_ROLE_EPOCH, "timestamp");
  assert_column (jsonl, IW_ROLE_MESSAGE, "message");
}

static void
test_generic (Fixture *f, gconstpointer data)
{
  g_autoptr (IwMapping) semicolon =
      detect (f, "Date;Time;User;Description\n31/12/2026;10:00;ada;a, b, c and d\n",
              IW_FORMAT_GENERIC_CSV, ';');
  g_autoptr (IwMapping) tab =
      detect (f, "when\twho\twhat\n2026-11-02T03:04Z\tada\tlooked, then left\n",
              IW_FORMAT_GENERIC_CSV, '\t');
  g_autoptr (IwMapping) bare =
      detect (f, "7,2026-11-02T03:04:05Z,a long text about it\n8,2026-11-02T03:04:06Z,and more\n",
              IW_FORMAT_GENERIC_CSV, ',');
  g_autoptr (IwMapping) json = detect (
      f, "[{\"x\": \"2026-11-02T03:04:05Z\", \"y\": \"some text\"}]", IW_FORMAT_GENERIC_JSONL, 0);
  g_autoptr (IwMapping) none =
      detect (f, "just a line of text\nand another one\n", IW_FORMAT_GENERIC_CSV, ',');

  assert_column (semicolon, IW_ROLE_DATE, "Date");
  assert_column (semicolon, IW_ROLE_TIME_OF_DAY, "Time");
  assert_column (semicolon, IW_ROLE_ACTOR, "User");
  assert_column (semicolon, IW_ROLE_MESSAGE, "Description");
  g_assert_true (iw_mapping_get_day_first (semicolon));
  assert_column (tab, IW_ROLE_TIME, "when");
  assert_column (tab, IW_ROLE_ACTOR, "who");
  assert_column (tab, IW_ROLE_MESSAGE, "what");
  g_assert_false (iw_mapping_get_header (bare));
  assert_column (bare, IW_ROLE_TIME, "column_2");
  assert_column (bare, IW_ROLE_MESSAGE, "column_3");
  assert_column (json, IW_ROLE_TIME, "x");
  assert_column (json, IW_ROLE_MESSAGE, "y");
  assert_column (none, IW_ROLE_TIME, NULL);
}

/* "time" alone holds date and clock. */
static void
test_lone_time (Fixture *f, gconstpointer data)
{
  g_autoptr (IwMapping) mapping =
      detect (f, "time,host,event\n2026-11-02T03:04Z,h,e\n", IW_FORMAT_GENERIC_CSV, ',');

  assert_column (mapping, IW_ROLE_TIME, "time");
  assert_column (mapping, IW_ROLE_TIME_OF_DAY, NULL);
  assert_column (mapping, IW_ROLE_MESSAGE, "event");
}

#define add(name, func) g_test_add ("/detect/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("timesketch", test_timesketch);
  add ("iris", test_iris);
  add ("plaso", test_plaso);
  add ("generic", test_generic);
  add ("lone-time", test_lone_time);
  return g_test_run ();
}
