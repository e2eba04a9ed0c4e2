#include "qml/screen.hpp"

#include <unistd.h>
#include <xcb/xcb.h>
#include <xcb/xcb_keysyms.h>
#include <xcb/xtest.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <thread>

#include "support/wait_for.hpp"

namespace cachify::test {
namespace {

struct Free {
  void operator()(void* reply) const { std::free(reply); }
};
template <class Reply>
using Owned = std::unique_ptr<Reply, Free>;

/// The number that the server took, from the pipe it writes it to.
std::string numberFrom(int pipe) {
  std::string number;
  for (char digit = 0; read(pipe, &digit, 1) == 1 && digit != '\n';) number += digit;
  return number;
}

/// A person's hand is slower than a program; some widgets take two clicks at once for a double click.
void rest() {
  std::this_thread::sleep_for(std::chrono::milliseconds(15));
}

}  // namespace

Screen::Screen(int width, int height) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  const std::string size = std::to_string(width) + "x" + std::to_string(height) + "x24";
  server_.emplace(std::vector<std::string>{"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen", "0",
                                           size, "-nolisten", "tcp", "-noreset"},
                  directory_ / "xvfb.log");
  close(ends[1]);
  display_ = ":" + numberFrom(ends[0]);
  close(ends[0]);
  if (display_ == ":") throw std::runtime_error("Xvfb did not start");
  connection_ = xcb_connect(display_.c_str(), nullptr);
  if (xcb_connection_has_error(connection_) != 0) throw std::runtime_error("no connection to Xvfb");
  root_ = xcb_setup_roots_iterator(xcb_get_setup(connection_)).data->root;
  symbols_ = xcb_key_symbols_alloc(connection_);
}

Screen::~Screen() {
  xcb_key_symbols_free(symbols_);
  xcb_disconnect(connection_);
  // It removes its socket and its lock file when it is asked to end.
  if (server_->running()) ::kill(server_->pid(), SIGTERM);
  for (int i = 0; i < 100 && server_->running(); ++i) rest();
}

std::optional<xcb_window_t> Screen::windowOf(int leastWidth) {
  const Owned<xcb_query_tree_reply_t> tree(
      xcb_query_tree_reply(connection_, xcb_query_tree(connection_, root_), nullptr));
  if (!tree) return std::nullopt;
  const xcb_window_t* const windows = xcb_query_tree_children(tree.get());
  for (int i = 0; i < xcb_query_tree_children_length(tree.get()); ++i) {
    const Owned<xcb_get_geometry_reply_t> geometry(
        xcb_get_geometry_reply(connection_, xcb_get_geometry(connection_, windows[i]), nullptr));
    const Owned<xcb_get_window_attributes_reply_t> attributes(xcb_get_window_attributes_reply(
        connection_, xcb_get_window_attributes(connection_, windows[i]), nullptr));
    if (geometry && attributes && geometry->width >= leastWidth &&
        attributes->map_state == XCB_MAP_STATE_VIEWABLE)
      return windows[i];
  }
  return std::nullopt;
}

void Screen::focusWindow(int leastWidth) {
  std::optional<xcb_window_t> window;
  waitFor([&] { return (window = windowOf(leastWidth)).has_value(); }, "a window");
  xcb_set_input_focus(connection_, XCB_INPUT_FOCUS_POINTER_ROOT, *window, XCB_CURRENT_TIME);
  xcb_flush(connection_);
}

void Screen::fake(std::uint8_t type, std::uint8_t detail, int x, int y) {
  xcb_test_fake_input(connection_, type, detail, XCB_CURRENT_TIME, root_, static_cast<std::int16_t>(x),
                      static_cast<std::int16_t>(y), 0);
  xcb_flush(connection_);
  rest();
}

void Screen::click(int x, int y) {
  constexpr std::uint8_t kLeft = 1;
  fake(XCB_MOTION_NOTIFY, 0, x, y);
  fake(XCB_BUTTON_PRESS, kLeft);
  fake(XCB_BUTTON_RELEASE, kLeft);
}

void Screen::scrollDown(int x, int y) {
  constexpr std::uint8_t kWheelDown = 5;
  constexpr int kNotches = 12;
  fake(XCB_MOTION_NOTIFY, 0, x, y);
  for (int notch = 0; notch < kNotches; ++notch) {
    fake(XCB_BUTTON_PRESS, kWheelDown);
    fake(XCB_BUTTON_RELEASE, kWheelDown);
  }
}

void Screen::press(xcb_keysym_t key, const std::vector<xcb_keysym_t>& modifiers) {
  const auto codeOf = [this](xcb_keysym_t symbol) {
    const Owned<xcb_keycode_t> codes(xcb_key_symbols_get_keycode(symbols_, symbol));
    if (!codes || codes.get()[0] == XCB_NO_SYMBOL) throw std::runtime_error("the keyboard has no such key");
    return codes.get()[0];
  };
  const xcb_keycode_t code = codeOf(key);
  // In the second column of the keyboard's table: with Shift.
  const bool isShifted = xcb_key_symbols_get_keysym(symbols_, code, 0) != key &&
                         xcb_key_symbols_get_keysym(symbols_, code, 1) == key;
  std::vector<xcb_keycode_t> held;
  for (const xcb_keysym_t modifier : modifiers) held.push_back(codeOf(modifier));
  if (isShifted) held.push_back(codeOf(kShift));
  for (const xcb_keycode_t modifier : held) fake(XCB_KEY_PRESS, modifier);
  fake(XCB_KEY_PRESS, code);
  fake(XCB_KEY_RELEASE, code);
  for (const xcb_keycode_t modifier : held) fake(XCB_KEY_RELEASE, modifier);
}

void Screen::type(std::string_view text) {
  for (const char letter : text) press(static_cast<xcb_keysym_t>(letter));
}

}  // namespace cachify::test
