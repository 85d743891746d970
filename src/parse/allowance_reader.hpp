// Comments that allow findings: `# modcore: allow M310, M311 reason="..."`.
#pragma once

#include "diag/sink.hpp"
#include "parse/yaml_tree.hpp"
#include "source/source_map.hpp"

namespace modcore::parse {

// Of a YAML file. A comment behind a value covers what begins on its line; one on a
// line of its own the key, the item or the rule below it; one above everything else
// the whole file.
void read_allowances(const source::SourceMap& sources, const YamlNode& root, diag::Sink& sink);

// Of a list file, where a comment covers the item below it.
void read_list_allowances(const source::SourceMap& sources, source::SourceId id, diag::Sink& sink);

}  // namespace modcore::parse
