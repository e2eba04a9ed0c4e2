#include "cache/memcached/reply_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace cachify::cache::memcached {
namespace {

constexpr std::array<std::pair<std::string_view, ReplyKind>, 21> kWords{{
    {"HD", ReplyKind::done},
    {"VA", ReplyKind::value},
    {"EN", ReplyKind::miss},
    {"NF", ReplyKind::notFound},
    {"NS", ReplyKind::notStored},
    {"EX", ReplyKind::exists},
    {"MN", ReplyKind::noop},
    {"STORED", ReplyKind::done},
    {"VALUE", ReplyKind::value},
    {"DELETED", ReplyKind::done},
    {"TOUCHED", ReplyKind::done},
    {"OK", ReplyKind::done},
    {"NOT_FOUND", ReplyKind::notFound},
    {"NOT_STORED", ReplyKind::notStored},
    {"EXISTS", ReplyKind::exists},
    {"VERSION", ReplyKind::version},
    {"STAT", ReplyKind::stat},
    {"END", ReplyKind::end},
    {"ERROR", ReplyKind::unknownCommand},
    {"CLIENT_ERROR", ReplyKind::clientError},
    {"SERVER_ERROR", ReplyKind::serverError},
}};

/// Cuts the first word off `line`.
std::string_view takeWord(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

template <class T>
std::optional<T> parseNumber(std::string_view text) {
  T number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool isNumber(std::string_view line) {
  return !line.empty() && std::ranges::all_of(line, [](char c) { return c >= '0' && c <= '9'; });
}

// Consumed bytes are dropped in pieces of this size, so that a pipeline's replies are not moved one by one.
constexpr std::size_t kCompactBytes = 64 << 10;

}  // namespace

std::optional<std::string_view> Reply::flag(char name) const {
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto word = takeWord(rest);
    if (!word.empty() && word.front() == name) return word.substr(1);
  }
  return std::nullopt;
}

std::int64_t Reply::number(char name, std::int64_t otherwise) const {
  const auto token = flag(name);
  return token ? parseNumber<std::int64_t>(*token).value_or(otherwise) : otherwise;
}

std::uint64_t Reply::cas() const {
  const auto token = flag('c');
  return token ? parseNumber<std::uint64_t>(*token).value_or(0) : 0;
}

void ReplyParser::feed(BytesView bytes) {
  if (at_ >= kCompactBytes || at_ == buffer_.size()) {
    buffer_.erase(0, at_);
    searched_ -= std::min(searched_, at_);
    at_ = 0;
  }
  buffer_.append(bytes);
}

Result<std::optional<Reply>> ReplyParser::next() {
  if (error_) return fail(*error_);
  if (unended_) return finishGets();
  return pending_ ? finishValue() : nextLine();
}

Result<std::optional<Reply>> ReplyParser::nextLine() {
  const auto newline = buffer_.find('\n', std::max(searched_, at_));
  const auto length = std::min(newline, buffer_.size()) - at_;
  if (length > kMaxLineBytes) return broken("a line without end");
  if (newline == std::string::npos) {
    searched_ = buffer_.size();
    return std::optional<Reply>();
  }
  std::string_view line(buffer_.data() + at_, length);
  if (line.ends_with('\r')) line.remove_suffix(1);
  at_ = searched_ = newline + 1;
  if (isNumber(line)) return Reply{.kind = ReplyKind::value, .text = {}, .value = Bytes(line)};
  const auto word = takeWord(line);
  const auto* known = std::ranges::find(kWords, word, [](const auto& entry) { return entry.first; });
  if (known == kWords.end()) return broken("an unknown reply");
  if (known->second != ReplyKind::value)
    return Reply{.kind = known->second, .text = std::string(line), .value = {}};
  const bool isSound = word == "VA" ? beginValue(line) : beginGets(line);
  if (!isSound) return broken("a value of impossible size");
  return finishValue();
}

/// "<bytes> <flags>*"
bool ReplyParser::beginValue(std::string_view line) {
  const auto bytes = parseNumber<std::uint64_t>(takeWord(line));
  if (!bytes || *bytes > kMaxValueBytes) return false;
  pendingBytes_ = *bytes;
  pending_ = Reply{.kind = ReplyKind::value, .text = std::string(line), .value = {}};
  inGets_ = false;
  return true;
}

/// "<key> <flags> <bytes> <cas>", told as a meta command would tell it.
bool ReplyParser::beginGets(std::string_view line) {
  takeWord(line);
  const auto flags = parseNumber<std::uint32_t>(takeWord(line));
  const auto bytes = parseNumber<std::uint64_t>(takeWord(line));
  const auto cas = parseNumber<std::uint64_t>(takeWord(line));
  if (!flags || !bytes || !cas || *bytes > kMaxValueBytes) return false;
  pendingBytes_ = *bytes;
  pending_ =
      Reply{.kind = ReplyKind::value, .text = fmt::format("s{} f{} c{}", *bytes, *flags, *cas), .value = {}};
  inGets_ = true;
  return true;
}

Result<std::optional<Reply>> ReplyParser::finishValue() {
  if (buffer_.size() - at_ < pendingBytes_ + 2) return std::optional<Reply>();
  const auto bytes = static_cast<std::size_t>(pendingBytes_);
  if (buffer_.compare(at_ + bytes, 2, "\r\n") != 0) return broken("a value of other size than announced");
  pending_->value.assign(buffer_, at_, bytes);
  at_ += bytes + 2;
  searched_ = at_;
  if (!inGets_) return std::exchange(pending_, std::nullopt);
  unended_ = std::exchange(pending_, std::nullopt);
  return finishGets();
}

/// A VALUE is followed by END: one key was asked for.
Result<std::optional<Reply>> ReplyParser::finishGets() {
  constexpr std::string_view kEnd = "END\r\n";
  const std::size_t there = std::min(buffer_.size() - at_, kEnd.size());
  if (buffer_.compare(at_, there, kEnd, 0, there) != 0) return broken("a value without its end");
  if (there < kEnd.size()) return std::optional<Reply>();
  at_ += kEnd.size();
  searched_ = at_;
  return std::exchange(unended_, std::nullopt);
}

std::unexpected<Error> ReplyParser::broken(std::string_view what) {
  error_ = Error{.code = ErrorCode::connectionFailed,
                 .message = "the server does not speak Memcached's protocol (" + std::string(what) +
                            "); check host and port"}
               .with("reason", std::string("protocol"));
  return fail(*error_);
}

}  // namespace cachify::cache::memcached
