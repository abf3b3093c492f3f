package notice

import (
	"context"
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"partner-center-connector/connector"
)

// toast is a command of Windows PowerShell, which every Windows has; a double quotation mark in it would not reach that. It takes the texts from its environment, so that nothing in them is read as a
// part of it.
//
//go:embed toast.ps1
var toast string

// The IDs that a toast can be of. The installers register the program's own; without one, Windows shows none but that of a program it knows.
const (
	ownID        = "io.github.partnercenterconnector"
	ownKey       = `Software\Classes\AppUserModelId\` + ownID
	powerShellID = `{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe`
)

// Show implements connector.Notices by a toast. Windows tells of a click only who is registered to be started for it, which no program of ours is:
// the text says which one to open.
func (d Desktop) Show(ctx context.Context, n connector.Notice) (clicked bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	system, err := windows.GetSystemDirectory()
	if err != nil {
		return false, err
	}
	cmd := exec.CommandContext(
		ctx, filepath.Join(system, "WindowsPowerShell", "v1.0", "powershell.exe"), "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", toast,
	)
	cmd.Env = append(os.Environ(), "PCC_TOAST_APP="+appID(), "PCC_TOAST_TITLE="+n.Title, "PCC_TOAST_TEXT="+n.Text)
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
	return false, cmd.Run()
}

func appID() string {
	for _, root := range []registry.Key{registry.CURRENT_USER, registry.LOCAL_MACHINE} {
		if key, err := registry.OpenKey(root, ownKey, registry.QUERY_VALUE); err == nil {
			_ = key.Close()
			return ownID
		}
	}
	return powerShellID
}
