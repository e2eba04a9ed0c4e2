#include "domain/value_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/digest.hpp"
#include "core/invalid_value.hpp"

namespace cachify::domain {
namespace {

struct Facts {
  std::string_view name;
  ValueType type;
  Action action;
};

struct FactsOf {
  Facts operator()(const SetFields&) const { return {"hash.set", ValueType::hash, Action::set}; }
  Facts operator()(const RemoveFields&) const { return {"hash.remove", ValueType::hash, Action::remove}; }
  Facts operator()(const ExpireFields&) const { return {"hash.ttl", ValueType::hash, Action::set}; }
  Facts operator()(const PushItems&) const { return {"list.push", ValueType::list, Action::set}; }
  Facts operator()(const InsertItem&) const { return {"list.insert", ValueType::list, Action::set}; }
  Facts operator()(const ReplaceItem&) const { return {"list.set", ValueType::list, Action::set}; }
  Facts operator()(const RemoveItem&) const { return {"list.remove", ValueType::list, Action::remove}; }
  Facts operator()(const AddMembers&) const { return {"set.add", ValueType::set, Action::set}; }
  Facts operator()(const RemoveMembers&) const { return {"set.remove", ValueType::set, Action::remove}; }
  Facts operator()(const AddScored&) const { return {"zset.add", ValueType::zset, Action::set}; }
  Facts operator()(const IncrementScore&) const { return {"zset.increment", ValueType::zset, Action::set}; }
  Facts operator()(const RemoveScored&) const { return {"zset.remove", ValueType::zset, Action::remove}; }
  Facts operator()(const AddEntry&) const { return {"stream.add", ValueType::stream, Action::set}; }
  Facts operator()(const RemoveEntries&) const {
    return {"stream.remove", ValueType::stream, Action::remove};
  }
  Facts operator()(const TrimEntries&) const { return {"stream.trim", ValueType::stream, Action::remove}; }
  Facts operator()(const ExtendText& c) const {
    return {c.end == End::right ? "keys.append" : "keys.prepend", ValueType::string, Action::set};
  }
  Facts operator()(const IncrementNumber&) const {
    return {"keys.increment", ValueType::string, Action::set};
  }
  Facts operator()(const SetJson&) const { return {"json.set", ValueType::json, Action::set}; }
  Facts operator()(const RemoveJson&) const { return {"json.remove", ValueType::json, Action::remove}; }
};

Facts factsOf(const ValueChange& change) {
  return std::visit(FactsOf{}, change);
}

/// Every part framed by its length, as in a content digest.
class ChangeDigest {
 public:
  ChangeDigest& operator<<(BytesView bytes) {
    *this << static_cast<std::int64_t>(bytes.size());
    hash_.update(bytes);
    return *this;
  }
  ChangeDigest& operator<<(std::int64_t number) {
    std::array<char, 8> bigEndian{};
    const auto bits = static_cast<std::uint64_t>(number);
    for (unsigned i = 0; i < 8; ++i) bigEndian[i] = static_cast<char>(bits >> (56 - 8 * i));
    hash_.update(BytesView(bigEndian.data(), bigEndian.size()));
    return *this;
  }
  ChangeDigest& operator<<(const std::vector<Bytes>& parts) {
    for (const auto& part : parts) *this << BytesView(part);
    return *this;
  }
  ChangeDigest& operator<<(const std::vector<HashEntry>& fields) {
    for (const auto& entry : fields) *this << BytesView(entry.field) << BytesView(entry.value);
    return *this;
  }
  ChangeDigest& operator<<(const std::vector<ScoredMember>& members) {
    for (const auto& item : members) *this << BytesView(item.score) << BytesView(item.member);
    return *this;
  }
  template <class E>
  requires std::is_enum_v<E> ChangeDigest& operator<<(E word) {
    return *this << static_cast<std::int64_t>(word);
  }
  [[nodiscard]] Digest finish() { return hash_.finish(); }

 private:
  Sha256 hash_;
};

struct WriteParts {
  ChangeDigest& out;

