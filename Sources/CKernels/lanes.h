// The kernels over one width of lanes; included once for each pair of instruction set and width, with
//   TARGET       the attribute that selects the instruction set
//   VECTOR_BYTES how many bytes a vector has; twice the machine's width hides the length of the dependency chains
//   WIDTH        bits of a lane: the longest pattern
//   NAMED(name)  the name for this pair
// No include guard, on purpose.

#define V NAMED(Vector)
#define F NAMED(Floats)
#define I NAMED(Integers)
#define U NAMED(Lane)
#define LANES (VECTOR_BYTES * 8 / WIDTH)

#if WIDTH == 16
typedef uint16_t U;
#elif WIDTH == 32
typedef uint32_t U;
#else
typedef uint64_t U;
#endif
typedef U V __attribute__((vector_size(VECTOR_BYTES)));
typedef float F __attribute__((vector_size(LANES * 4)));
typedef int32_t I __attribute__((vector_size(LANES * 4)));
typedef uint8_t NAMED(Bytes) __attribute__((vector_size(LANES)));

/// Where the places of text unit j in the patterns come from: a table of vectors by unit, when each lane has a pattern
/// of its own and all have one text; or a vector made for each j, when all have one pattern.
typedef struct {
    const V *table;
    const uint16_t *slots;
    const uint16_t *text;
    const V *staged;
} NAMED(Places);

TARGET INLINE V NAMED(places)(NAMED(Places) from, int j) {
    return from.staged ? from.staged[j] : from.table[from.slots[from.text[j]]];
}

/// Hyyrö's bit-parallel columns in each lane, with the term for exchanged neighbours.
TARGET INLINE V NAMED(edit)(NAMED(Places) from, int count, V rows, int transpositions) {
    V rises = ~(V){0}, falls = {0}, diagonal = {0}, last = {0};
    for (int j = 0; j < count; j++) {
        V found = NAMED(places)(from, j);
        V free = (((found & rises) + rises) ^ rises) | found | falls;
        if (transpositions) {
            free |= ((~diagonal & found) << 1) & last;
            last = found;
        }
        diagonal = free;
        V up = (falls | ~(diagonal | rises)) << 1 | 1;
        V down = (diagonal & rises) << 1;
        rises = down | ~(diagonal | up);
        falls = up & diagonal;
    }
    return __builtin_elementwise_popcount(rises & rows) - __builtin_elementwise_popcount(falls & rows) + (U)count;
}

/// Jaro's matches and transpositions in each lane, then Winkler's prefix, as one quotient of whole numbers below 2^24:
/// the result is the exact value rounded once, on every machine.
TARGET INLINE F NAMED(jaro)(NAMED(Places) from, int count, const V *windows, V rows, F sum, F product) {
    V open = rows, misses = {0}, missed[CK_LONGEST];
    for (int j = 0; j < count; j++) {
        V found = NAMED(places)(from, j) & windows[j] & open;
        open ^= found & -found;
        missed[j] = (V)(found == 0);
        misses -= missed[j];
    }
    V taken = rows ^ open, turned = {0};
    for (int j = 0; j < count; j++) {
        V first = taken & -taken;
        turned -= (V)((NAMED(places)(from, j) & first) == 0) & ~missed[j];
        taken ^= first & ~missed[j];
    }
    V prefix = {0};
    if (count > 0) {
        V run = NAMED(places)(from, 0) & 1;
        prefix = run;
        for (int j = 1; j < count && j < 4; j++) {
            run = (run << 1) & NAMED(places)(from, j);
            prefix += run >> j;
        }
    }
    F m = __builtin_convertvector(__builtin_convertvector((U)count - misses, I), F);
    F t = __builtin_convertvector(__builtin_convertvector(turned >> 1, I), F);
    F p = __builtin_convertvector(__builtin_convertvector(prefix, I), F);
    // Jaro's value is above / below; where nothing matches, 0 / 3.
    F above = m * m * sum + (m - t) * product;
    F below = 3.0f * m * product;
    below = (F)((I)below | ((I)((F){0} + 3.0f) & (below == 0.0f)));
    // Winkler raises from 0.7 on, by tenths.
    F raise = (F)((I)p & (10.0f * above >= 7.0f * below));
    return (10.0f * above + raise * (below - above)) / (10.0f * below);
}

TARGET INLINE U NAMED(firstBits)(unsigned count) {
    return (U)ck_first_bits(count);
}

/// The table of `pattern` alone, by unit; `unmark` takes it away again.
TARGET static void NAMED(mark)(CKScratch *scratch, const uint16_t *pattern, int count) {
    U *masks = (U *)scratch->masks;
    for (int i = 0; i < count; i++) masks[pattern[i]] |= (U)1 << i;
}

