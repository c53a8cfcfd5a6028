#include "config.h"

#include "iw-subject-facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-form-kind.h"
#include "iw-scope-items.h"
#include "iw-words.h"

/* ---- fields ---- */

static gboolean
is_copied (const char *field)
{
  static const char *const names[] = { "mail", "phone", "chat", "value", NULL };

  return g_strv_contains (names, field);
}

static char *
list_words (IwDocument *document, const char *field)
{
  g_auto (GStrv) items = iw_document_get_list (document, field);

  return g_strjoinv ("\n", items);
}

/* Digits alone would be turned round between words from right to left: "0100 555 1+". */
static char *
value_text (const char *field, const char *text)
{
  return g_str_equal (field, "phone") && *text != '\0'
             ? g_strconcat ("\xe2\x81\xa6", text, "\xe2\x81\xa9", NULL)
             : g_strdup (text);
}

static char *
value_words (IwDocument *document, const IwFormField *field, GTimeZone *zone)
{
  const char *text = iw_document_get_text (document, field->name);
  IwTime time;

  switch ((int)field->input)
    {
    case IW_INPUT_CHOICE:
      return g_strdup (*text != '\0' ? iw_form_field_choice_label (field, text) : "");
    case IW_INPUT_LINES:
      return list_words (document, field->name);
    case IW_INPUT_TIME:
      if (!iw_time_parse_rfc3339 (text, NULL, &time))
        return g_strdup (text);
      time.precision = MIN (time.precision, IW_PRECISION_MINUTE);
      return iw_time_format_with_zone (time, zone);
    default:
      return value_text (field->name, text);
    }
}

GPtrArray *
iw_subject_fields (IwDocument *document, GTimeZone *zone)
{
  GPtrArray *facts = iw_facts_new ();
  const IwFormKind *kind = iw_form_kind_of_document (iw_document_get_type_name (document));

  for (guint i = 0; kind != NULL && i < kind->n_fields; i++)
    {
      const IwFormField *field = &kind->fields[i];
      const char *label = iw_form_field_label (field);
      g_autofree char *value = NULL;
      IwFact *fact;

      if (field->flags & IW_FORM_FIELD_HIDDEN)
        continue;
      value = value_words (document, field, zone);
      if (*value == '\0')
        continue;
      fact = iw_facts_add (facts, IW_FACT_PROPERTY, field->name, label, value);
      if (is_copied (field->name))
        {
          /* Translators: %s is what a field is called: "Copy Mail Address". */
          g_autofree char *spoken = g_strdup_printf (_ ("Copy %s"), label);

          iw_fact_add_button (fact, NULL, "edit-copy-symbolic", spoken, "subject.copy",
                              g_variant_new_string (iw_document_get_text (document, field->name)));
        }
    }
  return facts;
}

/* ---- the state of something affected ---- */

GPtrArray *
iw_subject_state (const IwScopeItem *item, GTimeZone *zone)
{
  static const struct
  {
    IwScopeState state;
    const char *label;
  } buttons[] = {
    { IW_SCOPE_CONFIRMED, N_ ("Confirm…") },
    { IW_SCOPE_SUSPECTED, N_ ("Suspect…") },
    { IW_SCOPE_RULED_OUT, N_ ("Rule Out…") },
  };
  GPtrArray *facts = iw_facts_new ();
  g_autofree char *when = item->entry != NULL ? iw_words_when_who (item->entry, zone) : NULL;
  const char *why = item->entry != NULL ? iw_words_field (item->entry, "why") : "";
  IwFact *fact =
      iw_facts_take (facts, IW_FACT_PLAIN, "state", iw_scope_state_words (item->state),
                     g_strdup_printf ("%s%s%s", why, *why != '\0' && when != NULL ? "\n" : "",
                                      when != NULL ? when : ""));

  iw_fact_set_mark (fact, iw_scope_state_icon (item->state), iw_scope_state_tone (item->state));
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (buttons[i].state != item->state)
      iw_fact_add_button (fact, _ (buttons[i].label), NULL, _ (buttons[i].label), "subject.state",
                          g_variant_new_string (iw_scope_state_to_string (buttons[i].state)));
  if (item->kind == IW_SCOPE_CUSTOMER && iw_scope_item_lacks_contact (item))
    {
      fact = iw_facts_add (
          facts, IW_FACT_PLAIN, "contact", _ ("No Usable Contact"),
          _ ("A notice cannot reach this customer without a mail address or phone number."));
      iw_fact_set_mark (fact, "dialog-warning-symbolic", IW_TONE_ATTENTION);
      iw_fact_add_button (fact, _ ("Add Contact…"), NULL, _ ("Add Contact…"), "subject.edit", NULL);
    }
  return facts;
}

