/* The rules from impact to severity and priority, read and applied. */
#include "iw-impact-private.h"

#include "iw-model-error.h"
#include "iw-model-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "iw-response-resources.h"

#define MAX_RULES 200
#define MAX_WHY 4096
#define DEFAULT_PATH                                                                               \
  "/io/github/incident_workbench/IncidentWorkbench/response/iw-matrix-default.json"

typedef struct
{
  guint wanted[IW_N_SCALES]; /* a set of 1 << value; 0: any */
  IwSeverity severity;
  IwPriority priority;
  char *why; /* the team's own words; NULL if none */
} Rule;

struct _IwMatrix
{
  gatomicrefcount refs;
  GArray *rules; /* (element-type Rule) */
};

static void
clear_rule (Rule *rule)
{
  g_free (rule->why);
}

static IwMatrix *
matrix_new (void)
{
  IwMatrix *self = g_new0 (IwMatrix, 1);

  g_atomic_ref_count_init (&self->refs);
  self->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  g_array_set_clear_func (self->rules, (GDestroyNotify)clear_rule);
  return self;
}

IwMatrix *
iw_matrix_ref (IwMatrix *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
iw_matrix_unref (IwMatrix *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->rules);
  g_free (self);
}

/* ---- reading ---- */

static gboolean
fail (GError **error, guint number, const char *field)
{
  g_set_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID,
               /* Translators: a number and a name in a file: "Rule 3: “severity” is missing or not
                * one of its values". */
               _ ("Rule %1$u: “%2$s” is missing or not one of its values"), number, field);
  return FALSE;
}

static gboolean
read_condition (Rule *rule, JsonObject *object, IwScale scale, guint number, GError **error)
{
  const char *name = iw_scale_name (scale);
  JsonNode *node = iw_model_json_get (object, name);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, number, name);
  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0 || json_array_get_length (array) > IW_SCALE_VALUES)
    return fail (error, number, name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *value = iw_model_json_text_of (json_array_get_element (array, i), "");
      int found = *value != '\0' ? iw_scale_find (scale, value) : -1;

      if (found < 0)
        return fail (error, number, name);
      rule->wanted[scale] |= 1u << found;
    }
  return TRUE;
}

static gboolean
read_rule (Rule *rule, JsonObject *object, guint number, GError **error)
{
  const char *severity = iw_model_json_get_string (object, "severity");
  const char *priority = iw_model_json_get_string (object, "priority");

  for (IwScale scale = 0; scale < IW_N_SCALES; scale++)
    if (!read_condition (rule, object, scale, number, error))
      return FALSE;
  if (severity == NULL || !iw_severity_from_string (severity, &rule->severity) ||
      rule->severity == IW_SEVERITY_UNSET)
    return fail (error, number, "severity");
  if (priority == NULL || !iw_priority_from_string (priority, &rule->priority) ||
      rule->priority == IW_PRIORITY_UNSET)
    return fail (error, number, "priority");
  if (!iw_model_json_check_string (object, "why", MAX_WHY, NULL))
    return fail (error, number, "why");
  rule->why = g_strdup (iw_model_json_get_string (object, "why"));
  return TRUE;
}

static gboolean
fits_everything (const Rule *rule)
{
  for (IwScale scale = 0; scale < IW_N_SCALES; scale++)
    for (guint value = 0; rule->wanted[scale] != 0 && iw_scale_value (scale, value) != NULL;
         value++)
      if ((rule->wanted[scale] & 1u << value) == 0)
        return FALSE;
  return TRUE;
}

static gboolean
read_rules (IwMatrix *self, JsonArray *rules, GError **error)
{
  guint n = json_array_get_length (rules);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (rules, i);
      Rule rule = { 0 };

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, i + 1, "rules");
      if (!read_rule (&rule, json_node_get_object (node), i + 1, error))
        {
          clear_rule (&rule);
          return FALSE;
        }
      g_array_append_val (self->rules, rule);
    }
  if (fits_everything (&g_array_index (self->rules, Rule, n - 1)))
    return TRUE;
  g_set_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID,
               _ ("Rule %u: the last rule must have no conditions, so that one always fits"), n);
  return FALSE;
}

IwMatrix *
iw_matrix_new_from_json (JsonObject *body, GError **error)
{
  g_autoptr (IwMatrix) self = NULL;
  JsonNode *rules;
  guint n;

  g_return_val_if_fail (body != NULL, NULL);

  rules = iw_model_json_get (body, "rules");
  n = rules != NULL && JSON_NODE_HOLDS_ARRAY (rules)
          ? json_array_get_length (json_node_get_array (rules))
          : 0;
  if (n == 0 || n > MAX_RULES)
    {
      g_set_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID,
                   _ ("“rules” must be a list of 1 to %d rules"), MAX_RULES);
      return NULL;
    }
  self = matrix_new ();
  if (!read_rules (self, json_node_get_array (rules), error))
    return NULL;
  return g_steal_pointer (&self);
}

