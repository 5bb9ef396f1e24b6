#include <libxml/xmlversion.h>

// Debian's libxml2 converts with ICU, and encoding.h would bring in ICU's headers, which clash with the ICU inside
// Foundation as soon as a target sees both. Only the tail of xmlCharEncodingHandler depends on it, which nobody here looks at.
#undef LIBXML_ICU_ENABLED

#include <libxml/SAX2.h>
#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
