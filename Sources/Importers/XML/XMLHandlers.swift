import CLibXML2

extension xmlSAXHandler {
    /// The callbacks: C functions that find the reader's state behind the user data. Only these; the rest is left out, so that
    /// libxml2 builds no tree and resolves nothing.
    static var qingku: xmlSAXHandler {
        var handlers = xmlSAXHandler()
        handlers.initialized = UInt32(XML_SAX2_MAGIC)
        handlers.internalSubset = { user, _, _, _ in state(user)?.pointee.halt(.documentType) }
        handlers.startElementNs = { user, local, prefix, uri, _, _, count, _, attributes in
            state(user)?.pointee.start(local, prefix, uri, attributes, Int(count))
        }
        handlers.endElementNs = { user, _, _, _ in state(user)?.pointee.end() }
        handlers.characters = text
        handlers.ignorableWhitespace = text
        handlers.cdataBlock = text
        handlers.serror = { user, error in
            guard let error = error?.pointee else { return }
            state(user)?.pointee.note(error)
        }
        return handlers
    }

    private static let text: charactersSAXFunc = { user, bytes, count in
        state(user)?.pointee.characters(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }
}

private func state(_ user: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLState>? {
    user?.assumingMemoryBound(to: XMLState.self)
}
