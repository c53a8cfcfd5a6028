/* iw-import-preview.h: the first rows of a file as a table; in each column's header its role, to be
 * chosen from a menu. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-mapping.h"

G_BEGIN_DECLS

#define IW_TYPE_IMPORT_PREVIEW (iw_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (IwImportPreview, iw_import_preview, IW, IMPORT_PREVIEW, GtkWidget)

/* Signal: "role-chosen" (char *column, int role): setting it in the mapping, and showing that with
 * iw_import_preview_set_mapping(), is the owner's. */

/* A file may have hundreds of columns: those with a role and the first ones are shown. */
#define IW_IMPORT_PREVIEW_COLUMNS 24

GtkWidget *iw_import_preview_new (void);
/* @columns: names; @rows: (element-type GStrv). Both are only read during the call. */
void iw_import_preview_set_content (IwImportPreview *self,
                                    const char *const *columns,
                                    GPtrArray *rows,
                                    const IwMapping *mapping);
/* Shows other roles for the same columns. */
void iw_import_preview_set_mapping (IwImportPreview *self, const IwMapping *mapping);
/* Shows a column that is not among the shown ones. */
void iw_import_preview_show_column (IwImportPreview *self, const char *column);
/* Columns that are not shown. (transfer full) */
char **iw_import_preview_get_hidden (IwImportPreview *self);

G_END_DECLS
