// The systemd units of an installation: the service, and a backup every night. Understood by systemd 240 and newer;
// older ones pass over what they do not know.
import { join } from 'node:path'
import { type Place, SERVICE, USER } from './place.ts'

export interface UnitOptions {
  place: Place
  dataDir: string
  backupDir: string
  /** A port below 1024 needs a right of its own. */
  port: number
  keepBackups: number
}

/** The same for both: nothing of the system can be written, nothing gained, nothing seen of others. */
const HARDENING = `NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
LockPersonality=yes
RemoveIPC=no
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
UMask=0077`

/** File name to content. */
export function unitsOf({
  place,
  dataDir,
  backupDir,
  port,
  keepBackups,
}: UnitOptions): Record<string, string> {
  const app = join(place.current, 'app')
  const node = join(app, 'node_modules/node/bin/node')
  const rights = port > 0 && port < 1024 ? 'CAP_NET_BIND_SERVICE' : ''
  const common = `User=${USER}
Group=${USER}
EnvironmentFile=${place.envFile}
WorkingDirectory=${dataDir}
ReadWritePaths=${dataDir} ${backupDir}
CapabilityBoundingSet=${rights}
${HARDENING}`
  return {
    [`${SERVICE}.service`]: `[Unit]
Description=Huiyin: the case pipeline and wall screen of a command centre
Documentation=file:${app}/docs/operations.md
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=600
StartLimitBurst=20

[Service]
ExecStart=${node} ${app}/scripts/start.ts
Restart=on-failure
RestartSec=5
# The service alone is told to stop: it drains, then stops its database by itself.
KillMode=mixed
TimeoutStopSec=150
LimitNOFILE=65536
AmbientCapabilities=${rights}
${common}

[Install]
WantedBy=multi-user.target
`,
    [`${SERVICE}-backup.service`]: `[Unit]
Description=Huiyin: backup

[Service]
Type=oneshot
ExecStart=${node} ${app}/scripts/backup.ts --keep ${keepBackups} ${backupDir}
Nice=10
IOSchedulingClass=best-effort
IOSchedulingPriority=7
${common}
`,
    [`${SERVICE}-backup.timer`]: `[Unit]
Description=Huiyin: a backup every night

[Timer]
OnCalendar=*-*-* 02:15:00
RandomizedDelaySec=15min
Persistent=true

[Install]
WantedBy=timers.target
`,
  }
}

/** Switched on and off together. */
export const ENABLED = [`${SERVICE}.service`, `${SERVICE}-backup.timer`] as const
