/* iw-directory-items.h: teams and people as rows of a list; who is on call. From the directory's
 * situation, without widgets. Main thread.
 */
#pragma once

#include "iw-item-model.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* Rows: IwDocument; data: an IwDirectoryData. */
extern const IwItemSource iw_team_source;
extern const IwItemSource iw_person_source;

typedef struct
{
  IwSituation *situation; /* (ref) */
  GTimeZone *zone;        /* (ref) */
} IwDirectoryData;
IwDirectoryData *iw_directory_data_new (IwSituation *situation, GTimeZone *zone);
void iw_directory_data_free (IwDirectoryData *self);

/* By name. @type: "team", "person". (element-type IwDocument) (transfer container) */
GPtrArray *iw_directory_rows (IwSituation *situation, const char *type);

/* Who is on call at @now: once the time of the one who is now has ended, the next. */
typedef struct
{
  const char *who;  /* "" if nobody; of the document */
  const char *next; /* "" if nobody is known */
  gint64 until;     /* µs; 0 if it does not say */
  gboolean ended;   /* its time is over and nobody is next */
} IwOnCall;
IwOnCall iw_team_on_call (IwDocument *team, gint64 now);
/* "M. Ito, until 3 Nov 2026 08:00"; "Nobody" (transfer full) */
char *iw_on_call_words (const IwOnCall *on_call, GTimeZone *zone);
/* "mail · phone · chat" (transfer full) */
char *iw_contact_words (IwDocument *document);
/* The people who are in a team, by name. (element-type IwDocument) (transfer container) */
GPtrArray *iw_team_members (IwSituation *situation, const char *team);

G_END_DECLS
