// connections test

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connections/connections_commands.hpp"
#include "connections/profile_text.hpp"
#include "connections/stage_lines.hpp"
#include "options/profile_options.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using actions::StageList;
using actions::TestReport;
using cache::Capability;
using domain::ConnectionProfile;

namespace {

struct TestOptions {
  std::string connection;
  ProfileOptions profile;
};

json::array stagesJson(const std::vector<StageReport>& stages) {
  json::array all;
  for (const StageReport& stage : stages) {
    json::object said{{"stage", wireName(stage.stage)},
                      {"target", escapeForDisplay(stage.target)},
                      {"ok", !stage.error},
                      {"durationMs", toMs(stage.duration)}};
    if (stage.error) said["error"] = toJson(*stage.error);
    all.push_back(std::move(said));
  }
  return all;
}

json::array nodesJson(const std::vector<cache::NodeInfo>& nodes) {
  json::array all;
  for (const cache::NodeInfo& node : nodes) {
    all.push_back(json::object{{"address", escapeForDisplay(node.address)},
                               {"serverVersion", node.version},
                               {"role", node.role},
                               {"latencyMs", toMs(node.latency)}});
  }
  return all;
}

json::object testJson(const TestReport& report) {
  json::object capabilities;
  for (std::size_t i = 0; i < cache::kCapabilityCount; ++i) {
    const auto capability = static_cast<Capability>(i);
    const auto& state = report.server[capability];
    json::object said{{"supported", state.supported}};
    if (!state.reason.empty()) said["reason"] = state.reason;
    capabilities[cache::wireName(capability)] = std::move(said);
  }
  const auto& rights = report.server.missingRights;
  return {{"ok", true},
          {"latencyMs", toMs(report.server.latency)},
          {"serverVersion", report.server.version},
          {"role", report.server.role},
          {"attempts", report.attempts},
          {"capabilities", std::move(capabilities)},
          {"missingRights", json::array(rights.begin(), rights.end())},
          {"boundToKeys", report.server.boundToKeys},
          {"stages", stagesJson(report.stages)},
          {"nodes", nodesJson(report.server.nodes)}};
}

std::string serverWords(const ConnectionProfile& profile, const cache::ServerInfo& server) {
  const std::string engine(domain::wireName(profile.engine));
  if (server.version.empty()) return engine + "; this user may not ask for its version and role";
  std::string words =
      fmt::format("{} {}, {}", engine, escapeForDisplay(server.version), escapeForDisplay(server.role));
  if (profile.topology == domain::Topology::cluster)
    words += fmt::format(" of {}", plural(server.nodes.size(), "master"));
  if (profile.topology == domain::Topology::sentinel && server.nodes.size() == 1)
    words += " at " + escapeForDisplay(server.nodes.front().address);
  return words;
}

void printReport(Output& output, const ConnectionProfile& profile, const TestReport& report) {
  output.line(fmt::format("{}; a ping takes {}{}", serverWords(profile, report.server),
                          durationWords(report.server.latency),
                          report.attempts > 1 ? "; it took a second attempt" : ""),
              Style::strong);
  Table table({{"CAPABILITY"}, {"SUPPORTED"}, {"REASON"}});
  for (std::size_t i = 0; i < cache::kCapabilityCount; ++i) {
    const auto& state = report.server.capabilities[i];
    table.add({std::string(cache::wireName(static_cast<Capability>(i))),
               state.supported ? Cell("yes", Style::good) : Cell("no", Style::warning), state.reason});
  }
  table.print(output);
  if (!report.server.missingRights.empty()) {
    output.line(fmt::format("missing rights: {}", fmt::join(report.server.missingRights, ", ")),
                Style::warning);
  }
  if (report.server.boundToKeys) output.line("this user may touch only certain keys", Style::warning);
  warnOfUnverifiedTls(profile, output);
}

std::optional<SecretText> typedOf(actions::SecretChange& change) {
  if (std::holds_alternative<actions::ClearSecret>(change)) return SecretText();
  auto* text = std::get_if<SecretText>(&change);
  if (text == nullptr) return std::nullopt;
  return std::move(*text);
}

/// Where it failed stands among the stages, beside the error.
Outcome testFailed(Output& output, const Error& error, const StageList& stages) {
  if (!output.json()) return std::unexpected(error);
  output.document(json::object{{"error", toJson(error)}, {"stages", stagesJson(stages.reports())}});
  return exitCodeOf(error);
}

Outcome testConnection(CommandContext& context, const TestOptions& options) {
  const auto known = context.profile(options.connection);
  if (!known) return std::unexpected(known.error());
  auto described = describeProfile(*known, options.profile);
  if (!described) return std::unexpected(described.error());
  const auto profile = domain::normalized(std::move(described->profile));
  if (auto ok = domain::validate(profile); !ok) return std::unexpected(ok.error());
  actions::TypedSecrets typed{.password = typedOf(described->secrets.password),
                              .tlsKeyPassphrase = typedOf(described->secrets.tlsKeyPassphrase)};

  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  Output& output = context.output();
  const auto stages = std::make_shared<StageList>(output.json() ? nullptr : stageLines(output, profile));
  const auto report =
      (*engine)->wait((*engine)->connections().test(profile, std::move(typed), context.stop(), stages));
  if (!report) return testFailed(output, report.error(), *stages);
  if (output.json()) {
    output.document(testJson(*report));
  } else {
    printReport(output, profile, *report);
  }
  return ExitCode::done;
}

}  // namespace

void addConnectionTest(CommandGroup& connections) {
  auto test = connections.add<TestOptions>("test",
                                           "Connect, authenticate, ping, and see what the server can do, "
                                           "stage by stage; a cluster's masters are all tested; "
                                           "options change the profile for this test alone",
                                           &testConnection);
  addText(test.app, "CONN", test.options.connection, "Name or id");
  test.options.profile.addTo(test.app);
}

}  // namespace cachify::cli
