# Compiles one file twice: as it stands, which must work, and with WRONG defined, which must fail
# with a single error and in the words of its line `// error: <words>`.
function(compile exit_code messages)
  execute_process(COMMAND ${compile} ${ARGN} "${file}" RESULT_VARIABLE code ERROR_VARIABLE text)
  set(${exit_code} "${code}" PARENT_SCOPE)
  set(${messages} "${text}" PARENT_SCOPE)
endfunction()

file(STRINGS "${file}" line REGEX "^// error: " LIMIT_COUNT 1)
string(REGEX REPLACE "^// error: " "" words "${line}")

compile(code messages)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "the right call does not compile:\n${messages}")
endif()

compile(code messages -DWRONG)
if(code EQUAL 0)
  message(FATAL_ERROR "the wrong call compiles")
endif()
string(FIND "${messages}" "${words}" at)
if(at EQUAL -1)
  message(FATAL_ERROR "nothing says \"${words}\":\n${messages}")
endif()
string(REGEX MATCHALL "error: " errors "${messages}")
list(LENGTH errors count)
if(NOT count EQUAL 1)
  message(FATAL_ERROR "${count} errors instead of one:\n${messages}")
endif()
