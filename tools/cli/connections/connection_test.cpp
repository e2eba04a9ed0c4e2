// connections test

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connections/connections_commands.hpp"
#include "connections/profile_text.hpp"
#include "options/profile_options.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using actions::TestReport;
using cache::Capability;

namespace {

struct TestOptions {
  std::string connection;
  ProfileOptions profile;
};

json::object toJson(const TestReport& report) {
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
          {"boundToKeys", report.server.boundToKeys}};
}

void printStage(Output& output, bool ok, std::string_view words) {
  output.composed(fmt::format("{} {}", ok ? output.styled("✓", Style::good) : output.styled("✗", Style::bad),
                              output.styled(words, Style::plain)));
}

std::string serverWords(const domain::ConnectionProfile& profile, const cache::ServerInfo& server) {
  const std::string engine(domain::wireName(profile.engine));
  if (server.version.empty()) return engine + "; this user may not ask for its version and role";
  return fmt::format("{} {}, {}", engine, escapeForDisplay(server.version), escapeForDisplay(server.role));
}

void printReport(Output& output, const domain::ConnectionProfile& profile, const TestReport& report) {
  printStage(output, true,
             fmt::format("connected to {}{}", addressOf(profile), profile.tls.enabled ? " over TLS" : ""));
  printStage(output, true, "authenticated as far as the server asks for it");
  printStage(output, true,
             fmt::format("answered a ping in {}{}", durationWords(report.server.latency),
                         report.attempts > 1 ? " at the second attempt" : ""));
  printStage(output, true, serverWords(profile, report.server));
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

/// How far it came, as the error tells.
void printFailure(Output& output, const domain::ConnectionProfile& profile, const Error& error) {
  if (output.json() || error.code == ErrorCode::cancelled) return;
  const bool reached = error.code != ErrorCode::connectionFailed && error.code != ErrorCode::timeout &&
                       error.code != ErrorCode::validationError;
  printStage(output, reached, fmt::format("connecting to {}", addressOf(profile)));
  if (reached) printStage(output, error.code != ErrorCode::unauthorized, "authenticating");
}

std::optional<SecretText> typedOf(actions::SecretChange& change) {
  if (std::holds_alternative<actions::ClearSecret>(change)) return SecretText();
  auto* text = std::get_if<SecretText>(&change);
  if (text == nullptr) return std::nullopt;
  return std::move(*text);
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
  const auto report =
      (*engine)->wait((*engine)->connections().test(profile, std::move(typed), context.stop()));
  if (!report) {
    printFailure(context.output(), profile, report.error());
    return std::unexpected(report.error());
  }
  if (context.output().json()) {
    context.output().document(toJson(*report));
  } else {
    printReport(context.output(), profile, *report);
  }
  return ExitCode::done;
}

}  // namespace

void addConnectionTest(CommandGroup& connections) {
  auto test = connections.add<TestOptions>("test",
                                           "Connect, authenticate, ping, and see what the server can do; "
                                           "options change the profile for this test alone",
                                           &testConnection);
  addText(test.app, "CONN", test.options.connection, "Name or id");
  test.options.profile.addTo(test.app);
}

}  // namespace cachify::cli
