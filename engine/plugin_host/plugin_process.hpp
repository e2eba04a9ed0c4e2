#pragma once
// One process with one plugin in it, and calls to that plugin.

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "plugin_host/channel.hpp"
#include "plugin_host/child_program.hpp"
#include "plugin_host/fault.hpp"
#include "plugin_host/last_words.hpp"
#include "plugin_host/plugin_package.hpp"
#include "plugin_host/workflow_kind.hpp"

namespace cachify::plugin_host {

struct PluginLimits {
  /// How long a plugin may take for a call, and to load, while it is its turn. Time that the engine takes to
  /// answer it is not counted.
  std::chrono::milliseconds patience{10'000};
  /// What a piece of a plan is bounded by on its way.
  std::uint32_t pieceItems = 10'000;
  std::uint64_t pieceBytes = 1UL << 20;
};

/// What a process is started with, and whom it tells.
struct PluginHooks {
  std::filesystem::path program{};  ///< cachify-plugin-host
  PluginLimits limits{};
  std::function<void(const FaultReport&)> onFault{};
  /// A line for the program's diagnostics, escaped, with the plugin's id.
  std::function<void(std::string_view level, const std::string& line)> onLog{};
};

/// Lives on one executor; one call at a time. Destroying it ends the process.
class PluginProcess {
 public:
  /// Starts the program and has it load the package. What goes wrong there is a fault of the plugin, but for
  /// errors of our own (INTERNAL_ERROR, NOT_FOUND without `fault`).
  [[nodiscard]] static Task<std::unique_ptr<PluginProcess>> start(boost::asio::any_io_executor executor,
                                                                  const PluginPackage& package,
                                                                  PluginHooks hooks, CallContext context);

  struct Answer {
    MessageType type{};
    Bytes body{};
  };
  struct Question {
    MessageType type{};
    Bytes body{};
    MessageType expected = MessageType::done;
    PlanServices* services = nullptr;                     ///< null: the plugin may not ask for keys
    std::optional<std::chrono::milliseconds> patience{};  ///< other than that of the limits
  };
  /// Asks, serves what the plugin asks meanwhile, and answers what it says. `failed` comes as an error:
  /// VALIDATION_ERROR, NOT_FOUND, INTERNAL_ERROR with the plugin's words, or that of the service which it
  /// gave up for. CANCELLED and TIMEOUT end the process, and so does every fault. An answer of another type
  /// than expected is one.
  [[nodiscard]] Task<Answer> call(Question question, CallContext context);

  /// Lets it stop in order, for at most a second, while the executor runs; then it is ended all the same.
  static void retire(std::unique_ptr<PluginProcess> process);

  /// Ends the process. To be called by whoever finds that an answer is not what it had to be.
  [[nodiscard]] Error fault(Fault fault, std::string_view itsWords);

  [[nodiscard]] const LoadedReply& loaded() const { return loaded_; }
  [[nodiscard]] const PluginManifest& manifest() const { return manifest_; }
  [[nodiscard]] const Digest& digest() const { return digest_; }
  [[nodiscard]] const PluginLimits& limits() const { return hooks_.limits; }
  /// It can be called again.
  [[nodiscard]] bool usable() const { return !ended_ && child_.running(); }
  [[nodiscard]] pid_t pid() const { return child_.pid(); }

 private:
  class Turn;

  PluginProcess(const boost::asio::any_io_executor& executor, const PluginPackage& package, PluginHooks hooks,
                ChildProgram child);
  Task<void> load(CallContext context);
  Task<void> send(Bytes frame, Turn& turn);
  Task<Message> receive(Turn& turn);
  Error broken(Channel::Ended ended, const Turn& turn);
  Result<Answer> judge(const Message& message, MessageType expected, const Error* serviceError);
  Result<void> note(const Message& message);
  void end();

  boost::asio::any_io_executor executor_;
  PluginManifest manifest_;
  Digest digest_;
  PluginHooks hooks_;
  ChildProgram child_;
  Channel channel_;
  LastWords words_;
  LoadedReply loaded_;
  bool ended_ = false;
};

}  // namespace cachify::plugin_host
