import Foundation
import Worker

exit(WorkerRun.run(Array(CommandLine.arguments.dropFirst())))
