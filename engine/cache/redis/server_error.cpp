#include "cache/redis/server_error.hpp"

#include <algorithm>
#include <array>

#include "core/bytes.hpp"

namespace cachify::cache::redis {
namespace {

struct Meaning {
  std::string_view word;  ///< the error's first word
  ErrorCode code;
  bool retryable;
  std::string_view message;
};

// Codes as the Redis documentation and `redis-cli` users know them. What passes by itself is retryable.
constexpr std::array kMeanings{
    Meaning{"LOADING", ErrorCode::connectionFailed, true, "the server is still loading its data"},
    Meaning{"BUSY", ErrorCode::connectionFailed, true, "the server is busy running a script"},
    Meaning{"TRYAGAIN", ErrorCode::connectionFailed, true, "the cluster is moving these keys"},
    Meaning{"CLUSTERDOWN", ErrorCode::connectionFailed, true, "the cluster is down or not complete"},
    Meaning{"MASTERDOWN", ErrorCode::connectionFailed, true, "this replica has lost its master"},
    Meaning{"NOAUTH", ErrorCode::unauthorized, false,
            "the server asks for a password; the connection has none"},
    Meaning{"WRONGPASS", ErrorCode::unauthorized, false, "user name or password are wrong"},
    Meaning{"NOPERM", ErrorCode::unauthorized, false, "the server's user has no right to do this"},
    Meaning{"DENIED", ErrorCode::unauthorized, false,
            "the server is in protected mode and takes local clients only"},
    Meaning{"WRONGTYPE", ErrorCode::conflict, false, "the key holds a value of another type"},
    Meaning{"BUSYKEY", ErrorCode::conflict, false, "the key exists already"},
    Meaning{
        "OOM", ErrorCode::conflict, false,
        "the server has reached its memory limit (maxmemory) and takes no writes; free or evict keys first"},
    Meaning{"MISCONF", ErrorCode::conflict, false,
            "the server cannot save to its disk and therefore takes no writes"},
    Meaning{"NOREPLICAS", ErrorCode::conflict, false, "the server has too few replicas to take writes"},
    Meaning{"READONLY", ErrorCode::notSupported, false,
            "this server is a read-only replica; connect to its master to change data"},
    Meaning{
        "MOVED", ErrorCode::notSupported, false,
        "this server is part of a cluster, and the key lies at another node; the connection's topology must "
        "be cluster"},
    Meaning{"ASK", ErrorCode::notSupported, false,
            "this server is part of a cluster, and the key is being moved; the connection's topology must be "
            "cluster"},
    Meaning{"CROSSSLOT", ErrorCode::notSupported, false, "the keys lie in different slots of the cluster"},
};

// Errors that say just "ERR" are told apart by how they go on.
constexpr std::array kGenericMeanings{
    Meaning{"unknown command", ErrorCode::notSupported, false, "the server does not know this command"},
    Meaning{"unknown subcommand", ErrorCode::notSupported, false, "the server does not know this command"},
    Meaning{"syntax error", ErrorCode::notSupported, false,
            "the server does not know an option of this command"},
    Meaning{"wrong number of arguments", ErrorCode::notSupported, false,
            "the server does not know this form of the command"},
    Meaning{"DUMP payload version or checksum are wrong", ErrorCode::notSupported, false,
            "the server cannot read this DUMP: it was made by a newer server, or is damaged"},
    Meaning{"no such key", ErrorCode::notFound, false, "there is no such key"},
    Meaning{"DB index is out of range", ErrorCode::validationError, false,
            "the server has no database of this index"},
    Meaning{"max number of clients", ErrorCode::connectionFailed, true,
            "the server has as many clients as it takes"},
    Meaning{"AUTH <password> called without", ErrorCode::unauthorized, false,
            "a password is set here, but the server has none for this user"},
    Meaning{"Client sent AUTH, but no password is set", ErrorCode::unauthorized, false,
            "a password is set here, but the server has none"},
    Meaning{"invalid password", ErrorCode::unauthorized, false, "the password is wrong"},
};

constexpr Meaning kUnknown{"", ErrorCode::internalError, false, "the server refused the command"};

std::string_view firstWord(std::string_view text) {
  return text.substr(0, text.find(' '));
}

std::string_view afterFirstWord(std::string_view text) {
  const auto blank = text.find(' ');
  return blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
}

/// "… to run the 'config|get' command": CONFIG GET; nothing for any other text.
std::string refusedCommand(std::string_view text) {
  constexpr std::string_view kBefore = "to run the '";
  const auto begin = text.find(kBefore);
  if (begin == std::string_view::npos) return {};
  const auto name = text.substr(begin + kBefore.size());
  std::string command = escapeForDisplay(name.substr(0, name.find('\'')).substr(0, 60));
  std::ranges::transform(command, command.begin(), [](char c) {
    return c == '|' ? ' ' : c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
  });
  return command;
}

const Meaning& meaningOf(std::string_view text) {
  for (const auto& meaning : kMeanings) {
    if (meaning.word == firstWord(text)) return meaning;
  }
  for (const auto& meaning : kGenericMeanings) {
    if (afterFirstWord(text).starts_with(meaning.word)) return meaning;
  }
  return kUnknown;
}

}  // namespace

Error classify(std::string_view text) {
  const Meaning& meaning = meaningOf(text);
  const auto quoted = text.find(", with args beginning with");
  const std::string shown = escapeForDisplay(text.substr(0, std::min<std::size_t>(quoted, 500)));
  std::string message(meaning.message);
  if (&meaning == &kUnknown) message += ": " + shown;
  if (meaning.word == "NOPERM") {
    const std::string command = refusedCommand(text);
    message += command.empty() ? " with these keys" : ": " + command;
  }
  return Error{.code = meaning.code, .message = std::move(message), .retryable = meaning.retryable}
      .with("serverError", escapeForDisplay(firstWord(text).substr(0, 40)))
      .with("serverMessage", shown);
}

std::optional<Error> passingError(std::span<const Reply> replies) {
  for (const Reply& reply : replies) {
    if (!reply.isError()) continue;
    if (Error error = classify(reply.text); error.retryable) return error;
  }
  return std::nullopt;
}

bool refusesCommand(std::string_view text) {
  // "… has no permissions to run the 'dump' command", in all versions; the rest is about keys and channels.
  return text.starts_with("NOPERM") && text.find("to run the") != std::string_view::npos;
}

bool isUnknownCommand(std::string_view text) {
  return text.starts_with("ERR unknown command") || text.starts_with("ERR unknown subcommand");
}

bool withholdsCommand(std::string_view text) {
  return refusesCommand(text) || isUnknownCommand(text);
}

}  // namespace cachify::cache::redis
