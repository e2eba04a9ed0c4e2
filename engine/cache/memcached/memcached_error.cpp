#include "cache/memcached/memcached_error.hpp"

namespace cachify::cache::memcached {

bool asksForAuthentication(const Reply& reply) {
  return reply.kind == ReplyKind::clientError && reply.text == "unauthenticated";
}

Error errorFrom(const Reply& reply) {
  const std::string text = escapeForDisplay(reply.text);
  if (asksForAuthentication(reply)) {
    return {.code = ErrorCode::unauthorized,
            .message = "the server asks for a user name and a password; set them in the profile"};
  }
  switch (reply.kind) {
    case ReplyKind::unknownCommand:
      return {.code = ErrorCode::notSupported,
              .message = "the server does not know the command" + (text.empty() ? "" : " (" + text + ")")};
    case ReplyKind::clientError:
      if (text == "cannot increment or decrement non-numeric value") {
        return {.code = ErrorCode::conflict,
                .message = "the value is no whole number of 64 bits; nothing was changed"};
      }
      return {.code = ErrorCode::internalError,
              .message = "the server did not understand the command: " + text};
    case ReplyKind::serverError:
      if (text.starts_with("object too large")) {
        return {.code = ErrorCode::validationError,
                .message = "the value is larger than this server takes (its option -I)"};
      }
      if (text.starts_with("out of memory")) {
        return {.code = ErrorCode::conflict,
                .message = "the server has no memory left for the value (" + text +
                           "); delete something first, or give it more (its option -m)"};
      }
      return {.code = ErrorCode::internalError, .message = "the server failed: " + text};
    default:
      return Error{.code = ErrorCode::connectionFailed,
                   .message = "the server's answer does not fit the question"}
          .with("reason", std::string("protocol"));
  }
}

}  // namespace cachify::cache::memcached