  void operator()(const SetFields& c) const { out << std::int64_t{c.onlyIfAbsent} << c.fields; }
  void operator()(const RemoveFields& c) const { out << c.fields; }
  void operator()(const ExpireFields& c) const {
    out << (c.ttl ? std::int64_t{c.ttl->count()} : std::int64_t{-1}) << c.fields;
  }
  void operator()(const PushItems& c) const { out << c.end << c.items; }
  void operator()(const InsertItem& c) const { out << c.side << BytesView(c.pivot) << BytesView(c.item); }
  void operator()(const ReplaceItem& c) const {
    out << c.index << BytesView(c.expected) << BytesView(c.item);
  }
  void operator()(const RemoveItem& c) const { out << c.index << BytesView(c.expected); }
  void operator()(const AddMembers& c) const { out << c.members; }
  void operator()(const RemoveMembers& c) const { out << c.members; }
  void operator()(const AddScored& c) const { out << c.rule << c.members; }
  void operator()(const IncrementScore& c) const { out << BytesView(c.member) << BytesView(c.by); }
  void operator()(const RemoveScored& c) const { out << c.members; }
  void operator()(const AddEntry& c) const { out << BytesView(c.id) << c.fields; }
  void operator()(const RemoveEntries& c) const { out << c.ids; }
  void operator()(const TrimEntries& c) const { out << static_cast<std::int64_t>(c.maxLength); }
  void operator()(const ExtendText& c) const { out << c.end << BytesView(c.text); }
  void operator()(const IncrementNumber& c) const { out << c.by; }
  void operator()(const SetJson& c) const { out << BytesView(c.path) << BytesView(c.json); }
  void operator()(const RemoveJson& c) const { out << BytesView(c.path); }
};

template <class T>
Result<void> mustHave(const std::vector<T>& elements) {
  if (!elements.empty()) return {};
  return fail(Error{.code = ErrorCode::validationError, .message = "name at least one element"}.with(
      "field", std::string("elements")));
}

struct Check {
  Result<void> operator()(const SetFields& c) const { return mustHave(c.fields); }
  Result<void> operator()(const RemoveFields& c) const { return mustHave(c.fields); }
  Result<void> operator()(const ExpireFields& c) const {
    if (c.ttl && c.ttl->count() <= 0)
      return invalidValue("ttlMs", fmt::to_string(c.ttl->count()), "at least 1");
    return mustHave(c.fields);
  }
  Result<void> operator()(const PushItems& c) const { return mustHave(c.items); }
  Result<void> operator()(const AddMembers& c) const { return mustHave(c.members); }
  Result<void> operator()(const RemoveMembers& c) const { return mustHave(c.members); }
  Result<void> operator()(const RemoveScored& c) const { return mustHave(c.members); }
  Result<void> operator()(const AddScored& c) const {
    for (const auto& item : c.members) {
      if (auto score = parseScore(item.score); !score) return std::unexpected(score.error());
    }
    return mustHave(c.members);
  }
  Result<void> operator()(const IncrementScore& c) const {
    if (auto score = parseScore(c.by, "by"); !score) return std::unexpected(score.error());
    return {};
  }
  Result<void> operator()(const AddEntry& c) const {
    if (c.id != "*") {
      const auto id = parseStreamId(c.id);
      if (!id) return std::unexpected(id.error());
      if (*id == StreamId{}) return invalidValue("id", c.id, "0-1 or above");
    }
    return mustHave(c.fields);
  }
  Result<void> operator()(const RemoveEntries& c) const {
    for (const auto& text : c.ids) {
      if (auto id = parseStreamId(text); !id) return std::unexpected(id.error());
    }
    return mustHave(c.ids);
  }
  Result<void> operator()(const ExtendText& c) const {
    if (!c.text.empty()) return {};
    return fail(Error{.code = ErrorCode::validationError, .message = "there is nothing to add"}.with(
        "field", std::string("value")));
  }
  template <class Other>
  Result<void> operator()(const Other&) const {
    return {};
  }
};

template <class T>
bool parseWhole(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

struct NameElements {
  std::vector<Bytes>& names;

  void operator()(const SetFields& c) const {
    for (const auto& entry : c.fields) names.push_back(entry.field);
  }
  void operator()(const AddScored& c) const {
    for (const auto& item : c.members) names.push_back(item.member);
  }
  void operator()(const RemoveFields& c) const { names = c.fields; }
  void operator()(const AddMembers& c) const { names = c.members; }
  void operator()(const RemoveMembers& c) const { names = c.members; }
  void operator()(const RemoveScored& c) const { names = c.members; }
  void operator()(const IncrementScore& c) const { names = {c.member}; }
  void operator()(const auto&) const {}
};

}  // namespace

std::string_view nameOf(const ValueChange& change) {
  return factsOf(change).name;
}

Action actionOf(const ValueChange& change) {
  return factsOf(change).action;
}

ValueType typeOf(const ValueChange& change) {
  return factsOf(change).type;
}

std::vector<Bytes> namedElements(const ValueChange& change) {
  std::vector<Bytes> names;
  std::visit(NameElements{names}, change);
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

Digest digestOf(const ValueChange& change) {
  ChangeDigest digest;
  digest << nameOf(change);
  std::visit(WriteParts{digest}, change);
  return digest.finish();
}

bool resultTellsValue(const ValueChange& change) {
  return std::holds_alternative<IncrementScore>(change) || std::holds_alternative<IncrementNumber>(change);
}

Result<void> checkChange(const ValueChange& change) {
  return std::visit(Check{}, change);
}

bool takesServerId(const ValueChange& change) {
  const auto* entry = std::get_if<AddEntry>(&change);
  return entry != nullptr && entry->id == "*";
}

Result<double> parseScore(std::string_view text, std::string_view field) {
  double score = 0;
  const bool plus = text.starts_with('+') && !text.starts_with("+-");
  if (parseWhole(plus ? text.substr(1) : text, score) && !std::isnan(score)) return score;
  return invalidValue(field, text, "a number, inf or -inf");
}

std::string scoreText(double score) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), score).ptr;
  return {text.data(), end};
}

std::string StreamId::toString() const {
  return fmt::format("{}-{}", time, sequence);
}

Result<StreamId> parseStreamId(std::string_view text, std::string_view field) {
  StreamId id;
  const auto dash = text.find('-');
  const bool hasSequence = dash != std::string_view::npos;
  if (parseWhole(text.substr(0, dash), id.time) &&
      (!hasSequence || parseWhole(text.substr(dash + 1), id.sequence))) {
    return id;
  }
  return invalidValue(field, text, "an entry's id, milliseconds-number");
}

}  // namespace cachify::domain
