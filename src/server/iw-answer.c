/* What answers have in common. */
#include "config.h"

#include "iw-request-private.h"

#include <string.h>

const char *
iw_answer_word (guint status)
{
  switch (status)
    {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 405:
      return "method_not_allowed";
    case 409:
      return "conflict";
    case 412:
      return "precondition_failed";
    case 413:
      return "document_too_large";
    case 415:
      return "bad_content_type";
    case 416:
      return "requested_range_not_satisfiable";
    case 417:
      return "expectation_failed";
    case 429:
      return "too_many_requests";
    case 431:
      return "request_header_fields_too_large";
    case 503:
      return "service_unavailable";
    case 507:
      return "insufficient_storage";
    default:
      return status >= 500 ? "internal_server_error" : "bad_request";
    }
}

void
iw_answer_as_given (SoupServerMessage *message)
{
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
}

/* Who asked first whether to send a body may send it all the same, and soup, which then reads none,
 * would take that for the next request. */
static void
close_where_asked_first (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_one (headers, "Expect") != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                  "close");
}

void
iw_answer_json (SoupServerMessage *message, guint status, char *json)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  iw_answer_as_given (message);
  if (status >= 400)
    close_where_asked_first (message);
  soup_message_headers_replace (headers, "Cache-Control", "must-revalidate");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, json,
                                    strlen (json));
}

void
iw_answer_error (SoupServerMessage *message, guint status, const char *error, const char *reason)
{
  iw_answer_json (message, status,
                  iw_wire_error_text (error != NULL ? error : iw_answer_word (status), reason));
}
