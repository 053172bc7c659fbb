# Builds one program of examples/ as somebody outside would, runs it and looks at what it prints.
#   PROGRAM till, cpp_embed   FOUND_BY cmake, pkg-config, subdirectory   PREFIX of the installed tree, LIBDIR in it
#   TARGET (optional) builds only that and runs nothing
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

if(PROGRAM STREQUAL till)
  set(source ${GUIJU}/examples/pos_c)
  set(arguments ${GUIJU}/rules appliance_trade_in en)
  set(input ${source}/appliances_2024.jsonl)
  set(expected "2000.00")
else()
  set(source ${GUIJU}/examples/cpp_embed)
  set(arguments ${GUIJU}/rules en)
  set(input ${source}/CMakeLists.txt)  # it reads nothing
  set(expected "=> eligible")
endif()

file(MAKE_DIRECTORY ${WORK})
set(BUILD_TYPE Debug)  # of the program; the library is as it is
set(ENV{CFLAGS} -O0)
set(ENV{CXXFLAGS} -O0)
if(FOUND_BY STREQUAL pkg-config)
  set(ENV{PKG_CONFIG_PATH} ${PREFIX}/${LIBDIR}/pkgconfig)
  set(ENV{LD_LIBRARY_PATH} ${PREFIX}/${LIBDIR})
  step(make -B -f ${source}/Makefile VPATH=${source} CC=${C_COMPILER} CXX=${CXX_COMPILER} ${PROGRAM})
else()
  if(FOUND_BY STREQUAL subdirectory)
    set(source ${CMAKE_CURRENT_LIST_DIR}/subdirectory)
  endif()
  configure(${source} ${WORK} -DCMAKE_PREFIX_PATH=${PREFIX} -DGUIJU_SOURCE=${GUIJU})
  if(TARGET)
    step(${CMAKE_COMMAND} --build ${WORK} --target ${TARGET})
    return()
  endif()
  step(${CMAKE_COMMAND} --build ${WORK} --target ${PROGRAM})
endif()

execute_process(COMMAND ${WORK}/${PROGRAM} ${arguments} INPUT_FILE ${input} WORKING_DIRECTORY ${WORK}
  OUTPUT_VARIABLE printed ERROR_VARIABLE complaints RESULT_VARIABLE status)
if(NOT status EQUAL 0 OR NOT printed MATCHES "${expected}")
  message(FATAL_ERROR "${PROGRAM} ended with ${status}; ${expected} was expected, printed was:\n${printed}${complaints}")
endif()
