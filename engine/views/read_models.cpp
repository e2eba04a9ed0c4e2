#include "views/read_models.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>

#include "views/generation.hpp"
#include "views/generation_builder.hpp"
#include "views/projector.hpp"
#include "views/sqlite_error.hpp"
#include "views/views_directory.hpp"

namespace cachify::views {
namespace {

namespace fs = std::filesystem;

/// A rebuild by another process is waited for that long: millions of events take about a minute.
constexpr std::chrono::minutes kRebuildPatience{15};
/// How often a generation may turn out unusable in one call. More than once only when others interfere
/// meanwhile.
constexpr int kAttempts = 4;

class SqliteReadModels final : public ReadModels {
 public:
  explicit SqliteReadModels(OpenViews options)
      : directory_(std::move(options.directory)), reader_(*options.reader) {}

  Result<void> start() {
    if (auto ok = directory_.create(); !ok) return ok;
    directory_.removeUnused();
    const auto generation = usable();
    if (!generation) return std::unexpected(generation.error());
    return {};
  }

  Result<void> catchUp(log::Position position) override {
    return withGeneration([&](Generation& generation) { return feed(generation, position); });
  }

  Result<void> read(const std::function<Result<void>(sqlite3&)>& query) override {
    return withGeneration([&](Generation& generation) { return generation.read(query); });
  }

  Result<void> checkpoint() override {
    return withGeneration([](Generation& generation) { return generation.checkpoint(); });
  }

  Result<RebuildReport> rebuild() override {
    if (auto ok = directory_.create(); !ok) return std::unexpected(ok.error());
    const auto lock = directory_.lockForRebuild(kRebuildPatience);
    if (!lock) return std::unexpected(lock.error());
    return buildGeneration(directory_, reader_);
  }

  Result<RebuildReport> replayInto(const fs::path& file, const ReplayLimit& limit) override {
    std::error_code ignored;
    if (fs::exists(file, ignored)) {
      return fail(ErrorCode::conflict, fmt::format("{} exists; name a file that does not", file.string()));
    }
    return buildFile(file, reader_, limit);
  }

  Result<ProjectionStatus> status() override;
  Result<log::Position> position() override;

 private:
  using Work = std::function<Result<void>(Generation&)>;

  /// Runs `work` on the current generation; where that is found damaged, has it rebuilt and runs `work`
  /// again.
  Result<void> withGeneration(const Work& work) {
    for (int attempt = 1;; ++attempt) {
      const auto generation = usable();
      if (!generation) return std::unexpected(generation.error());
      auto done = work(**generation);
      if (done || !meansDamage(done.error()) || attempt == kAttempts) return done;
      if (auto ok = replace((*generation)->name()); !ok) return ok;
    }
  }

  Result<void> feed(Generation& generation, log::Position position) {
    const auto reached = generation.catchUp(reader_, position);
    if (!reached) return std::unexpected(reached.error());
    const std::scoped_lock guard(mutex_);
    promised_ = std::max(promised_, std::min(*reached, position));
    return {};
  }

  [[nodiscard]] Result<std::shared_ptr<Generation>> usable();
  [[nodiscard]] Result<std::shared_ptr<Generation>> openCurrent(const std::string& name);
  Result<void> replace(const std::string& unusable);

  ViewsDirectory directory_;
  const log::EventReader& reader_;
  std::mutex mutex_;
  std::shared_ptr<Generation> generation_;
  /// How far callers were told the views have come: a generation that another process swaps in may be behind
  /// that.
  log::Position promised_ = 0;
};

Result<std::shared_ptr<Generation>> SqliteReadModels::usable() {
  const std::scoped_lock guard(mutex_);
  for (int attempt = 1;; ++attempt) {
    const std::string name = directory_.current();
    const bool isSame = generation_ != nullptr && generation_->name() == name;
    if (isSame && generation_->isIntact()) return generation_;
    const auto opened = isSame || name.empty() ? fail(damagedError("the file was changed by somebody else"))
                                               : openCurrent(name);
    if (opened || !meansDamage(opened.error()) || attempt == kAttempts) return opened;
    generation_.reset();
    if (auto ok = replace(name); !ok) return std::unexpected(ok.error());
  }
}

Result<std::shared_ptr<Generation>> SqliteReadModels::openCurrent(const std::string& name) {
  auto opened = Generation::open(directory_.pathOf(name));
  if (!opened) return opened;
  const auto reached = (*opened)->catchUp(reader_, promised_);
  if (!reached) return std::unexpected(reached.error());
  generation_ = *opened;
  return opened;
}

/// Has a generation built in place of the unusable one, unless somebody else was quicker.
Result<void> SqliteReadModels::replace(const std::string& unusable) {
  if (auto ok = directory_.create(); !ok) return ok;
  const auto lock = directory_.lockForRebuild(kRebuildPatience);
  if (!lock) return std::unexpected(lock.error());
  if (directory_.current() != unusable) return {};
  const auto report = buildGeneration(directory_, reader_);
  if (!report) return std::unexpected(report.error());
  return {};
}

Result<void> readStatus(sqlite3& db, ProjectionStatus& status) {
  const auto checkpoint = readCheckpoint(db);
  if (!checkpoint) return std::unexpected(checkpoint.error());
  status.position = checkpoint->position;
  status.views.clear();
  for (const auto& model : readModels()) {
    for (const auto& table : model.tables) {
      const auto rows = numberOf(db, fmt::format("SELECT count(*) FROM {}", table.name));
      if (!rows) return std::unexpected(rows.error());
      status.views.push_back({std::string(table.name), static_cast<std::uint64_t>(*rows), model.version});
    }
  }
  return {};
}

Result<ProjectionStatus> SqliteReadModels::status() {
  ProjectionStatus status;
  if (auto ok = read([&](sqlite3& db) { return readStatus(db, status); }); !ok)
    return std::unexpected(ok.error());
  const auto head = reader_.head();
  if (!head) return std::unexpected(head.error());
  status.logPosition = std::max(head->lastPosition, status.position);
  return status;
}

Result<log::Position> SqliteReadModels::position() {
  log::Position position = 0;
  auto ok = read([&](sqlite3& db) -> Result<void> {
    const auto checkpoint = readCheckpoint(db);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    position = checkpoint->position;
    return {};
  });
  if (!ok) return std::unexpected(ok.error());
  return position;
}

}  // namespace

Result<std::unique_ptr<ReadModels>> ReadModels::open(OpenViews options) {
  auto models = std::make_unique<SqliteReadModels>(std::move(options));
  if (auto ok = models->start(); !ok) return std::unexpected(ok.error());
  return models;
}

}  // namespace cachify::views
