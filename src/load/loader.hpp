// Gathers the files of one engine: each is read once, what it refers to follows.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "load/load.hpp"
#include "load/tree.hpp"
#include "parse/parse.hpp"
#include "source/source_map.hpp"

namespace modcore::load {

// A file or folder in a tree.
struct Place {
  const Tree* tree = nullptr;
  std::string path;
};

class Loader {
 public:
  // `rules_path` is where packs named by a word are looked for on disk before the
  // shipped ones; empty: nowhere. `unsaved` stands in for files on disk.
  Loader(source::SourceMap& sources, diag::Sink& sink, std::string rules_path,
         std::span<const Source> unsaved = {});

  // A policy, a rule file or a folder. `where` is who refers to it.
  void load_place(const Place& place, source::Span where);
  void load_pack(std::string_view name, source::Span where);
  void load_policy(const Place& place);
  void load_default_packs();
  void load_file(const Place& place, const std::string& pack);
  // Presets, then lists from files and from packs that are not loaded; sorted.
  [[nodiscard]] ast::Bundle finish(const CompileOptions& options);

  [[nodiscard]] bool has_policy() const noexcept { return bundle_.policy.has_value(); }

 private:
  // Where the lists of a rule file are read from.
  struct Origin {
    const Tree* tree = nullptr;
    std::string folder;  // of the file
    std::string root;    // that its paths may not leave
  };

  [[nodiscard]] std::optional<source::SourceId> read(const Place& place, source::Span where);
  // Without a kind the file's name and keys tell it.
  [[nodiscard]] std::optional<ast::File> parse_place(const Place& place, source::Span where,
                                                     std::optional<parse::FileKind> kind = {});
  // Files that are read, and parsed side by side.
  struct Unparsed;
  void parse_all(std::vector<Unparsed>& files) const;
  void load_files(const std::vector<Place>& places, const std::string& pack);
  void load_folder(const Place& folder, source::Span where);
  void load_pack_folder(const Place& folder, const std::string& pack);
  void load_references(const ast::PolicyFile& policy);
  void load_reference(const ast::Name& reference);
  // A file of the policy that its key gives a kind, whatever it is called.
  void load_reference(const ast::Name& reference, parse::FileKind kind);
  [[nodiscard]] std::optional<Place> beside_policy(const ast::Name& reference);
  void load_test_files();
  void accept(ast::File file, const Place& place, const std::string& pack);
  void accept_policy(ast::PolicyFile policy, const Place& place);
  [[nodiscard]] std::optional<Place> find_pack(std::string_view name) const;
  [[nodiscard]] std::vector<Place> pack_files(const Place& pack) const;
  [[nodiscard]] bool has_rule(std::string_view id) const;
  void load_preset(std::string_view name, source::Span where);
  [[nodiscard]] std::vector<std::string> pack_names() const;

  // lists.cpp
  void load_lists();
  void read_list(ast::ListDeclaration& list, const Origin& origin);
  void load_lists_of_pack(std::string_view pack);
  [[nodiscard]] bool has_pack(std::string_view pack) const;

  source::SourceMap& sources_;
  diag::Sink& sink_;
  DiskTree disk_;
  std::string rules_path_;
  ast::Bundle bundle_;
  std::vector<Origin> origins_;  // beside bundle_.rule_files
  Place policy_place_;
  std::set<std::pair<const Tree*, std::string>> seen_;
};

}  // namespace modcore::load
