#include "secrets/memory_secret_store.hpp"

#include "secrets/secret_name.hpp"
#include "secrets/store_errors.hpp"

namespace cachify::secrets {

Result<void> MemorySecretStore::put(std::string_view name, std::string_view /*label*/,
                                    const SecretText& secret) {
  if (auto valid = checkName(name); !valid) return valid;
  const std::lock_guard lock(mutex_);
  secrets_.insert_or_assign(std::string(name), secret);
  return {};
}

Result<SecretText> MemorySecretStore::get(std::string_view name) {
  if (auto valid = checkName(name); !valid) return fail(valid.error());
  const std::lock_guard lock(mutex_);
  const auto found = secrets_.find(name);
  if (found == secrets_.end()) return fail(noSuchSecret(name));
  return found->second;
}

Result<void> MemorySecretStore::remove(std::string_view name) {
  if (auto valid = checkName(name); !valid) return valid;
  const std::lock_guard lock(mutex_);
  if (const auto found = secrets_.find(name); found != secrets_.end()) secrets_.erase(found);
  return {};
}

}  // namespace cachify::secrets
