#include "domain/logical_value.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "domain/value_change.hpp"

namespace cachify::domain {
namespace {

constexpr std::array<std::pair<ValueType, std::string_view>, 9> kTypeNames{{
    {ValueType::none, "none"},
    {ValueType::string, "string"},
    {ValueType::hash, "hash"},
    {ValueType::list, "list"},
    {ValueType::set, "set"},
    {ValueType::zset, "zset"},
    {ValueType::stream, "stream"},
    {ValueType::json, "json"},
    {ValueType::other, "other"},
}};

/// How much of an unknown type's name an error repeats.
constexpr std::size_t kShownBytes = 100;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

class CanonicalForm {
 public:
  explicit CanonicalForm(std::string_view type) { hash_.update(type); }
  CanonicalForm& number(std::uint64_t value) {
    std::array<char, 8> bigEndian{};
    for (unsigned i = 0; i < 8; ++i) bigEndian[i] = static_cast<char>(value >> (56 - 8 * i));
    hash_.update(BytesView(bigEndian.data(), bigEndian.size()));
    return *this;
  }
  CanonicalForm& part(BytesView bytes) {
    number(bytes.size());
    hash_.update(bytes);
    return *this;
  }
  [[nodiscard]] Digest finish() { return hash_.finish(); }

 private:
  Sha256 hash_;
};

/// The items in order. They stay where they are: values may be large.
template <class T>
std::vector<std::reference_wrapper<const T>> sorted(const std::vector<T>& items) {
  std::vector<std::reference_wrapper<const T>> order(items.begin(), items.end());
  std::ranges::sort(order, [](const T& a, const T& b) { return a < b; });
  return order;
}

/// The text as it is where it is no number.
std::string canonicalScore(const std::string& text) {
  const auto score = parseScore(text);
  return score ? scoreText(*score) : text;
}

}  // namespace

std::string_view wireName(ValueType type) {
  for (const auto& [value, name] : kTypeNames) {
    if (value == type) return name;
  }
  return "other";
}

Result<ValueType> parseValueType(std::string_view text) {
  if (text == "ReJSON-RL") return ValueType::json;
  for (const auto& [value, name] : kTypeNames) {
    if (name == text) return value;
  }
  return fail(Error{.code = ErrorCode::validationError, .message = "unknown value type"}.with(
      "value", escapeForDisplay(text.substr(0, kShownBytes))));
}

ValueType typeOf(const LogicalValue& value) {
  constexpr std::array kTypes{ValueType::none, ValueType::string, ValueType::hash,  ValueType::list,
                              ValueType::set,  ValueType::zset,   ValueType::stream};
  static_assert(kTypes.size() == std::variant_size_v<LogicalValue>);
  return kTypes[value.index()];
}

Digest contentDigest(const LogicalValue& value) {
  return std::visit(Overloaded{
                        [](std::monostate) { return CanonicalForm("none").finish(); },
                        [](const Bytes& bytes) { return sha256(bytes); },
                        [](const HashValue& hash) {
                          CanonicalForm form("hash");
                          for (const HashEntry& entry : sorted(hash.entries))
                            form.part(entry.field).part(entry.value);
                          return form.finish();
                        },
                        [](const ListValue& list) {
                          CanonicalForm form("list");
                          for (const auto& item : list.items) form.part(item);
                          return form.finish();
                        },
                        [](const SetValue& set) {
                          CanonicalForm form("set");
                          for (const Bytes& member : sorted(set.members)) form.part(member);
                          return form.finish();
                        },
                        [](const ZSetValue& zset) {
                          CanonicalForm form("zset");
                          for (const ScoredMember& item : sorted(zset.members))
                            form.part(item.member).part(canonicalScore(item.score));
                          return form.finish();
                        },
                        [](const StreamValue& stream) {
                          CanonicalForm form("stream");
                          for (const auto& entry : stream.entries) {
                            form.part(entry.id).number(entry.fields.size());
                            for (const auto& field : entry.fields) form.part(field.field).part(field.value);
                          }
                          return form.finish();
                        },
                    },
                    value);
}

Digest partDigest(const LogicalValue& part, const std::vector<Bytes>& names) {
  CanonicalForm form("part");
  form.part(Sha256::view(contentDigest(part)));
  for (const Bytes& name : sorted(names)) form.part(name);
  return form.finish();
}

std::uint64_t contentBytes(const LogicalValue& value) {
  std::uint64_t total = 0;
  std::visit(Overloaded{
                 [](std::monostate) {},
                 [&](const Bytes& bytes) { total = bytes.size(); },
                 [&](const HashValue& v) {
                   for (const auto& e : v.entries) total += e.field.size() + e.value.size();
                 },
                 [&](const ListValue& v) {
                   for (const auto& e : v.items) total += e.size();
                 },
                 [&](const SetValue& v) {
                   for (const auto& e : v.members) total += e.size();
                 },
                 [&](const ZSetValue& v) {
                   for (const auto& e : v.members) total += e.member.size() + e.score.size();
                 },
                 [&](const StreamValue& v) {
                   for (const auto& e : v.entries) {
                     total += e.id.size();
                     for (const auto& f : e.fields) total += f.field.size() + f.value.size();
                   }
                 },
             },
             value);
  return total;
}

}  // namespace cachify::domain
