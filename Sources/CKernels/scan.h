// One text against many for one instruction set: drop by what is known beforehand, sort what is left by length, run
// the lanes. Included once for each instruction set, after the three widths of `lanes.h`, with FILTER(name) for the
// filters it can use. No include guard, on purpose.

TARGET static void SET(jaroWinkler)(
    CKScratch *scratch, CKColumn column, uint32_t pattern, const uint32_t *codes, size_t count, const uint8_t *need,
    float floor, float *out
) {
    const uint16_t *units = column.units + column.heads[pattern].start;
    int length = column.heads[pattern].shape & 0xFF;
    int marked = 0;
    uint16_t kept[CK_CHUNK + 1];
    CKSorted sorted;
    for (size_t at = 0; at < count; at += CK_CHUNK) {
        size_t size = count - at < CK_CHUNK ? count - at : CK_CHUNK;
        if (need == NULL) {
            ck_sort(column, codes + at, NULL, size, &sorted);
        } else {
            size_t n = FILTER(keepLike)(column, pattern, codes + at, size, need, kept, out + at);
            if (n == 0) continue;
            ck_sort(column, codes + at, kept, n, &sorted);
        }
        for (uint32_t i = sorted.first[0]; i < sorted.first[1]; i++) {
            out[at + sorted.order[i]] = length == 0 && floor <= 1 ? 1 : 0;
        }
        if (!marked) {
            if (length <= 16) SET(mark_16)(scratch, units, length);
            else if (length <= 32) SET(mark_32)(scratch, units, length);
            else SET(mark_64)(scratch, units, length);
            marked = 1;
        }
        for (int other = 1; other <= CK_LONGEST; other++) {
            const uint16_t *order = sorted.order + sorted.first[other];
            size_t texts = sorted.first[other + 1] - sorted.first[other];
            if (texts == 0) continue;
            if (length <= 16) {
                SET(jaroRun_16)(scratch, column, codes + at, order, texts, length, other, floor, out + at);
            } else if (length <= 32) {
                SET(jaroRun_32)(scratch, column, codes + at, order, texts, length, other, floor, out + at);
            } else {
                SET(jaroRun_64)(scratch, column, codes + at, order, texts, length, other, floor, out + at);
            }
        }
    }
    if (marked) {
        if (length <= 16) SET(unmark_16)(scratch, units, length);
        else if (length <= 32) SET(unmark_32)(scratch, units, length);
        else SET(unmark_64)(scratch, units, length);
    }
}

TARGET static void SET(editDistance)(
    CKScratch *scratch, CKColumn column, int transpositions, uint32_t pattern, const uint32_t *codes, size_t count,
    uint8_t limit, uint8_t *out
) {
    const uint16_t *units = column.units + column.heads[pattern].start;
    int length = column.heads[pattern].shape & 0xFF;
    int marked = 0;
    uint16_t kept[CK_CHUNK + 1];
    CKSorted sorted;
    for (size_t at = 0; at < count; at += CK_CHUNK) {
        size_t size = count - at < CK_CHUNK ? count - at : CK_CHUNK;
        if (limit >= CK_LONGEST) {
            ck_sort(column, codes + at, NULL, size, &sorted);
        } else {
            size_t n = FILTER(keepNear)(column, pattern, codes + at, size, limit, kept, out + at);
            if (n == 0) continue;
            ck_sort(column, codes + at, kept, n, &sorted);
        }
        if (!marked) {
            if (length <= 16) SET(mark_16)(scratch, units, length);
            else if (length <= 32) SET(mark_32)(scratch, units, length);
            else SET(mark_64)(scratch, units, length);
            marked = 1;
        }
        for (int other = 0; other <= CK_LONGEST; other++) {
            const uint16_t *order = sorted.order + sorted.first[other];
            size_t texts = sorted.first[other + 1] - sorted.first[other];
            if (texts == 0) continue;
            if (length <= 16) {
                SET(editRun_16)(
                    scratch, column, transpositions, codes + at, order, texts, length, other, limit, out + at);
            } else if (length <= 32) {
                SET(editRun_32)(
                    scratch, column, transpositions, codes + at, order, texts, length, other, limit, out + at);
            } else {
                SET(editRun_64)(
                    scratch, column, transpositions, codes + at, order, texts, length, other, limit, out + at);
            }
        }
    }
    if (marked) {
        if (length <= 16) SET(unmark_16)(scratch, units, length);
        else if (length <= 32) SET(unmark_32)(scratch, units, length);
        else SET(unmark_64)(scratch, units, length);
    }
}

TARGET static void SET(jaroGrid)(
    CKScratch *scratch, CKColumn column, const uint32_t *rows, const CKRowOrder *rowOrder, const uint32_t *columns,
    const CKColumnOrder *order, float *out, size_t stride
) {
    SET(jaroGrid_16)(scratch, column, rows, rowOrder, columns, order->order, order->to16, out, stride);
    SET(jaroGrid_32)(
        scratch, column, rows, rowOrder, columns, order->order + order->to16, order->to32 - order->to16, out, stride);
    SET(jaroGrid_64)(
        scratch, column, rows, rowOrder, columns, order->order + order->to32, order->to64 - order->to32, out, stride);
}

TARGET static void SET(editGrid)(
    CKScratch *scratch, CKColumn column, int transpositions, const uint32_t *rows, const CKRowOrder *rowOrder,
    const uint32_t *columns, const CKColumnOrder *order, uint8_t *out, size_t stride
) {
    SET(editGrid_16)(
        scratch, column, transpositions, rows, rowOrder, columns, order->order, order->to16, out, stride);
    SET(editGrid_32)(
        scratch, column, transpositions, rows, rowOrder, columns, order->order + order->to16,
        order->to32 - order->to16, out, stride);
    SET(editGrid_64)(
        scratch, column, transpositions, rows, rowOrder, columns, order->order + order->to32,
        order->to64 - order->to32, out, stride);
}
