/* first-frame.c: an LD_PRELOAD module that tells when a GTK program has painted its first frame.
 *
 * Prints the microseconds since FIRST_FRAME_SINCE (CLOCK_MONOTONIC, µs, set by whoever starts the
 * program) and ends the process, so that two programs are measured by the same rule. FIRST_FRAME_SETTLE
 * names a number of milliseconds to wait after that before the resident memory is read, too.
 */
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static gint64 painted;

static gboolean
report (gpointer data)
{
  long pages = 0;
  FILE *statm = fopen ("/proc/self/statm", "r");

  if (statm != NULL)
    {
      if (fscanf (statm, "%*d %ld", &pages) != 1)
        pages = 0;
      fclose (statm);
    }
  printf ("first-frame %" G_GINT64_FORMAT " rss-kib %ld\n", painted, pages * (sysconf (_SC_PAGESIZE) / 1024));
  fflush (stdout);
  _exit (0);
}

static void
after_paint (GdkFrameClock *clock, gpointer data)
{
  const char *settle = g_getenv ("FIRST_FRAME_SETTLE");

  if (painted != 0)
    return;
  painted = g_get_monotonic_time () - g_ascii_strtoll (g_getenv ("FIRST_FRAME_SINCE"), NULL, 10);
  if (settle == NULL)
    report (NULL);
  else
    g_timeout_add (atoi (settle), report, NULL);
}

static gboolean
look_for_window (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (!gtk_widget_get_mapped (window))
        continue;
      g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint), NULL);
      gtk_widget_queue_draw (window);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
init (void)
{
  if (g_getenv ("FIRST_FRAME_SINCE") == NULL)
    return;
  g_unsetenv ("LD_PRELOAD");
  g_timeout_add_full (G_PRIORITY_HIGH, 1, look_for_window, NULL, NULL);
}
