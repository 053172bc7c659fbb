# Configures the library anew as a static one and installs it to PREFIX. Without WHOLE nothing is compiled: the archive stands in the
# tree already.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)
configure(${GUIJU} ${WORK}/tree -DBUILD_SHARED_LIBS=OFF -DGUIJU_BUILD_TESTS=OFF -DGUIJU_BUILD_TOOLS=OFF)
if(WHOLE)
  step(${CMAKE_COMMAND} --build ${WORK}/tree --target product)
endif()
step(${CMAKE_COMMAND} --install ${WORK}/tree --prefix ${PREFIX})
