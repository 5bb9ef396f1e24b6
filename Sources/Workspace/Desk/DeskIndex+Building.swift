import GRDB
import Records

extension DeskIndex {
    /// Takes rows in while the index is made anew.
    package struct Builder {
        private let pairs: BulkStatement
        private let clusters: BulkStatement
        private let sample: BulkStatement

        fileprivate init(_ db: Database) throws {
            pairs = try BulkStatement(
                db,
                """
                INSERT INTO pair (id, a, b, a_person, b_person, probability, weight, levels, differs, size, rank, base, state,
                    a_source, b_source, blocking_key, class, reason, area)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
                """)
            sample = try BulkStatement(db, "INSERT INTO sample (place, pair, pairs, stratum) VALUES (?, ?, ?, ?)")
            clusters = try BulkStatement(db, "INSERT INTO cluster (person, records, bridge, area) VALUES (?, ?, ?, ?)")
        }

        package func add(_ pair: DeskPair) throws {
            let numbers = [
                Int64(pair.id), pair.a, pair.b, Int64(pair.aPerson), Int64(pair.bPerson),
            ]
            for (place, number) in numbers.enumerated() { pairs.bind(number, at: Int32(place + 1)) }
            pairs.bind(pair.probability, at: 6)
            pairs.bind(pair.weight, at: 7)
            pairs.bind(Int64(bitPattern: pair.levels), at: 8)
            pairs.bind(Int64(bitPattern: pair.differs), at: 9)
            pairs.bind(Int64(pair.size), at: 10)
            pairs.bind(pair.rank, at: 11)
            pairs.bind(Int64(pair.state.rawValue), at: 12)
            let texts = [pair.aSource, pair.bSource, pair.key, pair.likeliest, pair.reason.rawValue, pair.area]
            try BulkStatement.withUTF8(texts) { texts in
                for (place, text) in texts.enumerated() { pairs.bind(text: text, at: Int32(place + 13)) }
                try pairs.run()
            }
        }

        package func add(_ drawn: DeskDrawn) throws {
            sample.bind(Int64(drawn.place), at: 1)
            sample.bind(Int64(drawn.pair), at: 2)
            sample.bind(Int64(drawn.pairs), at: 3)
            try BulkStatement.withUTF8([drawn.stratum]) { texts in
                sample.bind(text: texts[0], at: 4)
                try sample.run()
            }
        }

        package func add(_ cluster: DeskCluster) throws {
            clusters.bind(Int64(cluster.person), at: 1)
            clusters.bind(Int64(cluster.records), at: 2)
            clusters.bind(cluster.bridge, at: 3)
            try BulkStatement.withUTF8([cluster.area]) { texts in
                clusters.bind(text: texts[0], at: 4)
                try clusters.run()
            }
        }
    }

    /// Empties the index: it is nobody's until `build` has marked it.
    package func clear() throws {
        try write { db in
            for table in [
                "pair", "sample", "said", "joined", "cluster", "facet", "faceted", "term", "mark", "hold", "assigned",
                "opinion", "asked",
            ] {
                try db.execute(sql: "DELETE FROM \(table)")
            }
            for index in [
                "pair_queue", "pair_a", "pair_b", "pair_a_person", "pair_b_person", "cluster_bridge", "term_key",
                "faceted_record", "pair_levels",
            ] {
                try db.execute(sql: "DROP INDEX IF EXISTS \(index)")
            }
        }
    }

    /// Takes pairs and clusters into an index that was cleared, all or nothing.
    ///
    /// - Parameter marks: of what it is made.
    package func build(_ marks: [String: String], _ body: (Builder) throws -> Void) throws {
        try write { db in
            try db.execute(sql: "CREATE INDEX IF NOT EXISTS term_key ON term (key, record)")
            try body(try Builder(db))
            try db.execute(
                sql: """
                    CREATE INDEX pair_queue ON pair (state, rank DESC, id);
                    CREATE INDEX pair_levels ON pair (levels, state, reason);
                    CREATE INDEX pair_a ON pair (a);
                    CREATE INDEX pair_b ON pair (b);
                    CREATE INDEX pair_a_person ON pair (a_person);
                    CREATE INDEX pair_b_person ON pair (b_person);
                    CREATE INDEX cluster_bridge ON cluster (bridge, person);
                    """)
            for (name, value) in marks {
                try db.execute(sql: "INSERT INTO mark VALUES (?, ?)", arguments: [name, value])
            }
        }
    }

    /// Takes in words that people search by, record by record.
    package func addTerms<Result>(
        _ body: ((_ key: String, _ record: Int64) throws -> Void) throws -> Result
    ) throws -> Result {
        try write { db in
            let terms = try BulkStatement(db, "INSERT INTO term (key, record) VALUES (?, ?)")
            return try body { key, record in
                terms.bind(record, at: 2)
                try BulkStatement.withUTF8([key]) { texts in
                    terms.bind(text: texts[0], at: 1)
                    try terms.run()
                }
            }
        }
    }
}
