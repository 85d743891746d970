#include "peers.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <hs/hs.h>
#include <pcre2.h>
#ifdef MODCORE_BENCH_RE2
#include <re2/set.h>
#endif
#ifdef MODCORE_BENCH_YARA
#include <yara.h>
#endif

#include <modcore/modcore.hpp>

#include "corpus.hpp"

namespace bench {
namespace {

class EnginePeer : public Peer {
 public:
  explicit EnginePeer(const modcore::Engine& engine) : engine_(engine), scanner_(engine) {}

  static std::unique_ptr<Peer> make(const std::vector<std::string>& regexes) {
    const std::string rules = regex_rule_file(regexes);
    const modcore::Source source{.name = "bench.rules.yaml", .text = rules};
    const auto compiled = modcore::compile({&source, 1});
    if (!compiled) {
      std::fprintf(stderr, "%s", modcore::render(compiled.diagnostics).c_str());
      std::exit(1);
    }
    auto peer = std::make_unique<EnginePeer>(*compiled.engine);
    peer->taken = regexes.size();
    return peer;
  }

  std::size_t scan(const std::string& post) override {
    return scanner_.scan({.body = post}).fired.size();
  }

  // The whole artifact, with the rules' texts.
  [[nodiscard]] std::size_t bytes() const override { return engine_.save().size(); }

 private:
  modcore::Engine engine_;
  modcore::Scanner scanner_;
};

class RawPeer : public Peer {
 public:
  ~RawPeer() override {
    hs_free_scratch(scratch_);
    hs_free_database(database_);
  }

  static std::unique_ptr<Peer> make(const std::vector<std::string>& regexes) {
    auto peer = std::make_unique<RawPeer>();
    std::vector<std::string> left = regexes;
    while (!left.empty() && !peer->compile(left)) {
    }
    peer->taken = left.size();
    if (peer->database_ == nullptr) return peer;
    hs_alloc_scratch(peer->database_, &peer->scratch_);
    return peer;
  }

  static std::unique_ptr<Peer> make_literals(const std::vector<std::string>& literals) {
    auto peer = std::make_unique<RawPeer>();
    const Texts texts(literals, HS_FLAG_CASELESS);
    std::vector<std::size_t> lengths;
    for (const std::string& literal : literals) lengths.push_back(literal.size());
    hs_compile_error_t* error = nullptr;
    peer->taken = literals.size();
    if (hs_compile_lit_multi(texts.begins.data(), texts.flags.data(), texts.ids.data(), lengths.data(), texts.count(),
                             HS_MODE_BLOCK, nullptr, &peer->database_, &error) != HS_SUCCESS ||
        hs_alloc_scratch(peer->database_, &peer->scratch_) != HS_SUCCESS) {
      std::fprintf(stderr, "raw Hyperscan does not take the literals\n");
      std::exit(1);
    }
    return peer;
  }

  [[nodiscard]] std::size_t bytes() const override {
    std::size_t size = 0;
    hs_database_size(database_, &size);
    return size;
  }

  std::size_t scan(const std::string& post) override {
    std::size_t found = 0;
    hs_scan(database_, post.data(), static_cast<unsigned>(post.size()), 0, scratch_, on_match, &found);
    return found;
  }

 private:
  static int on_match(unsigned, unsigned long long, unsigned long long, unsigned, void* context) {
    ++*static_cast<std::size_t*>(context);
    return 0;
  }

  // As Hyperscan wants them, numbered in their order.
  struct Texts {
    std::vector<const char*> begins;
    std::vector<unsigned> ids, flags;

    Texts(const std::vector<std::string>& texts, unsigned flag) : flags(texts.size(), flag) {
      for (const std::string& text : texts) {
        ids.push_back(count());
        begins.push_back(text.c_str());
      }
    }
    [[nodiscard]] unsigned count() const { return static_cast<unsigned>(begins.size()); }
  };

  // False after taking away a regex that was refused.
  bool compile(std::vector<std::string>& regexes) {
    const Texts texts(regexes, HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH);
    hs_compile_error_t* error = nullptr;
    if (hs_compile_multi(texts.begins.data(), texts.flags.data(), texts.ids.data(), texts.count(), HS_MODE_BLOCK, nullptr, &database_, &error) == HS_SUCCESS) {
      return true;
    }
    const int refused = error->expression;
    hs_free_compile_error(error);
    if (refused < 0) regexes.clear();
    if (refused >= 0) regexes.erase(regexes.begin() + refused);
    return regexes.empty();
  }

  hs_database_t* database_ = nullptr;
  hs_scratch_t* scratch_ = nullptr;
};

// PCRE2 with its JIT, one regex after the other.
class Pcre2Peer : public Peer {
 public:
  ~Pcre2Peer() override {
    for (pcre2_code* code : codes_) pcre2_code_free(code);
    pcre2_match_data_free(data_);
  }

  static std::unique_ptr<Peer> make(const std::vector<std::string>& regexes) {
    auto peer = std::make_unique<Pcre2Peer>();
    for (const std::string& regex : regexes) {
      int error = 0;
      std::size_t offset = 0;
      pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(regex.data()), regex.size(),
                                       PCRE2_CASELESS, &error, &offset, nullptr);
      if (code == nullptr) continue;
      pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
      peer->codes_.push_back(code);
    }
    peer->taken = peer->codes_.size();
    return peer;
  }

