// Lists that stand for sets.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace modcore {

// Sorts and drops repeats. Not std::ranges::unique: what it returns is more than
// clang 14 can take from libstdc++ 12.
template <typename T>
void sort_unique(std::vector<T>& things) {
  std::sort(things.begin(), things.end());
  things.erase(std::unique(things.begin(), things.end()), things.end());
}

// By a key; of several with one key the first stays.
template <typename T, typename Key>
void sort_unique(std::vector<T>& things, Key key) {
  std::stable_sort(things.begin(), things.end(), [&key](const T& a, const T& b) {
    return std::invoke(key, a) < std::invoke(key, b);
  });
  const auto same = [&key](const T& a, const T& b) {
    return std::invoke(key, a) == std::invoke(key, b);
  };
  things.erase(std::unique(things.begin(), things.end(), same), things.end());
}

}  // namespace modcore
