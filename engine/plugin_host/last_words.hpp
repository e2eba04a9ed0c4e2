#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "core/descriptor.hpp"

namespace cachify::plugin_host {

/// Takes what a program writes to its standard output and error, so that it never waits for us, and keeps the
/// end of it. Lives on one executor.
class LastWords {
 public:
  LastWords(const boost::asio::any_io_executor& executor, Descriptor pipe);
  ~LastWords();
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;

  /// With what came since the executor last looked; at most 4096 bytes, as they are.
  [[nodiscard]] std::string take();

 private:
  class Pipe;
  std::shared_ptr<Pipe> pipe_;
};

}  // namespace cachify::plugin_host
