# sca_embed(target [AS name] file...)   files relative to the repository's root
#
# Puts the files' bytes into the target and makes them readable by name ("embedded", or another for every
# further target that embeds something):
#   #include "embedded.hpp"
#   std::span<const std::byte> sca::embedded("data/words.npy");
# The bytes enter through the assembler's .incbin, which costs no compile time whatever their size;
# OBJECT_DEPENDS rebuilds when a file changes.
function(sca_embed target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "AS" "")
  set(SCA_EMBEDDED_NAME embedded)
  if(arg_AS)
    set(SCA_EMBEDDED_NAME ${arg_AS})
  endif()
  set(directory "${PROJECT_BINARY_DIR}/${SCA_EMBEDDED_NAME}")
  set(blobs "")
  set(entries "")
  set(paths "")
  set(index 0)
  foreach(file IN LISTS arg_UNPARSED_ARGUMENTS)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE path)
    cmake_path(RELATIVE_PATH path BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE name)
    string(APPEND blobs "SCA_EMBED(sca_${SCA_EMBEDDED_NAME}_${index}, \"${path}\")\n")
    string(APPEND entries "    {\"${name}\", {sca_${SCA_EMBEDDED_NAME}_${index}, sca_${SCA_EMBEDDED_NAME}_${index}_size}},\n")
    list(APPEND paths "${path}")
    math(EXPR index "${index} + 1")
  endforeach()
  set(SCA_EMBEDDED_COUNT ${index})
  set(SCA_EMBEDDED_BLOBS "${blobs}")
  set(SCA_EMBEDDED_ENTRIES "${entries}")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/embedded.hpp.in" "${directory}/${SCA_EMBEDDED_NAME}.hpp" @ONLY)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/embedded.cpp.in" "${directory}/${SCA_EMBEDDED_NAME}.cpp" @ONLY)
  set_source_files_properties("${directory}/${SCA_EMBEDDED_NAME}.cpp" TARGET_DIRECTORY ${target}
    PROPERTIES OBJECT_DEPENDS "${paths}" SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE "${directory}/${SCA_EMBEDDED_NAME}.cpp")
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${directory}>")
endfunction()
