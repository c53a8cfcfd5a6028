#include "iw-customers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-scope-decision.h"

static const struct
{
  const char *name;
  const char *label;
} fields[IW_N_CUSTOMER_FIELDS] = {
  [IW_CUSTOMER_NAME] = { "name", NC_ ("customer", "Name") },
  [IW_CUSTOMER_CONTACT] = { "contact", NC_ ("customer", "Contact") },
  [IW_CUSTOMER_MAIL] = { "mail", NC_ ("customer", "Mail") },
  [IW_CUSTOMER_PHONE] = { "phone", NC_ ("customer", "Phone") },
  [IW_CUSTOMER_LANGUAGE] = { "language", NC_ ("customer", "Language") },
  [IW_CUSTOMER_NOTE] = { "note", NC_ ("customer", "Note") },
};

const char *
iw_customer_field_to_string (IwCustomerField field)
{
  return fields[field].name;
}

gboolean
iw_customer_field_from_string (const char *text, IwCustomerField *out)
{
  for (guint i = 0; i < IW_N_CUSTOMER_FIELDS; i++)
    if (g_strcmp0 (fields[i].name, text) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
iw_customer_field_label (IwCustomerField field)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "customer", fields[field].label);
}

/* ---- a row ---- */

IwCustomerRow *
iw_customer_row_new (gint64 row)
{
  IwCustomerRow *self = g_new0 (IwCustomerRow, 1);

  self->row = row;
  self->problem_field = -1;
  for (guint i = 0; i < IW_N_CUSTOMER_FIELDS; i++)
    self->fields[i] = g_strdup ("");
  return self;
}

void
iw_customer_row_free (IwCustomerRow *self)
{
  for (guint i = 0; i < IW_N_CUSTOMER_FIELDS; i++)
    g_free (self->fields[i]);
  g_free (self->problem);
  g_free (self);
}

void
iw_customer_row_set (IwCustomerRow *self, IwCustomerField field, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize)length;
  g_autofree char *bytes = g_strndup (text, MIN (n, IW_CUSTOMER_MAX_TEXT + 8));
  char *valid = g_utf8_make_valid (bytes, -1);

  for (char *c = valid; *c != '\0'; c++)
    if (*c == '\n' || *c == '\r' || *c == '\t')
      *c = ' ';
  g_free (self->fields[field]);
  self->fields[field] = g_strstrip (valid);
}

static gboolean
fail (IwCustomerRow *self, int field, char *problem)
{
  self->problem_field = field;
  self->problem = problem;
  return FALSE;
}

static gboolean
has_control (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/* What a mail program would take: somebody, one at sign, a place. No list of addresses. */
static gboolean
is_mail (const char *text)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isspace (*c) || strchr ("<>,;\"()[]\\", *c) != NULL)
      return FALSE;
  return at[1] != '.' && text[strlen (text) - 1] != '.' && strstr (at, "..") == NULL;
}

static gboolean
is_phone (const char *text)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        n++;
      else if (strchr ("+-()./ #*xX", *c) == NULL)
        return FALSE;
    }
  return n >= 3 && n <= 30;
}

static gboolean
is_language (const char *text)
{
  guint length = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '-' || *c == '_')
        {
          if (length == 0)
            return FALSE;
          length = 0;
        }
      else if (!g_ascii_isalnum (*c) || ++length > 8)
        return FALSE;
    }
  return length > 0 && g_ascii_isalpha (*text) && strcspn (text, "-_") >= 2 &&
         strcspn (text, "-_") <= 3;
}

static gboolean
check_texts (IwCustomerRow *self)
{
  for (guint i = 0; i < IW_N_CUSTOMER_FIELDS; i++)
    {
      if (strlen (self->fields[i]) > IW_CUSTOMER_MAX_TEXT)
        return fail (self, i, g_strdup_printf (_ ("Longer than %d bytes."), IW_CUSTOMER_MAX_TEXT));
      if (has_control (self->fields[i]))
        return fail (self, i, g_strdup (_ ("Contains characters that are no text.")));
    }
  return TRUE;
}

