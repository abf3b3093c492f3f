package proxy

import (
	"context"
	"os/exec"
	"time"
)

// scutilTime is how long macOS may take to tell its settings.
const scutilTime = 5 * time.Second

// readSystemProxy asks macOS, whose own tool needs no cgo. A proxy script can't be run here.
func readSystemProxy() systemProxy {
	ctx, cancel := context.WithTimeout(context.Background(), scutilTime)
	defer cancel()
	out, err := exec.CommandContext(ctx, "/usr/sbin/scutil", "--proxy").Output()
	if err != nil {
		return systemProxy{unread: true}
	}
	return parseScutil(string(out))
}
