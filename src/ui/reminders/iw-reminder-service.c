#include "config.h"

#include "iw-reminder-service.h"

#include "iw-reminder-notification.h"
#include "iw-reminder-work.h"
#include "iw-wake.h"

/* A burst of changes is looked at once. */
#define LOOK_DELAY_MS 250
/* Where the workspace could not be read. */
#define RETRY_SECONDS 60

struct _IwReminderService
{
  GObject parent_instance;

  GApplication *application; /* not owned */
  GSettings *settings;
  IwWorkspace *workspace;   /* NULL where there is none */
  IwReminderMemory *memory; /* NULL until it was read */
  GPtrArray *snoozes;       /* (element-type utf8): clocks put off before the memory was there */
  GCancellable *reading;    /* NULL where nothing is being read */
  gboolean stale;           /* something changed while it was being read */
  gboolean keeping;         /* the memory is being written */
  gboolean unkept;          /* it has changed since that began */
  gboolean running;
  IwWake *wake;
  guint look_id;
};

enum
{
  PROP_0,
  PROP_RUNNING,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (IwReminderService, iw_reminder_service, G_TYPE_OBJECT)

static void look (IwReminderService *self);

static void
set_running (IwReminderService *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/* ---- keeping what was said ---- */

static void keep (IwReminderService *self);

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwReminderService) self = data;
  g_autoptr (GError) error = NULL;

  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, NULL, &error))
    g_warning ("What was reminded of could not be kept: %s", error->message);
  self->keeping = FALSE;
  g_application_release (self->application);
  if (self->unkept)
    keep (self);
}

static void
keep (IwReminderService *self)
{
  if (self->keeping)
    {
      self->unkept = TRUE;
      return;
    }
  self->unkept = FALSE;
  if (self->memory == NULL || self->workspace == NULL ||
      iw_workspace_get_read_only (self->workspace))
    return;
  self->keeping = TRUE;
  g_application_hold (self->application);
  iw_workspace_run_async (
      self->workspace, iw_reminder_work_keep, iw_reminder_memory_to_json (self->memory),
      (GDestroyNotify)json_object_unref, NULL, NULL, NULL, on_kept, g_object_ref (self));
}

/* ---- saying it ---- */

static void
send (IwReminderService *self, const IwReminder *reminder, gint64 now)
{
  g_autofree char *id = iw_reminder_notification_id (reminder->clock->clock);
  g_autoptr (GNotification) notification = iw_reminder_notification_new (
      reminder, now, (guint)g_settings_get_int (self->settings, "snooze-minutes"));

  g_application_send_notification (self->application, id, notification);
}

static void
withdraw (IwReminderService *self, const char *clock)
{
  g_autofree char *id = iw_reminder_notification_id (clock);

  g_application_withdraw_notification (self->application, id);
}

static void
put_off (IwReminderService *self, const char *clock, gint64 now)
{
  gint64 minutes = g_settings_get_int (self->settings, "snooze-minutes");

  iw_reminder_memory_snooze (self->memory, clock, now, now + minutes * 60 * IW_USEC_PER_SEC);
  withdraw (self, clock);
}

static void
remind (IwReminderService *self, GPtrArray *clocks)
{
  gint64 now = g_get_real_time ();
  gboolean put = self->snoozes->len > 0;
  g_autoptr (IwReminderPlan) plan = NULL;

  for (guint i = 0; i < self->snoozes->len; i++)
    put_off (self, g_ptr_array_index (self->snoozes, i), now);
  g_ptr_array_set_size (self->snoozes, 0);

  plan = iw_reminder_plan (clocks, self->memory, now);
  for (guint i = 0; i < plan->withdraw->len; i++)
    withdraw (self, g_ptr_array_index (plan->withdraw, i));
  for (guint i = 0; i < plan->say->len; i++)
    send (self, g_ptr_array_index (plan->say, i), now);
  iw_wake_at (self->wake, plan->next != IW_REMINDER_NEVER ? plan->next : 0);
  set_running (self, clocks->len > 0);
  if (put || plan->say->len > 0 || plan->withdraw->len > 0)
    keep (self);
}

/* ---- looking ---- */