gboolean
iw_customer_row_check (IwCustomerRow *self)
{
  const char *mail = self->fields[IW_CUSTOMER_MAIL];
  const char *phone = self->fields[IW_CUSTOMER_PHONE];
  const char *language = self->fields[IW_CUSTOMER_LANGUAGE];

  if (self->problem != NULL)
    return FALSE;
  if (!check_texts (self))
    return FALSE;
  if (*self->fields[IW_CUSTOMER_NAME] == '\0')
    return fail (self, IW_CUSTOMER_NAME, g_strdup (_ ("The name is missing.")));
  if (*mail != '\0' && !is_mail (mail))
    return fail (self, IW_CUSTOMER_MAIL, g_strdup_printf (_ ("“%s” is no mail address."), mail));
  if (*phone != '\0' && !is_phone (phone))
    return fail (self, IW_CUSTOMER_PHONE, g_strdup_printf (_ ("“%s” is no phone number."), phone));
  if (*language != '\0' && !is_language (language))
    return fail (self, IW_CUSTOMER_LANGUAGE,
                 /* Translators: a language tag is such as "de" or "pt-BR". */
                 g_strdup_printf (_ ("“%s” is no language tag such as en or pt-BR."), language));
  return TRUE;
}

gboolean
iw_customer_row_is_new (const IwCustomerRow *self)
{
  return self->problem == NULL && !self->known;
}

char *
iw_customer_row_describe (const IwCustomerRow *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = IW_CUSTOMER_CONTACT; i < IW_N_CUSTOMER_FIELDS; i++)
    if (*self->fields[i] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", self->fields[i]);
  return g_strdup (words->str);
}

/* ---- what is there already ---- */

static char *
key_of (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : name, -1);
  char *out = folded;

  for (const char *c = folded; *c != '\0'; c++)
    if (!g_ascii_isspace (*c))
      *out++ = *c;
  *out = '\0';
  return g_steal_pointer (&folded);
}

GHashTable *
iw_customers_known_new (GPtrArray *documents)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    if (g_str_equal (iw_document_get_text (documents->pdata[i], "scope_kind"), "customer"))
      g_hash_table_add (known, key_of (iw_document_get_text (documents->pdata[i], "name")));
  return known;
}

void
iw_customers_mark_known (GPtrArray *rows, GHashTable *known)
{
  g_autoptr (GHashTable) above = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      IwCustomerRow *row = rows->pdata[i];
      g_autofree char *key = key_of (row->fields[IW_CUSTOMER_NAME]);

      row->known = FALSE;
      if (row->problem != NULL)
        continue;
      row->known = g_hash_table_contains (above, key) ||
                   (known != NULL && g_hash_table_contains (known, key));
      g_hash_table_add (above, g_steal_pointer (&key));
    }
}

void
iw_customers_count (GPtrArray *rows, IwCustomersCount *count)
{
  *count = (IwCustomersCount){ 0 };
  for (guint i = 0; i < rows->len; i++)
    {
      const IwCustomerRow *row = rows->pdata[i];

      count->n_problems += row->problem != NULL;
      count->n_known += row->problem == NULL && row->known;
      count->n_new += iw_customer_row_is_new (row);
    }
}

/* ---- a pasted text ---- */

/* The parts of a line, quotes undone. */
static GPtrArray *
split (const char *line, gsize length)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) part = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = line[i];

      if (c == '"' && (quoted || part->len == 0))
        quoted = !quoted;
      else if (!quoted && (c == ',' || c == ';' || c == '\t'))
        {
          g_ptr_array_add (parts, g_strstrip (g_strdup (part->str)));
          g_string_truncate (part, 0);
        }
      else
        g_string_append_c (part, c);
    }
  g_ptr_array_add (parts, g_strstrip (g_strdup (part->str)));
  return parts;
}

/* "Ada <ada@example.com>" has two parts in one. */
static char *
take_angle (char *part)
{
  char *open = strchr (part, '<');
  char *close = open != NULL ? strchr (open, '>') : NULL;
  char *mail;

  if (close == NULL || close[1] != '\0')
    return NULL;
  mail = g_strndup (open + 1, close - open - 1);
  *open = '\0';
  g_strstrip (part);
  return g_strstrip (mail);
}

static void
add_note (IwCustomerRow *row, const char *text)
{
  const char *note = row->fields[IW_CUSTOMER_NOTE];
  g_autofree char *joined = *note != '\0' ? g_strconcat (note, ", ", text, NULL) : g_strdup (text);

  iw_customer_row_set (row, IW_CUSTOMER_NOTE, joined, -1);
}

