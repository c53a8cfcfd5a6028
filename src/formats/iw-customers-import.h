/* iw-customers-import.h: customers and their contacts from a table (CSV, TSV, JSON lines) by
 * mapping.
 *
 * Open (copy, decode, guess the columns), change what is not right, read (each row becomes a
 * customer or a problem with field and reason), then write what iw_customers_to_documents() makes
 * of the rows. Synchronous, one thread at a time. Foreign files are hostile: sizes are limited, and
 * nothing is dropped without a reason.
 */
#pragma once

#include "iw-blobs.h"
#include "iw-customers.h"

G_BEGIN_DECLS

#define IW_CUSTOMERS_MAX_FILE (64 * 1024 * 1024) /* bytes, also after it was inflated */

typedef struct _IwCustomersImport IwCustomersImport;

/* @dir: the folder of the workspace, where a copy is read from; it goes with the object. Errors:
 * IW_IMPORT_ERROR_UNREADABLE, _EMPTY, _TOO_MANY (the file is too large); G_IO_ERROR_*. (transfer
 * full) */
IwCustomersImport *iw_customers_import_open (GFile *file,
                                             const char *dir,
                                             IwProgressFunc progress,
                                             gpointer data,
                                             GCancellable *cancellable,
                                             GError **error);
void iw_customers_import_free (IwCustomersImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwCustomersImport, iw_customers_import_free)

const char *iw_customers_import_get_name (IwCustomersImport *self); /* of the file */
/* The columns; named by position where the table has no header. (transfer none) */
const char *const *iw_customers_import_get_columns (IwCustomersImport *self, guint *n);
/* Whether the first row names the columns, as it was guessed. Setting reads the beginning anew and
 * guesses the columns again; FALSE with @error where it cannot be read. */
gboolean iw_customers_import_get_header (IwCustomersImport *self);
gboolean iw_customers_import_set_header (IwCustomersImport *self, gboolean header, GError **error);
/* The column that a field is read from; -1 for none. */
int iw_customers_import_get_column (IwCustomersImport *self, IwCustomerField field);
/* A column may be that of one field only: another that had it loses it. */
void iw_customers_import_set_column (IwCustomersImport *self, IwCustomerField field, int column);
/* The first rows as they stand, with as many values as there are columns. (element-type GStrv)
 * (transfer none) */
GPtrArray *iw_customers_import_get_preview (IwCustomersImport *self);

/* Reads all rows. @known: from iw_customers_known_new(), or NULL. IW_IMPORT_ERROR_MAPPING where no
 * column holds the name; _TOO_MANY; G_IO_ERROR_CANCELLED. */
gboolean iw_customers_import_read (IwCustomersImport *self,
                                   GHashTable *known,
                                   IwProgressFunc progress,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);
/* What was read last: customers and problems, in order. (element-type IwCustomerRow) (transfer
 * none) */
GPtrArray *iw_customers_import_get_rows (IwCustomersImport *self);

G_END_DECLS
