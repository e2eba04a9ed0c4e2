#pragma once
// The one way alerts come into the log: in the same append as the event behind them, so that there is exactly
// one for it, however often the log is replayed and however many processes there are.

#include <vector>

#include "actions/frames.hpp"
#include "domain/alert.hpp"
#include "events/alert_events.hpp"

namespace cachify::actions {

/// Adds the alert's frame to those of its cause, unless its source is switched off. Thread-safe.
void raiseAlert(const Context& context, const Trace& cause, domain::AlertSource source,
                const events::AlertRaised& alert, std::vector<log::FrameDraft>& frames);

}  // namespace cachify::actions
