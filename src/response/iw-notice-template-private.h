/* iw-notice-template-private.h: the words of a language that notices are made of. */
#pragma once

#include "iw-notice-template.h"

G_BEGIN_DECLS

#define IW_NOTICE_RESOURCES "/io/github/incident_workbench/notices/"

/* The words of a language: groups "words", "facts", "roles", "subjects". (transfer full) */
GKeyFile *iw_notice_words_load (const char *language);
/* "" where there is none. (transfer full) */
char *iw_notice_word (GKeyFile *words, const char *group, const char *key);
/* The same with {name} replaced by values: name, value, …, NULL. (transfer full) */
char *
iw_notice_phrase (GKeyFile *words, const char *key, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* A text of the resources: "customers.en.txt". (transfer full) */
char *iw_notice_resource (const char *name);

G_END_DECLS
