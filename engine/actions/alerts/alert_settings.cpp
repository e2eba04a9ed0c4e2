#include "actions/alerts/alert_settings.hpp"

#include "actions/frames.hpp"
#include "events/decode.hpp"

namespace cachify::actions {
namespace {

template <class Event>
Result<Event> settingIn(const log::Frame& frame, std::size_t index) {
  return events::decodeAs<Event>(frame.schemaVersion, frame.payloads[index]);
}

template <class Event>
Result<void> foldRule(const log::Frame& frame, std::size_t index,
                      std::map<AlertRuleId, AlertSettings::Rule>& rules) {
  auto event = settingIn<Event>(frame, index);
  if (!event) return std::unexpected(event.error());
  const AlertRuleId id = event->rule.id;
  rules[id] = {.rule = std::move(event->rule), .changedBy = frame.eventId(index)};
  return {};
}

}  // namespace

void AlertSettings::configure(const events::PublisherConfigured& event, log::Position position) {
  Publisher& publisher = state_.publishers[event.publisher];
  const bool wasOn = publisher.settings.enabled && publisher.since > 0;
  if (!wasOn && event.enabled) publisher.since = position;
  if (!event.enabled) publisher.since = 0;
  publisher.settings = event;
}

Result<void> AlertSettings::fold(const log::Frame& frame, std::size_t index) {
  using events::EventType;
  switch (static_cast<EventType>(frame.type)) {
    case EventType::alertPublisherConfigured: {
      const auto event = settingIn<events::PublisherConfigured>(frame, index);
      if (!event) return std::unexpected(event.error());
      configure(*event, frame.firstPosition + index);
      return {};
    }
    case EventType::alertRuleCreated:
      return foldRule<events::AlertRuleCreated>(frame, index, state_.rules);
    case EventType::alertRuleUpdated:
      return foldRule<events::AlertRuleUpdated>(frame, index, state_.rules);
    case EventType::alertRuleDeleted: {
      const auto event = settingIn<events::AlertRuleDeleted>(frame, index);
      if (!event) return std::unexpected(event.error());
      state_.rules.erase(event->id);
      return {};
    }
    case EventType::alertSourceSwitched: {
      const auto event = settingIn<events::AlertSourceSwitched>(frame, index);
      if (!event) return std::unexpected(event.error());
      if (event->enabled) {
        state_.switchedOff.erase(event->source);
      } else {
        state_.switchedOff.insert(event->source);
      }
      return {};
    }
    default:
      return {};  // of a newer program: what it sets is not ours to do
  }
}

Result<void> AlertSettings::refresh() {
  const std::uint64_t transaction = reader_.lastTransaction();
  if (everRead_ && transaction == seenTransaction_) return {};
  for (;;) {
    const auto frames =
        reader_.streamFrom(events::kAlertSettingsStream, state_.streamVersion + 1, kFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
        const std::uint64_t version = frame.firstStreamVersion + i;
        if (version <= state_.streamVersion) continue;
        if (auto ok = fold(frame, i); !ok) return ok;
        state_.streamVersion = version;
      }
    }
    if (frames->size() < kFramesAtOnce) break;
  }
  seenTransaction_ = transaction;
  everRead_ = true;
  return {};
}

Result<AlertSettings::All> AlertSettings::all() {
  const std::scoped_lock lock(mutex_);
  if (auto ok = refresh(); !ok) return std::unexpected(ok.error());
  return state_;
}

bool AlertSettings::raises(domain::AlertSource source) {
  const std::scoped_lock lock(mutex_);
  return !refresh() || !state_.switchedOff.contains(source);
}

}  // namespace cachify::actions
