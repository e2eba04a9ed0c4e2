#include "cache/redis/cluster/redirect.hpp"

#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {

std::optional<Redirect> redirectIn(std::string_view errorReply) {
  if (errorReply.starts_with("TRYAGAIN")) return Redirect{.kind = Redirect::Kind::tryAgain, .to = {}};
  const bool moved = errorReply.starts_with("MOVED ");
  if (!moved && !errorReply.starts_with("ASK ")) return std::nullopt;
  const auto blank = errorReply.rfind(' ');
  auto to = NodeAddress::parse(errorReply.substr(blank + 1));
  if (!to) return std::nullopt;
  return Redirect{.kind = moved ? Redirect::Kind::moved : Redirect::Kind::ask, .to = *std::move(to)};
}

std::optional<Redirect> redirectIn(const Error& error) {
  const auto* text = error.detail("serverMessage");
  if (text == nullptr || !std::holds_alternative<std::string>(*text)) return std::nullopt;
  return redirectIn(std::get<std::string>(*text));
}

Error redirected(std::string_view errorReply) {
  Error error = classify(errorReply);
  error.code = ErrorCode::connectionFailed;
  error.retryable = true;
  error.message = "the cluster is moving these keys";
  return error;
}

}  // namespace cachify::cache::redis
