/* iw-indicator-private.h: the shapes of values, for the sources of the indicators. */
#pragma once

#include "iw-indicator.h"

G_BEGIN_DECLS

/* What a field of text may hold (iw-form-check.c), in bytes. */
#define IW_INDICATOR_MAX 4096

/* Lower case in every language: no dotless i. (transfer full) */
char *iw_indicator_lower (const char *text);
/* Neither control characters nor (unless @spaces) white space. */
gboolean iw_indicator_is_plain (const char *text, gboolean spaces);

/* A name with a dot and an end that can be a top-level domain, in any script; no port, no trailing
 * dot. */
gboolean iw_indicator_is_domain (const char *text);
/* One or more labels: "web01", "web01.corp". */
gboolean iw_indicator_is_host (const char *text);
/* Whether it ends as files do and domains do not: ".exe". */
gboolean iw_indicator_has_file_ending (const char *text);
gboolean iw_indicator_is_mail (const char *text);

/* The parts before and after a port: "example.com:8080". FALSE where there is none. @host: (out)
 * (transfer full) */
gboolean iw_indicator_split_port (const char *text, char **host);

/* Each NULL where @text is no such value. (transfer full) */
char *iw_indicator_normalise_ip (const char *text);
char *iw_indicator_normalise_url (const char *text);
char *iw_indicator_normalise_hash (const char *text);

G_END_DECLS
