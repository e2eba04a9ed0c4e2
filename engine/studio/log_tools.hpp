#pragma once
// What a front end may do with a log without an Engine: check and salvage it in a child process, and keep its
// write lock from being held by a stopped program.

#include "log/log_check.hpp"
#include "log/stop_signals.hpp"
