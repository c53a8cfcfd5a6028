/* iw-veris-private.h: what the parts of the VERIS import share. */
#pragma once

#include "iw-incident.h"
#include "iw-json-path.h"
#include "iw-veris.h"

G_BEGIN_DECLS

/* A record that is being turned into documents. */
typedef struct
{
  JsonObject *record;
  const IwContext *context;
  IwMatrix *matrix;
  const char *author;
  const char *verification;
  char *incident;
  IwTime when; /* of the incident, as exact as the record is */
  IwTime now;
  GPtrArray *documents; /* (element-type IwDocument) */
  GPtrArray *issues;
  gint64 row, line;
} IwVeris;

/* Tells records apart; kept in the incident's member of this name. (transfer full) */
#define IW_VERIS_DIGEST "veris_sha256"
char *iw_veris_digest (JsonObject *record);

/* ---- writing ---- */

/* Adds an issue about @field. @reason: (transfer full) */
void iw_veris_complain (IwVeris *self, const char *field, char *reason, const char *value);
/* Adds an entry. Recorded, actor and source are set here; @when may be unset. @entry: (transfer
 * full). Returns its document id. (transfer none) */
const char *iw_veris_add_entry (IwVeris *self, IwEntry *entry, IwTime when);
/* Adds a document of a type with members "a", "b", …, NULL; empty values are left out. Returns its
 * id. */
const char *iw_veris_add_document (IwVeris *self, const char *type, const char *first_member, ...)
    G_GNUC_NULL_TERMINATED;

/* ---- the parts (one file each) ---- */

/* The date of a {year, month, day, time} object; what does not exist is cut and complained about.
 */
IwTime iw_veris_read_date (IwVeris *self, const char *path);
void iw_veris_add_timeline (IwVeris *self);
void iw_veris_add_decisions (IwVeris *self);
void iw_veris_add_assets (IwVeris *self);
void iw_veris_add_scope (IwVeris *self);

G_END_DECLS
