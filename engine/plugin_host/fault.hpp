#pragma once
// The ways in which a plugin can misbehave. A fault ends its process, is recorded, and three in a row put the
// plugin into quarantine.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/digest.hpp"
#include "core/result.hpp"

namespace cachify::plugin_host {

enum class Fault : std::uint8_t {
  crashed = 0,         ///< ended in the middle of a call
  hung = 1,            ///< did not answer in time
  garbage = 2,         ///< answered something that is not the protocol
  endless = 3,         ///< went on where it had to stop
  threw = 4,           ///< let an exception out
  wrongAbi = 5,        ///< its table is of another version than its manifest says, or broken
  missingSymbol = 6,   ///< its library exports no entry
  notLoadable = 7,     ///< its library cannot be loaded
  brokenContract = 8,  ///< did what the headers of the SDK forbid
};

/// "crashed" and so on: in events and in the detail `fault`.
[[nodiscard]] std::string_view wireName(Fault fault);
/// brokenContract for a number that is none: whoever sent it broke the contract.
[[nodiscard]] Fault faultOf(std::uint8_t number);

/// In words for people: "ended in the middle of a call".
[[nodiscard]] std::string_view wordsOf(Fault fault);

/// What is recorded of a fault. No words of the plugin's: they may hold anything.
struct FaultReport {
  std::string pluginId{};
  std::string version{};
  Digest digest{};
  Fault fault = Fault::crashed;
};

/// INTERNAL_ERROR with details `plugin` and `fault`. `itsWords` join the message; what the plugin wrote to
/// its standard error becomes the detail `lastWords`. Both are escaped and cut.
[[nodiscard]] Error faultError(const FaultReport& report, std::string_view itsWords,
                               std::string_view standardError);
/// Whether an error came of a fault.
[[nodiscard]] bool isFault(const Error& error);

}  // namespace cachify::plugin_host
