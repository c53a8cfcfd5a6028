/* test-event-parser.c: records and mappings become events, or are refused with a reason */
#include "formats-fixture.h"
#include "iw-detect.h"
#include "iw-event-parser.h"

typedef struct
{
  char *dir;
  IwMapping *mapping;
  IwRecordReader *reader;
  IwEventParser *parser;
} Fixture;

static void
close_file (Fixture *f)
{
  g_clear_pointer (&f->parser, iw_event_parser_free);
  g_clear_pointer (&f->reader, iw_record_reader_free);
  g_clear_pointer (&f->mapping, iw_mapping_free);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = iw_test_make_dir ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_file (f);
  iw_test_remove_dir (f->dir);
  g_free (f->dir);
}

static void
open_text (Fixture *f, const char *text, const char *zone)
{
  g_autofree char *path = fixture_file (f->dir, "in", text, -1);
  g_autoptr (GError) error = NULL;

  close_file (f);
  f->mapping = iw_detect_mapping (path, &error);
  g_assert_no_error (error);
  if (zone != NULL)
    iw_mapping_set_zone (f->mapping, zone);
  f->reader = iw_record_reader_open (path, f->mapping, &error);
  g_assert_no_error (error);
  f->parser = iw_event_parser_new (f->mapping, f->reader);
}

static const IwRecord *
next (Fixture *f)
{
  const IwRecord *record;

  g_assert_true (iw_record_reader_next (f->reader, &record, NULL));
  return record;
}

