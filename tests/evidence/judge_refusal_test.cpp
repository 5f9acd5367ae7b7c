// Files that do not fit, and tensors that no one asked for.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "evidence/input/npz.hpp"
#include "tests/evidence/judged.hpp"

namespace sca::evidence::judge {
namespace {

using namespace test;

std::string refusal(std::map<std::string, Array> tensors) {
  try {
    to_dump("case.npz", std::move(tensors));
  } catch (const InputError& error) {
    return error.what();
  }
  return "taken";
}

TEST(Judge, RefusesWhatIsMissingOrDoesNotFit) {
  const auto good = read_npz(golden + "sca_05.npz");
  const auto with = [&](auto change) {
    auto tensors = good;
    change(tensors);
    return refusal(std::move(tensors));
  };
  EXPECT_EQ(with([](auto&) {}), "taken");
  EXPECT_EQ(with([](auto& t) { t.erase("cfg"); }),
            "case.npz: cfg: expected an array of integers that begins with the kind, found no such tensor");
  EXPECT_NE(with([](auto& t) { t.at("cfg").values.at(0) = 9; }).find("a kind from 0 to 4"),
            std::string::npos);
  EXPECT_NE(with([](auto& t) { t.at("cfg").values.pop_back(); }).find("12 integers"), std::string::npos);
  EXPECT_NE(with([](auto& t) { t.at("cfg").values.at(3) = 1e300; }).find("a size from 0"), std::string::npos);
  EXPECT_NE(with([](auto& t) { t.at("cfg").values.at(5) = 3; }).find("Kq must divide K"), std::string::npos);
  EXPECT_EQ(with([](auto& t) { t.erase("p.score_bias"); }),
            "case.npz: p.score_bias: expected shape (4), found no such tensor");
  EXPECT_EQ(with([](auto& t) {
              t.at("p.in_proj.weight").shape = {16, 52};
            }),
            "case.npz: p.in_proj.weight: expected shape (52, 16), found shape (16, 52)");
  EXPECT_EQ(with([](auto& t) { t.at("x").values.at(4) = NAN; }),
            "case.npz: x: expected finite numbers, found nan at 4");
  EXPECT_EQ(with([](auto& t) { t.erase("x"); }),
            "case.npz: x: expected shape (2, 17, 16), found no such tensor");
}

TEST(Judge, RefusesResultsOfAnotherSize) {
  Dump dump = read_golden("sca_05");
  dump.tensors.at("out").shape = {17};
  dump.tensors.at("out").values.resize(17);
  try {
    judge_dump(dump, {});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()), golden + "sca_05.npz: out: expected 544 entries, found shape (17)");
  }
}

TEST(Judge, WhatItDoesNotKnowIsSkippedAndSaid) {
  Dump dump = read_golden("sca_00");
  dump.tensors["attention_map"] = {{2}, {1, 2}, "<f8"};
  const Report report = judge_dump(dump, {});
  EXPECT_EQ(of(report, "attention_map").verdict, Verdict::skipped);
  EXPECT_NE(of(report, "attention_map").note, "");
}

}  // namespace
}  // namespace sca::evidence::judge
