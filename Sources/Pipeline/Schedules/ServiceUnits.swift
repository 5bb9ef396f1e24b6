import Crypto
import Records
import Reports

/// What makes a machine carry schedules out: units for systemd, or a line for cron.
///
/// The timer only looks every five minutes whether something is due; what is due is for `schedule run` to say, so that time
/// zones, missed times and retries are the same everywhere.
package struct ServiceUnits: Sendable {
    /// Of the tool and the workspace, absolute.
    private let tool: String
    private let workspace: String

    /// What the rule books of the schedules reach beside the workspace.
    private let reach: ScheduleReach

    package init(tool: String, workspace: String, reach: ScheduleReach = ScheduleReach()) {
        (self.tool, self.workspace, self.reach) = (tool, workspace, reach)
    }

    /// Of the units, without ending: the workspace's name in plain letters, and eight digits that tell workspaces of one name
    /// apart.
    package var name: String {
        let folder = workspace.split(separator: "/").last.map(String.init) ?? "registry"
        let plain = folder.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isPlain ? Character(scalar) : "-"
        }
        return "qingku-\(String(plain))-\(Hex.text(SHA256.hash(data: Array(workspace.utf8))).prefix(8))"
    }

    /// systemd.exec(5). Nothing but the workspace and a folder for letters can be written to, and there is no network unless a
    /// rule book has somebody told over it.
    package var service: String {
        """
        [Unit]
        Description=Qingku: runs of \(Self.plain(workspace)) that are due

        [Service]
        Type=oneshot
        ExecStart=\(Self.quoted(tool)) schedule run --due --workspace \(Self.quoted(workspace))
        # 1: findings; 2, 3: a run failed or was held back, and its history says why; 4: another one is at work.
        SuccessExitStatus=1 4
        \(reach.needsNetwork ? "" : "PrivateNetwork=yes\n")\(hardening)

        """
    }

    /// The desk and the runs in one process that goes on: started with the session, and again when it fails. Only this machine
    /// reaches it.
    package var serve: String {
        """
        [Unit]
        Description=Qingku: desk and runs of \(Self.plain(workspace))

        [Service]
        Type=exec
        ExecStart=\(Self.quoted(tool)) serve --no-browser --workspace \(Self.quoted(workspace))
        Restart=on-failure
        RestartSec=30
        TimeoutStopSec=10
        RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
        \(reach.needsNetwork ? "" : "IPAddressDeny=any\nIPAddressAllow=localhost\n")\(hardening)

        [Install]
        WantedBy=default.target

        """
    }

    private var hardening: String {
        // A folder for letters that is gone is said by the run; with the dash it does not keep the unit from starting.
        let paths = ([workspace] + reach.folders.map { "-" + $0 }).map {
            "ReadWritePaths=\(Self.quoted($0, keepingDollars: true))"
        }
        return """
            UMask=0077
            NoNewPrivileges=yes
            PrivateTmp=yes
            PrivateDevices=yes
            ProtectSystem=strict
            ProtectHome=read-only
            ProtectKernelTunables=yes
            ProtectKernelModules=yes
            ProtectControlGroups=yes
            RestrictSUIDSGID=yes
            RestrictRealtime=yes
            LockPersonality=yes
            MemoryMax=4G
            LimitCORE=0
            """ + "\n" + paths.joined(separator: "\n")
    }

    /// systemd.timer(5). Persistent: a machine that was off catches up when it comes on.
    package var timer: String {
        """
        [Unit]
        Description=Qingku: looks for runs of \(Self.plain(workspace)) that are due

        [Timer]
        OnCalendar=*:0/5
        Persistent=true
        RandomizedDelaySec=20

        [Install]
        WantedBy=timers.target

        """
    }

    /// crontab(5): a percent sign would end the command.
    package var cron: String {
        let command = "\(Self.shell(tool)) schedule run --due --workspace \(Self.shell(workspace))"
        return "*/5 * * * * \(command.replacing("%", with: "\\%"))"
    }

    /// For a unit's own syntax: `%` stands for itself, and in commands `$` too.
    private static func quoted(_ path: String, keepingDollars: Bool = false) -> String {
        let plain = path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
        let escaped = keepingDollars ? plain : plain.replacing("$", with: "$$")
        return "\"\(escaped.singleLine)\""
    }

    private static func plain(_ path: String) -> String { path.replacing("%", with: "%%").singleLine }

    private static func shell(_ path: String) -> String { "'" + path.replacing("'", with: "'\\''").singleLine + "'" }
}
