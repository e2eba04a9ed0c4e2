#include "actions/snapshot_blob.hpp"

#include <boost/endian/conversion.hpp>
#include <charconv>
#include <string>

namespace cachify::actions {

using namespace domain;

namespace {

constexpr std::string_view kMagic = "CS1";

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

class Writer {
 public:
  void item(BytesView bytes) {
    const std::uint64_t length = boost::endian::native_to_big(static_cast<std::uint64_t>(bytes.size()));
    out.append(reinterpret_cast<const char*>(&length), sizeof length);
    out += bytes;
  }
  Bytes out;
};

class Reader {
 public:
  explicit Reader(BytesView bytes) : rest_(bytes) {}
  [[nodiscard]] bool done() const { return rest_.empty() || !good_; }
  [[nodiscard]] bool good() const { return good_; }
  char byte() { return take(1).empty() ? '\0' : last_.front(); }
  BytesView item() {
    const BytesView raw = take(sizeof(std::uint64_t));
    if (!good_) return {};
    std::uint64_t length = 0;
    raw.copy(reinterpret_cast<char*>(&length), sizeof length);
    return take(boost::endian::big_to_native(length));
  }

 private:
  BytesView take(std::uint64_t count) {
    good_ = good_ && count <= rest_.size();
    last_ = good_ ? rest_.substr(0, count) : BytesView();
    rest_.remove_prefix(last_.size());
    return last_;
  }
  BytesView rest_;
  BytesView last_;
  bool good_ = true;
};

Bytes encodeLogical(const LogicalValue& value) {
  Writer writer;
  std::visit(Overloaded{
                 [](std::monostate) {},
                 [&](const Bytes& bytes) {
                   writer.out = 's';
                   writer.item(bytes);
                 },
                 [&](const HashValue& hash) {
                   writer.out = 'h';
                   for (const auto& entry : hash.entries) writer.item(entry.field), writer.item(entry.value);
                 },
                 [&](const ListValue& list) {
                   writer.out = 'l';
                   for (const auto& item : list.items) writer.item(item);
                 },
                 [&](const SetValue& set) {
                   writer.out = 'e';
                   for (const auto& member : set.members) writer.item(member);
                 },
                 [&](const ZSetValue& zset) {
                   writer.out = 'z';
                   for (const auto& item : zset.members) writer.item(item.member), writer.item(item.score);
                 },
                 [&](const StreamValue& stream) {
                   writer.out = 'x';
                   for (const auto& entry : stream.entries) {
                     writer.item(entry.id);
                     writer.item(std::to_string(entry.fields.size()));
                     for (const auto& field : entry.fields)
                       writer.item(field.field), writer.item(field.value);
                   }
                 },
             },
             value);
  return std::move(writer.out);
}

StreamEntry readEntry(Reader& reader) {
  StreamEntry entry{.id = std::string(reader.item()), .fields = {}};
  const BytesView text = reader.item();
  std::size_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  for (std::size_t i = 0; i < count && reader.good(); ++i) {
    Bytes field(reader.item());
    entry.fields.push_back({std::move(field), Bytes(reader.item())});
  }
  return entry;
}

/// Reads items into a collection until the part ends.
template <class Value, class Items, class ReadItem>
LogicalValue readAll(Reader& reader, Items Value::*items, ReadItem readItem) {
  Value value;
  while (!reader.done()) (value.*items).push_back(readItem(reader));
  return value;
}

Result<LogicalValue> decodeLogical(BytesView bytes) {
  Reader reader(bytes);
  const auto plain = [](Reader& r) { return Bytes(r.item()); };
  const auto read = [&]() -> LogicalValue {
    switch (reader.byte()) {
      case 's':
        return Bytes(reader.item());
      case 'l':
        return readAll(reader, &ListValue::items, plain);
      case 'e':
        return readAll(reader, &SetValue::members, plain);
      case 'h':
        return readAll(reader, &HashValue::entries, [](Reader& r) {
          Bytes field(r.item());
          return HashEntry{std::move(field), Bytes(r.item())};
        });
      case 'z':
        return readAll(reader, &ZSetValue::members, [](Reader& r) {
          Bytes member(r.item());
          return ScoredMember{std::move(member), std::string(r.item())};
        });
      case 'x':
        return readAll(reader, &StreamValue::entries, readEntry);
      default:
        return std::monostate();
    }
  };
  LogicalValue value = read();
  if (!reader.good() || std::holds_alternative<std::monostate>(value)) {
    return fail(ErrorCode::internalError, "logical value");
  }
  return value;
}

std::unexpected<Error> damaged() {
  return fail(
      Error{.code = ErrorCode::internalError, .message = "the snapshot's content is not readable"}.with(
          "damaged", true));
}

}  // namespace

Bytes encodeBlob(const Capture& capture) {
  constexpr std::size_t kBesidesContent = 64;
  Writer writer;
  writer.out.reserve(kBesidesContent + capture.sizeBytes);
  writer.out = kMagic;
  if (capture.dump) {
    writer.out += 'D';
    writer.item(*capture.dump);
  }
  if (capture.flags != 0) {
    const std::uint32_t flags = boost::endian::native_to_big(capture.flags);
    writer.out += 'F';
    writer.item(BytesView(reinterpret_cast<const char*>(&flags), sizeof flags));
  }
  if (capture.isPart()) {
    Writer names;
    for (const Bytes& name : capture.elements) names.item(name);
    writer.out += 'P';
    writer.item(names.out);
  }
  if (!std::holds_alternative<std::monostate>(capture.logical)) {
    writer.out += 'L';
    writer.item(encodeLogical(capture.logical));
  }
  return std::move(writer.out);
}

Result<void> decodeBlob(BytesView blob, Capture& capture) {
  if (!blob.starts_with(kMagic)) return damaged();
  Reader reader(blob.substr(kMagic.size()));
  while (!reader.done()) {
    const char tag = reader.byte();
    const BytesView part = reader.item();
    if (tag == 'D') {
      capture.dump = Bytes(part);
    } else if (tag == 'F' && part.size() == sizeof(std::uint32_t)) {
      std::uint32_t flags = 0;
      part.copy(reinterpret_cast<char*>(&flags), sizeof flags);
      capture.flags = boost::endian::big_to_native(flags);
    } else if (tag == 'P') {
      Reader names(part);
      while (!names.done()) capture.elements.emplace_back(names.item());
      if (!names.good()) return damaged();
    } else if (tag == 'L') {
      auto logical = decodeLogical(part);
      if (!logical) return damaged();
      capture.logical = std::move(*logical);
    } else {
      return damaged();
    }
  }
  return reader.good() ? Result<void>() : damaged();
}

}  // namespace cachify::actions
