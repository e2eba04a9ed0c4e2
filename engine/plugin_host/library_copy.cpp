#include "plugin_host/library_copy.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>

namespace cachify::plugin_host {
namespace {

std::unexpected<Error> noCopy() {
  return fail(ErrorCode::internalError,
              fmt::format("no private copy of the plugin's library could be made: {}", std::strerror(errno)));
}

}  // namespace

Result<Descriptor> sealedCopy(BytesView library, const Digest& digest) {
  Descriptor copy(memfd_create(toHex(digest).c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!copy.isOpen()) return noCopy();
  while (!library.empty()) {
    const ssize_t written = write(copy.get(), library.data(), library.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return noCopy();
    library.remove_prefix(static_cast<std::size_t>(written));
  }
  if (fcntl(copy.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return noCopy();
  return copy;
}

}  // namespace cachify::plugin_host
