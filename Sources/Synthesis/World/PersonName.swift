/// A name in its parts. `full` is what stands in the papers; it need not be surname and given name in this order.
struct PersonName {
    /// Empty where the custom knows none.
    let surname: Bytes
    let given: Bytes
    let full: Bytes

    /// Surname first, no separator: the Han way.
    init(surname: Bytes, given: Bytes) {
        self.surname = surname
        self.given = given
        full = surname + given
    }

    /// A name without surname.
    init(alone given: Bytes) {
        surname = []
        self.given = given
        full = given
    }

    init(surname: Bytes, given: Bytes, full: Bytes) {
        self.surname = surname
        self.given = given
        self.full = full
    }

    var isHanOrder: Bool { full == surname + given }
}
