/* iw-parked-item.h: documents that were held back, with all that the list and the page show. A value. */
#pragma once

#include "iw-peer.h"

G_BEGIN_DECLS

/* What can be done to put it right. */
typedef enum
{
  IW_PARKED_EDIT_NONE,     /* there is no form for it */
  IW_PARKED_EDIT_DECISION, /* written once: decide again instead */
  IW_PARKED_EDIT_FORM,
  IW_PARKED_EDIT_ENTRY,
  IW_PARKED_EDIT_INCIDENT,
} IwParkedEdit;

typedef struct
{
  IwParked *parked;
  JsonObject *body; /* NULL: it is not here (it came from the server, and was not stored) */
  gboolean deleted; /* what was to be sent is its deletion */
  char *kind;       /* "Decision: Severity" */
  char *title;      /* "" if it has none */
  char *reason;     /* a sentence */
  char *incident;   /* UUID; NULL: of the workspace */
  char *incident_title; /* "" where it is not here */
  IwParkedEdit edit;
} IwParkedItem;
void iw_parked_item_free (IwParkedItem *item); /* NULL is fine */

/* Newest first. Reads each of them: for a thread. (element-type IwParkedItem) (transfer full) */
GPtrArray *iw_parked_items_read (IwStore *store, GError **error);
/* "Task: Rotate the keys" (transfer full) */
char *iw_parked_item_name (IwParkedItem *item);
/* The document and why it was held back, for a file. (transfer full) */
char *iw_parked_item_export (IwParkedItem *item);

G_END_DECLS
