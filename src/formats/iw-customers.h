/* iw-customers.h: affected customers and their contacts as people type, paste or import them
 * (process.md E5, N4): the same rules for a line, a row of a file and the command line.
 *
 * Values and pure functions; any one thread.
 */
#pragma once

#include "iw-document.h"
#include "iw-id.h"
#include "iw-scope.h"

G_BEGIN_DECLS

/* In the order in which they stand in a pasted line; each is a member of the scope document. */
typedef enum
{
  IW_CUSTOMER_NAME,
  IW_CUSTOMER_CONTACT, /* a person or an office */
  IW_CUSTOMER_MAIL,
  IW_CUSTOMER_PHONE,
  IW_CUSTOMER_LANGUAGE, /* BCP 47 */
  IW_CUSTOMER_NOTE,
  IW_N_CUSTOMER_FIELDS
} IwCustomerField;

#define IW_CUSTOMERS_MAX 20000         /* rows of one file or paste */
#define IW_CUSTOMER_MAX_TEXT 1000      /* bytes of a field */
#define IW_CUSTOMERS_MAX_PASTE 4194304 /* bytes of a pasted text: 4 MiB */

const char *iw_customer_field_to_string (IwCustomerField field); /* "mail", static */
gboolean iw_customer_field_from_string (const char *text, IwCustomerField *out); /* FALSE: none; @out stays */
const char *iw_customer_field_label (IwCustomerField field); /* translated, static */

/* One customer as it was read; or, with @problem, why a line is none. */
typedef struct
{
  gint64 row;                         /* the line, or the record of the file, from 1 on */
  char *fields[IW_N_CUSTOMER_FIELDS]; /* trimmed; "" where empty, never NULL */
  int problem_field;                  /* an IwCustomerField, or -1 for the whole */
  char *problem;  /* a sentence in the user's language; NULL where it is a customer */
  gboolean known; /* a customer of that name is there already, or above it */
} IwCustomerRow;

/* All fields are "", and there is no problem. (transfer full) */
IwCustomerRow *iw_customer_row_new (gint64 row);
void iw_customer_row_free (IwCustomerRow *self); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwCustomerRow, iw_customer_row_free)
/* Takes a field: made valid UTF-8, spaces trimmed, line breaks made spaces. @length -1: to the NUL.
 */
void
iw_customer_row_set (IwCustomerRow *self, IwCustomerField field, const char *text, gssize length);
/* Sets the problem where the fields are no customer: a name that is missing, a field too long, an
 * address that is none. FALSE with a problem. A problem that is set already stays. */
gboolean iw_customer_row_check (IwCustomerRow *self);
/* Whether it would be written: no problem, and not known. */
gboolean iw_customer_row_is_new (const IwCustomerRow *self);
/* "Ada Stone · ada@example.com · +1 555 0100", without the name; "" if there is nothing. (transfer
 * full) */
char *iw_customer_row_describe (const IwCustomerRow *self);

/* The names that are there, for finding what is known: names are compared without case and spaces.
 * @documents: (element-type IwDocument) of type "scope"; NULL for none. (transfer full) */
GHashTable *iw_customers_known_new (GPtrArray *documents);
/* Marks rows of a known name, and each that repeats one above it. @known is not changed. */
void iw_customers_mark_known (GPtrArray *rows, GHashTable *known);

/* A customer a line: "Name, mail, phone" in any order after the name, parted by commas, semicolons
 * or tabs; also "Name <mail>". What is no address and no number is the contact, then the note.
 * Blank lines are left out. At most IW_CUSTOMERS_MAX rows are read; the last says so where there
 * are more. (element-type IwCustomerRow) (transfer full) */
GPtrArray *iw_customers_parse_lines (const char *text);

typedef struct
{
  guint n_new, n_known, n_problems;
} IwCustomersCount;
/* A row with a problem is neither new nor known. @rows: (element-type IwCustomerRow) */
void iw_customers_count (GPtrArray *rows, IwCustomersCount *count);

/* The documents to write for the new rows: of each a scope document and, with a @state other than
 * UNSET, the decision that says so. @why: the reason that goes into each decision; must not be
 * empty with a state. @author may be NULL. (element-type IwDocument) (transfer full) */
GPtrArray *iw_customers_to_documents (GPtrArray *rows,
                                      const char *incident,
                                      IwScopeState state,
                                      const char *why,
                                      const char *author,
                                      const IwContext *context);

G_END_DECLS