TARGET static void NAMED(unmark)(CKScratch *scratch, const uint16_t *pattern, int count) {
    U *masks = (U *)scratch->masks;
    for (int i = 0; i < count; i++) masks[pattern[i]] = 0;
}

/// Looks the places of each unit of up to LANES texts of one length up, so that the lanes can read them in a row.
TARGET INLINE void NAMED(stage)(
    const CKScratch *scratch, CKColumn column, const uint32_t *codes, const uint16_t *order, int lanes, int count, V *to
) {
    const U *masks = (const U *)scratch->masks;
    U *out = (U *)to;
    int lane = 0;
#if WIDTH == 16
    // Four lanes to a store: a wide load that follows sixteen narrow stores has to wait for all of them.
    for (; lane + 4 <= lanes; lane += 4) {
        const uint16_t *a = column.units + column.heads[codes[order[lane]]].start;
        const uint16_t *b = column.units + column.heads[codes[order[lane + 1]]].start;
        const uint16_t *c = column.units + column.heads[codes[order[lane + 2]]].start;
        const uint16_t *d = column.units + column.heads[codes[order[lane + 3]]].start;
        for (int j = 0; j < count; j++) {
            uint64_t four = masks[a[j]] | (uint64_t)masks[b[j]] << 16 | (uint64_t)masks[c[j]] << 32
                | (uint64_t)masks[d[j]] << 48;
            memcpy(out + j * LANES + lane, &four, sizeof four);
        }
    }
#endif
    for (; lane < lanes; lane++) {
        const uint16_t *text = column.units + column.heads[codes[order[lane]]].start;
        for (int j = 0; j < count; j++) out[j * LANES + lane] = masks[text[j]];
    }
}

/// The marked pattern against texts of one length, `order` saying which of `codes`.
TARGET NOINLINE static void NAMED(jaroRun)(
    const CKScratch *scratch, CKColumn column, const uint32_t *codes, const uint16_t *order, size_t texts, int pattern,
    int count, float floor, float *out
) {
    V staged[CK_LONGEST], windows[CK_LONGEST];
    for (int j = 0; j < count; j++) windows[j] = (V){0} + (U)ck_window(pattern, count, j);
    V rows = (V){0} + NAMED(firstBits)(pattern);
    F sum = (F){0} + (float)(pattern + count), product = (F){0} + (float)(pattern * count);
    for (int j = 0; j < count; j++) staged[j] = (V){0};
    for (size_t at = 0; at < texts; at += LANES) {
        int lanes = texts - at < LANES ? (int)(texts - at) : LANES;
        NAMED(stage)(scratch, column, codes, order + at, lanes, count, staged);
        F scores = NAMED(jaro)((NAMED(Places)){.staged = staged}, count, windows, rows, sum, product);
        scores = (F)((I)scores & (scores >= floor));
        float row[LANES];
        memcpy(row, &scores, sizeof row);
        for (int lane = 0; lane < lanes; lane++) out[order[at + lane]] = row[lane];
    }
}

TARGET NOINLINE static void NAMED(editRun)(
    const CKScratch *scratch, CKColumn column, int transpositions, const uint32_t *codes, const uint16_t *order,
    size_t texts, int pattern, int count, uint8_t limit, uint8_t *out
) {
    V staged[CK_LONGEST];
    V rows = (V){0} + NAMED(firstBits)(pattern);
    for (int j = 0; j < count; j++) staged[j] = (V){0};
    for (size_t at = 0; at < texts; at += LANES) {
        int lanes = texts - at < LANES ? (int)(texts - at) : LANES;
        NAMED(stage)(scratch, column, codes, order + at, lanes, count, staged);
        NAMED(Places) from = {.staged = staged};
        V distances = transpositions ? NAMED(edit)(from, count, rows, 1) : NAMED(edit)(from, count, rows, 0);
        NAMED(Bytes) bytes = __builtin_convertvector(distances, NAMED(Bytes));
        uint8_t row[LANES];
        memcpy(row, &bytes, sizeof row);
        for (int lane = 0; lane < lanes; lane++) {
            uint8_t distance = row[lane];
            out[order[at + lane]] = distance > limit ? limit + 1 : distance;
        }
    }
}

/// Up to LANES patterns, each in its lane, and the tables of their units.
typedef struct {
    V *table;
    V rows;
    int counts[LANES];
    int used;
} NAMED(Group);

