# sca_sources_digest(target OUTPUT file FUNCTION name HEADER header FILES file...)
#   Adds a generated source to the target that defines `std::string_view NAME()`: SHA-256 over the files' contents, in the
#   order of their names. Included as a script, it writes that source.
cmake_policy(VERSION 3.25)

function(sca_sources_digest target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUTPUT;FUNCTION;HEADER" "FILES")
  list(SORT arg_FILES)
  set(list "${arg_OUTPUT}.files")
  list(JOIN arg_FILES "\n" text)
  file(CONFIGURE OUTPUT "${list}" CONTENT "@text@\n" @ONLY)
  add_custom_command(OUTPUT "${arg_OUTPUT}" VERBATIM
    COMMAND ${CMAKE_COMMAND} "-DLIST=${list}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DOUTPUT=${arg_OUTPUT}"
      "-DFUNCTION=${arg_FUNCTION}" "-DHEADER=${arg_HEADER}" -P "${PROJECT_SOURCE_DIR}/cmake/sources_digest.cmake"
    DEPENDS "${list}" ${arg_FILES} COMMENT "Digesting the sources of ${target}")
  target_sources(${target} PRIVATE "${arg_OUTPUT}")
  set_source_files_properties("${arg_OUTPUT}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  file(STRINGS "${LIST}" files)
  set(all "")
  foreach(file IN LISTS files)
    file(SHA256 "${file}" digest)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${ROOT}" OUTPUT_VARIABLE name)
    string(APPEND all "${digest}  ${name}\n")
  endforeach()
  string(SHA256 digest "${all}")
  string(REGEX MATCH "^(.*)::([a-z_]+)$" whole "${FUNCTION}")
  file(WRITE "${OUTPUT}" "#include \"${HEADER}\"\n\nnamespace ${CMAKE_MATCH_1} {\n\nstd::string_view ${CMAKE_MATCH_2}() { "
    "return \"${digest}\"; }\n\n}  // namespace ${CMAKE_MATCH_1}\n")
endif()
