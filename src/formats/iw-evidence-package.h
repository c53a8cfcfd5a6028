/* iw-evidence-package.h: files going into a folder or a .zip; private to this folder.
 *
 * All is written beside the place it is meant for and moved there when it is whole. Streams: memory
 * does not grow with the files. Any one thread.
 */
#pragma once

#include "iw-evidence-error.h"

G_BEGIN_DECLS

typedef struct _IwEvidencePackage IwEvidencePackage;

/* Begins one that is to become @path, in a folder that exists. IW_EVIDENCE_ERROR_PLACE where
 * something is there already and @replace does not allow for it (a folder is never replaced).
 * (transfer full) */
IwEvidencePackage *
iw_evidence_package_new (const char *path, gboolean zip, gboolean replace, GError **error);
/* Removes what was written, unless it was put into place. */
void iw_evidence_package_free (IwEvidencePackage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEvidencePackage, iw_evidence_package_free)

/* One file after the other: @name with "/" between folders, safe already. @length: bytes that will
 * come. @mtime: µs. */
gboolean iw_evidence_package_begin (IwEvidencePackage *self,
                                    const char *name,
                                    gint64 length,
                                    gint64 mtime,
                                    GError **error);
/* Appends to the file that was begun. IW_EVIDENCE_ERROR_ARCHIVE where a .zip gets more than @length bytes. */
gboolean
iw_evidence_package_write (IwEvidencePackage *self, const void *data, gsize n, GError **error);
gboolean iw_evidence_package_end (IwEvidencePackage *self, GError **error); /* of that file */
/* The three in one. */
gboolean iw_evidence_package_add (IwEvidencePackage *self,
                                  const char *name,
                                  const char *text,
                                  gint64 mtime,
                                  GError **error);
/* Throws away what was written, to begin again. */
gboolean iw_evidence_package_restart (IwEvidencePackage *self, GError **error);
/* All is written: makes it durable where it lies. */
gboolean iw_evidence_package_close (IwEvidencePackage *self, GError **error);
/* Moves it into place, in one step. */
gboolean iw_evidence_package_place (IwEvidencePackage *self, GError **error);

G_END_DECLS
