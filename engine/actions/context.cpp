#include "actions/context.hpp"

namespace cachify::actions {

std::string operationsStream(SessionId session) {
  return "operations/" + session.toString();
}
std::string mutationsStream(SessionId session) {
  return "mutations/" + session.toString();
}

}  // namespace cachify::actions
