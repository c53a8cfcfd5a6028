#include "config.h"

#include "iw-notice-check.h"

#include <glib/gi18n-lib.h>

#include "iw-model-json.h"
#include "iw-notice-check-private.h"
#include "iw-notice-template-facts.h"

void
iw_check_item_free (IwCheckItem *item)
{
  g_free (item->reason);
  g_free (item);
}

const char *
iw_check_state_label (IwCheckState state)
{
  switch (state)
    {
    case IW_CHECK_PRESENT:
      return C_ ("notice check", "Present");
    case IW_CHECK_NOT_SURE:
      return C_ ("notice check", "Not sure");
    case IW_CHECK_MISSING:
    default:
      return C_ ("notice check", "Missing");
    }
}

/* ---- the lists ---- */

#define AUDIENCE(a) (1u << (IW_AUDIENCE_##a))
#define ALL_AUDIENCES ((1u << IW_N_AUDIENCES) - 1)

/* One thing that notices to some audiences must carry. @section: the id of the template's section
 * that carries it; NULL where it is a matter of judgement. */
typedef struct
{
  const char *id;
  guint audiences;
  const char *section;
  const char *label;
  const char *source;
} Wanted;

static const Wanted wanted[] = {
  /* Article 33(3)(a): the nature of the personal data breach, including where possible the
   * categories and approximate number of data subjects and of personal data records concerned. */
  { "nature", AUDIENCE (REGULATOR), "nature", NC_ ("notice check", "Nature of the breach"),
    NC_ ("notice check", "GDPR Article 33(3)(a)") },
  { "subjects", AUDIENCE (REGULATOR), "subjects",
    NC_ ("notice check", "Categories and approximate number of data subjects"),
    NC_ ("notice check", "GDPR Article 33(3)(a)") },
  { "records", AUDIENCE (REGULATOR), "records",
    NC_ ("notice check", "Categories and approximate number of personal data records"),
    NC_ ("notice check", "GDPR Article 33(3)(a)") },
  /* Article 34(2): in clear and plain language the nature of the breach, and at least what Article
   * 33(3)(b), (c) and (d) ask for. */
  { "nature", AUDIENCE (DATA_SUBJECTS), "nature", NC_ ("notice check", "Nature of the breach"),
    NC_ ("notice check", "GDPR Article 34(2)") },
  { "plain", AUDIENCE (DATA_SUBJECTS), NULL, NC_ ("notice check", "Clear and plain language"),
    NC_ ("notice check", "GDPR Article 34(2)") },
  /* A processor's customers need the same for their own notifications: Article 33(2). */
  { "nature", AUDIENCE (CUSTOMERS), "nature", NC_ ("notice check", "What happened"),
    NC_ ("notice check", "GDPR Article 33(2)") },
  { "when", AUDIENCE (CUSTOMERS), "when",
    NC_ ("notice check", "When it was detected and determined"), "" },
  { "data", AUDIENCE (CUSTOMERS), "data",
    NC_ ("notice check", "Services and kinds of data affected"), "" },
  /* Article 33(3)(b) */
  { "contact", AUDIENCE (REGULATOR) | AUDIENCE (DATA_SUBJECTS), "contact",
    NC_ ("notice check", "Data protection officer or other contact point"),
    NC_ ("notice check", "GDPR Article 33(3)(b)") },
  { "contact", AUDIENCE (CUSTOMERS) | AUDIENCE (INTERNAL), "contact",
    NC_ ("notice check", "Contact point"), "" },
  /* Article 33(3)(c) */
  { "consequences", AUDIENCE (REGULATOR) | AUDIENCE (DATA_SUBJECTS), "consequences",
    NC_ ("notice check", "Likely consequences"), NC_ ("notice check", "GDPR Article 33(3)(c)") },
  { "consequences", AUDIENCE (CUSTOMERS), "consequences",
    NC_ ("notice check", "Consequences for the customer"), "" },
  /* Article 33(3)(d): measures taken or proposed, including measures to mitigate possible adverse
   * effects. */
  { "measures", AUDIENCE (REGULATOR) | AUDIENCE (DATA_SUBJECTS), "measures",
    NC_ ("notice check", "Measures taken or proposed"),
    NC_ ("notice check", "GDPR Article 33(3)(d)") },
  { "measures", AUDIENCE (CUSTOMERS) | AUDIENCE (INTERNAL), "measures",
    NC_ ("notice check", "What was done, and what is being done"), "" },
  { "actions", AUDIENCE (DATA_SUBJECTS), "actions",
    NC_ ("notice check", "Measures to mitigate adverse effects"),
    NC_ ("notice check", "GDPR Article 33(3)(d)") },
  { "actions", AUDIENCE (CUSTOMERS), "actions",
    NC_ ("notice check", "Actionable: what the customer can do"), "" },
  { "actions", AUDIENCE (INTERNAL), "actions",
    NC_ ("notice check", "What to say when customers ask"), "" },
  /* Article 33(1): not within 72 hours: with reasons for the delay. */
  { "delay", AUDIENCE (REGULATOR), "delay",
    NC_ ("notice check", "Reasons for a delay beyond 72 hours"),
    NC_ ("notice check", "GDPR Article 33(1)") },
};

