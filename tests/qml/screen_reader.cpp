#include "qml/screen_reader.hpp"

#include <systemd/sd-bus.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "support/wait_for.hpp"

namespace cachify::test {
namespace {

constexpr const char* kAccessible = "org.a11y.atspi.Accessible";
/// Of AtspiStateType.
constexpr unsigned kShowing = 25;
/// Deeper than any window; a tree that is changing may look endless.
constexpr std::size_t kMostThings = 5'000;

struct Unref {
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Message = std::unique_ptr<sd_bus_message, Unref>;

/// Null where there is no answer: what it was about may be gone already.
template <class... Arguments>
Message call(sd_bus* bus, const char* to, const char* path, const char* interface, const char* method,
             const char* types, Arguments... arguments) {
  sd_bus_message* reply = nullptr;
  sd_bus_error error = SD_BUS_ERROR_NULL;
  sd_bus_call_method(bus, to, path, interface, method, &error, &reply, types, arguments...);
  sd_bus_error_free(&error);
  return Message(reply);
}

sd_bus* connectTo(const std::string& address) {
  sd_bus* bus = nullptr;
  sd_bus_new(&bus);
  sd_bus_set_address(bus, address.c_str());
  sd_bus_set_bus_client(bus, 1);
  if (sd_bus_start(bus) >= 0) return bus;
  sd_bus_unref(bus);
  return nullptr;
}

}  // namespace

ScreenReader::ScreenReader() {
  const std::string address = "unix:path=" + directory_ / "bus";
  setenv("DBUS_SESSION_BUS_ADDRESS", address.c_str(), 1);
  setenv("XDG_RUNTIME_DIR", directory_.path().c_str(), 1);
  setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1", 1);
  sessionBus_.emplace(
      std::vector<std::string>{"dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=" + address},
      directory_ / "bus.log");
  std::string accessibility;
  waitFor([&] { return !(accessibility = accessibilityBus()).empty(); }, "the accessibility bus");
  bus_ = connectTo(accessibility);
  if (bus_ == nullptr) throw std::runtime_error("no connection to the accessibility bus");
}

ScreenReader::~ScreenReader() {
  sd_bus_close_unref(bus_);
}

std::string ScreenReader::accessibilityBus() {
  sd_bus* const session = connectTo(std::getenv("DBUS_SESSION_BUS_ADDRESS"));
  if (session == nullptr) return {};
  const Message reply = call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", "");
  const char* address = nullptr;
  std::string found;
  if (reply && sd_bus_message_read(reply.get(), "s", &address) > 0) found = address;
  sd_bus_close_unref(session);
  return found;
}

std::vector<Told> ScreenReader::read() {
  std::vector<Told> all;
  descend({"org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"}, {}, all);
  return all;
}

std::optional<Told> ScreenReader::find(const std::string& role, const std::string& name) {
  std::optional<Told> found;
  for (auto& told : read()) {
    const bool isNamed = told.name == name || told.name.starts_with(name + ",");
    if (told.role == role && isNamed) found = std::move(told);
  }
  return found;
}

void ScreenReader::descend(const Reference& of, const std::string& within, std::vector<Told>& all) {
  for (const Reference& child : children(of)) {
    if (all.size() > kMostThings) return;
    auto told = ask(child);
    if (!told) continue;
    told->within = within;
    const std::string here = within + "/" + told->role + " " + told->name;
    all.push_back(*std::move(told));
    descend(child, here, all);
  }
}

std::vector<ScreenReader::Reference> ScreenReader::children(const Reference& of) {
  std::vector<Reference> found;
  const Message reply = call(bus_, of.program.c_str(), of.path.c_str(), kAccessible, "GetChildren", "");
  if (!reply || sd_bus_message_enter_container(reply.get(), 'a', "(so)") <= 0) return found;
  const char* program = nullptr;
  const char* path = nullptr;
  while (sd_bus_message_read(reply.get(), "(so)", &program, &path) > 0) found.push_back({program, path});
  return found;
}

std::string ScreenReader::roleOf(const Reference& of) {
  const Message reply = call(bus_, of.program.c_str(), of.path.c_str(), kAccessible, "GetRoleName", "");
  const char* text = nullptr;
  return reply && sd_bus_message_read(reply.get(), "s", &text) > 0 ? text : std::string();
}

std::string ScreenReader::property(const Reference& of, const char* name) {
  const Message reply = call(bus_, of.program.c_str(), of.path.c_str(), "org.freedesktop.DBus.Properties",
                             "Get", "ss", kAccessible, name);
  const char* text = nullptr;
  return reply && sd_bus_message_read(reply.get(), "v", "s", &text) > 0 ? text : std::string();
}

/// Nothing for what does not show. The program and its windows show whatever they say.
std::optional<Told> ScreenReader::ask(const Reference& of) {
  Told told{.role = roleOf(of), .name = {}, .description = {}, .within = {}};
  const Message states = call(bus_, of.program.c_str(), of.path.c_str(), kAccessible, "GetState", "");
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  if (!states || sd_bus_message_read(states.get(), "au", 2, &low, &high) <= 0) return std::nullopt;
  const bool isOutermost = told.role == "application" || told.role == "frame" || told.role == "window";
  if ((low >> kShowing & 1U) == 0 && !isOutermost) return std::nullopt;
  told.name = property(of, "Name");
  told.description = property(of, "Description");
  constexpr std::uint32_t kOnTheScreen = 0;
  const Message place = call(bus_, of.program.c_str(), of.path.c_str(), "org.a11y.atspi.Component",
                             "GetExtents", "u", kOnTheScreen);
  if (place) sd_bus_message_read(place.get(), "(iiii)", &told.x, &told.y, &told.width, &told.height);
  return told;
}

}  // namespace cachify::test
