#include "actions/alerts/raise_alert.hpp"

#include "actions/alerts/alert_settings.hpp"

namespace cachify::actions {

void raiseAlert(const Context& context, const Trace& cause, domain::AlertSource source,
                const events::AlertRaised& alert, std::vector<log::FrameDraft>& frames) {
  if (!context.alerts.raises(source)) return;
  context.alerts.noteRaised();
  frames.push_back(makeFrame(context, cause, operationsStream(context.session), alert));
}

}  // namespace cachify::actions
