#pragma once
// What the process gives up before it loads anybody's code. It is no sandbox: native code of the same user
// can still do what files and sockets of that user allow.

namespace cachify::plugin_host {

/// Dies with its parent; leaves no core dump (there may be values in it); gains no rights; cannot open many
/// files, nor take memory without end.
void confineProcess();

/// From now on the kernel refuses what was not asked for: internet sockets, starting programs; and in any
/// case looking into other processes. Where the kernel has no seccomp nothing happens.
void refuseSystemCalls(bool mayUseNetwork, bool mayStartPrograms);

}  // namespace cachify::plugin_host