/* ---- decisions, links ---- */

static void
add_entry (GPtrArray *facts, IwEntry *entry, GTimeZone *zone)
{
  g_autofree char *line = iw_words_first_line (entry);
  IwFact *fact =
      iw_facts_take (facts, IW_FACT_PLAIN, iw_entry_get_id (entry),
                     *line != '\0' ? line : iw_entry_kind_label (iw_entry_get_kind (entry)),
                     iw_words_when_who (entry, zone));

  iw_fact_set_goto (fact, iw_entry_get_id (entry));
}

GPtrArray *
iw_subject_decisions (IwSituation *situation, const char *docid, GTimeZone *zone)
{
  GPtrArray *facts = iw_facts_new ();
  IwDecisions *decisions = iw_situation_get_decisions (situation);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  IwEntry *entry;

  for (guint i = 0; (entry = iw_decisions_next (decisions, &i, IW_ENTRY_UNKNOWN, docid)) != NULL;)
    g_ptr_array_add (entries, entry);
  for (guint i = entries->len; i > 0; i--)
    add_entry (facts, entries->pdata[i - 1], zone);
  return facts;
}

static IwEntry *
find_entry (IwSituation *situation, const char *docid)
{
  GPtrArray *entries = iw_situation_get_entries (situation);

  for (guint i = 0; i < entries->len; i++)
    if (g_strcmp0 (iw_entry_get_id (entries->pdata[i]), docid) == 0)
      return entries->pdata[i];
  return NULL;
}

GPtrArray *
iw_subject_cited (IwSituation *situation, IwEntry *entry, GTimeZone *zone)
{
  GPtrArray *facts = iw_facts_new ();
  GArray *links = entry != NULL ? iw_entry_get_links (entry) : NULL;

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const IwEntryLink *link = &g_array_index (links, IwEntryLink, i);
      IwEntry *cited = find_entry (situation, link->docid);
      g_autofree char *name = NULL;
      g_autofree char *key = NULL;
      IwFact *fact;

      if (cited != NULL)
        {
          add_entry (facts, cited, zone);
          continue;
        }
      name = iw_situation_name (situation, link->docid);
      key = g_strdup_printf ("%s %" G_GINT64_FORMAT, link->docid, link->row);
      fact = iw_facts_take (facts, IW_FACT_PLAIN, key, name,
                            link->row > 0
                                /* Translators: %s is the number of a row in an evidence file. */
                                ? g_strdup_printf (_ ("Evidence, row %" G_GINT64_FORMAT), link->row)
                                : g_strdup (_ ("Evidence")));
      iw_fact_set_goto (fact, "evidence");
    }
  return facts;
}

GPtrArray *
iw_subject_linked (IwIndicators *indicators, const char *docid, GTimeZone *zone)
{
  GPtrArray *facts = iw_facts_new ();
  g_autoptr (GPtrArray) entries = iw_indicators_get_linked (indicators, docid);

  for (guint i = 0; i < entries->len; i++)
    add_entry (facts, entries->pdata[i], zone);
  return facts;
}

GPtrArray *
iw_subject_sweeps (IwIndicators *indicators, const char *docid, GTimeZone *zone)
{
  GPtrArray *facts = iw_facts_new ();
  g_autoptr (GArray) sweeps = iw_indicators_get_sweeps (indicators, docid);

  for (guint i = 0; i < sweeps->len; i++)
    {
      const IwSweepResult *result = &g_array_index (sweeps, IwSweepResult, i);
      const char *where = iw_words_field (result->entry, "where");
      g_autofree char *when = iw_words_when_who (result->entry, zone);
      IwFact *fact =
          iw_facts_take (facts, IW_FACT_PLAIN, iw_entry_get_id (result->entry),
                         result->found ? C_ ("sweep", "Found") : C_ ("sweep", "Not Found"),
                         g_strdup_printf ("%s\n%s", where, when));

      iw_fact_set_mark (fact,
                        result->found ? "emblem-important-symbolic" : "object-select-symbolic",
                        result->found ? IW_TONE_BAD : IW_TONE_GOOD);
      iw_fact_set_goto (fact, iw_entry_get_id (result->entry));
    }
  return facts;
}
