#include "iw-words.h"

#include <glib/gi18n-lib.h>

#include "iw-markdown.h"

char *
iw_words_time (gint64 us, GTimeZone *zone)
{
  if (us == 0)
    return g_strdup ("");
  return iw_time_format ((IwTime){ us, IW_PRECISION_MINUTE }, zone, TRUE);
}

const char *
iw_words_field (IwEntry *entry, const char *field)
{
  const char *value = entry != NULL ? iw_entry_get_field (entry, field) : NULL;

  return value != NULL ? value : "";
}

const char *
iw_words_who (IwEntry *entry)
{
  const char *actor = iw_entry_get_actor (entry);

  return *actor != '\0' ? actor : iw_words_field (entry, "created_by");
}

char *
iw_words_when_who (IwEntry *entry, GTimeZone *zone)
{
  g_autofree char *when = iw_words_time (iw_decision_time (entry), zone);
  const char *who = iw_words_who (entry);

  if (*who == '\0' || *when == '\0')
    return g_strconcat (when, who, NULL);
  /* Translators: when something was decided, and by whom: "3 Nov 2026 03:06, A. Sato". */
  return g_strdup_printf (C_ ("decision", "%1$s, %2$s"), when, who);
}

static const IwFormField *
find_field (const char *form, const char *name)
{
  const IwFormKind *kind = iw_form_kind_find (form);

  return kind != NULL ? iw_form_kind_field (kind, name) : NULL;
}

const char *
iw_words_choice (const char *form, const char *field, const char *value)
{
  const IwFormField *found = find_field (form, field);

  if (value == NULL || *value == '\0')
    return "";
  return found != NULL ? iw_form_field_choice_label (found, value) : value;
}

const char *
iw_words_entry_choice (IwEntry *entry, const char *form, const char *field)
{
  return iw_words_choice (form, field, iw_words_field (entry, field));
}

char *
iw_words_entry_set (IwEntry *entry, const char *form, const char *field)
{
  g_auto (GStrv) values = iw_entry_get_list (entry, field);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; values[i] != NULL; i++)
    g_strv_builder_add (words, iw_words_choice (form, field, values[i]));
  all = g_strv_builder_end (words);
  /* Translators: stands between the parts of a list. */
  return g_strjoinv (C_ ("list", ", "), all);
}

/* ---- any field ---- */

static char *
name_of (const char *docid, IwNameFunc name, gpointer data)
{
  return name != NULL ? name (docid, data) : g_strdup (docid);
}

static char *
names_of (IwEntry *entry, const char *field, IwNameFunc name, gpointer data)
{
  g_auto (GStrv) ids = iw_entry_get_list (entry, field);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; ids[i] != NULL; i++)
    g_strv_builder_take (names, name_of (ids[i], name, data));
  all = g_strv_builder_end (names);
  return g_strjoinv ("\n", all);
}

static char *
links_of (IwEntry *entry, IwNameFunc name, gpointer data)
{
  GArray *links = iw_entry_get_links (entry);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < links->len; i++)
    {
      const IwEntryLink *link = &g_array_index (links, IwEntryLink, i);
      g_autofree char *words = name_of (link->docid, name, data);

      g_string_append_printf (names, i > 0 ? "\n%s" : "%s", words);
    }
  return g_string_free_and_steal (names);
}

static char *
time_of (const char *text, GTimeZone *zone)
{
  IwTime time;

  if (!iw_time_parse_rfc3339 (text, NULL, &time))
    return g_strdup (text);
  time.precision = MIN (time.precision, IW_PRECISION_SECOND);
  return iw_time_format_with_zone (time, zone);
}

static char *
span_of (const char *text)
{
  gint64 minutes;

  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &minutes, NULL))
    return g_strdup (text);
  return iw_time_format_gap (minutes * 60 * IW_USEC_PER_SEC);
}

char *
iw_words_value (IwEntry *entry,
                const IwFormField *field,
                GTimeZone *zone,
                IwNameFunc name,
                gpointer data)
{
  const char *text = iw_words_field (entry, field->name);

  switch (field->input)
    {
    case IW_INPUT_CHOICE:
      return g_strdup (*text != '\0' ? iw_form_field_choice_label (field, text) : "");
    case IW_INPUT_TICK:
      return g_strdup (g_str_equal (text, "true") ? C_ ("tick", "Yes") : "");
    case IW_INPUT_TIME:
      return time_of (text, zone);
    case IW_INPUT_DURATION:
      return span_of (text);
    case IW_INPUT_SUBJECT:
      return *text != '\0' ? name_of (text, name, data) : g_strdup ("");
    case IW_INPUT_ITEMS:
      return names_of (entry, field->name, name, data);
    case IW_INPUT_LINKS:
      return links_of (entry, name, data);
    case IW_INPUT_SET:
    case IW_INPUT_LINES:
      {
        g_auto (GStrv) values = iw_entry_get_list (entry, field->name);

        for (guint i = 0; field->input == IW_INPUT_SET && values[i] != NULL; i++)
          {
            g_autofree char *value = g_steal_pointer (&values[i]);

            values[i] = g_strdup (iw_form_field_choice_label (field, value));
          }
        return g_strjoinv ("\n", values);
      }
    case IW_INPUT_TEXT:
    case IW_INPUT_LONG:
    case IW_INPUT_NUMBER:
    case IW_INPUT_PERSON:
    case IW_INPUT_TEAM:
    case IW_INPUT_HOLDER:
    default:
      return g_strdup (text);
    }
}

char *
iw_words_first_line (IwEntry *entry)
{
  return iw_markdown_first_line (iw_entry_get_text (entry));
}

char *
iw_words_scope (IwSituation *situation, IwScopeKind kind)
{
  GPtrArray *scope = iw_situation_get_scope (situation);
  guint counts[IW_N_SCOPE_STATES] = { 0 };
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = scope->pdata[i];

      if (item->kind == kind)
        counts[item->state]++;
    }
  if (counts[IW_SCOPE_CONFIRMED] > 0)
    g_strv_builder_take (words, g_strdup_printf (ngettext ("%u confirmed", "%u confirmed",
                                                           counts[IW_SCOPE_CONFIRMED]),
                                                 counts[IW_SCOPE_CONFIRMED]));
  if (counts[IW_SCOPE_SUSPECTED] > 0)
    g_strv_builder_take (words, g_strdup_printf (ngettext ("%u suspected", "%u suspected",
                                                           counts[IW_SCOPE_SUSPECTED]),
                                                 counts[IW_SCOPE_SUSPECTED]));
  if (counts[IW_SCOPE_UNSET] > 0)
    g_strv_builder_take (words, g_strdup_printf (ngettext ("%u not assessed", "%u not assessed",
                                                           counts[IW_SCOPE_UNSET]),
                                                 counts[IW_SCOPE_UNSET]));
  if (counts[IW_SCOPE_RULED_OUT] > 0)
    g_strv_builder_take (words, g_strdup_printf (ngettext ("%u ruled out", "%u ruled out",
                                                           counts[IW_SCOPE_RULED_OUT]),
                                                 counts[IW_SCOPE_RULED_OUT]));
  all = g_strv_builder_end (words);
  return g_strjoinv (C_ ("list", ", "), all);
}

gint64
iw_words_stage_since (const IwIncidentState *state)
{
  if (state->bands == NULL || state->bands->len == 0)
    return 0;
  return g_array_index (state->bands, IwStageBand, state->bands->len - 1).start;
}
