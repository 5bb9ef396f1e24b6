extension AddressReader {
    /// Puts a name, and what may be two or three of them in a row, where it belongs. `kind`: of the number behind it.
    func take(name range: Range<Int>, before kind: NumberKind?, into parts: inout AddressParts) {
        var range = range
        if range.isEmpty { return }
        if parts.township.isEmpty, parts.road.isEmpty, parts.village.isEmpty, let end = townshipEnd(range) {
            parts.township = bytes(range.lowerBound..<end)
            range = end..<range.upperBound
        }
        let isInside = kind == .building || kind == .unit || kind == .room || kind == .floor
        if let end = villageEnd(range), !(isInside && end == range.upperBound && isNewVillage(end)) {
            // 五一路八一村: a road may stand before the village.
            if let road = roadEnd(range.lowerBound..<end), road + 1 < end, parts.road.isEmpty {
                parts.road = bytes(range.lowerBound..<road)
                range = road..<range.upperBound
            }
            parts.village = join(parts.village, bytes(range.lowerBound..<end))
            range = end..<range.upperBound
        }
        if let end = roadEnd(range) {
            if parts.road.isEmpty {
                parts.road = bytes(range.lowerBound..<end)
            } else {
                leave(range.lowerBound..<end, &parts)
            }
            range = end..<range.upperBound
        }
        if range.isEmpty || range.count == 1 && scalars[range.lowerBound] == 0x9644 { return }  // 附
        if kind == .group, parts.village.isEmpty {
            parts.village = bytes(range)
        } else if kind == .house || kind == .lane, parts.road.isEmpty, parts.village.isEmpty, !endsEstate(range) {
            parts.road = bytes(range)
        } else if kind != nil && kind != .bare || endsEstate(range) {
            if parts.estate.isEmpty || parts.estate.upperBound == offsets[range.lowerBound] {
                parts.estate = join(parts.estate, bytes(range))
            } else {
                leave(range, &parts)
            }
        } else {
            leave(range, &parts)
        }
    }

    /// Behind 街道, 镇, 乡, 苏木 that is not in the table of townships; 镇 and 乡 not in a road's or a village's name.
    private func townshipEnd(_ range: Range<Int>) -> Int? {
        for index in range.dropFirst() {
            let next = index + 1 < range.upperBound ? scalars[index + 1] : 0
            switch scalars[index] {
            case 0x8857 where next == 0x9053: return afterOffice(index + 2)  // 街道
            case 0x82CF where next == 0x6728: return index + 2  // 苏木
            case 0x9547, 0x4E61:  // 镇 乡
                // 村 路 街 巷
                if ![0x6751, 0x8DEF, 0x8857, 0x5DF7].contains(next) { return index + 1 }
            default: continue
            }
        }
        return nil
    }

    /// 办事处 belongs to it.
    private func afterOffice(_ index: Int) -> Int {
        index + 2 < count && scalars[index] == 0x529E && scalars[index + 1] == 0x4E8B && scalars[index + 2] == 0x5904
            ? index + 3 : index
    }

    /// Behind the last 村, 屯, 寨, 庄, 社区, 村委会 of the name that is not part of a road's name.
    private func villageEnd(_ range: Range<Int>) -> Int? {
        for index in range.dropFirst().reversed() {
            var end = index + 1
            switch scalars[index] {
            case 0x6751, 0x5C6F, 0x5BE8, 0x5E84: break  // 村 屯 寨 庄
            case 0x533A where scalars[index - 1] == 0x793E && index - 1 > range.lowerBound: break  // 社区
            default: continue
            }
            if end < range.upperBound, scalars[index] == 0x6751 {
                let next = scalars[end]
                // 村委会, 村民委员会, 村民小组
                if next == 0x59D4 || next == 0x6C11 {
                    end = (end..<range.upperBound).first { scalars[$0] == 0x4F1A }.map { $0 + 1 } ?? end
                }
            }
            // 路, or 大 of 大街 and 大道: the village has given its name to a road.
            if end < range.upperBound, Self.roadSigns.contains(scalars[end]) || scalars[end] == 0x5927 { continue }
            return end
        }
        return nil
    }

    private func isNewVillage(_ end: Int) -> Bool {
        end >= 2 && scalars[end - 1] == 0x6751 && scalars[end - 2] == 0x65B0  // 新村
    }

    /// Behind the last 路, 街, 巷, 道, 胡同, 段 of the name; not the head of 街道花园 or 路小区.
    private func roadEnd(_ range: Range<Int>) -> Int? {
        for index in range.dropFirst().reversed() {
            guard Self.roadSigns.contains(scalars[index]) else { continue }
            let isAlley = scalars[index] == 0x540C  // 胡同
            if isAlley, scalars[index - 1] != 0x80E1 { continue }
            if scalars[index] == 0x6BB5, !range[..<index].contains(where: { Self.roadSigns.contains(scalars[$0]) }) {
                continue
            }
            let end = index + 1
            // 道 is part of many words: 大道, 国道, 省道, or a number behind it.
            if scalars[index] == 0x9053, ![0x5927, 0x56FD, 0x7701].contains(scalars[index - 1]),
                end < range.upperBound || end == count
            {
                continue
            }
            if end < range.upperBound, isBareEstate(end..<range.upperBound) { return nil }
            return end
        }
        return nil
    }

    private static let roadSigns: [UInt32] = [0x8DEF, 0x8857, 0x5DF7, 0x9053, 0x540C, 0x6BB5]  // 路 街 巷 道 同 段

    /// A kind of estate without a name: 小区, 花园, 新村, 公寓.
    private func isBareEstate(_ range: Range<Int>) -> Bool {
        range.count == 2 && endsEstate(range)
    }

    private func endsEstate(_ range: Range<Int>) -> Bool {
        guard let last = range.last else { return false }
        switch scalars[last] {
        // 园 苑 城 府 厦 寓 邸 墅 庭 居 坊 湾 院 区 里 轩 阁 宅 场 厂 村
        case 0x56ED, 0x82D1, 0x57CE, 0x5E9C, 0x53A6, 0x5BD3, 0x90B8, 0x5885, 0x5EAD, 0x5C45, 0x574A, 0x6E7E, 0x9662,
            0x533A,
            0x91CC, 0x8F69, 0x9601, 0x5B85, 0x573A, 0x5382, 0x6751:
            return range.count >= 2
        default: return false
        }
    }
}
