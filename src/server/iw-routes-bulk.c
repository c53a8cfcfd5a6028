/* Routes that take or give many documents at a time. */
#include "config.h"

#include "iw-handlers.h"

const IwRoute iw_routes_bulk[] = {
  { "POST", "/{db}/_bulk_docs", IW_NEEDS_WRITER, IW_BODY_LARGE, iw_handle_bulk_docs },
  { "POST", "/{db}/_bulk_get", IW_NEEDS_MEMBER, IW_BODY_LARGE, iw_handle_bulk_get },
  { "GET", "/{db}/_all_docs", IW_NEEDS_MEMBER, IW_BODY_NONE, iw_handle_all_docs_get },
  { "POST", "/{db}/_all_docs", IW_NEEDS_MEMBER, IW_BODY_LARGE, iw_handle_all_docs_post },
  { "GET", "/{db}/_design_docs", IW_NEEDS_MEMBER, IW_BODY_NONE, iw_handle_design_docs },
  { "POST", "/{db}/_revs_diff", IW_NEEDS_MEMBER, IW_BODY_LARGE, iw_handle_revs_diff },
  { "POST", "/{db}/_missing_revs", IW_NEEDS_MEMBER, IW_BODY_LARGE, iw_handle_missing_revs },
  { "POST", "/{db}/_purge", IW_NEEDS_DB_ADMIN, IW_BODY_LARGE, iw_handle_purge },
  { NULL },
};
