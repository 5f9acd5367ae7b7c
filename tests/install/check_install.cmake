# Installs the built tree into a scratch prefix, then configures, builds and runs the consumer there.
set(prefix "${SCA_SCRATCH}/prefix")
set(build "${SCA_SCRATCH}/build")
file(REMOVE_RECURSE "${prefix}" "${build}")

function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
endfunction()

step(${CMAKE_COMMAND} --install ${SCA_BUILD} --prefix ${prefix})
step(${CMAKE_COMMAND} -G ${SCA_GENERATOR} -S ${SCA_CONSUMER} -B ${build}
  -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_CXX_COMPILER=${SCA_COMPILER}
  -DSCA_BOOST_INCLUDE=${SCA_BOOST_INCLUDE})
step(${CMAKE_COMMAND} --build ${build})
step(${build}/consumer)