static gboolean
on_look_timeout (gpointer data)
{
  IwReminderService *self = data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
look_in (IwReminderService *self, guint ms)
{
  if (self->look_id == 0)
    self->look_id = g_timeout_add (ms, on_look_timeout, self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwReminderService) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job;
  IwReminderReading *reading;
  gboolean good = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job, &error);

  g_application_release (self->application);
  /* Of a workspace that was left meanwhile. */
  if (IW_WORKSPACE (source) != self->workspace)
    return;
  g_clear_object (&self->reading);
  if (!good)
    {
      g_warning ("What runs could not be read: %s", error->message);
      look_in (self, RETRY_SECONDS * 1000);
      return;
    }
  reading = job;
  if (reading->memory != NULL)
    {
      g_clear_pointer (&self->memory, iw_reminder_memory_free);
      self->memory = g_steal_pointer (&reading->memory);
    }
  remind (self, reading->clocks);
  if (self->stale)
    look_in (self, LOOK_DELAY_MS);
  self->stale = FALSE;
}

static void
look (IwReminderService *self)
{
  if (self->workspace == NULL)
    return;
  if (self->reading != NULL)
    {
      self->stale = TRUE;
      return;
    }
  self->reading = g_cancellable_new ();
  g_application_hold (self->application);
  iw_workspace_run_async (self->workspace, iw_reminder_work_read,
                          iw_reminder_reading_new (self->memory == NULL), iw_reminder_reading_free,
                          NULL, NULL, self->reading, on_read, g_object_ref (self));
}

static void
on_changed (IwReminderService *self)
{
  look_in (self, LOOK_DELAY_MS);
}

static void
on_wake (gpointer data)
{
  look (data);
}

/* ---- the object ---- */

static void
leave_workspace (IwReminderService *self)
{
  if (self->workspace == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->memory, iw_reminder_memory_free);
  g_ptr_array_set_size (self->snoozes, 0);
  iw_wake_at (self->wake, 0);
  self->stale = FALSE;
  self->unkept = FALSE;
  g_clear_object (&self->workspace);
}

void
iw_reminder_service_set_workspace (IwReminderService *self, IwWorkspace *workspace)
{
  g_return_if_fail (IW_IS_REMINDER_SERVICE (self));

  if (self->workspace == workspace)
    return;
  leave_workspace (self);
  if (workspace == NULL)
    {
      set_running (self, FALSE);
      return;
    }
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  look (self);
}

IwWorkspace *
iw_reminder_service_get_workspace (IwReminderService *self)
{
  return self->workspace;
}

gboolean
iw_reminder_service_get_running (IwReminderService *self)
{
  return self->running;
}

void
iw_reminder_service_snooze (IwReminderService *self, const char *clock)
{
  g_return_if_fail (IW_IS_REMINDER_SERVICE (self));

  if (self->memory == NULL)
    {
      g_ptr_array_add (self->snoozes, g_strdup (clock));
      return;
    }
  put_off (self, clock, g_get_real_time ());
  keep (self);
  /* To find the next instant again. */
  look (self);
}

static void
iw_reminder_service_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_RUNNING)
    g_value_set_boolean (value, IW_REMINDER_SERVICE (object)->running);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
iw_reminder_service_finalize (GObject *object)
{
  IwReminderService *self = IW_REMINDER_SERVICE (object);

  leave_workspace (self);
  g_clear_pointer (&self->wake, iw_wake_free);
  g_ptr_array_unref (self->snoozes);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (iw_reminder_service_parent_class)->finalize (object);
}

static void
iw_reminder_service_class_init (IwReminderServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = iw_reminder_service_finalize;
  object_class->get_property = iw_reminder_service_get_property;
  properties[PROP_RUNNING] =
      g_param_spec_boolean ("running", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
iw_reminder_service_init (IwReminderService *self)
{
  self->settings = g_settings_new (APP_ID);
  self->snoozes = g_ptr_array_new_with_free_func (g_free);
  self->wake = iw_wake_new (NULL, on_wake, self);
}

IwReminderService *
iw_reminder_service_new (GApplication *application)
{
  IwReminderService *self = g_object_new (IW_TYPE_REMINDER_SERVICE, NULL);

  self->application = application;
  return self;
}
