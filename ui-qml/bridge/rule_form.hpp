#pragma once
// A threshold rule as its form holds it, and back.

#include <QVariantMap>

#include "domain/alert.hpp"

namespace cachify::ui {

[[nodiscard]] QVariantMap emptyRuleForm();
[[nodiscard]] QVariantMap ruleForm(const domain::AlertRule& rule);
/// VALIDATION_ERROR with the field's name.
[[nodiscard]] Result<domain::AlertRule> ruleOf(const QVariantMap& form);
/// "error rate > 0.2 over 5 min"
[[nodiscard]] QString conditionText(const domain::AlertRule& rule);

}  // namespace cachify::ui
