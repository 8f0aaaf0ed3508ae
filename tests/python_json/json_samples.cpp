// SPDX-License-Identifier: MIT
//
// json_samples write FOLDER   writes manifests and values that are hard to write
// json_samples read FOLDER    reads them again, as another program wrote them anew, and compares

#include <rebalance/rebalance.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "../support/every_resampler.hpp"

using namespace rebalance;

namespace {

Json hard_values() {
  std::string every;
  for (int c = 0; c < 128; ++c) every += static_cast<char>(c);
  Json numbers = Json::array();
  for (const double number :
       {0.1, -0.0, 2.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1.0 / 3, 1e22, -1e-7})
    numbers.add(number);
  return Json::object()
      .set("", Json::array().add(nullptr).add(true).add(false).add(Json::array()).add(Json::object()))
      .set("texts", Json::array().add(every).add("äß€😀").add("\xf4\x8f\xbf\xbf"))
      .set("numbers", numbers)
      .set("whole",
           Json::array().add(std::numeric_limits<std::int64_t>::min()).add(std::numeric_limits<std::int64_t>::max()));
}

/// Name and text of every sample.
std::map<std::string, std::string> samples() {
  std::map<std::string, std::string> out{{"values", hard_values().text()}};
  for (const auto& one : every_resampler::cases()) {
    const auto X = every_resampler::features<double>(one);
    const auto y = sets::labels(every_resampler::sizes());
    const Data data = Data(X, y).groups(y);
    Manifest record = manifest(data, make_plan(data, one.sampler), one.sampler);
    record.seconds = 0.25;
    record.tags["name"] = one.name + " äöü\n\"\\";
    out[one.name] = record.json();
  }
  return out;
}

/// Whether a text that was written anew means what it did.
bool same(const std::string& name, const std::string& before, const std::string& anew) {
  return name == "values" ? parse_json(anew) == parse_json(before) : manifest_of_json(anew) == manifest_of_json(before);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc == 3 ? argv[1] : "", folder = argc == 3 ? argv[2] : "";
  if (verb != "write" && verb != "read") {
    std::cerr << "usage: json_samples write|read FOLDER\n";
    return 2;
  }
  for (const auto& [name, text] : samples()) {
    const std::string path = folder + "/" + name + ".json";
    if (verb == "write") {
      std::ofstream(path, std::ios::binary) << text << "\n";
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    if (!same(name, text, {std::istreambuf_iterator<char>(file), {}})) {
      std::cerr << path << " was read as something else than was written\n";
      return 1;
    }
  }
}
