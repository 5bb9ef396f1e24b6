/// The product's version, as `--version`, outputs and audit events give it.
package enum Version {
    package static let text = "0.1.0"
}