IwMatrix *
iw_matrix_new_default (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (iw_response_get_resource (), DEFAULT_PATH,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *text;
  IwMatrix *self;

  g_assert (bytes != NULL); /* it is built in */
  text = g_bytes_get_data (bytes, &size);
  json_parser_load_from_data (parser, text, size, NULL);
  self = iw_matrix_new_from_json (json_node_get_object (json_parser_get_root (parser)), NULL);
  g_assert (self != NULL);
  return self;
}

/* ---- writing ---- */

JsonObject *
iw_matrix_to_json (IwMatrix *self)
{
  JsonObject *body = json_object_new ();
  JsonArray *rules = json_array_new ();

  g_return_val_if_fail (self != NULL, body);

  json_object_set_string_member (body, "type", "matrix");
  json_object_set_int_member (body, "v", 1);
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);
      JsonObject *object = json_object_new ();

      for (IwScale scale = 0; scale < IW_N_SCALES; scale++)
        {
          JsonArray *wanted = rule->wanted[scale] != 0 ? json_array_new () : NULL;

          for (guint value = 0; wanted != NULL && iw_scale_value (scale, value) != NULL; value++)
            if (rule->wanted[scale] & 1u << value)
              json_array_add_string_element (wanted, iw_scale_value (scale, value));
          if (wanted != NULL)
            json_object_set_array_member (object, iw_scale_name (scale), wanted);
        }
      json_object_set_string_member (object, "severity", iw_severity_to_string (rule->severity));
      json_object_set_string_member (object, "priority", iw_priority_to_string (rule->priority));
      iw_model_json_set_string (object, "why", rule->why);
      json_array_add_object_element (rules, object);
    }
  json_object_set_array_member (body, "rules", rules);
  return body;
}

/* ---- proposing ---- */

void
iw_proposal_free (IwProposal *proposal)
{
  if (proposal == NULL)
    return;
  g_free (proposal->why);
  g_free (proposal);
}

static gboolean
rule_fits (const Rule *rule, const IwImpact *impact)
{
  for (IwScale scale = 0; scale < IW_N_SCALES; scale++)
    if (rule->wanted[scale] != 0 && (rule->wanted[scale] & 1u << iw_scale_of (scale, impact)) == 0)
      return FALSE;
  return TRUE;
}

/* Of what is there, that which the rule asks for. */
static char *
describe_reasons (const Rule *rule, const IwImpact *impact)
{
  GString *text = g_string_new (NULL);

  for (IwScale scale = 0; scale < IW_N_SCALES; scale++)
    {
      if (rule->wanted[scale] == 0)
        continue;
      if (text->len > 0)
        /* Translators: between the items of a list. */
        g_string_append (text, C_ ("list", ", "));
      g_string_append (text, iw_scale_label (scale, iw_scale_of (scale, impact)));
    }
  if (text->len == 0)
    g_string_append (text, C_ ("impact", "no other rule fits"));
  return g_string_free_and_steal (text);
}

static char *
describe (const Rule *rule, guint number, const IwImpact *impact)
{
  g_autofree char *reasons = describe_reasons (rule, impact);
  const char *severity = iw_severity_label (rule->severity);
  const char *priority = iw_priority_label (rule->priority);

  if (rule->why != NULL)
    /* Translators: which rule proposes what: "Rule 3: high functional impact, so High and P1. Our
     * customers cannot log in". The last part is the team's own text. */
    return g_strdup_printf (_ ("Rule %1$u: %2$s, so %3$s and %4$s. %5$s"), number, reasons,
                            severity, priority, rule->why);
  /* Translators: which rule proposes what: "Rule 3: high functional impact, so High and P1". */
  return g_strdup_printf (_ ("Rule %1$u: %2$s, so %3$s and %4$s"), number, reasons, severity,
                          priority);
}

/* C5 holds whatever the rules say. */
static void
force_urgency (IwProposal *proposal)
{
  g_autofree char *rule = NULL;

  if (proposal->severity >= IW_SEVERITY_HIGH && proposal->priority == IW_PRIORITY_P1)
    return;
  rule = g_steal_pointer (&proposal->why);
  proposal->severity = MAX (proposal->severity, IW_SEVERITY_HIGH);
  proposal->priority = IW_PRIORITY_P1;
  /* Translators: the words of a rule, then what overrules them. */
  proposal->why =
      g_strdup_printf (_ ("%s. Risk to customer data makes it at least High, and P1: it "
                          "is worked on around the clock"),
                       rule);
}

IwProposal *
iw_matrix_propose (IwMatrix *self, const IwImpact *impact)
{
  IwProposal *proposal = g_new0 (IwProposal, 1);

  g_return_val_if_fail (self != NULL && impact != NULL, proposal);

  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);

      if (!rule_fits (rule, impact))
        continue;
      proposal->severity = rule->severity;
      proposal->priority = rule->priority;
      proposal->rule = i + 1;
      proposal->why = describe (rule, i + 1, impact);
      break;
    }
  if (iw_impact_risk_is_urgent (impact->risk))
    force_urgency (proposal);
  return proposal;
}
