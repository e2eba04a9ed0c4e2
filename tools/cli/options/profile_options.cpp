#include "options/profile_options.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <filesystem>

#include "core/invalid_value.hpp"
#include "events/profile_json.hpp"
#include "options/bytes_options.hpp"
#include "options/number.hpp"

namespace cachify::cli {

namespace json = boost::json;
using domain::ConnectionProfile;

namespace {

enum class Kind : std::uint8_t { text, path, integer, number };

struct Flag {
  const char* option;
  const char* field;  ///< in a profile's JSON
  Kind kind;
  const char* type;
  const char* description;
};

constexpr std::array kFlags{
    Flag{"--name", "name", Kind::text, "NAME", "1 to 80 characters, unique ignoring case"},
    Flag{"--engine", "engine", Kind::text, "ENGINE", "redis or memcached"},
    Flag{"--host", "host", Kind::text, "HOST", "Name or address (default 127.0.0.1)"},
    Flag{"--port", "port", Kind::integer, "N", "Default 6379 for redis, 11211 for memcached"},
    Flag{"--unix-socket", "unixSocket", Kind::path, "PATH", "Instead of host and port"},
    Flag{"--db", "dbIndex", Kind::integer, "N", "Database of a Redis server"},
    Flag{"--topology", "topology", Kind::text, "T", "standalone, sentinel or cluster"},
    Flag{"--sentinel-master", "sentinelMaster", Kind::text, "NAME",
         "What the Sentinels call the master (default mymaster)"},
    Flag{"--username", "username", Kind::text, "U", "User for authentication"},
    Flag{"--tls-ca", "tls.caFile", Kind::path, "FILE", "Certificates to trust, PEM"},
    Flag{"--tls-cert", "tls.certFile", Kind::path, "FILE", "Client certificate, PEM"},
    Flag{"--tls-key", "tls.keyFile", Kind::path, "FILE",
         "Client key, PEM (default: in the certificate's file)"},
    Flag{"--tls-server-name", "tls.serverName", Kind::text, "NAME",
         "Name to expect in the server's certificate (default: the host)"},
    Flag{"--ssh", "ssh.destination", Kind::text, "DEST",
         "Through a tunnel of your ssh to [user@]host or a Host of its configuration; '' for none"},
    Flag{"--ssh-port", "ssh.port", Kind::integer, "N", "Of the ssh server (0: as the configuration says)"},
    Flag{"--ssh-config", "ssh.configFile", Kind::path, "FILE", "ssh's configuration (default: your own)"},
    Flag{"--env", "environment", Kind::text, "E", "dev, staging or prod (default dev)"},
    Flag{"--timeout-ms", "timeoutMs", Kind::integer, "N", "Of each attempt: 100 to 120000 (default 5000)"},
    Flag{"--retry-attempts", "retryMaxAttempts", Kind::integer, "N", "1 to 10 (default 1)"},
    Flag{"--retry-backoff-ms", "retryBackoffMs", Kind::integer, "N", "0 to 120000 (default 250)"},
    Flag{"--retry-strategy", "retryBackoffStrategy", Kind::text, "S", "fixed or exponential (default fixed)"},
    Flag{"--retry-abort-error-rate", "retryAbortOnErrorRate", Kind::number, "R", "0 to 1 (default 1)"},
    Flag{"--key-separator", "keySeparator", Kind::text, "S", "Between the parts of key names (default :)"},
    Flag{"--slow-op-ms", "slowOpThresholdMs", Kind::integer, "N",
         "From here on an operation counts as slow (default 750)"},
};

struct Switch {
  const char* option;
  const char* field;
  const char* description;
};

constexpr std::array kSwitches{
    Switch{"--favourite,!--no-favourite", "favourite", "First in lists"},
    Switch{"--read-only,!--no-read-only", "readOnly", "Block every change"},
    Switch{"--force-read-only,!--no-force-read-only", "forceReadOnly", "The same, by policy"},
    Switch{"--tls,!--no-tls", "tls.enabled", "Encrypt the connection"},
    Switch{"--tls-verify,!--no-tls-verify", "tls.verify", "Check the server's certificate (default)"},
};

json::value& place(json::object& profile, std::string_view field) {
  const auto dot = field.find('.');
  if (dot == std::string_view::npos) return profile[field];
  return profile[field.substr(0, dot)].as_object()[field.substr(dot + 1)];
}

/// From wherever the profile is used later. Nothing stays nothing, ssh's own word for no file stays
/// that, and what looks like an option is left for the profile's rules to refuse.
std::string absolutePath(const std::string& text) {
  if (text.empty() || text == "none" || text.starts_with('-')) return text;
  std::error_code unknown;
  const auto path = std::filesystem::absolute(text, unknown);
  return unknown ? text : path.lexically_normal().string();
}

Result<json::value> valueOf(const Flag& flag, const std::string& text) {
  if (flag.kind == Kind::text) return json::value(text);
  if (flag.kind == Kind::path) return json::value(absolutePath(text));
  if (flag.kind == Kind::number) {
    const auto number = parseNumber(flag.field, text);
    if (!number) return std::unexpected(number.error());
    return json::value(*number);
  }
  const auto number = parseInteger(flag.field, text);
  if (!number) return std::unexpected(number.error());
  return json::value(*number);
}

/// A URL says where the server is; everything else stays.
Result<std::optional<std::string>> applyUrl(const std::string& url, bool seenByOthers,
                                            ConnectionProfile& profile) {
  auto parsed = domain::parseConnectionUrl(url);
  if (!parsed) return std::unexpected(parsed.error());
  if (parsed->password && seenByOthers) {
    return fail(Error{
        .code = ErrorCode::validationError,
        .message = "other users of this machine can see a password on the command line: leave it out of "
                   "the URL and give it with --password-stdin, or give the whole URL with --url-stdin"}
                    .with("field", std::string("url")));
  }
  const ConnectionProfile& from = parsed->profile;
  profile.engine = from.engine;
  profile.host = from.host;
  profile.port = from.port;
  profile.unixSocket = from.unixSocket;
  profile.dbIndex = from.dbIndex;
  profile.tls.enabled = from.tls.enabled;
  if (!from.username.empty()) profile.username = from.username;
  return std::move(parsed->password);
}

Result<ConnectionProfile> applyFlags(const ConnectionProfile& base, const ProfileOptions& options) {
  json::object profile = events::toJson(base);
  if (options.given.contains("host")) profile["unixSocket"] = "";
  if (options.given.contains("unixSocket")) {
    profile["host"] = "";
    profile["port"] = 0;
  }
  for (const auto& flag : kFlags) {
    const auto found = options.given.find(flag.field);
    if (found == options.given.end()) continue;
    auto value = valueOf(flag, found->second);
    if (!value) return std::unexpected(value.error());
    if (flag.field == std::string_view("port") && *value == 0) {
      // In a profile 0 means "the engine's default", so it must not come from a command line unseen.
      return invalidValue("port", "0", domain::kAllowedPort);
    }
    place(profile, flag.field) = std::move(*value);
  }
  for (const auto& flag : kSwitches) {
    const auto found = options.given.find(flag.field);
    if (found != options.given.end()) place(profile, flag.field) = found->second == "true";
  }
  if (!options.tags.empty()) profile["tags"] = json::array(options.tags.begin(), options.tags.end());
  return events::profileFromJson(profile);
}

}  // namespace

void ProfileOptions::addTo(Arguments& app) {
  for (const auto& flag : kFlags) {
    app.addOption(
           flag.option, [this, field = flag.field](const std::string& text) { given[field] = text; },
           flag.description)
        .typeName(flag.type);
  }
  for (const auto& flag : kSwitches) {
    app.addSwitch(
        flag.option, [this, field = flag.field](bool on) { given[field] = on ? "true" : "false"; },
        flag.description);
  }
  app.addOption("--tag", tags, "May be given several times; an empty one alone takes all tags away")
      .typeName("T")
      .onePerName();
  auto givenUrl = addText(app, "--url", url,
                          "redis://, rediss://, redis+unix:// or memcached://; fills the server's fields");
  auto stdinUrl =
      app.addFlag("--url-stdin", urlFromStdin, "Read the URL from stdin: it may hold the password");
  auto password = app.addFlag("--password-stdin", passwordFromStdin, "Read the password from stdin");
  givenUrl.typeName("URL").excludes(stdinUrl);
  password.excludes(stdinUrl);
  app.addFlag("--clear-password", clearPassword, "Forget the stored password")
      .excludes(password)
      .excludes(stdinUrl);
  auto passphrase =
      app.addFlag("--tls-key-passphrase-stdin", keyPassphraseFromStdin,
                  "Read the TLS key's passphrase from stdin, after URL or password on a line of its own");
  app.addFlag("--clear-tls-key-passphrase", clearKeyPassphrase, "Forget the stored passphrase")
      .excludes(passphrase);
}

bool ProfileOptions::empty() const {
  return given.empty() && tags.empty() && !url && !urlFromStdin && !passwordFromStdin && !clearPassword &&
         !keyPassphraseFromStdin && !clearKeyPassphrase;
}

namespace {

struct StdinTexts {
  std::string first;  ///< URL or password
  std::string keyPassphrase;
};

Result<StdinTexts> readTexts(const ProfileOptions& options) {
  StdinTexts texts;
  const bool hasFirst = options.urlFromStdin || options.passwordFromStdin;
  if (!hasFirst && !options.keyPassphraseFromStdin) return texts;
  auto text = readLineOfStdin();
  if (!text) return std::unexpected(text.error());
  std::string& last = options.keyPassphraseFromStdin ? texts.keyPassphrase : texts.first;
  last = std::move(*text);
  if (hasFirst && options.keyPassphraseFromStdin) {
    const auto end = last.find('\n');
    texts.first = last.substr(0, end);
    if (texts.first.ends_with('\r')) texts.first.pop_back();
    last.erase(0, end == std::string::npos ? end : end + 1);
  }
  if (options.passwordFromStdin && texts.first.empty())
    return fail(ErrorCode::validationError, "stdin held no password; --clear-password takes one away");
  if (options.keyPassphraseFromStdin && texts.keyPassphrase.empty()) {
    return fail(ErrorCode::validationError,
                "stdin held no passphrase for the TLS key; --clear-tls-key-passphrase takes one away");
  }
  return texts;
}

}  // namespace

Result<DescribedProfile> describeProfile(const ConnectionProfile& base, const ProfileOptions& options) {
  ConnectionProfile profile = base;
  DescribedProfile described{.profile = {}, .secrets = actions::KeepSecret{}};
  auto texts = readTexts(options);
  if (!texts) return std::unexpected(texts.error());
  std::optional<std::string> url = options.url;
  if (options.urlFromStdin) url = texts->first;
  if (url) {
    auto password = applyUrl(*url, !options.urlFromStdin, profile);
    if (!password) return std::unexpected(password.error());
    if (*password) described.secrets.password = SecretText(std::move(**password));
  }
  auto complete = applyFlags(profile, options);
  if (!complete) return std::unexpected(complete.error());
  described.profile = std::move(*complete);
  if (options.clearPassword) described.secrets.password = actions::ClearSecret{};
  if (options.passwordFromStdin) described.secrets.password = SecretText(std::move(texts->first));
  if (options.clearKeyPassphrase) described.secrets.tlsKeyPassphrase = actions::ClearSecret{};
  if (options.keyPassphraseFromStdin)
    described.secrets.tlsKeyPassphrase = SecretText(std::move(texts->keyPassphrase));
  return described;
}

}  // namespace cachify::cli
