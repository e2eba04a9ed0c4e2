include(${CMAKE_CURRENT_LIST_DIR}/CachifyPluginSdkTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/CachifyPlugin.cmake)
