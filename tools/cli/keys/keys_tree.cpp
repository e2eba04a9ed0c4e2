// keys tree

#include <fmt/format.h>

#include <algorithm>

#include "core/invalid_value.hpp"
#include "keys/keys_commands.hpp"
#include "keys/scan_output.hpp"
#include "options/bytes_options.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"

namespace cachify::cli {

using actions::CountedTree;
using domain::KeyFolder;
using domain::KeyTree;

namespace {

constexpr std::int64_t kMostLevels = 64;
constexpr std::size_t kMostSeparatorBytes = 64;

struct TreeOptions {
  std::string connection;
  OptionalText folder;
  KeyOption folderForms;
  std::string match = "*";
  std::string depth = "1";
  OptionalText separator;
};

Result<actions::TreeRequest> treeRequestOf(const TreeOptions& options,
                                           const domain::ConnectionProfile& profile) {
  const auto depth = parseInteger("depth", options.depth, 1, kMostLevels);
  if (!depth) return std::unexpected(depth.error());
  const std::string separator = options.separator.value_or(profile.keySeparator);
  if (separator.empty() || separator.size() > kMostSeparatorBytes)
    return invalidValue("separator", separator, fmt::format("1 to {} bytes", kMostSeparatorBytes));
  actions::TreeRequest request{
      .pattern = options.match,
      .shape = {.separator = separator, .depth = static_cast<std::uint32_t>(*depth)}};
  if (options.folder || options.folderForms.base64) {
    auto folder = options.folderForms.resolve(options.folder);
    if (!folder) return std::unexpected(folder.error());
    request.shape.folder = *std::move(folder);
  }
  return request;
}

/// Calls `visit(folder, level)` for all folders, each before those in it, the largest first.
template <class Visit>
void walk(const KeyTree& tree, BytesView path, std::uint32_t level, const Visit& visit) {
  auto folders = tree.children(path);
  std::ranges::stable_sort(folders, std::ranges::greater(), &KeyFolder::keys);
  for (const auto& folder : folders) {
    visit(folder, level);
    walk(tree, folder.path, level + 1, visit);
  }
}

void putFolder(json::object& object, const KeyFolder& folder) {
  object["keys"] = folder.keys;
  object["ownKeys"] = folder.ownKeys;
  object["folders"] = folder.folders;
  object["hasMore"] = folder.hasMore;
}

json::object toJson(const CountedTree& counted, const actions::TreeRequest& request) {
  const KeyTree& tree = counted.tree;
  json::object object;
  putBytes(object, "path", tree.top().path);
  putFolder(object, tree.top());
  putBytes(object, "separator", tree.shape().separator);
  putBytes(object, "match", request.pattern);
  object["depth"] = tree.shape().depth;
  json::array below;
  walk(tree, tree.top().path, 1, [&below](const KeyFolder& folder, std::uint32_t level) {
    json::object entry{{"level", level}};
    putBytes(entry, "path", folder.path);
    putFolder(entry, folder);
    below.push_back(std::move(entry));
  });
  object["below"] = std::move(below);
  object["complete"] = counted.complete;
  object["cut"] = tree.isCut();
  object["scanned"] = counted.progress.scanned;
  object["total"] = nullptr;
  if (counted.progress.total) object["total"] = *counted.progress.total;
  object["partOfCluster"] = counted.partOfCluster;
  return object;
}

void printTree(Output& output, const KeyTree& tree) {
  Table table({{"KEYS", Column::Align::right}, {"IN NO FOLDER", Column::Align::right}, {"FOLDER"}});
  const auto add = [&table](const KeyFolder& folder, std::string name) {
    table.add({countWords(folder.keys), countWords(folder.ownKeys), std::move(name)});
  };
  const KeyFolder top = tree.top();
  add(top, top.path.empty() ? "(all)" : escapeForDisplay(top.path));
  walk(tree, top.path, 1, [&add](const KeyFolder& folder, std::uint32_t level) {
    add(folder, std::string(2 * level, ' ') + escapeForDisplay(folder.path));
  });
  table.print(output);
}

void sayTreeEnd(Output& output, const CountedTree& counted) {
  const KeyFolder top = counted.tree.top();
  output.note(fmt::format("{}, {}{}.", plural(top.keys, "key"),
                          scannedWords(counted.progress.scanned, counted.progress.total),
                          counted.complete ? "" : "; interrupted before the end"));
  if (counted.tree.isCut())
    output.note(
        "There are too many folders to tell apart: some are counted in the one above only. Name a "
        "folder to see what is in it.");
}

Outcome countTree(CommandContext& context, const TreeOptions& options) {
  const auto profile = context.profile(options.connection);
  if (!profile) return std::unexpected(profile.error());
  const auto request = treeRequestOf(options, *profile);
  if (!request) return std::unexpected(request.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  Output& output = context.output();
  // This thread waits meanwhile, so the output is the network thread's.
  const auto onProgress = [&output](const actions::TreeProgress& progress) {
    output.progress(scannedWords(progress.scanned, progress.total));
  };
  const auto counted =
      (*engine)->wait((*engine)->keys().tree(*profile, *request, onProgress, context.stop()));
  output.progress({});
  if (!counted) return std::unexpected(counted.error());
  if (counted->partOfCluster) warnOfOneNode(output, *profile);
  if (output.json()) {
    output.document(toJson(*counted, *request));
  } else {
    printTree(output, counted->tree);
    sayTreeEnd(output, *counted);
  }
  return counted->complete ? ExitCode::done : ExitCode::interrupted;
}

}  // namespace

void addKeysTree(CommandGroup& keys) {
  auto tree = keys.add<TreeOptions>("tree", "Count all keys by folder; Ctrl-C shows what was counted so far",
                                    &countTree);
  addText(tree.app, "CONN", tree.options.connection, "Name or id of the connection");
  addText(tree.app, "PREFIX", tree.options.folder, "Only this folder, such as user: (or just user)");
  tree.options.folderForms.addTo(tree.app, "--prefix-base64");
  tree.app.addOption("--match", tree.options.match, "Count keys that match this Redis glob only")
      .typeName("PATTERN");
  tree.app.addOption("--depth", tree.options.depth, "Levels of folders to show (default 1)").typeName("N");
  addText(tree.app, "--separator", tree.options.separator,
          "What ends a folder's name (default: the profile's)")
      .typeName("S");
}

}  // namespace cachify::cli
