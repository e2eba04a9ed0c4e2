#pragma once
// The desktop's password prompt, as gnome-keyring asks for it (org.gnome.keyring.internal.Prompter), with a
// person who does as the test says.

#include <memory>
#include <string>

namespace cachify::test {

class KeyringPrompter {
 public:
  enum class Person {
    hasAHungDesktop,  ///< the prompt is never even shown
    isAway,           ///< never answers
    dismisses,        ///< closes the prompt
    givesPassword,    ///< that of KeychainSession
  };
  /// Takes the prompter's name on this bus.
  KeyringPrompter(const std::string& busAddress, Person person);
  ~KeyringPrompter();
  KeyringPrompter(const KeyringPrompter&) = delete;
  KeyringPrompter& operator=(const KeyringPrompter&) = delete;

  /// How many prompts there were.
  [[nodiscard]] int timesAsked() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cachify::test
