#include "config.h"

#include "iw-notice-template-facts.h"

#include "iw-id.h"
#include "iw-model-json.h"
#include "iw-notice-template-private.h"

/* GDPR Article 33(1): not later than 72 hours after having become aware of it. */
#define AWARE_HOURS 72

typedef struct
{
  IwSituation *situation;
  GKeyFile *words;
  GHashTable *facts;
} Facts;

/* @text: (transfer full) */
static void
take (Facts *self, const char *name, char *text)
{
  if (text != NULL && *g_strstrip (text) != '\0')
    g_hash_table_insert (self->facts, g_strdup (name), text);
  else
    g_free (text);
}

static void
take_field (Facts *self, const char *name, IwEntry *entry, const char *field)
{
  if (entry != NULL)
    take (self, name, g_strdup (iw_entry_get_field (entry, field)));
}

/* @parts: (transfer full), of texts */
static char *
join (Facts *self, GPtrArray *parts)
{
  g_autofree char *separator = iw_notice_word (self->words, "words", "join");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      if (i > 0)
        g_string_append (text, separator);
      g_string_append (text, g_ptr_array_index (parts, i));
    }
  g_ptr_array_unref (parts);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* ---- times ---- */

static char *
time_words (Facts *self, gint64 us)
{
  GTimeZone *zone = iw_situation_get_zone (self->situation);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_auto (GStrv) months = g_key_file_get_string_list (self->words, "words", "months", NULL, NULL);
  g_autofree char *zone_words = iw_time_zone_words (zone, us);
  g_autofree char *day = NULL, *year = NULL, *hour = NULL, *minute = NULL;

  if (local == NULL)
    return NULL;
  day = g_strdup_printf ("%d", g_date_time_get_day_of_month (local));
  year = g_strdup_printf ("%d", g_date_time_get_year (local));
  hour = g_strdup_printf ("%02d", g_date_time_get_hour (local));
  minute = g_strdup_printf ("%02d", g_date_time_get_minute (local));
  return iw_notice_phrase (self->words, "date", "day", day, "month",
                           months[g_date_time_get_month (local) - 1], "year", year, "hour", hour,
                           "minute", minute, "zone", zone_words, NULL);
}

static IwEntry *
declaration (IwSituation *situation)
{
  const IwIncidentState *state = iw_situation_get_state (situation);

  return state->classification == IW_CLASSIFICATION_CRSI ? state->classified : NULL;
}

static void
take_times (Facts *self)
{
  const IwIncidentState *state = iw_situation_get_state (self->situation);
  IwEntry *declared = declaration (self->situation);
  gint64 aware;

  if (state->detection != NULL)
    take (self, "detected", time_words (self, iw_decision_time (state->detection)));
  if (declared == NULL)
    return;
  aware = iw_decision_time (declared);
  take (self, "declared", time_words (self, aware));
  if (iw_situation_get_now (self->situation) <= aware + AWARE_HOURS * 3600 * IW_USEC_PER_SEC)
    take (self, "delay", iw_notice_word (self->words, "words", "delay_none"));
}

/* ---- what is affected ---- */

static void
take_scope (Facts *self, const char *name, IwScopeKind kind)
{
  GPtrArray *scope = iw_situation_get_scope (self->situation);
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = g_ptr_array_index (scope, i);

      if (item->kind != kind)
        continue;
      if (item->state == IW_SCOPE_CONFIRMED)
        g_ptr_array_add (parts, g_strdup (item->name));
      else if (item->state == IW_SCOPE_SUSPECTED)
        g_ptr_array_add (parts,
                         iw_notice_phrase (self->words, "suspected", "name", item->name, NULL));
    }
  take (self, name, join (self, parts));
}

static void
add_count (Facts *self, const char *key, guint n, GPtrArray *parts)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *full_key = g_strdup_printf ("%s_%s", key, n == 1 ? "one" : "other");

  if (n > 0)
    g_ptr_array_add (parts, iw_notice_phrase (self->words, full_key, "n", number, NULL));
}

static void
take_affected (Facts *self)
{
  GPtrArray *scope = iw_situation_get_scope (self->situation);
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  guint n_confirmed = 0, n_suspected = 0;

  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = g_ptr_array_index (scope, i);

      if (item->kind != IW_SCOPE_CUSTOMER)
        continue;
      n_confirmed += item->state == IW_SCOPE_CONFIRMED;
      n_suspected += item->state == IW_SCOPE_SUSPECTED;
    }
  add_count (self, "confirmed", n_confirmed, parts);
  add_count (self, "suspected", n_suspected, parts);
  take (self, "affected", join (self, parts));
}

static void
take_subjects (Facts *self)
{
  IwEntry *privacy = iw_decisions_last (iw_situation_get_decisions (self->situation),
                                        IW_ENTRY_CLASSIFICATION, NULL);
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) kinds = privacy != NULL ? iw_entry_get_list (privacy, "data_subjects") : NULL;

  for (guint i = 0; kinds != NULL && kinds[i] != NULL; i++)
    {
      char *word = iw_notice_word (self->words, "subjects", kinds[i]);

      if (*word != '\0')
        g_ptr_array_add (parts, word);
      else
        g_free (word);
    }
  take (self, "subjects", join (self, parts));
}

