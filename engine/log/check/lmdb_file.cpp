#include "log/check/lmdb_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "log/check/page_walk.hpp"
#include "log/damage.hpp"
#include "log/wire.hpp"

namespace cachify::log {
namespace {

constexpr std::uint32_t kMetaMagic = 0xBEEFC0DE;
constexpr std::uint32_t kMetaVersion = 1;
constexpr std::uint16_t kMetaPageFlag = 0x08;
constexpr std::size_t kMetaBytes = 136;
constexpr std::uint16_t kMaxDepth = 32;

bool rootIsPossible(const RawTree& tree, std::uint64_t lastPage) {
  return tree.depth <= kMaxDepth && (tree.root == kNoPage || (tree.root >= 2 && tree.root <= lastPage));
}

Result<void> inspect(const std::filesystem::path& path) {
  const auto file = MappedFile::open(path);
  if (!file) return fail(file.error());
  if (file->bytes().empty()) return {};
  const MetaPages metas = MetaPages::read(file->bytes());
  if (const auto fault = metas.fault(); !fault.empty()) return fail(damage("structure", 0, fault));
  const RawMeta& meta = *metas.newest();
  const std::uint64_t pagesThere = file->bytes().size() / meta.pageSize;
  if (pagesThere > meta.lastPage) return {};
  // LMDB may leave pages unwritten that a transaction took and gave back: a short file is sound if only free
  // pages are missing.
  if (onlyFreePagesFrom(file->bytes(), meta, pagesThere)) return {};
  return fail(damage("truncated", 0,
                     fmt::format("data.mdb ends after {} of {} pages", pagesThere, meta.lastPage + 1)));
}

}  // namespace

RawTree RawTree::parse(const char* at) {
  return {.pad = getLittle<std::uint32_t>(at),
          .flags = getLittle<std::uint16_t>(at + 4),
          .depth = getLittle<std::uint16_t>(at + 6),
          .branchPages = getLittle<std::uint64_t>(at + 8),
          .leafPages = getLittle<std::uint64_t>(at + 16),
          .overflowPages = getLittle<std::uint64_t>(at + 24),
          .entries = getLittle<std::uint64_t>(at + 32),
          .root = getLittle<std::uint64_t>(at + 40)};
}

std::optional<RawMeta> RawMeta::parse(BytesView page) {
  if (page.size() < kPageHeaderBytes + kMetaBytes) return {};
  const char* const at = page.data() + kPageHeaderBytes;
  if (getLittle<std::uint16_t>(page.data() + 10) != kMetaPageFlag ||
      getLittle<std::uint32_t>(at) != kMetaMagic || getLittle<std::uint32_t>(at + 4) != kMetaVersion) {
    return {};
  }
  RawMeta meta{.freePages = RawTree::parse(at + 24),
               .main = RawTree::parse(at + 72),
               .lastPage = getLittle<std::uint64_t>(at + 120),
               .transaction = getLittle<std::uint64_t>(at + 128)};
  meta.pageSize = meta.freePages.pad;  // LMDB keeps the page size there (mm_psize)
  const bool sizeOk = std::has_single_bit(meta.pageSize) && meta.pageSize >= 512 && meta.pageSize <= 65'536;
  if (!sizeOk || !rootIsPossible(meta.freePages, meta.lastPage) || !rootIsPossible(meta.main, meta.lastPage))
    return {};
  return meta;
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return MappedFile({});
  const auto refuse = [&](int error) {
    return fail(ErrorCode::internalError,
                fmt::format("cannot read {}: {}", path.string(), std::strerror(error)));
  };
  if (fd < 0) return refuse(errno);
  struct stat status {};
  void* at = nullptr;
  const bool known = ::fstat(fd, &status) == 0;
  const auto size = static_cast<std::size_t>(status.st_size);
  if (known && size > 0) at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  const int error = errno;
  ::close(fd);
  if (!known || at == MAP_FAILED) return refuse(error);
  return MappedFile(BytesView(static_cast<const char*>(at), size));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

MetaPages MetaPages::read(BytesView file) {
  MetaPages metas;
  metas.pages[0] = RawMeta::parse(file);
  // Where the first page does not say how long a page is, the second stands at the machine's own page size.
  const std::size_t size =
      metas.pages[0] ? metas.pages[0]->pageSize : static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  if (file.size() > size) metas.pages[1] = RawMeta::parse(file.substr(size));
  return metas;
}

std::string_view MetaPages::fault() const {
  if (!pages[0]) return "meta page 0 does not hold";
  if (!pages[1]) return "meta page 1 does not hold";
  const std::uint64_t a = pages[0]->transaction;
  const std::uint64_t b = pages[1]->transaction;
  const bool fresh = a == 0 && b == 0;
  if (!fresh && (a % 2 != 0 || b % 2 != 1 || (a + 1 != b && b + 1 != a)))
    return "the meta pages' transactions do not fit each other";
  for (const auto& page : pages) {
    if (page->freePages.flags != RawTree::kIntegerKeyFlag || page->main.flags != 0)
      return "a meta page's flags are not those of our logs";
  }
  if (pages[0]->pageSize != pages[1]->pageSize) return "the meta pages' page sizes differ";
  return {};
}

const RawMeta* MetaPages::newest() const {
  if (!pages[0] || !pages[1]) return pages[0] ? &*pages[0] : pages[1] ? &*pages[1] : nullptr;
  return pages[1]->transaction > pages[0]->transaction ? &*pages[1] : &*pages[0];
}

const RawMeta* MetaPages::ofTransaction(std::uint64_t transaction) const {
  for (const auto& page : pages) {
    if (page && page->transaction == transaction) return &*page;
  }
  return nullptr;
}

Result<void> checkDataFile(const std::filesystem::path& path) {
  // Another process may be committing: what looks wrong once is read again before it is called damage.
  Result<void> result = inspect(path);
  for (int attempt = 0; attempt < 20 && !result && result.error().detail("damaged") != nullptr; ++attempt) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    result = inspect(path);
  }
  return result;
}

}  // namespace cachify::log
