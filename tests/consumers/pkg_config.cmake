# Compiles and runs project/main.cpp with what pkg-config says of the installed library; without run-time type
# information.
set(ENV{PKG_CONFIG_PATH} "${prefix}/share/pkgconfig:$ENV{PKG_CONFIG_PATH}")

function(ask out)
  execute_process(COMMAND "${pkg_config}" ${ARGN} OUTPUT_VARIABLE text ERROR_VARIABLE problem RESULT_VARIABLE code
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "pkg-config ${ARGN}: ${problem}")
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

execute_process(COMMAND "${pkg_config}" --exists eigen3 nanoflann RESULT_VARIABLE missing)
if(NOT missing EQUAL 0)
  message("pkg-config does not know eigen3 and nanoflann: not tested")
  return()
endif()

ask(found --modversion rebalance)
if(NOT found STREQUAL version)
  message(FATAL_ERROR "rebalance.pc says version ${found} instead of ${version}")
endif()
ask(flags --cflags --libs rebalance)
separate_arguments(flags UNIX_COMMAND "${flags}")

file(MAKE_DIRECTORY "${folder}")
execute_process(COMMAND "${compiler}" -std=c++2b -fno-rtti "${source}/tests/consumers/project/main.cpp" ${flags}
  -o "${folder}/program" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${folder}/program" COMMAND_ERROR_IS_FATAL ANY)
