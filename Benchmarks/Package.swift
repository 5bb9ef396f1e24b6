// swift-tools-version:6.2
import PackageDescription

/// The settings of the measured package.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

// The measured targets are the sources of the main package by symbolic link: `package` access does not cross packages.
let package = Package(
    name: "qingku-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "CTables", exclude: ["data"]),
        .target(name: "CKernels"),
        .target(name: "Standards", dependencies: ["CTables"], swiftSettings: settings),
        .target(name: "FuzzyText", dependencies: ["CKernels", "Standards"], swiftSettings: settings),
        .executableTarget(name: "kernels", dependencies: ["FuzzyText"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
