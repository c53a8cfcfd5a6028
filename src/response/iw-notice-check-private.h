/* iw-notice-check-private.h: what the files of the checklist share. */
#pragma once

#include "iw-notice-check.h"

G_BEGIN_DECLS

/* A part of the text under a heading. */
typedef struct
{
  char *id; /* of the template's section with that heading, in whatever language; NULL if none has
               it */
  char *heading;
  char *text; /* stripped; "" if there is none */
} IwCheckSection;

/* (element-type IwCheckSection) (transfer full) */
GPtrArray *iw_check_sections (JsonObject *notice);
/* @label, @source: msgids with context "notice check". (transfer full) */
IwCheckItem *iw_check_item_new (const char *id, const char *label, const char *source);
/* What concerns the notice as a whole: accurate, timely, who gets it. */
void iw_check_whole (JsonObject *notice, IwSituation *situation, GPtrArray *items);

G_END_DECLS
