#pragma once
// What bounds on time and memory are multiplied by: a sanitizer's shadow, quarantine and checks cost many
// times what the code itself does.

namespace cachify::test {

#ifdef __SANITIZE_ADDRESS__
inline constexpr int kSanitizerFactor = 30;
#else
inline constexpr int kSanitizerFactor = 1;
#endif

}  // namespace cachify::test
