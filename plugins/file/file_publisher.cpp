// The reference publisher: alerts as JSON lines at the end of a file.
//
// Each line is the alert's JSON with `deliveryKey`; the last line of a batch also has `endsDelivery`. A batch
// whose last line stands within the file's last 4 MiB is not written again, so a repeat after a lost answer
// adds nothing. Several processes may write to one file.

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cachify/alert_publisher.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>

namespace {

using namespace cachify::plugin;
using namespace std::chrono_literals;

constexpr off_t kTailBytes = 4 << 20;

/// The opened file, locked against other writers.
class LockedFile {
 public:
  explicit LockedFile(int fd) : fd_(fd) {}
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;
  ~LockedFile() {
    if (fd_ >= 0) close(fd_);
  }

  [[nodiscard]] bool isOpen() const { return fd_ >= 0; }
  [[nodiscard]] bool isPlainFile() {
    struct stat status {};
    if (fstat(fd_, &status) != 0 || !S_ISREG(status.st_mode)) return false;
    size_ = status.st_size;
    return true;
  }
  /// False when another process keeps it until the deadline.
  [[nodiscard]] bool lock(std::chrono::steady_clock::time_point deadline) const {
    while (flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      if (std::chrono::steady_clock::now() >= deadline) return false;
      std::this_thread::sleep_for(5ms);
    }
    return true;
  }
  [[nodiscard]] std::string tail() const {
    std::string bytes(static_cast<std::size_t>(std::min(size_, kTailBytes)), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
      const ssize_t got = pread(fd_, bytes.data() + have, bytes.size() - have,
                                size_ - static_cast<off_t>(bytes.size() - have));
      if (got <= 0) break;
      have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
  }
  /// All of it or nothing; 0, or what went wrong.
  [[nodiscard]] int append(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = write(fd_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return takenBack(errno);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return fdatasync(fd_) == 0 ? 0 : takenBack(errno);
  }

 private:
  [[nodiscard]] int takenBack(int error) const {
    // Where even that fails, half a batch stays: it has no line that ends it, so a repeat writes it whole.
    [[maybe_unused]] const int truncated = ftruncate(fd_, size_);
    return error;
  }

  int fd_;
  off_t size_ = 0;
};

Delivery deliveryAfter(int error, const std::string& path) {
  const std::string why = path + ": " + std::strerror(error);
  const bool mayPass =
      error == ENOSPC || error == EDQUOT || error == EIO || error == EINTR || error == EMFILE;
  return mayPass ? Delivery::later(1min, why) : Delivery::failed(why);
}

/// How the last line of the batch ends.
std::string endOf(const Batch& batch) {
  return "\"deliveryKey\":" + boost::json::serialize(boost::json::string_view(batch.idempotencyKey())) +
         ",\"endsDelivery\":true}\n";
}

std::string linesOf(const Batch& batch) {
  const std::string key = boost::json::serialize(boost::json::string_view(batch.idempotencyKey()));
  std::string lines;
  for (std::uint64_t i = 0; i < batch.size(); ++i) {
    // The object without its closing brace; an alert always has members.
    const std::string_view json = view(batch[i].json);
    lines.append(json.substr(0, json.size() - 1)).append(",");
    if (i + 1 == batch.size())
      lines.append(endOf(batch));
    else
      lines.append("\"deliveryKey\":").append(key).append("}\n");
  }
  return lines;
}

class FilePublisher : public AlertPublisher {
 public:
  static Description describe() {
    return {"file", "File", "Appends alerts to a file, one JSON object a line.", R"json({
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {
        "path": {"type": "string", "minLength": 1, "pattern": "^/", "title": "File", "examples": ["/var/log/cachify-alerts.jsonl"],
                 "description": "Absolute path; the file is made if it is not there, readable by you alone"}
      },
      "required": ["path"],
      "additionalProperties": false
    })json"};
  }

  void configure(const Parameters& configuration) override {
    const std::string path = configuration.text("/path");
    if (path.empty() || path.front() != '/')
      throw Refused("path", "path must be absolute: it must begin with /");
    if (path.find('\0') != std::string::npos) throw Refused("path", "path must not hold a NUL byte");
    path_ = path;
  }

  Delivery deliver(const Batch& batch) override {
    if (path_.empty()) return Delivery::failed("no file is configured");
    if (batch.size() == 0) return Delivery::done();
    LockedFile file(open(path_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600));
    if (!file.isOpen()) return deliveryAfter(errno, path_);
    if (!file.lock(batch.deadline())) return Delivery::later(1s, path_ + " is locked by another process");
    if (!file.isPlainFile()) return Delivery::failed(path_ + " is no plain file");
    const std::string tail = file.tail();
    if (tail.find(endOf(batch)) != std::string::npos) return Delivery::done();
    // A line that was cut by a power failure stays a line of its own.
    const bool isCut = !tail.empty() && tail.back() != '\n';
    const int error = file.append((isCut ? "\n" : "") + linesOf(batch));
    return error == 0 ? Delivery::done() : deliveryAfter(error, path_);
  }

  void health() override {
    if (path_.empty()) throw std::runtime_error("no file is configured");
    std::error_code error;
    const bool exists = std::filesystem::exists(path_, error);
    const std::string needed = exists ? path_ : std::filesystem::path(path_).parent_path().string();
    if (access(needed.c_str(), W_OK) != 0) throw std::runtime_error(needed + ": " + std::strerror(errno));
  }

 private:
  std::string path_;
};

}  // namespace

CACHIFY_ALERT_PUBLISHER(FilePublisher)
