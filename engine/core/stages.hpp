#pragma once
// How far a call to a server has come: the steps of the way there, told to whoever wants to know.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/call_context.hpp"
#include "core/result.hpp"

namespace cachify {
inline namespace core {

/// In the order in which they come. Not every way has all of them.
enum class Stage : std::uint8_t {
  resolve,       ///< the host's name is looked up
  connect,       ///< the network connection is made
  tunnel,        ///< in place of both: ssh comes up and leads there
  tls,           ///< the handshake
  authenticate,  ///< whatever it takes to be let in
  locate,        ///< a Sentinel says where the master is, or a node of a cluster where the others are
  ping,
  probe,  ///< what the server and the user's rights allow
};
[[nodiscard]] std::string_view wireName(Stage stage);

struct StageReport {
  Stage stage = Stage::resolve;
  std::string target;  ///< of which server: "host:port" or the socket's path
  std::chrono::microseconds duration{};
  std::optional<Error> error{};  ///< nothing: it went well
};

/// Called on the thread of the call; must not block. Stages with several servers overlap.
class StageObserver {
 public:
  virtual ~StageObserver() = default;
  virtual void began(Stage stage, const std::string& target) = 0;
  virtual void ended(const StageReport& report) = 0;
};

/// One stage under way. Costs next to nothing where nobody listens.
class StageClock {
 public:
  StageClock(const CallContext& context, Stage stage, const std::string& target);

  template <class T>
  void end(const Result<T>& result) {
    if (observer_ != nullptr) tell(result ? std::nullopt : std::optional(result.error()));
  }

 private:
  void tell(std::optional<Error> error);

  std::shared_ptr<StageObserver> observer_;
  StageReport report_;
  SteadyTime started_;
};

}  // namespace core
}  // namespace cachify
