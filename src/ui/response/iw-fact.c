#include "config.h"

#include "iw-fact.h"

const char *
iw_tone_css_class (IwTone tone)
{
  switch (tone)
    {
    case IW_TONE_GOOD:
      return "success";
    case IW_TONE_ATTENTION:
      return "warning";
    case IW_TONE_BAD:
      return "error";
    case IW_TONE_NONE:
    default:
      return "dimmed";
    }
}

static void
button_free (gpointer data)
{
  IwFactButton *button = data;

  g_free (button->label);
  g_free (button->icon);
  g_free (button->spoken);
  g_free (button->action);
  g_clear_pointer (&button->target, g_variant_unref);
  g_free (button);
}

void
iw_fact_free (IwFact *fact)
{
  if (fact == NULL)
    return;
  g_free (fact->key);
  g_free (fact->title);
  g_free (fact->subtitle);
  g_free (fact->note);
  g_free (fact->icon);
  g_free (fact->action);
  g_clear_pointer (&fact->target, g_variant_unref);
  g_ptr_array_unref (fact->buttons);
  g_ptr_array_unref (fact->children);
  g_free (fact);
}

GPtrArray *
iw_facts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_fact_free);
}

IwFact *
iw_facts_take (GPtrArray *facts,
               IwFactShape shape,
               const char *key,
               const char *title,
               char *subtitle)
{
  IwFact *fact = g_new0 (IwFact, 1);

  fact->shape = shape;
  fact->key = g_strdup (key);
  fact->title = g_strdup (title);
  fact->subtitle = subtitle != NULL ? subtitle : g_strdup ("");
  fact->note = g_strdup ("");
  fact->level = -1;
  fact->buttons = g_ptr_array_new_with_free_func (button_free);
  fact->children = iw_facts_new ();
  g_ptr_array_add (facts, fact);
  return fact;
}

IwFact *
iw_facts_add (GPtrArray *facts,
              IwFactShape shape,
              const char *key,
              const char *title,
              const char *subtitle)
{
  return iw_facts_take (facts, shape, key, title, g_strdup (subtitle));
}

void
iw_fact_set_note (IwFact *fact, const char *note)
{
  g_set_str (&fact->note, note != NULL ? note : "");
}

void
iw_fact_set_mark (IwFact *fact, const char *icon, IwTone tone)
{
  g_set_str (&fact->icon, icon);
  fact->tone = tone;
}

void
iw_fact_set_action (IwFact *fact, const char *action, GVariant *target)
{
  g_set_str (&fact->action, action);
  g_clear_pointer (&fact->target, g_variant_unref);
  if (target != NULL)
    fact->target = g_variant_ref_sink (target);
}

static GVariant *
form_target (const char *kind, const char *subject)
{
  return g_variant_new ("(ss)", kind, subject != NULL ? subject : "");
}

void
iw_fact_set_form (IwFact *fact, const char *kind, const char *subject)
{
  iw_fact_set_action (fact, "incident.form", form_target (kind, subject));
}

void
iw_fact_set_goto (IwFact *fact, const char *place)
{
  iw_fact_set_action (fact, "incident.goto", g_variant_new_string (place));
}

void
iw_fact_add_button (IwFact *fact,
                    const char *label,
                    const char *icon,
                    const char *spoken,
                    const char *action,
                    GVariant *target)
{
  IwFactButton *button = g_new0 (IwFactButton, 1);

  button->label = g_strdup (label);
  button->icon = g_strdup (icon);
  button->spoken = g_strdup (spoken);
  button->action = g_strdup (action);
  if (target != NULL)
    button->target = g_variant_ref_sink (target);
  g_ptr_array_add (fact->buttons, button);
}

void
iw_fact_add_form_button (IwFact *fact,
                         const char *label,
                         const char *spoken,
                         const char *kind,
                         const char *subject)
{
  iw_fact_add_button (fact, label, NULL, spoken, "incident.form", form_target (kind, subject));
}
