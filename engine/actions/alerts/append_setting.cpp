#include "actions/alerts/append_setting.hpp"

namespace cachify::actions {

Task<void> appendSetting(const Context& context, const Recorder& recorder, log::FrameDraft frame,
                         std::uint64_t version, std::string action, std::string subject) {
  const Trace cause{frame.correlationId, frame.firstEventId};
  log::AppendRequest request;
  request.conditions.push_back(log::StreamCondition::unchangedSince(frame.stream, version));
  request.frames.push_back(std::move(frame));
  events::Operation operation{.action = std::move(action), .keyOrPattern = std::move(subject)};
  for (auto& extra : recorder.frames(cause, std::move(operation), nullptr))
    request.frames.push_back(std::move(extra));
  Result<log::AppendReceipt> receipt = co_await append(context.log, std::move(request));
  if (receipt) co_return Result<void>();
  Error error = receipt.error();
  if (error.code == ErrorCode::conflict)
    error.message = "somebody else changed the settings of alerts meanwhile; look at them and try again";
  co_return fail(std::move(error));
}

}  // namespace cachify::actions
