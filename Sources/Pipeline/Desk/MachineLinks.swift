/// The pairs that the machine alone has put together, person by person.
struct MachineLinks {
    private var links: [(person: UInt32, a: Int64, b: Int64)] = []

    mutating func add(_ a: Int64, _ b: Int64, of person: UInt32) { links.append((person, a, b)) }

    /// Once all are there.
    mutating func sort() { links.sort { $0.person < $1.person } }

    /// Whether a chain of them leads from one record of a person to another.
    func join(_ a: Int64, _ b: Int64, of person: UInt32) -> Bool {
        var (low, high) = (0, links.count)
        while low < high {
            let middle = (low + high) / 2
            if links[middle].person < person { low = middle + 1 } else { high = middle }
        }
        let own = links[low...].prefix { $0.person == person }
        var (reached, front) = (Set([a]), [a])
        while let record = front.popLast() {
            for link in own where link.a == record || link.b == record {
                let other = link.a == record ? link.b : link.a
                if reached.insert(other).inserted { front.append(other) }
            }
        }
        return reached.contains(b)
    }
}
