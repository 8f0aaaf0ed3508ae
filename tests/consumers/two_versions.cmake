# Two copies of the library in one program, the second with a version and a behavior of its own: each library of the
# program keeps the copy that it was compiled with. Where the second has the first one's version, the linker keeps one
# body of each inline function for both, which shows that it is the version that keeps them apart.
set(behavior "return base + rounded(step * (neighbor - base));")
string(REPLACE "base +" "1000 + base +" other_behavior "${behavior}")

# Replaces one text by another in a header of a copy.
function(replace_in header from to)
  file(READ "${header}" text)
  string(REPLACE "${from}" "${to}" replaced "${text}")
  if(replaced STREQUAL text)
    message(FATAL_ERROR "${header} no longer has \"${from}\": choose another text to replace")
  endif()
  file(WRITE "${header}" "${replaced}")
endfunction()

# What a program says whose library `theirs` was compiled with the copy. Without inlining: the linker has to choose.
function(run_with_copy copy out)
  set(sources "${source}/tests/consumers/two_versions")
  set(compile "${compiler}" -std=c++20 -O0)
  execute_process(COMMAND ${compile} -c -DANSWER=ours "-I${source}/include" "${sources}/unit.cpp" -o "${copy}/ours.o"
    COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${compile} -c -DANSWER=theirs "-I${copy}/include" "${sources}/unit.cpp" -o "${copy}/theirs.o"
    COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${compile} "${sources}/main.cpp" "${copy}/ours.o" "${copy}/theirs.o" -o "${copy}/program"
    COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND "${copy}/program" OUTPUT_VARIABLE text OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

file(STRINGS "${source}/include/rebalance/core/version.hpp" minor REGEX "#define REBALANCE_VERSION_MINOR ")
string(REGEX REPLACE "[^0-9]" "" number "${minor}")

file(REMOVE_RECURSE "${folder}")
foreach(copy IN ITEMS same other)
  file(COPY "${source}/include" DESTINATION "${folder}/${copy}")
  replace_in("${folder}/${copy}/include/rebalance/core/arithmetic.hpp" "${behavior}" "${other_behavior}")
endforeach()
replace_in("${folder}/other/include/rebalance/core/version.hpp" "${minor}" "#define REBALANCE_VERSION_MINOR 99")

run_with_copy("${folder}/other" apart)
if(NOT apart STREQUAL "${number}: 4.000000, 99: 1004.000000")
  message(SEND_ERROR "two versions are mixed up: ${apart}")
endif()
run_with_copy("${folder}/same" mixed)
if(NOT mixed STREQUAL "${number}: 4.000000, ${number}: 4.000000")
  message(SEND_ERROR "two copies of one version were expected to be one, or this test shows nothing: ${mixed}")
endif()
