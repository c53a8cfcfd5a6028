/* iw-fact.h: one thing that a page says of an incident, as a value: words, a mark, where it leads.
 *
 * Pages make lists of facts from a situation (iw-facts.h, tested without widgets), and IwFactGroup
 * shows them. Owned by the list that holds it. Main thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a mark means: always beside words that say the same. */
typedef enum
{
  IW_TONE_NONE,
  IW_TONE_GOOD,
  IW_TONE_ATTENTION,
  IW_TONE_BAD,
} IwTone;

const char *iw_tone_css_class (IwTone tone); /* libadwaita's; static */

typedef enum
{
  IW_FACT_PLAIN,    /* title and subtitle */
  IW_FACT_PROPERTY, /* the title names what the subtitle says */
  IW_FACT_EXPANDER, /* its children are shown when it is opened */
  IW_FACT_BUTTON,   /* the row itself is a button */
} IwFactShape;

typedef struct
{
  char *label;  /* NULL where @icon stands for it */
  char *icon;   /* NULL where it has a label */
  char *spoken; /* its accessible name, with the words of @label in it for who presses by voice:
                   what it does, to which: "Acknowledge the escalation to Legal" */
  char *action;
  GVariant *target;
} IwFactButton;

typedef struct
{
  IwFactShape shape;
  char *key; /* the same for the same thing after a change: it keeps its widget and the focus */
  char *title;
  char *subtitle; /* "" if none; may have several lines */
  char *note;     /* "" if none: what stands back: when, by whom; may have several lines */
  char *icon;     /* NULL: no mark */
  IwTone tone;
  double level; /* 0 to 1: how much of its time is gone; -1: no level */
  char *action; /* of a click on the whole row; NULL: none */
  GVariant *target;
  GPtrArray *buttons;  /* (element-type IwFactButton) */
  GPtrArray *children; /* (element-type IwFact) */
} IwFact;

/* A list that owns its facts. (element-type IwFact) (transfer full) */
GPtrArray *iw_facts_new (void);
void iw_fact_free (IwFact *fact);

/* Appends one. @subtitle: NULL for "". (transfer none) */
IwFact *iw_facts_add (GPtrArray *facts,
                      IwFactShape shape,
                      const char *key,
                      const char *title,
                      const char *subtitle);
/* The same; takes @subtitle (transfer full). */
IwFact *iw_facts_take (GPtrArray *facts,
                       IwFactShape shape,
                       const char *key,
                       const char *title,
                       char *subtitle);
/* @note: NULL for "". */
void iw_fact_set_note (IwFact *fact, const char *note);
void iw_fact_set_mark (IwFact *fact, const char *icon, IwTone tone);
/* @target: (transfer floating) (nullable) */
void iw_fact_set_action (IwFact *fact, const char *action, GVariant *target);
/* A click opens a form. @subject: NULL if it has none. */
void iw_fact_set_form (IwFact *fact, const char *kind, const char *subject);
/* A click leads to a place of iw-gap.h or to an entry. */
void iw_fact_set_goto (IwFact *fact, const char *place);
/* @icon: instead of @label, either may be NULL. @target: (transfer floating) (nullable) */
void iw_fact_add_button (IwFact *fact,
                         const char *label,
                         const char *icon,
                         const char *spoken,
                         const char *action,
                         GVariant *target);
void iw_fact_add_form_button (IwFact *fact,
                              const char *label,
                              const char *spoken,
                              const char *kind,
                              const char *subject);

G_END_DECLS
