#include "config.h"

#include "iw-time-display.h"

#include <glib/gi18n-lib.h>

#include "iw-time.h"

struct _IwTimeDisplay
{
  GObject parent_instance;

  GSettings *settings;
  IwZoneMode mode;
  GTimeZone *local;
  GTimeZone *utc;
  GTimeZone *incident; /* NULL where the incident has none */
};

enum
{
  PROP_0,
  PROP_MODE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwTimeDisplay, iw_time_display, G_TYPE_OBJECT)

/* The texts of the GSettings key, in the order of IwZoneMode. */
static const char *const mode_names[] = { "utc", "local", "incident" };

static IwZoneMode
mode_from_settings (GSettings *settings)
{
  g_autofree char *name = g_settings_get_string (settings, "zone");

  for (guint i = 0; i < G_N_ELEMENTS (mode_names); i++)
    if (g_str_equal (name, mode_names[i]))
      return i;
  return IW_ZONE_UTC;
}

static void
on_setting_changed (IwTimeDisplay *self)
{
  IwZoneMode mode = mode_from_settings (self->settings);

  if (mode == self->mode)
    return;
  self->mode = mode;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
iw_time_display_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MODE)
    g_value_set_int (value, IW_TIME_DISPLAY (object)->mode);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
iw_time_display_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MODE)
    iw_time_display_set_mode (IW_TIME_DISPLAY (object), g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
iw_time_display_finalize (GObject *object)
{
  IwTimeDisplay *self = IW_TIME_DISPLAY (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->local, g_time_zone_unref);
  g_clear_pointer (&self->utc, g_time_zone_unref);
  g_clear_pointer (&self->incident, g_time_zone_unref);
  G_OBJECT_CLASS (iw_time_display_parent_class)->finalize (object);
}

static void
iw_time_display_class_init (IwTimeDisplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = iw_time_display_finalize;
  object_class->get_property = iw_time_display_get_property;
  object_class->set_property = iw_time_display_set_property;
  properties[PROP_MODE] =
      g_param_spec_int ("mode", NULL, NULL, IW_ZONE_UTC, IW_ZONE_INCIDENT, IW_ZONE_UTC,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
iw_time_display_init (IwTimeDisplay *self)
{
  self->settings = g_settings_new (APP_ID);
  self->utc = g_time_zone_new_utc ();
  self->local = g_time_zone_new_local ();
  self->mode = mode_from_settings (self->settings);
  g_signal_connect_object (self->settings, "changed::zone", G_CALLBACK (on_setting_changed), self,
                           G_CONNECT_SWAPPED);
}

IwTimeDisplay *
iw_time_display_new (const char *incident_zone)
{
  IwTimeDisplay *self = g_object_new (IW_TYPE_TIME_DISPLAY, NULL);

  iw_time_display_set_incident_zone (self, incident_zone);
  return self;
}

void
iw_time_display_set_incident_zone (IwTimeDisplay *self, const char *incident_zone)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (incident_zone != NULL && *incident_zone != '\0')
    zone = g_time_zone_new_identifier (incident_zone);
  if (zone == self->incident || (zone != NULL && self->incident != NULL &&
                                 g_str_equal (g_time_zone_get_identifier (zone),
                                              g_time_zone_get_identifier (self->incident))))
    return;

  g_clear_pointer (&self->incident, g_time_zone_unref);
  self->incident = g_steal_pointer (&zone);
  if (self->mode == IW_ZONE_INCIDENT)
    g_signal_emit (self, signals[CHANGED], 0);
}

IwZoneMode
iw_time_display_get_mode (IwTimeDisplay *self)
{
  return self->mode;
}

void
iw_time_display_set_mode (IwTimeDisplay *self, IwZoneMode mode)
{
  g_return_if_fail (mode <= IW_ZONE_INCIDENT);

  /* The key tells every other display too, and comes back through on_setting_changed(). */
  if (mode != self->mode)
    g_settings_set_string (self->settings, "zone", mode_names[mode]);
}

void
iw_time_display_cycle (IwTimeDisplay *self)
{
  guint n_modes = self->incident != NULL ? 3 : 2;
  /* Without an incident zone that mode shows UTC, so the next one must look different from UTC. */
  guint shown = self->mode < n_modes ? self->mode : IW_ZONE_UTC;

  iw_time_display_set_mode (self, (shown + 1) % n_modes);
}

GTimeZone *
iw_time_display_get_zone (IwTimeDisplay *self)
{
  switch (self->mode)
    {
    case IW_ZONE_LOCAL:
      return self->local;
    case IW_ZONE_INCIDENT:
      return self->incident != NULL ? self->incident : self->utc;
    case IW_ZONE_UTC:
    default:
      return self->utc;
    }
}

char *
iw_time_display_words (IwTimeDisplay *self, gint64 us)
{
  g_autofree char *zone = iw_time_zone_words (iw_time_display_get_zone (self), us);

  switch (self->mode)
    {
    case IW_ZONE_LOCAL:
      /* Translators: %s is a zone in words: "Europe/Berlin (UTC+01:00)". */
      return g_strdup_printf (_ ("Local time, %s"), zone);
    case IW_ZONE_INCIDENT:
      if (self->incident == NULL)
        return g_steal_pointer (&zone);
      /* Translators: %s is a zone in words: "Asia/Tokyo (UTC+09:00)". */
      return g_strdup_printf (_ ("Incident time, %s"), zone);
    case IW_ZONE_UTC:
    default:
      return g_steal_pointer (&zone);
    }
}
