#ifndef CTABLES_H
#define CTABLES_H

#include <stddef.h>

/// The reference tables that are compiled into the program, one per file in `data/`.
typedef enum {
    CT_DIVISIONS,
    CT_ETHNIC_GROUPS,
    CT_LOOKALIKE,
    CT_PINYIN,
    CT_SURNAMES,
    CT_TOWNSHIPS,
    CT_VARIANTS,
} ct_table;

/// The UTF-8 bytes of a table; they live as long as the program. `size` receives their number.
const unsigned char *ct_bytes(ct_table table, size_t *size);

#endif
