// modcore: compile community guidelines once, judge every post with them.
//
//   auto compiled = modcore::compile_files({"policy.yaml"});
//   if (!compiled) { std::cerr << modcore::render(compiled.diagnostics); return 1; }
//
//   modcore::Scanner scanner(*compiled.engine);            // one per thread
//   modcore::Decision d = scanner.scan({.title = t, .body = b});
//   if (d.verdict == modcore::Verdict::hide) hide(post, d.reason("fr"));
//
// Three lifetimes, no others: an Engine is immutable and shared by every
// thread, a Scanner belongs to one thread, a Decision is a value you keep.
#pragma once

#include <modcore/compile.hpp>     // IWYU pragma: export
#include <modcore/corpus.hpp>      // IWYU pragma: export
#include <modcore/decision.hpp>    // IWYU pragma: export
#include <modcore/diagnostic.hpp>  // IWYU pragma: export
#include <modcore/engine.hpp>      // IWYU pragma: export
#include <modcore/json.hpp>        // IWYU pragma: export
#include <modcore/post.hpp>        // IWYU pragma: export
#include <modcore/scanner.hpp>     // IWYU pragma: export
#include <modcore/tooling.hpp>     // IWYU pragma: export
#include <modcore/version.hpp>     // IWYU pragma: export