/* ---- sections ---- */

static const IwCheckSection *
find_section (GPtrArray *sections, const char *id)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const IwCheckSection *section = g_ptr_array_index (sections, i);

      if (g_strcmp0 (section->id, id) == 0)
        return section;
    }
  return NULL;
}

/* The heading to look for, in the language of the notice. (transfer full) */
static char *
heading_of (JsonObject *notice, const char *id)
{
  g_autoptr (IwNoticeTemplate) template = iw_notice_template_load (
      iw_notice_document_audience (notice), iw_model_json_get_text (notice, "language"));
  GPtrArray *sections = iw_notice_template_get_sections (template);

  for (guint i = 0; i < sections->len; i++)
    {
      IwNoticeSection *section = g_ptr_array_index (sections, i);

      if (g_str_equal (section->id, id))
        return g_strdup (section->heading);
    }
  return g_strdup (id);
}

/* What Article 33(4) says: what is not known must not hold up the rest. */
static char *
unknown_words (IwAudience audience, char **marks)
{
  g_autofree char *list = g_strjoinv (", ", marks);

  if (audience == IW_AUDIENCE_REGULATOR)
    /* Translators: %s is a list of facts such as “Likely consequences”. */
    return g_strdup_printf (
        _ ("Not known yet: %s. It may follow later without undue delay (GDPR Article 33(4))."),
        list);
  /* Translators: %s is a list of facts such as “Likely consequences”. */
  return g_strdup_printf (_ ("Not known yet: %s."), list);
}

static void
judge_section (IwCheckItem *item, const Wanted *want, JsonObject *notice, GPtrArray *sections)
{
  const IwCheckSection *section = find_section (sections, want->section);
  g_auto (GStrv) marks = section != NULL ? iw_notice_find_marks (section->text) : NULL;
  g_autofree char *heading = NULL;

  if (marks != NULL && marks[0] != NULL)
    {
      item->state = IW_CHECK_MISSING;
      item->reason = unknown_words (iw_notice_document_audience (notice), marks);
      item->ticked = FALSE;
      return;
    }
  item->can_tick = TRUE;
  heading = heading_of (notice, want->section);
  if (section != NULL && *section->text != '\0')
    {
      item->state = IW_CHECK_PRESENT;
      /* Translators: %s is a heading in the notice. */
      item->reason = g_strdup_printf (_ ("In the section “%s”."), section->heading);
      item->can_tick = FALSE;
    }
  else if (item->ticked)
    {
      item->state = IW_CHECK_PRESENT;
      item->reason = g_strdup (_ ("Ticked by hand."));
    }
  else if (section != NULL)
    {
      item->state = IW_CHECK_MISSING;
      /* Translators: %s is a heading in the notice. */
      item->reason = g_strdup_printf (_ ("The section “%s” is empty."), section->heading);
    }
  else
    {
      item->state = IW_CHECK_NOT_SURE;
      item->reason = g_strdup_printf (
          /* Translators: %s is a heading that the notice should have. */
          _ ("There is no section “%s”. Write one, or tick this if the text says it elsewhere."),
          heading);
    }
}

