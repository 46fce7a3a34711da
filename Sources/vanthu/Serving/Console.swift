// What a server says when it starts must be read at once, also through a pipe or in a log, where `print` would keep it back.
import Foundation

enum Console {
    static func say(_ words: String) {
        FileHandle.standardOutput.write(Data((words + "\n").utf8))
    }
}
