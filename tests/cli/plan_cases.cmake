# Runs the cases of examples/plan and holds what is printed against what was read and found right.
#   RUN the script   GUIJU the command   LANGUAGE zh, en   EXPECTED a file
# To renew a file after a rule has changed, run the script, read what it prints, and keep it.
set(ENV{GUIJU} ${GUIJU})
execute_process(COMMAND ${RUN} ${LANGUAGE} OUTPUT_VARIABLE printed ERROR_VARIABLE complaints RESULT_VARIABLE status)
file(READ ${EXPECTED} expected)
if(NOT status EQUAL 0 OR NOT printed STREQUAL expected)
  message(FATAL_ERROR "examples/plan/run ${LANGUAGE} ended with ${status}; printed was:\n${printed}${complaints}")
endif()
