/* evidence-fixture.h: files, and what people decide about them */
#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "import-fixture.h"
#include "iw-evidence-add.h"
#include "iw-evidence-export.h"
#include "iw-evidence-gate.h"
#include "iw-evidence-verify.h"
#include "iw-form.h"

static inline GFile *
evidence_file (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = fixture_file (dir, name, text, -1);

  return g_file_new_for_path (path);
}

/* Adds a file with a text. (transfer full): its document. */
static inline char *
evidence_add_text (Workspace *w, const char *name, const char *text)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  char *docid;

  g_ptr_array_add (files, evidence_file (dir, name, text));
  results = iw_evidence_add (w->store, w->incident, files, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((IwEvidenceAdded *)results->pdata[0])->outcome, ==, IW_EVIDENCE_ADDED);
  docid = g_strdup (((IwEvidenceAdded *)results->pdata[0])->docid);
  iw_test_remove_dir (dir);
  return docid;
}

static inline char *
evidence_sha256 (Workspace *w, const char *docid)
{
  g_autoptr (JsonObject) body = iw_store_get (w->store, docid, NULL, NULL);

  return g_strdup (json_object_get_string_member (body, "sha256"));
}

/* As a disk that fails would: one bit of the stored copy is another. */
static inline void
evidence_flip (Workspace *w, const char *docid)
{
  g_autofree char *sha256 = evidence_sha256 (w, docid);
  g_autofree char *path = iw_blobs_path (iw_store_get_dir (w->store), sha256);
  g_autofree char *content = NULL;
  gsize n;

  g_assert_true (g_file_get_contents (path, &content, &n, NULL));
  content[n / 2] ^= 0x10;
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_true (g_file_set_contents (path, content, n, NULL));
}

static inline IwSituation *
evidence_situation (Workspace *w)
{
  g_autoptr (GError) error = NULL;
  IwSituation *situation = iw_query_situation (w->store, w->incident, 0, &error);

  g_assert_no_error (error);
  return situation;
}

/* Decides through the form: @values: field, value, …, NULL. (transfer full): the entry's id. */
static inline char *
evidence_decide (Workspace *w, const char *kind, const char *subject, const char *const *values)
{
  g_autoptr (IwSituation) situation = evidence_situation (w);
  g_autoptr (IwForm) form = iw_form_new (iw_form_kind_find (kind), situation, subject, "A. Sato");
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree IwChange *changes = NULL;

  for (; *values != NULL; values += 2)
    {
      IwForm *next = iw_form_set (form, values[0], values[1]);

      iw_form_unref (form);
      form = next;
    }
  documents = iw_form_write (form, iw_store_get_context (w->store), &error);
  g_assert_no_error (error);
  changes = g_new0 (IwChange, documents->len);
  for (guint i = 0; i < documents->len; i++)
    changes[i] = (IwChange){ iw_document_get_id (documents->pdata[i]),
                             iw_document_get_body (documents->pdata[i]) };
  iw_store_apply (w->store, "Decide", changes, documents->len, 1, &error);
  g_assert_no_error (error);
  return g_strdup (iw_document_get_id (documents->pdata[0]));
}

static inline char *
evidence_mark (Workspace *w, const char *docid, const char *marks)
{
  const char *const values[] = { "marks", marks, "why", "A customer’s mailbox", NULL };

  return evidence_decide (w, "marking", docid, values);
}

static inline char *
evidence_approve (Workspace *w, const char *items, const char *recipient, const char *by)
{
  const char *const values[] = { "items",         items,         "recipient", recipient, "purpose",
                                 "Their request", "approved_by", by,          NULL };

  return evidence_decide (w, "approval", NULL, values);
}

/* Entries of a kind. (transfer full) */
static inline GPtrArray *
evidence_entries (Workspace *w, IwEntryKind kind)
{
  g_autoptr (GPtrArray) all = iw_query_entries (w->store, w->incident, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    if (iw_entry_get_kind (all->pdata[i]) == kind)
      g_ptr_array_add (found, g_object_ref (all->pdata[i]));
  return found;
}

static inline guint
evidence_count (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
