import Foundation
import Records

extension Failure {
    /// `E-RUN-003`: the file at a path is not there, is a folder, or may not be read.
    static func unreadable(_ path: String, advice: Text? = nil) -> Failure {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let message =
            !isThere
            ? Text(en: "there is no such file", zh: "没有此文件")
            : isFolder.boolValue
                ? Text(en: "this is a folder, not a file", zh: "这是文件夹，不是文件")
                : Text(en: "the file cannot be read: you may not, or its disk fails", zh: "无法读取文件：没有权限或磁盘故障")
        return Failure(.badInput, code: "E-RUN-003", message, at: Place(file: path), advice: advice)
    }
}
