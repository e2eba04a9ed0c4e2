#pragma once
// "Ask each time": secrets that are gone with the process. Also the store of tests.

#include <map>
#include <mutex>

#include "secrets/secret_store.hpp"

namespace cachify::secrets {

/// Thread-safe; never blocks for long. Secrets are wiped when removed, replaced, or when the store goes.
class MemorySecretStore final : public SecretStore {
 public:
  [[nodiscard]] StoreKind kind() const override { return StoreKind::memory; }
  Result<void> put(std::string_view name, std::string_view label, const SecretText& secret) override;
  [[nodiscard]] Result<SecretText> get(std::string_view name) override;
  Result<void> remove(std::string_view name) override;

 private:
  std::mutex mutex_;
  std::map<std::string, SecretText, std::less<>> secrets_;
};

}  // namespace cachify::secrets
