#include "actions/workflows/stored_parameters.hpp"

#include "actions/workflows/parameters.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

Task<StoredParameters> ParameterKeeper::store(std::string schema, std::string parameters) {
  auto redacted = redactParameters(schema, parameters);
  if (!redacted) co_return std::unexpected(redacted.error());
  StoredParameters stored{.shown = std::move(redacted->text)};
  if (redacted->isWhole) co_return stored;
  const Uuid pack = Uuid::makeV7(context_.clock.now());
  const auto seal = [this, pack, &parameters]() -> Result<std::vector<log::SealedChunk>> {
    const auto vault = vault_.open();
    if (!vault) return std::unexpected(vault.error());
    const std::vector<Bytes> blobs{parameters};
    return (*vault)->seal(pack, blobs);
  };
  Result<std::vector<log::SealedChunk>> sealed = co_await onPool(context_.blocking, seal);
  if (!sealed) co_return std::unexpected(sealed.error());
  stored.pack = pack;
  stored.chunks = std::move(*sealed);
  co_return stored;
}

Task<std::string> ParameterKeeper::whole(std::string shown, Uuid pack) {
  if (pack.isNil()) co_return shown;
  const auto open = [this, pack]() -> Result<std::string> {
    const auto vault = vault_.open();
    if (!vault) return std::unexpected(vault.error());
    const auto chunks = context_.log.readPack(pack);
    if (!chunks) return std::unexpected(chunks.error());
    auto blobs = (*vault)->open(pack, *chunks);
    if (!blobs) return std::unexpected(blobs.error());
    return std::move(blobs->front());
  };
  Result<std::string> whole = co_await onPool(context_.blocking, open);
  co_return whole;
}

}  // namespace cachify::actions
