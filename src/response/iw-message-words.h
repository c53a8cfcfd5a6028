/* iw-message-words.h: the words of messages in several languages. Private to src/response. Static
 * data.
 */
#pragma once

#include "iw-clock.h"
#include "iw-incident.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code;              /* BCP 47 */
  const char *name;              /* what it calls itself */
  const char *subject;           /* title */
  const char *opening;           /* from, to */
  const char *asked;             /* what */
  const char *due;               /* time */
  const char *why;               /* reason */
  const char *answer;            /* please acknowledge */
  const char *incident;          /* title */
  const char *stage;             /* stage */
  const char *severity;          /* severity */
  const char *severity_priority; /* severity, priority */
  const char *classification;    /* classification */
  const char *urgent;
  const char *containing;
  const char *clock; /* name, time */
  const char *link;  /* link */
  const char *customer_notice;
  const char *stages[IW_N_STAGES];
  const char *severities[IW_N_SEVERITIES];
  const char *classifications[IW_N_CLASSIFICATIONS];
} IwMessageWords;

/* (array length=n) English first. */
const IwMessageWords *iw_message_words (guint *n);

G_END_DECLS
