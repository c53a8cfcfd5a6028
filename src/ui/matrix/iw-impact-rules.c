#include "config.h"

#include "iw-impact-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const scales[IW_IMPACT_N_SCALES] = { "functional", "information",
                                                        "recoverability", "risk" };

const IwFormField *
iw_impact_scale_field (guint scale)
{
  g_return_val_if_fail (scale < IW_IMPACT_N_SCALES, NULL);

  return iw_form_kind_field (iw_form_kind_find ("impact"), scales[scale]);
}

static void
rule_free (gpointer data)
{
  IwImpactRule *rule = data;

  g_free (rule->why);
  g_free (rule);
}

/* ---- from and to JSON ---- */

static guint
read_wanted (JsonObject *object, guint scale)
{
  JsonNode *node = json_object_get_member (object, scales[scale]);
  const IwChoice *choices = iw_impact_scale_field (scale)->choices;
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint wanted = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    for (guint value = 0; choices[value].value != NULL; value++)
      if (g_strcmp0 (json_array_get_string_element (array, i), choices[value].value) == 0)
        wanted |= 1u << value;
  return wanted;
}

static IwImpactRule *
read_rule (JsonObject *object)
{
  IwImpactRule *rule = g_new0 (IwImpactRule, 1);

  for (guint i = 0; i < IW_IMPACT_N_SCALES; i++)
    rule->wanted[i] = read_wanted (object, i);
  iw_severity_from_string (json_object_get_string_member_with_default (object, "severity", ""),
                           &rule->severity);
  iw_priority_from_string (json_object_get_string_member_with_default (object, "priority", ""),
                           &rule->priority);
  rule->why = g_strdup (json_object_get_string_member_with_default (object, "why", ""));
  return rule;
}

GPtrArray *
iw_impact_rules_new (IwMatrix *matrix)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func (rule_free);
  g_autoptr (JsonObject) body = iw_matrix_to_json (matrix);
  JsonArray *array = json_object_get_array_member (body, "rules");

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (rules, read_rule (json_array_get_object_element (array, i)));
  return rules;
}

static JsonObject *
write_rule (const IwImpactRule *rule)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < IW_IMPACT_N_SCALES; i++)
    {
      const IwChoice *choices = iw_impact_scale_field (i)->choices;
      JsonArray *array;

      if (rule->wanted[i] == 0)
        continue;
      array = json_array_new ();
      for (guint value = 0; choices[value].value != NULL; value++)
        if ((rule->wanted[i] & (1u << value)) != 0)
          json_array_add_string_element (array, choices[value].value);
      json_object_set_array_member (object, scales[i], array);
    }
  json_object_set_string_member (object, "severity", iw_severity_to_string (rule->severity));
  json_object_set_string_member (object, "priority", iw_priority_to_string (rule->priority));
  if (*rule->why != '\0')
    json_object_set_string_member (object, "why", rule->why);
  return object;
}

JsonObject *
iw_impact_rules_to_json (GPtrArray *rules, JsonObject *old)
{
  JsonObject *body = json_object_new ();
  JsonArray *array = json_array_new ();

  if (old != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (old);

      for (GList *member = members; member != NULL; member = member->next)
        json_object_set_member (body, member->data,
                                json_node_copy (json_object_get_member (old, member->data)));
    }
  for (guint i = 0; i < rules->len; i++)
    json_array_add_object_element (array, write_rule (rules->pdata[i]));
  json_object_set_string_member (body, "type", "matrix");
  json_object_set_int_member (body, "v", 1);
  json_object_set_array_member (body, "rules", array);
  return body;
}

gboolean
iw_impact_rules_check (GPtrArray *rules, GError **error)
{
  g_autoptr (JsonObject) body = iw_impact_rules_to_json (rules, NULL);
  g_autoptr (IwMatrix) matrix = iw_matrix_new_from_json (body, error);

  return matrix != NULL;
}

gboolean
iw_impact_rules_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const IwImpactRule *one = a->pdata[i], *other = b->pdata[i];

      if (memcmp (one->wanted, other->wanted, sizeof one->wanted) != 0 ||
          one->severity != other->severity || one->priority != other->priority ||
          g_strcmp0 (one->why, other->why) != 0)
        return FALSE;
    }
  return TRUE;
}

/* ---- editing ---- */

