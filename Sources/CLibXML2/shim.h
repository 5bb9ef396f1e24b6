#include <stdlib.h>

#include <libxml/xmlversion.h>

// Debian's libxml2 converts with ICU, and encoding.h would bring in ICU's headers, which clash with the ICU inside
// Foundation as soon as a target sees both. Only the tail of xmlCharEncodingHandler depends on it, which nobody here looks at.
#undef LIBXML_ICU_ENABLED

#include <libxml/SAX2.h>
#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>

// libxml2 prints some errors, with bytes of the document, unless both of the thread's error functions are set. The generic one
// has a variable number of arguments, which Swift cannot write.
static inline void qingku_xml_say_nothing(void *context, const char *message, ...) {}

static inline void qingku_xml_drop_error(void *context, xmlErrorPtr error) {}

/// Of the library that is loaded, not of these headers: `2.9.14`. The library has it as a number, 20914.
static inline int qingku_xml_version_number(void) { return atoi(xmlParserVersion); }

/// Silences libxml2 on the calling thread; a parser's own `serror` still gets its errors.
static inline void qingku_xml_silence(void) {
    xmlSetGenericErrorFunc(0, qingku_xml_say_nothing);
    xmlSetStructuredErrorFunc(0, qingku_xml_drop_error);
}
