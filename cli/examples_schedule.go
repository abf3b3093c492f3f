package cli

// dailyExamples are ways of other schedulers to run the daily check. A cron job has nothing of a session: in XDG_RUNTIME_DIR pcc finds the keychain.
const dailyExamples = `

  # cron, by crontab -e; 1000 is what id -u prints
  17 9 * * *  XDG_RUNTIME_DIR=/run/user/1000 /usr/bin/pcc check --all --quiet --if-older 20h

  # systemd, ~/.config/systemd/user/pcc-check.service
  [Service]
  Type=oneshot
  ExecStart=/usr/bin/pcc check --all --quiet --if-older 20h
  SuccessExitStatus=3 4

  # systemd, ~/.config/systemd/user/pcc-check.timer; then: systemctl --user enable --now pcc-check.timer
  [Timer]
  OnCalendar=*-*-* 09:17:00
  Persistent=true
  [Install]
  WantedBy=timers.target

  # Windows Task Scheduler, in the command prompt
  schtasks /Create /SC DAILY /ST 09:17 /TN "pcc check" /TR "pcc check --all --quiet --if-older 20h"

  # Windows Task Scheduler, in PowerShell
  $check = New-ScheduledTaskAction -Execute (Get-Command pcc).Source -Argument 'check --all --quiet --if-older 20h'
  Register-ScheduledTask -TaskName 'pcc check' -Action $check -Trigger (New-ScheduledTaskTrigger -Daily -At '09:17')`

// exitCodeExamples tell a script, in a shell and in PowerShell, what a check came to.
const exitCodeExamples = `

  # sh
  pcc check --all --quiet || case $? in 3) echo "sign in again" ;; 4) echo "try again later" ;; esac

  # PowerShell
  pcc check --all --quiet; if ($LASTEXITCODE -eq 3) { 'sign in again' }
  $found = pcc check --all --json | ConvertFrom-Json
  $found.connectors | Where-Object { $_.exitCode -ne 0 } | ForEach-Object { $_.connector.name }`
