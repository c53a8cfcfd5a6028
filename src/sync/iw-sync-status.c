/* The state of sync as a value, and in words. */
#include "config.h"

#include "iw-sync-status.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (IwSyncStatus, iw_sync_status, iw_sync_status_ref, iw_sync_status_unref)

/* The edges between units: what is read at a glance need not be exact. */
#define USEC_PER_SEC G_GINT64_CONSTANT (1000000)
#define SECONDS_A_MINUTE 60
#define SECONDS_AN_HOUR 3600
#define SECONDS_A_DAY 86400
#define JUST_NOW 5

IwSyncStatus *
iw_sync_status_new (IwSyncPhase phase)
{
  IwSyncStatus *self = g_new0 (IwSyncStatus, 1);

  g_atomic_ref_count_init (&self->refs);
  self->phase = phase;
  return self;
}

IwSyncStatus *
iw_sync_status_copy (const IwSyncStatus *status)
{
  IwSyncStatus *copy = iw_sync_status_new (status->phase);

  copy->compartment = g_strdup (status->compartment);
  copy->message = g_strdup (status->message);
  copy->done = status->done;
  copy->total = status->total;
  copy->bytes_done = status->bytes_done;
  copy->bytes_total = status->bytes_total;
  copy->synced_at = status->synced_at;
  copy->retry_at = status->retry_at;
  copy->n_waiting = status->n_waiting;
  copy->n_parked = status->n_parked;
  copy->n_conflicts = status->n_conflicts;
  copy->compartments = g_strdupv (status->compartments);
  g_set_object (&copy->certificate, status->certificate);
  return copy;
}

IwSyncStatus *
iw_sync_status_ref (IwSyncStatus *status)
{
  g_atomic_ref_count_inc (&status->refs);
  return status;
}

void
iw_sync_status_unref (IwSyncStatus *status)
{
  if (!g_atomic_ref_count_dec (&status->refs))
    return;
  g_free (status->compartment);
  g_free (status->message);
  g_strfreev (status->compartments);
  g_clear_object (&status->certificate);
  g_free (status);
}

static char *
describe_synced (gint64 seconds)
{
  guint n;

  if (seconds < JUST_NOW)
    return g_strdup (_ ("Synced just now"));
  if (seconds < SECONDS_A_MINUTE)
    return g_strdup_printf (
        ngettext ("Synced %u second ago", "Synced %u seconds ago", (guint)seconds), (guint)seconds);
  if (seconds < SECONDS_AN_HOUR)
    {
      n = seconds / SECONDS_A_MINUTE;
      return g_strdup_printf (ngettext ("Synced %u minute ago", "Synced %u minutes ago", n), n);
    }
  if (seconds < SECONDS_A_DAY)
    {
      n = seconds / SECONDS_AN_HOUR;
      return g_strdup_printf (ngettext ("Synced %u hour ago", "Synced %u hours ago", n), n);
    }
  n = MIN (seconds / SECONDS_A_DAY, G_MAXINT);
  return g_strdup_printf (ngettext ("Synced %u day ago", "Synced %u days ago", n), n);
}

static char *
describe_waiting (gint64 seconds)
{
  guint n;

  if (seconds <= 0)
    return g_strdup (_ ("Waiting for a connection"));
  if (seconds < 2 * SECONDS_A_MINUTE)
    return g_strdup_printf (ngettext ("No connection, next try in %u second",
                                      "No connection, next try in %u seconds", (guint)seconds),
                            (guint)seconds);
  n = MIN (seconds / SECONDS_A_MINUTE, G_MAXINT);
  return g_strdup_printf (
      ngettext ("No connection, next try in %u minute", "No connection, next try in %u minutes", n),
      n);
}

static char *
describe_offline (guint n_waiting)
{
  if (n_waiting == 0)
    return g_strdup (_ ("Working offline"));
  return g_strdup_printf (ngettext ("Working offline, %u document to send",
                                    "Working offline, %u documents to send", n_waiting),
                          n_waiting);
}

static gulong
plural (gint64 n)
{
  return (gulong)CLAMP (n, 0, G_MAXINT32);
}

static char *
describe_sending (gint64 done, gint64 total)
{
  if (total > 0)
    /* Translators: of documents; the plural is that of the second number. */
    return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " of %'" G_GINT64_FORMAT " sent",
                                      "%'" G_GINT64_FORMAT " of %'" G_GINT64_FORMAT " sent",
                                      plural (total)),
                            done, MAX (done, total));
  if (done > 0)
    return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " document sent",
                                      "%'" G_GINT64_FORMAT " documents sent", plural (done)),
                            done);
  return g_strdup (_ ("Sending…"));
}

static char *
describe_receiving (gint64 done, gint64 total)
{
  if (total > 0)
    /* Translators: of documents; the plural is that of the second number. */
    return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " of %'" G_GINT64_FORMAT " received",
                                      "%'" G_GINT64_FORMAT " of %'" G_GINT64_FORMAT " received",
                                      plural (total)),
                            done, MAX (done, total));
  if (done > 0)
    return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " document received",
                                      "%'" G_GINT64_FORMAT " documents received", plural (done)),
                            done);
  return g_strdup (_ ("Receiving…"));
}

/* One file may take longer than all documents. */
static char *
describe_file (const IwSyncStatus *status)
{
  g_autofree char *done =
      g_format_size ((guint64)CLAMP (status->bytes_done, 0, status->bytes_total));
  g_autofree char *total = g_format_size ((guint64)status->bytes_total);

  if (status->phase == IW_SYNC_PUSHING)
    /* Translators: sizes: "Sending a file, 12.4 MB of 2.1 GB" */
    return g_strdup_printf (_ ("Sending a file, %s of %s"), done, total);
  /* Translators: sizes: "Receiving a file, 12.4 MB of 2.1 GB" */
  return g_strdup_printf (_ ("Receiving a file, %s of %s"), done, total);
}

static char *
message_or (const IwSyncStatus *status, const char *sentence)
{
  return g_strdup (status->message != NULL && *status->message != '\0' ? status->message
                                                                       : sentence);
}

char *
iw_sync_status_describe (const IwSyncStatus *status, gint64 now)
{
  gint64 done = MAX (status->done, 0);

  switch (status->phase)
    {
    case IW_SYNC_OFF:
      return g_strdup (_ ("Sync is not set up"));
    case IW_SYNC_OFFLINE_BY_CHOICE:
      return describe_offline (status->n_waiting);
    case IW_SYNC_CONNECTING:
      return g_strdup (_ ("Connecting…"));
    case IW_SYNC_PUSHING:
      if (status->bytes_total > 0)
        return describe_file (status);
      return describe_sending (done, status->total);
    case IW_SYNC_PULLING:
      if (status->bytes_total > 0)
        return describe_file (status);
      return describe_receiving (done, status->total);
    case IW_SYNC_IDLE:
      if (status->synced_at == 0)
        return g_strdup (_ ("Connected"));
      return describe_synced ((now - status->synced_at) / USEC_PER_SEC);
    case IW_SYNC_WAITING:
      if (status->retry_at == 0)
        return describe_waiting (0);
      return describe_waiting ((status->retry_at - now) / USEC_PER_SEC);
    case IW_SYNC_REFUSED:
      return message_or (status, _ ("The server refused access"));
    case IW_SYNC_CERTIFICATE:
      return message_or (status, _ ("The server’s certificate is not trusted"));
    case IW_SYNC_FAILED:
      return message_or (status, _ ("Sync failed"));
    }
  g_return_val_if_reached (NULL);
}