TARGET static void NAMED(gather)(
    CKScratch *scratch, CKColumn column, const uint32_t *columns, const uint32_t *order, int lanes, NAMED(Group) *group
) {
    group->table = (V *)scratch->table;
    group->table[0] = (V){0};
    group->rows = (V){0};
    group->used = 0;
    for (int lane = 0; lane < LANES; lane++) {
        group->counts[lane] = 0;
        if (lane >= lanes) continue;
        CKHead head = column.heads[columns[order[lane]]];
        int count = head.shape & 0xFF;
        group->counts[lane] = count;
        group->rows[lane] = NAMED(firstBits)(count);
        for (int i = 0; i < count; i++) {
            uint16_t unit = column.units[head.start + i];
            if (scratch->slots[unit] == 0) {
                scratch->seen[group->used] = unit;
                group->used++;
                scratch->slots[unit] = (uint16_t)group->used;
                group->table[group->used] = (V){0};
            }
            ((U *)&group->table[scratch->slots[unit]])[lane] |= (U)1 << i;
        }
    }
}

TARGET static void NAMED(scatter)(CKScratch *scratch, const NAMED(Group) *group) {
    for (int i = 0; i < group->used; i++) scratch->slots[scratch->seen[i]] = 0;
}

/// The rows, sorted by length, against the columns that `order` names: all short enough for the lanes.
TARGET static void NAMED(jaroGrid)(
    CKScratch *scratch, CKColumn column, const uint32_t *rows, const CKRowOrder *rowOrder, const uint32_t *columns,
    const uint32_t *order, size_t columnCount, float *out, size_t stride
) {
    for (size_t at = 0; at < columnCount; at += LANES) {
        int lanes = columnCount - at < LANES ? (int)(columnCount - at) : LANES;
        NAMED(Group) group;
        NAMED(gather)(scratch, column, columns, order + at, lanes, &group);
        int together = lanes == LANES && order[at + LANES - 1] - order[at] == LANES - 1;
        for (int count = 0; count <= CK_LONGEST; count++) {
            size_t first = rowOrder->first[count], end = rowOrder->first[count + 1];
            if (first == end) continue;
            V windows[CK_LONGEST];
            F sum, product;
            for (int lane = 0; lane < LANES; lane++) {
                sum[lane] = (float)(group.counts[lane] + count);
                product[lane] = (float)(group.counts[lane] * count);
            }
            for (int j = 0; j < count; j++) {
                U window[LANES];
                for (int lane = 0; lane < LANES; lane++) window[lane] = (U)ck_window(group.counts[lane], count, j);
                memcpy(&windows[j], window, sizeof window);
            }
            for (size_t r = first; r < end; r++) {
                uint32_t place = rowOrder->order[r];
                NAMED(Places) from = {
                    .table = group.table, .slots = scratch->slots,
                    .text = column.units + column.heads[rows[place]].start};
                F scores = NAMED(jaro)(from, count, windows, group.rows, sum, product);
                if (count == 0) {
                    for (int lane = 0; lane < LANES; lane++) scores[lane] = group.counts[lane] == 0 ? 1 : 0;
                }
                float *to = out + place * stride;
                if (together) {
                    memcpy(to + order[at], &scores, sizeof scores);
                } else {
                    float row[LANES];
                    memcpy(row, &scores, sizeof row);
                    for (int lane = 0; lane < lanes; lane++) to[order[at + lane]] = row[lane];
                }
            }
        }
        NAMED(scatter)(scratch, &group);
    }
}

TARGET static void NAMED(editGrid)(
    CKScratch *scratch, CKColumn column, int transpositions, const uint32_t *rows, const CKRowOrder *rowOrder,
    const uint32_t *columns, const uint32_t *order, size_t columnCount, uint8_t *out, size_t stride
) {
    for (size_t at = 0; at < columnCount; at += LANES) {
        int lanes = columnCount - at < LANES ? (int)(columnCount - at) : LANES;
        NAMED(Group) group;
        NAMED(gather)(scratch, column, columns, order + at, lanes, &group);
        int together = lanes == LANES && order[at + LANES - 1] - order[at] == LANES - 1;
        for (int count = 0; count <= CK_LONGEST; count++) {
            for (size_t r = rowOrder->first[count]; r < rowOrder->first[count + 1]; r++) {
                uint32_t place = rowOrder->order[r];
                NAMED(Places) from = {
                    .table = group.table, .slots = scratch->slots,
                    .text = column.units + column.heads[rows[place]].start};
                V distances = transpositions
                    ? NAMED(edit)(from, count, group.rows, 1) : NAMED(edit)(from, count, group.rows, 0);
                NAMED(Bytes) bytes = __builtin_convertvector(distances, NAMED(Bytes));
                uint8_t *to = out + place * stride;
                if (together) {
                    memcpy(to + order[at], &bytes, sizeof bytes);
                } else {
                    uint8_t row[LANES];
                    memcpy(row, &bytes, sizeof row);
                    for (int lane = 0; lane < lanes; lane++) to[order[at + lane]] = row[lane];
                }
            }
        }
        NAMED(scatter)(scratch, &group);
    }
}

#undef V
#undef F
#undef I
#undef U
#undef LANES
