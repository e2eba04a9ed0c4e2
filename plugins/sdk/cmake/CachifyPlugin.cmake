# cachify_add_plugin(my-plugin SOURCES my_plugin.cpp [MANIFEST plugin.json] [LINK library…] [OUTPUT_DIRECTORY dir])
#
# Builds a plugin as it is installed: the folder <dir>/my-plugin (by default in the build folder) with my-plugin.so and
# plugin.json in it. The manifest in the source folder has no `manifestVersion`, `abi`, `library` and `librarySha256`:
# they are filled in. Its id and version are also defined for the sources, so the two cannot differ.

include_guard(GLOBAL)

# As in cachify/plugin/abi.h.
set_property(GLOBAL PROPERTY CACHIFY_PLUGIN_ABI 1.0)

function(cachify_add_plugin name)
  cmake_parse_arguments(ARG "" "MANIFEST;OUTPUT_DIRECTORY" "SOURCES;LINK" ${ARGN})
  if(NOT ARG_MANIFEST)
    set(ARG_MANIFEST plugin.json)
  endif()
  if(NOT ARG_OUTPUT_DIRECTORY)
    set(ARG_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  endif()
  cmake_path(ABSOLUTE_PATH ARG_MANIFEST BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARG_MANIFEST})
  get_property(abi GLOBAL PROPERTY CACHIFY_PLUGIN_ABI)
  file(READ ${ARG_MANIFEST} manifest)
  string(JSON id GET "${manifest}" id)
  string(JSON version GET "${manifest}" version)

  add_library(${name} MODULE ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE cachify::plugin_sdk ${ARG_LINK})
  target_compile_features(${name} PRIVATE cxx_std_17)
  target_compile_definitions(${name} PRIVATE CACHIFY_PLUGIN_ID="${id}" CACHIFY_PLUGIN_VERSION="${version}")
  set(folder ${ARG_OUTPUT_DIRECTORY}/${name})
  set_target_properties(${name} PROPERTIES
                        PREFIX "" SUFFIX .so
                        CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
                        # What is trusted are these very bytes: installing must not rewrite a path in them.
                        BUILD_WITH_INSTALL_RPATH ON
                        LINK_DEPENDS ${ARG_MANIFEST}
                        LIBRARY_OUTPUT_DIRECTORY ${folder})
  add_custom_command(
    TARGET ${name} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -D MANIFEST=${ARG_MANIFEST} -D ABI=${abi} -D LIBRARY=$<TARGET_FILE:${name}>
            -D OUTPUT=${folder}/plugin.json -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/write_manifest.cmake
    COMMENT "Writing the manifest of ${name}"
    VERBATIM)
endfunction()
