/* iw-time-display.h: which zone times are shown in: UTC, local or the incident's; one object per
 * incident page, bound to the GSettings key "zone". Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum { IW_ZONE_UTC, IW_ZONE_LOCAL, IW_ZONE_INCIDENT } IwZoneMode;

#define IW_TYPE_TIME_DISPLAY (iw_time_display_get_type ())
G_DECLARE_FINAL_TYPE (IwTimeDisplay, iw_time_display, IW, TIME_DISPLAY, GObject)

/* Property "mode" (IwZoneMode as int); signal "changed" when the zone in force is another. */

/* @incident_zone: IANA name, NULL or "" where the incident has none (mode INCIDENT then shows UTC).
 * (transfer full) */
IwTimeDisplay *iw_time_display_new (const char *incident_zone);
void iw_time_display_set_incident_zone (IwTimeDisplay *self, const char *incident_zone);
IwZoneMode iw_time_display_get_mode (IwTimeDisplay *self);
void iw_time_display_set_mode (IwTimeDisplay *self, IwZoneMode mode);
/* The next of UTC, local, incident (skipped where it has none): the U key. */
void iw_time_display_cycle (IwTimeDisplay *self);
GTimeZone *iw_time_display_get_zone (IwTimeDisplay *self); /* (transfer none) */
/* "UTC", "Local time, Europe/Berlin (UTC+01:00)", "Incident time, Asia/Tokyo (UTC+09:00)". (transfer full) */
char *iw_time_display_words (IwTimeDisplay *self, gint64 us);

G_END_DECLS
