/* iw-zone-names.h: the IANA time zones that the system knows. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Their names in order, "UTC" first. The system's list is read; where it has none, UTC and the local
 * zone. (transfer full) NULL-terminated */
char **iw_zone_names (void);
/* The name of the zone this computer is in; "UTC" where it has no name. (transfer full) */
char *iw_zone_local_name (void);
/* Reads the names from the text of a zone1970.tab or tzdata.zi. @builder gets them, in any order. */
void iw_zone_names_parse_tab (const char *text, GStrvBuilder *builder);

G_END_DECLS
