//go:build !windows

package loopback

import (
	"context"
	"syscall"
	"testing"
)

func TestBindIsContentWithIPv4(t *testing.T) {
	for _, err := range []error{syscall.EADDRNOTAVAIL, syscall.EAFNOSUPPORT} {
		listen, _ := listenScript(err)
		listeners, port, failed := bindLoopback(context.Background(), listen)
		closeListeners(listeners)
		if failed != nil || len(listeners) != 1 || port == 0 {
			t.Errorf("%v: %d listeners, %v", err, len(listeners), failed)
		}
	}
}
