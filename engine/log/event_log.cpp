#include "log/event_log.hpp"

#include <fmt/format.h>

#include <mutex>
#include <set>

#include "log/group_writer.hpp"

namespace cachify::log {
namespace {

/// LMDB must not open a file twice in one process: the POSIX locks of the first would go when the second is
/// closed.
class OpenDirectories {
 public:
  static OpenDirectories& instance() {
    // Never destroyed: a writer that was left behind may release its folder while the process ends.
    static auto* const directories = new OpenDirectories();
    return *directories;
  }
  [[nodiscard]] bool add(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    return paths_.insert(path).second;
  }
  void remove(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    paths_.erase(path);
  }

 private:
  std::mutex mutex_;
  std::set<std::filesystem::path> paths_;
};

class DirectoryClaim {
 public:
  [[nodiscard]] static Result<std::shared_ptr<DirectoryClaim>> make(const std::filesystem::path& directory) {
    std::error_code error;
    auto path = std::filesystem::weakly_canonical(directory, error);
    if (error)
      return fail(ErrorCode::internalError,
                  fmt::format("cannot reach {}: {}", directory.string(), error.message()));
    if (!OpenDirectories::instance().add(path)) {
      return fail(ErrorCode::conflict,
                  fmt::format("this process has the log in {} open already", path.string()));
    }
    return std::make_shared<DirectoryClaim>(std::move(path));
  }
  explicit DirectoryClaim(std::filesystem::path path) : path_(std::move(path)) {}
  ~DirectoryClaim() { OpenDirectories::instance().remove(path_); }
  DirectoryClaim(const DirectoryClaim&) = delete;
  DirectoryClaim& operator=(const DirectoryClaim&) = delete;

 private:
  std::filesystem::path path_;
};

/// Members go in reverse order: the folder is free again only when LMDB has closed it.
struct OpenStore {
  std::shared_ptr<DirectoryClaim> claim;
  std::unique_ptr<Store> store;
};

class LmdbEventLog final : public EventLog {
 public:
  LmdbEventLog(std::shared_ptr<const Store> store, std::shared_ptr<GroupWriter> writer)
      : store_(std::move(store)), writer_(std::move(writer)) {}
  ~LmdbEventLog() override {
    if (writer_) writer_->stop();
  }
  LmdbEventLog(const LmdbEventLog&) = delete;
  LmdbEventLog& operator=(const LmdbEventLog&) = delete;

  Result<LogHead> head() const override {
    const auto head = store_->head();
    if (!head) return fail(head.error());
    return LogHead{.logId = store_->logId(), .lastPosition = head->last, .chain = head->chain};
  }
  std::uint64_t lastTransaction() const override { return store_->env().lastTransaction(); }
  Result<std::vector<Frame>> framesFrom(Position from, std::size_t maxBytes) const override {
    return store_->framesFrom(from, maxBytes);
  }
  Result<std::vector<Frame>> streamFrom(std::string_view stream, std::uint64_t from,
                                        std::size_t maxFrames) const override {
    return store_->streamFrom(stream, from, maxFrames);
  }
  Result<std::uint64_t> streamVersion(std::string_view stream) const override {
    return store_->streamVersion(stream);
  }
  Result<Digest> chainAt(Position position) const override { return store_->chainAt(position); }
  Result<std::optional<AppendReceipt>> findIdempotent(const Idempotency& idempotency) const override {
    return store_->findIdempotent(idempotency);
  }
  Result<std::vector<SealedChunk>> readPack(Uuid packId) const override { return store_->readPack(packId); }
  Result<Uuid> dataKeyId() const override { return store_->dataKeyId(); }
  Result<std::vector<Bytes>> storedFramesFrom(Position from, std::size_t maxBytes) const override {
    return store_->storedFramesFrom(from, maxBytes);
  }
  Result<LogStatus> status() const override { return store_->status(); }

  Result<AppendReceipt> append(AppendRequest request) override;
  void appendAsync(AppendRequest request, std::function<void(Result<AppendReceipt>)> done) override;
  Result<void> flush() override;
  Result<void> setDataKeyId(Uuid keyId) override;

 private:
  std::shared_ptr<const Store> store_;
  std::shared_ptr<GroupWriter> writer_;  ///< null: read-only
};

std::unexpected<Error> readOnlyError() {
  return fail(ErrorCode::notSupported, "the log was opened for reading only");
}

Result<AppendReceipt> LmdbEventLog::append(AppendRequest request) {
  if (!writer_) return readOnlyError();
  const Durability durability = request.durability;
  auto prepared = prepareRequest(std::move(request));
  if (!prepared) return fail(prepared.error());
  if (durability == Durability::durable) return writer_->submitAndWait(std::move(*prepared));
  writer_->submit({.request = std::move(*prepared), .durability = durability});
  return AppendReceipt{};
}

void LmdbEventLog::appendAsync(AppendRequest request, std::function<void(Result<AppendReceipt>)> done) {
  if (!writer_) return done(readOnlyError());
  const Durability durability = request.durability;
  auto prepared = prepareRequest(std::move(request));
  if (!prepared) return done(fail(prepared.error()));
  writer_->submit({.request = std::move(*prepared), .durability = durability, .done = std::move(done)});
}

Result<void> LmdbEventLog::flush() {
  if (!writer_) return {};
  const auto flushed = writer_->submitAndWait({});
  if (!flushed) return fail(flushed.error());
  return {};
}

Result<void> LmdbEventLog::setDataKeyId(Uuid keyId) {
  if (!writer_) return readOnlyError();
  PreparedRequest request;
  request.dataKeyId = keyId;
  const auto set = writer_->submitAndWait(std::move(request));
  if (!set) return fail(set.error());
  return {};
}

}  // namespace

Result<std::unique_ptr<EventLog>> EventLog::open(OpenOptions options) {
  auto claim = DirectoryClaim::make(options.directory);
  if (!claim) return fail(claim.error());
  auto opened = Store::open(options);
  if (!opened) return fail(opened.error());
  auto owner =
      std::make_shared<OpenStore>(OpenStore{.claim = std::move(*claim), .store = std::move(*opened)});
  const std::shared_ptr<const Store> store(owner, owner->store.get());
  std::shared_ptr<GroupWriter> writer;
  if (!options.readOnly) {
    auto hint = WriteLockHint::open(options.directory);
    if (!hint) return fail(hint.error());
    writer = std::make_shared<GroupWriter>(store, std::move(*hint), options.lockPatience);
    writer->start();
  }
  return std::make_unique<LmdbEventLog>(store, std::move(writer));
}

}  // namespace cachify::log
