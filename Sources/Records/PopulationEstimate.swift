/// How many persons there are, those on no list included, estimated from who is on which lists.
package struct PopulationEstimate: Sendable {
    /// A number with the range it lies in 95 times of 100, if the assumptions hold.
    package struct Interval: Sendable, Hashable, Codable {
        package let value: Double
        package let standardError: Double
        package let lower: Double
        package let upper: Double

        package init(value: Double, standardError: Double, lower: Double, upper: Double) {
            self.value = value
            self.standardError = standardError
            self.lower = lower
            self.upper = upper
        }
    }

    /// One way in which three lists may depend on each other, fitted to the counts.
    package struct Model: Sendable, Hashable, Codable {
        /// Pairs of lists, by their places, that depend on each other.
        package let interactions: [[Int]]
        /// Likelihood ratio against the counts themselves (G²), and its degrees of freedom.
        package let deviance: Double
        package let freedom: Int
        package let bic: Double
        package let aicc: Double
        /// Share of belief by BIC among the models that could be fitted; they sum to 1.
        package let weight: Double
        package let estimate: Interval
        package let isChosen: Bool

        package init(
            interactions: [[Int]], deviance: Double, freedom: Int, bic: Double, aicc: Double, weight: Double,
            estimate: Interval, isChosen: Bool
        ) {
            self.interactions = interactions
            self.deviance = deviance
            self.freedom = freedom
            self.bic = bic
            self.aicc = aicc
            self.weight = weight
            self.estimate = estimate
            self.isChosen = isChosen
        }
    }

    /// What the links between records are taken to be worth.
    package struct LinkageQuality: Sendable, Hashable {
        /// Of the links made, the share that are right; and half of its 95 % interval.
        package let precision: Double
        package let precisionMargin: Double
        /// Of the links there are, the share that was made; and half of its 95 % interval.
        package let recall: Double
        package let recallMargin: Double
        /// Given by hand, not taken from the run's model.
        package let isGiven: Bool

        package init(
            precision: Double, precisionMargin: Double = 0, recall: Double, recallMargin: Double = 0,
            isGiven: Bool = false
        ) {
            self.precision = precision
            self.precisionMargin = precisionMargin
            self.recall = recall
            self.recallMargin = recallMargin
            self.isGiven = isGiven
        }
    }

    /// An estimate that was made.
    package struct Result: Sendable {
        /// With the links as they are.
        package let linked: Interval
        /// With the expected wrong and missed links taken out; `nil` where their shares are not known.
        package let corrected: Interval?
        /// Three lists: all models that could be fitted, the chosen one first. Two lists: none.
        package let models: [Model]
        /// How far the corrected number moves with one standard error of the links' precision and of their recall. Parts of
        /// a register share these errors, so their sum moves by the sum of them.
        package let shifts: [Double]

        package init(linked: Interval, corrected: Interval?, models: [Model], shifts: [Double] = []) {
            self.linked = linked
            self.corrected = corrected
            self.models = models
            self.shifts = shifts
        }

        package var best: Interval { corrected ?? linked }
    }

    /// Estimates of parts that are added up: areas, or years.
    package struct Strata: Sendable {
        package struct Row: Sendable {
            package let name: String
            package let label: String
            /// Persons on any list.
            package let listed: Int
            package let estimate: Interval

            package init(name: String, label: String, listed: Int, estimate: Interval) {
                self.name = name
                self.label = label
                self.listed = listed
                self.estimate = estimate
            }
        }

        package let field: String
        package let rows: [Row]
        /// Parts with too small an overlap, taken together: their number, persons, and estimate if that has enough.
        package let restCount: Int
        package let restListed: Int
        package let rest: Interval?
        /// Sum over all parts; `nil` where one could not be estimated.
        package let total: Interval?

        package init(
            field: String, rows: [Row], restCount: Int, restListed: Int, rest: Interval?, total: Interval?
        ) {
            self.field = field
            self.rows = rows
            self.restCount = restCount
            self.restListed = restListed
            self.rest = rest
            self.total = total
        }
    }

    /// Names of the lists, two or three.
    package let lists: [String]
    /// `cells[s]`: persons on exactly the lists whose bits are set in `s`; `cells[0]`, on none, is what is sought.
    package let cells: [Int]
    package let linkage: LinkageQuality?
    package let result: Result
    package let strata: [Strata]

    package init(lists: [String], cells: [Int], linkage: LinkageQuality?, result: Result, strata: [Strata]) {
        self.lists = lists
        self.cells = cells
        self.linkage = linkage
        self.result = result
        self.strata = strata
    }

    /// Persons on any list.
    package var listed: Int { cells.dropFirst().reduce(0, +) }

    /// Persons on a list.
    package func size(of list: Int) -> Int {
        cells.indices.reduce(0) { $0 + ($1 >> list & 1 == 1 ? cells[$1] : 0) }
    }

    /// Persons on both of two lists.
    package func overlap(_ a: Int, _ b: Int) -> Int {
        cells.indices.reduce(0) { $0 + ($1 >> a & $1 >> b & 1 == 1 ? cells[$1] : 0) }
    }
}
