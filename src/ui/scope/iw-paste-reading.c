#include "config.h"

#include "iw-paste-reading.h"

#include <glib/gi18n-lib.h>

IwPasteReading *
iw_paste_reading_new (IwPasteWhat what, const char *text, GHashTable *known)
{
  IwPasteReading *self = g_new0 (IwPasteReading, 1);

  self->what = what;
  if (what == IW_PASTE_CUSTOMERS)
    {
      self->customers = iw_customers_parse_lines (text);
      iw_customers_mark_known (self->customers, known);
      return self;
    }
  self->rest = g_ptr_array_new_with_free_func (g_free);
  self->found = iw_indicators_parse (text, self->rest);
  return self;
}

void
iw_paste_reading_free (IwPasteReading *self)
{
  g_clear_pointer (&self->customers, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->rest, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_known (IwIndicators *indicators, const IwIndicatorFound *found)
{
  return indicators != NULL && iw_indicators_has (indicators, found->type, found->value);
}

guint
iw_paste_reading_n_new (IwPasteReading *self, IwIndicators *indicators)
{
  IwCustomersCount count;
  guint n = 0;

  if (self->what == IW_PASTE_CUSTOMERS)
    {
      iw_customers_count (self->customers, &count);
      return count.n_new;
    }
  for (guint i = 0; i < self->found->len; i++)
    n += !is_known (indicators, self->found->pdata[i]);
  return n;
}

/* ---- words ---- */

static void
append_count (GString *words, guint n, const char *format)
{
  g_autoptr (GString) part = g_string_new (format);
  g_autofree char *number = g_strdup_printf ("%'u", n);

  if (n == 0)
    return;
  g_string_replace (part, "%u", number, 1);
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", part->str);
}

static void
append_types (IwPasteReading *self, IwIndicators *indicators, GString *words)
{
  guint n[IW_N_INDICATOR_TYPES] = { 0 };

  for (guint i = 0; i < self->found->len; i++)
    {
      const IwIndicatorFound *found = self->found->pdata[i];

      if (!is_known (indicators, found))
        n[found->type]++;
    }
  for (guint i = 0; i < IW_N_INDICATOR_TYPES; i++)
    if (n[i] > 0)
      {
        g_autofree char *heading = iw_indicator_heading (i, NULL);

        /* Translators: a type of indicator and how many: "Domains: 12". */
        g_string_append (words, words->len > 0 ? " · " : "");
        g_string_append_printf (words, _ ("%s: %'u"), heading, n[i]);
      }
}

char *
iw_paste_reading_summary (IwPasteReading *self, IwIndicators *indicators)
{
  g_autoptr (GString) words = g_string_new (NULL);
  IwCustomersCount count;
  guint n = iw_paste_reading_n_new (self, indicators);

  if (self->what == IW_PASTE_CUSTOMERS)
    {
      iw_customers_count (self->customers, &count);
      append_count (words, n, ngettext ("%u new customer", "%u new customers", n));
      append_count (words, count.n_known,
                    ngettext ("%u already there", "%u already there", count.n_known));
      append_count (
          words, count.n_problems,
          ngettext ("%u line not understood", "%u lines not understood", count.n_problems));
      return g_strdup (words->str);
    }
  append_types (self, indicators, words);
  append_count (words, self->found->len - n,
                ngettext ("%u already there", "%u already there", self->found->len - n));
  append_count (words, self->rest->len,
                ngettext ("%u word left over", "%u words left over", self->rest->len));
  return g_strdup (words->str);
}

char *
iw_paste_button_words (IwPasteWhat what, guint n)
{
  g_autofree char *number = g_strdup_printf ("%'u", n);
  g_autoptr (GString) words = g_string_new (
      what == IW_PASTE_CUSTOMERS ? ngettext ("Add %u Customer", "Add %u Customers", n)
                                 : ngettext ("Add %u Indicator", "Add %u Indicators", n));

  g_string_replace (words, "%u", number, 1);
  return g_strdup (words->str);
}

/* ---- row by row ---- */

static char *
place_words (const IwCustomerRow *row, gboolean file)
{
  g_autofree char *place =
      file ? g_strdup_printf (_ ("Row %" G_GINT64_FORMAT), row->row)
           : g_strdup_printf (_ ("Line %" G_GINT64_FORMAT), row->row);

  if (row->problem_field < 0)
    return g_steal_pointer (&place);
  /* Translators: where a problem is: "Line 12, Mail". */
  return g_strdup_printf (C_ ("place", "%s, %s"), place,
                          iw_customer_field_label (row->problem_field));
}

void
iw_paste_add_customer (GPtrArray *facts, const IwCustomerRow *row, gboolean file)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, row->row);
  const char *name = row->fields[IW_CUSTOMER_NAME];
  IwFact *fact;

  if (row->problem != NULL)
    {
      g_autofree char *place = place_words (row, file);

      fact = iw_facts_take (facts, IW_FACT_PLAIN, key, place,
                            *name != '\0' ? g_strdup_printf ("%s: %s", name, row->problem)
                                          : g_strdup (row->problem));
      iw_fact_set_mark (fact, "dialog-warning-symbolic", IW_TONE_ATTENTION);
      return;
    }
  fact = iw_facts_take (facts, IW_FACT_PLAIN, key, name, iw_customer_row_describe (row));
  if (!row->known)
    {
      iw_fact_set_mark (fact, "avatar-default-symbolic", IW_TONE_NONE);
      return;
    }
  g_free (fact->subtitle);
  fact->subtitle = g_strdup (_ ("Already there"));
  iw_fact_set_mark (fact, "object-select-symbolic", IW_TONE_NONE);
}