guint
iw_impact_rules_add (GPtrArray *rules)
{
  IwImpactRule *rule = g_new0 (IwImpactRule, 1);
  const IwImpactRule *last = rules->pdata[rules->len - 1];

  rule->severity = last->severity;
  rule->priority = last->priority;
  rule->why = g_strdup ("");
  g_ptr_array_insert (rules, (int)rules->len - 1, rule);
  return rules->len - 2;
}

gboolean
iw_impact_rules_remove (GPtrArray *rules, guint position)
{
  if (position + 1 >= rules->len)
    return FALSE;
  g_ptr_array_remove_index (rules, position);
  return TRUE;
}

gboolean
iw_impact_rules_move (GPtrArray *rules, guint position, int step)
{
  int to = (int)position + step;
  gpointer rule;

  if (position + 1 >= rules->len || to < 0 || to + 1 >= (int)rules->len)
    return FALSE;
  rule = rules->pdata[position];
  rules->pdata[position] = rules->pdata[to];
  rules->pdata[to] = rule;
  return TRUE;
}

/* A scale of no condition, and one of all values, take everything. */
static guint
taken (const IwImpactRule *rule, guint scale)
{
  const IwChoice *choices = iw_impact_scale_field (scale)->choices;
  guint all = 0;

  for (guint value = 0; choices[value].value != NULL; value++)
    all |= 1u << value;
  return rule->wanted[scale] == 0 ? all : rule->wanted[scale];
}

gboolean
iw_impact_rules_is_shadowed (GPtrArray *rules, guint position)
{
  for (guint i = 0; i < position; i++)
    {
      gboolean covers = TRUE;

      for (guint scale = 0; scale < IW_IMPACT_N_SCALES; scale++)
        covers &= (taken (rules->pdata[position], scale) & ~taken (rules->pdata[i], scale)) == 0;
      if (covers)
        return TRUE;
    }
  return FALSE;
}

/* ---- words ---- */

/* What stands before the colon: "High" of "High: A Critical Service Is Lost to All Users". */
static char *
short_choice (const IwFormField *field, const char *value)
{
  const char *label = iw_form_field_choice_label (field, value);
  const char *colon = strstr (label, ": ");

  return colon != NULL ? g_strndup (label, (gsize)(colon - label)) : g_strdup (label);
}

char *
iw_impact_rule_wanted (const IwImpactRule *rule, guint scale)
{
  const IwFormField *field = iw_impact_scale_field (scale);
  char *words = NULL;

  if (rule->wanted[scale] == 0)
    /* Translators: of a rule: any value of a scale fits. */
    return g_strdup (C_ ("impact rule", "Any"));
  for (guint value = 0; field->choices[value].value != NULL; value++)
    {
      g_autofree char *next = NULL;
      g_autofree char *before = g_steal_pointer (&words);

      if ((rule->wanted[scale] & (1u << value)) == 0)
        {
          words = g_steal_pointer (&before);
          continue;
        }
      next = short_choice (field, field->choices[value].value);
      /* Translators: one value of a scale or another: "Low or Medium" */
      words = before != NULL ? g_strdup_printf (C_ ("impact rule", "%1$s or %2$s"), before, next)
                             : g_steal_pointer (&next);
    }
  return words;
}

char *
iw_impact_rules_describe (GPtrArray *rules, guint position)
{
  const IwImpactRule *rule = rules->pdata[position];
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint scale = 0; scale < IW_IMPACT_N_SCALES; scale++)
    {
      g_autofree char *wanted = NULL;

      if (rule->wanted[scale] == 0)
        continue;
      wanted = iw_impact_rule_wanted (rule, scale);
      if (words->len > 0)
        g_string_append (words, "; ");
      /* Translators: a scale and its values: "Functional Impact: Low or Medium" */
      g_string_append_printf (words, C_ ("impact rule", "%1$s: %2$s"),
                              iw_form_field_label (iw_impact_scale_field (scale)), wanted);
    }
  if (words->len > 0)
    return g_strdup (words->str);
  /* Translators: what the last rule is about; and what one without conditions is about. */
  return g_strdup (position + 1 == rules->len ? C_ ("impact rule", "Everything Else")
                                              : C_ ("impact rule", "Everything"));
}

char *
iw_impact_rule_outcome (const IwImpactRule *rule)
{
  /* Translators: what a rule proposes, severity and priority: "High, P1" */
  return g_strdup_printf (C_ ("impact rule", "%1$s, %2$s"), iw_severity_label (rule->severity),
                          iw_priority_label (rule->priority));
}
