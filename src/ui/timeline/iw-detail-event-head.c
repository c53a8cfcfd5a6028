/* The head of an event in the detail pane: its message, its time as the source has it and
 * corrected, and where it stands in which file. */
#include "config.h"

#include "iw-detail-pane-private.h"

#include <glib/gi18n-lib.h>

#include "iw-timeline-row-text.h"

static void
add_times (IwDetailPane *self, GtkListBox *facts, IwTimelineRow *row)
{
  const IwEvent *event = iw_timeline_row_get_event (row);
  gint64 skew = iw_timeline_row_get_skew (row);
  g_autofree char *source = iw_detail_format_time (self, event->time);
  g_autofree char *corrected = NULL;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  if (skew == 0)
    {
      iw_detail_add_fact (facts, _ ("Time"), source);
      return;
    }
  corrected = iw_detail_format_time (
      self, (IwTime){ iw_timeline_row_get_time (row), event->time.precision });
  words = iw_row_format_correction (skew);
  /* Translators: a time, and the correction of the source's clock: "3 Nov 2026 03:04:11 UTC (+90
   * s)" */
  text = g_strdup_printf (_ ("%s (%s)"), corrected, words);
  iw_detail_add_fact (facts, _ ("Time as the Source Has It"), source);
  iw_detail_add_fact (facts, _ ("Time, Clock Corrected"), text);
}

static void
add_place (GtkListBox *facts, IwTimelineRow *row)
{
  const IwEvent *event = iw_timeline_row_get_event (row);
  IwEvidence *evidence = iw_timeline_row_get_evidence (row);
  /* Translators: where a record stands in a file */
  g_autofree char *place = g_strdup_printf (
      _ ("Row %'" G_GINT64_FORMAT ", line %'" G_GINT64_FORMAT), event->row, event->line);

  if (evidence != NULL)
    iw_detail_add_fact (facts, _ ("File"), iw_evidence_get_name (evidence));
  iw_detail_add_fact (facts, _ ("Place in the File"), place);
  if (event->duplicate)
    iw_detail_add_fact (facts, _ ("Duplicate"), _ ("The same row stands earlier in the file"));
}

static GtkWidget *
make_title (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = iw_detail_make_heading (_ ("Machine Event"));

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (
      GTK_BOX (box),
      iw_detail_make_button ("list-add-symbolic", _ ("Promote to an Entry"), "timeline.promote"));
  gtk_box_append (GTK_BOX (box),
                  iw_detail_make_button ("edit-copy-symbolic", _ ("Copy Event"), "timeline.copy"));
  return box;
}

GtkWidget *
iw_detail_make_event_head (IwDetailPane *self, IwTimelineRow *row)
{
  const IwEvent *event = iw_timeline_row_get_event (row);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  /* the first of it, as one paragraph: the field below has all, line by line */
  g_autofree char *text = g_strdelimit (g_strdup (event->message), "\r\n\t", ' ');
  GtkWidget *message = iw_detail_make_text (text);
  GtkListBox *facts = iw_detail_make_facts ();

  gtk_label_set_lines (GTK_LABEL (message), 4);
  gtk_label_set_ellipsize (GTK_LABEL (message), PANGO_ELLIPSIZE_END);
  add_times (self, facts, row);
  iw_detail_add_fact (facts, _ ("What the Time Means"), event->desc);
  iw_detail_add_fact (facts, _ ("Log"), event->origin);
  iw_detail_add_fact (facts, _ ("Host"), event->host);
  iw_detail_add_fact (facts, _ ("User"), event->actor);
  add_place (facts, row);
  gtk_box_append (GTK_BOX (box), make_title ());
  gtk_box_append (GTK_BOX (box), message);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (facts));
  gtk_box_append (GTK_BOX (box), iw_detail_make_heading (_ ("Fields")));
  return box;
}