static void
assert_time (Fixture *f, const char *expected)
{
  const IwRecord *record = next (f);
  IwReject reject = { 0 };
  g_autofree char *text = NULL;
  IwTime time;

  if (!iw_event_parser_time (f->parser, record, &time, &reject, NULL))
    g_error ("refused: %s “%s”: %s", reject.field, reject.value, reject.reason);
  text = iw_time_to_rfc3339 (time);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refused (Fixture *f, const char *field, const char *value, const char *words, gboolean naive)
{
  const IwRecord *record = next (f);
  IwReject reject = { 0 };
  gboolean is_naive;
  IwTime time;

  g_assert_false (iw_event_parser_time (f->parser, record, &time, &reject, &is_naive));
  g_assert_cmpstr (reject.field, ==, field);
  g_assert_cmpstr (reject.value, ==, value);
  g_assert_nonnull (strstr (reject.reason, words));
  g_assert_cmpint (reject.row, ==, record->row);
  g_assert_cmpint (reject.line, ==, record->line);
  g_assert_cmpint (is_naive, ==, naive);
  iw_reject_clear_texts (&reject);
}

static void
test_timesketch (Fixture *f, gconstpointer data)
{
  static const char text[] = "message,timestamp,datetime,timestamp_desc\n"
                             "a,1,2024-07-24T10:57:02.877297Z,d\n"
                             "b,1435789661000000,,d\n"
                             "c,1437789661000000, ,d\n"
                             "d,,2015-07-25 02:01:01+00:00,d\n"
                             "e,123456,2017-09-24 19:01:01,d\n"
                             "f,88888888,1234 19:01:01,d\n"
                             "g,,,d\n";

  open_text (f, text, NULL);
  assert_time (f, "2024-07-24T10:57:02.877297Z");
  assert_time (f, "2015-07-01T22:27:41.000000Z");
  assert_time (f, "2015-07-25T02:01:01.000000Z");
  assert_time (f, "2015-07-25T02:01:01Z");
  assert_refused (f, "datetime", "2017-09-24 19:01:01", "has no zone", TRUE);
  assert_refused (f, "datetime", "1234 19:01:01", "not a date and time", FALSE);
  assert_refused (f, "timestamp", "", "has no time", FALSE);
  open_text (f, text, "Europe/Berlin");
  for (guint i = 0; i < 4; i++)
    next (f);
  assert_time (f, "2017-09-24T17:01:01Z");
}

static void
test_l2tcsv (Fixture *f, gconstpointer data)
{
  static const char text[] = "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc\n"
                             "01/22/2012,08:52:33,CET,M,LOG,Log File,Written,-,h,s,message\n"
                             "07/02/2026,19:48:00,CEST,M,LOG,Log File,Written,ada,-,s,m\n"
                             "07/02/2026,19:48:00,EST5EDT,M,LOG,Log File,Written,-,-,s,m\n"
                             "07/02/2026,19:48:00,IST,M,LOG,Log File,Written,-,-,s,m\n"
                             "00/00/0000,--:--:--,UTC,M,LOG,Log File,Written,-,-,s,m\n";
  IwEventTexts texts;

  open_text (f, text, NULL);
  assert_time (f, "2012-01-22T07:52:33Z");
  assert_time (f, "2026-07-02T17:48:00Z");
  assert_time (f, "2026-07-02T23:48:00Z");
  assert_refused (f, "timezone", "IST", "Choose the zone", TRUE);
  assert_refused (f, "date", "00/00/0000", "not a date and time", FALSE);
  open_text (f, text, "Asia/Kolkata");
  iw_event_parser_texts (f->parser, next (f), &texts);
  g_assert_cmpstr (texts.message, ==, "message");
  g_assert_cmpstr (texts.desc, ==, "Written");
  g_assert_cmpstr (texts.host, ==, "h");
  g_assert_cmpstr (texts.actor, ==, "");
  g_assert_cmpstr (texts.origin, ==, "Log File");
  g_assert_cmpstr (texts.text, ==,
                   "01/22/2012\n08:52:33\nCET\nM\nLOG\nLog File\nWritten\n-\nh\ns\nmessage");
  next (f);
  next (f);
  assert_time (f, "2026-07-02T14:18:00Z");
}

static void
test_iris (Fixture *f, gconstpointer data)
{
  IwEventTexts texts;

  open_text (f,
             "event_date,event_tz,event_title,event_category,event_content,event_raw\n"
             "2023-03-26T03:00:30.000,+02:00,Title,Legitimate,Content,raw\n"
             "2023-03-26T03:00:30.000,+00:00,Title,Legitimate,Title and more,"
             "\"{\"\"datetime\"\":\"\"2023-03-26T03:00:30Z\"\"}\"\n"
             "2023-03-26T03:00:30.000,+00:00,Only,,,"
             "\"{\"\"datetime\"\":\"\"2023-03-26T03:00:31Z\"\"}\"\n",
             NULL);
  assert_time (f, "2023-03-26T01:00:30.000Z");
  assert_time (f, "2023-03-26T03:00:30Z");
  assert_time (f, "2023-03-26T03:00:30.000Z");
  open_text (f,
             "event_date,event_tz,event_title,event_content\n"
             "2023-03-26,,Title,Content\n2023-03-26,,Title,Title and more\n2023-03-26,,Only,\n",
             NULL);
  iw_event_parser_texts (f->parser, next (f), &texts);
  g_assert_cmpstr (texts.message, ==, "Title\nContent");
  iw_event_parser_texts (f->parser, next (f), &texts);
  g_assert_cmpstr (texts.message, ==, "Title and more");
  iw_event_parser_texts (f->parser, next (f), &texts);
  g_assert_cmpstr (texts.message, ==, "Only");
  open_text (f,
             "event_date(UTC),event_title,event_description,event_tz,event_date_wtz\n"
             "\"2023-03-26T03:00:30.000000\",\"a\",\"he said \"no\"\",\"+00:00\",\"x\"\n",
             NULL);
  assert_time (f, "2023-03-26T03:00:30.000000Z");
}

static void
test_plaso_json (Fixture *f, gconstpointer data)
{
  IwEventTexts texts;
  const IwRecord *record;
  IwReject reject = { 0 };
  IwTime time;

  open_text (
      f,
      "{\"event_0\": {\"__container_type__\": \"event\", \"timestamp\": 1000000, "
      "\"message\": \"m\", \"hostname\": \"h\", \"username\": \"-\", \"pathspec\": {\"a\": 1}}}",
      NULL);
  record = next (f);
  g_assert_true (iw_event_parser_time (f->parser, record, &time, &reject, NULL));
  g_assert_cmpint (time.us, ==, 1000000);
  iw_event_parser_texts (f->parser, record, &texts);
  g_assert_cmpstr (texts.message, ==, "m");
  g_assert_cmpstr (texts.host, ==, "h");
  g_assert_cmpstr (texts.actor, ==, "");
}

static void
test_best_message (Fixture *f, gconstpointer data)
{
  IwEventTexts texts;

  open_text (f, "datetime,host,p,q\n2026-11-02T00:00Z,h,one,two\n", NULL);
  iw_mapping_set_role (f->mapping, "p", IW_ROLE_NONE);
  iw_mapping_set_role (f->mapping, "q", IW_ROLE_NONE);
  iw_event_parser_free (f->parser);
  f->parser = iw_event_parser_new (f->mapping, f->reader);
  iw_event_parser_texts (f->parser, next (f), &texts);
  g_assert_cmpstr (texts.message, ==, "one · two");
}

static void
test_refused_record (Fixture *f, gconstpointer data)
{
  open_text (f, "datetime,message,timestamp_desc\n2026-11-02T00:00Z,a,b,c\n", NULL);
  assert_refused (f, "", "2026-11-02T00:00Z,a,b,c", "4 columns", FALSE);
}

#define add(name, func) g_test_add ("/event-parser/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("timesketch", test_timesketch);
  add ("l2tcsv", test_l2tcsv);
  add ("iris", test_iris);
  add ("plaso-json", test_plaso_json);
  add ("best-message", test_best_message);
  add ("refused-record", test_refused_record);
  return g_test_run ();
}
