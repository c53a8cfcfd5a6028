/* iw-experts.h: the fold of the subject-matter experts, the one role that several people hold (process.md R3).
 *
 * A role entry is read by its "holders":
 *
 *   "several"  It changes one of the experts: it adds "to", or puts "to" in the place of "instead_of", or,
 *              where "to" is empty, relieves "instead_of". One to replace or relieve who is none (any more)
 *              adds "to" alone, or nothing; who is one already is not added a second time.
 *   none       It was written when this role, too, had one holder: "to" holds it alone from then on, or
 *              nobody. Its "from" says what its writer saw in force, and never counted; no more does it now,
 *              so that what was written then adds up to what it did then.
 *
 * Programs of that time read one of "several" as they read all others, and take the last that was added
 * for the only one.
 */
#pragma once

#include "iw-entry.h"

G_BEGIN_DECLS

#define IW_ROLE_EXPERT "expert"

typedef struct _IwExperts IwExperts;

/* Of nobody yet; one for each fold. (transfer full) */
IwExperts *iw_experts_new (void);
void iw_experts_free (IwExperts *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwExperts, iw_experts_free)
/* @entry: of IW_ROLE_EXPERT, the next in the order of decisions that count; kept. */
void iw_experts_apply (IwExperts *self, IwEntry *entry);
/* The entries that name those who are experts now in "to", each once, in the order in which they became it.
 * (element-type IwEntry) (transfer full) */
GPtrArray *iw_experts_end (IwExperts *self);
/* Whether @entry changes one of the experts, as against all of them. */
gboolean iw_experts_is_about_one (IwEntry *entry);

G_END_DECLS
