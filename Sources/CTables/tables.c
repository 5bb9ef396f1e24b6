// The tables come in as they stand in data/ (see data/README.md for origin and licence): C23's #embed puts the bytes
// of a file into the read-only data of the program, so nothing has to be shipped beside the binary.
#include "CTables.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char divisions[] = {
#embed "data/divisions.csv"
};
static const unsigned char ethnic_groups[] = {
#embed "data/ethnic_groups.csv"
};
static const unsigned char lookalike[] = {
#embed "data/lookalike.csv"
};
static const unsigned char pinyin[] = {
#embed "data/pinyin.csv"
};
static const unsigned char surnames[] = {
#embed "data/surnames.csv"
};
static const unsigned char townships[] = {
#embed "data/townships_2023.csv"
};
static const unsigned char variants[] = {
#embed "data/variants.csv"
};

#define TABLE(name)                                                                                                    \
    do {                                                                                                               \
        *size = sizeof name;                                                                                           \
        return name;                                                                                                   \
    } while (0)

const unsigned char *ct_bytes(ct_table table, size_t *size)
{
    switch (table) {
    case CT_DIVISIONS: TABLE(divisions);
    case CT_ETHNIC_GROUPS: TABLE(ethnic_groups);
    case CT_LOOKALIKE: TABLE(lookalike);
    case CT_PINYIN: TABLE(pinyin);
    case CT_SURNAMES: TABLE(surnames);
    case CT_TOWNSHIPS: TABLE(townships);
    case CT_VARIANTS: TABLE(variants);
    }
    *size = 0;
    return 0;
}
