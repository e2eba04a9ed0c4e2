// The protocol on bytes: what is written is read again, and no bytes do harm.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>

#include "plugin_host/protocol/message_reader.hpp"
#include "plugin_host/protocol/plan_piece_codec.hpp"

namespace cachify::plugin_host {
namespace {

void feed(MessageReader& reader, BytesView bytes) {
  while (!bytes.empty()) {
    const auto room = reader.room();
    const std::size_t part = std::min(room.size(), bytes.size());
    std::memcpy(room.data(), bytes.data(), part);
    reader.came(part);
    bytes.remove_prefix(part);
  }
}

/// All messages in it, as type and body; nothing if it is not the protocol.
std::optional<std::vector<std::pair<MessageType, Bytes>>> messagesIn(BytesView bytes, std::size_t atOnce) {
  MessageReader reader;
  std::vector<std::pair<MessageType, Bytes>> all;
  for (std::size_t at = 0; at < bytes.size(); at += atOnce) {
    feed(reader, bytes.substr(at, atOnce));
    for (;;) {
      const auto next = reader.next();
      if (!next) return std::nullopt;
      if (!*next) break;
      all.emplace_back((*next)->type, Bytes((*next)->body));
    }
  }
  return all;
}

RC_GTEST_PROP(MessageReader, GivesTheSameMessagesHoweverTheyAreCut, (const std::vector<std::string>& bodies)) {
  Bytes stream;
  for (const auto& body : bodies) stream += frameOf(MessageType::piece, body);
  const auto atOnce = *rc::gen::inRange<std::size_t>(1, 50);
  const auto messages = messagesIn(stream, atOnce);
  RC_ASSERT(messages.has_value());
  RC_ASSERT(messages->size() == bodies.size());
  for (std::size_t i = 0; i < bodies.size(); ++i) RC_ASSERT((*messages)[i] == std::pair(MessageType::piece, bodies[i]));
}

RC_GTEST_PROP(MessageReader, TakesAnyBytesWithoutHarm, (const std::string& bytes)) {
  (void)messagesIn(bytes, *rc::gen::inRange<std::size_t>(1, 100));
}

TEST(MessageReader, RefusesLengthsThatAreNotAllowed) {
  EXPECT_FALSE(messagesIn(std::string(4, '\0'), 4));
  EXPECT_FALSE(messagesIn("\xff\xff\xff\xff", 4));
}

TEST(MessageReader, TakesNoMemoryForWhatIsOnlyClaimed) {
  MessageReader reader;
  Bytes header;
  WireWriter(header).number(static_cast<std::uint32_t>(kMaxMessageBytes));
  feed(reader, header);
  const auto next = reader.next();
  ASSERT_TRUE(next);
  EXPECT_FALSE(*next);
  EXPECT_LT(reader.room().size(), 1UL << 20);
}

TEST(MessageReader, GivesALargeMessageWhole) {
  const Bytes body(5UL << 20, 'b');
  const auto messages = messagesIn(frameOf(MessageType::scanned, body), 100'000);
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 1U);
  EXPECT_EQ((*messages)[0].second, body);
}

RC_GTEST_PROP(Wire, CountsComeBackAsTheyWere, (std::uint64_t value)) {
  Bytes bytes;
  WireWriter(bytes).count(value);
  RC_ASSERT(bytes.size() <= kMaxCountBytes);
  WireReader reader(bytes);
  RC_ASSERT(reader.count() == value);
  RC_ASSERT(reader.done());
}

TEST(Wire, ACountOfMoreThan64BitsIsRefused) {
  for (const auto& bytes : {std::string(10, '\xff'), std::string(9, '\xff') + "\x02", std::string(11, '\x80')}) {
    WireReader reader(bytes);
    (void)reader.count();
    EXPECT_FALSE(reader.ok()) << toHex(bytes);
  }
}

TEST(Wire, AListThatIsLongerThanItsBytesIsRefusedBeforeMemoryIsTaken) {
  Bytes body;
  WireWriter(body).count(UINT64_MAX / 2);
  KeyList list;
  EXPECT_FALSE(decodeBody(body, list));
}

RC_GTEST_PROP(Messages, ComeBackAsTheyWereAndNoOtherLength, (const std::vector<std::string>& keys)) {
  const Bytes body = encodeBody(KeyList{.keys = keys});
  KeyList read;
  RC_ASSERT(decodeBody(body, read));
  RC_ASSERT(read.keys == keys);
  RC_ASSERT(!decodeBody(body + "x", read));
  RC_ASSERT(!decodeBody(BytesView(body).substr(0, body.size() - 1), read));
}

TEST(Messages, EveryBodyComesBackAsItWas) {
  const DeliverRequest deliver{.idempotencyKey = "key",
                               .deadlineMs = 5000,
                               .alerts = {{.severity = 2, .count = 7, .createdAtMs = -1, .id = "i", .json = "{}"}, {}}};
  DeliverRequest read;
  ASSERT_TRUE(decodeBody(encodeBody(deliver), read));
  EXPECT_EQ(encodeBody(read), encodeBody(deliver));
  EXPECT_EQ(read.alerts[0].createdAtMs, -1);
  const DescribedReply described{.facts = {{.type = 3, .ttlMs = -1, .sizeBytes = kNotKnown}, {.ttlMs = 5}}};
  DescribedReply facts;
  ASSERT_TRUE(decodeBody(encodeBody(described), facts));
  EXPECT_EQ(facts.facts[1].ttlMs, 5);
  EXPECT_EQ(facts.facts[0].sizeBytes, kNotKnown);
}

ItemView viewOf(const domain::PlanItem& item) {
  ItemView view{.action = item.action,
                .key = item.key,
                .value = item.value,
                .flags = item.flags,
                .renameTo = item.renameTo};
  if (item.ttl) view.ttlMs = item.ttl->count();
  return view;
}

rc::Gen<domain::PlanItem> anyItem() {
  using domain::StepAction;
  return rc::gen::exec([] {
    domain::PlanItem item;
    item.action = static_cast<StepAction>(*rc::gen::inRange(0, 6));
    item.key = *rc::gen::arbitrary<std::string>();
    const bool forEver = item.action != StepAction::setTtl && *rc::gen::arbitrary<bool>();
    if ((item.action == StepAction::setTtl || item.action == StepAction::setValue) && !forEver)
      item.ttl = std::chrono::milliseconds(*rc::gen::inRange<std::int64_t>(1, kMaxPlanTtlMs));
    if (item.action == StepAction::setValue) {
      item.value = *rc::gen::arbitrary<std::string>();
      item.flags = *rc::gen::arbitrary<std::uint32_t>();
    }
    if (item.action == StepAction::rename) item.renameTo = *rc::gen::arbitrary<std::string>();
    return item;
  });
}

RC_GTEST_PROP(PlanPieces, ComeBackAsTheyWere, ()) {
  const auto items = *rc::gen::container<std::vector<domain::PlanItem>>(anyItem());
  PieceWriter writer(1'000'000, UINT64_MAX);
  for (const auto& item : items) {
    RC_ASSERT(writer.hasRoomFor(viewOf(item)));
    writer.add(viewOf(item));
  }
  const bool isLast = *rc::gen::arbitrary<bool>();
  const auto total = *rc::gen::arbitrary<std::uint64_t>();
  writer.expectTotal(total);
  const auto piece = decodePiece(writer.finish(isLast), 1'000'000);
  RC_ASSERT(piece.has_value());
  RC_ASSERT(piece->items == items);
  RC_ASSERT(piece->isLast == isLast);
  RC_ASSERT(piece->expectedTotal == total);
}

RC_GTEST_PROP(PlanPieces, AnyBytesAreAPieceOrNothing, (const std::string& bytes)) {
  const auto piece = decodePiece(bytes, 1000);
  if (!piece) return;
  RC_ASSERT(piece->items.size() <= 1000U);
  for (const auto& item : piece->items) RC_ASSERT(!item.ttl || item.ttl->count() > 0);
}

RC_GTEST_PROP(PlanPieces, OneBitMoreOrLessDoesNoHarm, ()) {
  const auto items = *rc::gen::container<std::vector<domain::PlanItem>>(anyItem());
  PieceWriter writer(1'000'000, UINT64_MAX);
  for (const auto& item : items) writer.add(viewOf(item));
  Bytes body = writer.finish(true);
  const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
  body[at] = static_cast<char>(body[at] ^ (1 << *rc::gen::inRange(0, 8)));
  (void)decodePiece(body, 1'000'000);
}

TEST(PlanPieces, AreBoundedInItemsAndBytesButForOneItem) {
  const ItemView small{.key = "key"};
  PieceWriter byItems(2, 1'000'000);
  byItems.add(small);
  byItems.add(small);
  EXPECT_FALSE(byItems.hasRoomFor(small));
  const Bytes large(1000, 'v');
  PieceWriter byBytes(100, 10);
  EXPECT_TRUE(byBytes.hasRoomFor({.key = large}));
  byBytes.add({.key = large});
  EXPECT_FALSE(byBytes.hasRoomFor(small));
}

TEST(PlanPieces, OfMoreItemsThanWereAskedForAreRefused) {
  PieceWriter writer(10, 1000);
  for (int i = 0; i < 3; ++i) writer.add({.key = "k"});
  const Bytes body = writer.finish(true);
  EXPECT_TRUE(decodePiece(body, 3));
  EXPECT_FALSE(decodePiece(body, 2));
}

}  // namespace
}  // namespace cachify::plugin_host
