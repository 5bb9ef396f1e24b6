import Records

/// Gathers the record elements of a document into a table while the parser goes over it.
///
/// Text kept as it comes; a value of nothing but white space is empty. Elements that repeat within a record are joined by `;`.
/// Characters of elements inside a mapped element belong to its value, like XPath's string value; comments do not.
struct XMLRecords {
    private struct Slot {
        var value: [UInt8] = []
        var count = 0
        var isCut = false

        mutating func clear() {
            value.removeAll(keepingCapacity: true)
            (count, isCut) = (0, false)
        }
    }

    private struct Capture {
        let node: Int
        let depth: Int
        let start: Int
    }

    let matcher: XMLMatcher
    let limits: ImportLimits
    /// Receives the slots of each record that is complete.
    var table: XMLTable
    private var masks: [UInt64] = []
    /// Depth of the open record element; 0 outside records.
    private var recordDepth = 0
    private var line = 0
    private var offset: UInt64 = 0
    /// Nodes matched by the open elements of the record, the innermost element's last.
    private var active: [Int] = []
    private var activeStarts: [Int] = []
    private var captures: [Capture] = []
    /// Characters since the record began, as far as a capture wants them.
    private var text: [UInt8] = []
    /// Own text of elements wanted by `text()`, a buffer a slot.
    private var ownText: [Int: [UInt8]] = [:]
    private var slots: [Slot]
    /// Bytes of the values of all slots.
    private var size = 0
    private var isCut = false

    init(matcher: XMLMatcher, limits: ImportLimits, table: XMLTable) {
        self.matcher = matcher
        self.limits = limits
        self.table = table
        slots = Array(repeating: Slot(), count: matcher.slotCount)
    }

    var rows: Int { table.builder.rows }

    /// Returns whether the element is a record; only then `place` is asked for the start of its tag.
    mutating func start(
        depth: Int, _ local: XMLMatcher.NamePointer?, _ uri: XMLMatcher.NamePointer?,
        _ attributes: XMLMatcher.Attributes?,
        _ count: Int, place: () -> (line: Int, offset: UInt64)
    ) -> Bool {
        if recordDepth == 0 {
            let mask = matcher.recordMask(masks.last, local, uri, attributes, count)
            masks.append(mask)
            guard matcher.isRecord(mask) else { return false }
            recordDepth = depth
            (line, offset) = place()
            text.removeAll(keepingCapacity: true)
            size = 0
            for index in slots.indices { slots[index].clear() }
            isCut = false
            activeStarts.append(0)
            enter(0, depth, attributes, count)
            return true
        }
        let parents = (activeStarts.last ?? 0)..<active.count
        activeStarts.append(active.count)
        for parent in parents {
            for index in matcher.nodes[active[parent]].edges {
                // Names first: conditions are rare, and looking at them costs.
                let edge = matcher.edges[index]
                guard edge.name.matches(local, uri) else { continue }
                if edge.isConditional, !matcher.conditionsHold(index, attributes, count) { continue }
                enter(edge.target, depth, attributes, count)
            }
        }
        return false
    }

    private mutating func enter(_ node: Int, _ depth: Int, _ attributes: XMLMatcher.Attributes?, _ count: Int) {
        active.append(node)
        if matcher.nodes[node].wantsText {
            if !matcher.nodes[node].elementSlots.isEmpty {
                captures.append(Capture(node: node, depth: depth, start: text.count))
            }
            for slot in matcher.nodes[node].textSlots { ownText[slot] = [] }
        }
        guard let attributes, matcher.nodes[node].wantsAttributes else { return }
        for attribute in 0..<count {
            for (name, slot) in matcher.nodes[node].attributeSlots
            where name.matches(attributes[5 * attribute], attributes[5 * attribute + 2]) {
                let raw = XMLAttribute.raw(attributes, attribute)
                if raw.contains(0x26) {
                    XMLAttribute.text(attributes, attribute).withUnsafeBufferPointer { store($0, in: slot) }
                } else {
                    store(raw, in: slot)
                }
            }
        }
    }

    mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard recordDepth > 0 else { return }
        if !captures.isEmpty {
            if text.count + bytes.count <= limits.record { text.append(contentsOf: bytes) } else { isCut = true }
        }
        guard !ownText.isEmpty, let start = activeStarts.last else { return }
        for node in active[start...] {
            for slot in matcher.nodes[node].textSlots where (ownText[slot]?.count ?? 0) <= limits.field {
                ownText[slot, default: []].append(contentsOf: bytes)
            }
        }
    }

    mutating func end(depth: Int) {
        guard recordDepth > 0 else {
            masks.removeLast()
            return
        }
        while let capture = captures.last, capture.depth == depth {
            captures.removeLast()
            let taken = text
            taken.withUnsafeBufferPointer { taken in
                let value = UnsafeBufferPointer(rebasing: taken[capture.start...])
                for slot in matcher.nodes[capture.node].elementSlots { store(value, in: slot) }
            }
        }
        if captures.isEmpty { text.removeAll(keepingCapacity: true) }
        let start = activeStarts.removeLast()
        if !ownText.isEmpty {
            for node in active[start...] {
                for slot in matcher.nodes[node].textSlots {
                    guard let own = ownText.removeValue(forKey: slot) else { continue }
                    own.withUnsafeBufferPointer { store($0, in: slot) }
                }
            }
        }
        active.removeLast(active.count - start)
        guard depth == recordDepth else { return }
        recordDepth = 0
        masks.removeLast()
        finishRecord()
    }

    /// Adds a value to a slot, which may have one.
    private mutating func store(_ bytes: UnsafeBufferPointer<UInt8>, in slot: Int) {
        table.seen[slot] = true
        guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else { return }
        guard size + bytes.count + 1 <= limits.record else {
            isCut = true
            return
        }
        let before = slots[slot].value.count
        if slots[slot].count > 0 { slots[slot].value.append(UInt8(ascii: ";")) }
        let kept = UTF8Form.prefix(bytes, max(0, limits.field - slots[slot].value.count))
        slots[slot].value.append(contentsOf: kept)
        if kept.count < bytes.count { slots[slot].isCut = true }
        slots[slot].count += 1
        size += slots[slot].value.count - before
    }

    private mutating func finishRecord() {
        table.begin(line: line, offset: offset)
        if table.hasID { take(slots.count - 1) }
        for slot in 0..<(slots.count - (table.hasID ? 1 : 0)) { take(slot) }
        if isCut { table.reportCut(line: line) }
    }

    private mutating func take(_ slot: Int) {
        let entry = slots[slot]
        entry.value.withUnsafeBufferPointer { value in
            table.take(value, slot: slot, repeats: entry.count, isCut: entry.isCut, line: line)
        }
    }
}
