/* iw-zone.h: time zones by the names that files use. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The zone that @name means: "UTC", "Z", an offset ("+01:00", "UTC+1"), an IANA name, "EST5EDT", or
 * an abbreviation that means one thing only ("CEST"). Names are those of foreign files and never
 * lead out of the system's zone database. NULL where it is unknown or means several zones ("IST",
 * "CST"). (transfer full) */
GTimeZone *
iw_zone_lookup (const char *name);

G_END_DECLS
