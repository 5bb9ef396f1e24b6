// mallopt(3) and its settings, which the Swift modules of the C library leave out.
#ifdef __linux__
#include <malloc.h>
#endif
