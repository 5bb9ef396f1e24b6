#include <zlib.h>

// `inflateInit2` is a macro. Raw deflate, as in ZIP.
static inline int qingku_inflate_begin(z_stream *stream) { return inflateInit2(stream, -15); }
