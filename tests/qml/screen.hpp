#pragma once
// A screen of its own (Xvfb), with a hand on mouse and keyboard (XTEST): what a program is sent comes from
// the X server, as from a person's. There is no window manager.

#include <xcb/xproto.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/child_process.hpp"

struct _XCBKeySymbols;

namespace cachify::test {

/// X11/keysymdef.h
inline constexpr xcb_keysym_t kReturn = 0xff0d;
inline constexpr xcb_keysym_t kEscape = 0xff1b;
inline constexpr xcb_keysym_t kTab = 0xff09;
inline constexpr xcb_keysym_t kDelete = 0xffff;
inline constexpr xcb_keysym_t kControl = 0xffe3;
inline constexpr xcb_keysym_t kShift = 0xffe1;

class Screen {
 public:
  Screen(int width, int height);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// For the environment variable DISPLAY.
  [[nodiscard]] const std::string& display() const { return display_; }
  /// Waits for the first window of that width at least and gives it the keyboard, as a window manager would.
  void focusWindow(int leastWidth);
  void click(int x, int y);
  /// With the wheel, as far as a person moves it in a go.
  void scrollDown(int x, int y);
  /// Holds the modifiers meanwhile.
  void press(xcb_keysym_t key, const std::vector<xcb_keysym_t>& modifiers = {});
  /// Latin letters, digits and signs.
  void type(std::string_view text);

 private:
  void fake(std::uint8_t type, std::uint8_t detail, int x = 0, int y = 0);
  std::optional<xcb_window_t> windowOf(int leastWidth);

  TemporaryDirectory directory_;
  std::optional<ChildProcess> server_;
  std::string display_;
  xcb_connection_t* connection_ = nullptr;
  xcb_window_t root_ = 0;
  _XCBKeySymbols* symbols_ = nullptr;
};

}  // namespace cachify::test
