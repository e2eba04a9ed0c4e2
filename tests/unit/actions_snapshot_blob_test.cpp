#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "actions/snapshot_blob.hpp"

namespace cachify::actions {
namespace {

using namespace domain;

Bytes anyBytes() {
  return *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
}

std::vector<HashEntry> anyEntries() {
  const auto names = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
  std::vector<HashEntry> entries;
  for (const auto& name : names) entries.push_back({name, anyBytes()});
  return entries;
}

LogicalValue anyLogical() {
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return anyBytes();
    case 1:
      return HashValue{anyEntries()};
    case 2:
      return ListValue{{anyBytes(), anyBytes()}};
    case 3:
      return SetValue{{anyBytes()}};
    case 4:
      return ZSetValue{{{anyBytes(), "1.5"}, {anyBytes(), "-inf"}}};
    default:
      return StreamValue{{{"1-1", anyEntries()}, {"2-0", {}}}};
  }
}

TEST(SnapshotBlob, RoundTripsEveryKindOfContent) {
  EXPECT_TRUE(rc::check([] {
    Capture capture{.key = "k", .type = ValueType::string};
    capture.logical = anyLogical();
    capture.flags = *rc::gen::arbitrary<std::uint32_t>();
    if (*rc::gen::arbitrary<bool>()) capture.dump = anyBytes();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) capture.elements.push_back(anyBytes());
    Capture back;
    RC_ASSERT(decodeBlob(encodeBlob(capture), back).has_value());
    RC_ASSERT(back.dump == capture.dump);
    RC_ASSERT(back.flags == capture.flags);
    RC_ASSERT(back.elements == capture.elements);
    RC_ASSERT(back.logical.index() == capture.logical.index());
    RC_ASSERT(contentDigest(back.logical) == contentDigest(capture.logical));
  }));
}

TEST(SnapshotBlob, RefusesCutAndForeignBytesWithoutReadingPastThem) {
  Capture capture{.key = "k", .type = ValueType::hash};
  capture.logical = HashValue{{{"field", "value"}, {"other", Bytes(300, 'x')}}};
  const Bytes blob = encodeBlob(capture);
  for (std::size_t length = 0; length < blob.size(); ++length) {
    Capture back;
    // A cut right behind the magic is a blob of nothing; every other cut is damage.
    EXPECT_EQ(decodeBlob(BytesView(blob).substr(0, length), back).has_value(), length == 3) << length;
  }
  Capture back;
  EXPECT_FALSE(decodeBlob("", back));
  EXPECT_FALSE(decodeBlob("CS1Q\0\0\0\0\0\0\0\0", back));
}

TEST(SnapshotBlob, NeverThrowsOnRandomBytes) {
  EXPECT_TRUE(rc::check([] {
    Capture back;
    (void)decodeBlob("CS1" + anyBytes(), back);
    (void)decodeBlob("CS1L" + anyBytes(), back);
  }));
}

}  // namespace
}  // namespace cachify::actions
