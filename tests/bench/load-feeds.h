/* load-feeds.h: listeners of _changes, and writers. */
#pragma once

#include "load-connection.h"

/* @argv: database, listeners, writers, seconds, milliseconds between two writes of a writer. Its
 * exit code. */
int load_run_feeds (const LoadTarget *target, char **argv);
