#pragma once
// What a plugin reports during one call.

#include <cachify/plugin/problem.h>

#include "plugin_host/child/plugin_library.hpp"

namespace cachify::plugin_host {

class ProblemSink {
 public:
  ProblemSink() = default;
  ProblemSink(const ProblemSink&) = delete;
  ProblemSink& operator=(const ProblemSink&) = delete;

  [[nodiscard]] const cachify_problem* table() const { return &table_; }
  /// As an answer to the engine; `status` is below 0.
  [[nodiscard]] FailedReply failure(cachify_status status) const {
    return {.kind = kindOf(status), .field = field_, .message = message_};
  }
  [[nodiscard]] const Bytes& message() const { return message_; }

 private:
  static void report(const cachify_problem* problem, cachify_text field, cachify_text message) {
    auto& self = *static_cast<ProblemSink*>(problem->context);
    self.field_ = viewOf(field).substr(0, 200);
    self.message_ = viewOf(message).substr(0, kMaxProblemBytes);
  }
  static FailureKind kindOf(cachify_status status) {
    switch (status) {
      case CACHIFY_REFUSED:
        return FailureKind::refused;
      case CACHIFY_NOT_FOUND:
        return FailureKind::notFound;
      case CACHIFY_WRONG_TYPE:
        return FailureKind::wrongType;
      case CACHIFY_GIVE_UP:
        return FailureKind::gaveUp;
      default:
        return FailureKind::failed;
    }
  }

  Bytes field_;
  Bytes message_;
  cachify_problem table_{
      .struct_size = sizeof(cachify_problem), .reserved = 0, .context = this, .report = &report};
};

}  // namespace cachify::plugin_host
