#pragma once

namespace sca::evidence {

/// How a page looks, on a screen and on paper.
extern const char* const page_sheet;
/// Sorts a table by the column whose title is pressed: numbers as numbers, empty cells last.
extern const char* const page_script;

}  // namespace sca::evidence
