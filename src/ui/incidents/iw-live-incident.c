#include "config.h"

#include "iw-live-incident.h"

#include "iw-sync-service.h"
#include "iw-time-display.h"
#include "iw-wake.h"

#define MINUTE_US (60 * (gint64)G_USEC_PER_SEC)

struct _IwLiveIncident
{
  GObject parent_instance;

  IwWorkspace *workspace;
  char *incident;
  IwSituation *situation; /* NULL until the first is read */
  IwTimeDisplay *display;
  IwWake *wake;
  gint64 due; /* what the situation says is to come next, µs; 0 if nothing */
  gboolean reading;
  gboolean stale; /* something changed while it was being read */
};

enum
{
  CHANGED,
  TICK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwLiveIncident, iw_live_incident, G_TYPE_OBJECT)

typedef struct
{
  char *incident;
  IwSituation *situation;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_free (read->incident);
  g_clear_pointer (&read->situation, iw_situation_unref);
  g_free (read);
}

static gboolean
read_in_thread (IwStore *store,
                gpointer job_data,
                IwProgressFunc progress,
                gpointer progress_data,
                GCancellable *cancellable,
                GError **error)
{
  Read *read = job_data;

  read->situation = iw_query_situation (store, read->incident, 0, error);
  return read->situation != NULL;
}

/* ---- the present ---- */

/* The earliest instant after @now at which something becomes due; 0 if there is none. */
static gint64
next_due (IwSituation *situation, gint64 now)
{
  GPtrArray *clocks = iw_situation_get_clocks (situation);
  g_autoptr (GPtrArray) tasks = iw_situation_get_documents (situation, "task");
  gint64 next = 0;

  /* Acknowledgements of escalations are clocks too. */
  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];

      if (clock->state == IW_CLOCK_RUNNING && clock->due > now && (next == 0 || clock->due < next))
        next = clock->due;
    }
  for (guint i = 0; i < tasks->len; i++)
    {
      IwTime due;

      if (iw_time_parse_rfc3339 (iw_document_get_text (tasks->pdata[i], "due"), NULL, &due) &&
          due.us > now && (next == 0 || due.us < next))
        next = due.us;
    }
  return next;
}

/* The next full minute, or the instant before it at which something becomes due. */
static void
wait_for_next (IwLiveIncident *self)
{
  gint64 now = g_get_real_time ();
  gint64 minute = now - now % MINUTE_US + MINUTE_US;

  self->due = self->situation != NULL ? next_due (self->situation, now) : 0;
  iw_wake_at (self->wake, self->due != 0 ? MIN (minute, self->due) : minute);
}

static void start_reading (IwLiveIncident *self);

static void
on_wake (gpointer data)
{
  IwLiveIncident *self = data;
  gboolean due = self->due != 0 && g_get_real_time () >= self->due;

  wait_for_next (self);
  g_signal_emit (self, signals[TICK], 0);
  /* What is overdue is said by the situation, which knows the moment that it was read at. */
  if (due)
    start_reading (self);
}

/* ---- reading ---- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwLiveIncident) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job_data;
  gboolean ok = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error);

  self->reading = FALSE;
  if (ok)
    {
      Read *read = job_data;
      const char *zone;

      g_clear_pointer (&self->situation, iw_situation_unref);
      self->situation = g_steal_pointer (&read->situation);
      zone = g_time_zone_get_identifier (iw_situation_get_zone (self->situation));
      iw_time_display_set_incident_zone (self->display, zone);
      wait_for_next (self);
    }
  /* One that is gone is told of by the page; what was known stays until then. */
  else if (!g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
    g_warning ("The incident could not be read: %s", error->message);
  if (self->stale)
    start_reading (self);
  if (ok)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
start_reading (IwLiveIncident *self)
{
  Read *read;

  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  read = g_new0 (Read, 1);
  read->incident = g_strdup (self->incident);
  iw_workspace_run_async (self->workspace, read_in_thread, read, read_free, NULL, NULL, NULL,
                          on_read, g_object_ref (self));
}

static void
on_workspace_changed (IwLiveIncident *self, char **docids)
{
  for (char **docid = docids; *docid != NULL; docid++)
    if (g_str_has_prefix (*docid, self->incident) || g_str_has_prefix (*docid, "workspace:"))
      {
        start_reading (self);
        return;
      }
}

static void
on_zone_changed (IwLiveIncident *self)
{
  if (self->situation != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the object ---- */

static void
iw_live_incident_dispose (GObject *object)
{
  IwLiveIncident *self = IW_LIVE_INCIDENT (object);

  g_clear_pointer (&self->wake, iw_wake_free);
  g_clear_object (&self->workspace);
  g_clear_object (&self->display);
  G_OBJECT_CLASS (iw_live_incident_parent_class)->dispose (object);
}

static void
iw_live_incident_finalize (GObject *object)
{
  IwLiveIncident *self = IW_LIVE_INCIDENT (object);

  g_clear_pointer (&self->situation, iw_situation_unref);
  g_free (self->incident);
  G_OBJECT_CLASS (iw_live_incident_parent_class)->finalize (object);
}

static void
iw_live_incident_class_init (IwLiveIncidentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = iw_live_incident_dispose;
  object_class->finalize = iw_live_incident_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[TICK] = g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
iw_live_incident_init (IwLiveIncident *self)
{
  self->display = iw_time_display_new (NULL);
  self->wake = iw_wake_new (NULL, on_wake, self);
  g_signal_connect_object (self->display, "changed", G_CALLBACK (on_zone_changed), self,
                           G_CONNECT_SWAPPED);
}

IwLiveIncident *
iw_live_incident_new (IwWorkspace *workspace, const char *incident)
{
  IwLiveIncident *self = g_object_new (IW_TYPE_LIVE_INCIDENT, NULL);

  self->workspace = g_object_ref (workspace);
  self->incident = g_strdup (incident);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed), self,
                           G_CONNECT_SWAPPED);
  /* What the server did not take is said of the incident, too. */
  g_signal_connect_object (iw_sync_service_of (workspace), "refusals",
                           G_CALLBACK (on_workspace_changed), self, G_CONNECT_SWAPPED);
  wait_for_next (self);
  start_reading (self);
  return self;
}

IwWorkspace *
iw_live_incident_get_workspace (IwLiveIncident *self)
{
  return self->workspace;
}

const char *
iw_live_incident_get_incident (IwLiveIncident *self)
{
  return self->incident;
}

IwSituation *
iw_live_incident_get_situation (IwLiveIncident *self)
{
  return self->situation;
}

GTimeZone *
iw_live_incident_get_zone (IwLiveIncident *self)
{
  return iw_time_display_get_zone (self->display);
}
