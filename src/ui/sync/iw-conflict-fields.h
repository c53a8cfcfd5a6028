/* iw-conflict-fields.h: what a conflict leaves open, field by field, with what the user picks: a plain
 * value that the review shows. Pure; any one thread.
 */
#pragma once

#include "iw-conflicts.h"

G_BEGIN_DECLS

typedef enum
{
  IW_PICK_NONE, /* not decided yet */
  IW_PICK_WINNER,
  IW_PICK_OTHER,
  IW_PICK_EDITED,
} IwPick;

typedef struct
{
  char *pointer; /* RFC 6901 */
  char *label;   /* translated */
  char *winner;  /* as text for the user; NULL: that version does not have it */
  char *other;
  char *base;
  gboolean lines;    /* a list of texts, a line each */
  gboolean editable; /* plain text, or such a list */
  IwPick pick;
  char *edited; /* with IW_PICK_EDITED */
} IwConflictField;
void iw_conflict_field_free (IwConflictField *field);

/* A field that was merged: what it says now. */
typedef struct
{
  char *label;
  char *text; /* NULL: it is gone */
} IwSettledField;
void iw_settled_field_free (IwSettledField *field);

/* The fields of @open, none of them decided. @base may be NULL. @zone: of times. (element-type IwConflictField)
 * (transfer full) */
GPtrArray *iw_conflict_fields_new (JsonObject *winner,
                                   JsonObject *other,
                                   JsonObject *base,
                                   JsonObject *merged,
                                   const char *const *open,
                                   GTimeZone *zone);
/* What differs between both and was merged. (element-type IwSettledField) (transfer full) */
GPtrArray *iw_conflict_fields_settled (JsonObject *winner,
                                       JsonObject *other,
                                       JsonObject *merged,
                                       const char *const *open,
                                       GTimeZone *zone);
void iw_conflict_field_pick (IwConflictField *field, IwPick pick, const char *edited);
/* Whether all are decided. */
gboolean iw_conflict_fields_are_decided (GPtrArray *fields);
/* The document as it was decided: @merged with each field as picked. (transfer full) */
JsonObject *iw_conflict_fields_apply (GPtrArray *fields,
                                      JsonObject *winner,
                                      JsonObject *other,
                                      JsonObject *merged);

/* The label of a member of a document: "Title". (transfer full) */
char *iw_conflict_field_label (JsonObject *body, const char *pointer);

G_END_DECLS
