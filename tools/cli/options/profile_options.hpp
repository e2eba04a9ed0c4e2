#pragma once
// The flags that describe a connection profile, the same for add, edit and test. What is not given stays as
// it was.

#include <map>
#include <string>
#include <vector>

#include "command.hpp"
#include "core/secret_text.hpp"

namespace cachify::cli {

struct ProfileOptions {
  /// By the field's name in JSON; parts of a part as "tls.caFile". The text of a switch is "true" or "false".
  std::map<std::string, std::string> given;
  std::vector<std::string> tags;
  OptionalText url;
  bool urlFromStdin = false;
  bool passwordFromStdin = false;
  bool clearPassword = false;
  bool keyPassphraseFromStdin = false;
  bool clearKeyPassphrase = false;

  void addTo(Arguments& app);
  [[nodiscard]] bool empty() const;
};

struct DescribedProfile {
  domain::ConnectionProfile profile;
  actions::SecretChanges secrets;
};

/// `base` with what was given: first the URL, then the flags. Reads stdin if asked to: the URL or the
/// password, then the key's passphrase, a line each if there are two. VALIDATION_ERROR naming field, value
/// and range; also for a password in a URL on the command line, where other users can see it.
[[nodiscard]] Result<DescribedProfile> describeProfile(const domain::ConnectionProfile& base,
                                                       const ProfileOptions& options);

}  // namespace cachify::cli
