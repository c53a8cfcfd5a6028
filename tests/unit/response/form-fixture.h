/* form-fixture.h: an incident that grows by forms, as the programs let it grow. */
#pragma once

#include "iw-form.h"
#include "iw-model-json.h"

#define INCIDENT "0199a1b2-c3d4-7800-8000-000000000000"
/* 2026-11-03T14:00:00Z, a Tuesday */
#define NOW G_GINT64_CONSTANT (1793714400000000)
#define MINUTES(n) ((n) * 60 * IW_USEC_PER_SEC)

typedef struct
{
  GPtrArray *entries, *documents, *directory;
  IwContext *context;
  gint64 now;
} World;

static G_GNUC_UNUSED World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autoptr (JsonObject) body = iw_incident_new_document (INCIDENT, "Phished", "", "Europe/Prague");

  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  self->directory = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  self->now = NOW;
  self->context = iw_context_new_fake (NOW, 1000, 7);
  g_ptr_array_add (self->documents, iw_document_new (INCIDENT ":incident", "1-a", body));
  return self;
}

static G_GNUC_UNUSED void
world_free (World *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->directory);
  g_free (self->context);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* (transfer full) */
static G_GNUC_UNUSED IwSituation *
world_situation (World *self)
{
  return iw_situation_new (INCIDENT, self->entries, self->documents, self->directory, self->now);
}

/* A form about the world as it is. (transfer full) */
static G_GNUC_UNUSED IwForm *
world_form (World *self, const char *kind, const char *subject)
{
  g_autoptr (IwSituation) situation = world_situation (self);

  return iw_form_new (iw_form_kind_find (kind), situation, subject, "A. Sato");
}

static G_GNUC_UNUSED void
set (IwForm **form, const char *field, const char *value)
{
  IwForm *changed = iw_form_set (*form, field, value);

  iw_form_unref (*form);
  *form = changed;
}

/* Takes the written documents into the world; the id of the first. (transfer none) */
static G_GNUC_UNUSED const char *
world_take (World *self, GPtrArray *written)
{
  for (guint i = 0; i < written->len; i++)
    {
      IwDocument *document = written->pdata[i];
      g_autoptr (GError) error = NULL;
      IwEntry *entry;

      if (!g_str_equal (iw_document_get_type_name (document), "entry"))
        {
          g_ptr_array_add (self->documents, iw_document_ref (document));
          continue;
        }
      entry = iw_entry_new_from_json (iw_document_get_id (document),
                                      iw_document_get_body (document), &error);
      g_assert_no_error (error);
      g_ptr_array_add (self->entries, entry);
    }
  if (g_str_equal (iw_document_get_type_name (written->pdata[0]), "entry"))
    for (guint i = self->entries->len; i > 0; i--)
      if (g_strcmp0 (iw_entry_get_id (self->entries->pdata[i - 1]),
                     iw_document_get_id (written->pdata[0])) == 0)
        return iw_entry_get_id (self->entries->pdata[i - 1]);
  return iw_document_get_id (self->documents->pdata[self->documents->len - 1]);
}

/* Writes a form that must be good; the id of the first document. */
static G_GNUC_UNUSED const char *
world_write (World *self, IwForm *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) written = iw_form_write (form, self->context, &error);

  g_assert_no_error (error);
  g_assert_nonnull (written);
  return world_take (self, written);
}

/* Fills in a form with fields and values, then NULL, and writes it. A minute goes by. */
static G_GNUC_UNUSED const char *
world_do (World *self, const char *kind, const char *subject, ...) G_GNUC_NULL_TERMINATED;

static G_GNUC_UNUSED const char *
world_do (World *self, const char *kind, const char *subject, ...)
{
  g_autoptr (IwForm) form = world_form (self, kind, subject);
  g_autofree char *when = iw_time_to_rfc3339 ((IwTime){ self->now, IW_PRECISION_SECOND });
  const char *field;
  const char *id;
  va_list args;

  if (iw_form_get_kind (form)->doc_type == NULL)
    set (&form, "occurred_at", when);
  va_start (args, subject);
  while ((field = va_arg (args, const char *)) != NULL)
    set (&form, field, va_arg (args, const char *));
  va_end (args);
  id = world_write (self, form);
  self->now += MINUTES (1);
  return id;
}

/* An evidence document, as files add them. (transfer none) */
static G_GNUC_UNUSED const char *
world_add_evidence (World *self, const char *name)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *id = iw_id_new_document (self->context, INCIDENT, "evidence");

  json_object_set_string_member (body, "type", "evidence");
  json_object_set_string_member (body, "incident", INCIDENT);
  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "collected_by", "R. Okafor");
  g_ptr_array_add (self->documents, iw_document_new (id, "1-a", body));
  return iw_document_get_id (self->documents->pdata[self->documents->len - 1]);
}

/* The message of the problem at a field, or of the whole (NULL); NULL where there is none. */
static G_GNUC_UNUSED const char *
problem_at (GPtrArray *problems, const char *field)
{
  for (guint i = 0; i < problems->len; i++)
    if (g_strcmp0 (((IwProblem *)problems->pdata[i])->field, field) == 0)
      return ((IwProblem *)problems->pdata[i])->message;
  return NULL;
}

#define assert_problem(world, form, field, expected)                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GPtrArray) problems_ = iw_form_get_problems (form, (world)->now);                   \
    g_assert_cmpstr (problem_at (problems_, field), ==, expected);                                 \
  }                                                                                                \
  G_STMT_END

#define assert_good(world, form)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GPtrArray) problems_ = iw_form_get_problems (form, (world)->now);                   \
    g_autofree char *text_ = iw_problems_to_text (problems_);                                      \
    g_assert_cmpstr (text_, ==, "");                                                               \
  }                                                                                                \
  G_STMT_END
