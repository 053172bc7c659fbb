# The till and the desk of examples/pos_c at work, as a shop would see them: what is asked for and what it is worth, the nearest
# choice that would do, receipts that are decided the same again, what a later notice adds. Built against the tree in PREFIX.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

set(source ${GUIJU}/examples/pos_c)
file(REMOVE_RECURSE ${WORK})
configure(${source} ${WORK} -DCMAKE_PREFIX_PATH=${PREFIX})
step(${CMAKE_COMMAND} --build ${WORK})

# Runs the arguments; each of the further texts must be in what is printed, which is then in `printed`.
function(shows input arguments)
  execute_process(COMMAND ${arguments} INPUT_FILE ${input} WORKING_DIRECTORY ${WORK}
    OUTPUT_VARIABLE printed ERROR_VARIABLE complaints RESULT_VARIABLE status)
  set(printed "${printed}" PARENT_SCOPE)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${arguments} ended with ${status}:\n${printed}${complaints}")
  endif()
  foreach(expected IN LISTS ARGN)
    string(FIND "${printed}" "${expected}" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "${arguments} does not show `${expected}`:\n${printed}${complaints}")
    endif()
  endforeach()
endfunction()

set(receipts ${WORK}/appliances.jsonl)
shows(${source}/appliances_2024.jsonl "./till;${GUIJU}/rules;appliance_trade_in;zh;${receipts}"
  "补贴 2000.00" "基础补贴  1800.00" "1级加补  200.00" "补贴 599.99" "冰箱已补贴满1件"
  "能效或水效等级改为 2级(现为 3级):补贴 284.85" "补贴待定,若符合:1,500 至 2,000 元"
  "标识上的等级,没有标识请选“无”(见能效或水效标识)" "标价:1.005" "补贴合计 2599.99 元")
shows(${source}/appliances_2024.jsonl "./till;${GUIJU}/rules;appliance_trade_in;en"
  "subsidy, if it qualifies: 1,500 to 2,000 yuan" "energy or water efficiency level: level 2 instead of level 3: subsidy 284.85"
  "subsidy in all 2599.99 yuan")

shows(${receipts} "./desk;verify;${GUIJU}/rules;zh" "6 份凭证,判定全部一致")
file(READ ${receipts} changed)
string(REPLACE "\"1800.00\"" "\"1900.00\"" changed "${changed}")
file(WRITE ${WORK}/changed.jsonl "${changed}")
execute_process(COMMAND ./desk verify ${GUIJU}/rules en INPUT_FILE ${WORK}/changed.jsonl WORKING_DIRECTORY ${WORK}
  OUTPUT_VARIABLE printed RESULT_VARIABLE status)
if(status EQUAL 0 OR NOT printed MATCHES "1900.00")
  message(FATAL_ERROR "A changed receipt is not told of (${status}):\n${printed}")
endif()

set(past ${WORK}/cars.jsonl)
shows(${source}/scrapped_cars_2024.jsonl "./desk;record;${GUIJU}/rules;car_scrappage;2024-08-15;申请人.证件号")
file(WRITE ${past} "${printed}")
shows(${past} "./desk;topup;${GUIJU}/rules;2024-08-16;zh"
  "10000.00 → 20000.00  补差 10000.00" "7000.00 → 15000.00  补差 8000.00" "不补也不追回" "补差 2 份,合计 18000.00 元")
