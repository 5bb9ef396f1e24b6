#include "CKernels.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && (defined(__linux__) || defined(__APPLE__))
#define CK_DISPATCH 1
#else
#define CK_DISPATCH 0
#endif

#define NOINLINE __attribute__((noinline))
#define INLINE static inline __attribute__((always_inline))

/// The widest vectors any instruction set here works with, in bytes.
#define CK_WIDEST 64

/// Patterns of one group have no more different units than this, whatever the width.
#define CK_GROUP_UNITS (CK_WIDEST * 8)

struct CKScratch {
    CKLevel level;
    /// The places of each unit in the one pattern, in the width of a lane.
    void *masks;
    /// Where the units of a group of patterns stand in `table`; 0 for those that do not occur.
    uint16_t *slots;
    /// The units that have a slot.
    uint16_t seen[CK_GROUP_UNITS];
    /// Entry 0 is empty.
    void *table;
};

/// Places of texts in the order of their lengths; those of length n from first[n] to first[n + 1].
typedef struct {
    uint32_t *order;
    size_t first[CK_LONGEST + 2];
} CKRowOrder;

/// Places of texts in three parts, each in the given order: those of up to 16, of up to 32 and of up to 64 units.
typedef struct {
    uint32_t *order;
    size_t to16, to32, to64;
} CKColumnOrder;

INLINE uint64_t ck_first_bits(int count) {
    return count >= 64 ? ~0ull : (1ull << count) - 1;
}

/// The places of a pattern that may match unit j of a text.
INLINE uint64_t ck_window(int pattern, int text, int j) {
    int reach = (pattern > text ? pattern : text) / 2 - 1;
    if (reach < 0) reach = 0;
    uint64_t window = ck_first_bits(j + reach + 1);
    return j > reach ? window & ~ck_first_bits(j - reach) : window;
}

/// A sixth of a bit number: which of four units of six bits it is in.
static const uint8_t ck_quarter[25] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4};

/// How many candidates of one text are filtered and sorted at a time.
#define CK_CHUNK 4096

/// Candidates of a chunk by their number of units; those of length n from first[n] to first[n + 1].
typedef struct {
    uint16_t order[CK_CHUNK];
    uint32_t first[CK_LONGEST + 2];
} CKSorted;

/// Those of the `count` candidates in `kept`, or of the first `count` when that is NULL, that are not too long.
NOINLINE static void ck_sort(
    CKColumn column, const uint32_t *codes, const uint16_t *kept, size_t count, CKSorted *sorted
) {
    uint32_t ends[257] = {0};
    uint8_t lengths[CK_CHUNK];
    for (size_t i = 0; i < count; i++) {
        uint8_t length = (uint8_t)column.heads[codes[kept ? kept[i] : i]].shape;
        lengths[i] = length;
        ends[length + 1]++;
    }
    for (int length = 0; length <= CK_LONGEST; length++) ends[length + 1] += ends[length];
    memcpy(sorted->first, ends, sizeof sorted->first);
    for (size_t i = 0; i < count; i++) {
        if (lengths[i] <= CK_LONGEST) sorted->order[ends[lengths[i]]++] = kept ? kept[i] : (uint16_t)i;
    }
}

// Vectors wider than the instruction set at hand never cross a call: all that take or give them are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define FILTER(name) baseline_##name
#define TARGET
#include "filters.h"

#define FILTER(name) baseline_##name
#define SET(name) baseline_##name
#define TARGET
#define VECTOR_BYTES 32
#include "instructions.h"

#if CK_DISPATCH
#define FILTER(name) avx2_##name
#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
#include "filters.h"

#define FILTER(name) avx2_##name
#define SET(name) avx2_##name
#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
#define VECTOR_BYTES 64
#include "instructions.h"

#define FILTER(name) avx2_##name
#define SET(name) avx512_##name
#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt,avx512f,avx512bw,avx512dq,avx512vl")))
#define VECTOR_BYTES 64
#include "instructions.h"
#endif

CKLevel ck_best_level(void) {
#if CK_DISPATCH
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")
        && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("lzcnt")) {
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
            ? CKAVX512 : CKAVX2;
    }
#endif
    return CKBaseline;
}

CKScratch *ck_scratch_make(size_t alphabet, CKLevel level) {
    CKScratch *scratch = calloc(1, sizeof *scratch);
    if (scratch == NULL) return NULL;
    scratch->level = level;
    scratch->masks = calloc(alphabet + 1, sizeof(uint64_t));
    scratch->slots = calloc(alphabet + 1, sizeof(uint16_t));
    scratch->table = aligned_alloc(CK_WIDEST, (CK_GROUP_UNITS + 1) * CK_WIDEST);
    if (scratch->masks == NULL || scratch->slots == NULL || scratch->table == NULL) {
        ck_scratch_free(scratch);
        return NULL;
    }
    return scratch;
}

void ck_scratch_free(CKScratch *scratch) {
    if (scratch == NULL) return;
    free(scratch->masks);
    free(scratch->slots);
    free(scratch->table);
    free(scratch);
}

