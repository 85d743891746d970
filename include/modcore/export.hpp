// MODCORE_API marks what the library exports; everything else stays hidden.
#pragma once

#if defined(MODCORE_STATIC)
#define MODCORE_API
#elif defined(_WIN32)
#if defined(MODCORE_BUILDING)
#define MODCORE_API __declspec(dllexport)
#else
#define MODCORE_API __declspec(dllimport)
#endif
#else
#define MODCORE_API __attribute__((visibility("default")))
#endif
