import Synchronization
import Testing

@testable import Pipeline

struct SharedWorkTests {
    private struct Broken: Error, Equatable {
        let piece: Int
    }

    @Test(arguments: [0, 1, 3, 50]) func `every piece is done once, and results come in order`(helpers: Int) throws {
        let done = Mutex<[Int]>([])
        let work = SharedWork(
            (0..<20).map { piece in
                {
                    done.withLock { $0.append(piece) }
                    return piece * piece
                }
            }, helpers: helpers)
        #expect(try work.values() == (0..<20).map { $0 * $0 })
        #expect(try work.values().count == 20)
        #expect(done.withLock { $0.sorted() } == Array(0..<20))
    }

    @Test(arguments: [0, 2]) func `the first error in the order of the pieces is thrown when all are done`(
        helpers: Int
    ) {
        let done = Mutex(0)
        let work = SharedWork<Int>(
            (0..<6).map { piece in
                {
                    done.withLock { $0 += 1 }
                    if piece == 2 || piece == 4 { throw Broken(piece: piece) }
                    return piece
                }
            }, helpers: helpers)
        #expect(throws: Broken(piece: 2)) { try work.values() }
        #expect(done.withLock { $0 } == 6)
    }
}
