#include <fmt/format.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <optional>

#include "core/bytes.hpp"
#include "domain/profile.hpp"

namespace cachify::domain {
namespace {

std::unexpected<Error> badUrl(std::string_view why) {
  // The text itself may hold a password, so it is not repeated.
  return fail(Error{
      .code = ErrorCode::validationError,
      .message = fmt::format("not a connection URL ({}): expected redis://, rediss://, redis+unix:// or "
                             "memcached:// with [user[:password]@]host[:port][/db]",
                             why)}
                  .with("field", std::string("url")));
}

Result<std::uint32_t> parseDb(std::string_view text) {
  std::uint32_t db = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), db);
  if (error != std::errc() || end != text.data() + text.size()) return badUrl("the database is not a number");
  return db;
}

/// Boost.URL 1.81 reads past the end of an empty query in front of a fragment (redis://host?#x): its params()
/// are not used.
std::optional<std::string> databaseInQuery(const boost::urls::url_view& url) {
  std::optional<std::string> database;
  for (BytesView rest = url.encoded_query(); !rest.empty();) {
    const BytesView param = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(param.size() + 1, rest.size()));
    const auto value =
        boost::urls::make_pct_string_view(param.substr(std::min<std::size_t>(3, param.size())));
    if (param.starts_with("db=") && value) database = value->decode();
  }
  return database;
}

Result<void> readDatabase(const boost::urls::url_view& url, std::string_view pathDb,
                          ConnectionProfile& profile) {
  std::string text(pathDb);
  if (auto named = databaseInQuery(url)) text = *std::move(named);
  if (text.empty()) return {};
  const auto db = parseDb(text);
  if (!db) return std::unexpected(db.error());
  profile.dbIndex = *db;
  return {};
}

Result<void> readScheme(std::string_view scheme, ConnectionProfile& profile) {
  if (scheme == "memcached") {
    profile.engine = CacheEngine::memcached;
  } else if (scheme == "rediss") {
    profile.tls.enabled = true;
  } else if (scheme != "redis" && scheme != "redis+unix") {
    return badUrl("unknown scheme");
  }
  return {};
}

}  // namespace

Result<ParsedUrl> parseConnectionUrl(std::string_view text) {
  const auto parsed = boost::urls::parse_uri(trimAscii(text));
  if (!parsed) return badUrl("malformed");
  const boost::urls::url_view url = *parsed;
  ParsedUrl result;
  ConnectionProfile& profile = result.profile;
  const std::string scheme = toLowerAscii(std::string_view(url.scheme()));
  if (auto ok = readScheme(scheme, profile); !ok) return std::unexpected(ok.error());
  profile.username = url.user();
  if (url.has_password()) result.password = url.password();

  const std::string path = url.path();
  if (scheme == "redis+unix") {
    if (!url.encoded_host().empty())
      return badUrl("a socket's path starts with a third slash: redis+unix:///path");
    profile.host.clear();
    profile.unixSocket = path;
    if (path.size() < 2) return badUrl("the socket's path is missing");
    if (path.front() != '/') return badUrl("a socket's path starts with /");
    if (auto ok = readDatabase(url, {}, profile); !ok) return std::unexpected(ok.error());
    return result;
  }
  profile.host = url.host_address();
  if (profile.host.empty()) return badUrl("the host is missing");
  if (url.has_port() && !url.port().empty()) {
    profile.port = url.port_number();
    if (profile.port == 0) return badUrl("the port is not between 1 and 65535");
  } else {
    profile.port = defaultPort(profile.engine);
  }
  // Boost.URL 1.81 takes what follows a port's digits for a path: redis://host:12x
  if (!path.empty() && path.front() != '/') return badUrl("the port is not a number");
  const std::string_view pathDb = path.empty() ? std::string_view{} : std::string_view(path).substr(1);
  if (auto ok = readDatabase(url, pathDb, profile); !ok) return std::unexpected(ok.error());
  return result;
}

}  // namespace cachify::domain
