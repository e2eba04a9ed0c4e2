#pragma once
// A change of the settings of alerts: one event on the stream `alerts`, on condition of the version it was
// decided at, and the operation event of who asked for it.

#include <string>

#include "actions/async.hpp"
#include "actions/recorder.hpp"
#include "events/alert_setting_events.hpp"

namespace cachify::actions {

/// `subject` is what was changed, for people. CONFLICT if somebody else changed settings meanwhile.
[[nodiscard]] Task<void> appendSetting(const Context& context, const Recorder& recorder,
                                       log::FrameDraft frame, std::uint64_t version, std::string action,
                                       std::string subject);

/// The frame of one event, as somebody asked for it.
template <class Event>
[[nodiscard]] log::FrameDraft settingFrame(const Context& context, const Event& event) {
  const Trace trace{.correlation = Uuid::makeV7(context.clock.now()), .causation = {}};
  return makeFrame(context, trace, std::string(events::kAlertSettingsStream), event);
}

}  // namespace cachify::actions
