/* iw-test-support.h: what several test programs need. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A new empty folder under the build folder, removed with iw_test_remove_dir(). (transfer full) */
char *iw_test_make_dir (void);
/* Removes a folder with all it holds; only below the temporary folder that tests use. */
void iw_test_remove_dir (const char *dir);
/* A file of tests/data. (transfer full) */
char *iw_test_data_path (const char *name);
/* A file of the shared data where it is present: NULL (and the test is skipped with a word) where it
 * is not. (transfer full) */
char *iw_test_shared_path (const char *name);

G_END_DECLS
