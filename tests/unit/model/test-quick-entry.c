/* The quick-add line: what is a time and what is text. */
#include "iw-quick-entry.h"

#include <string.h>

/* A Tuesday. */
#define NOW "2026-11-03T14:30:45.5Z"

typedef struct
{
  const char *input;
  const char *occurred; /* as iw_time_to_rfc3339() writes it, NULL where the input is text alone */
  const char *end;
  const char *text;
} Case;

static gint64
at (const char *text)
{
  IwTime time = IW_TIME_NONE;

  g_assert_true (iw_time_parse_rfc3339 (text, NULL, &time));
  return time.us;
}

static void
assert_case (const Case *wanted, const char *now, GTimeZone *zone)
{
  IwQuickEntry entry = iw_quick_entry_parse (wanted->input, at (now), zone);
  g_autofree char *occurred = iw_time_to_rfc3339 (entry.occurred);
  g_autofree char *end = iw_time_to_rfc3339 (entry.occurred_end);

  g_test_message ("“%s” at %s", wanted->input, now);
  g_assert_true (entry.text >= wanted->input &&
                 entry.text <= wanted->input + strlen (wanted->input));
  g_assert_cmpstr (entry.text, ==, wanted->text);
  g_assert_cmpint (entry.explicit_time, ==, wanted->occurred != NULL);
  g_assert_cmpstr (end, ==, wanted->end);
  if (wanted->occurred != NULL)
    {
      g_assert_cmpstr (occurred, ==, wanted->occurred);
      return;
    }
  g_assert_cmpint (entry.occurred.us, ==, at (now) / IW_USEC_PER_SEC * IW_USEC_PER_SEC);
  g_assert_cmpint (entry.occurred.precision, ==, IW_PRECISION_SECOND);
  g_assert_false (entry.future);
}

static void
assert_cases (const Case *cases, guint n, const char *now, const char *zone_name)
{
  g_autoptr (GTimeZone) zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;

  g_assert_true (zone_name == NULL || zone != NULL);
  for (guint i = 0; i < n; i++)
    assert_case (&cases[i], now, zone);
}

static void
test_clocks (void)
{
  static const Case cases[] = {
    { "14:05", "2026-11-03T14:05Z", NULL, "" },
    { "14:05 blocked it", "2026-11-03T14:05Z", NULL, "blocked it" },
    { "  14:05   blocked it ", "2026-11-03T14:05Z", NULL, "blocked it " },
    { "9:05 x", "2026-11-03T09:05Z", NULL, "x" },
    { "09:05 x", "2026-11-03T09:05Z", NULL, "x" },
    { "0:00 x", "2026-11-03T00:00Z", NULL, "x" },
    { "14:05:33 x", "2026-11-03T14:05:33Z", NULL, "x" },
    { "14:05:33.25 x", "2026-11-03T14:05:33.250Z", NULL, "x" },
    { "14:05:33.123456 x", "2026-11-03T14:05:33.123456Z", NULL, "x" },
    { "14:05:33,123 x", "2026-11-03T14:05:33.123Z", NULL, "x" },
    { "14:05:33, 5 hosts", "2026-11-03T14:05:33Z", NULL, "5 hosts" },
    { "2:05 pm x", "2026-11-03T14:05Z", NULL, "x" },
    { "2:05pm x", "2026-11-03T14:05Z", NULL, "x" },
    { "2:05 p.m. x", "2026-11-03T14:05Z", NULL, "x" },
    { "2:05 PM", "2026-11-03T14:05Z", NULL, "" },
    { "2 pm x", "2026-11-03T14Z", NULL, "x" },
    { "2pm x", "2026-11-03T14Z", NULL, "x" },
    { "12:30 am x", "2026-11-03T00:30Z", NULL, "x" },
    { "12:30 pm x", "2026-11-03T12:30Z", NULL, "x" },
    { "14:05 pm x", "2026-11-03T14:05Z", NULL, "pm x" },
    { "2:05 pmx", "2026-11-03T02:05Z", NULL, "pmx" },
    { "14:05Z x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05 UTC x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05 utc: x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05 UTC+2 x", "2026-11-03T12:05Z", NULL, "x" },
    { "14:05 GMT-05:30 x", "2026-11-03T19:35Z", NULL, "x" },
    { "14:05+01:00 x", "2026-11-03T13:05Z", NULL, "x" },
    { "14:05 utcx", "2026-11-03T14:05Z", NULL, "utcx" },
    /* punctuation between time and text */
    { "14:05: x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05, x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05; x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05. x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05 - x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05 – x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05 — x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05 -x", "2026-11-03T14:05Z", NULL, "-x" },
    { "14:05:", "2026-11-03T14:05Z", NULL, "" },
    { "14:05 - 3 hosts down", "2026-11-03T14:05Z", NULL, "3 hosts down" },
    { "14:05 to be continued", "2026-11-03T14:05Z", NULL, "to be continued" },
    { "14:05 認証失敗", "2026-11-03T14:05Z", NULL, "認証失敗" },
    { "14:05認証失敗", "2026-11-03T14:05Z", NULL, "認証失敗" },
    { "\u00a014:05\u00a0x", "2026-11-03T14:05Z", NULL, "x" },
    { "\u300014:05\u3000x", "2026-11-03T14:05Z", NULL, "x" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), NOW, NULL);
}

