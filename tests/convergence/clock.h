/* clock.h: a clock that is off, and random numbers that follow from a seed, for the threads of one process. */
#pragma once

#include "iw-id.h"

/* Time starts at @start and moves a millisecond at each look. Any thread. For the life of the process. */
const IwContext *conv_clock_new (gint64 start, guint32 seed);
