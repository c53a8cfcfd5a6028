/* Times as they are typed into a form. */
#include "iw-form-private.h"

#include "iw-quick-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* (transfer full) */
static char *
describe_unread (const char *text, const IwQuickEntry *entry)
{
  g_autofree char *word = NULL;

  if (entry->explicit_time && iw_time_is_set (entry->occurred_end))
    return g_strdup (_ ("This is a span of time. Give one point in time."));
  if (entry->explicit_time && entry->unread_time)
    {
      word = g_strndup (entry->text, strcspn (entry->text, " \t,;:."));
      /* Translators: %s is the word after a time: "IST". */
      return g_strdup_printf (_ ("“%s” looks like a time zone, but it is not clear which."), word);
    }
  /* Translators: %s is what was typed. */
  return g_strdup_printf (
      _ ("“%s” is not understood as a time. Write it as “14:05”, “10 min ago” or "
         "“2026-11-03 14:05”."),
      text);
}

IwTime
iw_form_read_time (IwForm *self, const char *text, gint64 now, char **unread)
{
  g_autoptr (GTimeZone) zone = iw_form_get_zone (self);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  IwQuickEntry entry;
  IwTime time;

  if (*trimmed == '\0')
    return IW_TIME_NONE;
  if (iw_time_parse_rfc3339 (trimmed, zone, &time))
    return time;
  entry = iw_quick_entry_parse (trimmed, now, zone);
  if (entry.explicit_time && !entry.unread_time && !iw_time_is_set (entry.occurred_end) &&
      iw_form_value_is_empty (entry.text))
    return entry.occurred;
  if (unread != NULL)
    *unread = describe_unread (trimmed, &entry);
  return IW_TIME_NONE;
}
