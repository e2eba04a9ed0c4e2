// Keyspace notifications on bytes alone, and what several servers can do together.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cache/redis/cluster/cluster_probe.hpp"
#include "cache/redis/keyspace_events.hpp"
#include "unit/redis_replies.hpp"

namespace cachify::cache::redis {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using Kind = Reply::Kind;

Reply text(Bytes bytes, Kind kind = Kind::bulk) {
  return {.kind = kind, .text = std::move(bytes)};
}
Reply setting(const Bytes& value) {
  return array({text("notify-keyspace-events"), text(value)});
}
const Reply kSubscribed = array({text("psubscribe"), text("x"), {.kind = Kind::integer, .integer = 1}});

TEST(KeyspaceEvents, NeedTheLetterEAndAClass) {
  for (const char* enough : {"AE", "AKE", "Ex", "gE", "KEA"})
    EXPECT_TRUE(keyspaceEventsIn(setting(enough), kSubscribed).supported) << enough;
  for (const char* missing : {"", "AK", "E", "KE", "g$"}) {
    const auto state = keyspaceEventsIn(setting(missing), kSubscribed);
    EXPECT_FALSE(state.supported) << missing;
    EXPECT_THAT(state.reason, HasSubstr("notify-keyspace-events")) << missing;
  }
}

TEST(KeyspaceEvents, SayWhichRightIsMissing) {
  const auto refused = [](const Bytes& error) {
    return keyspaceEventsIn(setting("AKE"), text(error, Kind::error)).reason;
  };
  EXPECT_THAT(refused("NOPERM this user has no permissions to run the 'psubscribe' command"),
              HasSubstr("psubscribe"));
  EXPECT_THAT(refused("NOPERM this user has no permissions to access one of the channels used as arguments"),
              HasSubstr("channels"));
  const Reply noConfig =
      text("NOPERM this user has no permissions to run the 'config|get' command", Kind::error);
  EXPECT_THAT(keyspaceEventsIn(noConfig, kSubscribed).reason, HasSubstr("CONFIG GET"));
  EXPECT_TRUE(
      keyspaceEventsIn(setting("AKE"), text("ERR Command not allowed inside a transaction", Kind::error))
          .supported)
      << "what could not be tried counts as allowed";
}

TEST(KeyspaceEvents, AreReadWithTheirKeysAsBytes) {
  const Bytes key = "a\0b\n\xff"s;
  const auto notice = noticeIn(
      array({text("pmessage"), text("__keyevent@3__:*"), text("__keyevent@3__:expired"), text(key)}));
  ASSERT_TRUE(notice);
  const auto& event = std::get<KeyEvent>(*notice);
  EXPECT_EQ(event.event, "expired");
  EXPECT_EQ(event.key, key);
}

TEST(KeyspaceEvents, OtherMessagesStayMessages) {
  const auto plain = noticeIn(array({text("message"), text("news"), text("hello")}));
  EXPECT_EQ(std::get<ChannelMessage>(*plain).channel, "news");
  const auto matched = noticeIn(array({text("pmessage"), text("n*"), text("news"), text("hello")}));
  EXPECT_EQ(std::get<ChannelMessage>(*matched).payload, "hello");
  const auto keyspace =
      noticeIn(array({text("pmessage"), text("__key*"), text("__keyspace@0__:k"), text("set")}));
  EXPECT_EQ(std::get<ChannelMessage>(*keyspace).channel, "__keyspace@0__:k");
}

TEST(KeyspaceEvents, ConfirmationsPongsAndNonsenseAreNoMessages) {
  EXPECT_FALSE(noticeIn(kSubscribed));
  EXPECT_FALSE(noticeIn(array({text("pong"), text("")})));
  EXPECT_FALSE(noticeIn(array({})));
  EXPECT_FALSE(noticeIn(array({text("message"), text("only a channel")})));
  EXPECT_FALSE(noticeIn(text("PONG", Kind::status)));
  EXPECT_FALSE(noticeIn(text("NOPERM ping", Kind::error)));
}

ServerInfo node(const std::string& address, const std::string& version) {
  ServerInfo info;
  info.version = version;
  info.role = "master";
  info.latency = std::chrono::microseconds(100);
  info.nodes.push_back({.address = address, .version = version, .role = "master", .latency = info.latency});
  info.capabilities.fill({.supported = true, .reason = {}});
  return info;
}

TEST(ServersTogether, CanDoWhatEachOfThemCan) {
  auto second = node("b:2", "7.0.15");
  second.latency = std::chrono::microseconds(900);
  second.capabilities[static_cast<std::size_t>(Capability::keyspaceEvents)] = {.supported = false,
                                                                               .reason = "switched off"};
  second.missingRights = {"dump"};
  auto third = node("c:3", "6.2.7");
  third.missingRights = {"dump", "restore"};
  third.boundToKeys = true;
  const ServerInfo all = together({node("a:1", "7.0.15"), second, third});
  EXPECT_EQ(all.role, "cluster");
  EXPECT_EQ(all.version, "7.0.15, 6.2.7");
  EXPECT_EQ(all.latency.count(), 900);
  EXPECT_FALSE(all[Capability::keyspaceEvents].supported);
  EXPECT_EQ(all[Capability::keyspaceEvents].reason, "switched off");
  EXPECT_TRUE(all[Capability::ttl].supported);
  EXPECT_THAT(all.missingRights, ElementsAre("dump", "restore"));
  EXPECT_TRUE(all.boundToKeys);
  ASSERT_EQ(all.nodes.size(), 3U);
  EXPECT_EQ(all.nodes[2].address, "c:3");
}

}  // namespace
}  // namespace cachify::cache::redis
