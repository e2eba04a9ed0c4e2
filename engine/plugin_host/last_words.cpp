#include "plugin_host/last_words.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace cachify::plugin_host {
namespace {

constexpr std::size_t kKeptBytes = 4096;
/// A program that writes without end must not keep us busy for ever: then its pipe is closed, which ends it.
constexpr std::size_t kMostBytes = 16UL << 20;

}  // namespace

class LastWords::Pipe : public std::enable_shared_from_this<Pipe> {
 public:
  Pipe(const boost::asio::any_io_executor& executor, Descriptor pipe) : pipe_(executor, pipe.release()) {}

  void listen() {
    pipe_.async_read_some(
        boost::asio::buffer(buffer_),
        [self = shared_from_this()](const boost::system::error_code& error, std::size_t got) {
          if (error) return;
          self->keep({self->buffer_.data(), got});
          if (self->pipe_.is_open()) self->listen();
        });
  }
  std::string take() {
    std::array<char, kKeptBytes> buffer;
    while (pipe_.is_open()) {
      const ssize_t got = read(pipe_.native_handle(), buffer.data(), buffer.size());
      if (got <= 0) break;
      keep({buffer.data(), static_cast<std::size_t>(got)});
    }
    return std::exchange(kept_, {});
  }
  void close() {
    boost::system::error_code ignored;
    pipe_.close(ignored);
  }

 private:
  void keep(std::string_view bytes) {
    seen_ += bytes.size();
    if (seen_ > kMostBytes) close();
    kept_ += bytes;
    if (kept_.size() > kKeptBytes) kept_.erase(0, kept_.size() - kKeptBytes);
  }

  boost::asio::posix::stream_descriptor pipe_;
  std::array<char, 16'384> buffer_{};
  std::string kept_;
  std::size_t seen_ = 0;
};

LastWords::LastWords(const boost::asio::any_io_executor& executor, Descriptor pipe)
    : pipe_(std::make_shared<Pipe>(executor, std::move(pipe))) {
  pipe_->listen();
}

LastWords::~LastWords() {
  pipe_->close();
}

std::string LastWords::take() {
  return pipe_->take();
}

}  // namespace cachify::plugin_host
