// From lines to decisions in the formats that were asked for.
#pragma once

#include <string>
#include <vector>

#include <modcore/modcore.hpp>

#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/summary.hpp"

namespace modcore::cli {

struct JudgeOptions {
  std::vector<Format> formats;     // one each output
  std::vector<Palette> palettes;   // likewise
  bool allowed_too = false;        // text shows allowed posts as well
  bool several_inputs = false;     // ids made of line numbers name the input
  std::vector<FieldName> names;    // what the keys of posts are called
};

struct JudgedBatch {
  std::vector<std::string> outputs;     // what goes to each output
  std::vector<std::string> complaints;  // lines that could not be read
  Summary summary;
};

// Owns a Scanner; one each thread.
class Judge {
 public:
  Judge(const Engine& engine, JudgeOptions options);

  // A line that begins with `{` is a post in JSON, any other is the body of one;
  // empty lines are passed over.
  [[nodiscard]] JudgedBatch judge(const Batch& batch);

 private:
  void judge_line(const Batch& batch, const Line& line, JudgedBatch& out);
  void judge_post(Post post, const Batch& batch, const Line& line, JudgedBatch& out,
                  const PostDocument* document);

  Engine engine_;
  Scanner scanner_;
  JudgeOptions options_;
};

}  // namespace modcore::cli