#if CK_DISPATCH
#define CHOOSE(level, call)                    \
    switch (level) {                           \
    case CKAVX512: return avx512_##call;       \
    case CKAVX2: return avx2_##call;           \
    default: return baseline_##call;           \
    }
#else
#define CHOOSE(level, call) return baseline_##call;
#endif

void ck_jaro_winkler(
    CKScratch *scratch, CKColumn column, uint32_t pattern, const uint32_t *codes, size_t count, const uint8_t *need,
    float floor, float *out
) {
    CHOOSE(scratch->level, jaroWinkler(scratch, column, pattern, codes, count, need, floor, out))
}

void ck_edit_distance(
    CKScratch *scratch, CKColumn column, int transpositions, uint32_t pattern, const uint32_t *codes, size_t count,
    uint8_t limit, uint8_t *out
) {
    CHOOSE(scratch->level, editDistance(scratch, column, transpositions, pattern, codes, count, limit, out))
}

static int sort_rows(CKColumn column, const uint32_t *rows, size_t count, CKRowOrder *sorted) {
    size_t ends[CK_LONGEST + 2] = {0};
    int all = 1;
    for (size_t i = 0; i < count; i++) {
        int length = column.heads[rows[i]].shape & 0xFF;
        if (length <= CK_LONGEST) ends[length + 1]++;
        else all = 0;
    }
    for (int length = 0; length <= CK_LONGEST; length++) ends[length + 1] += ends[length];
    memcpy(sorted->first, ends, sizeof ends);
    for (size_t i = 0; i < count; i++) {
        int length = column.heads[rows[i]].shape & 0xFF;
        if (length <= CK_LONGEST) sorted->order[ends[length]++] = (uint32_t)i;
    }
    return all;
}

static int sort_columns(CKColumn column, const uint32_t *columns, size_t count, CKColumnOrder *sorted) {
    size_t ends[4] = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            int length = column.heads[columns[i]].shape & 0xFF;
            if (length > CK_LONGEST) continue;
            int part = length <= 16 ? 0 : length <= 32 ? 1 : 2;
            if (pass == 0) ends[part + 1]++;
            else sorted->order[ends[part]++] = (uint32_t)i;
        }
        if (pass == 0) {
            for (int part = 0; part < 3; part++) ends[part + 1] += ends[part];
        }
    }
    sorted->to16 = ends[0];
    sorted->to32 = ends[1];
    sorted->to64 = ends[2];
    return sorted->to64 == count;
}

static void jaro_grid(
    CKScratch *scratch, CKColumn column, const uint32_t *rows, const CKRowOrder *rowOrder, const uint32_t *columns,
    const CKColumnOrder *order, float *out, size_t stride
) {
    CHOOSE(scratch->level, jaroGrid(scratch, column, rows, rowOrder, columns, order, out, stride))
}

static void edit_grid(
    CKScratch *scratch, CKColumn column, int transpositions, const uint32_t *rows, const CKRowOrder *rowOrder,
    const uint32_t *columns, const CKColumnOrder *order, uint8_t *out, size_t stride
) {
    CHOOSE(
        scratch->level, editGrid(scratch, column, transpositions, rows, rowOrder, columns, order, out, stride))
}

/// Sorts rows and columns; 0 when all are short enough, 1 when some are not, 2 without memory.
static int prepare_grid(
    CKColumn column, const uint32_t *rows, size_t rowCount, const uint32_t *columns, size_t columnCount,
    CKRowOrder *rowOrder, CKColumnOrder *columnOrder
) {
    rowOrder->order = malloc((rowCount + columnCount + 1) * sizeof(uint32_t));
    if (rowOrder->order == NULL) return 2;
    columnOrder->order = rowOrder->order + rowCount;
    int all = sort_rows(column, rows, rowCount, rowOrder);
    all &= sort_columns(column, columns, columnCount, columnOrder);
    return !all;
}

int ck_jaro_winkler_grid(
    CKScratch *scratch, CKColumn column, const uint32_t *rows, size_t rowCount, const uint32_t *columns,
    size_t columnCount, float *out, size_t stride
) {
    CKRowOrder rowOrder;
    CKColumnOrder order;
    int status = prepare_grid(column, rows, rowCount, columns, columnCount, &rowOrder, &order);
    if (status == 2) return 2;
    jaro_grid(scratch, column, rows, &rowOrder, columns, &order, out, stride);
    free(rowOrder.order);
    return status;
}

int ck_edit_distance_grid(
    CKScratch *scratch, CKColumn column, int transpositions, const uint32_t *rows, size_t rowCount,
    const uint32_t *columns, size_t columnCount, uint8_t *out, size_t stride
) {
    CKRowOrder rowOrder;
    CKColumnOrder order;
    int status = prepare_grid(column, rows, rowCount, columns, columnCount, &rowOrder, &order);
    if (status == 2) return 2;
    edit_grid(scratch, column, transpositions, rows, &rowOrder, columns, &order, out, stride);
    free(rowOrder.order);
    return status;
}
