#pragma once

#include "actions/mutator.hpp"
#include "text.hpp"

namespace cachify::ui {

/// What a person typed to confirm; empty: nothing was asked for.
inline actions::Consent consentOf(const QString& confirmation) {
  actions::Consent consent;
  if (!confirmation.isEmpty()) consent.confirmation = toBytes(confirmation);
  return consent;
}

/// What it refuses is done once `acceptNoUndo` is said.
inline bool lacksWayBack(const Error& error) {
  return error.detail("noUndo") != nullptr;
}

}  // namespace cachify::ui