static void
test_text (void)
{
  static const Case cases[] = {
    { "", NULL, NULL, "" },
    { "   ", NULL, NULL, "" },
    { " Blocked the address", NULL, NULL, "Blocked the address" },
    { "3 hosts down", NULL, NULL, "3 hosts down" },
    { "3", NULL, NULL, "3" },
    { "14", NULL, NULL, "14" },
    { "1405 x", NULL, NULL, "1405 x" },
    { "2026 was worse", NULL, NULL, "2026 was worse" },
    { "2026-11 x", NULL, NULL, "2026-11 x" },
    { "24:00 x", NULL, NULL, "24:00 x" },
    { "25:61 foo", NULL, NULL, "25:61 foo" },
    { "12:60 foo", NULL, NULL, "12:60 foo" },
    { "12:30:60 foo", NULL, NULL, "12:30:60 foo" },
    { "9:5 foo", NULL, NULL, "9:5 foo" },
    { "1:1 mapping", NULL, NULL, "1:1 mapping" },
    { "114:05 foo", NULL, NULL, "114:05 foo" },
    { "14:055 foo", NULL, NULL, "14:055 foo" },
    { "14:05x", NULL, NULL, "14:05x" },
    { "14:05/x", NULL, NULL, "14:05/x" },
    { "14:05-x", NULL, NULL, "14:05-x" },
    { "14:05:3 x", NULL, NULL, "14:05:3 x" },
    { "-14:05 x", NULL, NULL, "-14:05 x" },
    { "10:20:30:40:50:60 is the MAC", NULL, NULL, "10:20:30:40:50:60 is the MAC" },
    { "12:34::1 is an address", NULL, NULL, "12:34::1 is an address" },
    { "10.11.12.13 scanned us", NULL, NULL, "10.11.12.13 scanned us" },
    { "1.2.3 released", NULL, NULL, "1.2.3 released" },
    { "10.11.2026.5 released", NULL, NULL, "10.11.2026.5 released" },
    { "0 pm x", NULL, NULL, "0 pm x" },
    { "13 pm x", NULL, NULL, "13 pm x" },
    { "5 mailboxes forwarded", NULL, NULL, "5 mailboxes forwarded" },
    { "2 may have failed", NULL, NULL, "2 may have failed" },
    { "May 2 hosts be gone", NULL, NULL, "May 2 hosts be gone" },
    { "2 Nov x", NULL, NULL, "2 Nov x" },
    { "Mon is down", NULL, NULL, "Mon is down" },
    { "Monday.com is down", NULL, NULL, "Monday.com is down" },
    { "Monitoring 14:05 fired", NULL, NULL, "Monitoring 14:05 fired" },
    { "today we saw it", NULL, NULL, "today we saw it" },
    { "yesterday", NULL, NULL, "yesterday" },
    { "yesterday's logs are gone", NULL, NULL, "yesterday's logs are gone" },
    { "yesterdays 14:05", NULL, NULL, "yesterdays 14:05" },
    { "at the 14:05 run", NULL, NULL, "at the 14:05 run" },
    { "nowhere to be seen", NULL, NULL, "nowhere to be seen" },
    { "now_playing", NULL, NULL, "now_playing" },
    { "ago", NULL, NULL, "ago" },
    { "10 min later", NULL, NULL, "10 min later" },
    { "10 ago", NULL, NULL, "10 ago" },
    { "10 minutes agoo", NULL, NULL, "10 minutes agoo" },
    { "min ago", NULL, NULL, "min ago" },
    { "999999999 min ago", NULL, NULL, "999999999 min ago" },
    { "99999999 w ago", NULL, NULL, "99999999 w ago" },
    { "2018-02-29 x", NULL, NULL, "2018-02-29 x" },
    { "2026-13-01 x", NULL, NULL, "2026-13-01 x" },
    { "0000-01-01 x", NULL, NULL, "0000-01-01 x" },
    { "2026-11-02x", NULL, NULL, "2026-11-02x" },
    { "2026-11-02T", NULL, NULL, "2026-11-02T" },
    { "2026-11-02T25:00Z x", NULL, NULL, "2026-11-02T25:00Z x" },
    { "0001-01-01T00:00+05:00 x", NULL, NULL, "0001-01-01T00:00+05:00 x" },
    { "31.11.2026 x", NULL, NULL, "31.11.2026 x" },
    { "02.13.2026 x", NULL, NULL, "02.13.2026 x" },
    { "30 Feb 14:05", NULL, NULL, "30 Feb 14:05" },
    { "２:05 x", NULL, NULL, "２:05 x" },
    { "認証失敗", NULL, NULL, "認証失敗" },
    { "🔥 14:05", NULL, NULL, "🔥 14:05" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), NOW, NULL);
  assert_cases (cases, G_N_ELEMENTS (cases), NOW, "Europe/Berlin");
}

