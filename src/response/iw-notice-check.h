/* iw-notice-check.h: what a notice must say, and whether it does (process.md N5).
 *
 * The lists are those of the GDPR: Article 33(3) for a notice to the authority, Article 34(2) for
 * one to the persons concerned; for customers, what they need for their own investigation and their
 * own duties (Articles 33(2) and 33(3) apply to them as controllers). What is there is known from
 * the sections of the text (iw-notice-template.h), or because somebody ticked it: a list "ticks" of
 * item ids in the notice document. Nothing here stops a notice: it tells the person who approves
 * it. Pure; any thread.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

typedef enum
{
  IW_CHECK_MISSING,  /* it is not there, or says itself that it is not known yet */
  IW_CHECK_NOT_SURE, /* a person has to look: no section of that name, or a matter of judgement */
  IW_CHECK_PRESENT,
} IwCheckState;

typedef struct
{
  const char *id;     /* "nature"; what a tick is called; static */
  const char *label;  /* "Nature of the breach", translated; static */
  const char *source; /* "GDPR Article 33(3)(a)", translated; "" if none; static */
  IwCheckState state;
  char *reason;      /* a sentence: what is missing, or where it is */
  gboolean can_tick; /* a person's word counts for it */
  gboolean ticked;
} IwCheckItem;
void iw_check_item_free (IwCheckItem *item); /* not NULL */

/* @notice: the document's body as it is written now. @situation: NULL leaves out what only the
 * incident tells (recipients, clocks, facts that have changed). (element-type IwCheckItem)
 * (transfer full) */
GPtrArray *iw_notice_check (JsonObject *notice, IwSituation *situation);
/* How many of @items are in a state. */
guint iw_notice_check_count (GPtrArray *items, IwCheckState state);
/* "2 things are missing, 1 is to be looked at", "Everything is there". (transfer full) */
char *iw_notice_check_words (GPtrArray *items);
/* "Present", "Missing", "Not sure", translated; static. */
const char *iw_check_state_label (IwCheckState state);

/* Ticks or unticks an item in a notice document. */
void iw_notice_set_tick (JsonObject *notice, const char *item, gboolean ticked);

G_END_DECLS
