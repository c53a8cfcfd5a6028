/* iw-bundle-words.h: what the window says of bundles. */
#pragma once

#include "iw-bundle.h"

G_BEGIN_DECLS

/* A heading of two or three words: "Signed by Hana", "Not Signed". (transfer full) */
char *iw_bundle_words_signature (const IwBundleInfo *info);
/* What that means, as whole sentences. (transfer full) */
char *iw_bundle_words_trust (const IwBundleInfo *info);
/* "AAAA BBBB …": a fingerprint as people read it aloud. (transfer full) */
char *iw_bundle_words_fingerprint (const char *fingerprint);
/* "3 incidents, 120 documents, 4 files (2.1 GB)". (transfer full) */
char *iw_bundle_words_contents (const IwBundleInfo *info);
/* When and by whom, as the bundle says; NULL where it says neither. (transfer full) */
char *iw_bundle_words_maker (const IwBundleInfo *info);
/* For the toast. (transfer full) */
char *iw_bundle_words_imported (guint n_new, guint n_open);
/* A file name that a title makes. (transfer full) */
char *iw_bundle_words_file_name (const char *title);

G_END_DECLS