static void
test_dates (void)
{
  static const Case cases[] = {
    { "2026-11-02", "2026-11-02", NULL, "" },
    { "2026-11-02 x", "2026-11-02", NULL, "x" },
    { "2026-11-02: x", "2026-11-02", NULL, "x" },
    { "2026-11-02 3 hosts", "2026-11-02", NULL, "3 hosts" },
    { "2026-11-02T03:04Z x", "2026-11-02T03:04Z", NULL, "x" },
    { "2026-11-02t03:04z x", "2026-11-02T03:04Z", NULL, "x" },
    { "2026-11-02T03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "2026-11-02T03:04:05.678Z x", "2026-11-02T03:04:05.678Z", NULL, "x" },
    { "2026-11-02T03:04:05+01:00 x", "2026-11-02T02:04:05Z", NULL, "x" },
    { "2026-11-02T03:04:05-05:00 x", "2026-11-02T08:04:05Z", NULL, "x" },
    { "2026-11-02T03:04-05:00 x", "2026-11-02T08:04Z", NULL, "x" },
    { "2026-11-02T03:04-0500 x", "2026-11-02T08:04Z", NULL, "x" },
    { "2026-11-02 03:04:05-05:00 x", "2026-11-02T08:04:05Z", NULL, "x" },
    { "2026-11-02 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "2026-11-02  03:04 UTC x", "2026-11-02T03:04Z", NULL, "x" },
    { "2026-11-02, 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "2026-11-02 at 3:04 pm x", "2026-11-02T15:04Z", NULL, "x" },
    { "02.11.2026 x", "2026-11-02", NULL, "x" },
    { "2.11.2026 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "02.11.2026, 03:04:05 x", "2026-11-02T03:04:05Z", NULL, "x" },
    { "02.11. 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "2 Nov 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "2 november 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "2. Nov. 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "Nov 2 03:04:05 x", "2026-11-02T03:04:05Z", NULL, "x" },
    { "Nov  2 03:04:05 sshd: x", "2026-11-02T03:04:05Z", NULL, "sshd: x" },
    { "November 2, 2026 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "2 Nov 2026 x", "2026-11-02", NULL, "x" },
    { "2 Nov 2026 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "2 may 14:05 x", "2026-05-02T14:05Z", NULL, "x" },
    { "Mon, 2 Nov 2026 03:04:05 +0100 x", "2026-11-02T02:04:05Z", NULL, "x" },
    { "Mon 2 Nov 03:04 x", "2026-11-02T03:04Z", NULL, "x" },
    { "29 Feb 14:05 x", "2024-02-29T14:05Z", NULL, "x" },
    /* a year back where this year's would lie ahead, up to half a day */
    { "24 Dec 03:04 x", "2025-12-24T03:04Z", NULL, "x" },
    { "4 Nov 02:30 x", "2026-11-04T02:30Z", NULL, "x" },
    { "4 Nov 02:31 x", "2025-11-04T02:31Z", NULL, "x" },
    { "1999-12-31T23:59:59.999999Z x", "1999-12-31T23:59:59.999999Z", NULL, "x" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), NOW, NULL);
}

static void
test_words (void)
{
  static const Case cases[] = {
    { "now", "2026-11-03T14:30:45Z", NULL, "" },
    { "now blocked it", "2026-11-03T14:30:45Z", NULL, "blocked it" },
    { "NOW: blocked it", "2026-11-03T14:30:45Z", NULL, "blocked it" },
    { "today 9:00 x", "2026-11-03T09:00Z", NULL, "x" },
    { "Today at 9:00 x", "2026-11-03T09:00Z", NULL, "x" },
    { "today 23:00 x", "2026-11-03T23:00Z", NULL, "x" },
    { "yesterday 23:10 x", "2026-11-02T23:10Z", NULL, "x" },
    { "YESTERDAY, 11:10 pm x", "2026-11-02T23:10Z", NULL, "x" },
    { "Mon 14:05 x", "2026-11-02T14:05Z", NULL, "x" },
    { "mon. 14:05 x", "2026-11-02T14:05Z", NULL, "x" },
    { "Monday 14:05 x", "2026-11-02T14:05Z", NULL, "x" },
    { "Wed 14:05 x", "2026-10-28T14:05Z", NULL, "x" },
    { "Sunday at 2pm x", "2026-11-01T14Z", NULL, "x" },
    /* today's weekday: today if that is past, else a week ago */
    { "Tue 14:30 x", "2026-11-03T14:30Z", NULL, "x" },
    { "Tue 14:31 x", "2026-11-03T14:31Z", NULL, "x" },
    { "Tue 14:32 x", "2026-10-27T14:32Z", NULL, "x" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), NOW, NULL);
}

static void
test_ago (void)
{
  static const Case cases[] = {
    { "10 min ago x", "2026-11-03T14:20Z", NULL, "x" },
    { "10min ago", "2026-11-03T14:20Z", NULL, "" },
    { "10 minutes ago: x", "2026-11-03T14:20Z", NULL, "x" },
    { "10m ago x", "2026-11-03T14:20Z", NULL, "x" },
    { "1 Minute Ago x", "2026-11-03T14:29Z", NULL, "x" },
    { "2h ago x", "2026-11-03T12:30Z", NULL, "x" },
    { "2 hours ago x", "2026-11-03T12:30Z", NULL, "x" },
    { "1 h 30 min ago x", "2026-11-03T13:00Z", NULL, "x" },
    { "1h30m ago x", "2026-11-03T13:00Z", NULL, "x" },
    { "1.5 h ago x", "2026-11-03T13:00Z", NULL, "x" },
    { "1,5 h ago x", "2026-11-03T13:00Z", NULL, "x" },
    { "15 h ago x", "2026-11-02T23:30Z", NULL, "x" },
    { "30 s ago x", "2026-11-03T14:30:15Z", NULL, "x" },
    { "0 s ago x", "2026-11-03T14:30:45Z", NULL, "x" },
    { "1 min 30 secs ago x", "2026-11-03T14:29:15Z", NULL, "x" },
    { "3 d ago x", "2026-10-31", NULL, "x" },
    { "2 weeks ago x", "2026-10-20", NULL, "x" },
    { "1 d 2 h ago x", "2026-11-02T12:30Z", NULL, "x" },
    { "0.5 d ago x", "2026-11-03T02:30Z", NULL, "x" },
    { "10 min. ago x", "2026-11-03T14:20Z", NULL, "x" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), NOW, NULL);
}

static void
test_ranges (void)
{
  static const Case cases[] = {
    { "14:05-14:20", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "" },
    { "14:05-14:20 x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "14:05–14:20 x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "14:05 - 14:20: x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "14:05 to 14:20 x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "14:05 until 14:20 x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "14:05:10-14:20:30 x", "2026-11-03T14:05:10Z", "2026-11-03T14:20:30Z", "x" },
    { "2:05-2:20 pm x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "11:50-12:10 pm x", "2026-11-03T11:50Z", "2026-11-03T12:10Z", "x" },
    { "11:50 am-12:10 pm x", "2026-11-03T11:50Z", "2026-11-03T12:10Z", "x" },
    { "14:05-14:20 UTC x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "14:05Z-14:20Z x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "14:05-14:20 UTC+1 x", "2026-11-03T13:05Z", "2026-11-03T13:20Z", "x" },
    { "14:05 UTC-14:20 x", "2026-11-03T14:05Z", "2026-11-03T14:20Z", "x" },
    { "yesterday 23:10-00:20 x", "2026-11-02T23:10Z", "2026-11-03T00:20Z", "x" },
    { "yesterday 23:10 - today 00:20 x", "2026-11-02T23:10Z", "2026-11-03T00:20Z", "x" },
    { "2026-11-01 03:04-05:06 x", "2026-11-01T03:04Z", "2026-11-01T05:06Z", "x" },
    { "2026-11-01 03:04 - 2026-11-02 05:06 x", "2026-11-01T03:04Z", "2026-11-02T05:06Z", "x" },
    { "2026-11-01T03:04Z-2026-11-01T05:06Z x", "2026-11-01T03:04Z", "2026-11-01T05:06Z", "x" },
    { "2026-11-01 - 2026-11-03 x", "2026-11-01", "2026-11-03", "x" },
    { "02.11.2026 03:04 - 05:06 x", "2026-11-02T03:04Z", "2026-11-02T05:06Z", "x" },
    { "14:05-14:05 x", "2026-11-03T14:05Z", "2026-11-03T14:05Z", "x" },
    /* no ranges */
    { "14:05-25:00 x", NULL, NULL, "14:05-25:00 x" },
    { "14:05-14:20x", NULL, NULL, "14:05-14:20x" },
    { "14:05 - 2026-11-02 x", "2026-11-03T14:05Z", NULL, "2026-11-02 x" },
    { "2026-11-02 - 14:05 x", "2026-11-02", NULL, "14:05 x" },
    { "2026-11-02 - 2026-11-01 x", "2026-11-02", NULL, "2026-11-01 x" },
    { "14:05 - 14:20x", "2026-11-03T14:05Z", NULL, "14:20x" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), NOW, NULL);
}

/* A clock without a date late at night and early in the day. */
static void
test_nearest_day (void)
{
  static const Case after_midnight[] = {
    { "14:05", "2026-11-02T14:05Z", NULL, "" }, /* 13:35 ahead: yesterday's */
    { "23:50", "2026-11-02T23:50Z", NULL, "" },
    { "12:30", "2026-11-03T12:30Z", NULL, "" }, /* 12 hours ahead to the minute */
    { "12:31", "2026-11-02T12:31Z", NULL, "" },
    { "00:10", "2026-11-03T00:10Z", NULL, "" },
    { "23:50-00:10", "2026-11-02T23:50Z", "2026-11-03T00:10Z", "" },
    { "today 14:05", "2026-11-03T14:05Z", NULL, "" }, /* said so: not moved */
  };
  static const Case before_midnight[] = {
    { "14:05", "2026-11-03T14:05Z", NULL, "" },
    { "00:05", "2026-11-03T00:05Z", NULL, "" },
    { "23:59", "2026-11-03T23:59Z", NULL, "" },
    { "23:30-00:30", "2026-11-03T23:30Z", "2026-11-04T00:30Z", "" },
  };

  assert_cases (after_midnight, G_N_ELEMENTS (after_midnight), "2026-11-03T00:30:00Z", NULL);
  assert_cases (before_midnight, G_N_ELEMENTS (before_midnight), "2026-11-03T23:58:00Z", NULL);
}

static void
test_zones (void)
{
  static const Case berlin[] = {
    { "14:05 x", "2026-11-03T13:05Z", NULL, "x" },
    { "14:05 UTC x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05Z x", "2026-11-03T14:05Z", NULL, "x" },
    { "yesterday 00:10 x", "2026-11-01T23:10Z", NULL, "x" },
    { "2026-07-01 12:00 x", "2026-07-01T10:00Z", NULL, "x" },
    { "2026-07-01T12:00Z x", "2026-07-01T12:00Z", NULL, "x" },
    { "Mon 00:10 x", "2026-11-01T23:10Z", NULL, "x" },
    /* a date stays the date that was written */
    { "2026-11-02 x", "2026-11-02", NULL, "x" },
  };
  static const Case auckland[] = {
    /* there it is 4 November, 03:30 */
    { "2:00 x", "2026-11-03T13:00Z", NULL, "x" },
    { "yesterday 2:00 x", "2026-11-02T13:00Z", NULL, "x" },
    { "14:00 UTC x", "2026-11-03T14:00Z", NULL, "x" },
    { "1 d ago x", "2026-11-03", NULL, "x" },
    { "0 d ago x", "2026-11-04", NULL, "x" },
  };
  static const Case india[] = {
    { "2 pm x", "2026-11-03T09+00:30", NULL, "x" },
  };

  assert_cases (berlin, G_N_ELEMENTS (berlin), NOW, "Europe/Berlin");
  assert_cases (auckland, G_N_ELEMENTS (auckland), NOW, "Pacific/Auckland");
  assert_cases (india, G_N_ELEMENTS (india), NOW, "Asia/Kolkata");
}

/* Zones by name and by offset after a clock. */
static void
test_zone_names (void)
{
  static const Case cases[] = {
    { "14:05 CET x", "2026-11-03T13:05Z", NULL, "x" },
    { "14:05 cet x", "2026-11-03T13:05Z", NULL, "x" },
    { "14:05 CET: x", "2026-11-03T13:05Z", NULL, "x" },
    { "14:05 CEST x", "2026-11-03T12:05Z", NULL, "x" },
    { "14:05 Europe/Berlin x", "2026-11-03T13:05Z", NULL, "x" },
    { "2026-07-01 14:05 Europe/Berlin x", "2026-07-01T12:05Z", NULL, "x" },
    { "14:05 America/Port-au-Prince x", "2026-11-03T19:05Z", NULL, "x" },
    { "9:05 EST x", "2026-11-03T14:05Z", NULL, "x" },
    { "9:05 am EDT x", "2026-11-03T13:05Z", NULL, "x" },
    { "23:05 JST x", "2026-11-03T14:05Z", NULL, "x" },
    { "14:05-14:20 CET x", "2026-11-03T13:05Z", "2026-11-03T13:20Z", "x" },
    { "14:05 CET-14:20 x", "2026-11-03T13:05Z", "2026-11-03T13:20Z", "x" },
    { "14:05 CET - 14:20 CET x", "2026-11-03T13:05Z", "2026-11-03T13:20Z", "x" },
    { "14:05 +0100 x", "2026-11-03T13:05Z", NULL, "x" },
    { "14:05 +01:00 x", "2026-11-03T13:05Z", NULL, "x" },
    { "09:05 -0500 x", "2026-11-03T14:05Z", NULL, "x" },
    /* no zones */
    { "14:05 +5 hosts", "2026-11-03T14:05Z", NULL, "+5 hosts" },
    { "14:05 +100 hosts", "2026-11-03T14:05Z", NULL, "+100 hosts" },
    { "14:05 est down", "2026-11-03T14:05Z", NULL, "est down" },
    { "14:05 West wing", "2026-11-03T14:05Z", NULL, "West wing" },
    { "14:05 CETX", "2026-11-03T14:05Z", NULL, "CETX" },
    { "14:05 Singapore is down", "2026-11-03T14:05Z", NULL, "Singapore is down" },
    { "14:05 client/server down", "2026-11-03T14:05Z", NULL, "client/server down" },
    { "14:05 IST x", "2026-11-03T14:05Z", NULL, "IST x" },
    { "14:05 Europe/Nowhere x", "2026-11-03T14:05Z", NULL, "Europe/Nowhere x" },
    { "14:05 Europe/../../etc/passwd x", "2026-11-03T14:05Z", NULL, "Europe/../../etc/passwd x" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), NOW, NULL);
}

static void
test_other_forms (void)
{
  static const Case cases[] = {
    { "~14:20 x", "2026-11-03T14:20Z", NULL, "x" },
    { "≈ 14:20 x", "2026-11-03T14:20Z", NULL, "x" },
    { "[04:05] x", "2026-11-03T04:05Z", NULL, "x" },
    { "[2026-11-02 04:05:06 CET] x", "2026-11-02T03:05:06Z", NULL, "x" },
    { "(04:05): x", "2026-11-03T04:05Z", NULL, "x" },
    { "14h05 x", "2026-11-03T14:05Z", NULL, "x" },
    { "noon x", "2026-11-03T12:00Z", NULL, "x" },
    { "yesterday at noon x", "2026-11-02T12:00Z", NULL, "x" },
    { "at 14:05 x", "2026-11-03T14:05Z", NULL, "x" },
    { "an hour ago x", "2026-11-03T13:30Z", NULL, "x" },
    { "a minute ago", "2026-11-03T14:29Z", NULL, "" },
    { "half an hour ago x", "2026-11-03T14:00Z", NULL, "x" },
    { "in 2 hours x", "2026-11-03T16:30Z", NULL, "x" },
    { "in 3 days x", "2026-11-06", NULL, "x" },
    { "tomorrow 10:00 x", "2026-11-04T10:00Z", NULL, "x" },
    { "2026/11/02 04:05 x", "2026-11-02T04:05Z", NULL, "x" },
    { "1h30 of downtime", NULL, NULL, "1h30 of downtime" },
    { "in the log", NULL, NULL, "in the log" },
    { "a host is down", NULL, NULL, "a host is down" },
    { "tomorrow we meet", NULL, NULL, "tomorrow we meet" },
    { "[x] done", NULL, NULL, "[x] done" },
    { "[04:05 x", NULL, NULL, "[04:05 x" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases), NOW, NULL);
}

static gboolean
is_unread (const char *input)
{
  IwQuickEntry entry = iw_quick_entry_parse (input, at (NOW), NULL);
  g_autofree char *words = iw_quick_entry_describe_unread (&entry);

  g_assert_cmpint (words != NULL, ==, entry.unread_time);
  return entry.unread_time;
}

/* What looks like a time and is none must not be taken for text without a word. */
static void
test_unread (void)
{
  static const char *const unread[] = {
    "25:99 x",          "25:61 foo",         "24:00 x",      "14:05x",
    "2026-02-30 x",     "2026-13-01 04:05",  "2026-11-02x",  "31.11.2026 x",
    "11/21/2026 04:05", "11/21/2026 x",      "13 pm x",      "around 3",
    "around 3 pm x",    "since 04:05 x",     "ca. 14:05 x",  "yesterday 25:00 x",
    "yesterday at 3",   "30 Feb 14:05",      "2 Nov x",      "1405Z x",
    "1405 UTC x",       "a few minutes ago", "[25:99] x",    "~25:99 x",
    "[04:05 x",         "-14:05 x",          "since noon x", "14:05-25:00 x",
    "14:05 IST x",      "14:05 CST x",       "14:05 ist x",  "14:05 Europe/Nowhere x",
  };
  static const char *const text[] = {
    "",
    "Blocked the address",
    "3 hosts down",
    "1405 hosts down",
    "2026 was worse",
    "around 3 hosts down",
    "1:1 mapping",
    "10:20:30:40:50:60 is the MAC",
    "12:34::1 is an address",
    "10.11.12.13 scanned us",
    "10.11.2026.5 released",
    "1.2.3 released",
    "2 may have failed",
    "yesterday we saw it",
    "a few hosts are down",
    "since the patch",
    "3/4 hosts down",
    "5 amber alerts",
    "14:05 x",
    "14:05 CET x",
    "14:05 CERT called",
    "2026-11-02 IST x",
    "14:05 Europe is down",
  };

  for (guint i = 0; i < G_N_ELEMENTS (unread); i++)
    if (!is_unread (unread[i]))
      {
        g_test_message ("“%s” is not warned of", unread[i]);
        g_test_fail ();
      }
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    if (is_unread (text[i]))
      {
        g_test_message ("“%s” is warned of", text[i]);
        g_test_fail ();
      }
}

static void
test_dst (void)
{
  static const Case spring[] = {
    { "01:30 x", "2026-03-29T00:30Z", NULL, "x" },
    { "02:30 x", "2026-03-29T01:00Z", NULL, "x" }, /* skipped: the instant of the change */
    { "03:30 x", "2026-03-29T01:30Z", NULL, "x" },
    { "01:30-03:30 x", "2026-03-29T00:30Z", "2026-03-29T01:30Z", "x" },
    { "yesterday 02:30 x", "2026-03-28T01:30Z", NULL, "x" },
    { "10 h ago x", "2026-03-29T02:00Z", NULL, "x" },
    { "1 d ago x", "2026-03-28", NULL, "x" },
  };
  static const Case autumn[] = {
    { "01:30 x", "2026-10-24T23:30Z", NULL, "x" },
    { "02:30 x", "2026-10-25T01:30Z", NULL, "x" }, /* twice: standard time */
    { "02:30+02:00 x", "2026-10-25T00:30Z", NULL, "x" },
    { "03:30 x", "2026-10-25T02:30Z", NULL, "x" },
    { "yesterday 23:10 x", "2026-10-24T21:10Z", NULL, "x" },
  };

  assert_cases (spring, G_N_ELEMENTS (spring), "2026-03-29T12:00:00Z", "Europe/Berlin");
  assert_cases (autumn, G_N_ELEMENTS (autumn), "2026-10-25T12:00:00Z", "Europe/Berlin");
}

static void
assert_future (const char *input, GTimeZone *zone, gboolean future)
{
  IwQuickEntry entry = iw_quick_entry_parse (input, at (NOW), zone);

  g_test_message ("%s", input);
  g_assert_true (entry.explicit_time);
  g_assert_cmpint (entry.future, ==, future);
}

static void
test_future (void)
{
  g_autoptr (GTimeZone) kiritimati = g_time_zone_new_identifier ("Pacific/Kiritimati");
  g_autoptr (GTimeZone) honolulu = g_time_zone_new_identifier ("Pacific/Honolulu");

  assert_future ("14:30", NULL, FALSE);
  assert_future ("14:31", NULL, FALSE);
  assert_future ("14:31:45", NULL, FALSE);
  assert_future ("14:31:46", NULL, TRUE);
  assert_future ("14:32", NULL, TRUE);
  assert_future ("now", NULL, FALSE);
  assert_future ("14:05-14:20", NULL, FALSE);
  assert_future ("14:05-14:50", NULL, TRUE);
  assert_future ("2026-11-03", NULL, FALSE);
  assert_future ("2026-11-04", NULL, TRUE);
  assert_future ("2027-01-01T00:00Z", NULL, TRUE);
  /* There it is already the 4th, and here still the 3rd at half past four in the morning. */
  assert_future ("2026-11-04", kiritimati, FALSE);
  assert_future ("2026-11-05", kiritimati, TRUE);
  assert_future ("2026-11-03", honolulu, FALSE);
}

static void
test_long (void)
{
  g_autofree char *digits = g_strnfill (1000000, '1');
  g_autofree char *letters = g_strnfill (1000000, 'm');
  g_autofree char *spaces = g_strnfill (1000000, ' ');
  g_autofree char *timed = g_strconcat ("14:05 ", letters, NULL);
  g_autofree char *decimals = g_strconcat ("1.", digits, " h ago", NULL);
  g_autofree char *fraction = g_strconcat ("14:05:33.", digits, NULL);
  IwQuickEntry entry;

  entry = iw_quick_entry_parse (digits, at (NOW), NULL);
  g_assert_false (entry.explicit_time);
  entry = iw_quick_entry_parse (spaces, at (NOW), NULL);
  g_assert_cmpstr (entry.text, ==, "");
  entry = iw_quick_entry_parse (timed, at (NOW), NULL);
  g_assert_true (entry.explicit_time);
  g_assert_cmpuint (strlen (entry.text), ==, 1000000);
  entry = iw_quick_entry_parse (decimals, at (NOW), NULL);
  g_assert_true (entry.explicit_time);
  g_assert_cmpint (entry.occurred.us, ==, at ("2026-11-03T13:24Z"));
  entry = iw_quick_entry_parse (fraction, at (NOW), NULL);
  g_assert_false (entry.explicit_time);
}

/* Long chains of units must neither overflow nor take long. */
static void
test_long_amount (void)
{
  g_autoptr (GString) chain = g_string_new (NULL);
  IwQuickEntry entry;

  for (int i = 0; i < 10000; i++)
    g_string_append (chain, "99999999 w ");
  g_string_append (chain, "ago");
  entry = iw_quick_entry_parse (chain->str, at (NOW), NULL);
  g_assert_false (entry.explicit_time);
}

/* Pieces of the grammar in any order, cut and mangled, also as no UTF-8: the answer always holds.
 */
static void
test_noise (void)
{
  static const char *const pieces[] = {
    "14:05", "2:05",   " pm",  "-",          "–",     "2026-11-02", "T",      "Z",
    " UTC",  "+01:00", "Mon",  "2",          " Nov",  " ",          ",",      ":",
    ".",     "now",    "ago",  "min",        " h ",   "10",         "today",  "to",
    "昨日",  "\xff",   "\xe8", "9999-12-31", "23:59", "0001-01-01", "-14:00", "w",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1405);
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  guint understood = 0;

  for (int i = 0; i < 8000; i++)
    {
      g_autoptr (GString) input = g_string_new (NULL);
      g_autofree char *words = NULL;
      IwQuickEntry entry;
      GTimeZone *zone = i % 2 ? berlin : NULL;

      for (int n = g_rand_int_range (rand, 0, 7); n > 0; n--)
        g_string_append (input, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      if (i % 5 == 0 && input->len > 0)
        input->str[g_rand_int_range (rand, 0, input->len)] = g_rand_int_range (rand, 1, 256);
      entry = iw_quick_entry_parse (input->str, at (NOW), zone);
      understood += entry.explicit_time;
      g_assert_true (entry.text >= input->str && entry.text <= input->str + input->len);
      g_assert_true (iw_time_is_set (entry.occurred));
      g_assert_cmpint (entry.occurred.us, >=, IW_TIME_MIN);
      g_assert_cmpint (entry.occurred.us, <=, IW_TIME_MAX);
      if (iw_time_is_set (entry.occurred_end))
        g_assert_cmpint (entry.occurred.us, <=, entry.occurred_end.us);
      words = iw_quick_entry_describe (&entry, at (NOW), zone);
      g_assert_cmpstr (words, !=, "");
    }
  g_assert_cmpuint (understood, >, 500);
}

static void
assert_amount (const char *text, gint64 seconds)
{
  gint64 us = -1;

  g_test_message ("“%s”", text);
  g_assert_cmpint (iw_quick_parse_amount (text, &us), ==, seconds >= 0);
  g_assert_cmpint (us, ==, seconds >= 0 ? seconds * IW_USEC_PER_SEC : -1);
}

/* An amount alone: the whole text, with its units. */
static void
test_amount (void)
{
  assert_amount ("45 min", 45 * 60);
  assert_amount (" 1 h 30 min ", 90 * 60);
  assert_amount ("1.5 h", 90 * 60);
  assert_amount ("half an hour", 30 * 60);
  assert_amount ("3 days", 3 * 86400);
  assert_amount ("3", -1);
  assert_amount ("3 h ago", -1);
  assert_amount ("in 3 h", -1);
  assert_amount ("3 hosts", -1);
  assert_amount ("", -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/quick-entry/clocks", test_clocks);
  g_test_add_func ("/quick-entry/text", test_text);
  g_test_add_func ("/quick-entry/dates", test_dates);
  g_test_add_func ("/quick-entry/words", test_words);
  g_test_add_func ("/quick-entry/ago", test_ago);
  g_test_add_func ("/quick-entry/ranges", test_ranges);
  g_test_add_func ("/quick-entry/nearest-day", test_nearest_day);
  g_test_add_func ("/quick-entry/zones", test_zones);
  g_test_add_func ("/quick-entry/zone-names", test_zone_names);
  g_test_add_func ("/quick-entry/other-forms", test_other_forms);
  g_test_add_func ("/quick-entry/unread", test_unread);
  g_test_add_func ("/quick-entry/dst", test_dst);
  g_test_add_func ("/quick-entry/future", test_future);
  g_test_add_func ("/quick-entry/long", test_long);
  g_test_add_func ("/quick-entry/long-amount", test_long_amount);
  g_test_add_func ("/quick-entry/noise", test_noise);
  g_test_add_func ("/quick-entry/amount", test_amount);
  return g_test_run ();
}
