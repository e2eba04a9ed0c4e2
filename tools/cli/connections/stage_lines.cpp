#include "connections/stage_lines.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "output/plain_words.hpp"

namespace cachify::cli {
namespace {

class StageLines final : public StageObserver {
 public:
  StageLines(Output& output, const domain::ConnectionProfile& profile)
      : output_(output),
        byTunnel_(profile.ssh.destination),
        fromSentinel_(profile.topology == domain::Topology::sentinel) {}

  void began(Stage stage, const std::string& target) override {
    output_.progress(words(stage, target) + "…");
  }

  void ended(const StageReport& report) override {
    output_.progress("");
    const std::string outcome = report.error ? report.error->message : std::string();
    const auto [told, isNew] = told_.try_emplace({report.stage, report.target}, outcome);
    if (!isNew && std::exchange(told->second, outcome) == outcome) return;
    const std::string line = fmt::format("{} ({}){}{}", words(report.stage, report.target),
                                         durationWords(report.duration), report.error ? ": " : "", outcome);
    output_.composed(fmt::format(
        "{} {}", report.error ? output_.styled("✗", Style::bad) : output_.styled("✓", Style::good),
        output_.styled(line, Style::plain)));
    output_.flush();
  }

 private:
  [[nodiscard]] std::string words(Stage stage, const std::string& target) const {
    const std::string server = escapeForDisplay(target);
    switch (stage) {
      case Stage::resolve:
        return "looking up " + server;
      case Stage::connect:
        return "connecting to " + server;
      case Stage::tunnel:
        return "reaching " + server + " through ssh tunnel " + escapeForDisplay(byTunnel_);
      case Stage::tls:
        return "speaking to " + server + " over TLS";
      case Stage::authenticate:
        return "authenticating at " + server;
      case Stage::locate:
        return fmt::format("asking {} {}", server,
                           fromSentinel_ ? "for the master" : "for the cluster's nodes");
      case Stage::ping:
        return "ping to " + server;
      case Stage::probe:
        return "looking at what " + server + " can do";
    }
    return server;
  }

  Output& output_;
  std::string byTunnel_;
  bool fromSentinel_;
  std::map<std::pair<Stage, std::string>, std::string> told_;
};

}  // namespace

std::shared_ptr<StageObserver> stageLines(Output& output, const domain::ConnectionProfile& profile) {
  return std::make_shared<StageLines>(output, profile);
}

}  // namespace cachify::cli
