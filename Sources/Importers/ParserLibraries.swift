import CLibXML2
import CZlib

/// The libraries that exports are read with, as this process has them.
package enum ParserLibraries {
    /// `2.9.14`.
    package static var libxml2: String {
        let number = qingku_xml_version_number()
        return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }

    /// What it was built with and qingku does not use: it is given bytes, never a path, an address or a compressed stream.
    package static var unusedFeatures: [String] {
        [("HTTP", XML_WITH_HTTP), ("FTP", XML_WITH_FTP), ("zlib", XML_WITH_ZLIB), ("lzma", XML_WITH_LZMA)].filter {
            xmlHasFeature($0.1) != 0
        }.map(\.0)
    }

    package static var zlib: String { String(cString: zlibVersion()) }
}
