#include "qml/journey.hpp"

namespace cachify::test {
namespace {}  // namespace
}  // namespace cachify::test
