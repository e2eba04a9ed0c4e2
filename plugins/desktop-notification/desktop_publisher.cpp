// Alerts as desktop notifications: the Desktop Notifications Specification of freedesktop.org, over D-Bus by
// sd-bus. Texts are shown as they are: markup that a server would read in a body is escaped.

#include <systemd/sd-bus.h>

#include <algorithm>
#include <cachify/alert_publisher.hpp>
#include <cstring>
#include <memory>

namespace {

using namespace cachify::plugin;
using std::chrono::microseconds;

constexpr const char* kService = "org.freedesktop.Notifications";
constexpr const char* kPath = "/org/freedesktop/Notifications";

struct BusEnd {
  void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Bus = std::unique_ptr<sd_bus, BusEnd>;
using Message = std::unique_ptr<sd_bus_message, BusEnd>;

struct BusError {
  sd_bus_error value = SD_BUS_ERROR_NULL;
  BusError() = default;
  BusError(const BusError&) = delete;
  BusError& operator=(const BusError&) = delete;
  ~BusError() { sd_bus_error_free(&value); }
  [[nodiscard]] std::string words(int code) const {
    return value.message != nullptr ? value.message : std::strerror(-code);
  }
};

Bus openBus() {
  sd_bus* bus = nullptr;
  const int code = sd_bus_open_user(&bus);
  if (code < 0) throw std::runtime_error(std::string("there is no session bus: ") + std::strerror(-code));
  return Bus(bus);
}

void check(int code) {
  if (code < 0) throw std::runtime_error(std::string("sd-bus: ") + std::strerror(-code));
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c != '\0') {
      out += c;
    }
  }
  return out;
}

std::string summaryOf(const cachify_alert& alert) {
  std::string text(view(alert.title));
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  if (alert.count > 1) text += " (" + std::to_string(alert.count) + " times)";
  return text;
}

std::string bodyOf(const cachify_alert& alert) {
  std::string body = escaped(view(alert.message));
  const std::string connection = escaped(view(alert.connection));
  if (!connection.empty()) body += "\n" + connection + " (" + escaped(view(alert.environment)) + ")";
  return body;
}

std::uint8_t urgencyOf(std::uint32_t severity) {
  if (severity == CACHIFY_SEVERITY_CRITICAL) return 2;
  return severity == CACHIFY_SEVERITY_WARNING ? 1 : 0;
}

Message notification(sd_bus* bus, const cachify_alert& alert) {
  sd_bus_message* raw = nullptr;
  check(sd_bus_message_new_method_call(bus, &raw, kService, kPath, kService, "Notify"));
  Message message(raw);
  const std::string summary = summaryOf(alert);
  const std::string body = bodyOf(alert);
  check(sd_bus_message_append(raw, "susss", "Cachify Studio", 0U, "dialog-warning", summary.c_str(),
                              body.c_str()));
  check(sd_bus_message_append(raw, "as", 0U));
  check(sd_bus_message_append(raw, "a{sv}", 2U, "urgency", "y", static_cast<int>(urgencyOf(alert.severity)),
                              "category", "s", "device"));
  check(sd_bus_message_append(raw, "i", -1));
  return message;
}

class DesktopPublisher : public AlertPublisher {
 public:
  static Description describe() {
    return {"desktop-notification", "Desktop", "Shows alerts as notifications of the desktop.", R"json({
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {},
      "additionalProperties": false
    })json"};
  }

  void configure(const Parameters&) override { isConfigured_ = true; }

  Delivery deliver(const Batch& batch) override {
    if (!isConfigured_) return Delivery::failed("it has not been configured");
    // What was shown before a repeat is not shown twice, as long as this process lives.
    if (batch.idempotencyKey() == lastKey_) return Delivery::done();
    const Bus bus = openBusOrNull();
    if (!bus) return Delivery::later(std::chrono::milliseconds(0), problem_);
    for (std::uint64_t i = 0; i < batch.size(); ++i) {
      const auto left =
          std::chrono::duration_cast<microseconds>(batch.deadline() - std::chrono::steady_clock::now());
      if (left.count() <= 0) return Delivery::later(std::chrono::milliseconds(0), "there was no time left");
      const Message message = notification(bus.get(), batch[i]);
      BusError error;
      const int code = sd_bus_call(bus.get(), message.get(), static_cast<std::uint64_t>(left.count()),
                                   &error.value, nullptr);
      if (code < 0)
        return Delivery::later(std::chrono::milliseconds(0),
                               "nothing shows notifications: " + error.words(code));
    }
    lastKey_ = std::string(batch.idempotencyKey());
    return Delivery::done();
  }

  void health() override {
    const Bus bus = openBus();
    BusError error;
    sd_bus_message* raw = nullptr;
    const int code = sd_bus_call_method(bus.get(), kService, kPath, kService, "GetServerInformation",
                                        &error.value, &raw, "");
    const Message reply(raw);
    if (code < 0) throw std::runtime_error("nothing shows notifications: " + error.words(code));
  }

 private:
  Bus openBusOrNull() {
    try {
      return openBus();
    } catch (const std::exception& error) {
      problem_ = error.what();
      return nullptr;
    }
  }

  bool isConfigured_ = false;
  std::string lastKey_;
  std::string problem_;
};

}  // namespace

CACHIFY_ALERT_PUBLISHER(DesktopPublisher)
