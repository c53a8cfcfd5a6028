/* iw-cli-output.h: what the commands write, and where. */
#pragma once

#include <json-glib/json-glib.h>

#include "iw-blobs.h"
#include "iw-cli.h"

G_BEGIN_DECLS

/* @text with control characters, line ends and direction marks as escapes, so that data cannot
 * drive a terminal and a row stays a row. (transfer full) */
char *
iw_cli_clean (const char *text);
/* @text on one line: line ends and tabs become one space, the rest is cleaned. (transfer full) */
char *
iw_cli_one_line (const char *text);
/* At most @max characters of @line around where @word begins, or its beginning; what is left out is
 * marked with "…". @word may be NULL. (transfer full) */
char *
iw_cli_cut (const char *line, const char *word, guint max);
/* How many characters a line may have: the terminal's width, or any number where standard output is
 * none. */
guint
iw_cli_width (void);
/* The first line of @text, cleaned. (transfer full) */
char *
iw_cli_first_line (const char *text);
/* A time for lists, in UTC: "2026-11-02 03:04:11Z"; "-" if unset. (transfer full) */
char *
iw_cli_time (IwTime time);

/* Prints one JSON document to standard output. @node: (transfer full) */
/* Prints lines of text as they are, without what could do harm to a terminal. */
void
iw_cli_print_text (const char *text);
void
iw_cli_print_json (JsonNode *node);
/* Adds a time in µs as RFC 3339, or null if it is 0. */
void
iw_cli_json_time (JsonObject *object, const char *name, gint64 us);
/* An incident as one object. (transfer full) */
JsonObject *
iw_cli_json_incident (const IwIncidentRow *row);
/* A document with its id as "_id". (transfer full) */
JsonNode *
iw_cli_json_document (const char *docid, JsonObject *body);

/* Writes out what is buffered. What could not be written makes FAILED of OK; a reader that went
 * away is not worth a message. */
IwExit
iw_cli_finish_output (IwExit code);

/* Says an error and returns the exit code that stands for it. */
IwExit
iw_cli_fail (const GError *error);
/* Says a message of our own. */
void
iw_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Progress on the terminal, on standard error, ten times a second; nothing elsewhere. */
typedef struct
{
  const char *what; /* "Reading log.csv" */
  gint64 shown_at;
  gboolean shown;
} IwCliProgress;
void
iw_cli_progress (gint64 done, gint64 total, gpointer progress);
void
iw_cli_progress_end (IwCliProgress *progress);

G_END_DECLS
