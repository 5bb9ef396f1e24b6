// What is known of texts beforehand, for machines with and without a count of set bits: which candidates can be like,
// and in which order the lanes take them. Included with TARGET and FILTER(name). No include guard, on purpose. Nothing
// here is inlined: the loops are short and need every register.

/// The candidates with enough in common; the places of the others are zeroed.
TARGET NOINLINE static size_t FILTER(keepLike)(
    CKColumn column, uint32_t pattern, const uint32_t *codes, size_t count, const uint8_t *need, uint16_t *kept,
    float *out
) {
    CKHead own = column.heads[pattern];
    int length = own.shape & 0xFF;
    size_t n = 0;
    memset(out, 0, count * sizeof *out);
    for (size_t i = 0; i < count; i++) {
        CKHead other = column.heads[codes[i]];
        int otherLength = other.shape & 0xFF;
        kept[n] = (uint16_t)i;
        // A unit past the end of both looks equal too, which only loosens the bound.
        uint32_t difference = ((own.shape ^ other.shape) >> 8) | 1u << 24;
        int prefix = ck_quarter[__builtin_ctz(difference)];
        int matches = length - __builtin_popcountll(own.signature & ~other.signature);
        int otherMatches = otherLength - __builtin_popcountll(other.signature & ~own.signature);
        matches = otherMatches < matches ? otherMatches : matches;
        n += matches >= need[prefix * 256 + otherLength];
    }
    return n;
}

/// Whether more than `limit` bits are set. Where `few` says that the limit is a small constant, taking bits away is
/// cheaper than counting them on machines that cannot count.
TARGET INLINE int FILTER(more)(uint64_t bits, int limit, int few) {
    if (!few) return __builtin_popcountll(bits) > limit;
    for (int taken = 0; taken < limit; taken++) bits &= bits - 1;
    return bits != 0;
}

TARGET INLINE size_t FILTER(keepNearBy)(
    CKColumn column, uint32_t pattern, const uint32_t *codes, size_t count, int limit, int few, uint16_t *kept,
    uint8_t *out
) {
    uint64_t signature = column.heads[pattern].signature;
    // One comparison says whether the length is near enough, without a sign.
    uint32_t shortest = (column.heads[pattern].shape & 0xFF) - (uint32_t)limit, span = 2 * (uint32_t)limit;
    size_t n = 0;
    memset(out, limit + 1, count);
    for (size_t i = 0; i < count; i++) {
        CKHead other = column.heads[codes[i]];
        kept[n] = (uint16_t)i;
        int far = FILTER(more)(signature & ~other.signature, limit, few)
            | FILTER(more)(other.signature & ~signature, limit, few);
        n += !far & ((other.shape & 0xFF) - shortest <= span);
    }
    return n;
}

/// The candidates that can be within `limit`; the places of the others are given `limit + 1`.
TARGET NOINLINE static size_t FILTER(keepNear)(
    CKColumn column, uint32_t pattern, const uint32_t *codes, size_t count, int limit, uint16_t *kept, uint8_t *out
) {
    switch (limit) {
    case 1: return FILTER(keepNearBy)(column, pattern, codes, count, 1, 1, kept, out);
    case 2: return FILTER(keepNearBy)(column, pattern, codes, count, 2, 1, kept, out);
    case 3: return FILTER(keepNearBy)(column, pattern, codes, count, 3, 1, kept, out);
    default: return FILTER(keepNearBy)(column, pattern, codes, count, limit, 0, kept, out);
    }
}

#undef TARGET
#undef FILTER
