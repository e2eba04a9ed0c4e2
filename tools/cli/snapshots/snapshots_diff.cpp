// snapshots diff

#include <fmt/format.h>

#include "domain/value_diff.hpp"
#include "keys/value_json.hpp"
#include "output/json_text.hpp"
#include "snapshots/snapshots_commands.hpp"

namespace cachify::cli {

using actions::DiffSide;
using actions::SnapshotDiff;
using domain::ValueDiff;

namespace {

constexpr std::size_t kMostLines = 1000;

struct DiffOptions {
  std::string left;
  OptionalText right;
  bool live = false;
};

json::object toJson(const DiffSide& side) {
  const auto& capture = side.capture;
  json::object object{{"label", side.label},
                      {"existed", capture.existed()},
                      {"type", domain::wireName(capture.type)},
                      {"sizeBytes", capture.sizeBytes},
                      {"digest", nullptr}};
  if (capture.deadlineNotRead) {
    object["ttlKnown"] = false;
  } else {
    object["expiresAt"] = nullptr;
  }
  if (capture.deadline) object["expiresAt"] = toIso8601(*capture.deadline);
  if (capture.digest) object["digest"] = toHex(*capture.digest);
  putValue(object, capture.logical);
  return object;
}

bool unreadable(const DiffSide& side) {
  return side.capture.existed() && side.capture.logical.index() == 0;
}

void writeJson(Output& output, const SnapshotDiff& diff, const ValueDiff& values) {
  json::array lines;
  for (const auto& line : values.lines)
    lines.push_back(json::object{{"side", line.sign == '-' ? "left" : "right"}, {"text", line.text}});
  json::object object;
  putBytes(object, "key", diff.left.capture.key);
  object["equal"] = diff.equal;
  object["change"] = diff.change;
  object["left"] = toJson(diff.left);
  object["right"] = toJson(diff.right);
  object["differences"] = std::move(lines);
  object["cut"] = values.cut;
  output.document(object);
}

void writeText(Output& output, const SnapshotDiff& diff, const ValueDiff& values) {
  output.line(
      fmt::format("{}: {}", escapeForDisplay(diff.left.capture.key), diff.equal ? "the same" : diff.change),
      Style::strong);
  output.line(fmt::format("--- {}", diff.left.label), Style::faint);
  output.line(fmt::format("+++ {}", diff.right.label), Style::faint);
  for (const auto& line : values.lines) {
    output.line(fmt::format("{} {}", line.sign, line.text), line.sign == '-' ? Style::bad : Style::good);
  }
  if (values.cut) output.note(fmt::format("Only the first {} differences are shown.", kMostLines));
  if (unreadable(diff.left) || unreadable(diff.right)) {
    output.note("Not both values have a readable copy: type, size, TTL and digest are compared.");
  }
}

Result<SnapshotDiff> compare(CommandContext& context, const DiffOptions& options) {
  const auto left = parseSnapshotId(options.left);
  if (!left) return std::unexpected(left.error());
  const auto opened = context.engine();
  if (!opened) return std::unexpected(opened.error());
  studio::Engine& engine = **opened;
  if (options.right) {
    const auto right = parseSnapshotId(*options.right);
    if (!right) return std::unexpected(right.error());
    return engine.wait(engine.rollback().diff(*left, *right));
  }
  const auto snapshot = engine.wait(engine.rollback().show(*left));
  if (!snapshot) return std::unexpected(snapshot.error());
  const auto profile = context.profile(snapshot->recorded.event.connectionId.toString());
  if (!profile) return std::unexpected(profile.error());
  return engine.wait(engine.rollback().diffLive(*profile, *left, context.stop()));
}

Outcome diffSnapshots(CommandContext& context, const DiffOptions& options) {
  if (options.right.has_value() == options.live) {
    return fail(ErrorCode::validationError, "say what to compare with: a second snapshot's id, or --live");
  }
  const auto diff = compare(context, options);
  if (!diff) return std::unexpected(diff.error());
  ValueDiff values;
  if (!unreadable(diff->left) && !unreadable(diff->right)) {
    values = diffValues(diff->left.capture.logical, diff->right.capture.logical, kMostLines);
  }
  if (context.output().json()) {
    writeJson(context.output(), *diff, values);
  } else {
    writeText(context.output(), *diff, values);
  }
  return ExitCode::done;
}

}  // namespace

void addSnapshotsDiff(CommandGroup& snapshots) {
  auto diff = snapshots.add<DiffOptions>(
      "diff", "Compare a snapshot with another one or with the key as it is now", &diffSnapshots);
  addText(diff.app, "ID", diff.options.left, "The snapshot");
  addText(diff.app, "ID2", diff.options.right, "The other snapshot");
  diff.app.addFlag("--live", diff.options.live, "Compare with the key as it is now");
}

}  // namespace cachify::cli
