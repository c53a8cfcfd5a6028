#include "iw-scope-decision.h"

#include "iw-form-kind.h"
#include "iw-incident.h"

#define KIND "scope-state"

typedef struct
{
  const char *name;
  const char *state;
  const char *why;
} Said;

/* An IwFieldGetter. */
static const char *
get_said (gpointer source, const char *field)
{
  const Said *said = source;
  const char *value = NULL;

  if (g_str_equal (field, IW_DECISION_SUBJECT_NAME))
    value = said->name;
  else if (g_str_equal (field, "to"))
    value = said->state;
  else if (g_str_equal (field, "why"))
    value = said->why;
  return value != NULL ? value : "";
}

IwEntry *
iw_scope_decision_new (const char *incident,
                       const char *subject,
                       const char *name,
                       const char *state,
                       const char *why)
{
  Said said = { name, state, why };
  IwEntry *entry =
      iw_decision_new (incident, KIND, "subject", subject, "to", state, "why", why, NULL);
  g_autofree char *text = iw_decision_describe (iw_form_kind_find (KIND), get_said, &said);

  iw_entry_set_text (entry, text);
  return entry;
}
