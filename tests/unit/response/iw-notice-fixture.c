#include "iw-notice-fixture.h"

void
fixture_free (Fixture *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->directory);
  g_free (self);
}

IwEntry *
fixture_decide (Fixture *self,
                const char *id,
                IwEntryKind kind,
                gint64 when,
                const char *first,
                ...)
{
  IwEntry *entry = iw_entry_new (FIXTURE_INCIDENT, kind, "");
  g_autofree char *docid = g_strdup_printf (FIXTURE_INCIDENT ":entry-%s", id);
  va_list args;

  iw_entry_set_id (entry, docid);
  iw_entry_set_occurred (entry, (IwTime){ when, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (entry, "A. Sato");
  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    {
      const char *value = va_arg (args, const char *);

      if (g_str_equal (name, "link"))
        iw_entry_add_link (entry, value, 0);
      else
        iw_entry_set_field (entry, name, value);
    }
  va_end (args);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

void
fixture_document (Fixture *self, gboolean directory, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);
  g_autofree char *docid =
      g_strdup_printf ("%s:%s", directory ? "workspace" : FIXTURE_INCIDENT, id);

  g_assert_no_error (error);
  g_ptr_array_add (
      directory ? self->directory : self->documents,
      iw_document_new_take (docid, "1-0", json_object_ref (json_node_get_object (node))));
}

static void
declare (Fixture *self)
{
  fixture_decide (self, "d1", IW_ENTRY_DETECTION, FIXTURE_DETECTED, "to", "automated-signature",
                  "realm", "own", NULL);
  fixture_decide (self, "c1", IW_ENTRY_CLASSIFICATION, FIXTURE_DECLARED, "to", "crsi", "access",
                  "occurred", "duty", "legal", "statement", "The log shows it.", "declared_by",
                  "A. Sato", "customer_impact", "Mail of three people was read.", "resource_access",
                  "With a session token that was stolen.", "repair_steps",
                  "End all sessions and set new passwords.", "link", FIXTURE_INCIDENT ":entry-d1",
                  NULL);
  fixture_decide (self, "r1", IW_ENTRY_ROLE, FIXTURE_DECLARED, "role", "communications", "to",
                  "M. Ito", NULL);
}

static void
affect (Fixture *self)
{
  fixture_document (self, FALSE, "scope-1",
                    "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Contoso\","
                    "\"contact\":\"K. Berg\",\"mail\":\"k.berg@contoso.example\"}");
  fixture_document (self, FALSE, "scope-2",
                    "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Fabrikam\"}");
  fixture_document (self, FALSE, "scope-3",
                    "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Tailspin\","
                    "\"mail\":\"it@tailspin.example\"}");
  fixture_document (self, FALSE, "scope-4",
                    "{\"type\":\"scope\",\"scope_kind\":\"data\",\"name\":\"Mail\"}");
  fixture_document (self, FALSE, "scope-5",
                    "{\"type\":\"scope\",\"scope_kind\":\"service\",\"name\":\"Webmail\"}");
  fixture_decide (self, "s1", IW_ENTRY_SCOPE, FIXTURE_DECLARED, "subject",
                  FIXTURE_INCIDENT ":scope-1", "to", "confirmed", "why", "Log", NULL);
  fixture_decide (self, "s2", IW_ENTRY_SCOPE, FIXTURE_DECLARED, "subject",
                  FIXTURE_INCIDENT ":scope-2", "to", "suspected", "why", "Log", NULL);
  fixture_decide (self, "s3", IW_ENTRY_SCOPE, FIXTURE_DECLARED, "subject",
                  FIXTURE_INCIDENT ":scope-3", "to", "ruled-out", "why", "Log", NULL);
  fixture_decide (self, "s4", IW_ENTRY_SCOPE, FIXTURE_DECLARED, "subject",
                  FIXTURE_INCIDENT ":scope-4", "to", "confirmed", "why", "Log", NULL);
  fixture_decide (self, "s5", IW_ENTRY_SCOPE, FIXTURE_DECLARED, "subject",
                  FIXTURE_INCIDENT ":scope-5", "to", "suspected", "why", "Log", NULL);
}

static void
plan (Fixture *self)
{
  fixture_document (self, FALSE, "task-1",
                    "{\"type\":\"task\",\"title\":\"End all sessions\",\"phase\":\"containment\"}");
  fixture_document (self, FALSE, "task-2",
                    "{\"type\":\"task\",\"title\":\"Rotate keys\",\"phase\":\"eradication\"}");
  fixture_document (self, FALSE, "task-3",
                    "{\"type\":\"task\",\"title\":\"Tune the rule\",\"phase\":\"follow-up\"}");
  fixture_decide (self, "t1", IW_ENTRY_TASK, FIXTURE_DECLARED, "subject",
                  FIXTURE_INCIDENT ":task-1", "to", "done", NULL);
}

Fixture *
fixture_new (gboolean known)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  self->directory = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  fixture_document (self, FALSE, "incident",
                    known
                        ? "{\"type\":\"incident\",\"title\":\"Phished administrator\",\"summary\":"
                          "\"An administrator was phished.\",\"zone\":\"Europe/Berlin\"}"
                        : "{\"type\":\"incident\",\"title\":\"Phished administrator\"}");
  if (!known)
    return self;
  declare (self);
  affect (self);
  plan (self);
  fixture_document (self, TRUE, "person-1",
                    "{\"type\":\"person\",\"name\":\"M. Ito\",\"mail\":\"ito@example.org\"}");
  return self;
}

IwSituation *
fixture_situation (Fixture *self, gint64 now)
{
  return iw_situation_new (FIXTURE_INCIDENT, self->entries, self->documents, self->directory, now);
}
