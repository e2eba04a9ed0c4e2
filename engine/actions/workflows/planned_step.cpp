#include "actions/workflows/planned_step.hpp"

#include <boost/endian/conversion.hpp>

namespace cachify::actions {

using domain::PlannedFacts;
using std::chrono::milliseconds;

namespace {

constexpr std::string_view kPieceMagic = "CP1";
constexpr std::uint8_t kHasFacts = 1;
constexpr std::uint8_t kHasExpected = 2;
constexpr std::uint8_t kHasSnapshot = 4;
constexpr std::int64_t kNothing = -1;

class PieceWriter {
 public:
  template <class T>
  void number(T value) {
    const T big = boost::endian::native_to_big(value);
    out.append(reinterpret_cast<const char*>(&big), sizeof big);
  }
  void bytes(BytesView bytes) {
    number(static_cast<std::uint32_t>(bytes.size()));
    out += bytes;
  }
  void time(const std::optional<WallTime>& time) {
    number(time ? std::chrono::duration_cast<milliseconds>(time->time_since_epoch()).count() : kNothing);
  }
  void facts(domain::ValueType type, const std::optional<WallTime>& deadline,
             std::optional<std::uint64_t> size) {
    number(static_cast<std::uint8_t>(type));
    time(deadline);
    number(size ? static_cast<std::int64_t>(*size) : kNothing);
  }
  Bytes out{kPieceMagic};
};

class PieceReader {
 public:
  explicit PieceReader(BytesView bytes) : rest_(bytes) {}
  [[nodiscard]] bool done() const { return rest_.empty() || !good_; }
  [[nodiscard]] bool good() const { return good_; }
  void refuse() { good_ = false; }

  template <class T>
  T number() {
    T value{};
    const BytesView raw = take(sizeof value);
    if (good_) raw.copy(reinterpret_cast<char*>(&value), sizeof value);
    return boost::endian::big_to_native(value);
  }
  Bytes bytes() { return Bytes(take(number<std::uint32_t>())); }
  /// Lives as long as what is read.
  BytesView take(std::size_t count) {
    good_ = good_ && count <= rest_.size();
    if (!good_) return {};
    const BytesView taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::optional<WallTime> time() {
    const auto ms = number<std::int64_t>();
    return ms == kNothing ? std::nullopt : std::optional(WallTime(milliseconds(ms)));
  }
  PlannedFacts facts() {
    PlannedFacts facts;
    const auto type = number<std::uint8_t>();
    if (type > static_cast<std::uint8_t>(domain::ValueType::other)) refuse();
    facts.type = static_cast<domain::ValueType>(type);
    facts.deadline = time();
    const auto size = number<std::int64_t>();
    if (size != kNothing) facts.sizeBytes = static_cast<std::uint64_t>(size);
    return facts;
  }

 private:
  BytesView rest_;
  bool good_ = true;
};

void write(PieceWriter& writer, const PlannedStep& step) {
  const auto& item = step.item;
  const int what =
      (step.facts ? kHasFacts : 0) | (step.expected ? kHasExpected : 0) | (step.snapshot ? kHasSnapshot : 0);
  writer.number(static_cast<std::uint8_t>(item.action));
  writer.number(static_cast<std::uint8_t>(what));
  writer.number(item.ttl ? item.ttl->count() : kNothing);
  writer.number(item.flags);
  writer.bytes(item.key);
  writer.bytes(item.value);
  writer.bytes(item.renameTo);
  if (step.facts) writer.facts(step.facts->type, step.facts->deadline, step.facts->sizeBytes);
  if (step.expected) {
    writer.facts(step.expected->type, step.expected->deadline, step.expected->sizeBytes);
    writer.number(static_cast<std::uint8_t>(step.expected->digest.size()));
    writer.out += step.expected->digest;
    writer.bytes(step.expected->key);
  }
  if (step.snapshot != 0) writer.number(step.snapshot);
}

PlannedStep readStep(PieceReader& reader) {
  PlannedStep step;
  const auto action = reader.number<std::uint8_t>();
  const auto what = reader.number<std::uint8_t>();
  if (action > static_cast<std::uint8_t>(domain::StepAction::restore)) reader.refuse();
  step.item.action = static_cast<domain::StepAction>(action);
  const auto ttl = reader.number<std::int64_t>();
  if (ttl != kNothing) step.item.ttl = milliseconds(ttl);
  step.item.flags = reader.number<std::uint32_t>();
  step.item.key = reader.bytes();
  step.item.value = reader.bytes();
  step.item.renameTo = reader.bytes();
  if ((what & kHasFacts) != 0) step.facts = reader.facts();
  if ((what & kHasExpected) != 0) {
    const PlannedFacts facts = reader.facts();
    step.expected = events::KeyState{
        .type = facts.type, .sizeBytes = facts.sizeBytes.value_or(0), .deadline = facts.deadline};
    step.expected->digest = reader.take(reader.number<std::uint8_t>());
    step.expected->key = reader.bytes();
  }
  if ((what & kHasSnapshot) != 0) step.snapshot = reader.number<log::Position>();
  return step;
}

}  // namespace

Bytes encodePiece(std::span<const PlannedStep> steps) {
  PieceWriter writer;
  for (const auto& step : steps) write(writer, step);
  return std::move(writer.out);
}

Result<std::vector<PlannedStep>> decodePiece(BytesView bytes) {
  PieceReader reader(bytes.starts_with(kPieceMagic) ? bytes.substr(kPieceMagic.size()) : BytesView());
  std::vector<PlannedStep> steps;
  while (!reader.done()) steps.push_back(readStep(reader));
  if (reader.good() && bytes.starts_with(kPieceMagic)) return steps;
  return fail(Error{.code = ErrorCode::internalError, .message = "a piece of the plan is not readable"}.with(
      "damaged", true));
}

Digest nextPlanDigest(const Digest& before, BytesView piece) {
  Sha256 hash;
  hash.update(before).update(piece);
  return hash.finish();
}

}  // namespace cachify::actions
