import Crypto
import Glibc
import Records

// What the outbox needs of the file system, in terms of system calls: no step may be hidden in a library.

enum PathKind {
    case missing
    case folder
    case other
}

/// Of the path itself: a symbolic link is `other`.
func kind(of path: String) -> PathKind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .missing }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
}

/// Makes the folder (0700) unless it exists.
func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw storageFailure(errno, path) }
}

/// Makes the folder and the missing ones above it.
func makeFolders(_ path: String) throws {
    var status = stat()
    if path.isEmpty || stat(path, &status) == 0 { return }
    if let slash = path.lastIndex(of: "/") { try makeFolders(String(path[..<slash])) }
    try makeFolder(path)
}

/// Names in the folder, `.` and `..` left out, in no order; empty when it cannot be read.
func entries(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
                String(cString: $0)
            }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}

/// Removes a folder and all in it; follows no links. What cannot be removed stays.
func removeTree(_ path: String) {
    guard kind(of: path) == .folder else {
        unlink(path)
        return
    }
    for entry in entries(of: path) { removeTree(path + "/" + entry) }
    rmdir(path)
}

/// Swaps two names in one step; false where the system or the file system cannot.
func exchange(_ first: String, _ second: String) -> Bool {
    // The header hides it behind _GNU_SOURCE, which the Glibc module does not set; glibc has it since 2.28.
    typealias RenameAt2 =
        @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt
    guard let symbol = dlsym(nil, "renameat2") else { return false }
    let renameAt2 = unsafeBitCast(symbol, to: RenameAt2.self)
    let exchangeFlag: CUnsignedInt = 2
    return renameAt2(AT_FDCWD, first, AT_FDCWD, second, exchangeFlag) == 0
}

/// Syncs the folder's own entries and those of the folders in it; files sync themselves when they are closed.
func synchronizeFolders(_ path: String) throws {
    for entry in entries(of: path) where kind(of: path + "/" + entry) == .folder {
        try synchronizeFolders(path + "/" + entry)
    }
    try synchronize(path)
}

func synchronize(_ folder: String) throws {
    let descriptor = retryingInterrupts { open(folder, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw storageFailure(errno, folder) }
    defer { close(descriptor) }
    // Some network file systems cannot sync a folder and say EINVAL; there is nothing better to do there.
    guard retryingInterrupts({ fsync(descriptor) }) == 0 || errno == EINVAL else { throw storageFailure(errno, folder) }
}

func retryingInterrupts<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}

func storageFailure(_ error: CInt, _ path: String) -> Failure {
    let reason = String(cString: strerror(error))
    if error == ENOSPC || error == EFBIG || error == EDQUOT {
        return Failure(
            .storage, code: "E-OUT-001",
            Text(
                en: "There is no room to write the outputs (\(reason)). The outputs of the run before are untouched.",
                zh: "没有空间写入输出文件（\(reason)）。上一次运行的输出未受影响。"),
            at: Place(file: path),
            advice: Text(
                en: "Make room or raise the file size limit, then run the same command again.",
                zh: "请腾出空间或放宽文件大小限制，然后重新运行同一命令。"))
    }
    return Failure(
        .storage, code: "E-OUT-002",
        Text(
            en: "The outputs cannot be written (\(reason)). The outputs of the run before are untouched.",
            zh: "无法写入输出文件（\(reason)）。上一次运行的输出未受影响。"),
        at: Place(file: path),
        advice: Text(
            en: "Check that the folder exists and that you may write there, or choose another --out.",
            zh: "请检查文件夹是否存在、是否有写入权限，或用 --out 另选位置。"))
}

/// Makes an empty file that only the user may read (0600); there must be none.
func makePrivateFile(_ path: String) throws {
    let descriptor = retryingInterrupts {
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    }
    guard descriptor >= 0 else { throw storageFailure(errno, path) }
    close(descriptor)
}

/// Returns when the system has the file on disk.
func synchronizeFile(_ path: String) throws {
    let descriptor = retryingInterrupts { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw storageFailure(errno, path) }
    defer { close(descriptor) }
    guard retryingInterrupts({ fsync(descriptor) }) == 0 else { throw storageFailure(errno, path) }
}

/// Size and SHA-256 (hex) of a file, read in pieces.
func digest(of path: String) throws -> (bytes: Int, sha256: String) {
    let descriptor = retryingInterrupts { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw storageFailure(errno, path) }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var (hash, bytes) = (SHA256(), 0)
    while true {
        let count = retryingInterrupts { read(descriptor, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw storageFailure(errno, path) }
        if count == 0 { return (bytes, Hex.text(hash.finalize())) }
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        bytes += count
    }
}
