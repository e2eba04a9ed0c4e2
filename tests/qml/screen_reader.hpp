#pragma once
// What a screen reader learns of a program: its tree over AT-SPI, on an accessibility bus of its own.
// (AT-SPI's interfaces: https://gitlab.gnome.org/GNOME/at-spi2-core, folder xml.)

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/child_process.hpp"

struct sd_bus;

namespace cachify::test {

/// One thing on the screen.
struct Told {
  std::string role;  ///< AT-SPI's name, such as "push button"
  std::string name;
  std::string description;
  std::string within;  ///< names and roles of what it lies in, outermost first
  int x = 0;           ///< on the screen, with width and height
  int y = 0;
  int width = 0;
  int height = 0;

  [[nodiscard]] int centreX() const { return x + width / 2; }
  [[nodiscard]] int centreY() const { return y + height / 2; }
};

/// A session bus with the accessibility services. Sets DBUS_SESSION_BUS_ADDRESS and what makes Qt tell of
/// itself.
class ScreenReader {
 public:
  ScreenReader();
  ~ScreenReader();
  ScreenReader(const ScreenReader&) = delete;
  ScreenReader& operator=(const ScreenReader&) = delete;

  /// Everything that shows, of the only program there is; nothing while there is none.
  [[nodiscard]] std::vector<Told> read();
  /// The last of that role that shows, of that name, alone or with more behind a comma: what lies on top
  /// is told last.
  [[nodiscard]] std::optional<Told> find(const std::string& role, const std::string& name);

 private:
  struct Reference {
    std::string program;
    std::string path;
  };
  void descend(const Reference& of, const std::string& within, std::vector<Told>& all);
  std::vector<Reference> children(const Reference& of);
  std::optional<Told> ask(const Reference& of);
  std::string roleOf(const Reference& of);
  std::string property(const Reference& of, const char* name);
  std::string accessibilityBus();

  TemporaryDirectory directory_;
  std::optional<ChildProcess> sessionBus_;
  sd_bus* bus_ = nullptr;
};

}  // namespace cachify::test
