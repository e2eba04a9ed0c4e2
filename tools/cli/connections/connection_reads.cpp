// connections list, show

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "connections/connections_commands.hpp"
#include "connections/profile_text.hpp"
#include "events/profile_json.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {

using domain::ConnectionProfile;

namespace {

struct ListOptions {
  OptionalText environment;
  OptionalText tag;
  OptionalText search;
};
struct ShowOptions {
  std::string connection;
};

struct Wanted {
  std::optional<domain::Environment> environment;
  OptionalText tag;
  std::string search;

  [[nodiscard]] bool operator()(const ConnectionProfile& profile) const {
    const auto holds = [&](const std::string& text) {
      return toLowerAscii(text).find(search) != std::string::npos;
    };
    const bool tagged = !tag || std::ranges::find(profile.tags, *tag) != profile.tags.end();
    const bool named =
        search.empty() || holds(profile.name) || holds(profile.host) || holds(profile.unixSocket);
    return tagged && named && (!environment || profile.environment == *environment);
  }
};

Result<Wanted> wantedBy(const ListOptions& options) {
  Wanted wanted{.environment = {}, .tag = options.tag, .search = toLowerAscii(options.search.value_or(""))};
  if (!options.environment) return wanted;
  const auto environment = domain::parseEnvironment(*options.environment);
  if (!environment) return std::unexpected(environment.error());
  wanted.environment = *environment;
  return wanted;
}

void printTable(const std::vector<ConnectionProfile>& profiles, Output& output) {
  Table table({{"NAME"}, {"ENGINE"}, {"SERVER"}, {"ENV"}, {"POLICY"}, {"TAGS"}, {"ID"}});
  for (const auto& profile : profiles) {
    table.add({Cell(escapeForDisplay(profile.name), Style::strong),
               std::string(domain::wireName(profile.engine)), addressOf(profile),
               environmentCell(profile.environment), policyCell(profile),
               escapeForDisplay(fmt::format("{}", fmt::join(profile.tags, ","))), profile.id.toString()});
  }
  table.print(output);
}

Outcome listConnections(CommandContext& context, const ListOptions& options) {
  const auto wanted = wantedBy(options);
  if (!wanted) return std::unexpected(wanted.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  auto all = (*engine)->control().all();
  if (!all) return std::unexpected(all.error());
  std::erase_if(all->profiles, [&](const ConnectionProfile& profile) { return !(*wanted)(profile); });
  Output& output = context.output();
  if (output.json()) {
    json::array connections;
    for (const auto& profile : all->profiles) connections.push_back(events::toJson(profile));
    output.document(json::object{{"connections", std::move(connections)}});
  } else if (all->profiles.empty()) {
    output.note("No connections. `cachify connections add` makes one.");
  } else {
    printTable(all->profiles, output);
  }
  return ExitCode::done;
}

Outcome showConnection(CommandContext& context, const ShowOptions& options) {
  const auto profile = context.profile(options.connection);
  if (!profile) return std::unexpected(profile.error());
  if (context.output().json()) {
    context.output().document(events::toJson(*profile));
  } else {
    printProfile(*profile, context.output());
    warnOfUnverifiedTls(*profile, context.output());
  }
  return ExitCode::done;
}

}  // namespace

void addConnectionReads(CommandGroup& connections) {
  auto list = connections.add<ListOptions>("list", "The profiles there are", &listConnections);
  addText(list.app, "--env", list.options.environment, "dev, staging or prod").typeName("E");
  addText(list.app, "--tag", list.options.tag, "With this tag").typeName("T");
  addText(list.app, "--search", list.options.search, "Part of name, host or socket").typeName("TEXT");

  auto show = connections.add<ShowOptions>("show", "One profile, without its password", &showConnection);
  addText(show.app, "CONN", show.options.connection, "Name or id");
}

}  // namespace cachify::cli
