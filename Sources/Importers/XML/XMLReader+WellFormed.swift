extension XMLReader {
    enum Verdict: Equatable {
        case wellFormed
        /// Refused before anything else is known.
        case documentType
        case refused(String)
    }

    /// Whether a whole document is namespace-well-formed XML without a DOCTYPE, within the limits. No records are looked for.
    static func checkWellFormed(bytes: [UInt8], chunkSize: Int = 64 << 10) -> Verdict {
        guard let reader = XMLReader(encoding: nil, survey: nil) else { return .refused("no parser") }
        var start = 0
        while start < bytes.count {
            let end = min(start + max(1, chunkSize), bytes.count)
            reader.feed(Array(bytes[start..<end]))
            start = end
        }
        reader.finish()
        if reader.stop == .documentType { return .documentType }
        if let stop = reader.stop { return .refused("\(stop)") }
        if let fault = reader.fault ?? reader.namespaceFault {
            return .refused("\(fault.line):\(fault.column) \(fault.code) \(fault.message)")
        }
        return reader.hasRoot ? .wellFormed : .refused("no element")
    }
}
