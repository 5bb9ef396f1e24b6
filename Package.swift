// swift-tools-version:6.2
import PackageDescription

/// Every target is built alike: Swift 6, explicit existentials, imports that say who may see them, no warnings.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "qingku",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "qingku", targets: ["qingku"]),
        .executable(name: "qingku-worker", targets: ["qingku-worker"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev", "zlib1g-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CTables", exclude: ["data"]),
        .target(name: "Records", swiftSettings: settings),
        .target(name: "Standards", dependencies: ["CTables"], swiftSettings: settings),
        .target(name: "CKernels"),
        .target(name: "FuzzyText", dependencies: ["CKernels", "Standards"], swiftSettings: settings),
        .target(
            name: "Importers",
            dependencies: ["CLibXML2", "CZlib", "Records", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(
            name: "Validation",
            dependencies: [
                "Records", "Standards", "FuzzyText", .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .target(
            name: "Matching", dependencies: ["CKernels", "Records", "Standards", "FuzzyText"], swiftSettings: settings),
        .target(name: "Worker", dependencies: ["Records", "Matching"], swiftSettings: settings),
        .target(
            name: "Cluster",
            dependencies: [
                "Records", "Matching", "Worker", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),
        .target(
            name: "Reconciliation",
            dependencies: ["Records", "Standards", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(name: "Estimation", dependencies: ["Records"], swiftSettings: settings),
        .target(name: "Profiling", dependencies: ["Records"], swiftSettings: settings),
        .target(
            name: "Workspace",
            dependencies: [
                "Records",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "Notices",
            dependencies: [
                "Records",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings),
        .target(
            name: "Rules",
            dependencies: [
                "Records", "Importers", "Validation", "Matching", "Notices", "Reconciliation", "Standards",
                .product(name: "Yams", package: "Yams"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "Reports",
            dependencies: [
                "CLibXML2", "CXLSXWriter", "Encryption", "Estimation", "Records", "Standards",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .target(
            name: "Encryption", dependencies: ["Records", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(name: "Synthesis", dependencies: ["Records", "Standards"], swiftSettings: settings),
        .target(
            name: "Pipeline",
            dependencies: [
                "Records", "Importers", "Validation", "Matching", "Notices", "Reconciliation", "Workspace", "Rules",
                "Reports", "Encryption", "Estimation", "Profiling", "Standards", "FuzzyText",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            // A link to Package.resolved: `doctor` names what the program was built with.
            resources: [.embedInCode("Doctor/packages.json")],
            swiftSettings: settings),
        .target(
            name: "ReviewDesk",
            dependencies: [
                "CMalloc", "Records", "Importers", "Pipeline", "Reports", "Workspace", "Estimation",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            // Each inside the program; a new template is named here and in Templates.swift.
            resources: [
                .embedInCode("Pages/Assets/desk.css"), .embedInCode("Pages/Assets/desk.js"),
                .embedInCode("Pages/Assets/review.css"), .embedInCode("Pages/Assets/review.js"),
                .embedInCode("Pages/Assets/draft.js"),
                .embedInCode("Pages/Templates/accounts.mustache"), .embedInCode("Pages/Templates/error.mustache"),
                .embedInCode("Pages/Templates/layout.mustache"), .embedInCode("Pages/Templates/sign-in.mustache"),
                .embedInCode("Pages/Templates/start.mustache"), .embedInCode("Pages/Templates/difference.mustache"),
                .embedInCode("Pages/Templates/approvals.mustache"), .embedInCode("Pages/Templates/clusters.mustache"),
                .embedInCode("Pages/Templates/exports.mustache"), .embedInCode("Pages/Templates/findings.mustache"),
                .embedInCode("Pages/Templates/history.mustache"), .embedInCode("Pages/Templates/overview.mustache"),
                .embedInCode("Pages/Templates/pair.mustache"), .embedInCode("Pages/Templates/person.mustache"),
                .embedInCode("Pages/Templates/queue.mustache"), .embedInCode("Pages/Templates/runs.mustache"),
                .embedInCode("Pages/Templates/repairs.mustache"), .embedInCode("Pages/Templates/search.mustache"),
                .embedInCode("Pages/Templates/trail.mustache"), .embedInCode("Pages/Templates/sample.mustache"),
                .embedInCode("Pages/Templates/learning.mustache"), .embedInCode("Pages/Templates/work.mustache"),
                .embedInCode("Pages/Templates/agreement.mustache"),
            ],
            swiftSettings: settings),
        // What executors of a cluster run: `qingku worker` by itself.
        .executableTarget(name: "qingku-worker", dependencies: ["Worker"], swiftSettings: settings),
        .executableTarget(
            name: "qingku",
            dependencies: [
                "Cluster", "Encryption", "Matching", "Notices", "Records", "Rules", "Pipeline", "Reports", "ReviewDesk",
                "Synthesis",
                "Worker", "Workspace",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(name: "TestSupport", dependencies: ["Records"], path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(name: "RecordsTests", dependencies: ["Records"], swiftSettings: settings),
        .testTarget(name: "EncryptionTests", dependencies: ["Encryption", "Records"], swiftSettings: settings),
        .testTarget(name: "StandardsTests", dependencies: ["Standards"], swiftSettings: settings),
        .testTarget(name: "FuzzyTextTests", dependencies: ["FuzzyText", "Standards"], swiftSettings: settings),
        .testTarget(
            name: "ImportersTests", dependencies: ["Importers", "Records"], swiftSettings: settings),
        .testTarget(
            name: "ValidationTests", dependencies: ["Records", "Standards", "TestSupport", "Validation"],
            swiftSettings: settings),
        .testTarget(
            name: "MatchingTests",
            dependencies: ["Estimation", "FuzzyText", "Matching", "Records", "Standards", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "WorkerTests", dependencies: ["Matching", "Records", "TestSupport", "Worker"], swiftSettings: settings
        ),
        .testTarget(
            name: "ClusterTests", dependencies: ["Cluster", "Matching", "Records", "TestSupport"], exclude: ["Golden"],
            swiftSettings: settings),
        .testTarget(
            name: "ReconciliationTests",
            dependencies: ["Reconciliation", "Records", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .testTarget(name: "NoticesTests", dependencies: ["Notices", "Records"], swiftSettings: settings),
        .testTarget(name: "EstimationTests", dependencies: ["Estimation", "Records"], swiftSettings: settings),
        .testTarget(name: "ProfilingTests", dependencies: ["Profiling", "Records"], swiftSettings: settings),
        .testTarget(
            name: "WorkspaceTests",
            dependencies: [
                "Records", "Reconciliation", "Workspace", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: settings),
        .testTarget(
            name: "RulesTests",
            dependencies: [
                "Importers", "Matching", "Notices", "Reconciliation", "Records", "Rules", "Validation",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Importers", "Records", "Reports", "Standards",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ], swiftSettings: settings),
        .testTarget(
            name: "SynthesisTests", dependencies: ["Records", "Standards", "Synthesis"], swiftSettings: settings),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Estimation", "Pipeline", "Reconciliation", "Records", "Reports", "Rules", "TestSupport",
                "Workspace",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: settings),
        .testTarget(
            name: "ReviewDeskTests",
            dependencies: ["Estimation", "Importers", "Pipeline", "Records", "Reports", "ReviewDesk", "Workspace"],
            swiftSettings: settings),
        .testTarget(name: "ToolTests", dependencies: ["qingku"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
