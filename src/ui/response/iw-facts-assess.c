/* Detection, assessment and classification (process.md D1 to D3, C1 to C3). */
#include "config.h"

#include "iw-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-words.h"

static void
add_missing (GPtrArray *facts,
             const char *key,
             const char *title,
             const char *spoken,
             const char *kind)
{
  IwFact *fact = iw_facts_add (facts, IW_FACT_PROPERTY, key, title, _ ("Not recorded"));

  iw_fact_add_form_button (fact, _ ("Record…"), spoken, kind, NULL);
}

/* ---- detection ---- */

static void
add_source (GPtrArray *facts, const IwFactContext *context, IwEntry *entry)
{
  IwFact *fact = iw_facts_take (facts, IW_FACT_PROPERTY, "source", _ ("Source"),
                                iw_facts_lines (iw_words_entry_choice (entry, "detection", "to"),
                                                iw_words_field (entry, "detail")));

  iw_facts_set_decided (fact, context, entry);
  iw_fact_set_form (fact, "detection", NULL);
}

static void
add_realm (GPtrArray *facts, IwEntry *entry)
{
  const char *referred = iw_words_field (entry, "referred_to");
  g_autofree char *second = *referred != '\0'
                                /* Translators: %s is whom a case of others was referred to. */
                                ? g_strdup_printf (_ ("Referred to %s"), referred)
                                : g_strdup ("");
  IwFact *fact =
      iw_facts_take (facts, IW_FACT_PROPERTY, "realm", _ ("Realm of Responsibility"),
                     iw_facts_lines (iw_words_entry_choice (entry, "detection", "realm"), second));

  iw_fact_set_form (fact, "detection", NULL);
}

void
iw_facts_detection (GPtrArray *facts, const IwFactContext *context)
{
  static const IwEntryKind kinds[] = { IW_ENTRY_DETECTION, IW_ENTRY_UNKNOWN };
  IwEntry *entry = iw_situation_get_state (context->situation)->detection;

  if (entry == NULL)
    {
      add_missing (facts, "source", _ ("Source"), _ ("Record How It Was Detected"), "detection");
      return;
    }
  add_source (facts, context, entry);
  add_realm (facts, entry);
  iw_facts_add_history (facts, context, "detection-history", kinds);
}

/* ---- assessment ---- */

void
iw_facts_assessment (GPtrArray *facts, const IwFactContext *context)
{
  static const IwEntryKind kinds[] = { IW_ENTRY_ASSESSMENT, IW_ENTRY_UNKNOWN };
  IwEntry *entry = iw_situation_get_state (context->situation)->assessment;
  IwFact *fact;

  if (entry == NULL)
    {
      add_missing (facts, "outcome", _ ("Outcome"), _ ("Record the Assessment"), "assessment");
      return;
    }
  fact = iw_facts_take (facts, IW_FACT_PROPERTY, "outcome", _ ("Outcome"),
                        iw_facts_lines (iw_words_entry_choice (entry, "assessment", "to"),
                                        iw_words_field (entry, "why")));
  iw_facts_set_decided (fact, context, entry);
  iw_fact_set_form (fact, "assessment", NULL);
  if (*iw_words_field (entry, "evidence") != '\0')
    iw_facts_add (facts, IW_FACT_PROPERTY, "assessed-on", _ ("Evidence"),
                  iw_words_field (entry, "evidence"));
  iw_facts_add_cited (facts, context, "assessment-cited", entry);
  iw_facts_add_history (facts, context, "assessment-history", kinds);
}

/* ---- classification ---- */

/* What a form asked for beside the classification itself. */
static void
add_details (GPtrArray *facts, const IwFactContext *context, IwEntry *entry)
{
  static const char *const said[] = { "to", "from", "why", "links", NULL };
  const IwFormKind *kind = iw_form_kind_of_entry (entry);

  for (guint i = 0; kind != NULL && i < kind->n_fields; i++)
    {
      const IwFormField *field = &kind->fields[i];
      g_autofree char *value = iw_words_value (entry, field, context->zone, NULL, NULL);
      g_autofree char *key = NULL;

      if (*value == '\0' || g_strv_contains (said, field->name))
        continue;
      key = g_strconcat ("classification-", field->name, NULL);
      iw_facts_add (facts, IW_FACT_PROPERTY, key, iw_form_field_label (field), value);
    }
}

static void
add_declare (GPtrArray *facts)
{
  IwFact *fact = iw_facts_add (facts, IW_FACT_BUTTON, "declare",
                               _ ("Declare a Customer-Reportable Incident…"), NULL);

  iw_fact_set_form (fact, "declaration", NULL);
}

void
iw_facts_classification (GPtrArray *facts, const IwFactContext *context)
{
  static const IwEntryKind kinds[] = { IW_ENTRY_CLASSIFICATION, IW_ENTRY_UNKNOWN };
  const IwIncidentState *state = iw_situation_get_state (context->situation);
  IwEntry *entry = state->classified;
  IwFact *fact;

  if (entry == NULL)
    {
      add_missing (facts, "classification", _ ("Classification"), _ ("Record the Classification"),
                   "classification");
      add_declare (facts);
      return;
    }
  fact = iw_facts_take (facts, IW_FACT_PROPERTY, "classification", _ ("Classification"),
                        iw_facts_lines (iw_classification_label (state->classification),
                                        iw_words_field (entry, "why")));
  iw_facts_set_decided (fact, context, entry);
  iw_fact_set_form (fact, "classification", NULL);
  add_details (facts, context, entry);
  iw_facts_add_cited (facts, context, "classification-cited", entry);
  iw_facts_add_history (facts, context, "classification-history", kinds);
  if (state->classification != IW_CLASSIFICATION_CRSI)
    add_declare (facts);
}