/* ---- what is done ---- */

static void
add_line (GString *list, const char *text)
{
  g_autofree char *line = g_strdup (text);

  g_strdelimit (line, "\r\n", ' ');
  if (*g_strstrip (line) == '\0')
    return;
  if (list->len > 0)
    g_string_append_c (list, '\n');
  g_string_append_printf (list, "- %s", line);
}

static void
add_containment (Facts *self, GString *list)
{
  IwDecisions *decisions = iw_situation_get_decisions (self->situation);
  guint index = 0;
  IwEntry *entry;

  while ((entry = iw_decisions_next (decisions, &index, IW_ENTRY_CONTAINMENT, NULL)) != NULL)
    {
      const char *what = iw_entry_get_field (entry, "what");

      if (g_strcmp0 (iw_entry_get_field (entry, "to"), "started") == 0 && what != NULL)
        add_line (list, what);
    }
}

/* What improves things later is nobody's business outside. */
static void
take_measures (Facts *self)
{
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (self->situation);
  GString *done = g_string_new (NULL);
  GString *planned = g_string_new (NULL);

  add_containment (self, done);
  for (guint i = 0; i < plan->len; i++)
    {
      IwDocument *task = g_ptr_array_index (plan, i);
      const char *state =
          iw_situation_get_task_state (self->situation, iw_document_get_id (task), NULL);

      if (g_str_equal (iw_document_get_text (task, "phase"), "follow-up"))
        continue;
      if (g_strcmp0 (state, "done") == 0)
        add_line (done, iw_document_get_text (task, "title"));
      else if (g_strcmp0 (state, "dropped") != 0)
        add_line (planned, iw_document_get_text (task, "title"));
    }
  take (self, "measures", g_string_free_and_steal (done));
  take (self, "planned", g_string_free_and_steal (planned));
}

/* ---- who can be asked ---- */

static IwDocument *
find_person (IwSituation *situation, const char *name)
{
  g_autoptr (GPtrArray) people = iw_situation_get_documents (situation, "person");

  for (guint i = 0; i < people->len; i++)
    if (g_str_equal (iw_document_get_text (g_ptr_array_index (people, i), "name"), name))
      return g_ptr_array_index (people, i);
  return NULL;
}

static void
take_contact (Facts *self)
{
  const char *const roles[] = { "communications", "incident-manager" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const char *name = iw_situation_get_role (self->situation, roles[i]);
      IwDocument *person = *name != '\0' ? find_person (self->situation, name) : NULL;
      const char *const members[] = { "mail", "phone" };
      g_autofree char *role = NULL;
      GPtrArray *parts;

      if (*name == '\0')
        continue;
      role = iw_notice_word (self->words, "roles", roles[i]);
      parts = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (parts,
                       iw_notice_phrase (self->words, "contact", "name", name, "role", role, NULL));
      for (guint j = 0; person != NULL && j < G_N_ELEMENTS (members); j++)
        if (*iw_document_get_text (person, members[j]) != '\0')
          g_ptr_array_add (parts, g_strdup (iw_document_get_text (person, members[j])));
      take (self, "contact", join (self, parts));
      return;
    }
}

/* Short enough to be read out, and what the command line takes for the incident. */
static char *
reference (const char *incident)
{
  return g_strndup (incident, 13);
}

GHashTable *
iw_notice_facts_new (IwSituation *situation, const char *language)
{
  g_autoptr (GKeyFile) words = iw_notice_words_load (language);
  g_autofree char *id = iw_id_incident_document (iw_situation_get_incident (situation));
  IwDocument *incident = iw_situation_find (situation, id);
  IwEntry *declared = declaration (situation);
  Facts self = { situation, words,
                 g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };

  take (&self, "title", g_strdup (iw_situation_get_title (situation)));
  take (&self, "reference", reference (iw_situation_get_incident (situation)));
  if (incident != NULL)
    take (&self, "summary", g_strdup (iw_document_get_text (incident, "summary")));
  take_times (&self);
  take_scope (&self, "services", IW_SCOPE_SERVICE);
  take_scope (&self, "systems", IW_SCOPE_SYSTEM);
  take_scope (&self, "data", IW_SCOPE_DATA);
  take_affected (&self);
  take_subjects (&self);
  take_field (&self, "consequences", declared, "customer_impact");
  take_field (&self, "access", declared, "resource_access");
  take_field (&self, "advised", declared, "repair_steps");
  take_measures (&self);
  take_contact (&self);
  return self.facts;
}

JsonObject *
iw_notice_facts_to_json (GHashTable *facts)
{
  JsonObject *json = json_object_new ();
  const char *const *names = iw_notice_fact_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = g_hash_table_lookup (facts, names[i]);

      if (value != NULL)
        json_object_set_string_member (json, names[i], value);
    }
  return json;
}

GHashTable *
iw_notice_facts_from_json (JsonObject *json)
{
  GHashTable *facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *const *names = iw_notice_fact_names ();

  for (guint i = 0; json != NULL && names[i] != NULL; i++)
    {
      const char *text = iw_model_json_get_string (json, names[i]);

      if (text != NULL)
        g_hash_table_insert (facts, g_strdup (names[i]), g_strdup (text));
    }
  return facts;
}