static void
take_part (IwCustomerRow *row, const char *part)
{
  IwCustomerField field;

  if (*part == '\0')
    return;
  if (strchr (part, '@') != NULL)
    field = IW_CUSTOMER_MAIL;
  else if (is_phone (part))
    field = IW_CUSTOMER_PHONE;
  else
    field = IW_CUSTOMER_CONTACT;
  if (*row->fields[field] == '\0')
    iw_customer_row_set (row, field, part, -1);
  else
    add_note (row, part);
}

static IwCustomerRow *
parse_line (const char *line, gsize length, gint64 number)
{
  IwCustomerRow *row = iw_customer_row_new (number);
  g_autoptr (GPtrArray) parts = split (line, length);

  for (guint i = 0; i < parts->len; i++)
    {
      char *part = parts->pdata[i];
      g_autofree char *mail = take_angle (part);

      if (i == 0)
        iw_customer_row_set (row, IW_CUSTOMER_NAME, part, -1);
      else
        take_part (row, part);
      if (mail != NULL)
        take_part (row, mail);
    }
  iw_customer_row_check (row);
  return row;
}

static gboolean
is_blank (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (line[i]))
      return FALSE;
  return TRUE;
}

static IwCustomerRow *
too_many (gint64 number)
{
  IwCustomerRow *row = iw_customer_row_new (number);

  fail (row, -1,
        g_strdup_printf (_ ("More than %d customers: the rest is left out."), IW_CUSTOMERS_MAX));
  return row;
}

GPtrArray *
iw_customers_parse_lines (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_customer_row_free);
  gint64 number = 0;

  for (const char *line = text; line != NULL && *line != '\0';)
    {
      gsize length = strcspn (line, "\r\n");

      number++;
      if (!is_blank (line, length))
        {
          if (rows->len == IW_CUSTOMERS_MAX)
            {
              g_ptr_array_add (rows, too_many (number));
              break;
            }
          g_ptr_array_add (rows, parse_line (line, length, number));
        }
      line += length;
      line += g_str_has_prefix (line, "\r\n") ? 2 : *line != '\0';
    }
  return rows;
}

/* ---- what is written ---- */

static IwDocument *
new_document (const IwCustomerRow *row, const char *incident, const IwContext *context)
{
  g_autofree char *docid = iw_id_new_document (context, incident, "scope");
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "type", "scope");
  json_object_set_int_member (body, "v", 1);
  json_object_set_string_member (body, "incident", incident);
  json_object_set_string_member (body, "scope_kind", iw_scope_kind_to_string (IW_SCOPE_CUSTOMER));
  for (guint i = 0; i < IW_N_CUSTOMER_FIELDS; i++)
    if (*row->fields[i] != '\0')
      json_object_set_string_member (body, fields[i].name, row->fields[i]);
  return iw_document_new_take (docid, NULL, body);
}

static IwDocument *
new_decision (const char *subject,
              const char *name,
              const char *incident,
              IwScopeState state,
              const char *why,
              const char *author,
              const IwContext *context)
{
  g_autofree char *docid = iw_id_new_document (context, incident, "entry");
  IwTime now = { iw_context_now (context), IW_PRECISION_SECOND };
  g_autoptr (IwEntry) entry =
      iw_scope_decision_new (incident, subject, name, iw_scope_state_to_string (state), why);

  iw_entry_set_occurred (entry, now);
  iw_entry_set_recorded (entry, now);
  iw_entry_set_actor (entry, author);
  return iw_document_new_take (docid, NULL, iw_entry_to_json (entry));
}

GPtrArray *
iw_customers_to_documents (GPtrArray *rows,
                           const char *incident,
                           IwScopeState state,
                           const char *why,
                           const char *author,
                           const IwContext *context)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      const IwCustomerRow *row = rows->pdata[i];
      IwDocument *document;

      if (!iw_customer_row_is_new (row))
        continue;
      document = new_document (row, incident, context);
      g_ptr_array_add (documents, document);
      if (state != IW_SCOPE_UNSET)
        g_ptr_array_add (documents,
                         new_decision (iw_document_get_id (document), row->fields[IW_CUSTOMER_NAME],
                                       incident, state, why, author, context));
    }
  return documents;
}
