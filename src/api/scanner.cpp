#include <modcore/scanner.hpp>

#include "api/scanner_state.hpp"

namespace modcore {

Scanner::Scanner(Engine engine) : state_(std::make_unique<State>(std::move(engine))) {}
Scanner::Scanner(const EngineSlot& slot) : state_(std::make_unique<State>(slot.state_)) {}
Scanner::~Scanner() = default;
Scanner::Scanner(Scanner&&) noexcept = default;
Scanner& Scanner::operator=(Scanner&&) noexcept = default;

Decision Scanner::scan(const Post& post) {
  state_->refresh();
  Decision decision = state_->session->scan(post);
  decision.engine = state_->fingerprint;
  return decision;
}

}  // namespace modcore
