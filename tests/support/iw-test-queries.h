/* iw-test-queries.h: what a test asks a store where an error means that it failed. */
#pragma once

#include "iw-queries.h"

static inline guint
iw_test_count_incidents (IwStore *store, const IwIncidentsFilter *filter)
{
  g_autoptr (GError) error = NULL;
  guint n = G_MAXUINT;

  iw_query_count_incidents (store, filter, &n, &error);
  g_assert_no_error (error);
  return n;
}