  std::size_t scan(const std::string& post) override {
    std::size_t found = 0;
    for (const pcre2_code* code : codes_) {
      found += pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(post.data()), post.size(), 0, 0, data_,
                           nullptr) >= 0;
    }
    return found;
  }

 private:
  std::vector<pcre2_code*> codes_;
  pcre2_match_data* data_ = pcre2_match_data_create(1, nullptr);
};

#ifdef MODCORE_BENCH_RE2
class Re2Peer : public Peer {
 public:
  static std::unique_ptr<Peer> make(const std::vector<std::string>& regexes) {
    auto peer = std::make_unique<Re2Peer>();
    std::string ignored;
    for (const std::string& regex : regexes) peer->taken += peer->set_.Add(regex, &ignored) >= 0;
    peer->set_.Compile();
    return peer;
  }

  std::size_t scan(const std::string& post) override {
    set_.Match(post, &found_);
    return found_.size();
  }

 private:
  static RE2::Options options() {
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_max_mem(std::int64_t{2} << 30U);
    return options;
  }

  RE2::Set set_{options(), RE2::UNANCHORED};
  std::vector<int> found_;
};
#endif

#ifdef MODCORE_BENCH_YARA
class YaraPeer : public Peer {
 public:
  YaraPeer() { yr_initialize(); }
  ~YaraPeer() override {
    if (scanner_ != nullptr) yr_scanner_destroy(scanner_);
    if (rules_ != nullptr) yr_rules_destroy(rules_);
    yr_finalize();
  }

  static std::unique_ptr<Peer> make(const std::vector<std::string>& regexes) {
    auto peer = std::make_unique<YaraPeer>();
    std::string all;
    for (std::size_t i = 0; i < regexes.size(); ++i) {
      const std::string rule = rule_of(i, regexes[i]);
      if (!takes(rule)) continue;
      all += rule;
      ++peer->taken;
    }
    peer->compile(all);
    return peer;
  }

  std::size_t scan(const std::string& post) override {
    if (scanner_ == nullptr) return 0;
    found_ = 0;
    yr_scanner_scan_mem(scanner_, reinterpret_cast<const uint8_t*>(post.data()), post.size());
    return found_;
  }

 private:
  static std::string rule_of(std::size_t number, const std::string& regex) {
    std::string escaped;
    for (const char c : regex) escaped += c == '/' ? std::string("\\/") : std::string(1, c);
    return "rule r" + std::to_string(number) + " { strings: $a = /" + escaped + "/i condition: $a }\n";
  }

  static void quiet(int, const char*, int, const YR_RULE*, const char*, void*) {}

  // One by one: an error ends the compilation of all.
  static bool takes(const std::string& rule) {
    YR_COMPILER* compiler = nullptr;
    yr_compiler_create(&compiler);
    yr_compiler_set_callback(compiler, quiet, nullptr);
    const bool taken = yr_compiler_add_string(compiler, rule.c_str(), nullptr) == 0;
    yr_compiler_destroy(compiler);
    return taken;
  }

  void compile(const std::string& rules) {
    YR_COMPILER* compiler = nullptr;
    yr_compiler_create(&compiler);
    yr_compiler_set_callback(compiler, quiet, nullptr);
    const bool good = yr_compiler_add_string(compiler, rules.c_str(), nullptr) == 0 &&
                      yr_compiler_get_rules(compiler, &rules_) == ERROR_SUCCESS &&
                      yr_scanner_create(rules_, &scanner_) == ERROR_SUCCESS;
    yr_compiler_destroy(compiler);
    if (good) yr_scanner_set_callback(scanner_, on_match, this);
  }

  static int on_match(YR_SCAN_CONTEXT*, int message, void*, void* context) {
    if (message == CALLBACK_MSG_RULE_MATCHING) ++static_cast<YaraPeer*>(context)->found_;
    return CALLBACK_CONTINUE;
  }

  YR_RULES* rules_ = nullptr;
  YR_SCANNER* scanner_ = nullptr;
  std::size_t found_ = 0;
};
#endif

}  // namespace

std::unique_ptr<Peer> raw_regexes(const std::vector<std::string>& regexes) { return RawPeer::make(regexes); }
std::unique_ptr<Peer> raw_literals(const std::vector<std::string>& literals) { return RawPeer::make_literals(literals); }

const std::vector<PeerKind>& peers() {
  static const std::vector<PeerKind> all = {
      {.name = "modcore", .make = EnginePeer::make},
      {.name = "raw hs_scan", .make = RawPeer::make},
#ifdef MODCORE_BENCH_RE2
      {.name = "RE2::Set", .make = Re2Peer::make},
#endif
#ifdef MODCORE_BENCH_YARA
      {.name = "YARA", .most_posts = 2'000, .most_regexes = 10'000, .make = YaraPeer::make},
#endif
      {.name = "PCRE2-JIT loop", .most_posts = 300, .most_regexes = 10'000, .make = Pcre2Peer::make},
  };
  return all;
}

}  // namespace bench
