#ifndef CKERNELS_H
#define CKERNELS_H

// Jaro-Winkler, Levenshtein and optimal string alignment (OSA) of one text with many, in vector lanes.
//
// Swift cannot compile one function for several instruction sets and choose while running; C can. The same source is
// compiled for what every machine has, for AVX2 and for AVX-512, and gives the same bytes in each.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The longest text, in units, that the lanes hold. Longer ones are left to the caller.
#define CK_LONGEST 64

/// What is known of a text before it is read: 16 bytes, so that a candidate can be dropped by one load.
typedef struct {
    /// Buckets of units seen once, and twice: see `CharacterSignature` in FuzzyText.
    uint64_t signature;
    /// Where the units begin; they end where those of the next text begin.
    uint32_t start;
    /// Bits 0 to 7: number of units, 255 when more than `CK_LONGEST`. Bits 8 to 31: the low six bits of each of the
    /// first four units; those that are missing are zero.
    uint32_t shape;
} CKHead;

/// Texts as dense unit numbers, end to end.
typedef struct {
    const uint16_t *units;
    /// One more than there are texts: the last only says where the units end.
    const CKHead *heads;
} CKColumn;

typedef enum { CKBaseline = 0, CKAVX2 = 1, CKAVX512 = 2 } CKLevel;

/// Asks for memory that will soon be read. Swift has no word for it.
static inline void ck_prefetch(const void *address) {
    __builtin_prefetch(address);
}

/// The best this machine has.
CKLevel ck_best_level(void);

/// Working memory of one thread.
typedef struct CKScratch CKScratch;

/// `alphabet`: unit numbers are less. NULL when there is no memory. `level` must not be above `ck_best_level()`.
CKScratch *ck_scratch_make(size_t alphabet, CKLevel level);
void ck_scratch_free(CKScratch *scratch);

// One text against many. `pattern` and `codes` number texts of the column; `pattern` has at most CK_LONGEST units.
// What stands in `out` for candidates of more than CK_LONGEST units is for the caller to replace.

/// Jaro-Winkler similarity, or 0 where it is below `floor`. `need`: the least number of matching units that reaches
/// the floor, 255 for none, at [common prefix 0...4][units of the candidate 0...255]; NULL when nothing is to be dropped
/// beforehand.
void ck_jaro_winkler(
    CKScratch *scratch, CKColumn column, uint32_t pattern, const uint32_t *codes, size_t count, const uint8_t *need,
    float floor, float *out);

/// Edit distance, or `limit + 1` where it is above `limit`. `limit` is at most 254; 64 and above drop nothing.
void ck_edit_distance(
    CKScratch *scratch, CKColumn column, int transpositions, uint32_t pattern, const uint32_t *codes, size_t count,
    uint8_t limit, uint8_t *out);

// Every row with every column: out[row * stride + column]. Faster for each pair than the above, because the tables of
// a group of columns serve all rows. Places of texts with more than CK_LONGEST units are not written; returns whether
// there are such. 2 when there is no memory.

int ck_jaro_winkler_grid(
    CKScratch *scratch, CKColumn column, const uint32_t *rows, size_t rowCount, const uint32_t *columns,
    size_t columnCount, float *out, size_t stride);

int ck_edit_distance_grid(
    CKScratch *scratch, CKColumn column, int transpositions, const uint32_t *rows, size_t rowCount,
    const uint32_t *columns, size_t columnCount, uint8_t *out, size_t stride);

#ifdef __cplusplus
}
#endif

#endif
