import Records
import Testing

@testable import Validation
