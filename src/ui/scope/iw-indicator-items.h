/* iw-indicator-items.h: the indicators of an incident as rows of a list: type, value, what cites
 * them, what the last sweep found (process.md D4).
 *
 * From a situation, without widgets. Main thread.
 */
#pragma once

#include "iw-id.h"
#include "iw-indicator.h"
#include "iw-item-model.h"
#include "iw-situation.h"

G_BEGIN_DECLS

typedef struct _IwIndicators IwIndicators; /* keeps its situation */

/* What the list can be narrowed to. */
typedef enum
{
  IW_INDICATORS_SHOW_ALL,
  IW_INDICATORS_SHOW_FOUND,
  IW_INDICATORS_SHOW_CLEAR,
  IW_INDICATORS_SHOW_NOT_SWEPT,
  IW_INDICATORS_SHOW_LINKED,
  IW_N_INDICATORS_SHOWN
} IwIndicatorsShown;

/* A sweep that searched for an indicator, and what came of it. */
typedef struct
{
  IwEntry *entry; /* (transfer none) */
  gboolean found;
} IwSweepResult;

/* Sorted by type, then value. (transfer full) */
IwIndicators *iw_indicators_new (IwSituation *situation);
void iw_indicators_free (IwIndicators *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwIndicators, iw_indicators_free)
GPtrArray *iw_indicators_get_rows (IwIndicators *self); /* (element-type IwDocument) */
/* Entries that cite an indicator, and those that the indicator's "links" name. (element-type
 * IwEntry) (transfer container) */
GPtrArray *iw_indicators_get_linked (IwIndicators *self, const char *docid);
/* All sweeps in force that searched for it, the latest first. (element-type IwSweepResult)
 * (transfer full) */
GArray *iw_indicators_get_sweeps (IwIndicators *self, const char *docid);
/* Whether one of this type and normal value is there. */
gboolean iw_indicators_has (IwIndicators *self, IwIndicatorType type, const char *value);
/* "12 indicators: 3 found, 5 not found, 4 not swept" (transfer full) */
char *iw_indicators_summary (IwIndicators *self);
/* A value a line, as stored or defanged. (transfer full) */
char *iw_indicators_to_text (IwIndicators *self, gboolean defang);

/* Rows: IwDocument; data: the IwIndicators. Sections are the types. */
extern const IwItemSource iw_indicator_source;
char **iw_indicators_dup_choices (void);                  /* of IwIndicatorsShown (transfer full) */
char *iw_indicator_heading (guint type, gpointer unused); /* "IP Addresses" (transfer full) */
/* A value as it may be mailed without harm: hxxps://evil[.]example, 192[.]0[.]2[.]1. (transfer
 * full) */
char *iw_indicator_defang (IwIndicatorType type, const char *value);
/* The type of an indicator document; HOST where it is none that is known. */
IwIndicatorType iw_indicator_type_of (IwDocument *document);
/* The documents to write for indicators that were pasted, each new one once.
 * @found: (element-type IwIndicatorFound); @known: may be NULL. (element-type IwDocument) (transfer
 * full) */
GPtrArray *iw_indicators_to_documents (GPtrArray *found,
                                       IwIndicators *known,
                                       const char *incident,
                                       const IwContext *context);

G_END_DECLS
