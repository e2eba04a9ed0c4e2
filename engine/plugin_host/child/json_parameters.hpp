#pragma once
// Parameters as the plugin reads them.

#include <cachify/plugin/parameters.h>

#include <boost/json/value.hpp>
#include <optional>

#include "core/bytes.hpp"

namespace cachify::plugin_host {

class JsonParameters {
 public:
  /// `json` outlives this. What is no JSON object is taken for an empty one.
  explicit JsonParameters(const Bytes& json);
  JsonParameters(const JsonParameters&) = delete;
  JsonParameters& operator=(const JsonParameters&) = delete;

  [[nodiscard]] const cachify_parameters* table() const { return &table_; }

 private:
  static const JsonParameters& self(const cachify_parameters* parameters) {
    return *static_cast<const JsonParameters*>(parameters->context);
  }
  /// Null where the pointer leads nowhere.
  static const boost::json::value* find(const cachify_parameters* parameters, cachify_text pointer);

  static cachify_text json(const cachify_parameters* parameters);
  static std::uint32_t type(const cachify_parameters* parameters, cachify_text pointer);
  static cachify_status size(const cachify_parameters* parameters, cachify_text pointer, std::uint64_t* out);
  static cachify_status text(const cachify_parameters* parameters, cachify_text pointer, cachify_text* out);
  static cachify_status integer(const cachify_parameters* parameters, cachify_text pointer,
                                std::int64_t* out);
  static cachify_status boolean(const cachify_parameters* parameters, cachify_text pointer,
                                std::uint32_t* out);

  const Bytes& json_;
  boost::json::value root_;
  cachify_parameters table_;
};

}  // namespace cachify::plugin_host