static void
add_customers (GPtrArray *facts, GPtrArray *rows, gboolean problems)
{
  for (guint i = 0; i < rows->len && facts->len < IW_PASTE_MAX_SHOWN; i++)
    if ((((IwCustomerRow *)rows->pdata[i])->problem != NULL) == problems)
      iw_paste_add_customer (facts, rows->pdata[i], FALSE);
}

static void
add_found (GPtrArray *facts, const IwIndicatorFound *found, gboolean known)
{
  IwFact *fact = iw_facts_add (facts, IW_FACT_PLAIN, found->value, found->value,
                               iw_indicator_type_label (found->type));

  if (!known)
    {
      iw_fact_set_mark (fact, "list-add-symbolic", IW_TONE_NONE);
      return;
    }
  g_free (fact->subtitle);
  /* Translators: a type of indicator: "Domain, already there". */
  fact->subtitle = g_strdup_printf (_ ("%s, already there"), iw_indicator_type_label (found->type));
  iw_fact_set_mark (fact, "object-select-symbolic", IW_TONE_NONE);
}

static void
add_rest (GPtrArray *facts, GPtrArray *rest)
{
  g_autoptr (GString) words = g_string_new (NULL);
  IwFact *fact;

  if (rest->len == 0)
    return;
  for (guint i = 0; i < MIN (rest->len, 30); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? "  " : "", (char *)rest->pdata[i]);
  if (rest->len > 30)
    g_string_append (words, " …");
  fact = iw_facts_add (facts, IW_FACT_PLAIN, "rest", _ ("Left Over"), words->str);
  iw_fact_set_mark (fact, "dialog-question-symbolic", IW_TONE_NONE);
}

GPtrArray *
iw_paste_reading_facts (IwPasteReading *self, IwIndicators *indicators)
{
  GPtrArray *facts = iw_facts_new ();

  if (self->what == IW_PASTE_CUSTOMERS)
    {
      add_customers (facts, self->customers, TRUE);
      add_customers (facts, self->customers, FALSE);
      return facts;
    }
  add_rest (facts, self->rest);
  for (guint i = 0; i < self->found->len && facts->len < IW_PASTE_MAX_SHOWN; i++)
    add_found (facts, self->found->pdata[i], is_known (indicators, self->found->pdata[i]));
  return facts;
}
