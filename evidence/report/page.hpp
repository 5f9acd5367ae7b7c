#pragma once

#include <string>
#include <vector>

#include "evidence/table.hpp"

namespace sca::evidence {

/// Where what a page shows comes from.
struct Source {
  std::string file;
  std::string command;
  std::string rest;  // version, compiler, CPU
};

struct PageFigure {
  std::string title;
  std::string svg;  // an element of the page (inline_svg)
  Source source;
};

struct PageTable {
  std::string title;
  Table table;
  Source source;
};

/// One line of the answer: a verdict word, what it is said of, and how often or why.
struct PageAnswer {
  std::string verdict;
  std::string text;
};

struct Page {
  std::string title;
  std::vector<PageAnswer> answers;
  std::string note;  // beside the figures; empty: none
  std::vector<PageFigure> figures;
  std::vector<PageTable> tables;
};

/// The page as one file that loads nothing: the answer, the figures, then tables that sort by a click on a
/// title.
std::string html(const Page& page);

}  // namespace sca::evidence
