package import Records

extension EventChain {
    /// Where the trail is first found to have been tampered with.
    package struct Break: Sendable, Hashable {
        package enum Kind: String, Sendable {
            /// An event is missing, stands twice or in another place.
            case sequence
            /// The event does not follow the one before it.
            case link
            /// Something in the event was changed.
            case content
            /// The payload is not the one that was committed to.
            case payload
        }

        package let sequence: Int
        package let kind: Kind

        package init(sequence: Int, kind: Kind) {
            self.sequence = sequence
            self.kind = kind
        }

        package var message: Text {
            switch kind {
            case .sequence:
                Text(
                    en: "event \(sequence) is missing or not in its place", zh: "第\(sequence)号事件缺失或不在其位置上")
            case .link:
                Text(
                    en: "event \(sequence) does not follow from the event before it",
                    zh: "第\(sequence)号事件与前一事件不相接")
            case .content: Text(en: "event \(sequence) was changed", zh: "第\(sequence)号事件被改动")
            case .payload:
                Text(en: "the payload of event \(sequence) was changed", zh: "第\(sequence)号事件的内容被改动")
            }
        }
    }

    /// Walks along the trail from its first event, one event at a time, so that a trail of any length can be checked.
    package struct Walk: Sendable {
        package private(set) var sequence = 0
        package private(set) var head = EventChain.seed

        package init() {}

        /// The first break at this event; the walk goes on from what the event says of itself, so later breaks are
        /// found too. An erased payload is no break.
        package mutating func step(_ recorded: RecordedEvent) -> Break? {
            let event = recorded.event
            let (expected, previous) = (sequence &+ 1, head)
            sequence = event.sequence
            head = event.hash
            if event.sequence != expected { return Break(sequence: expected, kind: .sequence) }
            if event.previousHash != previous { return Break(sequence: expected, kind: .link) }
            if EventChain.hash(event) != event.hash { return Break(sequence: expected, kind: .content) }
            if let payload = recorded.payload, EventChain.commitment(payload) != event.commitment {
                return Break(sequence: expected, kind: .payload)
            }
            return nil
        }
    }
}
