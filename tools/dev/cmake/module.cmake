# What every target of ours has in common: warnings, sanitizers, include root.
add_library(cachify_options INTERFACE)
target_compile_options(cachify_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
# gcc collects garbage at 128 MB by itself, again and again in files like ours; from 1 GB on it hardly ever does.
target_compile_options(cachify_options INTERFACE "$<$<CXX_COMPILER_ID:GNU>:SHELL:--param ggc-min-heapsize=1000000>")
if(CMAKE_UNITY_BUILD)
  # Files compiled together: gcc then takes what is local to one of them for something that a header leaks.
  target_compile_options(cachify_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(CACHIFY_WARNINGS_AS_ERRORS)
  target_compile_options(cachify_options INTERFACE -Werror)
endif()
if(CACHIFY_SANITIZE)
  target_compile_options(cachify_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
                                                   -fno-sanitize-recover=undefined)
  target_link_options(cachify_options INTERFACE -fsanitize=address,undefined)
endif()
if(CACHIFY_FUZZ)
  target_compile_options(cachify_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# cachify_module(log SOURCES a.cpp … PUBLIC cachify_core PRIVATE PkgConfig::lmdb)
# One engine folder = one static library `cachify_<name>`; headers are included as <folder>/<file>.hpp.
function(cachify_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(target cachify_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/engine)
  target_link_libraries(${target} PUBLIC ${ARG_PUBLIC} PRIVATE cachify_options ${ARG_PRIVATE})
endfunction()

# cachify_program(cachify SOURCES main.cpp … LINK cachify_studio)
function(cachify_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE cachify_options ${ARG_LINK})
endfunction()
