import CXLSXWriter

/// The library that workbooks are written with.
package enum WorkbookLibrary {
    package static var version: String { String(cString: lxw_version()) }
}
