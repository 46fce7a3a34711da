// swift-tools-version: 6.2
//
// The house plan. Engines (BlobStorage, PDFSignatures, EdXML, DocumentAxis, OfficeFiles, WebTransfers, MailMessages,
// Markup, DualSQL) import nothing of ours;
// Domain imports Foundation only; arrows go down only (docs/architecture.md).
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "vanthu",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "vanthu", targets: ["vanthu"]),
        .library(name: "PDFSignatures", targets: ["PDFSignatures"]),
        .library(name: "EdXML", targets: ["EdXML"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // System libraries
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Headers only: a token's own library is opened when it is needed
        .systemLibrary(
            name: "CPKCS11", pkgConfig: "p11-kit-1", providers: [.apt(["libp11-kit-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(
            name: "COpenSSL", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),

        // Engines
        .target(
            name: "DualSQL",
            dependencies: ["CLibPQ", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(
            name: "BlobStorage",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(
            name: "PDFSignatures",
            dependencies: [
                "COpenSSL", "CPKCS11", "CZlib", .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            swiftSettings: strict),
        .target(name: "EdXML", dependencies: ["CZlib"], swiftSettings: strict),
        .target(name: "OfficeFiles", dependencies: ["CZlib"], swiftSettings: strict),
        .target(name: "WebTransfers", dependencies: ["CCurl", "COpenSSL"], swiftSettings: strict),
        .target(
            name: "DocumentAxis", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(name: "MailMessages", swiftSettings: strict),
        .target(name: "Markup", swiftSettings: strict),

        // The office
        .target(name: "Domain", swiftSettings: strict),
        .target(name: "Store", dependencies: ["DualSQL", "Domain"], swiftSettings: strict),
        .target(
            name: "Operations",
            dependencies: [
                "Domain", "Store", "DualSQL", "BlobStorage", "PDFSignatures", "EdXML", "DocumentAxis",
                "MailMessages", "OfficeFiles",
                "WebTransfers",
                "CArgon2",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "Pages",
            dependencies: ["Domain", "Markup"],
            resources: [.copy("Assets")],
            swiftSettings: strict),
        .target(
            name: "Server",
            dependencies: [
                "Domain", "Store", "DualSQL", "Operations", "Pages", "Markup", "BlobStorage", "OfficeFiles",
                "PDFSignatures",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "vanthu",
            dependencies: [
                "Domain", "Store", "DualSQL", "Operations", "Server", "BlobStorage", "OfficeFiles",
                "PDFSignatures", "EdXML", "TestKit",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // Measuring; built and run by bin/bench only
        .executableTarget(
            name: "vanthu-bench",
            dependencies: [
                "Domain", "Store", "DualSQL", "Operations", "Pages", "Markup", "BlobStorage", "OfficeFiles",
                "PDFSignatures", "EdXML", "TestKit", "WebTransfers",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Sources/Bench",
            swiftSettings: strict),

        // The story world that tests and the demo share
        .target(
            name: "TestKit",
            dependencies: [
                "Domain", "Store", "DualSQL", "Operations", "BlobStorage", "PDFSignatures", "OfficeFiles",
                "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [.copy("World")],
            swiftSettings: strict),

        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: strict),
        .testTarget(name: "DualSQLTests", dependencies: ["DualSQL"], swiftSettings: strict),
        .testTarget(name: "BlobStorageTests", dependencies: ["BlobStorage"], swiftSettings: strict),
        .testTarget(
            name: "PDFSignaturesTests", dependencies: ["PDFSignatures", "COpenSSL", "WebTransfers"],
            exclude: [
                "Judges", "Vectors", "Fuzzing/Corpus", "Support/moody_token.c", "Support/remote_services.py",
                "Support/remote_rules.py", "Support/remote_cloud.py", "Support/remote_vietnam.py",
            ], swiftSettings: strict),
        .testTarget(name: "EdXMLTests", dependencies: ["EdXML"], swiftSettings: strict),
        .testTarget(
            name: "OfficeFilesTests", dependencies: ["OfficeFiles", "TestKit"], swiftSettings: strict),
        .testTarget(
            name: "WebTransfersTests", dependencies: ["WebTransfers"],
            exclude: ["rough_server.py", "rough_mail.py"], swiftSettings: strict),
        .testTarget(
            name: "MailMessagesTests", dependencies: ["MailMessages", "WebTransfers"],
            exclude: ["Fuzzing/Corpus", "Fuzzing/mail.dict"], swiftSettings: strict),
        .testTarget(
            name: "DocumentAxisTests", dependencies: ["DocumentAxis", "EdXML", "WebTransfers"],
            swiftSettings: strict),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: strict),
        .testTarget(name: "PagesTests", dependencies: ["Pages", "Domain", "Markup"], swiftSettings: strict),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "TestKit", "Operations", "Store", "Domain", "DualSQL", "PDFSignatures", "DocumentAxis",
                "EdXML",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "StoryTests",
            dependencies: [
                "TestKit", "Server", "Operations", "Store", "Domain", "DualSQL", "Pages", "BlobStorage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HouseTests",
            dependencies: [
                "TestKit", "Domain", "Store", "DualSQL", "Operations", "Pages", "Server", "PDFSignatures",
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
