/* iw-evidence-names.h: names for files that every file system takes. Pure; any one thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _IwEvidenceNames IwEvidenceNames;

/* Gives out names of files in one folder. (transfer full) */
IwEvidenceNames *iw_evidence_names_new (void);
void iw_evidence_names_free (IwEvidenceNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEvidenceNames, iw_evidence_names_free)

/* A name made from @name, which may hold anything: no path, no control or invisible characters,
 * none that Windows forbids or reserves, at most 180 bytes, and not given out before, also where
 * case or composition does not count: "CON.txt" gives "_CON.txt", a second "Log.txt" "Log (2).txt".
 * (transfer full) */
char *iw_evidence_names_add (IwEvidenceNames *self, const char *name);

/* @name as it may be written for people: characters that cannot be seen or that change the
 * direction of text become "\u202e" and the like. (transfer full) */
char *iw_evidence_name_visible (const char *name);

G_END_DECLS
