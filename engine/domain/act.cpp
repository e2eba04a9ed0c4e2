#include "domain/act.hpp"

namespace cachify::domain {

std::string_view wireName(Action action) {
  switch (action) {
    case Action::set:
      return "set";
    case Action::remove:
      return "delete";
    case Action::rename:
      return "rename";
    case Action::setTtl:
      return "ttl";
    case Action::persist:
      return "persist";
    case Action::restore:
      return "restore";
  }
  return "";
}

std::string_view wireName(Source source) {
  switch (source) {
    case Source::app:
      return "app";
    case Source::cli:
      return "cli";
    case Source::workflow:
      return "workflow";
    case Source::plugin:
      return "plugin";
    case Source::engine:
      return "engine";
  }
  return "";
}

bool isDestructive(Action action, bool onExisting) {
  switch (action) {
    case Action::remove:
      return true;
    case Action::rename:
    case Action::restore:
      return onExisting;
    case Action::set:
    case Action::setTtl:
    case Action::persist:
      return false;
  }
  return true;
}

}  // namespace cachify::domain
