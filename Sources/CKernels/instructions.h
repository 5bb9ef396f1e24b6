// The kernels for one instruction set, with TARGET, VECTOR_BYTES and SET(name) given: see `kernels.c`. No include
// guard, on purpose.

#define NAMED(name) SET(name##_16)
#define WIDTH 16
#include "lanes.h"
#undef NAMED
#undef WIDTH
#define NAMED(name) SET(name##_32)
#define WIDTH 32
#include "lanes.h"
#undef NAMED
#undef WIDTH
#define NAMED(name) SET(name##_64)
#define WIDTH 64
#include "lanes.h"
#undef NAMED
#undef WIDTH
#include "scan.h"
#undef SET
#undef FILTER
#undef TARGET
#undef VECTOR_BYTES
