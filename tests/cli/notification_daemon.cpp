#include "cli/notification_daemon.hpp"

#include <systemd/sd-bus.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace cachify::test {
namespace {

constexpr std::chrono::seconds kBusStart{15};

int urgencyIn(sd_bus_message* message) {
  int urgency = -1;
  sd_bus_message_enter_container(message, 'a', "{sv}");
  while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
    const char* key = nullptr;
    sd_bus_message_read(message, "s", &key);
    if (std::strcmp(key, "urgency") == 0) {
      std::uint8_t value = 0;
      sd_bus_message_read(message, "v", "y", &value);
      urgency = value;
    } else {
      sd_bus_message_skip(message, "v");
    }
    sd_bus_message_exit_container(message);
  }
  sd_bus_message_exit_container(message);
  return urgency;
}

int onNotify(sd_bus_message* message, void* daemon, sd_bus_error*) {
  const char* application = nullptr;
  const char* icon = nullptr;
  const char* summary = nullptr;
  const char* body = nullptr;
  std::uint32_t replaces = 0;
  if (sd_bus_message_read(message, "susss", &application, &replaces, &icon, &summary, &body) < 0)
    return -EINVAL;
  sd_bus_message_skip(message, "as");
  ShownNotification shown{application, summary, body, urgencyIn(message)};
  static_cast<NotificationDaemon*>(daemon)->remember(std::move(shown));
  return sd_bus_reply_method_return(message, "u", 1U);
}

int onServerInformation(sd_bus_message* message, void*, sd_bus_error*) {
  return sd_bus_reply_method_return(message, "ssss", "test", "cachify", "1", "1.2");
}

const sd_bus_vtable kMethods[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Notify", "susssasa{sv}i", "u", &onNotify, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetServerInformation", "", "ssss", &onServerInformation, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END};

}  // namespace

NotificationDaemon::NotificationDaemon(bool isListening) {
  std::ofstream(directory_ / "bus.conf")
      << "<busconfig><type>session</type><listen>" << busAddress() << "</listen><policy context=\"default\">"
      << "<allow send_destination=\"*\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>";
  busProcess_.emplace(std::vector<std::string>{"dbus-daemon", "--nofork", "--nopidfile", "--config-file",
                                               directory_ / "bus.conf"},
                      directory_ / "bus.log");
  connect();
  if (!isListening) return;
  sd_bus_add_object_vtable(bus_, nullptr, "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
                           kMethods, this);
  if (sd_bus_request_name(bus_, "org.freedesktop.Notifications", 0) < 0)
    throw std::runtime_error("the name on the bus is not to be had");
  thread_ = std::thread([this] { run(); });
}

NotificationDaemon::~NotificationDaemon() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
  sd_bus_close_unref(bus_);
}

void NotificationDaemon::connect() {
  const auto until = std::chrono::steady_clock::now() + kBusStart;
  for (;;) {
    sd_bus* bus = nullptr;
    if (sd_bus_new(&bus) >= 0 && sd_bus_set_address(bus, busAddress().c_str()) >= 0 &&
        sd_bus_set_bus_client(bus, 1) >= 0 && sd_bus_start(bus) >= 0) {
      bus_ = bus;
      return;
    }
    sd_bus_unref(bus);
    if (std::chrono::steady_clock::now() > until) throw std::runtime_error("the bus does not come up");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void NotificationDaemon::run() {
  while (!stop_) {
    if (sd_bus_process(bus_, nullptr) > 0) continue;
    sd_bus_wait(bus_, 50'000);
  }
}

std::vector<ShownNotification> NotificationDaemon::shown() const {
  const std::scoped_lock lock(mutex_);
  return shown_;
}

void NotificationDaemon::remember(ShownNotification notification) {
  const std::scoped_lock lock(mutex_);
  shown_.push_back(std::move(notification));
}

}  // namespace cachify::test
