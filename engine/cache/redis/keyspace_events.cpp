#include "cache/redis/keyspace_events.hpp"

#include <algorithm>

#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

constexpr std::string_view kPrefix = "__keyevent@";

CapabilityState notTold(std::string reason) {
  return {.supported = false, .reason = std::move(reason)};
}

/// The event's name in "__keyevent@0__:expired"; empty for other channels.
std::string_view eventNameIn(std::string_view channel) {
  if (!channel.starts_with(kPrefix)) return {};
  const auto end = channel.find("__:", kPrefix.size());
  return end == std::string_view::npos ? std::string_view() : channel.substr(end + 3);
}

}  // namespace

Bytes keyEventPattern(std::uint32_t dbIndex) {
  return Bytes(kPrefix) + std::to_string(dbIndex) + "__:*";
}

CapabilityState keyspaceEventsIn(const Reply& config, const Reply& subscribed) {
  if (subscribed.isError() && withholdsCommand(subscribed.text))
    return notTold("the server does not let this user run: psubscribe");
  if (subscribed.isError() && subscribed.text.starts_with("NOPERM"))
    return notTold("the server does not let this user listen to the channels of key events");
  if (!config.isArray() || config.elements.size() != 2)
    return notTold("CONFIG GET is refused, so nobody knows whether the server sends them");
  const std::string_view setting = config.elements[1].text;
  if (setting.empty()) return notTold("switched off in the server's setting notify-keyspace-events");
  const bool someClass = std::ranges::any_of(setting, [](char c) { return c != 'K' && c != 'E'; });
  if (setting.find('E') == std::string_view::npos || !someClass) {
    return notTold("the server's setting notify-keyspace-events is '" + escapeForDisplay(setting) +
                   "'; it needs E and a class of events (\"EA\": all)");
  }
  return {.supported = true, .reason = {}};
}

std::optional<Notice> noticeIn(Reply reply) {
  auto& parts = reply.elements;
  const bool plain = parts.size() == 3 && parts[0].text == "message";
  const bool byPattern = parts.size() == 4 && parts[0].text == "pmessage";
  if (!reply.isArray() || !(plain || byPattern)) return std::nullopt;
  Bytes& channel = parts[plain ? 1 : 2].text;
  Bytes& payload = parts.back().text;
  if (const auto event = eventNameIn(channel); byPattern && !event.empty())
    return KeyEvent{.event = std::string(event), .key = std::move(payload)};
  return ChannelMessage{.channel = std::move(channel), .payload = std::move(payload)};
}

}  // namespace cachify::cache::redis