static void
judge_by_hand (IwCheckItem *item)
{
  item->can_tick = TRUE;
  item->state = item->ticked ? IW_CHECK_PRESENT : IW_CHECK_NOT_SURE;
  item->reason = g_strdup (item->ticked ? _ ("Ticked by hand.")
                                        : _ ("Read it as a recipient would, then tick this."));
}

/* ---- the check ---- */

static gboolean
is_ticked (JsonObject *notice, const char *id)
{
  g_auto (GStrv) ticks = iw_model_json_get_strings (notice, "ticks");

  return g_strv_contains ((const char *const *)ticks, id);
}

IwCheckItem *
iw_check_item_new (const char *id, const char *label, const char *source)
{
  IwCheckItem *item = g_new0 (IwCheckItem, 1);

  item->id = id;
  item->label = g_dpgettext2 (GETTEXT_PACKAGE, "notice check", label);
  item->source = *source != '\0' ? g_dpgettext2 (GETTEXT_PACKAGE, "notice check", source) : "";
  return item;
}

GPtrArray *
iw_notice_check (JsonObject *notice, IwSituation *situation)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_check_item_free);
  IwAudience audience = iw_notice_document_audience (notice);
  g_autoptr (GPtrArray) sections = iw_check_sections (notice);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const Wanted *want = &wanted[i];
      IwCheckItem *item;

      if ((want->audiences & (1u << audience)) == 0)
        continue;
      item = iw_check_item_new (want->id, want->label, want->source);
      item->ticked = is_ticked (notice, want->id);
      if (want->section != NULL)
        judge_section (item, want, notice, sections);
      else
        judge_by_hand (item);
      g_ptr_array_add (items, item);
    }
  iw_check_whole (notice, situation, items);
  return items;
}

guint
iw_notice_check_count (GPtrArray *items, IwCheckState state)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += ((IwCheckItem *)g_ptr_array_index (items, i))->state == state;
  return n;
}

char *
iw_notice_check_words (GPtrArray *items)
{
  guint n_missing = iw_notice_check_count (items, IW_CHECK_MISSING);
  guint n_unsure = iw_notice_check_count (items, IW_CHECK_NOT_SURE);
  g_autofree char *missing = g_strdup_printf (
      ngettext ("%u thing is missing", "%u things are missing", n_missing), n_missing);
  g_autofree char *unsure = g_strdup_printf (
      ngettext ("%u thing is to be looked at", "%u things are to be looked at", n_unsure),
      n_unsure);

  if (n_missing == 0 && n_unsure == 0)
    return g_strdup (_ ("Everything is there"));
  if (n_unsure == 0)
    return g_steal_pointer (&missing);
  if (n_missing == 0)
    return g_steal_pointer (&unsure);
  /* Translators: “2 things are missing, 1 thing is to be looked at”. */
  return g_strdup_printf (C_ ("notice check", "%s, %s"), missing, unsure);
}

void
iw_notice_set_tick (JsonObject *notice, const char *id, gboolean ticked)
{
  g_auto (GStrv) ticks = iw_model_json_get_strings (notice, "ticks");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) now = NULL;

  for (guint i = 0; ticks[i] != NULL; i++)
    if (!g_str_equal (ticks[i], id))
      g_strv_builder_add (builder, ticks[i]);
  if (ticked)
    g_strv_builder_add (builder, id);
  now = g_strv_builder_end (builder);
  iw_model_json_set_strings (notice, "ticks", (const char *const *)now);
}
