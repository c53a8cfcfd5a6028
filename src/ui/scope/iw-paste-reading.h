/* iw-paste-reading.h: how a pasted text was understood, as words and facts: customers or
 * indicators.
 *
 * Pure functions but for a task's thread; no widgets.
 */
#pragma once

#include "iw-customers.h"
#include "iw-fact.h"
#include "iw-indicator-items.h"

G_BEGIN_DECLS

typedef enum
{
  IW_PASTE_CUSTOMERS,
  IW_PASTE_INDICATORS,
} IwPasteWhat;

/* How many rows of the reading are shown. */
#define IW_PASTE_MAX_SHOWN 50

typedef struct
{
  IwPasteWhat what;
  GPtrArray *customers; /* (element-type IwCustomerRow), known ones marked; NULL for indicators */
  GPtrArray *found;     /* (element-type IwIndicatorFound); NULL for customers */
  GPtrArray *rest;      /* (element-type utf8): words that are no indicator; NULL for customers */
} IwPasteReading;

/* Any thread. @known: of customers, from iw_customers_known_new(); may be NULL. (transfer full) */
IwPasteReading *iw_paste_reading_new (IwPasteWhat what, const char *text, GHashTable *known);
void iw_paste_reading_free (IwPasteReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwPasteReading, iw_paste_reading_free)

/* What would be added. @indicators: those there are; may be NULL. */
guint iw_paste_reading_n_new (IwPasteReading *self, IwIndicators *indicators);
/* "3 new customers · 1 already there · 1 line not understood"; "" for nothing. (transfer full) */
char *iw_paste_reading_summary (IwPasteReading *self, IwIndicators *indicators);
/* Row by row, at most IW_PASTE_MAX_SHOWN, what is wrong first. (element-type IwFact) (transfer
 * full) */
GPtrArray *iw_paste_reading_facts (IwPasteReading *self, IwIndicators *indicators);
/* "Add 3 Customers" (transfer full) */
char *iw_paste_button_words (IwPasteWhat what, guint n);
/* A customer that was read, or why it was not. @file: of rows of a file, not lines of a text. */
void iw_paste_add_customer (GPtrArray *facts, const IwCustomerRow *row, gboolean file);

G_END_DECLS
